//! Views of the money of an order: what goes back and when it is there, and every try to pay.

use super::super::checkout::{RefundView, TryView};
use super::super::server::moment;
use shop_core::ledger::Purse;
use shop_core::money::Money;
use shop_core::order::refund::{RefundOf, RefundState};
use shop_core::order::{Order, Refund};
use shop_core::payment::{AttemptState, Method};
use shop_core::time::{Seconds, Timestamp};
use shop_flows::Shop;

/// Money goes back within this time (BW 6:230r(1)).
const AT_THE_LATEST: Seconds = Seconds::days(14);

pub(super) fn refunds(shop: &Shop, order: &Order, purse: &Purse) -> Vec<RefundView> {
    let method_of = |refund: &Refund| {
        purse
            .attempts
            .iter()
            .find(|attempt| attempt.id == refund.attempt)
            .map_or(order.method, |attempt| attempt.method)
    };
    let view = |refund: &Refund| RefundView {
        amount: refund.credit.amount,
        lowered: refund.to_pay() == Money::ZERO,
        what: what(order, &refund.credit.of),
        how: how(shop, refund, method_of(refund)),
        is_done: matches!(refund.state, RefundState::Done { .. }),
    };
    purse.refunds.iter().map(view).collect()
}

fn what(order: &Order, of: &RefundOf) -> String {
    match of {
        RefundOf::Goods { pieces, shipping } => {
            let titled = pieces.iter().filter_map(|back| {
                let line = order.lines.get(usize::try_from(back.line).ok()?)?;
                Some(format!("{} × {}, maat {}", back.count, line.title, line.size))
            });
            let delivery = shipping.then(|| "de verzendkosten".to_owned());
            format!("Voor {}.", titled.chain(delivery).collect::<Vec<_>>().join(" en "))
        }
        RefundOf::Rest => "Voor de geannuleerde bestelling.".to_owned(),
        RefundOf::Goodwill { reason } => reason.clone(),
        RefundOf::Surplus => "Dit had je te veel of te laat betaald.".to_owned(),
    }
}

/// How it comes back, and when.
fn how(shop: &Shop, refund: &Refund, method: Method) -> String {
    if refund.to_pay() == Money::ZERO {
        return "Dit is van je rekening af. Je hoeft het niet meer te betalen.".to_owned();
    }
    let set_off = (refund.set_off > Money::ZERO)
        .then(|| format!("{} is van je rekening af; {} gaat terug. ", refund.set_off, refund.to_pay()));
    let back = back(shop, refund, method);
    [set_off.unwrap_or_default(), back].concat()
}

/// How the money that really goes back comes, and when.
fn back(shop: &Shop, refund: &Refund, method: Method) -> String {
    let day = |at: Timestamp| shop.clock.day(at).long();
    let latest = day(refund.created_at.plus(AT_THE_LATEST));
    match refund.state {
        RefundState::Done { at, by_hand: true } => {
            format!("Overgemaakt naar je bankrekening op {}. Meestal staat het er binnen een werkdag.", day(at))
        }
        RefundState::Done { at, .. } if method == Method::Klarna => {
            format!(
                "Klarna heeft je factuur verlaagd op {}. Had je al betaald, dan krijg je het van Klarna terug.",
                day(at)
            )
        }
        RefundState::Done { at, .. } => format!("Terugbetaald met {} op {}.", method.label(), day(at)),
        RefundState::Sent { .. } => {
            format!("Onderweg naar je, met {}. Meestal staat het er binnen een paar werkdagen.", method.label())
        }
        RefundState::Wanted => format!("Gaat terug met {}, uiterlijk {latest}.", method.label()),
        RefundState::ByHand | RefundState::Failed { .. } => {
            format!("We maken het over naar je bankrekening, uiterlijk {latest}.")
        }
    }
}

pub(super) fn tries(shop: &Shop, purse: &Purse) -> Vec<TryView> {
    let standing = |state: AttemptState| match state {
        AttemptState::Created => "Begonnen",
        AttemptState::Open => "Nog niet klaar",
        AttemptState::Paid { .. } => "Gelukt",
        AttemptState::Cancelled { .. } => "Gestopt",
        AttemptState::Failed { .. } => "Niet gelukt",
        AttemptState::Expired { .. } => "Tijd verstreken",
    };
    let view = |attempt: &shop_core::payment::Attempt| TryView {
        method: attempt.method,
        when: moment(shop, attempt.created_at),
        standing: standing(attempt.state).to_owned(),
    };
    purse.attempts.iter().map(view).collect()
}
