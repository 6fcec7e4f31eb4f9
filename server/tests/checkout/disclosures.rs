//! Who is told what about an order, and that it is written down first.

use crate::support::*;
use shop_core::order::{OrderNumber, Tracking};
use shop_core::payment::Method;
use shop_sandbox::{Outcome, klarna};

/// Party and fields of every line about the order.
async fn told(at: &TestShop, number: &OrderNumber) -> Vec<(&'static str, String)> {
    let order = at.order(number).await;
    let lines = at.shop.store.read().await.unwrap().disclosures(order.id).await.unwrap();
    lines.into_iter().map(|line| (line.what.party.name(), line.what.field_names())).collect()
}

#[tokio::test]
async fn a_bank_is_told_an_amount_and_klarna_what_its_invoice_needs() {
    let at = TestShop::open().await;
    let dress = at.dress(1, 3).await;

    let ideal = at.browser().buy(dress, Method::Ideal).await;
    let klarna = at.browser().buy(dress, Method::Klarna).await;
    let transfer = at.browser().buy(dress, Method::BankTransfer).await;

    assert_eq!(told(&at, &ideal).await, [("omnikassa", "amount reference way_back".to_owned())]);
    // She typed no phone number, so none was given.
    let invoice = "name address email goods amount reference way_back".to_owned();
    assert_eq!(told(&at, &klarna).await, [("klarna", invoice)]);
    assert_eq!(told(&at, &transfer).await, []);
}

#[tokio::test]
async fn what_was_to_be_told_stands_in_the_list_even_when_nobody_answered() {
    let free = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let at = TestShop::with_provider_at(&format!("http://{free}")).await;
    let dress = at.dress(1, 1).await;

    let number = at.browser().buy(dress, Method::Ideal).await;

    assert_eq!(told(&at, &number).await, [("omnikassa", "amount reference way_back".to_owned())]);
    assert_eq!(at.attempt_states(&number).await, ["failed"]);
}

#[tokio::test]
async fn what_klarna_and_postnl_hear_when_the_parcel_leaves_stands_in_the_list_too() {
    let at = TestShop::open().await;
    let dress = at.dress(1, 1).await;
    let number = at.browser().buy(dress, Method::Klarna).await;
    let order = at.order(&number).await;
    let attempt = at.shop.store.read().await.unwrap().attempts(order.id).await.unwrap()[0].id;
    at.sandbox.klarna().outcome(number.as_str(), klarna::Outcome::Approve).await.unwrap();
    at.shop.ask(attempt).await.unwrap();

    at.shop.ship("Ineke", &number, Tracking::parse("3SABCD1234567").unwrap()).await.unwrap();
    at.run_jobs().await;

    let lines = told(&at, &number).await;
    assert_eq!(lines[1..], [("postnl", "name address".to_owned()), ("klarna", "amount reference".to_owned())]);
}

#[tokio::test]
async fn a_bank_is_told_the_amount_that_goes_back() {
    let at = TestShop::open().await;
    let dress = at.dress(1, 1).await;
    let number = at.browser().buy(dress, Method::Ideal).await;
    at.at_the_provider("AG100001P1", Outcome::Pay).await;

    at.shop.cancel_by_owner("Ineke", &number).await.unwrap();
    at.run_jobs().await;

    assert_eq!(told(&at, &number).await[1..], [("omnikassa", "amount".to_owned())]);
}
