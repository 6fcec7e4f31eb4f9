//! The dashboard over HTTP. Everything under `/beheer` asks for a `Desk`, which only somebody with both factors gets; what
//! needs none is listed apart in [`router`], so that a new page is closed until somebody opens it.

mod bank;
mod breaches;
mod catalogue;
mod desk;
mod discounts;
mod door;
mod inbox;
mod letters;
mod orders;
mod privacy;
mod readers;
mod record;
mod refunds;
mod requests;

use super::cookie::CookiePolicy;
use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::middleware::map_response;
use axum::response::Response;
use axum::routing::{any, get, post};
use http::header::{CACHE_CONTROL, CONTENT_SECURITY_POLICY, HeaderName, HeaderValue};
use shop_flows::Shop;
use std::sync::Arc;

const ROBOTS: HeaderName = HeaderName::from_static("x-robots-tag");
/// No script runs in the dashboard, and its forms lead nowhere else.
const POLICY: HeaderValue = HeaderValue::from_static(
    "default-src 'none'; style-src 'self'; img-src 'self' data:; font-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
);

/// Addresses of the files that the dashboard needs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Assets {
    /// Its style sheet.
    pub beheer_css: String,
}

/// What handlers share.
#[derive(Clone)]
struct Office {
    shop: Shop,
    cookie: CookiePolicy,
    assets: Arc<Assets>,
}

/// Every route under `/beheer`. Refusing forms of other sites is done by the layers around it.
pub fn router(shop: Shop, cookie: CookiePolicy, assets: Assets) -> Router {
    let open = Router::new()
        .route("/beheer/inloggen", get(door::sign_in_page).post(door::sign_in))
        .route("/beheer/inloggen/code", get(door::code_page).post(door::code))
        .route("/beheer/welkom/{token}", get(door::welcome_page).post(door::welcome))
        .route("/beheer/demo/{token}", get(door::demo));
    let closed = Router::new()
        .route("/beheer", get(record::overview))
        .route("/beheer/uitloggen", post(door::sign_out))
        .route("/beheer/bestellingen", get(orders::list))
        .route("/beheer/bestellingen/{number}", get(orders::one))
        .route("/beheer/bestellingen/{number}/pakbon", get(orders::slip))
        .route("/beheer/bestellingen/{number}/overboeking", get(orders::confirm_transfer).post(orders::transfer))
        .route("/beheer/bestellingen/{number}/annuleren", get(orders::confirm_cancel).post(orders::cancel))
        .route("/beheer/bestellingen/{number}/verzenden", post(orders::ship))
        .route("/beheer/bestellingen/{number}/terugbetalen", post(refunds::pay_back))
        .route("/beheer/bestellingen/{number}/terugbetaald/{refund}", post(refunds::by_hand))
        .route("/beheer/pakbonnen", get(orders::slips))
        .route("/beheer/betaaltaken/{id}/klaar", post(orders::finish_task))
        .route("/beheer/betaaltaken/{id}/terugbetalen", post(refunds::late_money))
        .route("/beheer/betaaltaken/{id}/alsnog", post(refunds::deliver))
        .route("/beheer/artikelen", get(catalogue::list))
        .route("/beheer/artikelen/{id}", get(catalogue::one).post(catalogue::change))
        .route("/beheer/artikelen/{id}/voorraad", post(catalogue::count))
        .route("/beheer/kortingscodes", get(discounts::list).post(discounts::make))
        .route("/beheer/kortingscodes/{code}/einde", post(discounts::end))
        .route("/beheer/nieuwsbrief", get(letters::list).post(letters::make))
        .route("/beheer/nieuwsbrief/adres", get(readers::ask).post(readers::show))
        .route("/beheer/nieuwsbrief/adres/af", post(readers::take_off))
        .route("/beheer/nieuwsbrief/{id}", get(letters::one).post(letters::write))
        .route("/beheer/nieuwsbrief/{id}/proef", post(letters::trial))
        .route("/beheer/nieuwsbrief/{id}/versturen", get(letters::confirm).post(letters::send))
        .route("/beheer/nieuwsbrief/{id}/terug", post(letters::recall))
        .route("/beheer/bank", get(bank::show).post(bank::read).layer(DefaultBodyLimit::max(bank::LARGEST_FORM)))
        .route("/beheer/taken", get(record::jobs))
        .route("/beheer/taken/{id}/opnieuw", post(record::retry))
        .route("/beheer/logboek", get(record::audit))
        .route("/beheer/logboek/inzage", get(record::looks))
        .route("/beheer/privacy/register", get(privacy::register))
        .route("/beheer/vragen", get(inbox::list))
        .route("/beheer/vragen/{id}", get(inbox::one))
        .route("/beheer/vragen/{id}/antwoord", post(inbox::answer))
        .route("/beheer/vragen/{id}/sluiten", post(inbox::close))
        .route("/beheer/privacy/verzoeken", get(requests::list).post(requests::enter))
        .route("/beheer/privacy/verzoeken/{id}", get(requests::one))
        .route("/beheer/privacy/verzoeken/{id}/verlengen", post(requests::extend))
        .route("/beheer/privacy/verzoeken/{id}/sluiten", post(requests::close))
        .route("/beheer/privacy/datalekken", get(breaches::list).post(breaches::enter))
        .route("/beheer/privacy/datalekken/{id}", get(breaches::one).post(breaches::change))
        .route("/beheer/privacy/datalekken/{id}/melding.txt", get(breaches::file))
        .route("/beheer/privacy/bewaren", get(privacy::keeping))
        .route("/beheer/privacy/register.csv", get(privacy::register_file))
        // Also a page that is not there is nobody's business but the owner's.
        .route("/beheer/{*rest}", any(record::nothing));
    open.merge(closed).layer(map_response(private)).with_state(Office { shop, cookie, assets: Arc::new(assets) })
}

/// Nothing of the dashboard is kept by a browser, a proxy or a search engine.
async fn private(mut response: Response) -> Response {
    let headers = response.headers_mut();
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers.insert(ROBOTS, HeaderValue::from_static("noindex, nofollow"));
    headers.insert(CONTENT_SECURITY_POLICY, POLICY);
    response
}
