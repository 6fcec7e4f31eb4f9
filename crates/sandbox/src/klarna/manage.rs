//! Order Management v1: look, capture when the parcel leaves, give back, let go. A repeated idempotency key is the same deed.

use axum::Json;
use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::HeaderMap;
use serde_json::{Value, json};
use uuid::Uuid;

use super::fields::{self, Checked, LARGEST_AMOUNT, Object};
use super::ledger::Reply;
use super::order::{Capture, Order, OrderStatus, Refund, authorised_until};
use super::payments::reference_of;
use super::problem::Problem;
use super::{Klarna, lines};

const SHIPPING_METHODS: &[&str] = &[
    "PickUpStore",
    "Home",
    "BoxReg",
    "BoxUnreg",
    "PickUpPoint",
    "Own",
    "Postal",
    "DHLPackstation",
    "Digital",
    "Undefined",
];
const SHIPPING: &[(&str, usize)] = &[
    ("shipping_company", 100),
    ("shipping_method", 100),
    ("tracking_number", 100),
    ("tracking_uri", 1024),
    ("return_shipping_company", 100),
    ("return_tracking_number", 100),
    ("return_tracking_uri", 1024),
];
const MOST_PARCELS: usize = 500;

type Answered = Result<Json<Value>, Problem>;

fn look(klarna: &Klarna, id: Uuid, tell: impl FnOnce(&Order) -> Result<Value, Problem>) -> Answered {
    let now = klarna.clock().now();
    klarna.inner.books.change(|ledger| {
        let order = ledger.order_mut(id)?;
        order.pass_time(now);
        tell(order).map(Json)
    })
}

/// `GET …/orders/{id}`.
pub(super) async fn read(State(klarna): State<Klarna>, Path(id): Path<Uuid>) -> Answered {
    look(&klarna, id, |order| Ok(order.answer()))
}

/// `GET …/captures`.
pub(super) async fn captures(State(klarna): State<Klarna>, Path(id): Path<Uuid>) -> Answered {
    look(&klarna, id, |order| Ok(order.captures.iter().map(Capture::answer).collect()))
}

/// `GET …/captures/{id}`.
pub(super) async fn one_capture(State(klarna): State<Klarna>, Path((id, wanted)): Path<(Uuid, Uuid)>) -> Answered {
    look(&klarna, id, |order| {
        let capture = order.captures.iter().find(|capture| capture.capture_id == wanted);
        capture.map(Capture::answer).ok_or(Problem::NotFound("NO_SUCH_CAPTURE", "there is no such capture"))
    })
}

/// `GET …/refunds/{id}`.
pub(super) async fn one_refund(State(klarna): State<Klarna>, Path((id, wanted)): Path<(Uuid, Uuid)>) -> Answered {
    look(&klarna, id, |order| {
        let refund = order.refunds.iter().find(|refund| refund.refund_id == wanted);
        refund.map(Refund::answer).ok_or(Problem::NotFound("NOT_FOUND", "there is no such refund"))
    })
}

/// `POST …/acknowledge`.
pub(super) async fn acknowledge(
    State(klarna): State<Klarna>,
    Path(id): Path<Uuid>,
    headers: HeaderMap,
) -> Result<Reply, Problem> {
    klarna.once(&headers, |ledger, _| {
        let order = ledger.order_mut(id)?;
        if matches!(order.status, OrderStatus::Cancelled | OrderStatus::Expired) {
            return Err(Problem::NotAllowed("NOT_ALLOWED", "the order is over".to_owned()));
        }
        order.acknowledged = true;
        Ok(Reply::done())
    })
}

/// `POST …/captures`.
pub(super) async fn capture(
    State(klarna): State<Klarna>,
    Path(id): Path<Uuid>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Reply, Problem> {
    let fields = fields::body(&body)?;
    let known = ["captured_amount", "description", "order_lines", "reference", "shipping_delay", "shipping_info"];
    let wish = wish(fields, "captured_amount", &known).map_err(Problem::BadValue)?;
    let capture_id = Uuid::new_v4();
    klarna.once(&headers, |ledger, now| {
        ledger.order_mut(id)?.capture(Capture {
            capture_id,
            captured_amount: wish.amount,
            captured_at: now,
            klarna_reference: reference_of(capture_id),
            reference: wish.reference,
            description: wish.description,
            shipping_info: wish.shipping_info,
        })?;
        tracing::info!(order = %id, "captured at Klarna: one invoice");
        let location = format!("{}/ordermanagement/v1/orders/{id}/captures/{capture_id}", klarna.inner.public_url);
        Ok(Reply::created(vec![("Capture-Id".to_owned(), capture_id.to_string()), ("Location".to_owned(), location)]))
    })
}

/// `POST …/captures/{id}/shipping-info`.
pub(super) async fn shipping_info(
    State(klarna): State<Klarna>,
    Path((id, wanted)): Path<(Uuid, Uuid)>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Reply, Problem> {
    let fields = fields::body(&body)?;
    fields::only(&fields, &["shipping_info"], "").map_err(Problem::BadValue)?;
    let parcels = parcels(&fields).map_err(Problem::BadValue)?;
    klarna.once(&headers, |ledger, _| {
        let order = ledger.order_mut(id)?;
        let capture = order.captures.iter_mut().find(|capture| capture.capture_id == wanted);
        let capture = capture.ok_or(Problem::NotFound("NO_SUCH_CAPTURE", "there is no such capture"))?;
        capture.shipping_info.extend(parcels);
        Ok(Reply::done())
    })
}

/// `POST …/cancel`.
pub(super) async fn cancel(
    State(klarna): State<Klarna>,
    Path(id): Path<Uuid>,
    headers: HeaderMap,
) -> Result<Reply, Problem> {
    klarna.once(&headers, |ledger, _| ledger.order_mut(id)?.cancel().map(|()| Reply::done()))
}

/// `POST …/release-remaining-authorization`.
pub(super) async fn release(
    State(klarna): State<Klarna>,
    Path(id): Path<Uuid>,
    headers: HeaderMap,
) -> Result<Reply, Problem> {
    klarna.once(&headers, |ledger, _| ledger.order_mut(id)?.release().map(|()| Reply::done()))
}

/// `POST …/extend-authorization-time`.
pub(super) async fn extend(
    State(klarna): State<Klarna>,
    Path(id): Path<Uuid>,
    headers: HeaderMap,
) -> Result<Reply, Problem> {
    let days = klarna.settings().authorization_days;
    klarna
        .once(&headers, |ledger, now| ledger.order_mut(id)?.extend(authorised_until(now, days)).map(|()| Reply::done()))
}

/// `POST …/refunds`.
pub(super) async fn refund(
    State(klarna): State<Klarna>,
    Path(id): Path<Uuid>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Reply, Problem> {
    let known = ["refunded_amount", "description", "order_lines", "reference"];
    let wish = wish(fields::body(&body)?, "refunded_amount", &known).map_err(Problem::BadValue)?;
    let refund_id = Uuid::new_v4();
    klarna.once(&headers, |ledger, now| {
        ledger.order_mut(id)?.refund(Refund {
            refund_id,
            refunded_amount: wish.amount,
            refunded_at: now,
            reference: wish.reference,
            description: wish.description,
        })?;
        let location = format!("{}/ordermanagement/v1/orders/{id}/refunds/{refund_id}", klarna.inner.public_url);
        Ok(Reply::created(vec![("Refund-Id".to_owned(), refund_id.to_string()), ("Location".to_owned(), location)]))
    })
}

/// `PATCH …/merchant-references`.
pub(super) async fn merchant_references(
    State(klarna): State<Klarna>,
    Path(id): Path<Uuid>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Reply, Problem> {
    let fields = fields::body(&body)?;
    let known = ["merchant_reference1", "merchant_reference2"];
    fields::only(&fields, &known, "").map_err(Problem::BadValue)?;
    for key in known {
        fields::text(&fields, key, "", 255).map_err(Problem::BadValue)?;
    }
    klarna.once(&headers, |ledger, _| {
        let order = ledger.order_mut(id)?;
        if order.status == OrderStatus::Cancelled {
            return Err(Problem::NotAllowed("NOT_ALLOWED", "the order is cancelled".to_owned()));
        }
        order.purchase.extend(fields);
        Ok(Reply::done())
    })
}

/// What a capture or a refund asks for.
struct Wish {
    amount: i64,
    reference: Option<String>,
    description: Option<String>,
    shipping_info: Vec<Value>,
}

fn wish(mut fields: Object, amount: &str, known: &[&str]) -> Checked<Wish> {
    fields::only(&fields, known, "")?;
    let cents = fields::needed(fields::whole(&fields, amount, "", 1, LARGEST_AMOUNT)?, amount, "")?;
    if lines::order_lines(&mut fields)?.is_some_and(|sums| sums.amount != cents) {
        return Err(format!("Bad value: {amount} (not the sum of order_lines.total_amount)"));
    }
    fields::whole(&fields, "shipping_delay", "", 0, i64::from(i32::MAX))?;
    let text = |key: &str| fields::text(&fields, key, "", 255).map(|text| text.map(str::to_owned));
    Ok(Wish {
        amount: cents,
        reference: text("reference")?,
        description: text("description")?,
        shipping_info: parcels(&fields)?,
    })
}

fn parcels(fields: &Object) -> Checked<Vec<Value>> {
    let parcels = fields::list(fields, "shipping_info", "", MOST_PARCELS)?.unwrap_or_default();
    for (index, parcel) in parcels.iter().enumerate() {
        let place = format!("shipping_info[{index}].");
        let parcel = parcel.as_object().ok_or_else(|| format!("Bad value: shipping_info[{index}]"))?;
        let known: Vec<&str> = SHIPPING.iter().map(|(name, _)| *name).collect();
        fields::only(parcel, &known, &place)?;
        for (name, max) in SHIPPING {
            fields::text(parcel, name, &place, *max)?;
        }
        fields::one_of(parcel, "shipping_method", &place, SHIPPING_METHODS)?;
    }
    Ok(parcels.iter().map(|parcel| json!(parcel)).collect())
}
