//! Somebody who buys a dress.

use crate::browser::Browser;
use crate::goods::Dress;
use crate::program::Shop;
use std::ops::{Deref, DerefMut};

pub struct Shopper<'a> {
    shop: &'a Shop,
    browser: Browser<'a>,
    /// The number that she bears in this test.
    number: u32,
}

impl<'a> Shopper<'a> {
    pub const fn new(shop: &'a Shop, number: u32) -> Self {
        Self { shop, browser: Browser::new(shop), number }
    }

    pub fn email(&self) -> String {
        format!("koper{}@voorbeeld.nl", self.number)
    }

    /// Everything up to and with the order button. Where it led.
    pub async fn orders(&mut self, dress: Dress, method: &str) -> String {
        let email = self.email();
        let details = [
            ("email", email.as_str()),
            ("given_name", "Marieke"),
            ("family_name", "de Vries"),
            ("postal_code", "7603 NE"),
            ("house", "16"),
            ("street", "Wittem"),
            ("city", "Almelo"),
            ("country", "NL"),
        ];
        // Sets the number, so that clicking again does not add one more.
        let variant = dress.variant().to_string();
        self.send("/api/cart/change", &[("variant", variant.as_str()), ("quantity", "1")]).await;
        self.send("/api/checkout/start", &[]).await;
        self.send("/api/checkout/details", &details).await;
        self.send("/api/checkout/method", &[("method", method)]).await;
        self.send("/api/checkout/order", &[("seen_total", dress.total.to_string().as_str())]).await
    }

    /// Whether an address is a page to pay on.
    pub fn is_page(&self, address: &str) -> bool {
        address.starts_with(&self.shop.sandbox)
    }

    /// The number of the order in the address of its page.
    pub fn order_in(address: &str) -> Option<&str> {
        let rest = address.strip_prefix("/bestelling/")?;
        rest.split(['?', '#']).next()
    }
}

impl<'a> Deref for Shopper<'a> {
    type Target = Browser<'a>;

    fn deref(&self) -> &Browser<'a> {
        &self.browser
    }
}

impl<'a> DerefMut for Shopper<'a> {
    fn deref_mut(&mut self) -> &mut Browser<'a> {
        &mut self.browser
    }
}
