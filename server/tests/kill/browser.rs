//! A browser of somebody who does not give up: what got no answer is clicked again.

use crate::program::Shop;
use reqwest::header::{ACCEPT, COOKIE, LOCATION, SET_COOKIE};
use reqwest::{RequestBuilder, StatusCode};
use std::time::Duration;

/// So often somebody clicks on a button that does not answer; a shop that comes back needs a moment.
const CLICKS: u32 = 1_000;

/// Where a click led.
pub struct Landing {
    pub status: StatusCode,
    pub location: Option<String>,
    pub body: String,
}

pub struct Browser<'a> {
    shop: &'a Shop,
    cookie: Option<String>,
}

impl<'a> Browser<'a> {
    pub const fn new(shop: &'a Shop) -> Self {
        Self { shop, cookie: None }
    }

    /// A form of the shop, after a moment of thought. Where it led.
    pub async fn send(&mut self, path: &str, form: &[(&str, &str)]) -> String {
        tokio::time::sleep(self.shop.chance.milliseconds(0, 90)).await;
        let url = format!("{}{path}", self.shop.url);
        let landing = self.post(&url, form).await;
        landing.location.unwrap_or_else(|| panic!("{path} led nowhere ({})", landing.status))
    }

    pub async fn post(&mut self, url: &str, form: &[(&str, &str)]) -> Landing {
        for _ in 0..CLICKS {
            if let Some(landing) = self.answer(self.shop.http.post(url).form(form)).await {
                return landing;
            }
        }
        panic!("{url} does not answer");
    }

    pub async fn get(&mut self, url: &str) -> Landing {
        for _ in 0..CLICKS {
            if let Some(landing) = self.answer(self.shop.http.get(url)).await {
                return landing;
            }
        }
        panic!("{url} does not answer");
    }

    /// `None` when there was no answer and she has to click again.
    async fn answer(&mut self, mut request: RequestBuilder) -> Option<Landing> {
        request = request.header(ACCEPT, "text/html").header("sec-fetch-site", "same-origin");
        if let Some(cookie) = &self.cookie {
            request = request.header(COOKIE, format!("agsid={cookie}"));
        }
        let landing = self.landing(request).await;
        if landing.is_none() {
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        landing
    }

    async fn landing(&mut self, request: RequestBuilder) -> Option<Landing> {
        let answer = request.send().await.ok()?;
        for line in answer.headers().get_all(SET_COOKIE) {
            let value = line.to_str().unwrap().strip_prefix("agsid=").and_then(|rest| rest.split(';').next());
            self.cookie = value.map(str::to_owned).or(self.cookie.take());
        }
        let status = answer.status();
        let location = answer.headers().get(LOCATION).map(|location| location.to_str().unwrap().to_owned());
        let body = answer.text().await.ok()?;
        (!status.is_server_error()).then_some(Landing { status, location, body })
    }
}
