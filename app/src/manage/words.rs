//! Words of the dashboard: names of states, events and tasks, and moments as people say them.

use leptos::prelude::*;
use shop_core::ShopError;
use shop_core::catalog::Status;
use shop_core::checkout::Mistake;
use shop_core::order::Order;
use shop_core::order::refund::{RefundError, RefundOf, RefundState};
use shop_core::payment::{Bill, When};
use shop_core::time::{Day, Timestamp};
use shop_flows::ports::{Clock, Failing};

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
        "way_back" => "Gemaild dat de bestelling nog betaald kan worden",
        "paid" => "Betaald",
        "invoiced" => "Mag mee; de klant betaalt op factuur",
        "deposit" => "De helft vooraf is binnen",
        "invoice_paid" => "Factuur betaald",
        "invoice_reminded" => "Herinnering aan de factuur gemaild",
        "invoice_demanded" => "Aanmaning met 14 dagen gemaild",
        "invoice_overdue" => "Factuur onbetaald na herinnering en aanmaning",
        "set_off" => "Van de open factuur af",
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
        "refund_wanted" => "Terugbetaling klaargezet",
        "refund_sent" => "Terugbetaling onderweg",
        "refund_done" => "Terugbetaald",
        "refund_failed" => "Terugbetaling mislukt",
        "refund_slow" => "Terugbetaling duurt lang",
        "revived" => "Toch nog geleverd",
        "promise_late" => "Klarna zei ja toen de bestelling al was afgesloten",
        other => return other.replace('_', " "),
    }
    .to_owned()
}

/// More about an event: a method, a reason, a tracking code, what is paid back.
pub fn event_detail(event: &str, detail: &str) -> String {
    let is_amount =
        event.starts_with("refund_") || event.starts_with("invoice_") || matches!(event, "deposit" | "set_off");
    if is_amount && detail.starts_with(|first: char| first.is_ascii_digit()) {
        return euros(detail);
    }
    match detail {
        "ideal" => "iDEAL | Wero".to_owned(),
        "card" => "Creditcard".to_owned(),
        "paypal" => "PayPal".to_owned(),
        "klarna" => "Klarna (achteraf)".to_owned(),
        "invoice" => "Op factuur (achteraf)".to_owned(),
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
            "Er kwam geld binnen voor een bestelling die al was afgesloten. Betaal terug, of lever alsnog."
        }
        "paid_twice" => "Er is twee keer betaald. Betaal één keer terug.",
        "amount_mismatch" => "Er kwam een ander bedrag binnen dan gevraagd. Kijk bij de betaaldienst.",
        "contradiction" => "De betaaldienst spreekt zichzelf tegen. Kijk in het dashboard van de betaaldienst.",
        "refund_due" => "Een betaalde bestelling is geannuleerd. Betaal het bedrag terug, binnen 14 dagen.",
        "withdrawn" => {
            "Iemand herroept een bestelling. Betaal binnen 14 dagen terug; stuur niet meer op wat nog hier is."
        }
        "refund_by_hand" => "Dit bedrag moet je zelf terugbetalen, vanaf je eigen rekening, binnen 14 dagen.",
        "refund_failed" => "De betaaldienst wil dit bedrag niet terugbetalen. Maak het zelf over, binnen 14 dagen.",
        "refund_unknown" => {
            "We weten niet of dit bedrag terug is. Kijk eerst bij de betaaldienst en maak het anders zelf over."
        }
        "refund_slow" => "Deze terugbetaling is na drie dagen nog niet klaar. Kijk bij de betaaldienst.",
        "take_refused" => {
            "Klarna weigert een verzonden bestelling te betalen. Kijk in het dashboard van Klarna en bel hen zo nodig."
        }
        "let_go_refused" => {
            "Een geannuleerde bestelling staat nog open bij Klarna. Annuleer haar in het dashboard van Klarna."
        }
        "difference" => "De betaaldienst ziet iets anders dan de winkel. Vergelijk het met haar eigen overzicht.",
        "no_list" => {
            "De betaaldienst laat de winkel haar overzicht niet zien. Zet dat aan in haar dashboard (bij PayPal: Transaction Search)."
        }
        "promise_ends" => "De toezegging van Klarna loopt bijna af. Verzend de bestelling, of bel Klarna.",
        "invoice_overdue" => {
            "Deze factuur is na een herinnering en een aanmaning nog niet betaald. Bel de klant, of draag haar over."
        }
        "bank_partial" => "Er kwam een deel van een overschrijving binnen. Wacht op de rest, of vraag ernaar.",
        "bank_over" => {
            "Er kwam te veel binnen. Boek de overschrijving bij de bestelling en maak het te veel betaalde terug over."
        }
        "bank_double" => "Een bestelling is nog een keer overgemaakt. Maak het terug over.",
        "bank_after_end" => {
            "Er kwam een ander bedrag binnen voor een bestelling die is afgesloten. Maak het terug over, of overleg met de klant."
        }
        "bank_likely" => {
            "Deze overschrijving lijkt bij een bestelling te horen. Kijk op je afschrift en boek haar zelf."
        }
        "bank_several" => "Iemand betaalde meer bestellingen in één keer. Boek ze zelf, één voor één.",
        "bank_unknown" => "Er kwam geld binnen dat we niet kennen. Kijk op je afschrift van wie het is.",
        "bank_return" => "Een betaling kwam terug, of ging terug. Kijk op je afschrift.",
        _ => "Kijk even naar deze betaling.",
    }
}

/// More about a task, as it was written down, in the words of the shop: `€ 23,90 moet terug`.
pub fn task_detail(detail: &str) -> String {
    if let Some(amount) = detail.strip_suffix(" must be paid back") {
        return format!("{} moet terug", euros(amount));
    }
    if let Some(amount) = detail.strip_suffix(" is unpaid") {
        return format!("{} staat nog open", euros(amount));
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
    if provider(detail) != detail {
        return provider(detail).to_owned();
    }
    if let Some((reference, day)) = detail.split_once(" ends ") {
        return format!("{reference}, tot en met {}", date(day));
    }
    if let Some((theirs, ours)) = detail.split_once(", here ")
        && let Some((about, theirs)) = theirs.split_once(" there ")
        && let Some((place, reference)) = about.split_once(": ")
        && let Some((name, day)) = place.split_once(" on ")
    {
        return format!(
            "{} op {}, {reference}: daar {}, hier {}",
            provider(name),
            date(day),
            euros(theirs),
            euros(ours)
        );
    }
    detail.to_owned()
}

/// `2026-11-24` as people here write it.
fn date(iso: &str) -> String {
    Day::parse(iso).map_or_else(|| iso.to_owned(), Day::short)
}

/// What a provider is called.
pub fn provider(name: &str) -> &str {
    match name {
        "omnikassa" => "Rabo OmniKassa",
        "paypal" => "PayPal",
        "klarna" => "Klarna",
        other => other,
    }
}

/// What went wrong with a provider.
pub const fn failing(with: Failing) -> &'static str {
    match with {
        Failing::Credentials => "onze sleutel wordt geweigerd",
        Failing::Unavailable => "niet bereikbaar",
        Failing::Unclear => "geen duidelijk antwoord",
    }
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
        "payments.compare" => detail
            .replace(" compared", " vergeleken")
            .replace(" differ", " verschillend")
            .replace(" not told", " niet verteld"),
        _ => detail
            .replace("Active", status(Status::Active))
            .replace("Draft", status(Status::Draft))
            .replace("Archived", status(Status::Archived)),
    }
}

/// A state of a refund as a badge.
pub fn refund_badge(state: RefundState) -> AnyView {
    let (class, word) = match state {
        RefundState::Wanted => ("badge badge--info", "Klaargezet"),
        RefundState::ByHand => ("badge badge--let", "Zelf overmaken"),
        RefundState::Sent { .. } => ("badge badge--info", "Onderweg"),
        RefundState::Done { .. } => ("badge badge--goed", "Terugbetaald"),
        RefundState::Failed { .. } => ("badge badge--fout", "Mislukt"),
    };
    view! { <span class=class>{word}</span> }.into_any()
}

/// What a refund is for.
pub fn refund_of(order: &Order, of: &RefundOf) -> String {
    match of {
        RefundOf::Goods { pieces, shipping } => {
            let mut parts: Vec<String> =
                pieces.iter().map(|back| format!("{}× {}", back.count, title(order, back.line))).collect();
            if *shipping {
                parts.push("verzendkosten".to_owned());
            }
            parts.join(", ")
        }
        RefundOf::Rest => "Alles van de geannuleerde bestelling".to_owned(),
        RefundOf::Goodwill { reason } => reason.clone(),
        RefundOf::Surplus => "Te veel of te laat betaald".to_owned(),
    }
}

/// Why an order cannot be refunded like that, for the owner.
pub fn refund_error(order: &Order, error: RefundError) -> String {
    match error {
        RefundError::Nothing => {
            "Kies wat je terugbetaalt: een aantal stuks, de verzendkosten, of een bedrag boven nul.".to_owned()
        }
        RefundError::NoSuchLine => "Dit artikel hoort niet bij de bestelling.".to_owned(),
        RefundError::MorePieces { line, left: 0 } => {
            format!("Van {} is alles al terugbetaald.", title(order, line))
        }
        RefundError::MorePieces { line, left } => {
            format!("Van {} kun je er nog {left} terugbetalen.", title(order, line))
        }
        RefundError::NoShipping => "De verzendkosten waren gratis of zijn al terugbetaald.".to_owned(),
        RefundError::TooMuch { left } => format!("Van deze bestelling kun je nog {left} terugbetalen, niet meer."),
        RefundError::NoReason => "Schrijf er kort bij waarom. De klant leest het in de mail.".to_owned(),
    }
}

fn title(order: &Order, line: u32) -> &str {
    let line = usize::try_from(line).ok().and_then(|line| order.lines.get(line));
    line.map_or("dit artikel", |line| line.title.as_str())
}

/// What a kind of background work is called.
pub fn job(kind: &str) -> String {
    match kind {
        "mail_confirmation" => "Bevestiging mailen",
        "mail_reminder" => "Herinnering mailen",
        "mail_way_back" => "Mailen waar nog betaald kan worden",
        "mail_shipped" => "Verzendmail",
        "mail_code" => "Inlogcode mailen",
        "mail_erasure_code" => "Code om te wissen mailen",
        "mail_erased" => "Laatste mail na wissen",
        "scrub" => "Gewiste gegevens van de schijf halen",
        "mail_question" => "Vraag van een klant mailen",
        "mail_cancelled" => "Annulering mailen",
        "mail_paid" => "Mailen dat de betaling binnen is",
        "mail_withdrawal" => "Herroeping aan de winkel mailen",
        "mail_withdrawal_received" => "Ontvangst van een herroeping mailen",
        "mail_alert_check" => "Vragen of een voorraadmail mag",
        "mail_back_in_stock" => "Mailen dat een maat er weer is",
        "mail_newsletter_check" => "Vragen of iemand de nieuwsbrief wil",
        "mail_letter_trial" => "Proefbrief mailen",
        "letter" => "Nieuwsbrief versturen",
        "back_in_stock" => "Kijken wie op een maat wacht",
        "pull" => "Bericht van de betaaldienst ophalen",
        "compare_day" => "Dag vergelijken met de betaaldienst",
        "ask" => "Betaling navragen",
        "take" => "Klarna laten betalen",
        "let_go" => "Bestelling bij Klarna loslaten",
        "refund" => "Geld terugbetalen",
        "ask_refund" => "Terugbetaling navragen",
        "mail_refunded" => "Mailen dat er geld terugkomt",
        "mail_invoice_paid" => "Mailen dat een factuur betaald is",
        "mail_invoice_reminder" => "Herinnering aan een factuur mailen",
        "mail_invoice_demand" => "Aanmaning mailen",
        "chase" => "Kijken of een factuur betaald is",
        "avif" => "Foto kleiner maken",
        "mail_account_ends" => "Mailen dat een account verdwijnt",
        "mail_question_received" => "Mailen dat een vraag binnen is",
        "mail_answer" => "Antwoord mailen",
        "forget_night" => "Wissen wat lang genoeg bewaard is",
        "housekeeping" => "Opruimen",
        other => return other.replace('_', " "),
    }
    .to_owned()
}

/// A line of the trail of a request or a breach.
pub fn step(what: &str) -> &'static str {
    match what {
        "entered" => "Opgeschreven",
        "extended" => "Verlengd",
        "changed" => "Bijgewerkt",
        "closed" => "Afgehandeld",
        _ => "Iets anders",
    }
}

/// What is wrong with an answer to a question.
pub const fn answer_mistake(mistake: Mistake) -> &'static str {
    match mistake {
        Mistake::TooLong => "Dit is te lang voor één mail. Maak het korter.",
        _ => "Schrijf eerst je antwoord op.",
    }
}

/// What a line of the audit trail is called.
pub fn action(name: &str) -> String {
    match name {
        "sign_in" => "Ingelogd",
        "sign_in.demo" => "Ingelogd via de demolink",
        "owner.set_up" => "Wachtwoord en code ingesteld",
        "order.transfer" => "Overschrijving geboekt",
        "order.look" => "Bestelling bekeken",
        "order.ship" => "Verzonden gemeld",
        "order.cancel" => "Bestelling geannuleerd",
        "order.refund" => "Terugbetaald",
        "order.refund_by_hand" => "Zelf terugbetaald",
        "task.pay_back" => "Te veel betaald geld terugbetaald",
        "task.deliver" => "Bestelling alsnog geleverd",
        "task.close" => "Betaaltaak afgerond",
        "product.change" => "Artikel gewijzigd",
        "discount.make" => "Kortingscode gemaakt",
        "discount.end" => "Kortingscode beëindigd",
        "letter.write" => "Nieuwsbrief geschreven",
        "letter.try" => "Proefbrief gestuurd",
        "letter.send" => "Nieuwsbrief laten versturen",
        "letter.recall" => "Nieuwsbrief teruggeroepen",
        "letter.start" => "Nieuwsbrief op weg",
        "letter.sent" => "Nieuwsbrief verstuurd",
        "newsletter.leave" => "Adres afgemeld voor de nieuwsbrief",
        "stock.count" => "Voorraad geteld",
        "catalogue.import" => "Artikelen ingelezen",
        "job.retry" => "Taak opnieuw geprobeerd",
        "payments.compare" => "Dag vergeleken met de betaaldienst",
        "question.answer" => "Vraag beantwoord",
        "question.close" => "Vraag gesloten",
        "question.open" => "Vraag weer geopend",
        "request.enter" => "Verzoek opgeschreven",
        "request.extend" => "Verzoek verlengd",
        "request.close" => "Verzoek afgehandeld",
        "breach.enter" => "Datalek opgeschreven",
        "breach.change" => "Datalek bijgewerkt",
        "breach.close" => "Datalek afgehandeld",
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

/// When an open part of an invoice is to be paid.
pub fn bill(clock: &dyn Clock, bill: &Bill) -> String {
    match bill.when {
        When::Before(at) => format!("De helft vooraf, uiterlijk {}; {} achteraf.", moment(clock, at), bill.rest),
        When::AfterShipping => "Achteraf: 14 dagen nadat je het pakje meegeeft.".to_owned(),
        When::Until(at) if at < clock.now() => format!("Had op {} betaald moeten zijn.", clock.day(at).long()),
        When::Until(at) => format!("Uiterlijk {}.", clock.day(at).long()),
    }
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
        assert_eq!(task_detail("49.90 is unpaid"), "€\u{a0}49,90 staat nog open");
        assert_eq!(event_detail("deposit", "24.95"), "€\u{a0}24,95");
        assert_eq!(event_detail("paid", "ideal"), "iDEAL | Wero");
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
