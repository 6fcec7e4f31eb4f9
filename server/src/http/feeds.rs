//! What machines read: robots.txt, the sitemap, and where to report a weakness.

use super::Web;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use http::header::{CACHE_CONTROL, CONTENT_TYPE};
use shop_app::routes;
use std::fmt::Write;

const PERSONAL: [&str; 11] = [
    "/api/",
    "/account",
    "/afrekenen",
    "/beheer",
    "/bestelling",
    "/betaling",
    "/inloggen",
    "/mail-mij",
    "/nieuwsbrief/",
    "/webhooks",
    "/winkelmand",
];
const ARTICLES: [&str; 10] = [
    routes::HOME,
    routes::SHIPPING,
    routes::SIZES,
    routes::CONTACT,
    routes::ABOUT,
    routes::TERMS,
    routes::PRIVACY,
    routes::COOKIES,
    routes::GUARANTEE,
    routes::WITHDRAW,
];
const AN_HOUR: &str = "public, max-age=3600";

fn text(body: String) -> Response {
    ([(CONTENT_TYPE, "text/plain; charset=utf-8"), (CACHE_CONTROL, AN_HOUR)], body).into_response()
}

/// Everything that is the same for everybody may be found.
pub async fn robots(State(web): State<Web>) -> Response {
    let mut body = "User-agent: *\n".to_owned();
    for path in PERSONAL {
        // Writing to a string cannot fail, here and below.
        let _ = writeln!(body, "Disallow: {path}");
    }
    let _ = write!(body, "\nSitemap: {}/sitemap.xml\n", web.shop.settings.public_url);
    text(body)
}

/// Articles, categories, products. Addresses are slugs, so nothing has to be escaped.
pub async fn sitemap(State(web): State<Web>) -> Response {
    let base = &web.shop.settings.public_url;
    let snapshot = web.shop.catalogue.current();
    let mut body =
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n"
            .to_owned();
    let categories = snapshot.index.categories().map(|(category, _)| routes::collection(category.as_str()));
    let products = snapshot.products().iter().map(|product| routes::product(&product.slug));
    let articles = ARTICLES.map(str::to_owned).into_iter();
    for path in articles.chain([routes::collection("")]).chain(categories).chain(products) {
        let _ = writeln!(body, "<url><loc>{base}{path}</loc></url>");
    }
    body.push_str("</urlset>\n");
    ([(CONTENT_TYPE, "application/xml; charset=utf-8"), (CACHE_CONTROL, AN_HOUR)], body).into_response()
}

/// RFC 9116.
pub async fn security(State(web): State<Web>) -> Response {
    let settings = &web.shop.settings;
    let until = web.shop.clock.day(web.shop.clock.now()).plus_days(180).iso();
    text(format!(
        "Contact: mailto:{}\nExpires: {until}T00:00:00Z\nPreferred-Languages: nl, en\nCanonical: {}/.well-known/security.txt\n",
        settings.identity.email, settings.public_url
    ))
}
