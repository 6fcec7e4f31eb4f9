//! Words of the dashboard: names of states, events and tasks, and moments as people say them.

use leptos::prelude::*;
use shop_core::ShopError;
use shop_core::catalog::Status;
use shop_core::time::Timestamp;
use shop_flows::ports::Clock;

/// The states of an order, in the order of its life.
pub const STATES: [&str; 5] = ["awaiting_payment", "paid", "shipped", "delivered", "cancelled"];

/// What a state of an order is called.
pub fn state(name: &str) -> &'static str {
    match name {
        "awaiting_payment" => "Wacht op betaling",
        "paid" => "In te pakken",
        "shipped" => "Bij PostNL",
        "delivered" => "Bezorgd",
        "cancelled" => "Geannuleerd",
        _ => "Onbekend",
    }
}

/// A state as a badge; it has a word, never only a colour.
pub fn state_badge(name: &str) -> AnyView {
    let class = match name {
        "paid" => "badge badge--let",
        "delivered" => "badge badge--goed",
        "cancelled" => "badge badge--fout",
        _ => "badge badge--info",
    };
    view! { <span class=class>{state(name)}</span> }.into_any()
}

/// What happened to an order, for its timeline.
pub fn event(name: &str) -> String {
    match name {
        "placed" => "Besteld",
        "attempt" => "Betaling begonnen",
        "attempt_open" => "Betaling staat klaar",
        "attempt_paid" => "Betaling gelukt",
        "attempt_cancelled" => "Betaling afgebroken door de klant",
        "attempt_failed" => "Betaling mislukt",
        "attempt_expired" => "Betaling verlopen",
        "attempt_unknown" => "Betaling onduidelijk; de klant kan het opnieuw proberen",
        "paid" => "Betaald",
        "paid_after_end" => "Geld kwam binnen na het einde van de bestelling",
        "paid_twice" => "Er is dubbel betaald",
        "amount_mismatch" => "Er kwam een ander bedrag binnen dan gevraagd",
        "contradiction" => "De betaaldienst spreekt zichzelf tegen",
        "payment_retried" => "Opnieuw geprobeerd te betalen",
        "shipped" => "Meegegeven aan PostNL",
        "delivered" => "Bezorgd",
        "cancelled" => "Geannuleerd",
        "taken" => "Klarna betaalt dit nu aan de winkel",
        "take_refused" => "Klarna wil dit niet betalen",
        "let_go" => "Bij Klarna losgelaten",
        "let_go_refused" => "Kon bij Klarna niet worden losgelaten",
        "promise_late" => "Klarna zei ja toen de bestelling al was afgesloten",
        other => return other.replace('_', " "),
    }
    .to_owned()
}

/// More about an event: a method, a reason, a tracking code.
pub fn event_detail(detail: &str) -> String {
    match detail {
        "ideal" => "iDEAL | Wero".to_owned(),
        "card" => "Creditcard".to_owned(),
        "paypal" => "PayPal".to_owned(),
        "klarna" => "Klarna (achteraf)".to_owned(),
        "bank_transfer" => "Overschrijving".to_owned(),
        "owner" => "door de winkel".to_owned(),
        "not_paid" => "niet op tijd betaald".to_owned(),
        "shopper" => "op verzoek van de klant".to_owned(),
        other => other.to_owned(),
    }
}

/// Who did it.
pub fn actor(name: &str) -> &str {
    match name {
        "shopper" => "de klant",
        "provider" => "de betaaldienst",
        "worker" => "de winkel, vanzelf",
        member => member,
    }
}

/// What a task about a payment asks.
pub fn task(kind: &str) -> &'static str {
    match kind {
        "paid_after_end" => {
            "Er kwam geld binnen voor een bestelling die al was afgesloten. Betaal terug, of bel de klant."
        }
        "paid_twice" => "Er is twee keer betaald. Betaal één keer terug.",
        "amount_mismatch" => "Er kwam een ander bedrag binnen dan gevraagd. Kijk bij de betaaldienst.",
        "contradiction" => "De betaaldienst spreekt zichzelf tegen. Kijk in het dashboard van de betaaldienst.",
        "refund_due" => "Een betaalde bestelling is geannuleerd. Betaal het bedrag terug, binnen 14 dagen.",
        "withdrawn" => {
            "Iemand herroept een bestelling. Betaal binnen 14 dagen terug; stuur niet meer op wat nog hier is."
        }
        "take_refused" => {
            "Klarna weigert een verzonden bestelling te betalen. Kijk in het dashboard van Klarna en bel hen zo nodig."
        }
        "let_go_refused" => {
            "Een geannuleerde bestelling staat nog open bij Klarna. Annuleer haar in het dashboard van Klarna."
        }
        _ => "Kijk even naar deze betaling.",
    }
}

/// More about a task, as it was written down, in the words of the shop: `€ 23,90 moet terug`.
pub fn task_detail(detail: &str) -> String {
    if let Some(amount) = detail.strip_suffix(" must be paid back") {
        return format!("{} moet terug", euros(amount));
    }
    if let Some((attempt, amount)) = detail.split_once(" received ") {
        return format!("{} binnen op {attempt}", euros(amount));
    }
    if let Some((attempt, (paid, owed))) =
        detail.split_once(": paid ").and_then(|(attempt, sums)| Some((attempt, sums.split_once(", owed ")?)))
    {
        return format!("{attempt}: {} betaald, {} gevraagd", euros(paid), euros(owed));
    }
    if let Some((attempt, says)) = detail.split_once(" is paid here, but the provider says ") {
        return format!("{attempt} is hier betaald, maar de betaaldienst zegt: {}", outcome(says));
    }
    if let Some((attempt, amount)) = detail.split_once(" under another id of the provider, ")
        && let Some((attempt, says)) = attempt.split_once(" is ")
    {
        let amount = amount.strip_suffix(" paid").unwrap_or(amount);
        return format!(
            "{attempt}: {} onder een ander nummer van de betaaldienst, {} betaald",
            outcome(says),
            euros(amount)
        );
    }
    detail.to_owned()
}

/// What became of a try to pay, by its name.
fn outcome(name: &str) -> &str {
    match name {
        "paid" => "betaald",
        "cancelled" => "afgebroken",
        "failed" => "mislukt",
        "expired" => "verlopen",
        "open" => "nog open",
        other => other,
    }
}

/// `23.90` as people here write it.
fn euros(decimal: &str) -> String {
    format!("€\u{a0}{}", decimal.replace('.', ","))
}

/// More about a line of the audit trail.
pub fn audit_detail(action: &str, detail: &str) -> String {
    match action {
        "task.close" => task(detail).to_owned(),
        "job.retry" => job(detail),
        _ => detail
            .replace("Active", status(Status::Active))
            .replace("Draft", status(Status::Draft))
            .replace("Archived", status(Status::Archived)),
    }
}

/// What a kind of background work is called.
pub fn job(kind: &str) -> String {
    match kind {
        "mail_confirmation" => "Bevestiging mailen",
        "mail_reminder" => "Herinnering mailen",
        "mail_shipped" => "Verzendmail",
        "mail_code" => "Inlogcode mailen",
        "mail_question" => "Vraag van een klant mailen",
        "mail_cancelled" => "Annulering mailen",
        "mail_paid" => "Mailen dat de betaling binnen is",
        "mail_withdrawal" => "Herroeping aan de winkel mailen",
        "mail_withdrawal_received" => "Ontvangst van een herroeping mailen",
        "mail_alert_check" => "Vragen of een voorraadmail mag",
        "mail_back_in_stock" => "Mailen dat een maat er weer is",
        "back_in_stock" => "Kijken wie op een maat wacht",
        "pull" => "Bericht van de betaaldienst ophalen",
        "ask" => "Betaling navragen",
        "take" => "Klarna laten betalen",
        "let_go" => "Bestelling bij Klarna loslaten",
        "avif" => "Foto kleiner maken",
        "housekeeping" => "Opruimen",
        other => return other.replace('_', " "),
    }
    .to_owned()
}

/// What a line of the audit trail is called.
pub fn action(name: &str) -> String {
    match name {
        "sign_in" => "Ingelogd",
        "sign_in.demo" => "Ingelogd via de demolink",
        "owner.set_up" => "Wachtwoord en code ingesteld",
        "order.transfer" => "Overschrijving geboekt",
        "order.ship" => "Verzonden gemeld",
        "order.cancel" => "Bestelling geannuleerd",
        "task.close" => "Betaaltaak afgerond",
        "product.change" => "Artikel gewijzigd",
        "discount.make" => "Kortingscode gemaakt",
        "discount.end" => "Kortingscode beëindigd",
        "stock.count" => "Voorraad geteld",
        "catalogue.import" => "Artikelen ingelezen",
        "job.retry" => "Taak opnieuw geprobeerd",
        other => return other.replace(['.', '_'], " "),
    }
    .to_owned()
}

/// Whether an article is in the shop.
pub const fn status(status: Status) -> &'static str {
    match status {
        Status::Active => "Zichtbaar",
        Status::Draft => "Concept",
        Status::Archived => "Uit de winkel",
    }
}

/// The same as a badge.
pub fn status_badge(shown: Status) -> AnyView {
    let class = match shown {
        Status::Active => "badge badge--goed",
        Status::Draft => "badge badge--let",
        Status::Archived => "badge badge--info",
    };
    view! { <span class=class>{status(shown)}</span> }.into_any()
}

/// A whole sentence for the owner about what did not work.
pub fn trouble(error: &ShopError) -> String {
    match error {
        ShopError::NotFound => "Dit is er niet, of niet meer.".to_owned(),
        ShopError::TooLate => "Dat kan niet meer: de bestelling is intussen een stap verder.".to_owned(),
        ShopError::Conflict => {
            "Dit is intussen gewijzigd, bijvoorbeeld door een verkoop. Kijk wat er nu staat en probeer het nog eens."
                .to_owned()
        }
        ShopError::Unavailable { reference } => {
            format!("Dit lukte niet, en het ligt aan ons. In het logboek van de server staat het onder {reference}.")
        }
        other => crate::text::shop_error(other),
    }
}

/// `1 bestelling`, `3 bestellingen`.
pub fn count_of(count: usize, one: &str, more: &str) -> String {
    if count == 1 { format!("1 {one}") } else { format!("{count} {more}") }
}

/// A moment in Amsterdam: `24 november 2026, 16.05 uur`.
pub fn moment(clock: &dyn Clock, at: Timestamp) -> String {
    format!("{}, {} uur", clock.day(at).long(), time(clock, at))
}

/// A moment as short as it can be: `vandaag 11.04`, `gisteren 21.15`, `20 november`.
pub fn recent(clock: &dyn Clock, at: Timestamp) -> String {
    let (day, today) = (clock.day(at), clock.day(clock.now()));
    match today.number() - day.number() {
        0 => format!("vandaag {}", time(clock, at)),
        1 => format!("gisteren {}", time(clock, at)),
        _ if day.year == today.year => day.short(),
        _ => day.long(),
    }
}

fn time(clock: &dyn Clock, at: Timestamp) -> String {
    format!("{}.{:02}", clock.hour(at), clock.minute(at))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_written_down_in_english_is_shown_in_dutch() {
        assert_eq!(task_detail("23.90 must be paid back"), "€\u{a0}23,90 moet terug");
        assert_eq!(task_detail("AG100001P1 received 49.90"), "€\u{a0}49,90 binnen op AG100001P1");
        assert_eq!(
            task_detail("AG100001P1: paid 40.00, owed 49.90"),
            "AG100001P1: €\u{a0}40,00 betaald, €\u{a0}49,90 gevraagd"
        );
        assert_eq!(
            task_detail("AG100001P1 is paid here, but the provider says failed"),
            "AG100001P1 is hier betaald, maar de betaaldienst zegt: mislukt"
        );
        assert_eq!(
            task_detail("AG100001P1 is paid under another id of the provider, 49.90 paid"),
            "AG100001P1: betaald onder een ander nummer van de betaaldienst, €\u{a0}49,90 betaald"
        );
        assert_eq!(task_detail("AG100001P1"), "AG100001P1");
        assert!(audit_detail("task.close", "refund_due").starts_with("Een betaalde bestelling is geannuleerd"));
        assert_eq!(action("catalogue.import"), "Artikelen ingelezen");
    }
}
