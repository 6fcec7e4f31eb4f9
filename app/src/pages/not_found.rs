//! The page for addresses that lead nowhere.

use crate::api::ApiError;
use crate::components::page_error::page_error;
use leptos::prelude::*;
use shop_core::ShopError;

/// 404, with the way back to the shop.
#[component]
pub fn NotFound() -> impl IntoView {
    page_error(ApiError(ShopError::NotFound))
}
