//! The cart, as server functions. Each is a plain form post without script, and a call that answers the new cart with script.

use super::ApiError;
use super::catalog::PictureView;
use leptos::prelude::*;
use serde::{Deserialize, Serialize};
use server_fn::codec::{GetUrl, PostUrl, Postcard};
use shop_core::money::Money;

/// Something to point out about a line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum LineNotice {
    /// Nothing is left of it.
    SoldOut,
    /// Fewer are left than are in the cart.
    Only(u32),
    /// The price changed from this since it was put in.
    PriceWas(Money),
}

/// A line of the cart.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CartLine {
    /// Id of the variant.
    pub variant: String,
    /// Slug of the product.
    pub slug: String,
    /// Title.
    pub title: String,
    /// Colour.
    pub colour: String,
    /// Size.
    pub size: String,
    /// Photo.
    pub picture: Option<PictureView>,
    /// Price of one.
    pub unit: Money,
    /// How many.
    pub quantity: u32,
    /// How many one may ask for at most now. The shelf is told only when little is left on it.
    pub most: u32,
    /// Price of all.
    pub total: Money,
    /// Something to point out.
    pub notice: Option<LineNotice>,
}

/// The hold on the stock while checking out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct HoldView {
    /// Seconds left when this was made.
    pub seconds_left: i64,
    /// `16.20`: until when, in the shop's time.
    pub until_hour: u8,
    /// Minute of that.
    pub until_minute: u8,
    /// Whether it can be extended once more.
    pub can_extend: bool,
}

/// The discount code on a cart.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CodeView {
    /// The code.
    pub code: String,
    /// Why it takes nothing off now, as a sentence.
    pub problem: Option<String>,
}

/// A discount code that was refused.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RefusedCode {
    /// As typed.
    pub typed: String,
    /// Why, as a sentence.
    pub reason: String,
}

/// A suggestion, as the server wrote it. It always travels, because the bag opens on every page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Suggested {
    /// An item of a list, for the page of the bag.
    pub card: String,
    /// One line, for the drawer.
    pub line: String,
}

/// The cart with its totals for delivery in the Netherlands, before anything personal is known.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct CartView {
    /// Lines.
    pub lines: Vec<CartLine>,
    /// Pieces in all.
    pub pieces: u32,
    /// Goods, before anything is taken off.
    pub goods: Money,
    /// What the discount code takes off.
    pub discount: Money,
    /// The discount code on it.
    pub code: Option<CodeView>,
    /// The code that was refused a moment ago.
    pub refused_code: Option<RefusedCode>,
    /// Delivery.
    pub shipping: Money,
    /// Goods less discount, and delivery, VAT included.
    pub total: Money,
    /// VAT in it: label of the rate and amount.
    pub vat: Vec<(String, Money)>,
    /// What is missing for free delivery; `None` when there is no such limit.
    pub to_free: Option<Money>,
    /// Facets of the gem that are cut: 0 to 8, 8 is free delivery.
    pub facets: u8,
    /// Whether checkout can start: at least one line, none sold out.
    pub can_order: bool,
    /// The hold, while checking out.
    pub hold: Option<HoldView>,
    /// How one can pay, in words for the middle of a sentence.
    pub ways_to_pay: String,
    /// One suggestion.
    pub suggestion: Option<Suggested>,
    /// Something that went wrong with the last change made without script, as a sentence.
    pub flash: Option<String>,
}

/// The cart of this visitor; an empty one when she has none. Makes no session.
#[server(prefix = "/api", endpoint = "cart", input = GetUrl, output = Postcard)]
pub async fn cart() -> Result<CartView, ApiError> {
    super::views::cart().await
}

/// Puts pieces of a size in. `variant` is empty when no size was chosen: then the form goes back to `back` with that sentence.
#[server(prefix = "/api", endpoint = "cart/add", input = PostUrl, output = Postcard)]
pub async fn add_to_cart(
    #[server(default)] variant: String,
    #[server(default)] quantity: u32,
    #[server(default)] back: String,
) -> Result<CartView, ApiError> {
    super::views::add_to_cart(variant, quantity, back).await
}

/// Makes it so many of a size; zero takes it out.
#[server(prefix = "/api", endpoint = "cart/change", input = PostUrl, output = Postcard)]
pub async fn change_quantity(variant: String, #[server(default)] quantity: u32) -> Result<CartView, ApiError> {
    super::views::change_quantity(variant, quantity).await
}

/// Puts a discount code on the cart and comes back to `back`. A refused one stays in the field there, with the reason.
#[server(prefix = "/api", endpoint = "cart/discount", input = PostUrl, output = Postcard)]
pub async fn apply_discount(#[server(default)] code: String, #[server(default)] back: String) -> Result<(), ApiError> {
    super::views::apply_discount(code, back).await
}

/// Takes the discount code off the cart and comes back to `back`.
#[server(prefix = "/api", endpoint = "cart/discount/remove", input = PostUrl, output = Postcard)]
pub async fn remove_discount(#[server(default)] back: String) -> Result<(), ApiError> {
    super::views::remove_discount(back).await
}
