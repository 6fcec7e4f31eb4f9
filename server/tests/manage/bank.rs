//! Bank statements on the owner's desk: what is exact is booked once, all else is said and becomes a task, and no payer is kept.

use super::given::{attempt, order, placed, shelf};
use super::support::Office;
use http::StatusCode;
use shop_core::money::Money;
use shop_core::order::Order;
use shop_core::payment::{Attempt, AttemptState, CreditorReference, Method};
use shop_core::time::Day;
use shop_statement::testing::{BankDay, Entry, Format, Transfer};
use std::sync::{Arc, Mutex};
use tracing::field::{Field, Visit};
use tracing::{Event, Instrument, Subscriber};
use tracing_subscriber::Layer;
use tracing_subscriber::layer::{Context, SubscriberExt};
use tracing_subscriber::registry::LookupSpan;
use tracing_subscriber::util::SubscriberInitExt;

const ACCOUNT: &str = "NL20INGB0001234567";
const PAYER: &str = "Hr P. Vreemdeling";

/// An order that waits for its transfer.
async fn waits(office: &Office, n: u128) -> Order {
    let order = Order { method: Method::BankTransfer, ..order(n) };
    placed(&*office.store, std::slice::from_ref(&order)).await.expect("an order");
    let attempt = Attempt { method: Method::BankTransfer, state: AttemptState::Open, ..attempt(n, &order, 1) };
    office.save_attempt(&attempt).await;
    order
}

fn reference(order: &Order) -> CreditorReference {
    CreditorReference::of(order.number.as_str()).expect("a reference")
}

/// The file of a day on which this came in.
fn statement(account: &str, transfers: &[Transfer], format: Format) -> String {
    let day = BankDay {
        account: account.to_owned(),
        day: Day::parse("2026-11-25").expect("a day"),
        opening: Money::cents(100_000),
        entries: transfers.iter().cloned().map(Entry::Single).collect(),
    };
    day.write(format)
}

async fn tasks(office: &Office) -> Vec<(String, String)> {
    let tasks = office.store.read().await.expect("a door").tasks().await.expect("read");
    tasks.into_iter().map(|task| (task.kind, task.detail)).collect()
}

#[tokio::test]
async fn a_transfer_with_its_reference_is_booked_once_from_whatever_file_it_comes() {
    let office = Office::open().await;
    shelf(&*office.store, 1, 9).await.expect("a shelf");
    let order = waits(&office, 1).await;
    let paid = Transfer::with_reference(order.totals.total, &reference(&order), PAYER);
    let mut anna = office.member().await;

    let first = anna
        .upload("/beheer/bank", "afschrift", &statement(ACCOUNT, std::slice::from_ref(&paid), Format::Camt02))
        .await;
    let again = anna.upload("/beheer/bank", "afschrift", &statement(ACCOUNT, &[paid], Format::Camt08)).await;

    assert_eq!((first.status, again.status), (StatusCode::OK, StatusCode::OK));
    assert!(
        first.body.contains("1 nieuwe boeking, 1 geboekt als betaling, 0 om zelf naar te kijken"),
        "{}",
        first.body
    );
    assert!(again.body.contains("0 nieuwe boekingen, 0 geboekt als betaling"), "{}", again.body);
    assert_eq!(office.order("AG100001").await.state.name(), "paid");
    assert_eq!(tasks(&office).await, []);
}

#[tokio::test]
async fn what_is_not_exact_is_a_task_and_the_rest_of_a_payment_completes_it() {
    let office = Office::open().await;
    shelf(&*office.store, 1, 9).await.expect("a shelf");
    let order = waits(&office, 1).await;
    let total = order.totals.total;
    let part = Money::cents(2000);
    let rest = total.minus(part).expect("more than that");
    let pays = |amount: Money| Transfer::with_text(amount, "bestelling AG100001", PAYER);
    let mut anna = office.member().await;

    let unknown = Transfer::with_text(Money::cents(777), "voor de koffie", PAYER);
    let file = statement(ACCOUNT, &[pays(part), unknown], Format::Camt02);
    anna.upload("/beheer/bank", "afschrift", &file).await;

    assert_eq!(office.order("AG100001").await.state.name(), "awaiting_payment");
    let kinds: Vec<String> = tasks(&office).await.into_iter().map(|(kind, _)| kind).collect();
    assert_eq!(kinds, ["bank_partial", "bank_unknown"]);

    let both = statement(ACCOUNT, &[pays(part), pays(rest)], Format::Camt02);
    let page = anna.upload("/beheer/bank", "afschrift", &both).await.body;

    assert!(page.contains("1 geboekt als betaling"), "{page}");
    assert_eq!(office.order("AG100001").await.state.name(), "paid");
}

/// Statements that were sent to the database inside of a span named `counted`.
#[derive(Clone, Default)]
struct Statements(Arc<Mutex<Vec<String>>>);

impl<S: Subscriber + for<'s> LookupSpan<'s>> Layer<S> for Statements {
    fn on_event(&self, event: &Event<'_>, context: Context<'_, S>) {
        let inside = |mut scope: tracing_subscriber::registry::Scope<'_, S>| scope.any(|span| span.name() == "counted");
        if event.metadata().target() == "sqlx::query" && context.event_scope(event).is_some_and(inside) {
            let mut words = Words(String::new());
            event.record(&mut words);
            self.0.lock().expect("no panic").push(words.0);
        }
    }
}

/// All that an event says.
struct Words(String);

impl Visit for Words {
    fn record_debug(&mut self, _: &Field, value: &dyn std::fmt::Debug) {
        self.0.push_str(&format!("{value:?} "));
    }
}

#[tokio::test]
async fn the_transfers_are_read_once_for_a_file_and_not_for_what_was_read_before() {
    let statements = Statements::default();
    // Other tests of this program run outside of the span.
    tracing_subscriber::registry().with(statements.clone()).init();
    let office = Office::open().await;
    shelf(&*office.store, 1, 9).await.expect("a shelf");
    let mut sent = Vec::new();
    for n in 1..=3 {
        let order = waits(&office, n).await;
        sent.push(Transfer::with_reference(order.totals.total, &reference(&order), PAYER));
    }
    let file = statement(ACCOUNT, &sent, Format::Camt02);
    let mut anna = office.member().await;
    let all_transfers = async |anna: &mut super::support::Browser| {
        statements.0.lock().expect("no panic").clear();
        anna.upload("/beheer/bank", "afschrift", &file).instrument(tracing::info_span!("counted")).await;
        let said = statements.0.lock().expect("no panic").clone();
        assert!(said.iter().any(|words| words.contains("bank_bookings")), "the statements are seen: {said:?}");
        said.iter().filter(|words| words.contains("attempts.method in ('bank_transfer', 'invoice')")).count()
    };

    let (first, again) = (all_transfers(&mut anna).await, all_transfers(&mut anna).await);

    assert_eq!((first, again), (1, 0));
    for number in ["AG100001", "AG100002", "AG100003"] {
        assert_eq!(office.order(number).await.state.name(), "paid", "{number}");
    }
}

#[tokio::test]
async fn nothing_of_a_payer_is_kept() {
    let office = Office::open().await;
    shelf(&*office.store, 1, 9).await.expect("a shelf");
    let order = waits(&office, 1).await;
    let mut anna = office.member().await;
    let sent = [
        Transfer::with_text(order.totals.total, "AG100001 groeten van Fientje", PAYER),
        Transfer::with_text(Money::cents(4321), "verjaardag Fientje", PAYER),
    ];

    let page = anna.upload("/beheer/bank", "afschrift", &statement(ACCOUNT, &sent, Format::IngMt940)).await.body;

    let kept = format!("{:?} {page}", tasks(&office).await);
    for secret in ["Fientje", "Vreemdeling", "NL44RABO0123456789"] {
        assert!(!kept.contains(secret), "{secret}");
    }
}

#[tokio::test]
async fn a_wrong_file_is_refused_with_the_reason_and_changes_nothing() {
    let office = Office::open().await;
    shelf(&*office.store, 1, 9).await.expect("a shelf");
    let order = waits(&office, 1).await;
    let paid = Transfer::with_reference(order.totals.total, &reference(&order), PAYER);
    let foreign = statement("NL91ABNA0417164300", &[paid], Format::Camt02);
    let mut anna = office.member().await;

    for (file, why) in [
        (foreign.as_str(), "van een andere rekening"),
        ("", "Dit bestand is leeg."),
        ("Datum;Naam;Bedrag\n25-11-2026;Anna;49,90\n", "CAMT.053"),
    ] {
        let answer = anna.upload("/beheer/bank", "afschrift", file).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{why}");
        assert!(answer.body.contains(why), "{why}: {}", answer.body);
    }
    let without = anna.upload("/beheer/bank", "iets-anders", "x").await;
    assert!(without.body.contains("Kies eerst een bestand."), "{}", without.body);
    assert_eq!((office.order("AG100001").await.state.name(), tasks(&office).await), ("awaiting_payment", vec![]));
}
