//! The newsletter: plain forms that redirect, with and without script; the words of their pages are made on the server.

use super::ApiError;
use leptos::prelude::*;
use server_fn::codec::{PostUrl, Postcard};

/// Asks for the newsletter. The answer is the same for every address.
#[server(prefix = "/api", endpoint = "newsletter/ask", input = PostUrl, output = Postcard)]
pub async fn ask_for_newsletter(
    #[server(default)] email: String,
    #[server(default)] given_name: String,
    #[server(default)] newsletter: String,
) -> Result<(), ApiError> {
    super::views::ask_for_newsletter(email, given_name, newsletter).await
}

/// Says yes: the address is on the list.
#[server(prefix = "/api", endpoint = "newsletter/confirm", input = PostUrl, output = Postcard)]
pub async fn confirm_newsletter(#[server(default)] key: String) -> Result<(), ApiError> {
    super::views::confirm_newsletter(key).await
}

/// Leaves the list.
#[server(prefix = "/api", endpoint = "newsletter/leave", input = PostUrl, output = Postcard)]
pub async fn leave_newsletter(#[server(default)] key: String) -> Result<(), ApiError> {
    super::views::leave_newsletter(key).await
}

/// The switch in the account.
#[server(prefix = "/api", endpoint = "newsletter/switch", input = PostUrl, output = Postcard)]
pub async fn switch_newsletter(#[server(default)] newsletter: String) -> Result<(), ApiError> {
    super::views::switch_newsletter(newsletter).await
}
