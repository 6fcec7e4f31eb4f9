//! Two hundred checkouts with a shop that is killed again and again. In the end everybody who paid has exactly one paid order, and
//! the shelf lost exactly what was sold.

use crate::goods::{DRESSES, SHELF};
use crate::program::Shop;
use crate::shopper::Shopper;
use crate::{fresh_seed, note, program};
use serde_json::Value;
use shop_flows::ports::OrderQuery;
use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::{Duration, Instant};

const CHECKOUTS: u32 = 200;
const AT_ONCE: u32 = 4;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn whoever_paid_has_one_paid_order_however_often_the_shop_is_killed() {
    let Some(program) = program("the kill test") else { return };
    let shop = Arc::new(Shop::prepare(&program, fresh_seed()).await);

    let mut running = shop.start().await;
    let shoppers: Vec<_> = (0..AT_ONCE)
        .map(|shopper| {
            let shop = shop.clone();
            tokio::spawn(async move {
                for checkout in 0..CHECKOUTS / AT_ONCE {
                    buys(&shop, shopper * 1000 + checkout).await;
                }
            })
        })
        .collect();
    let mut kills = 0;
    while !shoppers.iter().all(|shopper| shopper.is_finished()) {
        tokio::time::sleep(shop.chance.milliseconds(40, 700)).await;
        // SIGKILL: nothing is finished, flushed or handed back.
        running.kill().await.unwrap();
        kills += 1;
        running = shop.start().await;
    }
    for shopper in shoppers {
        shopper.await.unwrap();
    }

    // What was lost on the way is found by asking, which would take twenty minutes; here it is time at once.
    running.kill().await.unwrap();
    make_jobs_due(&shop).await;
    running = shop.start().await;
    let paid = settled_totals(&shop).await;
    running.kill().await.unwrap();

    note(&format!("{CHECKOUTS} checkouts, {kills} kills, {} attempts announced", paid.announced));
    assert!(kills >= 10, "the shop was killed only {kills} times");
    compare(&shop, &paid).await;
}

/// She pays, on whichever page she gets.
async fn buys(shop: &Shop, number: u32) {
    let mut her = Shopper::new(shop, number);
    let mut next = her.orders(DRESSES[0], "ideal").await;
    for method in ["card", "ideal"].into_iter().cycle() {
        if her.is_page(&next) {
            break;
        }
        let order =
            Shopper::order_in(&next).unwrap_or_else(|| panic!("sent to {next} instead of a page to pay on")).to_owned();
        next = her.send("/api/order/pay", &[("number", order.as_str()), ("method", method)]).await;
    }
    let back = her.post(&next, &[("outcome", "pay")]).await.location.unwrap();
    // One in three closes the window at the bank.
    if shop.chance.below(3) > 0 {
        her.get(&back).await;
    }
}

/// What the provider received.
struct Paid {
    /// How often each reference was paid.
    times: BTreeMap<String, i64>,
    announced: usize,
}

async fn make_jobs_due(shop: &Shop) {
    sqlx::query("update jobs set run_at = 0, locked_until = case when locked_until is null then null else 0 end where dead_at is null and kind in ('ask', 'pull')")
        .execute(&shop.rows)
        .await
        .unwrap();
}

/// Waits until nothing is left to fetch or to ask, and reads the books of the provider.
async fn settled_totals(shop: &Shop) -> Paid {
    let patience = Instant::now() + Duration::from_secs(120);
    // Attempts that are still open are asked about again later; those are planned, not due.
    let due = "select count(*) from jobs where kind in ('ask', 'pull') and dead_at is null and (run_at = 0 or locked_until is not null)";
    loop {
        let (left,): (i64,) = sqlx::query_as(due).fetch_one(&shop.rows).await.unwrap();
        if left == 0 {
            break;
        }
        assert!(Instant::now() < patience, "{left} jobs are still due");
        tokio::time::sleep(Duration::from_millis(200)).await;
    }
    let totals = shop.outside("totals").await;
    let orders = totals["orders"].as_array().unwrap();
    let paid = |order: &Value| Some((order["merchantOrderId"].as_str()?.to_owned(), order["paidTimes"].as_i64()?));
    let times = orders.iter().map(|order| paid(order).unwrap()).filter(|(_, times)| *times > 0).collect();
    Paid { times, announced: orders.len() }
}

/// The books of the provider beside ours.
async fn compare(shop: &Shop, paid: &Paid) {
    let store = shop_server::store::open(&shop.database()).await.unwrap();
    let mut tx = store.read().await.unwrap();
    let everything = OrderQuery { page: 1, per_page: 10_000, ..OrderQuery::default() };
    let (orders, found) = tx.orders(&everything).await.unwrap();
    let mut ours = BTreeMap::new();
    for summary in &orders {
        let attempts = tx.attempts(summary.id).await.unwrap();
        let settled: Vec<_> = attempts.iter().filter(|attempt| attempt.state.name() == "paid").collect();
        assert_eq!((summary.state.as_str(), settled.len()), ("paid", 1), "{}: {attempts:?}", summary.number);
        ours.insert(settled[0].reference.clone(), 1);
    }

    assert_eq!(found, CHECKOUTS, "each checkout became one order");
    assert_eq!(ours, paid.times, "what was paid there is paid here, each once");
    assert_eq!(tx.tasks().await.unwrap(), []);
    let stock = tx.stock(DRESSES[0].variant()).await.unwrap().unwrap();
    assert_eq!(stock.on_hand, SHELF - CHECKOUTS);
    drop(tx);

    assert_eq!(
        shop.count("select cast(coalesce(sum(quantity), 0) as bigint) from stock_movements where reason = 'sold'")
            .await,
        i64::from(CHECKOUTS)
    );
    assert_eq!(
        shop.count("select count(*) from (select order_id from stock_movements group by order_id having count(*) > 1)")
            .await,
        0
    );
    assert_eq!(
        shop.count("select cast(coalesce(sum(quantity), 0) as bigint) from reservations").await,
        i64::from(stock.held)
    );
    assert_eq!(shop.count("select count(*) from reservations where order_id is not null").await, 0);
    assert_eq!(shop.count("select count(*) from jobs where dead_at is not null").await, 0);
}
