//! All that is held of one person, and taking it away.

use super::base;
use super::given::*;
use shop_core::catalog::Fit;
use shop_core::id::{AddressId, AlertId, CustomerId};
use shop_core::order::{Happening, Order, OrderState};
use shop_core::privacy::Purpose;
use shop_flows::job::Job;
use shop_flows::ports::{Erased, OrderQuery, Person, Session, SignInCode, StockAlert, Store};
use shop_server::store::columns::{Class, Export, Table, tables};
use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{AssertSqlSafe, ConnectOptions, SqliteConnection};
use std::collections::{BTreeMap, BTreeSet};
use std::str::FromStr;
use std::sync::Arc;
use uuid::Uuid;

/// A value that was written.
#[derive(Debug, Clone)]
enum Seed {
    Text(String),
    Number(i64),
    Id(Uuid),
}

/// What stands in every column of a person, by `table.column`.
type Seeds = BTreeMap<String, Seed>;

fn id(of: &str, person: i64) -> Uuid {
    let what = match of {
        "customer_id" => 1,
        "order_id" => 2,
        "cart_id" => 3,
        "letter_id" => 4,
        "subscriber_id" => 5,
        "question_id" => 6,
        "request_id" => 7,
        _ => 8,
    };
    Uuid::from_u64_pair(what, u64::try_from(person).expect("small"))
}

fn address_of(person: i64) -> String {
    format!("persoon-{person}@voorbeeld.nl")
}

fn hash_of(person: i64) -> String {
    format!("kenmerk {person}")
}

fn person(customer: Option<CustomerId>, address: &str, hash: &str) -> Person {
    Person { customer, email: email(address), address_hash: hash.to_owned() }
}

/// The columns that say whose a row is, and what they say.
fn tied(table: &str, column: &str, person: i64) -> Option<Seed> {
    let key = match (table, column) {
        ("customers", "id") => "customer_id",
        ("orders", "id") => "order_id",
        ("carts", "id") => "cart_id",
        ("variants", "id") => "variant_id",
        ("letters", "id") => "letter_id",
        ("newsletter_subscribers", "id") => "subscriber_id",
        ("questions", "id") => "question_id",
        ("requests", "id") => "request_id",
        (_, "customer_id" | "order_id" | "cart_id" | "variant_id") => column,
        (_, "letter_id" | "subscriber_id" | "question_id" | "request_id") => column,
        ("tasks", "kind") => return Some(Seed::Text("withdrawn".to_owned())),
        ("tasks", "detail") => return Some(Seed::Text(format!("AG{person}, Naam {person}, {}", address_of(person)))),
        ("newsletter_suppressed", "address_hash") | ("newsletter_consents", "subject") => {
            return Some(Seed::Text(hash_of(person)));
        }
        ("requests", "contact") | (_, "email_folded" | "email") => return Some(Seed::Text(address_of(person))),
        _ => return None,
    };
    Some(Seed::Id(id(key, person)))
}

async fn seed(connection: &mut SqliteConnection, table: &str, person: i64, next: &mut i64, seeds: &mut Seeds) {
    let columns: Vec<(String, String)> = sqlx::query_as("select name, type from pragma_table_info($1)")
        .bind(table)
        .fetch_all(&mut *connection)
        .await
        .expect("its columns");
    let names: Vec<&str> = columns.iter().map(|(name, _)| name.as_str()).collect();
    let places: Vec<String> = (1..=names.len()).map(|place| format!("${place}")).collect();
    let insert = format!("insert into {table} ({}) values ({})", names.join(", "), places.join(", "));
    let mut query = sqlx::query(AssertSqlSafe(insert));
    for (name, kind) in &columns {
        *next += 1;
        let value = tied(table, name, person).unwrap_or_else(|| match kind.as_str() {
            "INTEGER" => Seed::Number(*next * 1_000_003),
            "BLOB" => Seed::Id(Uuid::from_u64_pair(9, u64::try_from(*next).expect("small"))),
            _ => Seed::Text(format!("{table}.{name} van {person}")),
        });
        seeds.insert(format!("{table}.{name}"), value.clone());
        query = match value {
            Seed::Text(text) => query.bind(text),
            Seed::Number(number) => query.bind(number),
            Seed::Id(id) => query.bind(id),
        };
    }
    query.execute(&mut *connection).await.unwrap_or_else(|error| panic!("{table}: {error}"));
}

fn shown(table: &Table) -> Vec<&'static str> {
    let yes = |class: &Class| match *class {
        Class::Personal { purpose, export, .. } => export == Export::Yes && purpose != Purpose::Team,
        Class::Impersonal(_) => false,
    };
    table.columns.iter().filter(|(_, class)| yes(class)).map(|(column, _)| *column).collect()
}

/// What a person reads of a column.
fn as_read(seeds: &Seeds, table: &str, column: &str) -> String {
    let text = |name: &str| match &seeds[name] {
        Seed::Text(text) => text.clone(),
        Seed::Number(number) => number.to_string(),
        Seed::Id(id) => id.to_string(),
    };
    match column {
        "variant_id" => format!("{}, maat {}", text("variants.sku"), text("variants.size")),
        "letter_id" => text("letters.subject"),
        other => text(&format!("{table}.{other}")),
    }
}

#[tokio::test]
async fn every_column_that_may_be_shown_is_in_what_a_person_gets_and_nothing_of_another_is() {
    let base = base::sqlite().await;
    let options = SqliteConnectOptions::from_str(&base.url).expect("an address").foreign_keys(false);
    let mut connection = options.pragma("ignore_check_constraints", "on").connect().await.expect("the file is there");
    let shown_tables: Vec<Table> = tables().filter(|table| !shown(table).is_empty()).collect();
    let mut all: BTreeSet<&str> = shown_tables.iter().map(|table| table.name).collect();
    // They say which bag is whose, and how a size is called.
    let said_by = ["sessions", "variants", "letters", "newsletter_subscribers", "questions", "requests"];
    all.extend(tables().map(|table| table.name).filter(|name| said_by.contains(name)));
    let (mut next, mut hers, mut others) = (0, Seeds::new(), Seeds::new());
    for table in &all {
        seed(&mut connection, table, 1, &mut next, &mut hers).await;
        seed(&mut connection, table, 2, &mut next, &mut others).await;
    }

    let who = person(Some(CustomerId::new(id("customer_id", 1))), &address_of(1), &hash_of(1));
    let held = base.store.read().await.expect("a door").held(&who).await.expect("readable");

    assert!(shown_tables.len() > 12, "{}", shown_tables.len());
    for table in &shown_tables {
        let part =
            held.iter().find(|held| held.table == table.name).unwrap_or_else(|| panic!("nothing of {}", table.name));
        assert_eq!(part.rows.len(), 1, "{}", table.name);
        let names: Vec<&str> = part.columns.iter().map(|column| column.name).collect();
        assert_eq!(names, shown(table), "{}", table.name);
        for (column, value) in names.iter().zip(&part.rows[0].values) {
            assert_eq!(value.as_deref(), Some(as_read(&hers, table.name, column).as_str()), "{}.{column}", table.name);
        }
        let of_order = table.name == "orders" || table.columns.iter().any(|(column, _)| *column == "order_id");
        let order = of_order.then(|| as_read(&hers, "orders", "number"));
        assert_eq!(part.rows[0].order, order, "{}", table.name);
    }
    let read: BTreeSet<&str> =
        held.iter().flat_map(|held| &held.rows).flat_map(|row| &row.values).flatten().map(String::as_str).collect();
    for table in &shown_tables {
        for column in shown(table) {
            let foreign = as_read(&others, table.name, column);
            assert!(!read.contains(foreign.as_str()), "{}.{column} of somebody else", table.name);
        }
    }
}

#[tokio::test]
async fn an_address_that_only_contains_hers_is_somebody_elses() {
    let base = base::sqlite().await;
    let mut tx = base.store.begin().await.expect("a door");
    for (detail, at_second) in [
        ("AG100001, Eva, eva_b@voorbeeld.nl: alles", 1),
        ("AG100001, Bea, bea.eva_b@voorbeeld.nl", 2),
        ("AG100001, Ev, evaxb@voorbeeld.nl", 3),
        ("AG100001, Ex, eva_b@voorbeeld.nl.example.nl", 4),
    ] {
        tx.add_task("withdrawn", None, detail, at(at_second)).await.expect("written");
    }
    tx.commit().await.expect("written");

    let who = person(None, "Eva_B@voorbeeld.nl", "");
    let held = base.store.read().await.expect("a door").held(&who).await.expect("readable");

    assert_eq!(held.len(), 1);
    let read: Vec<_> = held[0].rows.iter().map(|row| row.values[0].as_deref()).collect();
    assert_eq!(read, [Some("AG100001, Eva, eva_b@voorbeeld.nl: alles")]);
}

pub async fn who_is_erased_is_gone_and_what_she_ordered_is_nobodys(store: Arc<dyn Store>) -> Claim {
    shelf(&*store, 1, 5).await?;
    let delivered = Order { state: OrderState::Delivered { paid_at: at(1), at: at(2) }, ..order(1) };
    placed(&*store, std::slice::from_ref(&delivered)).await?;
    let hers = CustomerId::new(uuid(1));
    let mut tx = store.begin().await?;
    tx.save_customer(&customer(2, "sanne@voorbeeld.nl")).await?;
    let theirs = Order { customer: CustomerId::new(uuid(2)), ..order(2) };
    tx.insert_order(&theirs).await?;
    for (n, whose) in [(1, hers), (2, theirs.customer)] {
        tx.save_address(whose, AddressId::new(uuid(n)), &address("Marieke", "de Vries", "Almelo"), at(0)).await?;
        let session = Session {
            hash: format!("session {n}"),
            cart: None,
            customer: Some(whose),
            staff: None,
            orders: vec![],
            flash: None,
            created_at: at(0),
            seen_at: at(0),
            expires_at: at(900),
        };
        tx.save_session(&session).await?;
    }
    let code = SignInCode { hash: "hash".to_owned(), tries: 0, sent: 1, created_at: at(0), expires_at: at(600) };
    for (n, address) in [(1, "Marieke@voorbeeld.nl"), (2, "sanne@voorbeeld.nl")] {
        tx.save_code(&email(address), "elsewhere", &code).await?;
        let alert = StockAlert {
            id: AlertId::new(uuid(n)),
            variant: variant_id(1, 1),
            email: email(address),
            token_hash: format!("token {n}"),
            asked_at: at(0),
            confirmed_at: None,
            told_at: None,
        };
        tx.save_alert(&alert).await?;
        let job = Job::MailCode { to: email(address), code: "123456".to_owned() };
        tx.enqueue(job_id(n), &job, at(0), None).await?;
    }
    tx.enqueue(job_id(3), &Job::MailShipped { order: delivered.id }, at(0), None).await?;
    tx.save_fit(delivered.id, 0, Fit::Right).await?;
    let shipped =
        Happening { at: at(1), event: "shipped".to_owned(), detail: "3SABCD1".to_owned(), actor: "Ineke".to_owned() };
    tx.record(delivered.id, &shipped).await?;
    tx.commit().await?;
    let who = person(Some(hers), "marieke@voorbeeld.nl", "");

    let mut tx = store.begin().await?;
    let orders = tx.orders_of(hers).await?;
    assert_eq!(orders, std::slice::from_ref(&delivered));
    let forgotten: Vec<Order> = orders.into_iter().map(Order::forgotten).collect();
    tx.erase(&who, &forgotten).await?;
    tx.commit().await?;

    let mut tx = store.begin().await?;
    assert_eq!((tx.customer(hers).await?, tx.addresses(hers).await?.len()), (None, 0));
    assert_eq!(tx.session("session 1", at(1)).await?, None);
    assert_eq!(tx.code(&who.email, "elsewhere").await?, None);
    assert_eq!(tx.alert(AlertId::new(uuid(1))).await?, None);
    assert_eq!(tx.fits(delivered.id).await?, []);
    assert_eq!(tx.happenings(delivered.id).await?, [Happening { detail: String::new(), ..shipped }]);
    assert_eq!(tx.held(&who).await?, []);
    let kept = tx.order(delivered.id).await?.expect("the books keep it");
    let nobody = kept.customer;
    assert_eq!(kept, Order { customer: nobody, version: 2, ..delivered.clone().forgotten() });
    assert!(nobody != hers && kept.is_forgotten());
    for text in ["vries", "almelo", "marieke@"] {
        let found = tx
            .orders(&OrderQuery { text: Some(text.to_owned()), page: 1, per_page: 9, ..OrderQuery::default() })
            .await?;
        let numbers: Vec<_> = found.0.into_iter().map(|order| order.number).collect();
        assert_eq!(numbers, std::slice::from_ref(&theirs.number), "{text}");
    }
    assert_eq!(tx.claim(at(1), at(60)).await?.map(|job| job.id), Some(job_id(2)), "the other one's mail goes");
    assert_eq!(tx.claim(at(1), at(60)).await?, None);
    let other = person(Some(theirs.customer), "sanne@voorbeeld.nl", "");
    let left: Vec<&str> = tx.held(&other).await?.iter().map(|held| held.table).collect();
    for table in ["customers", "addresses", "sessions", "orders", "order_lines", "stock_alerts"] {
        assert!(left.contains(&table), "{table}: {left:?}");
    }
    assert!(tx.code(&other.email, "elsewhere").await?.is_some());
    Ok(())
}

pub async fn that_somebody_was_erased_is_kept_with_the_latest_time(store: Arc<dyn Store>) -> Claim {
    let gone = |hash: &str, second| Erased { email_hash: hash.to_owned(), at: at(second) };
    let mut tx = store.begin().await?;
    tx.save_customer(&customer(1, "Marieke@voorbeeld.nl")).await?;
    for erased in [gone("one", 5), gone("two", 1), gone("one", 3), gone("two", 2)] {
        tx.save_erased(&erased).await?;
    }

    assert_eq!(tx.erased().await?, [gone("one", 5), gone("two", 2)]);
    assert_eq!(tx.known_addresses().await?, [("marieke@voorbeeld.nl".to_owned(), at(0))]);
    Ok(())
}
