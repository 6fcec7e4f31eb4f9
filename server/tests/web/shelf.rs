//! How much is on the shelf is nobody's business but the owner's, until there is little: then everybody reads it.

use crate::browser::Shop;
use http::StatusCode;
use shop_app::api::ApiError;
use shop_core::ShopError;
use shop_core::cart::CartError;
use shop_core::catalog::Availability;

const FORM: &str = "application/x-www-form-urlencoded";

#[tokio::test]
async fn asking_for_too_many_does_not_count_the_shelf() {
    let shop = Shop::open().await;
    let dress = shop.at.dress(1, 7).await;
    let mut rival = shop.browser("192.0.2.1");
    let body = |quantity: u32| format!("variant={dress}&quantity={quantity}");

    let refused = rival.call("/api/cart/change", Some(FORM), body(19).as_bytes()).await;

    assert_eq!(refused.status, StatusCode::CONFLICT);
    let told = ApiError(ShopError::Cart(CartError::SoldOut { variant: dress, left: Availability::Plenty }));
    assert_eq!(refused.bytes, leptos::server_fn::error::FromServerFnError::ser(&told).body);

    rival.post("/api/cart/change", &[("variant", &dress.to_string()), ("quantity", "19")]).await;
    let page = rival.get("/winkelmand").await;
    assert!(
        page.body.contains("Zoveel hebben we er niet van deze maat. Kies er minder, of mail ons even."),
        "{}",
        page.body
    );
}

#[tokio::test]
async fn the_last_pieces_are_told_as_on_every_page() {
    let shop = Shop::open().await;
    let dress = shop.at.dress(1, 2).await;
    let mut eva = shop.browser("192.0.2.1");

    eva.post("/api/cart/change", &[("variant", &dress.to_string()), ("quantity", "3")]).await;

    assert!(eva.get("/winkelmand").await.body.contains("Van deze maat zijn er nog 2."));
}
