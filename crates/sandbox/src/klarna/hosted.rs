//! Hosted Payment Page v1: Klarna's own page, so that a shop needs no script of Klarna's.

use axum::Json;
use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use serde_json::{Value, json};
use uuid::Uuid;

use super::Klarna;
use super::fields::{self, Checked, Object};
use super::payments::reference_of;
use super::problem::Problem;
use super::purchase;
use super::session::{Page, PageStatus, Session, hours_from};

const URLS: &[&str] = &["success", "cancel", "back", "failure", "error", "status_update"];
const OPTIONS: &[&str] = &["place_order_mode", "payment_method_category", "page_title", "logo_url", "purchase_type"];
const UNKNOWN: Problem = Problem::NotFound("NOT_FOUND", "there is no such session");

/// `POST /hpp/v1/sessions`.
pub(super) async fn create(State(klarna): State<Klarna>, body: Bytes) -> Result<(StatusCode, Json<Value>), Problem> {
    let fields = fields::body(&body)?;
    let wish = wish(&fields).map_err(Problem::BadValue)?;
    let now = klarna.clock().now();
    let page = klarna.inner.books.change(|ledger| {
        let unknown = || Problem::BadValue("Bad value: payment_session_url (no such session)".to_owned());
        let session = ledger.session(wish.session).filter(|session| !session.is_over(now)).ok_or_else(unknown)?;
        if let Some(category) = &wish.category
            && !session.categories.contains(category)
        {
            let text = format!("Bad value: options.payment_method_category (not one of this session: {category})");
            return Err(Problem::BadValue(text));
        }
        let page = new_page(session, wish.urls, now);
        ledger.pages.push(page.clone());
        Ok(page)
    })?;
    let session_url = format!("{}/hpp/v1/sessions/{}", klarna.inner.public_url, page.session_id);
    let answer = json!({
        "session_id": page.session_id,
        "redirect_url": klarna.pay_url(&page),
        "qr_code_url": format!("{}/qr", klarna.pay_url(&page)),
        "distribution_url": format!("{session_url}/distribution"),
        "manual_identification_check_url": format!("{session_url}/manual-id-check"),
        "session_url": session_url,
        "expires_at": super::time(page.expires_at),
    });
    tracing::info!(session = %page.session_id, "hosted page of Klarna made");
    Ok((StatusCode::CREATED, Json(answer)))
}

fn new_page(session: &Session, merchant_urls: Object, now: jiff::Timestamp) -> Page {
    let session_id = Uuid::new_v4();
    Page {
        session_id,
        payment_session_id: session.id,
        status: PageStatus::Waiting,
        merchant_reference: purchase::word(&session.purchase, "merchant_reference1").unwrap_or_default().to_owned(),
        order_amount: purchase::amount(&session.purchase),
        klarna_reference: reference_of(session_id),
        updated_at: now,
        expires_at: hours_from(session.expires_at, -1),
        merchant_urls,
    }
}

/// `GET /hpp/v1/sessions/{id}`.
pub(super) async fn read(State(klarna): State<Klarna>, Path(id): Path<Uuid>) -> Result<Json<Value>, Problem> {
    klarna.expire_overdue().await;
    klarna.inner.books.read(|ledger| {
        let page = ledger.pages.iter().find(|page| page.session_id == id).ok_or(UNKNOWN)?;
        // What happened here stays on record, also when the token is used or too old.
        let given = ledger.session(page.payment_session_id).and_then(|session| session.authorization.as_ref());
        let token = given.filter(|_| page.status == PageStatus::Completed).map(|given| given.token);
        Ok(Json(page.answer(token)))
    })
}

/// `DELETE /hpp/v1/sessions/{id}`: nobody can use the page any more. A page that is final stays what it is.
pub(super) async fn disable(State(klarna): State<Klarna>, Path(id): Path<Uuid>) -> Result<StatusCode, Problem> {
    let now = klarna.clock().now();
    klarna.inner.books.change(|ledger| {
        let page = ledger.pages.iter_mut().find(|page| page.session_id == id).ok_or(UNKNOWN)?;
        if !page.status.is_final() {
            page.status = PageStatus::Disabled;
            page.updated_at = now;
        }
        Ok(StatusCode::NO_CONTENT)
    })
}

struct Wish {
    session: Uuid,
    urls: Object,
    category: Option<String>,
}

fn wish(fields: &Object) -> Checked<Wish> {
    fields::only(fields, &["payment_session_url", "merchant_urls", "options"], "")?;
    let url = fields::needed(fields::address(fields, "payment_session_url", "", 2000)?, "payment_session_url", "")?;
    let path = reqwest::Url::parse(url).map(|url| url.path().to_owned()).unwrap_or_default();
    let session = path.strip_prefix("/payments/v1/sessions/").and_then(|id| Uuid::parse_str(id).ok());
    let session = session.ok_or("Bad value: payment_session_url (must be the address of a payment session)")?;

    let urls = fields::needed(fields::object(fields, "merchant_urls", "")?, "merchant_urls", "")?;
    fields::only(urls, URLS, "merchant_urls.")?;
    for key in URLS {
        let url = fields::address(urls, key, "merchant_urls.", 2000)?;
        if url.is_some_and(|url| url.contains("{{order_id}}")) {
            return Err(format!("Bad value: merchant_urls.{key} (the shop places the order, so there is no order_id)"));
        }
    }
    fields::needed(urls.get("success"), "success", "merchant_urls.")?;

    let nothing = Object::new();
    let options = fields::object(fields, "options", "")?.unwrap_or(&nothing);
    fields::only(options, OPTIONS, "options.")?;
    let mode = fields::one_of(options, "place_order_mode", "options.", &["NONE", "PLACE_ORDER", "CAPTURE_ORDER"])?;
    if mode.is_some_and(|mode| mode != "NONE") {
        return Err("Bad value: options.place_order_mode (this sandbox plays NONE only)".to_owned());
    }
    fields::one_of(
        options,
        "purchase_type",
        "options.",
        &["BUY", "RENT", "BOOK", "SUBSCRIBE", "DOWNLOAD", "ORDER", "CONTINUE"],
    )?;
    fields::text(options, "page_title", "options.", 255)?;
    fields::address(options, "logo_url", "options.", 2000)?;
    let category = fields::text(options, "payment_method_category", "options.", 50)?.map(str::to_owned);
    Ok(Wish { session, urls: urls.clone(), category })
}
