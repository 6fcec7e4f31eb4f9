//! The front page: what asks for a hand today, how many of everything, what is almost gone.

use super::layout::{Frame, Place, desk};
use super::{orders, paths, visits, words};
use crate::components::icon::{icon, small_icon};
use crate::routes;
use leptos::prelude::*;
use shop_core::catalog::Picture;
use shop_core::money::Money;
use shop_core::order::Order;
use shop_core::payment::Bill;
use shop_flows::manage::{LowStock, Overview};
use shop_flows::ports::{Clock, OrderSummary, ProviderHealth, Task};

/// The page.
pub fn page(frame: Frame, clock: &dyn Clock, cutoff_hour: u8, overview: Overview) -> String {
    let now = clock.now();
    let greeting = match clock.hour(now) {
        0..=11 => "Goedemorgen, ",
        12..=17 => "Goedemiddag, ",
        _ => "Goedenavond, ",
    };
    let first_name = frame.member.split(' ').next().unwrap_or("").to_owned();
    let today = clock.day(now);
    let date = crate::text::capitalised(&format!("{} {}", today.weekday_name(), today.short()));
    let slips = overview.to_pack.len();
    let print = (slips > 0).then(|| {
        view! {
            <a class="btn btn--klein" href=paths::SLIPS>
                {small_icon("printer")}
                {["Print ", &words::count_of(slips, "pakbon", "pakbonnen")].concat()}
            </a>
        }
    });
    let figures = figures(&overview);
    let to_do = to_do(&overview, cutoff_hour);
    let latest = orders::table(clock, &overview.latest);
    let body = view! {
        <div class="row row--split">
            <div>
                <p class="grijs">{date}</p>
                <h1>{[greeting, &first_name].concat()}</h1>
            </div>
            {print}
        </div>
        {figures}
        <div class="bento">
            <section class="paneel b8">
                <div class="row row--split">
                    <h2>"Laatste bestellingen"</h2>
                    <a class="link" href=paths::ORDERS>
                        "Alle"
                    </a>
                </div>
                {latest}
            </section>
            <section class="paneel paneel--haver b4">
                <h2>"Vandaag te doen"</h2>
                {to_do}
            </section>
            {tasks(overview.tasks, clock)}
            {transfers(overview.transfers, clock)}
            {providers(overview.providers, clock)}
            {invoices(overview.invoices, clock)}
            {low_stock(overview.low, overview.low_in_all)}
            {visits::section(&overview.visits)}
        </div>
    };
    desk(frame, Place::Overview, "Overzicht", body.into_any())
}

fn figures(overview: &Overview) -> AnyView {
    let figure = |state: &'static str, title: &'static str| {
        let row = overview.counts.iter().find(|row| row.state == state);
        let (count, total) = row.map_or((0, Money::ZERO), |row| (row.count, row.total));
        view! {
            <div class="cijfer">
                <dt>{title}</dt>
                <dd>{count}</dd>
                <dd class="delta">{total.to_string()}</dd>
            </div>
        }
    };
    view! {
        <dl class="cijfers">
            {figure("paid", "In te pakken")} {figure("awaiting_payment", "Wacht op betaling")} {figure("shipped", "Onderweg")}
            {figure("delivered", "Bezorgd")}
        </dl>
    }
    .into_any()
}

fn to_do(overview: &Overview, cutoff_hour: u8) -> AnyView {
    let mut rows: Vec<AnyView> = Vec::new();
    let mut row = |count: usize, drawing: &'static str, title: String, more: String, href: String| {
        if count > 0 {
            let view = view! {
                <li>
                    {icon(drawing)}
                    <span>
                        <strong>{title}</strong>
                        <br />
                        <span class="klein grijs">{more}</span>
                    </span>
                    <a class="btn btn--rustig btn--klein" href=href>
                        "Open"
                    </a>
                </li>
            };
            rows.push(view.into_any());
        }
    };
    let pack = overview.to_pack.len();
    row(
        pack,
        "package",
        format!("{} inpakken", words::count_of(pack, "bestelling", "bestellingen")),
        format!("voor {cutoff_hour}.00 uur"),
        paths::orders("paid", "", 1),
    );
    let tasks = overview.tasks.len();
    row(
        tasks,
        "triangle-alert",
        words::count_of(tasks, "betaling om naar te kijken", "betalingen om naar te kijken"),
        "klanten wachten hierop".to_owned(),
        "#betalingen".to_owned(),
    );
    let transfers = overview.transfers.len();
    row(
        transfers,
        "receipt",
        format!("{} verwacht", words::count_of(transfers, "overschrijving", "overschrijvingen")),
        "kijk op je rekening".to_owned(),
        "#overschrijvingen".to_owned(),
    );
    let invoices = overview.invoices.len();
    row(
        invoices,
        "receipt",
        format!("{} open", words::count_of(invoices, "factuur", "facturen")),
        "kijk op je rekening".to_owned(),
        "#facturen".to_owned(),
    );
    let failed = overview.failed_jobs;
    row(
        failed,
        "refresh-cw",
        words::count_of(failed, "mislukte taak", "mislukte taken"),
        "bijvoorbeeld een mail die niet wegging".to_owned(),
        paths::JOBS.to_owned(),
    );
    let questions = usize::try_from(overview.questions).unwrap_or(usize::MAX);
    row(
        questions,
        "message-circle",
        format!("{} beantwoorden", words::count_of(questions, "vraag", "vragen")),
        "van het contactformulier".to_owned(),
        paths::INBOX.to_owned(),
    );
    let requests = overview.pressing_requests;
    row(
        requests,
        "shield-check",
        words::count_of(requests, "verzoek over gegevens", "verzoeken over gegevens"),
        "binnen twee weken te beantwoorden".to_owned(),
        paths::REQUESTS.to_owned(),
    );
    let low = overview.low_in_all;
    row(
        low,
        "boxes",
        format!("{} bijna op", words::count_of(low, "maat", "maten")),
        "of al op".to_owned(),
        "#bijna-op".to_owned(),
    );
    if rows.is_empty() {
        return view! { <p>"Alles is gedaan. Tijd voor koffie."</p> }.into_any();
    }
    view! { <ul class="taken">{rows}</ul> }.into_any()
}

fn tasks(tasks: Vec<Task>, clock: &dyn Clock) -> Option<AnyView> {
    if tasks.is_empty() {
        return None;
    }
    let rows = tasks
        .into_iter()
        .map(|task| {
            let ways = ways_out(&task);
            let order = task.order.map(|number| {
                view! {
                    <a class="link link--kort" href=paths::order(&number)>
                        {number.to_string()}
                    </a>
                    " · "
                }
            });
            view! {
                <li>
                    {icon("triangle-alert")}
                    <span>
                        <strong>{words::task(&task.kind)}</strong>
                        <br />
                        <span class="klein grijs">{order} {words::recent(clock, task.at)} " · " {words::task_detail(&task.detail)}</span>
                    </span>
                    {ways}
                </li>
            }
        })
        .collect_view();
    Some(
        view! {
            <section class="paneel b12" id="betalingen">
                <h2>"Betalingen om naar te kijken"</h2>
                <ul class="taken">{rows}</ul>
            </section>
        }
        .into_any(),
    )
}

/// What can be done about a task. Money is decided about on the page of its order, where all of it stands together.
fn ways_out(task: &Task) -> AnyView {
    let about_money = matches!(
        task.kind.as_str(),
        "paid_after_end" | "paid_twice" | "refund_by_hand" | "refund_failed" | "refund_unknown" | "refund_due"
    );
    match task.order.as_ref().filter(|_| about_money) {
        Some(number) => view! {
            <a class="btn btn--rustig btn--klein" href=format!("{}#geld", paths::order(number))>
                "Open"
            </a>
        }
        .into_any(),
        None => view! {
            <form method="post" action=paths::task_step(task.id, "klaar")>
                <button class="btn btn--rustig btn--klein">"Afgehandeld"</button>
            </form>
        }
        .into_any(),
    }
}

fn transfers(orders: Vec<OrderSummary>, clock: &dyn Clock) -> Option<AnyView> {
    if orders.is_empty() {
        return None;
    }
    let rows = orders
        .into_iter()
        .map(|order| {
            view! {
                <li>
                    {icon("receipt")}
                    <span>
                        <strong>{format!("{} · {}", order.number, order.total)}</strong>
                        <br />
                        <span class="klein grijs">{format!("{}, besteld {}", order.name, words::recent(clock, order.placed_at))}</span>
                    </span>
                    <a class="btn btn--rustig btn--klein" href=paths::order_step(&order.number, "overboeking")>
                        "Ontvangen"
                    </a>
                </li>
            }
        })
        .collect_view();
    Some(
        view! {
            <section class="paneel b12" id="overschrijvingen">
                <h2>"Overschrijvingen die nog moeten komen"</h2>
                <ul class="taken">{rows}</ul>
            </section>
        }
        .into_any(),
    )
}

/// How the payment providers are. Kinds of trouble only: what they sent is nobody's business here.
fn providers(providers: Vec<ProviderHealth>, clock: &dyn Clock) -> Option<AnyView> {
    if providers.is_empty() {
        return None;
    }
    let rows = providers
        .into_iter()
        .map(|health| {
            let (class, word) = match (health.failing_since, health.answered_at) {
                (Some(_), _) => ("badge badge--fout", "Storing"),
                (None, Some(_)) => ("badge badge--goed", "Werkt"),
                (None, None) => ("badge badge--info", "Nog niet gebruikt"),
            };
            let facts = health_facts(&health, clock).join(" · ");
            view! {
                <li>
                    {icon("receipt")}
                    <span>
                        <strong>{words::provider(&health.provider).to_owned()}</strong>
                        <br />
                        <span class="klein grijs">{facts}</span>
                    </span>
                    <span class=class>{word}</span>
                </li>
            }
        })
        .collect_view();
    Some(
        view! {
            <section class="paneel b12" id="betaaldiensten">
                <h2>"Betaaldiensten"</h2>
                <ul class="taken">{rows}</ul>
            </section>
        }
        .into_any(),
    )
}

fn health_facts(health: &ProviderHealth, clock: &dyn Clock) -> Vec<String> {
    let mut facts = Vec::new();
    if let Some(since) = health.failing_since {
        facts.push(format!("storing sinds {}", words::moment(clock, since)));
    }
    if let Some(at) = health.answered_at {
        facts.push(format!("laatste antwoord {}", words::moment(clock, at)));
    }
    if let Some((with, at)) = health.failed {
        facts.push(format!("laatste fout {}: {}", words::moment(clock, at), words::failing(with)));
    }
    if let Some((day, differences)) = health.compared {
        let found = words::count_of(usize::try_from(differences).unwrap_or(0), "verschil", "verschillen");
        facts.push(format!("vergeleken tot en met {}: {found}", day.short()));
    }
    if facts.is_empty() {
        facts.push("nog niets gevraagd".to_owned());
    }
    facts
}

fn invoices(open: Vec<(Order, Bill)>, clock: &dyn Clock) -> Option<AnyView> {
    if open.is_empty() {
        return None;
    }
    let rows = open
        .into_iter()
        .map(|(order, bill)| {
            view! {
                <li>
                    {icon("receipt")}
                    <span>
                        <strong>{format!("{} · {}", order.number, bill.amount)}</strong>
                        <br />
                        <span class="klein grijs">{format!("{}. {}", order.address.name.full(), words::bill(clock, &bill))}</span>
                    </span>
                    <a class="btn btn--rustig btn--klein" href=paths::order_step(&order.number, "overboeking")>
                        "Ontvangen"
                    </a>
                </li>
            }
        })
        .collect_view();
    Some(
        view! {
            <section class="paneel b12" id="facturen">
                <h2>"Facturen die nog openstaan"</h2>
                <ul class="taken">{rows}</ul>
            </section>
        }
        .into_any(),
    )
}

fn low_stock(low: Vec<LowStock>, in_all: usize) -> Option<AnyView> {
    if low.is_empty() {
        return None;
    }
    let more = (in_all > low.len()).then(
        || view! { <p class="klein grijs">{format!("Hier staan er {}, van {in_all} in totaal.", low.len())}</p> },
    );
    let cards = low
        .into_iter()
        .map(|row| {
            let (class, word) = if row.available == 0 {
                ("badge badge--fout", "op".to_owned())
            } else {
                ("badge badge--let", format!("nog {}", row.available))
            };
            view! {
                <div class="mini">
                    {row.picture.as_ref().and_then(thumbnail)}
                    <div>
                        <a class="kaal" href=paths::product(row.product)>
                            <strong>{row.title}</strong>
                        </a>
                        <p class="grijs klein">{["maat ", &row.size].concat()}</p>
                    </div>
                    <span class=class>{word}</span>
                </div>
            }
        })
        .collect_view();
    Some(
        view! {
            <section class="paneel b12" id="bijna-op">
                <div class="row row--split">
                    <h2>"Bijna op"</h2>
                    <a class="link" href=paths::PRODUCTS>
                        "Artikelen"
                    </a>
                </div>
                <div class="kaarten kaarten--4">{cards}</div>
                {more}
            </section>
        }
        .into_any(),
    )
}

/// A small photo beside its name; the smallest derivative that is sharp enough.
pub fn thumbnail(picture: &Picture) -> Option<AnyView> {
    let width = *picture.widths.first()?;
    let src = routes::picture(&picture.key, width, "jpg");
    Some(
        view! { <img class="facet" src=src alt="" width=picture.width height=picture.height loading="lazy" /> }
            .into_any(),
    )
}
