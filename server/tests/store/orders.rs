//! Orders, their list and their timeline.

use super::given::*;
use shop_core::address::PersonName;
use shop_core::id::CustomerId;
use shop_core::money::Money;
use shop_core::order::{CancelReason, Happening, Order, OrderEvent, OrderNumber, OrderState, Tracking};
use shop_core::payment::Method;
use shop_flows::ports::{OrderQuery, OrderSummary, StateCount, Store, StoreError};
use std::sync::Arc;

pub async fn order_numbers_count_up(store: Arc<dyn Store>) -> Claim {
    let mut tx = store.begin().await?;
    assert_eq!(tx.next_order_number().await?.as_str(), "AG100001");
    assert_eq!(tx.next_order_number().await?.as_str(), "AG100002");
    tx.commit().await?;
    let mut tx = store.begin().await?;
    assert_eq!(tx.next_order_number().await?.as_str(), "AG100003");
    Ok(())
}

pub async fn an_order_reads_back_equal(store: Arc<dyn Store>) -> Claim {
    placed(&*store, &[order(1)]).await?;
    let mut tx = store.read().await?;

    assert_eq!(tx.order(order_id(1)).await?, Some(order(1)));
    assert_eq!(tx.order_by_number(&OrderNumber::of(100_001)).await?, Some(order(1)));
    assert_eq!(tx.order_of_cart(cart_id(1)).await?, Some(order(1)));
    assert_eq!(tx.order(order_id(2)).await?, None);
    assert_eq!(tx.order_by_number(&OrderNumber::of(100_002)).await?, None);
    assert_eq!(tx.order_of_cart(cart_id(2)).await?, None);
    Ok(())
}

pub async fn a_cart_becomes_one_order(store: Arc<dyn Store>) -> Claim {
    placed(&*store, &[order(1)]).await?;
    let mut tx = store.begin().await?;
    let same_cart = Order { cart: cart_id(1), ..order(2) };
    let same_number = Order { number: order(1).number, ..order(2) };

    for wrong in [same_cart, same_number] {
        assert_eq!(tx.insert_order(&wrong).await, Err(StoreError::Duplicate));
    }

    // The transaction goes on, on both engines: the second click shows the first order.
    assert_eq!(tx.order_of_cart(cart_id(1)).await?.map(|order| order.id), Some(order_id(1)));
    assert_eq!(tx.order(order_id(2)).await?, None);
    Ok(())
}

pub async fn whoever_saves_second_must_read_again(store: Arc<dyn Store>) -> Claim {
    placed(&*store, &[order(1)]).await?;
    let (mut first, mut second) = (order(1), order(1));
    first.state = first.state.apply(OrderEvent::Paid, at(60)).expect("legal");
    first.tracking = Tracking::parse("3SABCD1234567890");
    first.method = Method::Card;
    second.state = second.state.apply(OrderEvent::Cancelled(CancelReason::Owner), at(61)).expect("legal");
    let mut tx = store.begin().await?;

    tx.save_order(&mut first).await?;
    assert_eq!(tx.save_order(&mut second).await, Err(StoreError::Conflict));

    assert_eq!((first.version, second.version), (2, 1));
    assert_eq!(tx.order(order_id(1)).await?, Some(first.clone()));
    first.state = first.state.apply(OrderEvent::Shipped, at(70)).expect("legal");
    tx.save_order(&mut first).await?;
    assert_eq!(first.version, 3);
    assert_eq!(tx.save_order(&mut order(9)).await, Err(StoreError::Conflict));
    Ok(())
}

pub async fn the_list_is_searched_as_people_type(store: Arc<dyn Store>) -> Claim {
    let (mut second, mut third) = (order(2), order(3));
    second.address.name = PersonName { given: "Zoë".to_owned(), family: "100%_Jansen".to_owned() };
    second.address.city = "Enschede".to_owned();
    second.contact.email = email("zoe@elders.be");
    third.state = OrderState::Paid { at: at(9) };
    third.customer = CustomerId::new(uuid(2));
    let mut tx = store.begin().await?;
    tx.save_customer(&customer(2, "sanne@voorbeeld.nl")).await?;
    tx.commit().await?;
    placed(&*store, &[order(1), second, third]).await?;
    let mut tx = store.read().await?;

    let all = OrderQuery { page: 1, per_page: 20, ..OrderQuery::default() };
    let cases: [(&str, &[u128]); 12] = [
        ("ag100002", &[2]),
        ("100003", &[3]),
        ("DE VRIES", &[3, 1]),
        ("enschede", &[2]),
        ("ALMELO", &[3, 1]),
        ("Zoë", &[2]),
        ("@ELDERS", &[2]),
        ("0%_j", &[2]),
        ("%", &[2]),
        ("_", &[2]),
        ("!", &[]),
        ("vries almelo", &[]),
    ];
    for (text, found) in cases {
        let (rows, count) = tx.orders(&OrderQuery { text: Some(text.to_owned()), ..all.clone() }).await?;
        assert_eq!(
            rows.iter().map(|row| row.id).collect::<Vec<_>>(),
            found.iter().map(|n| order_id(*n)).collect::<Vec<_>>(),
            "{text}"
        );
        assert_eq!(usize::try_from(count), Ok(found.len()), "{text}");
    }

    let (rows, count) = tx.orders(&OrderQuery { page: 2, per_page: 2, ..all.clone() }).await?;
    let expected = OrderSummary {
        id: order_id(1),
        number: OrderNumber::of(100_001),
        placed_at: at(1),
        name: "Marieke de Vries".to_owned(),
        city: "Almelo".to_owned(),
        state: "awaiting_payment".to_owned(),
        method: Method::Ideal,
        total: Money::cents(9485),
        pieces: 2,
    };
    assert_eq!((rows, count), (vec![expected], 3));
    assert_eq!(tx.orders(&OrderQuery { state: Some("paid".to_owned()), ..all.clone() }).await?.1, 1);
    assert_eq!(tx.orders(&OrderQuery { customer: Some(CustomerId::new(uuid(2))), ..all.clone() }).await?.1, 1);
    assert_eq!(tx.orders(&OrderQuery { customer: Some(CustomerId::new(uuid(7))), ..all }).await?, (vec![], 0));

    let count = |state: &str, count, cents| StateCount { state: state.to_owned(), count, total: Money::cents(cents) };
    assert_eq!(tx.order_counts().await?, [count("awaiting_payment", 2, 18_970), count("paid", 1, 9485)]);
    Ok(())
}

pub async fn unpaid_orders_lapse_at_their_end(store: Arc<dyn Store>) -> Claim {
    let mut later = order(2);
    later.state = OrderState::AwaitingPayment { until: at(1100) };
    let mut paid = order(3);
    paid.state = OrderState::Paid { at: at(9) };
    placed(&*store, &[order(1), later, paid]).await?;
    let mut tx = store.begin().await?;

    assert_eq!(tx.lapsed_orders(at(1099), 10).await?, []);
    assert_eq!(tx.lapsed_orders(at(1200), 10).await?, [order_id(2), order_id(1)]);
    assert_eq!(tx.lapsed_orders(at(1200), 1).await?, [order_id(2)]);
    let mut retried = order(1);
    retried.state = retried.state.apply(OrderEvent::PaymentRetried { until: at(5000) }, at(60)).expect("legal");
    tx.save_order(&mut retried).await?;
    assert_eq!(tx.lapsed_orders(at(1200), 10).await?, [order_id(2)]);
    Ok(())
}

pub async fn the_timeline_is_oldest_first(store: Arc<dyn Store>) -> Claim {
    placed(&*store, &[order(1), order(2)]).await?;
    let happening = |seconds, event: &str| Happening {
        at: at(seconds),
        event: event.to_owned(),
        detail: "iDEAL".to_owned(),
        actor: "provider".to_owned(),
    };
    let mut tx = store.begin().await?;
    for (seconds, event) in [(1, "placed"), (3, "shipped"), (2, "paid"), (3, "delivered")] {
        tx.record(order_id(1), &happening(seconds, event)).await?;
    }

    let expected = [happening(1, "placed"), happening(2, "paid"), happening(3, "shipped"), happening(3, "delivered")];
    assert_eq!(tx.happenings(order_id(1)).await?, expected);
    assert_eq!(tx.happenings(order_id(2)).await?, []);
    Ok(())
}
