//! Bank transfer, its QR code, and who serves which method.

use crate::support::*;
use shop_core::money::Money;
use shop_core::payment::{Attempt, CreditorReference, Method, epc_text};
use shop_flows::ports::{PaymentError, PaymentProvider, Started};
use shop_server::payment::bank_transfer::epc_svg;
use shop_server::payment::{BankTransfer, Providers, ProvidersError};
use std::sync::Arc;

#[tokio::test]
async fn a_transfer_has_no_page_and_nobody_to_ask() {
    let attempt = Attempt { method: Method::BankTransfer, ..attempt() };

    assert_eq!(start(&BankTransfer, &attempt).await, Ok(Started { provider_id: None, pay_url: None }));
    assert_eq!(status(&BankTransfer, &attempt).await, Ok(None));
    let refund = refund(&BankTransfer, "t", 1, "k").await;
    assert!(matches!(refund, Err(PaymentError::Declined(_))));
}

#[test]
fn the_qr_code_is_one_svg_element_of_the_right_size() {
    let reference = CreditorReference::of("KW100042").unwrap();
    let text = epc_text("Voorbeeld Kinderkleding B.V.", "NL20INGB0001234567", Money::cents(5485), &reference);

    let svg = epc_svg(&text);

    // 85 bytes at level M need version 6 (106 bytes): 41 modules and a border of 4 on each side.
    assert!(svg.starts_with("<svg ") && svg.ends_with("</svg>"), "{svg}");
    assert!(svg.contains(r#"viewBox="0 0 49 49""#), "{svg}");
    // The finder pattern in the corner: seven dark modules.
    assert!(svg.contains("M4 4h7v1h-7z"), "{svg}");
    assert!(!svg.contains("KW100042"));
}

#[test]
fn a_text_beyond_the_standard_has_no_qr_code() {
    assert!(epc_svg(&"x".repeat(331)).contains(r#"viewBox="0 0 77 77""#));
    assert_eq!(epc_svg(&"x".repeat(332)), "");
}

#[test]
fn each_method_has_one_provider() {
    let rabo = || -> Arc<dyn PaymentProvider> { Arc::new(omnikassa("https://api.example")) };
    let providers = Providers::new(vec![Arc::new(BankTransfer), rabo()]).unwrap();

    assert_eq!(providers.methods(), Method::ALL);
    assert_eq!(providers.serving(Method::Card).unwrap().name(), "omnikassa");
    assert_eq!(providers.named("bank_transfer").unwrap().methods(), [Method::BankTransfer]);
    assert!(providers.named("paypal").is_none());
    assert_eq!(Providers::new(vec![rabo(), rabo()]).err(), Some(ProvidersError::TwoOfName("omnikassa")));
    assert_eq!(Providers::new(vec![Arc::new(BankTransfer)]).unwrap().methods(), [Method::BankTransfer]);
}
