//! PayPal's refusals: a status, a name, and the issue that says which of its rules was broken.

use axum::Json;
use axum::http::StatusCode;
use axum::http::header::RETRY_AFTER;
use axum::response::{IntoResponse, Response};
use serde_json::{Value, json};
use uuid::Uuid;

/// One broken rule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Detail {
    pub field: String,
    pub location: &'static str,
    pub issue: String,
    pub description: String,
}

impl Detail {
    /// About a field of the body, as a JSON pointer.
    pub fn field(field: impl Into<String>, issue: &str, description: impl Into<String>) -> Self {
        Self { field: field.into(), location: "body", issue: issue.to_owned(), description: description.into() }
    }

    /// About a header.
    pub fn header(name: &str, issue: &str) -> Self {
        let description = format!("The header {name} is missing or cannot be used.");
        Self { field: name.to_owned(), location: "header", issue: issue.to_owned(), description }
    }

    /// About a parameter of the address.
    pub fn query(name: &str, issue: &str, description: &str) -> Self {
        let (issue, description) = (issue.to_owned(), description.to_owned());
        Self { field: name.to_owned(), location: "query", issue, description }
    }
}

/// A refusal in PayPal's words.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Problem {
    /// 400 `INVALID_REQUEST`: the request breaks the schema.
    Invalid(Detail),
    /// 401 in the words of OAuth: no token for these credentials.
    InvalidClient,
    /// 400 in the words of OAuth: not the one grant that is offered.
    UnsupportedGrant,
    /// 401 `AUTHENTICATION_FAILURE`: token missing, unknown or expired.
    NotAuthorized,
    /// 404 `RESOURCE_NOT_FOUND`.
    NotFound,
    /// 422 `UNPROCESSABLE_ENTITY`: understood, but a rule of business forbids it. With the page where a payer must go first.
    Unprocessable(Detail, Option<String>),
    /// 429 with `Retry-After`.
    TooManyRequests,
    /// 500.
    ServerError,
}

impl Problem {
    pub fn invalid(detail: Detail) -> Self {
        Self::Invalid(detail)
    }

    pub fn unprocessable(issue: &str) -> Self {
        Self::Unprocessable(Detail::field("", issue, in_words(issue)), None)
    }

    pub fn unprocessable_field(field: &str, issue: &str) -> Self {
        Self::Unprocessable(Detail::field(field, issue, in_words(issue)), None)
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        match self {
            Self::InvalidClient => {
                let body = json!({ "error": "invalid_client", "error_description": "Client Authentication failed" });
                (StatusCode::UNAUTHORIZED, Json(body)).into_response()
            }
            Self::UnsupportedGrant => {
                let body =
                    json!({ "error": "unsupported_grant_type", "error_description": "Grant Type is NULL or unknown" });
                (StatusCode::BAD_REQUEST, Json(body)).into_response()
            }
            Self::Invalid(detail) => answer(
                StatusCode::BAD_REQUEST,
                "INVALID_REQUEST",
                "Request is not well-formed, syntactically incorrect, or violates schema.",
                Some(detail),
                None,
            ),
            Self::NotAuthorized => answer(
                StatusCode::UNAUTHORIZED,
                "AUTHENTICATION_FAILURE",
                "Authentication failed due to missing authorization header, or invalid authentication credentials.",
                None,
                None,
            ),
            Self::NotFound => answer(
                StatusCode::NOT_FOUND,
                "RESOURCE_NOT_FOUND",
                "The specified resource does not exist.",
                Some(Detail::field("", "INVALID_RESOURCE_ID", in_words("INVALID_RESOURCE_ID"))),
                None,
            ),
            Self::Unprocessable(detail, payer_action) => answer(
                StatusCode::UNPROCESSABLE_ENTITY,
                "UNPROCESSABLE_ENTITY",
                "The requested action could not be performed, semantically incorrect, or failed business validation.",
                Some(detail),
                payer_action,
            ),
            Self::TooManyRequests => {
                let text = "Too many requests. Blocked due to rate limiting.";
                let busy = answer(StatusCode::TOO_MANY_REQUESTS, "RATE_LIMIT_REACHED", text, None, None);
                ([(RETRY_AFTER, "1")], busy).into_response()
            }
            Self::ServerError => answer(
                StatusCode::INTERNAL_SERVER_ERROR,
                "INTERNAL_SERVER_ERROR",
                "An internal server error has occurred.",
                None,
                None,
            ),
        }
    }
}

fn answer(
    status: StatusCode,
    name: &str,
    message: &str,
    detail: Option<Detail>,
    payer_action: Option<String>,
) -> Response {
    let details: Vec<Value> = detail
        .iter()
        .map(|detail| {
            let mut body = json!({ "issue": detail.issue, "description": detail.description });
            if !detail.field.is_empty() {
                body["field"] = json!(detail.field);
                body["location"] = json!(detail.location);
            }
            body
        })
        .collect();
    let mut links = Vec::new();
    if let Some(detail) = &detail {
        let href = format!("https://developer.paypal.com/api/rest/reference/orders/v2/errors/#{}", detail.issue);
        links.push(json!({ "href": href, "rel": "information_link", "method": "GET" }));
    }
    if let Some(href) = payer_action {
        links.push(json!({ "href": href, "rel": "payer-action", "method": "GET" }));
    }
    let debug_id = &Uuid::new_v4().simple().to_string()[..13];
    let body = json!({ "name": name, "message": message, "debug_id": debug_id, "details": details, "links": links });
    (status, [("paypal-debug-id", debug_id.to_owned())], Json(body)).into_response()
}

fn in_words(issue: &str) -> &'static str {
    match issue {
        "AMOUNT_MISMATCH" => {
            "Should equal item_total + tax_total + shipping + handling + insurance - shipping_discount - discount."
        }
        "ITEM_TOTAL_MISMATCH" => {
            "Should equal sum of (unit_amount * quantity) across all items for a given purchase_unit."
        }
        "TAX_TOTAL_MISMATCH" => "Should equal sum of (tax * quantity) across all items for a given purchase_unit.",
        "ITEM_TOTAL_REQUIRED" => {
            "If item details are specified (items.unit_amount and items.quantity) corresponding amount.breakdown.item_total is required."
        }
        "DECIMAL_PRECISION" => "If the currency supports decimals, only two decimal place precision is supported.",
        "CANNOT_BE_ZERO_OR_NEGATIVE" => "Must be greater than zero.",
        "CURRENCY_NOT_SUPPORTED" => "Currency code is not currently supported.",
        "DUPLICATE_INVOICE_ID" => "Duplicate Invoice ID detected.",
        "INSTRUMENT_DECLINED" => {
            "The instrument presented was either declined by the processor or bank, or it can't be used for this payment."
        }
        "ORDER_NOT_APPROVED" => "Payer has not yet approved the Order for payment.",
        "ORDER_ALREADY_CAPTURED" => "Order already captured.",
        "ORDER_EXPIRED" => "Order is expired and hence cannot be captured.",
        "INVALID_RESOURCE_ID" => "Specified resource ID does not exist. Please check the resource ID and try again.",
        "CAPTURE_FULLY_REFUNDED" => "The capture has already been fully refunded.",
        "REFUND_AMOUNT_EXCEEDED" => {
            "The refund amount must be less than or equal to the capture amount that has not yet been refunded."
        }
        "REFUND_TIME_LIMIT_EXCEEDED" => "You are over the time limit to perform a refund on this capture.",
        "REFUND_CAPTURE_CURRENCY_MISMATCH" => "Refund must be in the same currency as the capture.",
        "PENDING_CAPTURE" => "Cannot initiate a refund as the capture is pending.",
        "PAYPAL_REQUEST_ID_PREVIOUSLY_USED" => "The PayPal-Request-ID has already been used for another request.",
        _ => "The requested action could not be performed.",
    }
}
