//! Addresses of the dashboard.

use shop_core::discount::DiscountCode;
use shop_core::id::{BreachId, LetterId, ProductId, QuestionId, RefundId, RequestId};
use shop_core::order::OrderNumber;

/// The front page.
pub const OVERVIEW: &str = "/beheer";
/// Sign in, first step.
pub const SIGN_IN: &str = "/beheer/inloggen";
/// Sign in, second step.
pub const SIGN_IN_CODE: &str = "/beheer/inloggen/code";
/// Sign out.
pub const SIGN_OUT: &str = "/beheer/uitloggen";
/// Orders.
pub const ORDERS: &str = "/beheer/bestellingen";
/// The packing slips of everything that is to be packed.
pub const SLIPS: &str = "/beheer/pakbonnen";
/// Articles.
pub const PRODUCTS: &str = "/beheer/artikelen";
/// Discount codes.
pub const DISCOUNTS: &str = "/beheer/kortingscodes";
/// Letters of the newsletter.
pub const LETTERS: &str = "/beheer/nieuwsbrief";
/// One address of the newsletter.
pub const READER: &str = "/beheer/nieuwsbrief/adres";
/// Taking that address off the list.
pub const READER_OFF: &str = "/beheer/nieuwsbrief/adres/af";
/// Bank statements.
pub const BANK: &str = "/beheer/bank";
/// Failed jobs.
pub const JOBS: &str = "/beheer/taken";
/// The audit trail.
pub const AUDIT: &str = "/beheer/logboek";
/// Who looked at an order.
pub const LOOKS: &str = "/beheer/logboek/inzage";
/// The record of processing.
pub const REGISTER: &str = "/beheer/privacy/register";
/// The same as a file.
pub const REGISTER_FILE: &str = "/beheer/privacy/register.csv";
/// What is kept how long.
pub const KEEPING: &str = "/beheer/privacy/bewaren";

/// Questions of the contact form.
pub const INBOX: &str = "/beheer/vragen";
/// Requests about personal data.
pub const REQUESTS: &str = "/beheer/privacy/verzoeken";
/// Breaches.
pub const BREACHES: &str = "/beheer/privacy/datalekken";

/// One question.
pub fn question(id: QuestionId) -> String {
    format!("{INBOX}/{id}")
}

/// An action on a question: `antwoord`, `sluiten`.
pub fn question_step(id: QuestionId, step: &str) -> String {
    format!("{INBOX}/{id}/{step}")
}

/// One request.
pub fn request(id: RequestId) -> String {
    format!("{REQUESTS}/{id}")
}

/// An action on a request: `verlengen`, `sluiten`.
pub fn request_step(id: RequestId, step: &str) -> String {
    format!("{REQUESTS}/{id}/{step}")
}

/// One breach.
pub fn breach(id: BreachId) -> String {
    format!("{BREACHES}/{id}")
}

/// The text about a breach for the form of the authority.
pub fn breach_file(id: BreachId) -> String {
    format!("{BREACHES}/{id}/melding.txt")
}

/// One order.
pub fn order(number: &OrderNumber) -> String {
    format!("{ORDERS}/{number}")
}

/// A page or action of an order: `pakbon`, `overboeking`, `verzenden`, `annuleren`, `terugbetalen`.
pub fn order_step(number: &OrderNumber, step: &str) -> String {
    format!("{ORDERS}/{number}/{step}")
}

/// A refund that the owner paid by hand.
pub fn refund_by_hand(number: &OrderNumber, refund: RefundId) -> String {
    format!("{ORDERS}/{number}/terugbetaald/{refund}")
}

/// An end of a task about a payment: `klaar`, `terugbetalen`, `alsnog`.
pub fn task_step(task: i64, step: &str) -> String {
    format!("/beheer/betaaltaken/{task}/{step}")
}

/// One article.
pub fn product(id: ProductId) -> String {
    format!("{PRODUCTS}/{id}")
}

/// The count of its shelf.
pub fn stock(id: ProductId) -> String {
    format!("{PRODUCTS}/{id}/voorraad")
}

/// The end of a discount code.
pub fn end_discount(code: &DiscountCode) -> String {
    format!("{DISCOUNTS}/{code}/einde")
}

/// One letter.
pub fn letter(id: LetterId) -> String {
    format!("{LETTERS}/{id}")
}

/// A page or action of a letter: `proef`, `versturen`, `terug`.
pub fn letter_step(id: LetterId, step: &str) -> String {
    format!("{LETTERS}/{id}/{step}")
}

/// The list of orders with a filter. `%` and the like in the search text are written as a URL wants them.
pub fn orders(state: &str, text: &str, page: u32) -> String {
    let mut query = Vec::new();
    if !state.is_empty() {
        query.push(format!("staat={}", in_query(state)));
    }
    if !text.is_empty() {
        query.push(format!("zoek={}", in_query(text)));
    }
    if page > 1 {
        query.push(format!("pagina={page}"));
    }
    if query.is_empty() { ORDERS.to_owned() } else { format!("{ORDERS}?{}", query.join("&")) }
}

/// A value in the query of a URL: unreserved characters of RFC 3986 stay, the rest is percent-encoded.
fn in_query(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            out.push(char::from(byte));
        } else {
            out.push_str(&format!("%{byte:02X}"));
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_without_a_filter_has_a_plain_address() {
        assert_eq!(orders("", "", 1), "/beheer/bestellingen");
        assert_eq!(
            orders("paid", "de Vries & co", 3),
            "/beheer/bestellingen?staat=paid&zoek=de%20Vries%20%26%20co&pagina=3"
        );
    }
}
