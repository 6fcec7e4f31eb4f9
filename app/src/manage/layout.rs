//! The frame of the dashboard: the document, the navigation, and the sentence that a form leaves for the next page.

use super::paths;
use crate::components::icon::{icon, logo_mark, small_icon};
use leptos::prelude::*;

/// A sentence for the next page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notice {
    /// It worked.
    pub is_good: bool,
    /// The sentence.
    pub text: String,
}

/// What every page of the desk needs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Frame {
    /// Address of the style sheet.
    pub css: String,
    /// Who is signed in.
    pub member: String,
    /// What the last form had to say.
    pub notice: Option<Notice>,
}

/// Which entry of the navigation is the current one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// The front page.
    Overview,
    /// Orders.
    Orders,
    /// Articles.
    Products,
    /// Discount codes.
    Discounts,
    /// Letters of the newsletter.
    Letters,
    /// Bank statements.
    Bank,
    /// Questions of the contact form.
    Inbox,
    /// Personal data: requests, breaches, what is kept, the register.
    Privacy,
    /// Failed jobs.
    Jobs,
    /// Audit trail.
    Audit,
}

const ENTRIES: [(Place, &str, &str, &str); 10] = [
    (Place::Overview, paths::OVERVIEW, "layout-dashboard", "Overzicht"),
    (Place::Orders, paths::ORDERS, "package", "Bestellingen"),
    (Place::Products, paths::PRODUCTS, "shirt", "Artikelen"),
    (Place::Discounts, paths::DISCOUNTS, "tag", "Kortingscodes"),
    (Place::Letters, paths::LETTERS, "mail", "Nieuwsbrief"),
    (Place::Bank, paths::BANK, "receipt", "Bank"),
    (Place::Inbox, paths::INBOX, "message-circle", "Vragen"),
    (Place::Privacy, paths::REQUESTS, "shield-check", "Privacy"),
    (Place::Jobs, paths::JOBS, "refresh-cw", "Mislukte taken"),
    (Place::Audit, paths::AUDIT, "history", "Logboek"),
];

/// A page of the desk.
pub fn desk(frame: Frame, place: Place, title: &str, body: AnyView) -> String {
    let entries = ENTRIES
        .into_iter()
        .map(|(entry, href, drawing, name)| {
            view! {
                <li>
                    <a href=href aria-current=(entry == place).then_some("page")>
                        {small_icon(drawing)}
                        {name}
                    </a>
                </li>
            }
        })
        .collect_view();
    let notice = frame.notice.map(|notice| view! { <div class="flits">{message(notice.is_good, notice.text)}</div> });
    let inside = view! {
        <a class="weg" href="#inhoud">
            "Naar de inhoud"
        </a>
        <div class="beheer">
            <header class="beheer__nav">
                <div class="row row--split row--nowrap">
                    <a class="logo" href=paths::OVERVIEW aria-label="All Gems, beheer">
                        {logo_mark()}
                        <span>
                            <b>"All Gems"</b>
                            <span>"beheer"</span>
                        </span>
                    </a>
                    <form class="alleen-s" method="post" action=paths::SIGN_OUT>
                        <button class="ib" aria-label="Uitloggen">
                            {icon("log-out")}
                        </button>
                    </form>
                </div>
                <nav aria-label="Beheer">
                    <ul>{entries}</ul>
                </nav>
                <div class="alleen-l stack stack--s onderaan">
                    <p class="klein grijs">{["Ingelogd als ", &frame.member].concat()}</p>
                    <form method="post" action=paths::SIGN_OUT>
                        <button class="link klein">"Log uit"</button>
                    </form>
                    <a class="link klein" href="/">
                        "Naar de winkel"
                        {small_icon("external-link")}
                    </a>
                </div>
            </header>
            <main id="inhoud" class="beheer__lijf">
                {notice}
                {body}
            </main>
        </div>
    };
    document(&frame.css, title, inside.into_any())
}

/// A page that stands alone in the middle: signing in.
pub fn alone(css: &str, title: &str, body: AnyView) -> String {
    let inside = view! {
        <main id="inhoud" class="page inlog">
            <p class="logo">
                {logo_mark()}
                <span>
                    <b>"All Gems"</b>
                    <span>"beheer"</span>
                </span>
            </p>
            {body}
        </main>
    };
    document(css, title, inside.into_any())
}

/// A message inside a page: good news, or something to look at.
pub fn message(is_good: bool, text: String) -> AnyView {
    let (class, role, drawing) = if is_good {
        ("melding melding--goed", "status", "circle-check")
    } else {
        ("melding melding--fout", "alert", "circle-alert")
    };
    view! {
        <div class=class role=role>
            {icon(drawing)}
            <p>{text}</p>
        </div>
    }
    .into_any()
}

/// What is wrong with a field, under it.
pub fn field_error(id: &str, text: impl Into<String>) -> AnyView {
    view! {
        <p class="fout" id=id.to_owned()>
            {small_icon("circle-alert")}
            <span>{text.into()}</span>
        </p>
    }
    .into_any()
}

/// A page about something that is not there or did not work.
pub fn trouble(frame: Frame, title: &'static str, text: String) -> String {
    let body = view! {
        <h1>{title}</h1>
        {message(false, text)}
        <p>
            <a class="btn btn--rustig" href=paths::OVERVIEW>
                "Naar het overzicht"
            </a>
        </p>
    };
    desk(frame, Place::Overview, title, body.into_any())
}

fn document(css: &str, title: &str, inside: AnyView) -> String {
    let title = [title, " · beheer | All Gems"].concat();
    let css = css.to_owned();
    let page = view! {
        <!DOCTYPE html>
        <html lang="nl">
            <head>
                <meta charset="utf-8" />
                <meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover" />
                <meta name="robots" content="noindex, nofollow" />
                <meta name="theme-color" content="#fbf7f0" media="(prefers-color-scheme: light)" />
                <meta name="theme-color" content="#1b1618" media="(prefers-color-scheme: dark)" />
                <title>{title}</title>
                <link
                    rel="preload"
                    href="/fonts/familjen-grotesk-latin-wght-normal.woff2"
                    r#as="font"
                    r#type="font/woff2"
                    crossorigin="anonymous"
                />
                <link rel="stylesheet" href=css />
                <link rel="icon" href="/favicon.svg" r#type="image/svg+xml" />
            </head>
            <body>{inside}</body>
        </html>
    };
    page.to_html()
}
