//! The shop's own invoice on the owner's desk: what is open and until when, and the button that says that it came in.

use super::given::{attempt, order, placed, shelf};
use super::support::Office;
use http::StatusCode;
use shop_core::order::{Happening, Order, OrderState};
use shop_core::payment::{Attempt, AttemptState, Method};

/// An order that left on an invoice which is open.
async fn left(office: &Office) -> Order {
    let sent = super::given::at(1800);
    let order = Order {
        method: Method::Invoice,
        state: OrderState::Shipped { paid_at: super::given::at(60), at: sent },
        ..order(1)
    };
    placed(&*office.store, std::slice::from_ref(&order)).await.expect("an order");
    let attempt = Attempt { method: Method::Invoice, state: AttemptState::Open, ..attempt(1, &order, 1) };
    office.save_attempt(&attempt).await;
    let mut tx = office.store.begin().await.expect("a door");
    let shipped = Happening { at: sent, event: "shipped".to_owned(), detail: String::new(), actor: "Anna".to_owned() };
    tx.record(order.id, &shipped).await.expect("written");
    tx.commit().await.expect("committed");
    order
}

#[tokio::test]
async fn an_open_invoice_stands_on_the_overview_and_is_booked_with_one_button() {
    let office = Office::open().await;
    shelf(&*office.store, 1, 9).await.expect("a shelf");
    let total = left(&office).await.totals.total.to_string();
    let mut anna = office.member().await;

    let overview = anna.get("/beheer").await.body;
    let page = anna.get("/beheer/bestellingen/AG100001").await.body;
    let asked = anna.get("/beheer/bestellingen/AG100001/overboeking").await.body;

    assert!(overview.contains("Facturen die nog openstaan") && overview.contains(&total), "{overview}");
    assert!(
        page.contains("Op factuur") && page.contains("Het geld is binnen") && page.contains("Uiterlijk "),
        "{page}"
    );
    assert!(asked.contains("De rekening van deze bestelling is daarmee betaald."), "{asked}");

    let booked = anna.post("/beheer/bestellingen/AG100001/overboeking", "").await;

    assert_eq!((booked.status, booked.location.as_str()), (StatusCode::SEE_OTHER, "/beheer/bestellingen/AG100001"));
    let page = anna.get("/beheer/bestellingen/AG100001").await.body;
    assert!(page.contains("Geboekt. De rekening is betaald.") && !page.contains("Het geld is binnen"), "{page}");
    assert!(!anna.get("/beheer").await.body.contains("Facturen die nog openstaan"));
    assert_eq!(office.order("AG100001").await.state.name(), "shipped");
}
