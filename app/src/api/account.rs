//! Signing in by a mailed code, and what is in the account. Contact form.

use super::ApiError;
use leptos::prelude::*;
use serde::{Deserialize, Serialize};
use server_fn::codec::{GetUrl, PostUrl, Postcard};
use shop_core::checkout::{FieldError, TypedDetails};
use shop_core::money::Money;

/// The sign-in page: first the address, then the code.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SignInPage {
    /// Address that a code was sent to; empty in the first step.
    pub email: String,
    /// What to look at again.
    pub errors: Vec<FieldError>,
    /// Whether she is signed in already.
    pub signed_in: bool,
}

/// A row of the order list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OrderRow {
    /// Number.
    pub number: String,
    /// `22 november 2026`.
    pub placed: String,
    /// Where it stands, in words.
    pub standing: String,
    /// Total.
    pub total: Money,
    /// Pieces.
    pub pieces: u32,
}

/// The account.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AccountPage {
    /// Name.
    pub name: String,
    /// Address.
    pub email: String,
    /// Orders, newest first.
    pub orders: Vec<OrderRow>,
    /// Addresses: id, and lines as printed.
    pub addresses: Vec<(String, Vec<String>)>,
    /// How it stands with the newsletter: on the list, or a mail waits for her yes.
    pub newsletter: (bool, bool),
}

/// A form that was sent and comes back: what was typed and what to look at.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct AddressForm {
    /// As typed.
    pub typed: TypedDetails,
    /// What to look at again.
    pub errors: Vec<FieldError>,
}

/// The contact form after sending.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct ContactForm {
    /// Name as typed.
    pub name: String,
    /// Address as typed.
    pub email: String,
    /// Order as typed.
    #[serde(default)]
    pub order: String,
    /// Message as typed.
    pub message: String,
    /// What to look at again.
    pub errors: Vec<FieldError>,
    /// Whether it was just sent.
    pub sent: bool,
    /// When the form was made, signed.
    #[serde(default)]
    pub stamp: String,
}

/// How far a withdrawal is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub enum WithdrawalStep {
    /// To be filled in.
    #[default]
    Form,
    /// To be confirmed.
    Confirm,
    /// Received.
    Received,
}

/// The withdrawal form, wherever it is.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct WithdrawalForm {
    /// How far.
    pub step: WithdrawalStep,
    /// Order as typed.
    pub order: String,
    /// Name as typed.
    pub name: String,
    /// Address as typed.
    pub email: String,
    /// Articles as typed; empty for all.
    pub articles: String,
    /// What to look at again.
    pub errors: Vec<FieldError>,
    /// When it was received, in words.
    pub received: String,
}

/// Header facts of this visitor: pieces in the cart and whether she is signed in. Asked only when the browser has a session.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Who {
    /// Pieces in the cart.
    pub pieces: u32,
    /// Signed in.
    pub signed_in: bool,
}

/// See [`Who`].
#[server(name = AskWho, prefix = "/api", endpoint = "who", input = GetUrl, output = Postcard)]
pub async fn who() -> Result<Who, ApiError> {
    super::views::who().await
}

/// Mails a code and comes back to the sign-in page. The answer is the same whether or not there is an account.
#[server(prefix = "/api", endpoint = "account/send-code", input = PostUrl, output = Postcard)]
pub async fn send_code(#[server(default)] email: String) -> Result<(), ApiError> {
    super::views::send_code(email).await
}

/// Signs in with the code and goes to the account.
#[server(prefix = "/api", endpoint = "account/enter-code", input = PostUrl, output = Postcard)]
pub async fn enter_code(#[server(default)] code: String) -> Result<(), ApiError> {
    super::views::enter_code(code).await
}

/// Back to the first step of signing in.
#[server(prefix = "/api", endpoint = "account/other-address", input = PostUrl, output = Postcard)]
pub async fn other_address() -> Result<(), ApiError> {
    super::views::other_address().await
}

/// Signs out.
#[server(prefix = "/api", endpoint = "account/sign-out", input = PostUrl, output = Postcard)]
pub async fn sign_out() -> Result<(), ApiError> {
    super::views::sign_out().await
}

/// Saves an address.
#[server(prefix = "/api", endpoint = "account/save-address", input = PostUrl, output = Postcard)]
pub async fn save_address(
    #[server(default)] given_name: String,
    #[server(default)] family_name: String,
    #[server(default)] postal_code: String,
    #[server(default)] house: String,
    #[server(default)] street: String,
    #[server(default)] city: String,
    #[server(default)] country: String,
) -> Result<(), ApiError> {
    super::views::save_address(TypedDetails {
        given_name,
        family_name,
        postal_code,
        house,
        street,
        city,
        country,
        ..TypedDetails::default()
    })
    .await
}

/// Removes an address.
#[server(prefix = "/api", endpoint = "account/delete-address", input = PostUrl, output = Postcard)]
pub async fn delete_address(id: String) -> Result<(), ApiError> {
    super::views::delete_address(id).await
}

/// Sends a question to the owner.
#[server(prefix = "/api", endpoint = "contact/send", input = PostUrl, output = Postcard)]
pub async fn send_question(
    #[server(default)] name: String,
    #[server(default)] email: String,
    #[server(default)] order: String,
    #[server(default)] message: String,
    #[server(default)] website: String,
    #[server(default)] stamp: String,
) -> Result<(), ApiError> {
    super::views::send_question(name, email, order, message, website, stamp).await
}

/// The first step of withdrawing: reads the form and shows what will be withdrawn.
#[server(prefix = "/api", endpoint = "withdrawal/check", input = PostUrl, output = Postcard)]
pub async fn check_withdrawal(
    #[server(default)] order: String,
    #[server(default)] name: String,
    #[server(default)] email: String,
    #[server(default)] message: String,
    #[server(default)] again: String,
) -> Result<(), ApiError> {
    super::views::check_withdrawal(order, name, email, message, !again.is_empty()).await
}

/// The second step: the withdrawal is declared, and confirmed by mail.
#[server(prefix = "/api", endpoint = "withdrawal/confirm", input = PostUrl, output = Postcard)]
pub async fn confirm_withdrawal(
    #[server(default)] order: String,
    #[server(default)] name: String,
    #[server(default)] email: String,
    #[server(default)] message: String,
) -> Result<(), ApiError> {
    super::views::confirm_withdrawal(order, name, email, message).await
}
