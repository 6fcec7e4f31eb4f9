//! Looking around: the shop's own facts, home, lists, product pages, search.

use super::ApiError;
use super::words::Html;
use leptos::prelude::*;
use serde::{Deserialize, Serialize};
use server_fn::codec::{GetUrl, Postcard};
#[cfg(feature = "ssr")]
use shop_core::catalog::Description;
use shop_core::catalog::{Availability, Facet, Filter};
use shop_core::money::Money;
use shop_core::shop::Identity;

/// What header and footer need on every page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ShopFacts {
    /// Who the shop is.
    pub identity: Identity,
    /// Articles with at least 70 % organic cotton.
    pub organic: u32,
    /// Articles in all.
    pub articles: u32,
    /// Delivery in the Netherlands.
    pub shipping: Money,
    /// Free from this value of the goods.
    pub free_from: Option<Money>,
    /// What sending back costs.
    pub return_cost: Money,
    /// The menu of phones: everything there is to buy.
    pub menu: Vec<MenuEntry>,
    /// How one can pay, in words for the middle of a sentence.
    pub ways_to_pay: String,
    /// Up to which total nothing is paid in advance on an invoice of our own.
    pub invoice_limit: Money,
    /// Whether this is the demo shop, so pages say so.
    pub demo: bool,
}

/// A line of the menu.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MenuEntry {
    /// Where it leads.
    pub path: String,
    /// What it says.
    pub title: String,
    /// Whether it stands in the bar of wide screens too. The others stand in the footer.
    pub in_bar: bool,
}

/// A price as a card or page shows it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct PriceView {
    /// Now.
    pub now: Money,
    /// The lowest price of the 30 days before, when this is a reduction.
    pub reference: Option<Money>,
    /// Whole percents off that.
    pub percent_off: Option<u8>,
    /// Whether other sizes cost more ("vanaf").
    pub from: bool,
}

/// A photo with its derivatives `/img/{key}-{width}.{avif|webp|jpg}`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PictureView {
    /// Content hash.
    pub key: String,
    /// Pixels of the largest one.
    pub width: u32,
    /// Pixels of the largest one.
    pub height: u32,
    /// Widths that exist, ascending.
    pub widths: Vec<u32>,
    /// Whether AVIF files exist.
    pub avif: bool,
    /// What it shows.
    pub alt: String,
}

/// Another colour of the same article.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Swatch {
    /// Slug of that product.
    pub slug: String,
    /// Name of the colour.
    pub name: String,
    /// `#rrggbb`.
    pub hex: String,
    /// Whether it is this product.
    pub current: bool,
}

/// A product in a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Card {
    /// Slug.
    pub slug: String,
    /// Title.
    pub title: String,
    /// `weidebloemen · maat 86–140`.
    pub meta: String,
    /// Price.
    pub price: PriceView,
    /// Front, and the styled picture for hover.
    pub front: Option<PictureView>,
    /// Shown on hover.
    pub styled: Option<PictureView>,
    /// Colours, when there are several.
    pub swatches: Vec<Swatch>,
    /// New in the shop.
    pub is_new: bool,
    /// No size is left.
    pub sold_out: bool,
}

/// The front page.
#[cfg(feature = "ssr")]
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HomeFacts {
    /// The large picture.
    pub hero: Option<PictureView>,
    /// Category tiles: slug, title, picture.
    pub tiles: Vec<(String, String, Option<PictureView>)>,
    /// New articles.
    pub new: Vec<Card>,
    /// Reduced or nearly gone.
    pub last: Vec<Card>,
    /// Second picture, for the story block.
    pub story: Option<PictureView>,
}

/// A list page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ListPage {
    /// `Jurken`.
    pub title: String,
    /// What was asked, tidied: its `query()` and `path_part()` make the canonical address.
    pub filter: Filter,
    /// The way back and the title.
    pub head: Html,
    /// The articles of this page, as items of a list; without any, what to do about it.
    pub cards: Html,
    /// How many they are.
    pub here: u32,
    /// Articles in all.
    pub total: u32,
    /// This page.
    pub page: u32,
    /// Pages.
    pub pages: u32,
    /// Filter groups with counts.
    pub facets: Vec<Facet>,
}

/// In the query of a list: its rows come below others.
pub const MORE: &str = "meer";

/// One size on a product page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SizeView {
    /// Id of the variant, the value of the form.
    pub variant: String,
    /// `98/104`.
    pub label: String,
    /// `4 jaar`.
    pub age: Option<String>,
    /// What is left.
    pub availability: Availability,
    /// Price of this size.
    pub price: PriceView,
    /// Article number.
    pub sku: String,
}

/// A row of the size table, in centimetres.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SizeRow {
    /// `98`.
    pub size: String,
    /// Body height from.
    pub from: u16,
    /// Body height to.
    pub to: u16,
    /// `3 jaar`.
    pub age: String,
    /// Chest.
    pub chest: u16,
    /// Waist.
    pub waist: u16,
    /// Hips.
    pub hips: u16,
    /// `98/104`.
    pub double: String,
}

/// A product page.
#[cfg(feature = "ssr")]
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProductFacts {
    /// Slug.
    pub slug: String,
    /// Title.
    pub title: String,
    /// Brand.
    pub brand: String,
    /// Category: slug and title.
    pub category: (String, String),
    /// Name of the colour.
    pub colour: String,
    /// Price of the cheapest size.
    pub price: PriceView,
    /// Text.
    pub description: Description,
    /// Photos, front first.
    pub pictures: Vec<PictureView>,
    /// Sizes.
    pub sizes: Vec<SizeView>,
    /// Colours, when there are several.
    pub swatches: Vec<Swatch>,
    /// Fibre composition.
    pub fibre: String,
    /// Fabric.
    pub fabric: String,
    /// Washing, sentence by sentence.
    pub care: Vec<String>,
    /// Advice on fit.
    pub fit: String,
    /// What buyers say about its size, with their number; empty while they are too few.
    pub fit_votes: String,
    /// Certificate, when complete.
    pub certificate: Option<String>,
    /// Maker: name, address, contact.
    pub maker: (String, String, String),
    /// Country of manufacture.
    pub origin: String,
    /// `Dinsdag 24 november`.
    pub arrives: String,
    /// `als je vandaag voor 16.00 uur bestelt`.
    pub arrives_if: String,
    /// Delivery cost of this product alone.
    pub shipping: Money,
    /// Free from.
    pub free_from: Option<Money>,
    /// What sending back costs.
    pub return_cost: Money,
    /// What goes well with it.
    pub pairs: Vec<Card>,
    /// The size table rows that matter for it.
    pub size_table: Vec<SizeRow>,
    /// schema.org Product as JSON, made on the server.
    pub structured: String,
    /// Description for search engines.
    pub summary: String,
}

/// What search found.
#[cfg(feature = "ssr")]
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SearchFacts {
    /// As asked.
    pub query: String,
    /// Articles.
    pub cards: Vec<Card>,
    /// How many in all.
    pub total: u32,
    /// What we searched instead, when the query had typos: `broek 98`.
    pub corrected: Option<String>,
    /// Size that the query named and that the result is narrowed to.
    pub size: Option<String>,
    /// Categories that fit: slug and title.
    pub categories: Vec<(String, String)>,
    /// Words nearby, when nothing was found.
    pub nearby: Vec<String>,
}

/// A product page as it travels: what people can do there, and around it what the server wrote.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProductPage {
    /// Slug.
    pub slug: String,
    /// Title.
    pub title: String,
    /// Price of the cheapest size.
    pub price: Money,
    /// Photos, front first.
    pub pictures: Vec<PictureView>,
    /// Sizes.
    pub sizes: Vec<SizeView>,
    /// Advice on fit.
    pub fit: String,
    /// What buyers say about its size, with their number; empty while they are too few.
    pub fit_votes: String,
    /// Whether there is a size table for it.
    pub has_table: bool,
    /// Description for search engines.
    pub summary: String,
    /// The way back.
    pub way: Html,
    /// Name, price, colours and text.
    pub above: Html,
    /// Delivery and everything to know.
    pub below: Html,
    /// What goes well with it, and what search engines read.
    pub after: Html,
}

/// A suggestion while typing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Suggestion {
    /// What people read.
    pub label: String,
    /// Where it leads.
    pub href: String,
    /// `Artikel`, `Categorie`, `Zoek`.
    pub kind: String,
}

/// Facts for header and footer.
#[server(name = AskShopFacts, prefix = "/api", endpoint = "shop", input = GetUrl, output = Postcard)]
pub async fn shop_facts() -> Result<ShopFacts, ApiError> {
    super::views::shop_facts().await
}

/// The front page.
#[server(name = AskHomePage, prefix = "/api", endpoint = "catalog/home", input = GetUrl, output = Postcard)]
pub async fn home_page() -> Result<Html, ApiError> {
    Ok(Html::of(crate::pages::front::home(&super::views::home_page().await?)))
}

/// A list: category or empty, and the query string as it stands in the address.
#[server(name = AskListPage, prefix = "/api", endpoint = "catalog/list", input = GetUrl, output = Postcard)]
pub async fn list_page(category: String, query: String) -> Result<ListPage, ApiError> {
    super::views::list_page(category, query).await.map(crate::pages::shelf::written)
}

/// A product. `NotFound` sets the status of the page to 404.
#[server(name = AskProductPage, prefix = "/api", endpoint = "catalog/product", input = GetUrl, output = Postcard)]
pub async fn product_page(slug: String) -> Result<ProductPage, ApiError> {
    super::views::product_page(slug).await.map(crate::pages::article::page)
}

/// Search.
#[server(name = AskSearchPage, prefix = "/api", endpoint = "catalog/search", input = GetUrl, output = Postcard)]
pub async fn search_page(query: String) -> Result<Html, ApiError> {
    Ok(Html::of(crate::pages::found::found(&super::views::search_page(query).await?)))
}

/// Suggestions while typing, at most eight.
#[server(prefix = "/api", endpoint = "catalog/suggest", input = GetUrl, output = Postcard)]
pub async fn suggest(query: String) -> Result<Vec<Suggestion>, ApiError> {
    super::views::suggest(query).await
}
