//! Views of a placed order.

use super::super::ApiError;
use super::super::checkout::{BillView, OrderLineView, OrderPage, OrderStanding, Step, TransferView};
use super::super::server::{Flash, answer, go, leave, moment, shop, visitor};
use super::catalog::picture;
use super::checkout::{address_lines, follow, methods};
use super::money;
use crate::pages::content::fit::{self, Worn};
use crate::{measure, routes};
use leptos::prelude::*;
use shop_core::ShopError;
use shop_core::catalog::{Fit, Size};
use shop_core::money::Money;
use shop_core::order::{CancelReason, Happening, Order, OrderNumber, OrderState};
use shop_core::payment::{Attempt, AttemptState, Bill, CreditorReference, Method, When};
use shop_core::time::Seconds;
use shop_flows::invoice::bill_of;
use shop_flows::{Shop, Visitor};

/// An order counts as just placed for this long.
const FRESH: Seconds = Seconds::minutes(30);
/// The step of an invoice of our own of which half is asked first.
const HALF_PAID: &str = "Helft vooraf betaald";

/// `stopped`: she turned back at the provider's page. It may still tell us that she paid; until then she is offered other ways.
pub async fn order_page(number: String, stopped: bool) -> Result<OrderPage, ApiError> {
    let (shop, visitor) = (shop()?, visitor().await?);
    let Some(number) = OrderNumber::parse(&number) else { return answer(Err(ShopError::NotFound)) };
    let (order, purse, happenings) = answer(shop.order(&visitor, &number).await)?;
    let proven = visitor.customer() == Some(order.customer);
    let snapshot = shop.catalogue.current();
    let lines = order.lines.iter().map(|line| OrderLineView {
        slug: line.slug.clone(),
        title: line.title.clone(),
        colour: line.colour.clone(),
        size: line.size.clone(),
        picture: snapshot.product(&line.slug).and_then(|product| product.pictures.first()).map(picture),
        quantity: line.quantity,
        total: line.unit.times(line.quantity).unwrap_or(Money::ZERO),
    });
    let bill = bill_of(&order, &purse, &happenings);
    let standing = match standing(&shop, &order, &purse.attempts, bill.as_ref()) {
        OrderStanding::PaymentPending if stopped => {
            failed("Je bent teruggekomen zonder te betalen. Er is niets afgeschreven.")
        }
        known => known,
    };
    let can_pay = matches!(order.state, OrderState::AwaitingPayment { .. });
    let buyer = shop.buyer(&visitor, Some(order.id)).await?;
    let arrival = order.agreed.arrival;
    let worn = worn(&shop, &visitor, &order).await?;
    let fresh = shop.clock.now().since(order.placed_at) < FRESH;
    let thanks = match &standing {
        OrderStanding::Paid | OrderStanding::AwaitingTransfer(_) if fresh => {
            measure::thanks(&order, standing == OrderStanding::Paid)
        }
        _ => String::new(),
    };
    Ok(OrderPage {
        worn,
        thanks,
        number: order.number.to_string(),
        given_name: order.address.name.given.clone(),
        email: if proven { order.contact.email.as_str().to_owned() } else { masked(order.contact.email.as_str()) },
        placed: moment(&shop, order.placed_at),
        lines: lines.collect(),
        goods: order.totals.goods,
        discount: order.totals.discount,
        code: order.code.as_ref().map(ToString::to_string).unwrap_or_default(),
        shipping: order.totals.shipping,
        total: order.totals.total,
        vat: order.totals.vat.iter().map(|line| (line.rate.label(), line.vat)).collect(),
        address: address_lines(&order.address),
        steps: steps(&shop, &order, &happenings),
        bill: bill.map(|bill| billed(&shop, &order, &bill)),
        arrives: format!("{} {}", arrival.weekday_name(), arrival.short()),
        refunds: money::refunds(&shop, &order, &purse),
        tries: money::tries(&shop, &purse),
        methods: if can_pay {
            methods(&shop, &order.contact, &order.address, order.totals.total, buyer)
        } else {
            Vec::new()
        },
        method: order.method,
        can_cancel: matches!(order.state, OrderState::AwaitingPayment { .. } | OrderState::Paid { .. }),
        fresh,
        standing,
    })
}

/// The question how it fits, once the parcel has left. An article of one size has nothing to ask.
async fn worn(shop: &Shop, visitor: &Visitor, order: &Order) -> Result<String, ApiError> {
    if !shop_flows::fit::can_vote(order.state) {
        return Ok(String::new());
    }
    let said = shop.fits(visitor, &order.number).await?;
    let lines: Vec<Worn> = (0..)
        .zip(&order.lines)
        .filter(|(_, line)| Size::parse(&line.size).is_some_and(|size| !size.heights().is_empty()))
        .map(|(at, line)| Worn {
            line: at,
            name: format!("{}, maat {}", line.title, line.size),
            said: said.iter().find(|(line, _)| *line == at).map(|(_, fit)| *fit),
        })
        .collect();
    Ok(fit::panel(order.number.as_str(), &lines).map(|view| view.to_html()).unwrap_or_default())
}

pub async fn vote_fit(number: String, line: u32, fit: String) -> Result<(), ApiError> {
    let (shop, visitor) = (shop()?, visitor().await?);
    let (Some(number), Some(fit)) = (OrderNumber::parse(&number), Fit::parse(&fit)) else {
        return answer(Err(ShopError::NotFound));
    };
    answer(shop.vote_fit(&visitor, &number, line, fit).await)?;
    go(&format!("{}#pasvorm", routes::order(number.as_str())));
    Ok(())
}

/// `m…@voorbeeld.nl`: enough to recognise, too little to learn.
fn masked(email: &str) -> String {
    let first: String = email.chars().take(1).collect();
    let domain = email.split_once('@').map(|(_, domain)| domain).unwrap_or_default();
    format!("{first}…@{domain}")
}

fn standing(shop: &Shop, order: &Order, attempts: &[Attempt], bill: Option<&Bill>) -> OrderStanding {
    match order.state {
        OrderState::AwaitingPayment { until } => match attempts.last() {
            Some(attempt) if attempt.method.is_by_transfer() => {
                let amount = bill.map_or(order.totals.total, |bill| bill.amount);
                OrderStanding::AwaitingTransfer(transfer(shop, order, amount, &shop.clock.day(until).long()))
            }
            Some(attempt) => match attempt.state {
                AttemptState::Open | AttemptState::Paid { .. } => OrderStanding::PaymentPending,
                AttemptState::Created => {
                    failed("We kregen geen verbinding met de betaalpagina. Er is niets afgeschreven.")
                }
                AttemptState::Cancelled { .. } => failed("Je hebt de betaling gestopt. Er is niets afgeschreven."),
                AttemptState::Failed { .. } if attempt.method == Method::Klarna => failed(crate::text::KLARNA_DECLINED),
                AttemptState::Failed { .. } if attempt.method == Method::PayPal => {
                    failed("PayPal gaf geen akkoord. Er is niets afgeschreven.")
                }
                AttemptState::Failed { .. } => failed("Je bank gaf geen akkoord. Er is niets afgeschreven."),
                AttemptState::Expired { .. } => failed("De tijd om te betalen was om. Er is niets afgeschreven."),
            },
            None => failed("De betaling is nog niet begonnen."),
        },
        OrderState::Paid { .. } => OrderStanding::Paid,
        OrderState::Shipped { .. } => {
            let (url, code) = order
                .tracking
                .as_ref()
                .map(|tracking| (tracking.url(&order.address), tracking.code().to_owned()))
                .unwrap_or_default();
            OrderStanding::Shipped { url, code }
        }
        OrderState::Delivered { .. } => OrderStanding::Delivered,
        OrderState::Cancelled { reason, paid_at, .. } => {
            let why = match reason {
                CancelReason::Shopper => "Je hebt deze bestelling geannuleerd.",
                CancelReason::Owner => "We konden deze bestelling niet leveren en hebben haar geannuleerd.",
                CancelReason::NotPaid => "De bestelling was niet op tijd betaald en is vervallen.",
            };
            let back = if paid_at.is_some() { " Wat je al betaalde, krijg je binnen 14 dagen terug." } else { "" };
            OrderStanding::Cancelled { reason: format!("{why}{back}") }
        }
    }
}

fn failed(reason: &str) -> OrderStanding {
    OrderStanding::PaymentFailed { reason: reason.to_owned() }
}

fn transfer(shop: &Shop, order: &Order, amount: Money, until: &str) -> TransferView {
    let bank = &shop.settings.bank;
    let reference = CreditorReference::of(order.number.as_str());
    let iban: Vec<char> = bank.iban.chars().filter(|c| !c.is_whitespace()).collect();
    let qr_svg = reference.as_ref().map(|reference| {
        super::super::server::qr(&shop_core::payment::epc_text(&bank.holder, &bank.iban, amount, reference))
    });
    TransferView {
        holder: bank.holder.clone(),
        iban: iban.chunks(4).map(|group| group.iter().collect::<String>()).collect::<Vec<_>>().join(" "),
        reference: reference.map(|reference| reference.grouped()).unwrap_or_default(),
        amount,
        until: until.to_owned(),
        qr_svg: qr_svg.unwrap_or_default(),
    }
}

/// What is open on an invoice of our own, and where to pay it once it is due.
fn billed(shop: &Shop, order: &Order, bill: &Bill) -> BillView {
    let Bill { amount, when, rest } = bill;
    match when {
        When::Before(_) => BillView {
            sentence: format!(
                "Dit is de helft. De rest, {rest}, maak je over binnen 14 dagen nadat je pakje weg is; je krijgt daar een mail van."
            ),
            transfer: None,
        },
        When::AfterShipping => BillView {
            sentence: format!(
                "Je betaalt {amount} achteraf. Waarheen, staat in de mail dat je pakje onderweg is en op deze pagina; daarna heb je 14 dagen."
            ),
            transfer: None,
        },
        When::Until(at) => {
            let until = shop.clock.day(*at).long();
            let sentence = if *at < shop.clock.now() {
                format!(
                    "Je rekening had op {until} betaald moeten zijn: {amount}. Lukt het niet, laat het me dan even weten."
                )
            } else {
                format!(
                    "Maak {amount} over, uiterlijk op {until}. Stuur je iets terug, dan hoef je dat deel niet te betalen."
                )
            };
            BillView { sentence, transfer: Some(transfer(shop, order, *amount, &until)) }
        }
    }
}

fn steps(shop: &Shop, order: &Order, happenings: &[Happening]) -> Vec<Step> {
    let when = |event: &str| {
        happenings.iter().rev().find(|happening| happening.event == event).map(|happening| moment(shop, happening.at))
    };
    let step = |title: &str, when: Option<String>, is_now: bool, later: &str| Step {
        title: title.to_owned(),
        state: if is_now {
            "now"
        } else if when.is_some() {
            "done"
        } else {
            "later"
        }
        .to_owned(),
        when: when.unwrap_or_else(|| later.to_owned()),
    };
    if let OrderState::Cancelled { at, .. } = order.state {
        let paid = when("paid").map(|paid| step(paid_title(order.method), Some(paid), false, ""));
        let mut steps = vec![step("Besteld", when("placed"), false, "")];
        steps.extend(paid);
        steps.extend(when("deposit").map(|paid| step(HALF_PAID, Some(paid), false, "")));
        steps.push(step("Geannuleerd", Some(moment(shop, at)), true, ""));
        return steps;
    }
    let arrival = order.agreed.arrival;
    let state = order.state;
    let placed = step("Besteld", when("placed"), false, "");
    let sent = step(
        "Ingepakt en verzonden",
        when("shipped"),
        matches!(state, OrderState::Paid { .. }),
        "We pakken hem voor je in",
    );
    let there = step("Bezorgd", when("delivered"), matches!(state, OrderState::Shipped { .. }), &expected(order));
    let end = step("Einde bedenktijd", None, false, &format!("Rond {}", arrival.plus_days(14).long()));
    if order.method != Method::Invoice {
        return vec![
            placed,
            step(paid_title(order.method), when("paid"), false, "Zodra je betaling binnen is"),
            sent,
            there,
            end,
        ];
    }
    let waits = matches!(state, OrderState::AwaitingPayment { .. });
    let half = step(HALF_PAID, when("deposit"), waits, "Zodra je betaling binnen is");
    let bill = step("Rekening betaald", when("invoice_paid"), false, "Binnen 14 dagen nadat je pakje weg is");
    let halves = (waits || when("deposit").is_some()).then_some(half);
    [placed].into_iter().chain(halves).chain([sent, there, bill, end]).collect()
}

/// With Klarna nobody has paid yet when the order may leave; saying so would be wrong.
const fn paid_title(method: Method) -> &'static str {
    match method {
        Method::Klarna => "Akkoord van Klarna",
        _ => "Betaald",
    }
}

/// The day that was promised counts from the day of ordering; a transfer that is still to come moves it.
fn expected(order: &Order) -> String {
    let arrival = order.agreed.arrival;
    if order.method.is_by_transfer() && matches!(order.state, OrderState::AwaitingPayment { .. }) {
        "Verwacht 1 tot 2 werkdagen nadat je betaling binnen is".to_owned()
    } else {
        format!("Verwacht op {} {}", arrival.weekday_name(), arrival.short())
    }
}

pub async fn pay_again(number: String, method: String) -> Result<(), ApiError> {
    let (shop, mut visitor) = (shop()?, visitor().await?);
    let Some(number) = OrderNumber::parse(&number) else { return answer(Err(ShopError::NotFound)) };
    let result = shop.pay_again(&visitor, &number, &method).await;
    follow(&shop, &mut visitor, result, &routes::order(number.as_str())).await
}

pub async fn cancel_order(number: String) -> Result<(), ApiError> {
    let (shop, mut visitor) = (shop()?, visitor().await?);
    let Some(number) = OrderNumber::parse(&number) else { return answer(Err(ShopError::NotFound)) };
    if let Err(error) = shop.cancel_order(&visitor, &number).await {
        leave(&mut visitor, &Flash::Sentence(crate::text::shop_error(&error))).await?;
    }
    go(&routes::order(number.as_str()));
    Ok(())
}
