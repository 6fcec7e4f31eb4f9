//! From a session to a placed order.

use crate::shop::{Shop, body, buyer};
use reqwest::{Method, StatusCode};
use serde_json::{Value, json};
use shop_sandbox::klarna::{FraudStatus, OrderStatus, PageStatus};
use shop_sandbox::{Clock, SandboxConfig};

fn ahead(clock: &Clock, minutes: i64) {
    clock.set_offset_seconds(minutes * 60);
}

#[tokio::test]
async fn an_approved_shopper_comes_back_and_the_shop_places_the_order() {
    let shop = Shop::open().await;
    let page = shop.page(&shop.purchase()).await;
    assert_eq!(shop.look(&page).await["status"], "WAITING");

    let answer = shop.press(&page, "approve").await;

    assert_eq!(answer.status(), StatusCode::SEE_OTHER);
    assert_eq!(answer.headers()["location"], format!("https://shop.example/terug?hpp={page}"));
    let seen = shop.look(&page).await;
    assert_eq!(seen["status"], "COMPLETED");
    let token = seen["authorization_token"].as_str().unwrap();
    let placed = body(shop.placing(token, &shop.purchase()), StatusCode::OK).await;
    assert_eq!(placed["fraud_status"], "ACCEPTED");
    assert_eq!(
        placed["authorized_payment_method"],
        json!({ "type": "invoice", "number_of_days": 14, "number_of_installments": 0 })
    );
    let id = placed["order_id"].as_str().unwrap();
    assert_eq!(placed["redirect_url"], format!("https://shop.example/bedankt/{id}"));
    let order = body(shop.get(&format!("/ordermanagement/v1/orders/{id}")), StatusCode::OK).await;
    assert_eq!((&order["status"], &order["remaining_authorized_amount"]), (&json!("AUTHORIZED"), &json!(5485)));
    assert_eq!(order["merchant_reference1"], "KW100042");
}

#[tokio::test]
async fn a_token_places_one_order_and_the_session_is_then_complete() {
    let shop = Shop::open().await;
    let session = shop.session(&shop.purchase()).await;
    let answer = body(shop.post("/hpp/v1/sessions", &shop.page_wish(&session)), StatusCode::CREATED).await;
    shop.press(answer["session_id"].as_str().unwrap(), "approve").await;
    let path = format!("/payments/v1/sessions/{session}");
    let before = body(shop.get(&path), StatusCode::OK).await;
    let token = before["authorization_token"].as_str().unwrap();

    body(shop.placing(token, &shop.purchase()), StatusCode::OK).await;
    let again = body(shop.placing(token, &shop.purchase()), StatusCode::NOT_FOUND).await;

    assert_eq!((&before["status"], &again["error_code"]), (&json!("incomplete"), &json!("NOT_FOUND")));
    let after = body(shop.get(&path), StatusCode::OK).await;
    assert_eq!((&after["status"], &after["authorization_token"]), (&json!("complete"), &Value::Null));
    assert_eq!(shop.sandbox.klarna().orders().len(), 1);
}

#[tokio::test]
async fn an_order_that_differs_from_the_session_is_refused_and_the_token_stays_good() {
    let shop = Shop::open().await;
    let token = shop.approved(&shop.purchase()).await;
    let mut fewer = shop.purchase_of(5486);
    fewer["merchant_reference1"] = json!("KW100042");
    let mut renamed = shop.purchase();
    renamed["order_lines"][0]["name"] = json!("Rompertje maat 74");
    let mut elsewhere = shop.purchase();
    elsewhere["shipping_address"]["city"] = json!("Almelo");
    let mut nobody = shop.purchase();
    nobody.as_object_mut().unwrap().remove("billing_address");

    let mut texts = Vec::new();
    for wrong in [&fewer, &renamed, &elsewhere, &nobody] {
        let refused = body(shop.placing(&token, wrong), StatusCode::CONFLICT).await;
        texts.push(refused["error_messages"][0].as_str().unwrap().to_owned());
        assert!(refused["correlation_id"].is_string());
    }

    for (text, field) in texts.iter().zip(["order_amount", "order_lines", "shipping_address", "billing_address"]) {
        assert!(text.contains(field), "{text}");
    }
    assert_eq!(shop.sandbox.klarna().orders(), []);
    body(shop.placing(&token, &shop.purchase()), StatusCode::OK).await;
}

#[tokio::test]
async fn sums_that_do_not_fit_are_refused_before_anything_is_made() {
    let shop = Shop::open().await;
    let mut sum = shop.purchase();
    sum["order_amount"] = json!(5484);
    let mut tax = shop.purchase();
    tax["order_lines"][0]["total_tax_amount"] = json!(868);
    let mut unknown = shop.purchase();
    unknown["klant"] = json!("Test");

    for (wrong, field) in [(sum, "order_amount"), (tax, "order_lines[0].total_tax_amount"), (unknown, "klant")] {
        let refused = body(shop.post("/payments/v1/sessions", &wrong), StatusCode::BAD_REQUEST).await;
        assert_eq!(refused["error_code"], "BAD_VALUE");
        assert!(refused["error_messages"][0].as_str().unwrap().contains(field), "{refused}");
    }
}

#[tokio::test]
async fn a_session_can_be_changed_until_klarna_said_yes() {
    let shop = Shop::open().await;
    let session = shop.session(&shop.purchase()).await;
    let path = format!("/payments/v1/sessions/{session}");

    body(shop.post(&path, &shop.purchase_of(5585)), StatusCode::NO_CONTENT).await;
    body(shop.post(&path, &json!({ "order_amount": 1 })), StatusCode::BAD_REQUEST).await;

    assert_eq!(body(shop.get(&path), StatusCode::OK).await["order_amount"], 5585);
    let answer = body(shop.post("/hpp/v1/sessions", &shop.page_wish(&session)), StatusCode::CREATED).await;
    shop.press(answer["session_id"].as_str().unwrap(), "approve").await;
    body(shop.post(&path, &shop.purchase()), StatusCode::BAD_REQUEST).await;
    assert_eq!(body(shop.get(&path), StatusCode::OK).await["order_amount"], 5585);
}

#[tokio::test]
async fn each_button_has_its_own_way_back() {
    let shop = Shop::open().await;
    let mut ways = Vec::new();

    for button in ["decline", "back", "cancel", "open", "error"] {
        let page = shop.page(&shop.purchase()).await;
        let answer = shop.press(&page, button).await;
        let location = answer.headers().get("location").map(|url| url.to_str().unwrap().to_owned());
        ways.push((button, location.unwrap_or_default(), shop.look(&page).await["status"].clone()));
    }

    assert_eq!(
        ways,
        [
            ("decline", "https://shop.example/afgewezen".to_owned(), json!("FAILED")),
            ("back", "https://shop.example/betaling".to_owned(), json!("BACK")),
            ("cancel", "https://shop.example/gestopt".to_owned(), json!("CANCELLED")),
            ("open", String::new(), json!("IN_PROGRESS")),
            ("error", "https://shop.example/fout".to_owned(), json!("ERROR")),
        ]
    );
}

#[tokio::test]
async fn who_went_back_may_come_again_but_what_is_final_stays() {
    let shop = Shop::open().await;
    let page = shop.page(&shop.purchase()).await;

    shop.press(&page, "back").await;
    shop.press(&page, "cancel").await;
    shop.press(&page, "approve").await;

    let seen = shop.look(&page).await;
    assert_eq!((&seen["status"], &seen["authorization_token"]), (&json!("CANCELLED"), &Value::Null));
}

#[tokio::test]
async fn test_persons_have_the_fate_of_their_address_and_phone() {
    let shop = Shop::open().await;
    let mut denied = shop.purchase();
    denied["billing_address"] = buyer("customer+denied@email.nl");
    let mut by_phone = shop.purchase();
    by_phone["billing_address"]["phone"] = json!("+31 6 32167678");
    let mut new_user = shop.purchase();
    new_user["billing_address"] = buyer("customer+new_user@email.nl");
    let mut fates = Vec::new();

    for (purchase, form) in [
        (&denied, "approve"),
        (&by_phone, "approve"),
        (&new_user, "approve"),
        (&new_user, "approve&code=999999"),
        (&new_user, "approve&code=123456"),
    ] {
        let page = shop.page(purchase).await;
        shop.press(&page, form).await;
        fates.push(shop.sandbox.klarna().hosted_page(&page).unwrap().status);
    }

    assert_eq!(
        fates,
        [PageStatus::Failed, PageStatus::Failed, PageStatus::Waiting, PageStatus::Waiting, PageStatus::Completed]
    );
}

#[tokio::test]
async fn amounts_with_magic_cents_have_their_own_fate() {
    let shop = Shop::open().await;
    let mut fates = Vec::new();

    for cents in [5501, 5502, 5503, 5504] {
        let page = shop.page(&shop.purchase_of(cents)).await;
        shop.press(&page, "approve").await;
        fates.push(shop.sandbox.klarna().hosted_page(&page).unwrap().status);
    }

    assert_eq!(fates, [PageStatus::Failed, PageStatus::Completed, PageStatus::Disabled, PageStatus::Completed]);
}

#[tokio::test]
async fn a_buyer_whom_klarna_does_not_know_cannot_be_assessed() {
    let shop = Shop::open().await;
    let mut nobody = shop.purchase();
    nobody.as_object_mut().unwrap().remove("billing_address");

    let page = shop.page(&nobody).await;
    let answer = shop.press(&page, "approve").await;

    assert_eq!(answer.headers()["location"], "https://shop.example/fout");
    assert_eq!(shop.look(&page).await["status"], "ERROR");
}

#[tokio::test]
async fn tokens_pages_and_sessions_end_by_the_clock() {
    let shop = Shop::open().await;
    let clock = shop.sandbox.klarna().clock().clone();
    let session = shop.session(&shop.purchase()).await;
    let answer = body(shop.post("/hpp/v1/sessions", &shop.page_wish(&session)), StatusCode::CREATED).await;
    let page = answer["session_id"].as_str().unwrap();
    let token = shop.approved(&shop.purchase()).await;

    ahead(&clock, 61);
    body(shop.placing(&token, &shop.purchase()), StatusCode::NOT_FOUND).await;
    assert_eq!(shop.sandbox.klarna().orders(), []);
    ahead(&clock, 47 * 60 - 1);
    assert_eq!(shop.look(page).await["status"], "WAITING");
    ahead(&clock, 47 * 60 + 1);
    assert_eq!(shop.look(page).await["status"], "DISABLED");
    body(shop.get(&format!("/payments/v1/sessions/{session}")), StatusCode::OK).await;
    ahead(&clock, 48 * 60 + 1);

    body(shop.get(&format!("/payments/v1/sessions/{session}")), StatusCode::NOT_FOUND).await;
}

#[tokio::test]
async fn an_authorization_that_is_given_up_places_nothing() {
    let shop = Shop::open().await;
    let token = shop.approved(&shop.purchase()).await;
    let path = format!("/payments/v1/authorizations/{token}");

    body(shop.call(Method::DELETE, &path), StatusCode::NO_CONTENT).await;

    body(shop.placing(&token, &shop.purchase()), StatusCode::NOT_FOUND).await;
    body(shop.call(Method::DELETE, &path), StatusCode::NOT_FOUND).await;
    assert_eq!(shop.sandbox.klarna().orders(), []);
}

#[tokio::test]
async fn a_page_can_be_closed_by_the_shop_unless_it_is_final() {
    let shop = Shop::open().await;
    let (open, done) = (shop.page(&shop.purchase()).await, shop.page(&shop.purchase()).await);
    shop.press(&done, "approve").await;

    for page in [&open, &done] {
        body(shop.call(Method::DELETE, &format!("/hpp/v1/sessions/{page}")), StatusCode::NO_CONTENT).await;
    }

    assert_eq!(shop.look(&open).await["status"], "DISABLED");
    assert_eq!(shop.look(&done).await["status"], "COMPLETED");
}

#[tokio::test]
async fn a_page_wants_a_session_that_exists_and_addresses_that_are_addresses() {
    let shop = Shop::open().await;
    let session = shop.session(&shop.purchase()).await;
    let good = shop.page_wish(&session);
    let with = |path: &str, value: Value| {
        let mut wish = good.clone();
        *wish.pointer_mut(path).unwrap() = value;
        wish
    };

    for (wrong, field) in [
        (with("/payment_session_url", json!(shop.url("/payments/v1/sessions/weg"))), "payment_session_url"),
        (with("/merchant_urls/success", json!("/terug")), "merchant_urls.success"),
        (with("/merchant_urls/success", json!("https://shop.example/{{order_id}}")), "merchant_urls.success"),
        (with("/options/place_order_mode", json!("PLACE_ORDER")), "place_order_mode"),
        (with("/options/place_order_mode", json!("none")), "place_order_mode"),
        (with("/options/payment_method_category", json!("pay_over_time")), "payment_method_category"),
    ] {
        let refused = body(shop.post("/hpp/v1/sessions", &wrong), StatusCode::BAD_REQUEST).await;
        assert!(refused["error_messages"][0].as_str().unwrap().contains(field), "{refused}");
    }
    assert_eq!(shop.sandbox.klarna().hosted_pages(), []);
}

#[tokio::test]
async fn a_refused_order_exists_but_is_worth_nothing() {
    let shop = Shop::open().await;
    let page = shop.page(&shop.purchase()).await;
    shop.press(&page, "approve_rejected").await;
    let seen = shop.look(&page).await;

    let token = seen["authorization_token"].as_str().unwrap();
    let placed = body(shop.placing(token, &shop.purchase()), StatusCode::OK).await;

    assert_eq!(placed["fraud_status"], "REJECTED");
    let order = shop.sandbox.klarna().order("KW100042").unwrap();
    assert_eq!((order.status, order.fraud_status), (OrderStatus::Cancelled, FraudStatus::Rejected));
    assert_eq!(order.remaining_authorized_amount, 0);
}

#[tokio::test]
async fn the_pages_can_be_read_by_a_person_and_hold_no_markup_of_the_shop() {
    let shop = Shop::open().await;
    let mut odd = shop.purchase();
    odd["billing_address"]["given_name"] = json!("<b>Test</b>");
    let page = shop.page(&odd).await;
    let read = async |path: &str| {
        shop.client.get(shop.url(path)).send().await.unwrap().error_for_status().unwrap().text().await.unwrap()
    };

    let text = read(&format!("/klarna/pay/{page}")).await;

    assert!(text.contains("Sandbox: er wordt niets betaald") && text.contains("Achteraf betalen met Klarna"));
    assert!(text.contains("&lt;b&gt;Test&lt;/b&gt;") && !text.contains("<b>Test</b>"));
    assert!(read("/").await.contains("href=\"/klarna\""));
    assert!(read("/klarna").await.contains(&format!("/klarna/pay/{page}")));
    assert_eq!(shop.look(&page).await["status"], "IN_PROGRESS");
}

#[tokio::test]
async fn orders_and_tokens_survive_a_restart() {
    let folder = tempfile::tempdir().unwrap();
    let config =
        || SandboxConfig { state_file: Some(folder.path().join("sandbox.json")), ..SandboxConfig::on_free_ports() };
    let before = Shop::open_with(config()).await;
    let id = before.placed(&before.purchase()).await;
    let token = before.approved(&before.purchase()).await;
    before.sandbox.stop().await;

    let after = Shop::open_with(config()).await;

    assert_eq!(after.sandbox.klarna().order(&id).unwrap().order_amount, 5485);
    let mut same = after.purchase();
    same["merchant_urls"] = json!({});
    body(after.placing(&token, &same), StatusCode::OK).await;
    assert_eq!(after.sandbox.klarna().orders().len(), 2);
}
