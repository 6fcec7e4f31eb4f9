//! One mail when a size is back. Plain forms that redirect, with and without script; the words of their page are made on the server.

use super::ApiError;
use leptos::prelude::*;
use server_fn::codec::{PostUrl, Postcard};

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
