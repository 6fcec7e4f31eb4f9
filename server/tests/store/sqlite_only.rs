//! What only a file or a memory can show.

use super::base;
use super::given::*;
use shop_core::stock::MovementReason;
use shop_flows::job::Job;
use shop_flows::ports::StoreError;
use shop_server::store::open;
use sqlx::{Connection, SqliteConnection};

#[tokio::test]
async fn a_shop_in_memory_has_one_connection_for_both_doors() {
    let store = open("sqlite::memory:").await.expect("a memory");
    shelf(&*store, 1, 2).await.expect("saved");

    let mut tx = store.read().await.expect("a door");
    assert_eq!(tx.products().await.expect("readable").len(), 1);
    drop(tx);

    let other = open("sqlite::memory:").await.expect("another memory");
    assert_eq!(other.read().await.expect("a door").products().await.expect("readable"), []);
}

#[tokio::test]
async fn a_file_that_is_opened_again_has_everything() {
    let base = base::sqlite().await;
    shelf(&*base.store, 1, 2).await.expect("saved");

    let again = open(&base.url).await.expect("the same file");
    let mut tx = again.read().await.expect("a door");

    assert_eq!(available(&mut tx, variant_id(1, 1)).await.expect("readable"), 2);
}

#[cfg(unix)]
#[tokio::test]
async fn nobody_else_on_the_machine_can_read_the_files_of_the_shop() {
    use std::os::unix::fs::{MetadataExt, PermissionsExt};
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("shop.db");
    let url = format!("sqlite:{}", file.display());
    let modes = || {
        let files = std::fs::read_dir(folder.path()).expect("readable").map(|file| file.expect("a file"));
        let mut modes: Vec<(String, u32)> = files
            .map(|file| {
                let mode = file.metadata().expect("facts").mode() & 0o777;
                (file.file_name().into_string().expect("a name"), mode)
            })
            .collect();
        modes.sort();
        modes
    };
    let private = ["shop.db", "shop.db-shm", "shop.db-wal"].map(|name| (name.to_owned(), 0o600));

    let store = open(&url).await.expect("made");
    shelf(&*store, 1, 2).await.expect("saved");
    assert_eq!(modes(), private);

    for (name, _) in modes() {
        let open_to_all = std::fs::Permissions::from_mode(0o644);
        std::fs::set_permissions(folder.path().join(name), open_to_all).expect("opened up");
    }
    let again = open(&url).await.expect("the same file");
    assert_eq!(modes(), private, "what an earlier start left open is closed");
    assert_eq!(again.read().await.expect("a door").products().await.expect("readable").len(), 1);
}

#[tokio::test]
async fn an_order_of_before_there_were_codes_has_none() {
    let base = base::sqlite().await;
    placed(&*base.store, &[order(1)]).await.expect("saved");
    let mut connection = SqliteConnection::connect(&base.url).await.expect("the file is there");
    let changed = sqlx::query(
        "update orders set body = json_remove(body, '$.code', '$.totals.discount', '$.lines[0].discount')
         where body like '%\"discount\"%'",
    )
    .execute(&mut connection)
    .await
    .expect("written");
    assert_eq!(changed.rows_affected(), 1);

    let read = base.store.read().await.expect("a door").order(order_id(1)).await.expect("readable");

    assert_eq!(read, Some(order(1)));
}

#[tokio::test]
async fn an_address_that_cannot_be_opened_is_not_repeated() {
    let broken = open("mysql://shop:secret@localhost/shop").await.err();

    assert_eq!(broken, Some(StoreError::Unavailable("a database address begins with sqlite: or postgres:".to_owned())));
    let refused = open("postgres://shop:secret@127.0.0.1:1/shop").await.err().expect("nobody listens");
    assert!(matches!(&refused, StoreError::Unavailable(text) if !text.contains("secret")), "{refused}");
}

#[tokio::test]
async fn a_job_that_cannot_be_read_is_given_up_and_stops_nobody() {
    let base = base::sqlite().await;
    let mut connection = SqliteConnection::connect(&base.url).await.expect("the file is there");
    sqlx::query("insert into jobs (id, kind, payload, run_at, tries) values ($1, 'old', '{\"kind\":\"old\"}', 0, 0)")
        .bind(uuid(1))
        .execute(&mut connection)
        .await
        .expect("written");
    let mut tx = base.store.begin().await.expect("a door");
    tx.enqueue(job_id(2), &Job::Housekeeping, at(0), None).await.expect("written");

    let claimed = tx.claim(at(1), at(60)).await.expect("claimed").expect("the one that can be read");

    assert_eq!((claimed.id, claimed.job), (job_id(2), Job::Housekeeping));
    let dead = tx.dead_jobs().await.expect("readable");
    assert_eq!(dead.len(), 1);
    assert_eq!((dead[0].id, dead[0].kind.as_str(), dead[0].at), (job_id(1), "old", at(1)));
}

#[tokio::test]
async fn a_broken_row_is_an_alarm_that_does_not_tell_the_value() {
    let base = base::sqlite().await;
    placed(&*base.store, &[order(1)]).await.expect("saved");
    let mut connection = SqliteConnection::connect(&base.url).await.expect("the file is there");
    sqlx::query("update orders set body = '{\"contact\":{\"email\":12,\"phone\":\"Marieke\"}}'")
        .execute(&mut connection)
        .await
        .expect("written");

    let read = base.store.read().await.expect("a door").order(order_id(1)).await;

    assert!(
        matches!(&read, Err(StoreError::Broken(text)) if text.starts_with("orders.body") && !text.contains("Marieke")),
        "{read:?}"
    );
}

#[tokio::test]
async fn the_books_show_every_count_movement_price_and_line() {
    let base = base::sqlite().await;
    shelf(&*base.store, 1, 3).await.expect("saved");
    placed(&*base.store, &[order(1)]).await.expect("saved");
    let mut tx = base.store.begin().await.expect("a door");
    tx.take_late(order_id(1), &[(variant_id(1, 1), 2)], at(2)).await.expect("works").expect("three are there");
    tx.put_back(order_id(1), MovementReason::Returned, at(3)).await.expect("works");
    tx.count_stock(variant_id(1, 1), 1, "Ineke", at(4)).await.expect("works");
    tx.commit().await.expect("works");

    let mut connection = SqliteConnection::connect(&base.url).await.expect("the file is there");
    let mut told = Vec::new();
    for question in [
        "select actor || ' ' || was || ' ' || counted from stock_counts where variant_id = $1 order by id",
        "select reason || ' ' || quantity from stock_movements where variant_id = $1 order by at",
        "select price_cents || '' from price_history where variant_id = $1",
        "select sku || ' ' || quantity || ' ' || unit_cents from order_lines where variant_id = $1",
    ] {
        let rows: Vec<(String,)> =
            sqlx::query_as(question).bind(variant_id(1, 1).uuid()).fetch_all(&mut connection).await.expect("readable");
        told.push(rows.into_iter().map(|(text,)| text).collect::<Vec<_>>().join(", "));
    }
    assert_eq!(told, ["Ineke 0 3, Ineke 3 1", "sold 2, returned 2", "4495", "AG-1-1 2 4495"]);
}
