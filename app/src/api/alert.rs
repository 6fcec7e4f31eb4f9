//! One mail when a size is back. Plain forms that redirect, with and without script; the words of their page are made on the server.

use super::ApiError;
use leptos::prelude::*;
use serde::{Deserialize, Serialize};
use server_fn::codec::{GetUrl, PostUrl, Postcard};

/// A page whose words the server made, so that the browser carries neither the words nor the code for them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct WordsPage {
    /// Title of the document.
    pub title: String,
    /// HTML that our own views made: what people typed is escaped in it.
    pub html: String,
}

/// The page: asks for an address for the size `size`, says that a mail is on its way (`sent`), or asks whether it is right when
/// the mailed link with `key` was followed. Looking changes nothing.
#[server(name = AskAlertPage, prefix = "/api", endpoint = "alert", input = GetUrl, output = Postcard)]
pub async fn alert_page(
    #[server(default)] size: String,
    #[server(default)] key: String,
    #[server(default)] sent: bool,
) -> Result<WordsPage, ApiError> {
    super::views::alert_page(size, key, sent).await
}

/// The button of an article, sent as a form: into the bag, or with a size that is gone to the mail about it.
#[server(prefix = "/api", endpoint = "cart/buy", input = PostUrl, output = Postcard)]
pub async fn buy(
    #[server(default)] variant: String,
    #[server(default)] quantity: u32,
    #[server(default)] back: String,
    #[server(default)] email: String,
) -> Result<(), ApiError> {
    super::views::buy(variant, quantity, back, email).await
}

/// Asks for one mail when a size is back.
#[server(prefix = "/api", endpoint = "alert/ask", input = PostUrl, output = Postcard)]
pub async fn ask_for_alert(
    #[server(default)] variant: String,
    #[server(default)] email: String,
) -> Result<(), ApiError> {
    super::views::ask_for_alert(variant, email).await
}

/// Says yes: the address may be mailed.
#[server(prefix = "/api", endpoint = "alert/confirm", input = PostUrl, output = Postcard)]
pub async fn confirm_alert(#[server(default)] key: String) -> Result<(), ApiError> {
    super::views::confirm_alert(key).await
}

/// Says no after all: the address is erased.
#[server(prefix = "/api", endpoint = "alert/stop", input = PostUrl, output = Postcard)]
pub async fn stop_alert(#[server(default)] key: String) -> Result<(), ApiError> {
    super::views::stop_alert(key).await
}
