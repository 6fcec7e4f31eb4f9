//! Checkout in three steps, the order page and paying again. The forms are plain posts that redirect, with and without script:
//! what was typed lives beside the cart on the server, so nothing is lost by a reload, a back button or a second tab.

use super::ApiError;
use super::cart::{CartView, HoldView};
use super::catalog::PictureView;
use leptos::prelude::*;
use serde::{Deserialize, Serialize};
use server_fn::codec::{GetUrl, PostUrl, Postcard};
use shop_core::checkout::{FieldError, TypedDetails};
use shop_core::money::Money;
use shop_core::payment::Method;

/// Step 1: who and where to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DetailsPage {
    /// As typed last time, or known from the account.
    pub typed: TypedDetails,
    /// What to look at again.
    pub errors: Vec<FieldError>,
    /// Street and town that the register proposes instead of what was typed.
    pub proposal: Option<(String, String)>,
    /// A sentence from the step before, for instance that a size was sold.
    pub notice: Option<String>,
    /// The cart beside the form.
    pub cart: CartView,
    /// Whether she is signed in.
    pub signed_in: bool,
    /// Whether she ticked the box for the newsletter before.
    pub newsletter: bool,
}

/// A way to pay.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MethodView {
    /// Which.
    pub method: Method,
    /// What happens then, in one sentence.
    pub explanation: String,
    /// Why it cannot be chosen for this order.
    pub refused: Option<String>,
}

/// Step 2: how to pay.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PaymentPage {
    /// The ways, in order; none is chosen in advance.
    pub methods: Vec<MethodView>,
    /// What she chose before on this page.
    pub chosen: Option<Method>,
    /// What to look at again.
    pub errors: Vec<FieldError>,
    /// A sentence from another step.
    pub notice: Option<String>,
    /// The cart beside the form.
    pub cart: CartView,
}

/// Step 3: the review, with the button that makes it binding.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReviewPage {
    /// E-mail address.
    pub email: String,
    /// Phone, when given.
    pub phone: String,
    /// Name and address, line by line.
    pub address: Vec<String>,
    /// How.
    pub method: Method,
    /// What happens then, in one sentence; empty when its name says it.
    pub explanation: String,
    /// The cart.
    pub cart: CartView,
    /// `Dinsdag 24 november`.
    pub arrives: String,
    /// What sending back costs.
    pub return_cost: Money,
    /// A sentence, for instance that the price changed.
    pub notice: Option<String>,
}

/// A line of a placed order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OrderLineView {
    /// Slug.
    pub slug: String,
    /// Title.
    pub title: String,
    /// Colour.
    pub colour: String,
    /// Size.
    pub size: String,
    /// Photo, when the article is still in the shop.
    pub picture: Option<PictureView>,
    /// How many.
    pub quantity: u32,
    /// Price of all.
    pub total: Money,
}

/// What there is to tell about a bank transfer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TransferView {
    /// Account holder.
    pub holder: String,
    /// IBAN in groups of four.
    pub iban: String,
    /// RF reference in groups of four.
    pub reference: String,
    /// Amount.
    pub amount: Money,
    /// `30 november 2026`: pay before the end of that day.
    pub until: String,
    /// QR code for banking apps, as an inline SVG made by us.
    pub qr_svg: String,
}

/// What is open on an invoice of our own.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BillView {
    /// What is paid when, as a sentence.
    pub sentence: String,
    /// Where to, once it is due.
    pub transfer: Option<TransferView>,
}

/// Where an order stands, for the person who placed it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum OrderStanding {
    /// The provider has not said yet; the page asks again by itself.
    PaymentPending,
    /// The last try to pay ended without money; another can start.
    PaymentFailed {
        /// The plain reason, as a sentence.
        reason: String,
    },
    /// A bank transfer is awaited.
    AwaitingTransfer(TransferView),
    /// Paid; being packed.
    Paid,
    /// On its way.
    Shipped {
        /// Link to follow the parcel.
        url: String,
        /// Its code.
        code: String,
    },
    /// Arrived.
    Delivered,
    /// Cancelled.
    Cancelled {
        /// Why, as a sentence.
        reason: String,
    },
}

/// A step of the timeline.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Step {
    /// `Betaald`.
    pub title: String,
    /// `22 november 2026, 14.05 uur`, or what is expected.
    pub when: String,
    /// `done`, `now` or `later`.
    pub state: String,
}

/// Money that goes back, or went.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RefundView {
    /// How much.
    pub amount: Money,
    /// What for, as a sentence; may be empty.
    pub what: String,
    /// How, and when it is there, as a sentence.
    pub how: String,
    /// Whether it only makes an unpaid invoice smaller.
    pub lowered: bool,
    /// Whether she has it.
    pub is_done: bool,
}

/// One try to pay.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TryView {
    /// How.
    pub method: Method,
    /// `22 november 2026, 14.05 uur`.
    pub when: String,
    /// `Betaald`.
    pub standing: String,
}

/// An order, for the person who placed it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OrderPage {
    /// Number.
    pub number: String,
    /// `Marieke`.
    pub given_name: String,
    /// Masked unless she proved the address: `m…@voorbeeld.nl`.
    pub email: String,
    /// When it was placed.
    pub placed: String,
    /// Where it stands.
    pub standing: OrderStanding,
    /// What is open on an invoice of our own.
    pub bill: Option<BillView>,
    /// How it is to be paid.
    pub method: Method,
    /// Lines.
    pub lines: Vec<OrderLineView>,
    /// Goods, before anything is taken off.
    pub goods: Money,
    /// What the discount code takes off.
    pub discount: Money,
    /// The discount code that was used; empty without one.
    pub code: String,
    /// Delivery.
    pub shipping: Money,
    /// Total.
    pub total: Money,
    /// VAT in it.
    pub vat: Vec<(String, Money)>,
    /// Name and address, line by line.
    pub address: Vec<String>,
    /// The timeline.
    pub steps: Vec<Step>,
    /// What goes back, first one first.
    pub refunds: Vec<RefundView>,
    /// Tries to pay, first one first.
    pub tries: Vec<TryView>,
    /// `Dinsdag 24 november`.
    pub arrives: String,
    /// Ways to pay, when it can be paid again.
    pub methods: Vec<MethodView>,
    /// Whether she can still cancel it herself.
    pub can_cancel: bool,
    /// Whether it was just placed in this browser ("Dank je wel").
    pub fresh: bool,
    /// How did it fit? HTML that our own views made; empty before the order was sent.
    pub worn: String,
    /// What tools that she consented to are told of it; HTML that our own views made, empty without consent.
    pub thanks: String,
}

/// Starts checkout: holds the stock and goes to step 1, or back to the cart with the reason.
#[server(prefix = "/api", endpoint = "checkout/start", input = PostUrl, output = Postcard)]
pub async fn start_checkout() -> Result<(), ApiError> {
    super::views::start_checkout().await
}

/// Sends step 1; goes to step 2, or back to step 1 with the fields to look at.
#[server(prefix = "/api", endpoint = "checkout/details", input = PostUrl, output = Postcard)]
pub async fn send_details(
    #[server(default)] email: String,
    #[server(default)] given_name: String,
    #[server(default)] family_name: String,
    #[server(default)] postal_code: String,
    #[server(default)] house: String,
    #[server(default)] street: String,
    #[server(default)] city: String,
    #[server(default)] country: String,
    #[server(default)] phone: String,
    #[server(default)] newsletter: String,
) -> Result<(), ApiError> {
    let typed = TypedDetails { email, given_name, family_name, postal_code, house, street, city, country, phone };
    super::views::send_details(typed, !newsletter.is_empty()).await
}

/// Sends step 2; goes to step 3, or back to step 2.
#[server(prefix = "/api", endpoint = "checkout/method", input = PostUrl, output = Postcard)]
pub async fn send_method(#[server(default)] method: String) -> Result<(), ApiError> {
    super::views::send_method(method).await
}

/// Places the order and goes to the provider, or to the order page. `seen_total` is the total in cents that stood above the button: when it is no
/// longer right the review is shown again first.
#[server(prefix = "/api", endpoint = "checkout/order", input = PostUrl, output = Postcard)]
pub async fn place_order(#[server(default)] seen_total: i64) -> Result<(), ApiError> {
    super::views::place_order(seen_total).await
}

/// Holds the stock for another full length and comes back to `back`.
#[server(prefix = "/api", endpoint = "checkout/extend", input = PostUrl, output = Postcard)]
pub async fn extend_hold(#[server(default)] back: String) -> Result<Option<HoldView>, ApiError> {
    super::views::extend_hold(back).await
}

/// Street and town for a postal code and house number; `None` when unknown or the register is silent.
#[server(prefix = "/api", endpoint = "checkout/address", input = PostUrl, output = Postcard)]
pub async fn find_address(postal_code: String, house: String) -> Result<Option<(String, String)>, ApiError> {
    super::views::find_address(postal_code, house).await
}

/// The page of an order once its payment is known, as HTML that our own views made; `None` as long as it is not.
/// `NotFound` for anybody but the person who placed it.
#[server(name = AskNewerOrder, prefix = "/api", endpoint = "order", input = GetUrl, output = Postcard)]
pub async fn newer_order(number: String) -> Result<Option<String>, ApiError> {
    crate::pages::order::newer(number).await
}

/// Tries to pay the same order again, with the same or another method, and goes there.
#[server(prefix = "/api", endpoint = "order/pay", input = PostUrl, output = Postcard)]
pub async fn pay_again(number: String, #[server(default)] method: String) -> Result<(), ApiError> {
    super::views::pay_again(number, method).await
}

/// Says how a line of an order fits: `small`, `right` or `large`.
#[server(prefix = "/api", endpoint = "order/fit", input = PostUrl, output = Postcard)]
pub async fn vote_fit(number: String, line: u32, #[server(default)] fit: String) -> Result<(), ApiError> {
    super::views::vote_fit(number, line, fit).await
}

/// Cancels an order that was not shipped.
#[server(prefix = "/api", endpoint = "order/cancel", input = PostUrl, output = Postcard)]
pub async fn cancel_order(number: String) -> Result<(), ApiError> {
    super::views::cancel_order(number).await
}
