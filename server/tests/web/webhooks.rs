//! A flood at the addresses of the providers: it is slowed down by network, fills nothing, and leaves nothing long behind.

use crate::browser::{PLENTY, Shop};
use http::StatusCode;
use http::header::RETRY_AFTER;
use shop_server::http::Allowance;

#[tokio::test]
async fn a_flood_of_notices_is_stopped_by_network_and_leaves_no_work() {
    let shop = Shop::allowing(Allowance { notices_per_minute: 30, ..PLENTY }).await;
    let (mut flood, mut provider) = (shop.browser("203.0.113.7"), shop.browser("198.51.100.1"));
    let before = shop.at.everything().await;

    for _ in 0..30 {
        let burst = flood.call("/webhooks/omnikassa", Some("application/json"), b"{}").await;
        assert_eq!(burst.status, StatusCode::BAD_REQUEST, "a burst is heard");
    }
    let stopped = flood.call("/webhooks/klarna/AG100001P1-0000", None, b"").await;

    assert_eq!(stopped.status, StatusCode::TOO_MANY_REQUESTS);
    let seconds: u32 = stopped.headers[RETRY_AFTER].to_str().unwrap().parse().unwrap();
    assert!((1..=3).contains(&seconds), "{seconds}");
    assert_eq!(
        provider.call("/webhooks/omnikassa", Some("application/json"), b"{}").await.status,
        StatusCode::BAD_REQUEST,
        "another network is heard"
    );
    assert_eq!(shop.at.everything().await, before);
    assert_eq!(
        flood.post("/api/cart/change", &[("variant", "x"), ("quantity", "1")]).await.status,
        StatusCode::SEE_OTHER,
        "notices use up no forms"
    );
}

#[tokio::test]
async fn a_notice_that_is_larger_than_any_is_not_read() {
    let shop = Shop::open().await;
    let mut flood = shop.browser("203.0.113.7");

    let large = flood.call("/webhooks/omnikassa", Some("application/json"), &[b'x'; 17 * 1024]).await;

    assert_eq!(large.status, StatusCode::PAYLOAD_TOO_LARGE);
}
