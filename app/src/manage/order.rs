//! One order: what to pack, for whom, how it was paid, what happened, and what can be done next.

use super::layout::{Frame, Place, desk, field_error};
use super::refunds::{self, TypedRefund};
use super::{paths, words};
use crate::components::discount_code::discount_row;
use crate::components::icon::{icon, small_icon};
use crate::routes;
use leptos::prelude::*;
use shop_core::id::RefundId;
use shop_core::money::Money;
use shop_core::order::{Order, OrderLine, OrderState};
use shop_core::payment::{Attempt, AttemptState, Bill, CreditorReference, Method, When};
use shop_flows::manage::OrderFile;
use shop_flows::ports::Clock;

/// What the last form of the page was filled in with and cannot be; to be repaired.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Typed {
    /// A tracking code that could not be read.
    pub code: Option<String>,
    /// A refund that cannot be.
    pub refund: Option<TypedRefund>,
}

/// The page. `fresh` is the key of a refund form that was not filled in yet.
pub fn page(frame: Frame, clock: &dyn Clock, file: OrderFile, typed: &Typed, fresh: RefundId) -> String {
    let (money, refund) = (refunds::money(clock, &file), refunds::form(&file, typed.refund.as_ref(), fresh));
    let (can_ship, can_cancel) = (file.can_ship(), file.can_cancel());
    let awaited = file.awaited_transfer().map(|amount| transfer(clock, &file, amount));
    let OrderFile { order, purse, happenings, .. } = file;
    let title = order.number.to_string();
    let cancel = can_cancel.then(|| {
        view! {
            <a class="btn btn--rustig btn--klein" href=paths::order_step(&order.number, "annuleren")>
                "Annuleer"
            </a>
        }
    });
    let slip = can_ship.then(|| {
        view! {
            <a class="btn btn--klein" href=paths::order_step(&order.number, "pakbon")>
                {small_icon("printer")}
                "Pakbon"
            </a>
        }
    });
    let steps = happenings
        .iter()
        .map(|happening| {
            let detail =
                [words::event_detail(&happening.event, &happening.detail), words::actor(&happening.actor).to_owned()];
            let detail = detail.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · ");
            step(words::event(&happening.event), words::moment(clock, happening.at), detail)
        })
        .collect_view();
    let body = view! {
        <div class="stack stack--s">
            <a class="link self-start" href=paths::ORDERS>
                {small_icon("arrow-left")}
                "Bestellingen"
            </a>
            <div class="row row--split">
                <div class="row">
                    <h1>{title.clone()}</h1>
                    {words::state_badge(order.state.name())}
                </div>
                <div class="row">{cancel} {slip}</div>
            </div>
        </div>
        <div class="bento">
            <section class="paneel b8">
                <h2>"Artikelen"</h2>
                {lines(&order.lines)}
                {sums(&order)}
            </section>
            <div class="stack b4">
                {can_ship.then(|| ship(&order, typed.code.as_deref()))}
                {awaited}
                {money}
                {tracking(&order)}
                {customer(&order)}
            </div>
            <section class="paneel b8">
                <h2>"Verloop"</h2>
                <ol class="tijdlijn">{steps}</ol>
            </section>
            {payments(clock, &order, &purse.attempts)}
            {refund}
        </div>
    };
    desk(frame, Place::Orders, &title, body.into_any())
}

fn lines(lines: &[OrderLine]) -> AnyView {
    lines
        .iter()
        .map(|line| {
            // The smallest derivative that every picture has.
            let picture = line.picture.as_ref().map(|key| {
                view! { <img class="facet" src=routes::picture(key, 320, "jpg") alt="" width="320" height="400" loading="lazy" /> }
            });
            view! {
                <div class="regel">
                    {picture}
                    <div>
                        <strong>{format!("{}× {}", line.quantity, line.title)}</strong>
                        <p class="grijs klein">{describe(line)}</p>
                        <p class="nummer">{line.unit.to_string()}</p>
                    </div>
                </div>
            }
        })
        .collect_view()
        .into_any()
}

/// `weidebloemen · maat 98/104 · AG-JMA-98104`.
pub fn describe(line: &OrderLine) -> String {
    let size = if line.size.is_empty() { String::new() } else { format!("maat {}", line.size) };
    let parts = [line.colour.as_str(), size.as_str(), line.sku.as_str()];
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · ")
}

fn sums(order: &Order) -> AnyView {
    let code = order.code.as_ref().map(ToString::to_string).unwrap_or_default();
    let vat = order
        .totals
        .vat
        .iter()
        .map(|line| {
            view! {
                <dt class="klein">{format!("Waarvan {} btw", line.rate.label())}</dt>
                <dd class="klein grijs">{line.vat.to_string()}</dd>
            }
        })
        .collect_view();
    view! {
        <dl class="rij">
            <dt>"Artikelen"</dt>
            <dd>{order.totals.goods.to_string()}</dd>
            {discount_row(&code, order.totals.discount)}
            <dt>"Verzending"</dt>
            <dd>{order.totals.shipping.to_string()}</dd>
            <dt class="som">"Totaal"</dt>
            <dd class="som">{order.totals.total.to_string()}</dd>
            {vat}
        </dl>
    }
    .into_any()
}

fn ship(order: &Order, typed: Option<&str>) -> AnyView {
    let error = typed.map(|_| field_error("code-fout", "Dit lijkt geen track-en-tracecode. Neem de letters en cijfers van het label over, bijvoorbeeld 3SABCD1234567."));
    let described = if typed.is_some() { "code-fout code-hulp" } else { "code-hulp" };
    let value = typed.unwrap_or("").to_owned();
    view! {
        <section class="paneel paneel--haver">
            <h2>"Verzenden"</h2>
            <form class="stack" method="post" action=paths::order_step(&order.number, "verzenden")>
                <div class="veld">
                    <label r#for="code">"Track-en-tracecode"</label>
                    <input
                        class="in nummer"
                        id="code"
                        name="code"
                        r#type="text"
                        autocomplete="off"
                        autocapitalize="characters"
                        spellcheck="false"
                        required
                        value=value
                        aria-invalid=typed.is_some().then_some("true")
                        aria-describedby=described
                    />
                    <p class="hulp" id="code-hulp">"De code op het PostNL-label. De klant krijgt meteen een mail met de link."</p>
                    {error}
                </div>
                <button class="btn btn--vol">
                    {icon("truck")}
                    "Meegegeven aan PostNL"
                </button>
            </form>
        </section>
    }
    .into_any()
}

fn transfer(clock: &dyn Clock, file: &OrderFile, amount: Money) -> AnyView {
    let order = &file.order;
    let bill = file.bill();
    let title = if bill.is_some() { "Op factuur" } else { "Overschrijving" };
    let when = bill.map(|bill| view! { <p class="klein grijs">{words::bill(clock, &bill)}</p> });
    let reference =
        CreditorReference::of(order.number.as_str()).map(|reference| reference.grouped()).unwrap_or_default();
    view! {
        <section class="paneel paneel--haver">
            <h2>{title}</h2>
            <p>
                "Verwacht: "
                <strong>{amount.to_string()}</strong>
                " met kenmerk "
                <strong class="nummer">{reference}</strong>
                "."
            </p>
            {when}
            <a class="btn btn--vol" href=paths::order_step(&order.number, "overboeking")>
                "Het geld is binnen"
            </a>
        </section>
    }
    .into_any()
}

fn tracking(order: &Order) -> Option<AnyView> {
    let tracking = order.tracking.as_ref()?;
    Some(
        view! {
            <section class="paneel">
                <h2>"Pakket"</h2>
                <p class="nummer breek">{tracking.code().to_owned()}</p>
                <a class="link" href=tracking.url(&order.address) rel="external noreferrer">
                    "Volg bij PostNL"
                    {small_icon("external-link")}
                </a>
            </section>
        }
        .into_any(),
    )
}

fn customer(order: &Order) -> AnyView {
    let address = &order.address;
    let phone = order.contact.phone.as_ref().map(|phone| {
        view! {
            <br />
            <a href=["tel:", phone.as_str()].concat()>{phone.as_str().to_owned()}</a>
        }
    });
    view! {
        <section class="paneel">
            <h2>"Klant"</h2>
            <p class="breek">
                {address.name.full()} <br /> {address.street_line()} <br /> {address.city_line()} <br /> {address.country.name()}
            </p>
            <p class="breek">
                <a href=["mailto:", order.contact.email.as_str()].concat()>{order.contact.email.as_str().to_owned()}</a>
                {phone}
            </p>
        </section>
    }
    .into_any()
}

fn payments(clock: &dyn Clock, order: &Order, attempts: &[Attempt]) -> AnyView {
    let until = match order.state {
        OrderState::AwaitingPayment { until } => Some(
            view! { <p class="klein grijs">{format!("We houden alles vast tot {}.", words::moment(clock, until))}</p> },
        ),
        _ => None,
    };
    let rows = attempts
        .iter()
        .map(|attempt| {
            let (class, word) = match attempt.state {
                AttemptState::Created => ("badge badge--info", "Begonnen"),
                AttemptState::Open => ("badge badge--info", "Wacht"),
                AttemptState::Paid { .. } => ("badge badge--goed", "Betaald"),
                AttemptState::Cancelled { .. } => ("badge badge--let", "Afgebroken"),
                AttemptState::Failed { .. } => ("badge badge--fout", "Mislukt"),
                AttemptState::Expired { .. } => ("badge badge--let", "Verlopen"),
            };
            view! {
                <div>
                    <p class="row">
                        <span class=class>{word}</span>
                        {attempt.method.label()}
                    </p>
                    <p class="klein grijs breek">
                        {format!("{} · {} · {}", attempt.amount, attempt.reference, words::moment(clock, attempt.created_at))}
                    </p>
                </div>
            }
        })
        .collect_view();
    view! {
        <section class="paneel b4">
            <h2>"Betaling"</h2>
            {rows}
            {until}
        </section>
    }
    .into_any()
}

fn step(title: String, when: String, detail: String) -> AnyView {
    view! {
        <li data-staat="klaar">
            <svg class="punt" viewBox="0 0 32 32" aria-hidden="true">
                <path class="k" d="M10 3h12l7 7v12l-7 7H10l-7-7V10z" />
                <path class="v" d="M10 16.5l4.2 4.2L22 12" />
            </svg>
            <div>
                <strong>{title}</strong>
                <br />
                <span class="grijs klein">{when}</span>
                <p class="klein">{detail}</p>
            </div>
        </li>
    }
    .into_any()
}

/// Before the transfer is booked: what will happen.
pub fn confirm_transfer(frame: Frame, file: &OrderFile) -> String {
    let order = &file.order;
    let reference =
        CreditorReference::of(order.number.as_str()).map(|reference| reference.grouped()).unwrap_or_default();
    let amount = file.awaited_transfer().unwrap_or(order.totals.total);
    let next = match file.bill() {
        Some(Bill { when: When::Before(_), rest, .. }) => {
            format!("De bestelling komt bij wat je moet inpakken. De rest, {rest}, betaalt de klant achteraf.")
        }
        Some(_) => "De rekening van deze bestelling is daarmee betaald.".to_owned(),
        None => "De bestelling wordt betaald en komt bij wat je moet inpakken.".to_owned(),
    };
    let points = vec![
        format!("Op je rekening staat {amount} met kenmerk {reference} of nummer {}.", order.number),
        next,
        "De klant hoort per mail dat de betaling binnen is.".to_owned(),
    ];
    confirm(frame, file, "Is het geld binnen?", points, "overboeking", "Ja, het geld is binnen", "btn")
}

/// Before an order is cancelled: what will happen.
pub fn confirm_cancel(frame: Frame, file: &OrderFile) -> String {
    let order = &file.order;
    let mut points = vec![
        "De bestelling stopt hier. Dit kun je niet terugdraaien.".to_owned(),
        "De artikelen zijn meteen weer te koop.".to_owned(),
    ];
    if order.method == Method::Invoice && order.state.is_paid() {
        points.push(
            "De klant hoeft niet meer te betalen wat nog openstaat. Wat al binnen is, maak je zelf terug over, binnen 14 dagen; dat staat dan als taak op het overzicht."
                .to_owned(),
        );
    } else if order.state.is_paid() {
        points.push(format!(
            "De klant heeft betaald met {}. {}",
            order.method.label(),
            if file.purse.is_promised(order) {
                "Klarna laat de bestelling los; er hoeft niets terug."
            } else if order.method == Method::BankTransfer {
                "Dat geld maak je zelf terug over, binnen 14 dagen. Je vindt het als taak op het overzicht."
            } else {
                "Wat nog niet terug is, gaat vanzelf terug op dezelfde manier; de klant krijgt daar een mail van."
            }
        ));
    } else {
        points.push(
            "Er is nog niet betaald. Komt er toch nog geld binnen, dan zie je dat als taak op het overzicht."
                .to_owned(),
        );
    }
    points.push("De klant krijgt hierover een mail.".to_owned());
    confirm(frame, file, "Bestelling annuleren?", points, "annuleren", "Annuleer deze bestelling", "btn btn--gevaar")
}

fn confirm(
    frame: Frame,
    file: &OrderFile,
    question: &'static str,
    points: Vec<String>,
    step: &'static str,
    verb: &'static str,
    class: &'static str,
) -> String {
    let number = &file.order.number;
    let points = points.into_iter().map(|point| view! { <li>{point}</li> }).collect_view();
    let body = view! {
        <section class="paneel max-midden">
            <p class="grijs">{format!("{number} · {} · {}", file.order.address.name.full(), file.order.totals.total)}</p>
            <h1>{question}</h1>
            <ul class="stack stack--s">{points}</ul>
            <form class="row" method="post" action=paths::order_step(number, step)>
                <button class=class>{verb}</button>
                <a class="link" href=paths::order(number)>
                    "Terug"
                </a>
            </form>
        </section>
    };
    desk(frame, Place::Orders, question, body.into_any())
}
