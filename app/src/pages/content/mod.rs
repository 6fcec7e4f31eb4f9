//! Legal and help texts. They are the same for everyone and change rarely, so they exist on the server only: the browser gets plain HTML
//! without the program, and its program carries none of these words.

mod about;
mod accessibility;
pub mod alert;
mod article;
pub mod fit;
mod guarantee;
pub mod newsletter;
pub mod privacy;
mod terms;
pub mod withdraw;

pub use about::about;
pub use accessibility::accessibility;
pub use guarantee::guarantee;
pub use terms::terms;
pub use withdraw::withdraw;

use crate::api::account::WithdrawalForm;
use crate::api::catalog::ShopFacts;
use crate::routes;
use leptos::prelude::*;

/// The title of the page for withdrawing, in the words of the law.
pub const WITHDRAWAL_TITLE: &str = "Hier de overeenkomst herroepen";

/// The title and the body of the text at `path`; `None` when there is no such text.
pub fn page(path: &str, facts: &ShopFacts) -> Option<(&'static str, AnyView)> {
    Some(match path {
        routes::TERMS => ("Algemene voorwaarden", terms(facts)),
        routes::COOKIES => ("Cookies", privacy::cookies::cookies(&crate::measure::tools().purposes())),
        routes::GUARANTEE => ("Wettelijke garantie", guarantee(facts)),
        routes::WITHDRAW => (WITHDRAWAL_TITLE, withdraw(facts, WithdrawalForm::default())),
        routes::ABOUT => ("Over ons", about(facts)),
        routes::ACCESSIBILITY => ("Toegankelijkheid", accessibility(facts)),
        _ => return None,
    })
}

/// The addresses that [`page`] answers.
pub const PATHS: [&str; 6] =
    [routes::TERMS, routes::COOKIES, routes::GUARANTEE, routes::WITHDRAW, routes::ABOUT, routes::ACCESSIBILITY];

#[cfg(test)]
mod tests {
    use super::*;
    use shop_core::money::Money;
    use shop_core::shop::Identity;

    fn facts() -> ShopFacts {
        ShopFacts {
            identity: Identity::default(),
            organic: 50,
            articles: 57,
            shipping: Money::cents(495),
            free_from: Some(Money::cents(7500)),
            return_cost: Money::cents(495),
            menu: Vec::new(),
            ways_to_pay: "PayPal of overschrijving vooraf".to_owned(),
            invoice_limit: Money::cents(15_000),
            demo: true,
        }
    }

    fn html(path: &str) -> String {
        page(path, &facts()).map(|(_, view)| view.to_html()).unwrap_or_default()
    }

    #[test]
    fn every_path_has_a_text_with_one_main_heading() {
        for path in PATHS {
            assert_eq!(html(path).matches("<h1").count(), 1, "{path}");
        }
        assert!(page("/iets-anders", &facts()).is_none());
    }

    #[test]
    fn the_terms_name_who_the_shop_is_and_what_sending_back_costs() {
        let terms = html(routes::TERMS);

        for fact in ["Wittem 16", "7603 NE", "72829737", "NL001575604B67", "info@allgems.nl", "€\u{a0}4,95", "14 dagen"]
        {
            assert!(terms.contains(fact), "{fact}");
        }
    }

    #[test]
    fn no_text_sends_anyone_to_the_closed_european_platform_or_limits_the_guarantee() {
        for path in PATHS {
            let text = html(path);
            assert!(!text.contains("consumers/odr"), "{path}");
            assert!(!text.contains("maximaal twee jaar") && !text.contains("2 jaar garantie"), "{path}");
        }
    }

    #[test]
    fn withdrawing_has_the_words_of_the_law_and_a_way_on() {
        let text = html(routes::WITHDRAW);

        assert!(text.contains("Hier de overeenkomst herroepen"));
        assert!(text.contains("action=\"/api/withdrawal/check\""));
        assert_eq!(
            text.matches("<textarea").count() + text.matches("class=\"in\"").count(),
            5,
            "nothing more is asked"
        );
        assert!(text.contains("mailto:info@allgems.nl?subject="));
    }
}
