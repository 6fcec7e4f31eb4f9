//! What happened, per way to pay, and whether everybody says the same about it: the providers, the books, and the orders.

use crate::goods::{DRESSES, SHELF};
use crate::program::Shop;
use secrecy::SecretString;
use serde_json::Value;
use shop_core::payment::InvoiceLimits;
use shop_core::shipping::ShippingRules;
use shop_core::shop::Identity;
use shop_flows::catalogue::LiveCatalogue;
use shop_flows::{Bank, Ports, Settings};
use shop_server::clock::SystemClock;
use shop_server::guard::LocalGuard;
use shop_server::randomness::OsRandom;
use shop_server::register::NoRegister;
use shop_server::secrets::KeyedSecrets;
use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

const TRANSFER: &str = "bank_transfer";

/// Cents by the name of what they are about.
type Sums = BTreeMap<String, i64>;

/// A number of a row.
type Column = fn(&mut Row) -> &mut i64;

/// What happened with one way to pay.
#[derive(Debug, Default)]
struct Row {
    ordered: i64,
    attempts: i64,
    paid: i64,
    declined: i64,
    shipped: i64,
    late: i64,
    refunded: i64,
    provider: i64,
    books: i64,
}

/// All of it.
#[derive(Debug, Default)]
pub struct Tally {
    rows: BTreeMap<String, Row>,
    /// By the reference of a try; by the number of the order at Klarna, whose sums are per order.
    received: (Sums, Sums),
    paid_back: (Sums, Sums),
    promised: (i64, i64),
}

impl fmt::Display for Tally {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let heads = ["ordered", "tries", "paid", "declined", "shipped", "late", "refunds", "provider", "books"];
        write!(out, "{:<14}", "method")?;
        heads.iter().try_for_each(|head| write!(out, "{head:>10}"))?;
        for (method, row) in &self.rows {
            let counts = [row.ordered, row.attempts, row.paid, row.declined, row.shipped, row.late, row.refunded];
            write!(out, "\n{method:<14}")?;
            counts.iter().try_for_each(|count| write!(out, "{count:>10}"))?;
            // Nobody but the owner holds what was transferred.
            let provider = if method == TRANSFER { "-".to_owned() } else { euros(row.provider) };
            write!(out, "{provider:>10}{:>10}", euros(row.books))?;
        }
        Ok(())
    }
}

impl Tally {
    /// Reads the providers and the file.
    pub async fn take(shop: &Shop) -> Self {
        let mut tally = Self::default();
        tally.ask_the_providers(shop).await;
        tally.read_the_books(shop).await;
        tally.fill_rows(shop).await;
        tally.count_the_bank(shop).await;
        tally
    }

    pub fn orders(&self) -> i64 {
        self.rows.values().map(|row| row.ordered).sum()
    }

    async fn ask_the_providers(&mut self, shop: &Shop) {
        let cents = |order: &Value, name: &str| order[name].as_i64().unwrap();
        for (path, key) in [("totals", "merchantOrderId"), ("paypal/totals", "invoiceId")] {
            for order in shop.outside(path).await["orders"].as_array().unwrap() {
                let name = order[key].as_str().unwrap();
                note(&mut self.received.0, name, cents(order, "completed"));
                note(&mut self.paid_back.0, name, cents(order, "refunded"));
            }
        }
        for order in shop.outside("klarna/totals").await.as_array().unwrap() {
            let name = order["merchantReference"].as_str().unwrap();
            note(&mut self.received.0, name, cents(order, "captured"));
            note(&mut self.paid_back.0, name, cents(order, "refunded"));
        }
        // The authority of Klarna ends after 28 days, so what is promised still stands there.
        for order in shop.outside("klarna/orders").await.as_array().unwrap() {
            self.promised.0 += cents(order, "remaining_authorized_amount");
        }
    }

    async fn read_the_books(&mut self, shop: &Shop) {
        let name = "case attempts.method when 'klarna' then orders.number else attempts.reference end";
        let received = format!(
            "select {name}, ledger.amount_cents
             from ledger
             join attempts on attempts.id = ledger.about_id
             join orders on orders.id = attempts.order_id
             where ledger.what in ('received', 'promise_taken') and ledger.to_account <> 'bank'"
        );
        let paid_back = format!(
            "select {name}, ledger.amount_cents
             from ledger
             join refunds on refunds.id = ledger.about_id
             join attempts on attempts.id = refunds.attempt_id
             join orders on orders.id = attempts.order_id
             where ledger.what = 'paid_back' and ledger.from_account <> 'bank'"
        );
        for (query, sums) in [(received, &mut self.received.1), (paid_back, &mut self.paid_back.1)] {
            let rows: Vec<(String, i64)> =
                sqlx::query_as(sqlx::AssertSqlSafe(query)).fetch_all(&shop.rows).await.unwrap();
            rows.into_iter().for_each(|(name, cents)| note(sums, &name, cents));
        }
        self.promised.1 = shop
            .count(
                "select coalesce(sum(case 'promised' when to_account then amount_cents when from_account then -amount_cents else 0 end), 0)
                 from ledger",
            )
            .await;
    }

    async fn fill_rows(&mut self, shop: &Shop) {
        let queries: [(&str, Column); 7] = [
            ("select method, count(*) from orders where state = 'shipped' group by 1", |row| &mut row.shipped),
            (
                "select first.method, count(*) from orders join attempts first on first.order_id = orders.id and first.ordinal = 1 group by 1",
                |row| &mut row.ordered,
            ),
            ("select method, count(*) from attempts group by 1", |row| &mut row.attempts),
            ("select method, count(*) from attempts where state = 'paid' group by 1", |row| &mut row.paid),
            ("select method, count(*) from attempts where state = 'failed' group by 1", |row| &mut row.declined),
            (
                "select attempts.method, count(*) from tasks
                 join attempts on attempts.order_id = tasks.order_id and substr(tasks.detail, 1, length(attempts.reference) + 1) = attempts.reference || ' '
                 where tasks.kind in ('paid_twice', 'paid_after_end') group by 1",
                |row| &mut row.late,
            ),
            (
                "select attempts.method, count(*) from refunds join attempts on attempts.id = refunds.attempt_id where refunds.state = 'done' group by 1",
                |row| &mut row.refunded,
            ),
        ];
        for (query, column) in queries {
            let found: Vec<(String, i64)> = sqlx::query_as(query).fetch_all(&shop.rows).await.unwrap();
            for (method, count) in found {
                *column(self.rows.entry(method).or_default()) += count;
            }
        }
        let methods: Vec<(String, String, String)> = sqlx::query_as(
            "select attempts.reference, orders.number, attempts.method from attempts join orders on orders.id = attempts.order_id",
        )
        .fetch_all(&shop.rows)
        .await
        .unwrap();
        let of: BTreeMap<String, String> = methods
            .into_iter()
            .map(|(reference, number, method)| (if method == "klarna" { number } else { reference }, method))
            .collect();
        let sides: [(&Sums, &Sums, Column); 2] = [
            (&self.received.0, &self.paid_back.0, |row| &mut row.provider),
            (&self.received.1, &self.paid_back.1, |row| &mut row.books),
        ];
        for (received, paid_back, column) in sides {
            let received = received.iter().map(|(name, cents)| (name, *cents));
            for (name, cents) in received.chain(paid_back.iter().map(|(name, cents)| (name, -cents))) {
                let method = of.get(name).map_or("of nobody", String::as_str).to_owned();
                *column(self.rows.entry(method).or_default()) += cents;
            }
        }
    }

    /// What the owner has on her account, which no provider tells about.
    async fn count_the_bank(&mut self, shop: &Shop) {
        let bank = "select coalesce(sum(case 'bank' when to_account then amount_cents when from_account then -amount_cents else 0 end), 0)
                    from ledger";
        self.rows.entry(TRANSFER.to_owned()).or_default().books = shop.count(bank).await;
    }

    /// Everybody says the same, and nothing is stuck.
    pub async fn compare(&self, shop: &Shop) {
        assert_eq!(difference(&self.received), [], "received: provider, books");
        assert_eq!(difference(&self.paid_back), [], "paid back: provider, books");
        assert_eq!(self.promised.0, self.promised.1, "promised: provider, books");
        let stuck: Vec<(String,)> = sqlx::query_as(
            "select reference || ' ' || method || ' ' || state || case when provider_id is null then ', never announced' else '' end
             from attempts
             where state in ('created', 'open')
             order by reference",
        )
        .fetch_all(&shop.rows)
        .await
        .unwrap();
        assert_eq!(stuck, [], "stuck tries");
        let nothing = [
            ("unpaid orders after all terms", "select count(*) from orders where state = 'awaiting_payment'"),
            ("refunds on their way", "select count(*) from refunds where state in ('wanted', 'sent')"),
            ("jobs that were given up", "select count(*) from jobs where dead_at is not null"),
            ("pieces held for orders", "select count(*) from reservations where order_id is not null"),
            (
                "refunds that nobody knows about",
                "select count(*) from tasks where kind = 'refund_unknown' and closed_at is null",
            ),
        ];
        for (what, query) in nothing {
            assert_eq!(shop.count(query).await, 0, "{what}");
        }
        let sold = shop.count("select coalesce(sum(pieces), 0) from orders where state in ('paid', 'shipped')").await;
        let shelf = i64::from(SHELF) * i64::try_from(DRESSES.len()).unwrap();
        assert_eq!(shelf - shop.count("select sum(on_hand) from variants").await, sold, "what the shelf lost");
        let report = books(shop).await;
        assert!(report.is_right(), "{:?}", report.differences);
    }
}

fn euros(cents: i64) -> String {
    format!("{}.{:02}", cents / 100, cents % 100)
}

fn note(sums: &mut Sums, name: &str, cents: i64) {
    if cents != 0 {
        *sums.entry(name.to_owned()).or_default() += cents;
    }
}

/// Where two sums are not the same, with both.
fn difference((theirs, ours): &(Sums, Sums)) -> Vec<(String, i64, i64)> {
    let names: std::collections::BTreeSet<&String> = theirs.keys().chain(ours.keys()).collect();
    let pairs = names.into_iter().map(|name| {
        (name.clone(), theirs.get(name).copied().unwrap_or_default(), ours.get(name).copied().unwrap_or_default())
    });
    pairs.filter(|(_, theirs, ours)| theirs != ours).collect()
}

/// What `allgems check` says about every order.
async fn books(shop: &Shop) -> shop_flows::books::BooksReport {
    let secret = SecretString::from("a secret that opens nothing, for reading only");
    let store = shop_server::store::open(&shop.database()).await.unwrap();
    let reader = shop_flows::Shop::new(Ports {
        store,
        clock: Arc::new(SystemClock::new()),
        random: Arc::new(OsRandom),
        secrets: Arc::new(KeyedSecrets::new(&secret)),
        guard: Arc::new(LocalGuard::new(&secret, Arc::new(OsRandom), "All Gems").unwrap()),
        providers: Vec::new(),
        register: Arc::new(NoRegister),
        settings: Settings {
            identity: Identity::default(),
            shipping: ShippingRules::default(),
            bank: Bank { holder: "All Gems".to_owned(), iban: "NL20INGB0001234567".to_owned() },
            transfer_days: 7,
            invoice: InvoiceLimits::default(),
            invoice_days: 14,
            own_invoice: shop_core::payment::OwnInvoice::default(),
            public_url: shop.url.clone(),
            terms_version: "2026-11-22".to_owned(),
            privacy_version: "2026-11-22".to_owned(),
            letters_per_minute: 60,
            demo: true,
        },
        catalogue: LiveCatalogue::default(),
    });
    reader.check_books().await.unwrap()
}
