//! Test R (legal.md 2.10): eleven years go over a shop that has a row in every table that holds something of a person. After each period only
//! what may be kept is there, and the log knows numbers only.

use super::support::TestShop;
use shop_core::payment::Method;
use shop_core::privacy::Retention;
use shop_core::time::Day;
use shop_sandbox::Outcome;
use shop_server::store::columns::{Class, tables};

fn day(text: &str) -> Day {
    Day::parse(text).unwrap()
}

/// Rows that no flow of the order left. All of Tuesday 24 November 2026.
const SEEDS: [&str; 35] = [
    "update variants set held = held + 1",
    "insert into customers (id, email, email_folded, given_name, family_name, phone, created_at, verified_at, mailbox)
     values (x'0000000000000000000000000000000a', 'eva@voorbeeld.nl', 'eva@voorbeeld.nl', 'Eva', 'Bakker', null, 1795547640000000, null, 'eva@voorbeeld.nl')",
    "insert into addresses (id, customer_id, ordinal, body, saved_at)
     select x'0000000000000000000000000000000b', customer_id, 1, '{}', 1795547640000000 from orders",
    "insert into sign_in_codes (email_folded, session_hash, hash, tries, sent, created_at, expires_at, mailbox)
     values ('eva@voorbeeld.nl', 'h', 'h', 0, 1, 1795547640000000, 1795547700000000, 'eva@voorbeeld.nl')",
    "insert into sessions (hash, orders, created_at, seen_at, expires_at) values ('h', '[]', 1795547640000000, 1795547640000000, 1800731640000000)",
    "insert into carts (id, touched_at) values (x'0000000000000000000000000000000c', 1795547640000000)",
    "insert into cart_lines (cart_id, position, variant_id, quantity, seen_price_cents) select x'0000000000000000000000000000000c', 1, id, 1, 4495 from variants",
    "insert into checkout_drafts (cart_id, body, saved_at) values (x'0000000000000000000000000000000c', '{}', 1795547640000000)",
    "insert into stock_alerts (id, variant_id, email, email_folded, token_hash, asked_at, confirmed_at, mailbox)
     select x'0000000000000000000000000000000d', id, 'eva@voorbeeld.nl', 'eva@voorbeeld.nl', 'h', 1795547640000000, 1795547640000000, 'eva@voorbeeld.nl' from variants",
    "insert into reservations (id, variant_id, quantity, cart_id, until_at, extended) select x'0000000000000000000000000000000e', id, 1, x'0000000000000000000000000000000c', 1795547640000000, 0 from variants",
    "insert into staff (id, email, email_folded, name, totp_last_step, created_at)
     values (x'0000000000000000000000000000000f', 'anna@voorbeeld.nl', 'anna@voorbeeld.nl', 'Anna', 0, 1795547640000000)",
    "insert into staff_links (hash, staff_id, expires_at) values ('h', x'0000000000000000000000000000000f', 1795547640000000)",
    "insert into audit (at, actor, action, subject, detail) values (1795547640000000, 'Anna', 'stock.count', 'jurk', '')",
    "insert into tasks (at, kind, detail, closed_at, closed_by) values (1795547640000000, 'difference', '', 1795547640000000, 'Anna')",
    "insert into discounts (code, kind, value, from_at, uses, note, made_at) values ('LENTE', 'amount', 500, 0, 1, '', 0)",
    "insert into discount_uses (order_id, reason, code, at) select id, 'taken', 'LENTE', placed_at from orders",
    "insert into refunds (id, order_id, attempt_id, amount_cents, state, state_json, created_at, version, body)
     select x'00000000000000000000000000000010', order_id, id, 100, 'done', '{}', 1795547640000000, 1, '{}' from attempts",
    "insert into bank_bookings (id, order_id, day, amount_cents, verdict, at) select 'one', id, 20781, 100, 'exact', placed_at from orders",
    "insert into bank_bookings (id, day, amount_cents, verdict, at) values ('other', 20781, 100, 'unknown', 1795547640000000)",
    "insert into fit_votes (order_id, position, fit) select order_id, position, 'right' from order_lines",
    "insert into consent_events (purpose, action, at, text_id, text_version, text_hash, language, channel, proof)
     values ('statistics', 'refused', 1795547640000000, 'statistics', 1, '', 'nl', 'page', null)",
    "insert into consent_events (purpose, action, at, text_id, text_version, text_hash, language, channel, proof)
     values ('statistics', 'given', 1795547640000000, 'statistics', 1, '', 'nl', 'page', 'proof')",
    "insert into newsletter_sign_ups (id, email, email_folded, mailbox, first_name, channel, text_id, text_version, token_hash, asked_at)
     values (x'00000000000000000000000000000015', 'eva@voorbeeld.nl', 'eva@voorbeeld.nl', 'eva@voorbeeld.nl', 'Eva', 'site', 'newsletter', 1, 'h', 1795547640000000)",
    "insert into newsletter_subscribers (id, email, email_folded, first_name, since)
     values (x'00000000000000000000000000000016', 'lezer@voorbeeld.nl', 'lezer@voorbeeld.nl', 'Lotte', 1795547640000000)",
    "insert into newsletter_suppressed (address_hash, since) values ('left', 1795547640000000)",
    "insert into newsletter_consents (id, subject, action, at, text_id, text_version, text_hash, channel)
     values (x'00000000000000000000000000000017', 'left', 'given', 1795547640000000, 'newsletter', 1, '', 'site'),
            (x'00000000000000000000000000000018', 'left', 'withdrawn', 1795547640000001, 'newsletter', 1, '', 'site'),
            (x'00000000000000000000000000000019', 'reads', 'confirmed', 1795547640000000, 'newsletter', 1, '', 'site')",
    "insert into letters (id, subject, text, state, state_at, made_at, version)
     values (x'0000000000000000000000000000001a', 'Herfst', '', 'sent', 1795547640000000, 1795547640000000, 1)",
    "insert into letter_deliveries (letter_id, subscriber_id, state, at)
     values (x'0000000000000000000000000000001a', x'00000000000000000000000000000016', 'sent', 1795547640000000)",
    "insert into erasures (email_hash, at) values ('erased', 1795547640000000)",
    "insert into questions (id, name, email, mailbox, asked_at, closed_at, version)
     values (x'00000000000000000000000000000011', 'Eva', 'eva@voorbeeld.nl', 'eva@voorbeeld.nl', 1795547640000000, 1795547640000000, 1),
            (x'00000000000000000000000000000012', 'Eva', 'eva@voorbeeld.nl', 'eva@voorbeeld.nl', 1795547640000000, null, 1)",
    "insert into question_messages (question_id, at, is_answer, actor, body) select id, 1795547640000000, 0, '', 'Past dit?' from questions",
    "insert into requests (id, kind, channel, name, contact, about, received, closed_at, version)
     values (x'00000000000000000000000000000013', 'access', 'mail', 'Eva', 'eva@voorbeeld.nl', '', 20781, 1795547640000000, 1)",
    "insert into request_events (request_id, at, actor, what) values (x'00000000000000000000000000000013', 1795547640000000, 'Anna', 'entered')",
    "insert into breaches (id, aware_at, facts, effects, measures, reason, closed_at, version)
     values (x'00000000000000000000000000000014', 1795547640000000, 'Een mail ging naar een verkeerd adres.', '', '', '', 1795547640000000, 1)",
    "insert into breach_events (breach_id, at, actor, what) values (x'00000000000000000000000000000014', 1795547640000000, 'Anna', 'entered')",
];

/// Tables with a column that says something of a person, the work table of a batch aside.
fn personal_tables() -> Vec<&'static str> {
    let is_personal = |class: &Class| matches!(class, Class::Personal { .. });
    tables()
        .filter(|table| table.columns.iter().any(|(_, class)| is_personal(class)) && table.name != "forgetting")
        .map(|table| table.name)
        .collect()
}

/// Every thirtieth night from one day to the next, and that last one.
async fn nights_until(at: &TestShop, last: &str) {
    let (mut today, last) = (at.shop.clock.day(at.shop.clock.now()), day(last));
    while today.number() < last.number() {
        today = Day::from_number((today.number() + 30).min(last.number()));
        at.night_of(today).await;
        at.shop.forget_night().await.unwrap();
    }
}

async fn rows_of(at: &TestShop, names: &[&str]) -> Vec<i64> {
    let mut rows = Vec::new();
    for name in names {
        rows.push(at.count(name).await);
    }
    rows
}

const OF_THE_ORDER: [&str; 13] = [
    "orders",
    "order_lines",
    "order_events",
    "attempts",
    "refunds",
    "ledger",
    "stock_movements",
    "discount_uses",
    "fit_votes",
    "disclosures",
    "bank_bookings",
    "customers",
    "questions",
];

#[tokio::test(flavor = "multi_thread")]
async fn eleven_years_leave_only_what_may_be_kept() {
    let at = TestShop::open().await;
    let dress = at.dress(1, 5).await;
    let number = at.browser().buy(dress, Method::Ideal).await;
    at.at_the_provider(&format!("{number}P1"), Outcome::Pay).await;
    for seed in SEEDS {
        at.write(seed).await.unwrap_or_else(|error| panic!("{seed}: {error}"));
    }
    for table in personal_tables() {
        assert!(at.count(table).await > 0 || table == "jobs", "nothing to forget in {table}");
    }

    // Sixty days for browsers and bags, half a year for a wish: the housekeeping of every half minute.
    nights_until(&at, "2027-06-30").await;
    at.shop.housekeeping().await.unwrap();
    let brief = [
        "sessions",
        "carts",
        "cart_lines",
        "checkout_drafts",
        "sign_in_codes",
        "stock_alerts",
        "reservations",
        "newsletter_sign_ups",
    ];
    assert_eq!(rows_of(&at, &brief).await, [0; 8]);

    // Twelve months for the trail; who counted the shelf goes, the count stays.
    nights_until(&at, "2027-11-24").await;
    let trail = ["audit", "tasks where closed_at is not null", "stock_counts where actor <> ''"];
    let before = rows_of(&at, &trail).await;
    assert!(before.iter().all(|rows| *rows > 0), "{before:?}");
    nights_until(&at, "2027-11-25").await;
    assert_eq!(rows_of(&at, &trail).await, [0, 0, 0]);
    assert_eq!(at.count("stock_counts").await, before[2], "what was counted stays");
    let trail_rows: i64 = before.iter().sum();
    assert!(!at.everything().await.iter().any(|row| row.starts_with("stock_counts") && row.contains("Ineke")));

    // Twenty-four months for an account, with a mail thirty days before; the one with an order is emptied, because the order names its row.
    nights_until(&at, "2028-10-25").await;
    at.run_jobs().await;
    assert!(!at.subjects("eva@voorbeeld.nl").iter().any(|subject| subject.contains("verdwijnt")));
    nights_until(&at, "2028-10-26").await;
    at.run_jobs().await;
    for address in ["eva@voorbeeld.nl", "marieke@voorbeeld.nl"] {
        let subjects = at.subjects(address);
        assert_eq!(subjects.last().unwrap(), "Je account verdwijnt op 25 november 2028", "{subjects:?}");
    }
    nights_until(&at, "2028-11-24").await;
    assert_eq!(rows_of(&at, &["customers", "questions", "question_messages"]).await, [2, 2, 2]);
    let addresses = at.count("addresses").await;
    assert!(addresses > 0);
    nights_until(&at, "2028-11-25").await;
    assert_eq!(rows_of(&at, &["customers", "addresses", "questions", "question_messages"]).await, [1, 0, 1, 1]);
    let accounts = at.everything().await;
    let emptied: Vec<&String> = accounts.iter().filter(|row| row.starts_with("customers: ")).collect();
    assert!(emptied.iter().all(|row| row.contains("@gewist.invalid") && !row.contains("arieke")), "{emptied:?}");
    assert_eq!(at.order(&number).await.address.name.given, "Marieke", "the order stays as it was agreed");

    // Five years for requests, breaches and proof; a yes holds as long as its cookie before they begin.
    nights_until(&at, "2031-11-24").await;
    let proof = ["requests", "breaches", "consent_events", "erasures", "newsletter_suppressed", "newsletter_consents"];
    assert_eq!(rows_of(&at, &proof).await, [1, 1, 2, 1, 1, 3]);
    assert!(at.write("delete from newsletter_consents").await.is_err(), "the proof is closed to everybody else");
    nights_until(&at, "2031-11-25").await;
    let desk = ["requests", "request_events", "breaches", "breach_events", "consent_events"];
    assert_eq!(rows_of(&at, &desk).await, [0, 0, 0, 0, 1]);
    // What proves the yes of who still reads it stays as long as she does.
    assert_eq!(rows_of(&at, &proof[3..]).await, [0, 0, 1]);
    assert_eq!(at.count("newsletter_consents where subject = 'reads'").await, 1);
    nights_until(&at, "2032-05-31").await;
    assert_eq!(at.count("consent_events").await, 0);

    // Seven years after the year of the books, to the day, with all that hangs on the order. A question that nobody closed stays.
    nights_until(&at, "2033-12-31").await;
    let kept = rows_of(&at, &OF_THE_ORDER).await;
    assert!(kept.iter().all(|rows| *rows > 0), "{kept:?}");
    assert!(at.write("delete from ledger").await.is_err(), "the books are closed to everybody else");
    nights_until(&at, "2034-01-01").await;
    assert_eq!(rows_of(&at, &OF_THE_ORDER).await, [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1]);

    nights_until(&at, "2037-11-24").await;
    let mut left = Vec::new();
    for table in personal_tables() {
        if at.count(table).await > 0 {
            left.push(table);
        }
    }
    // What is still to be done, who works there, what was counted, what nobody closed, and who still reads the newsletter.
    let allowed = [
        "stock_counts",
        "tasks",
        "jobs",
        "staff",
        "staff_links",
        "questions",
        "question_messages",
        "newsletter_subscribers",
        "newsletter_consents",
        "letter_deliveries",
    ];
    assert!(left.iter().all(|table| allowed.contains(table)), "{left:?}");

    // The log: a day, a period, a number.
    let log = at.shop.store.read().await.unwrap().forgotten(day("2026-01-01")).await.unwrap();
    let of = |when: &str, retention| {
        log.iter().find(|line| line.0 == day(when) && line.1 == retention).map(|line| i64::from(line.2))
    };
    assert_eq!(of("2027-11-25", Retention::Audit), Some(trail_rows));
    assert_eq!(of("2028-11-25", Retention::Account), Some(2 + addresses));
    assert_eq!(of("2028-11-25", Retention::Message), Some(1));
    assert_eq!(of("2031-11-25", Retention::Request), Some(3));
    let with_the_order = (of("2034-01-01", Retention::Account), of("2034-01-01", Retention::Disclosures));
    assert_eq!(with_the_order, (Some(1), Some(kept[9])));
    assert!(!at.everything().await.iter().any(|row| row.starts_with("forgotten: ") && row.contains('@')));
}

#[tokio::test(flavor = "multi_thread")]
async fn who_signs_in_after_the_warning_keeps_her_account() {
    let at = TestShop::open().await;
    at.browser().sign_in("eva@voorbeeld.nl").await;
    nights_until(&at, "2028-10-26").await;
    at.run_jobs().await;
    assert!(at.subjects("eva@voorbeeld.nl").iter().any(|subject| subject.contains("verdwijnt")));

    at.browser().sign_in("eva@voorbeeld.nl").await;
    nights_until(&at, "2030-09-01").await;

    assert_eq!(at.count("customers").await, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_account_that_nobody_warned_is_not_erased_however_old_it_is() {
    let at = TestShop::open().await;
    at.browser().sign_in("eva@voorbeeld.nl").await;

    // The shop stood still for four years.
    at.night_of(day("2030-12-01")).await;
    at.shop.forget_night().await.unwrap();

    assert_eq!(at.count("customers").await, 1);
    assert!(at.jobs().await.contains(&"mail_account_ends".to_owned()));
    at.night_of(day("2030-12-30")).await;
    at.shop.forget_night().await.unwrap();
    assert_eq!(at.count("customers").await, 1);
    at.night_of(day("2030-12-31")).await;
    at.shop.forget_night().await.unwrap();
    assert_eq!(at.count("customers").await, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_night_is_planned_once_after_three() {
    let at = TestShop::open().await;
    at.night_of(day("2026-12-01")).await;
    at.shop.housekeeping().await.unwrap();
    at.shop.housekeeping().await.unwrap();
    let planned = |jobs: Vec<String>| jobs.iter().filter(|kind| *kind == "forget_night").count();

    assert_eq!(planned(at.jobs().await), 1);
    at.run_jobs().await;
    at.shop.housekeeping().await.unwrap();
    assert_eq!(planned(at.jobs().await), 0, "done for today");
}
