//! Articles: the list, one article, its prices and the count of its shelf. Nothing that was typed is lost when a form is wrong.

use super::desk::Desk;
use axum::extract::{Form, Path, Query};
use axum::response::Response;
use http::StatusCode;
use serde::Deserialize;
use shop_app::manage::product::{Cell, Typed, status_word};
use shop_app::manage::{paths, product as product_page, products as list_page, words};
use shop_core::ShopError;
use shop_core::address::one_line;
use shop_core::catalog::Status;
use shop_core::id::{ProductId, VariantId};
use shop_core::money::Money;
use shop_flows::manage::{Counted, ProductChange, ProductFile};

/// Letters of a title at most.
const LONGEST_TITLE: usize = 120;
/// Pieces on one shelf at most; more is a slip of the finger.
const MOST_PIECES: u32 = 10_000;
/// The highest price of one piece.
const HIGHEST: Money = Money::cents(1_000_000);

/// A form whose fields are named after sizes.
type Fields = Vec<(String, String)>;

#[derive(Deserialize)]
pub(super) struct ListQuery {
    #[serde(default)]
    zoek: String,
}

pub(super) async fn list(desk: Desk, Query(query): Query<ListQuery>) -> Response {
    let text: String = query.zoek.trim().chars().take(100).collect();
    match desk.shop().product_list(&desk.member, &text).await {
        Ok(rows) => desk.show(move |frame| list_page::page(frame, &text, &rows)).await,
        Err(error) => desk.troubled(&error).await,
    }
}

pub(super) async fn one(desk: Desk, Path(id): Path<String>) -> Response {
    let Some(id) = ProductId::parse(&id) else { return desk.not_found().await };
    match desk.shop().product_file(&desk.member, id).await {
        Ok(file) => desk.show(move |frame| product_page::page(frame, &file, Typed::of(&file))).await,
        Err(error) => desk.troubled(&error).await,
    }
}

pub(super) async fn change(desk: Desk, Path(id): Path<String>, Form(fields): Form<Fields>) -> Response {
    let Some(id) = ProductId::parse(&id) else { return desk.not_found().await };
    let file = match desk.shop().product_file(&desk.member, id).await {
        Ok(file) => file,
        Err(error) => return desk.troubled(&error).await,
    };
    let (typed, change) = understood_change(&file, &fields);
    let Some(change) = change else { return again(desk, file, typed).await };
    match desk.shop().change_product(&desk.member, id, &change).await {
        Ok(()) => desk.done(&paths::product(id), "Bewaard. De winkel is meteen bijgewerkt.").await,
        Err(ShopError::NotFound) => desk.not_found().await,
        Err(error) => again(desk, file, Typed { trouble: Some(words::trouble(&error)), ..typed }).await,
    }
}

pub(super) async fn count(desk: Desk, Path(id): Path<String>, Form(fields): Form<Fields>) -> Response {
    let Some(id) = ProductId::parse(&id) else { return desk.not_found().await };
    let file = match desk.shop().product_file(&desk.member, id).await {
        Ok(file) => file,
        Err(error) => return desk.troubled(&error).await,
    };
    let (typed, counted) = understood_count(&file, &fields);
    let Some(counted) = counted else { return again(desk, file, typed).await };
    match desk.shop().count_shelf(&desk.member, id, &counted).await {
        Ok(0) => desk.done(&paths::product(id), "Er was niets veranderd.").await,
        Ok(changed) => {
            desk.done(&paths::product(id), &format!("Bewaard: {} geteld.", words::count_of(changed, "maat", "maten")))
                .await
        }
        Err(ShopError::NotFound) => desk.not_found().await,
        Err(error) => again(desk, file, Typed { trouble: Some(words::trouble(&error)), ..typed }).await,
    }
}

/// The form once more, as it was typed.
async fn again(desk: Desk, file: ProductFile, typed: Typed) -> Response {
    desk.show_as(StatusCode::UNPROCESSABLE_ENTITY, move |frame| product_page::page(frame, &file, typed)).await
}

fn understood_change(file: &ProductFile, fields: &Fields) -> (Typed, Option<ProductChange>) {
    let title = field(fields, "titel").unwrap_or("").to_owned();
    let read_title = one_line(&title, LONGEST_TITLE);
    let word = field(fields, "status").unwrap_or("");
    let status =
        [Status::Active, Status::Draft, Status::Archived].into_iter().find(|status| status_word(*status) == word);
    let status = status.unwrap_or(file.product.status);
    let announced = field(fields, "aanbieding").is_some();
    let (cells, prices) = cells(file, fields, "prijs", |text| {
        // A price of nothing is a slip of the finger, not a present.
        Money::parse(text).ok().filter(|price| *price > Money::ZERO && *price <= HIGHEST)
    });
    let typed =
        Typed { title, title_is_wrong: read_title.is_none(), status, announced, prices: cells, ..Typed::of(file) };
    let change = read_title.zip(prices).map(|(title, prices)| ProductChange { title, status, prices, announced });
    (typed, change)
}

fn understood_count(file: &ProductFile, fields: &Fields) -> (Typed, Option<Vec<Counted>>) {
    let (cells, counts) =
        cells(file, fields, "ligt", |text| text.trim().parse::<u32>().ok().filter(|pieces| *pieces <= MOST_PIECES));
    let typed = Typed { counts: cells, ..Typed::of(file) };
    let counted = counts.map(|counts| {
        let counted = counts.into_iter().filter_map(|(variant, on_hand)| {
            // Without what the page said, nobody can tell whether something was sold since.
            let was = field(fields, &format!("was-{variant}"))?.parse().ok()?;
            Some(Counted { variant, was, on_hand })
        });
        counted.collect()
    });
    (typed, counted)
}

/// The cells of one column, and what they say when all of them could be read. Sizes that the form does not name are left out.
fn cells<T>(
    file: &ProductFile,
    fields: &Fields,
    name: &str,
    read: impl Fn(&str) -> Option<T>,
) -> (Vec<Cell>, Option<Vec<(VariantId, T)>>) {
    let mut cells = Vec::new();
    let mut values = Some(Vec::new());
    for size in &file.sizes {
        let variant = size.variant.id;
        let Some(text) = field(fields, &format!("{name}-{variant}")) else { continue };
        let value = read(text);
        cells.push(Cell { variant, text: text.to_owned(), is_wrong: value.is_none() });
        values = values.zip(value).map(|(mut values, value)| {
            values.push((variant, value));
            values
        });
    }
    (cells, values)
}

fn field<'a>(fields: &'a Fields, name: &str) -> Option<&'a str> {
    fields.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
}
