//! The forms around somebody's own data. They are plain posts; the pages are written by the server.

use super::ApiError;
use leptos::prelude::*;
use serde::{Deserialize, Serialize};
use server_fn::codec::{PostUrl, Postcard};
use shop_core::checkout::FieldError;

/// What she is called, as typed, with its mistakes.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct ContactDetails {
    /// First name.
    pub given_name: String,
    /// Last name.
    pub family_name: String,
    /// Phone; may be empty.
    pub phone: String,
    /// What to look at again.
    pub errors: Vec<FieldError>,
    /// Whether it was just saved.
    pub saved: bool,
}

/// How far an erasure is.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct ErasureForm {
    /// A code was mailed.
    pub sent: bool,
    /// What to look at again.
    pub errors: Vec<FieldError>,
    /// She did not tick that she is sure.
    pub unsure: bool,
}

/// Saves what she is called and where she is phoned.
#[server(prefix = "/api", endpoint = "account/save-contact", input = PostUrl, output = Postcard)]
pub async fn save_contact(
    #[server(default)] given_name: String,
    #[server(default)] family_name: String,
    #[server(default)] phone: String,
) -> Result<(), ApiError> {
    super::views::save_contact(given_name, family_name, phone).await
}

/// Mails a code that confirms an erasure.
#[server(prefix = "/api", endpoint = "account/erasure-code", input = PostUrl, output = Postcard)]
pub async fn ask_erasure() -> Result<(), ApiError> {
    super::views::ask_erasure().await
}

/// Erases who is signed in, with that code. Like every address that ends so, it is counted with the tries to sign in.
#[server(prefix = "/api", endpoint = "account/erase-with-code", input = PostUrl, output = Postcard)]
pub async fn erase_me(#[server(default)] code: String, #[server(default)] sure: String) -> Result<(), ApiError> {
    super::views::erase_me(code, !sure.is_empty()).await
}
