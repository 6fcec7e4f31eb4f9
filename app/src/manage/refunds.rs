//! Money that goes back, on the page of an order: what came in and went back, what is still to be decided, and the forms.

use super::layout::{Frame, Place, desk, message};
use super::{paths, words};
use leptos::prelude::*;
use shop_core::id::RefundId;
use shop_core::money::Money;
use shop_core::order::Order;
use shop_core::order::refund::{Credit, Refundable};
use shop_flows::manage::OrderFile;
use shop_flows::ports::{Clock, Task};

/// A form to pay back, as it was filled in.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct TypedRefund {
    /// Its key.
    pub id: String,
    /// Whether it was the form for an amount.
    pub is_amount: bool,
    /// Pieces per line.
    pub pieces: Vec<String>,
    /// Whether the delivery was ticked.
    pub shipping: bool,
    /// An amount.
    pub amount: String,
    /// Why.
    pub reason: String,
    /// What is wrong with it, as a sentence.
    pub problem: String,
}

/// What came in, what went back, and what waits for the owner. Nothing before the first money.
pub fn money(clock: &dyn Clock, file: &OrderFile) -> Option<AnyView> {
    let OrderFile { order, purse, late_money, .. } = file;
    let balance = purse.balance();
    let open = file.bill().map(|bill| {
        view! {
            <dt>"Nog te ontvangen"</dt>
            <dd>{bill.amount.to_string()}</dd>
        }
    });
    if balance.received() == Money::ZERO && purse.refunds.is_empty() {
        return None;
    }
    let on_the_way = Some(purse.on_the_way()).filter(|amount| *amount > Money::ZERO).map(|amount| {
        view! {
            <dt>"Nog onderweg"</dt>
            <dd>{amount.to_string()}</dd>
        }
    });
    let undecided = Some(purse.undecided()).filter(|amount| *amount > Money::ZERO).map(|amount| {
        view! {
            <dt>"Te veel of te laat"</dt>
            <dd>{amount.to_string()}</dd>
        }
    });
    let rows = purse
        .refunds
        .iter()
        .map(|refund| {
            let set_off = (refund.set_off > Money::ZERO).then(|| {
                view! { <p class="klein grijs">{format!("{} van de rekening af, {} terug", refund.set_off, refund.to_pay())}</p> }
            });
            let by_hand = refund.state.needs_a_hand().then(|| {
                view! {
                    <form method="post" action=paths::refund_by_hand(&order.number, refund.id)>
                        <button class="btn btn--rustig btn--klein">
                            {format!("Ik heb {} overgemaakt", refund.to_pay())}
                        </button>
                    </form>
                }
            });
            view! {
                <div>
                    <p class="row">{words::refund_badge(refund.state)} {refund.credit.amount.to_string()}</p>
                    <p class="klein grijs breek">
                        {format!("{} · {}", words::refund_of(order, &refund.credit.of), words::moment(clock, refund.created_at))}
                    </p>
                    {set_off}
                    {by_hand}
                </div>
            }
        })
        .collect_view();
    let late = late_money.iter().map(|task| late(order, task)).collect_view();
    Some(
        view! {
            <section class="paneel" id="geld">
                <h2>"Geld"</h2>
                <dl class="rij">
                    <dt>"Ontvangen"</dt>
                    <dd>{balance.received().to_string()}</dd>
                    {open}
                    <dt>"Terugbetaald"</dt>
                    <dd>{balance.paid_back().to_string()}</dd>
                    {on_the_way}
                    {undecided}
                </dl>
                {late}
                {rows}
            </section>
        }
        .into_any(),
    )
}

/// The two ways out of money that came too much or too late.
fn late(order: &Order, task: &Task) -> AnyView {
    let deliver = (task.kind == "paid_after_end" && !order.state.is_paid()).then(|| {
        view! {
            <form method="post" action=paths::task_step(task.id, "alsnog")>
                <button class="btn btn--klein">"Alsnog leveren"</button>
            </form>
        }
    });
    view! {
        <div class="stack stack--s">
            <p>{words::task(&task.kind)}</p>
            <p class="klein grijs breek">{task.detail.clone()}</p>
            <div class="row">
                {deliver}
                <form method="post" action=paths::task_step(task.id, "terugbetalen")>
                    <button class="btn btn--rustig btn--klein">"Betaal terug"</button>
                </form>
            </div>
        </div>
    }
    .into_any()
}

/// The forms to pay back a part. `typed` is one that could not be; `fresh` is the key of a new one.
pub fn form(file: &OrderFile, typed: Option<&TypedRefund>, fresh: RefundId) -> Option<AnyView> {
    let OrderFile { order, purse, .. } = file;
    if !file.can_refund() {
        return (order.state.is_paid() && purse.is_promised(order)).then(|| {
            view! {
                <section class="paneel b8" id="terugbetalen">
                    <h2>"Terugbetalen"</h2>
                    <p class="grijs">"Klarna betaalt je pas als het pakje weg is. Tot die tijd valt er niets terug te betalen; annuleren kan wel."</p>
                </section>
            }
            .into_any()
        });
    }
    let left = purse.refundable(order);
    let empty = TypedRefund::default();
    let of = |is_amount: bool| typed.filter(|typed| typed.is_amount == is_amount).unwrap_or(&empty);
    let problem = |typed: &TypedRefund| {
        (!typed.problem.is_empty()).then(|| view! { <div class="flits">{message(false, typed.problem.clone())}</div> })
    };
    let (goods, amount) = (of(false), of(true));
    let by_klarna = purse.settled_by(order).is_some_and(|attempt| attempt.method.is_taken_when_shipped());
    let how = if by_klarna {
        "Klarna verlaagt de factuur van de klant."
    } else if file.bill().is_some() {
        "Het gaat eerst van de open rekening af; alleen wat meer is, maak je over."
    } else {
        "Het gaat terug op dezelfde manier als de klant betaalde."
    };
    Some(
        view! {
            <section class="paneel b8" id="terugbetalen">
                <h2>"Terugbetalen"</h2>
                <p class="grijs">{format!("Hoogstens {}. {how} Je ziet eerst wat het wordt.", left.amount())}</p>
                {problem(goods)}
                <form class="stack" method="post" action=paths::order_step(&order.number, "terugbetalen")>
                    {hidden(order, goods, fresh, "stuks")}
                    {pieces(order, &left, goods)}
                    {delivery(&left, goods)}
                    <button class="btn btn--rustig">"Betaal deze artikelen terug"</button>
                </form>
                {problem(amount)}
                <form class="stack" method="post" action=paths::order_step(&order.number, "terugbetalen")>
                    {hidden(order, amount, fresh, "bedrag")}
                    <div class="velden">
                        <div class="veld">
                            <label r#for="bedrag">"Of een bedrag, bijvoorbeeld voor een klein gebrek"</label>
                            <input class="in nummer" id="bedrag" name="bedrag" r#type="text" inputmode="decimal" value=amount.amount.clone() />
                        </div>
                        <div class="veld">
                            <label r#for="reden">"Waarom (de klant leest dit)"</label>
                            <input class="in" id="reden" name="reden" r#type="text" maxlength="200" value=amount.reason.clone() />
                        </div>
                    </div>
                    <button class="btn btn--rustig">"Betaal dit bedrag terug"</button>
                </form>
            </section>
        }
        .into_any(),
    )
}

fn hidden(order: &Order, typed: &TypedRefund, fresh: RefundId, kind: &'static str) -> AnyView {
    let key = if typed.id.is_empty() { fresh.to_string() } else { typed.id.clone() };
    view! {
        <input type="hidden" name="kenmerk" value=key />
        <input type="hidden" name="versie" value=order.version.to_string() />
        <input type="hidden" name="soort" value=kind />
    }
    .into_any()
}

fn pieces(order: &Order, left: &Refundable, typed: &TypedRefund) -> AnyView {
    let fields = order.lines.iter().zip(left.pieces()).enumerate().map(|(at, (line, left))| {
        let id = format!("stuks-{at}");
        let value = typed.pieces.get(at).cloned().unwrap_or_else(|| "0".to_owned());
        let label = if left == 0 {
            format!("{}, maat {}: alles is al terugbetaald", line.title, line.size)
        } else {
            format!("{}, maat {} (nog {left})", line.title, line.size)
        };
        view! {
            <div class="veld">
                <label r#for=id.clone()>{label}</label>
                <input class="in nummer" id=id name="stuks" r#type="text" inputmode="numeric" value=value />
            </div>
        }
    });
    view! { <div class="velden">{fields.collect_view()}</div> }.into_any()
}

fn delivery(left: &Refundable, typed: &TypedRefund) -> Option<AnyView> {
    let shipping = left.shipping();
    (shipping > Money::ZERO).then(|| {
        view! {
            <label class="keus">
                <input type="checkbox" name="verzending" value="ja" checked=typed.shipping />
                <span>{format!("Ook de verzendkosten ({shipping})")}</span>
            </label>
        }
        .into_any()
    })
}

/// Before money goes back: how much, and what for. The form is sent again with everything that was filled in.
pub fn confirm(frame: Frame, file: &OrderFile, typed: &TypedRefund, seen: i64, credit: &Credit) -> String {
    let order = &file.order;
    let vat = credit
        .vat
        .iter()
        .map(|part| view! { <li class="klein grijs">{format!("Waarvan {} btw: {}", part.rate.label(), part.vat)}</li> })
        .collect_view();
    let pieces = typed
        .pieces
        .iter()
        .map(|count| view! { <input type="hidden" name="stuks" value=count.clone() /> })
        .collect_view();
    let shipping = typed.shipping.then(|| view! { <input type="hidden" name="verzending" value="ja" /> });
    let by_hand = file.purse.settled_by(order).is_some_and(|attempt| attempt.method.is_by_transfer());
    let how = if file.bill().is_some_and(|bill| bill.amount >= credit.amount) {
        "Het gaat van de open rekening af; er hoeft niets terug. De klant krijgt er een mail van."
    } else if file.bill().is_some() {
        "Het gaat eerst van de open rekening af. Wat meer is, maak je zelf over; je vindt het als taak op het overzicht."
    } else if by_hand {
        "De klant betaalde met een overschrijving: je maakt het zelf over. Je vindt het als taak op het overzicht."
    } else {
        "Het gaat meteen terug en kan niet worden ingetrokken. De klant krijgt er een mail van."
    };
    let body = view! {
        <section class="paneel max-midden">
            <p class="grijs">{format!("{} · {}", order.number, order.address.name.full())}</p>
            <h1>{format!("{} terugbetalen?", credit.amount)}</h1>
            <ul class="stack stack--s">
                <li>{words::refund_of(order, &credit.of)}</li>
                {vat}
                <li>{how}</li>
            </ul>
            <form class="row" method="post" action=paths::order_step(&order.number, "terugbetalen")>
                <input type="hidden" name="kenmerk" value=typed.id.clone() />
                <input type="hidden" name="versie" value=seen.to_string() />
                <input type="hidden" name="soort" value=if typed.is_amount { "bedrag" } else { "stuks" } />
                {pieces}
                {shipping}
                <input type="hidden" name="bedrag" value=typed.amount.clone() />
                <input type="hidden" name="reden" value=typed.reason.clone() />
                <button class="btn" name="akkoord" value="ja">
                    {format!("Ja, betaal {} terug", credit.amount)}
                </button>
                <a class="link" href=paths::order(&order.number)>
                    "Terug"
                </a>
            </form>
        </section>
    };
    desk(frame, Place::Orders, "Terugbetalen", body.into_any())
}
