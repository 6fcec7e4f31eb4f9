//! Everything goes wrong at once: orders with all five ways to pay, every fault of the outside world at random, refusals, second
//! thoughts, windows that are closed, money that comes twice, and a shop that is killed. Afterwards what the providers hold is what
//! the books say, for every try to pay; every order agrees with its books; and nothing is stuck.

use crate::goods::{DRESSES, Dress};
use crate::owner::Owner;
use crate::program::Shop;
use crate::shopper::Shopper;
use crate::tally::Tally;
use crate::{fresh_seed, note, program, setting};
use serde_json::json;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::time::{Duration, Instant};
use tokio::process::Child;

const AT_ONCE: u32 = 6;
/// After so many days every term has passed: of pages, of orders, of transfers.
const LATER: u32 = 20;
/// Whoever does nothing for so long is stuck.
const STUCK_AFTER: Duration = Duration::from_secs(60);
const METHODS: [&str; 5] = ["ideal", "card", "paypal", "klarna", "bank_transfer"];
/// Every fault there is. A slow answer costs everybody five seconds, so it is rarer; it is drawn separately.
const FAULTS: [&str; 12] = [
    "token_expired",
    "too_many_requests",
    "server_error",
    "reset_after_write",
    "wrong_signature",
    "wrong_pull_signature",
    "wrong_return_signature",
    "notify_twice",
    "notify_before_return",
    "notify_never",
    "mail_down",
    "chatty",
];
/// Where faults strike: anywhere, or at the calls that move money.
const PLACES: [&str; 6] = ["", "refund", "capture", "order", "results", "sessions"];

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn after_any_chaos_the_providers_the_books_and_the_orders_say_the_same() {
    let Some(program) = program("the chaos") else { return };
    let number = |name: &str| setting(name).map(|text| text.parse::<u64>().unwrap());
    let orders = u32::try_from(number("CHAOS_ORDERS").unwrap_or(100)).unwrap();
    let seed = number("CHAOS_SEED").unwrap_or_else(fresh_seed);
    note(&format!("the chaos has CHAOS_SEED={seed}"));
    let began = Instant::now();
    let shop = Arc::new(Shop::prepare(&program, seed).await);

    let running = shop.start().await;
    let (running, kills) = everything_at_once(&shop, running, orders).await;
    let bought = began.elapsed();
    let mut running = calm(&shop, running).await;
    let mut owner = Owner::sign_in(&shop).await;
    for _ in 0..3 {
        everything_due(&shop).await;
        make_up_their_minds(&shop).await;
        for _ in 0..orders / 3 {
            owner.takes_an_order().await;
        }
        owner.clears_her_desk().await;
    }
    everything_due(&shop).await;
    running.kill().await.unwrap();
    running = shop.start_ahead(LATER).await;
    terms_pass(&shop).await;
    let tally = Tally::take(&shop).await;
    running.kill().await.unwrap();

    note(&format!("{orders} orders in {} s, {kills} kills, {} s in all", bought.as_secs(), began.elapsed().as_secs()));
    note(&format!("\n{tally}"));
    tally.compare(&shop).await;
    assert_eq!(tally.orders(), i64::from(orders), "each checkout became one order");
    assert!(kills >= 5, "the shop was killed only {kills} times");
}

/// Shoppers, the owner, bad luck and the killer together, until everybody has bought. How often the shop was killed.
async fn everything_at_once(shop: &Arc<Shop>, mut running: Child, orders: u32) -> (Child, u32) {
    let open = Arc::new(AtomicBool::new(true));
    let begun = Arc::new(AtomicU32::new(0));
    let shoppers: Vec<_> = (0..AT_ONCE)
        .map(|lane| {
            let (shop, begun) = (shop.clone(), begun.clone());
            tokio::spawn(async move {
                for number in (lane..orders).step_by(usize::try_from(AT_ONCE).unwrap()) {
                    begun.fetch_add(1, Ordering::Relaxed);
                    buys(&shop, number).await;
                }
            })
        })
        .collect();
    let others = [tokio::spawn(bad_luck(shop.clone(), open.clone())), tokio::spawn(desk(shop.clone(), open.clone()))];
    let mut kills = 0;
    while !shoppers.iter().all(|shopper| shopper.is_finished()) {
        // Counted in orders as well as in time, so that a fast machine is killed as often as a slow one.
        let few = u64::from(begun.load(Ordering::Relaxed)) + 3 + shop.chance.below(10);
        let patience = Instant::now() + shop.chance.milliseconds(300, 2_500);
        while u64::from(begun.load(Ordering::Relaxed)) < few && Instant::now() < patience {
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        tokio::time::sleep(shop.chance.milliseconds(0, 200)).await;
        running.kill().await.unwrap();
        kills += 1;
        running = shop.start().await;
    }
    open.store(false, Ordering::Relaxed);
    for task in shoppers.into_iter().chain(others) {
        task.await.unwrap();
    }
    (running, kills)
}

async fn buys(shop: &Shop, number: u32) {
    let mut her = Shopper::new(shop, number);
    let dress = if shop.chance.percent(75) { DRESSES[0] } else { shop.chance.one_of::<Dress>(&DRESSES) };
    let method = METHODS[usize::try_from(number).unwrap() % METHODS.len()];
    let mut next = her.orders(dress, method).await;
    let mut pages = Vec::new();
    for _ in 0..3 {
        let Some(page) = reach_a_page(shop, &mut her, next).await else { break };
        pages.push(page.clone());
        let is_content = chooses(shop, &mut her, &page).await;
        if is_content && shop.chance.percent(90) {
            break;
        }
        next = pay_again(shop, &mut her).await;
    }
    match shop.chance.below(100) {
        // An old page in another window still takes money.
        0..8 if pages.len() > 1 => pay_at(shop, &mut her, &pages[0], "pay").await,
        8..14 => {
            let order = order_of(shop, &her).await;
            her.send("/api/order/cancel", &[("number", order.as_str())]).await;
        }
        _ => {}
    }
}

/// A page to pay on, with whichever provider gives one. `None` when it is a transfer, or when there is nothing to pay any more.
async fn reach_a_page(shop: &Shop, her: &mut Shopper<'_>, mut next: String) -> Option<String> {
    for _ in 0..30 {
        if her.is_page(&next) {
            return Some(next);
        }
        assert!(Shopper::order_in(&next).is_some(), "sent to {next} instead of an order or a page to pay on");
        let waits: Option<(String,)> = sqlx::query_as(
            "select method from orders where email_folded = $1 and state = 'awaiting_payment' and method <> 'bank_transfer'",
        )
        .bind(her.email())
        .fetch_optional(&shop.rows)
        .await
        .unwrap();
        waits?;
        next = pay_again(shop, her).await;
    }
    None
}

async fn order_of(shop: &Shop, her: &Shopper<'_>) -> String {
    let found: (String,) = sqlx::query_as("select number from orders where email_folded = $1")
        .bind(her.email())
        .fetch_one(&shop.rows)
        .await
        .unwrap();
    found.0
}

async fn pay_again(shop: &Shop, her: &mut Shopper<'_>) -> String {
    let order = order_of(shop, her).await;
    let method = shop.chance.one_of(&METHODS);
    her.send("/api/order/pay", &[("number", order.as_str()), ("method", method)]).await
}

/// What she does on a page. Whether she thinks that she has paid.
async fn chooses(shop: &Shop, her: &mut Shopper<'_>, page: &str) -> bool {
    let pays = shop.chance.percent(65);
    let otherwise: &[&str] = match page {
        klarna if klarna.contains("/klarna/pay/") => {
            &["decline", "back", "cancel", "open", "approve_pending", "approve_rejected", "expire", "error"]
        }
        paypal if paypal.contains("/checkoutnow") => {
            &["cancel", "decline", "pending", "open", "approve", "clear", "expire"]
        }
        _ => &["cancel", "fail", "decline", "abandon", "open", "expire"],
    };
    let press = if pays { "pay" } else { shop.chance.one_of(otherwise) };
    pay_at(shop, her, page, press).await;
    pays
}

async fn pay_at(shop: &Shop, her: &mut Shopper<'_>, page: &str, press: &str) {
    let press = if press == "pay" && page.contains("/klarna/pay/") { "approve" } else { press };
    let landing = her.post(page, &[("outcome", press)]).await;
    // One in three closes the window.
    if let Some(back) = landing.location.filter(|back| back.starts_with(&shop.url))
        && shop.chance.percent(67)
    {
        her.get(&back).await;
    }
}

/// Something goes wrong, again and again. Faults die with the shop, because the outside world of the demo does.
async fn bad_luck(shop: Arc<Shop>, open: Arc<AtomicBool>) {
    while open.load(Ordering::Relaxed) {
        tokio::time::sleep(shop.chance.milliseconds(60, 500)).await;
        let kind = if shop.chance.percent(2) { "slow" } else { shop.chance.one_of(&FAULTS) };
        let mut fault = json!({ "kind": kind, "times": 1 + shop.chance.below(2) });
        let place = shop.chance.one_of(&PLACES);
        if !place.is_empty() && !kind.starts_with("notify") && !kind.starts_with("wrong") && kind != "mail_down" {
            fault["path"] = json!(place);
        }
        shop.happens_outside("faults", &fault).await;
    }
}

async fn desk(shop: Arc<Shop>, open: Arc<AtomicBool>) {
    let mut owner = Owner::sign_in(&shop).await;
    while open.load(Ordering::Relaxed) {
        tokio::time::sleep(shop.chance.milliseconds(20, 200)).await;
        owner.takes_an_order().await;
        if shop.chance.percent(5) {
            owner.clears_her_desk().await;
        }
    }
}

/// The same files, started once more with nothing that goes wrong.
async fn calm(shop: &Shop, mut running: Child) -> Child {
    running.kill().await.unwrap();
    shop.start().await
}

/// Money that was on its way arrives at PayPal or does not; what Klarna wanted to look at, it has looked at.
async fn make_up_their_minds(shop: &Shop) {
    for order in shop.outside("paypal/orders").await.as_array().unwrap() {
        if order["capture"]["status"].as_str().is_some_and(|status| status.eq_ignore_ascii_case("pending")) {
            let outcome = if shop.chance.percent(70) { "clear" } else { "deny" };
            let path = format!("paypal/orders/{}/outcome", order["id"].as_str().unwrap());
            shop.happens_outside(&path, &json!({ "outcome": outcome })).await;
        }
    }
    for order in shop.outside("klarna/orders").await.as_array().unwrap() {
        if order["fraud_status"] == "PENDING" {
            let decision = if shop.chance.percent(70) { "accept" } else { "reject" };
            let path = format!("klarna/orders/{}/decision", order["order_id"].as_str().unwrap());
            shop.happens_outside(&path, &json!({ "decision": decision })).await;
        }
    }
}

/// What was lost on the way is found by asking, which would take its time; here it is time at once.
async fn everything_due(shop: &Shop) {
    sqlx::query(
        "update jobs
         set run_at = 0, tries = 0, locked_until = case when locked_until is null then null else 0 end
         where dead_at is null and kind not in ('housekeeping', 'mail_reminder')",
    )
    .execute(&shop.rows)
    .await
    .unwrap();
    // What is asked again later is planned, not due.
    let due = "select count(*) from jobs where dead_at is null and kind <> 'housekeeping' and (run_at = 0 or locked_until is not null)";
    until_none(shop, due).await;
}

/// Waits as long as there is progress: a slow machine may take its time, a stuck shop may not.
async fn until_none(shop: &Shop, query: &'static str) {
    let mut fewest = i64::MAX;
    let mut patience = Instant::now() + STUCK_AFTER;
    loop {
        let left = shop.count(query).await;
        if left == 0 {
            return;
        }
        if left < fewest {
            fewest = left;
            patience = Instant::now() + STUCK_AFTER;
        }
        assert!(Instant::now() < patience, "{left} are still left of: {query}");
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
}

/// All terms have passed: whatever was not paid lapses, and every question that was planned is asked.
async fn terms_pass(shop: &Shop) {
    for _ in 0..20 {
        // Tidying takes a hundred orders at once, twice a minute.
        sqlx::query("update jobs set run_at = 0 where kind = 'housekeeping' and locked_until is null")
            .execute(&shop.rows)
            .await
            .unwrap();
        until_none(
            shop,
            "select count(*) from jobs where dead_at is null and (run_at < (unixepoch() + 20 * 86400) * 1000000 or locked_until is not null)",
        )
        .await;
        if shop.count("select count(*) from orders where state = 'awaiting_payment'").await == 0 {
            return;
        }
    }
}
