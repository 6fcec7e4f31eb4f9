//! Every address as a function; nobody writes "/winkelmand" by hand.

use shop_core::catalog::Filter;

/// The front page.
pub const HOME: &str = "/";
/// The cart.
pub const CART: &str = "/winkelmand";
/// Search.
pub const SEARCH: &str = "/zoeken";
/// Checkout, step 1.
pub const DETAILS: &str = "/afrekenen/gegevens";
/// Checkout, step 2.
pub const PAYMENT: &str = "/afrekenen/betaling";
/// Checkout, step 3.
pub const REVIEW: &str = "/afrekenen/controle";
/// Sign in.
pub const SIGN_IN: &str = "/inloggen";
/// The account.
pub const ACCOUNT: &str = "/account";
/// Orders in the account.
pub const ACCOUNT_ORDERS: &str = "/account/bestellingen";
/// Addresses in the account.
pub const ACCOUNT_ADDRESSES: &str = "/account/adressen";
/// All that the shop holds of her.
pub const ACCOUNT_DATA: &str = "/account/gegevens";
/// The same as a list for spreadsheets.
pub const ACCOUNT_DATA_CSV: &str = "/account/gegevens.csv";
/// The same for other programs.
pub const ACCOUNT_DATA_JSON: &str = "/account/gegevens.json";
/// Having it erased.
pub const ACCOUNT_ERASE: &str = "/account/gegevens/wissen";
/// The way to one's own data without an account in mind.
pub const MY_DATA: &str = "/mijn-gegevens";
/// Contact.
pub const CONTACT: &str = "/contact";
/// Delivery and returns.
pub const SHIPPING: &str = "/verzenden-en-retourneren";
/// Terms.
pub const TERMS: &str = "/algemene-voorwaarden";
/// Privacy statement.
pub const PRIVACY: &str = "/privacyverklaring";
/// Versions of the privacy statement; a day follows.
pub const PRIVACY_VERSIONS: &str = "/privacyverklaring/versies/";
/// Cookies.
pub const COOKIES: &str = "/cookies";
/// Legal guarantee.
pub const GUARANTEE: &str = "/garantie";
/// Size table.
pub const SIZES: &str = "/maattabel";
/// Withdrawal.
pub const WITHDRAW: &str = "/herroepen";
/// About us.
pub const ABOUT: &str = "/over-ons";
/// Accessibility statement.
pub const ACCESSIBILITY: &str = "/toegankelijkheid";
/// One mail when a size is back.
pub const ALERT: &str = "/mail-mij";
/// What a visitor chose about cookies.
pub const COOKIE_SETTINGS: &str = "/cookie-instellingen";
/// The newsletter.
pub const NEWSLETTER: &str = "/nieuwsbrief";
/// The link of the first mail of the newsletter.
pub const NEWSLETTER_CONFIRM: &str = "/nieuwsbrief/bevestigen";
/// The link of a letter to leave the newsletter with.
pub const NEWSLETTER_LEAVE: &str = "/nieuwsbrief/afmelden";
/// The dashboard.
pub const MANAGE: &str = "/beheer";

/// A product.
pub fn product(slug: &str) -> String {
    format!("/product/{slug}")
}

/// A category, or everything for an empty slug.
pub fn collection(slug: &str) -> String {
    if slug.is_empty() { "/collectie".to_owned() } else { format!("/collectie/{slug}") }
}

/// A list with a filter.
pub fn list(filter: &Filter) -> String {
    let (path, query) = (collection(filter.path_part()), filter.query());
    if query.is_empty() { path } else { format!("{path}?{query}") }
}

/// An order.
pub fn order(number: &str) -> String {
    format!("/bestelling/{number}")
}

/// The confirmation of an order as a PDF.
pub fn order_paper(number: &str) -> String {
    [&order(number), "/bevestiging.pdf"].concat()
}

/// The privacy statement of a day, as `2026-11-27`.
pub fn privacy_version(day: &str) -> String {
    [PRIVACY_VERSIONS, day].concat()
}

/// The mail about a size, by the id of the variant.
pub fn alert(variant: &str) -> String {
    [ALERT, "?maat=", variant].concat()
}

/// A derivative of a picture.
pub fn picture(key: &str, width: u32, extension: &str) -> String {
    format!("/img/{key}-{width}.{extension}")
}
