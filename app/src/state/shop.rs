//! The shop's own facts, asked once for header, footer and everything between.

use crate::api::catalog::{ShopFacts, shop_facts};
use crate::api::{Asked, Loaded, load};
use leptos::prelude::*;
use shop_core::money::Money;
use shop_core::shop::Identity;

/// Loads the facts and hands them to everything below.
pub fn provide_shop() -> Loaded<ShopFacts> {
    let facts = load(Asked::default, |_| shop_facts());
    provide_context(facts);
    facts
}

/// The facts; read them in a `Suspend`. When they could not be had, [`plain`] keeps header and footer standing.
pub fn use_shop() -> Loaded<ShopFacts> {
    expect_context()
}

/// What header and footer show when the facts could not be loaded: who we are, and no numbers.
pub fn plain() -> ShopFacts {
    ShopFacts {
        identity: Identity::default(),
        organic: 0,
        articles: 0,
        shipping: Money::ZERO,
        free_from: None,
        return_cost: Money::ZERO,
        menu: Vec::new(),
        ways_to_pay: String::new(),
        invoice_limit: Money::ZERO,
        demo: false,
    }
}
