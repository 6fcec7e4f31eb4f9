//! What can be paid with: brands and iDEAL issuers.

use axum::Json;
use axum::extract::State;
use axum::http::HeaderMap;
use serde_json::{Value, json};

use super::Rabo;
use super::problem::Problem;
use super::token::Purpose;
use super::validation::BRANDS;

/// Brands that the contract of the demo webshop does not hold.
const INACTIVE: &[&str] = &["SOFORT", "BILLINK", "MAESTRO", "V_PAY"];

/// `GET omnikassa-api/order/server/api/payment-brands`.
pub(super) async fn payment_brands(State(rabo): State<Rabo>, headers: HeaderMap) -> Result<Json<Value>, Problem> {
    rabo.authorize(Purpose::Access, &headers)?;
    let brands: Vec<Value> = BRANDS
        .iter()
        .map(|name| {
            let status = if INACTIVE.contains(name) { "Inactive" } else { "Active" };
            json!({ "name": name, "status": status })
        })
        .collect();
    Ok(Json(json!({ "paymentBrands": brands })))
}

/// `GET omnikassa-api/ideal/server/api/v2/issuers`: made-up banks.
pub(super) async fn ideal_issuers(State(rabo): State<Rabo>, headers: HeaderMap) -> Result<Json<Value>, Problem> {
    rabo.authorize(Purpose::Access, &headers)?;
    let issuers: Vec<Value> = [("SIMANL2A", "Zandbak Bank"), ("SIMBNL2A", "Oefenbank"), ("SIMCNL2A", "Speelgeld Bank")]
        .iter()
        .map(|(id, name)| json!({ "id": id, "name": name, "logos": [], "countryNames": "Nederland" }))
        .collect();
    Ok(Json(json!({ "issuers": issuers })))
}
