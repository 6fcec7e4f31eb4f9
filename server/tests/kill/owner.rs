//! The owner at her desk: books transfers, sends parcels, cancels, pays back, and decides about money that came late. In a random
//! order, and without looking whether the shop was killed meanwhile.

use crate::browser::Browser;
use crate::program::Shop;
use std::time::{Duration, Instant};
use uuid::Uuid;

pub struct Owner<'a> {
    shop: &'a Shop,
    browser: Browser<'a>,
}

impl<'a> Owner<'a> {
    /// Signs in with the link that the demo prints when it starts.
    pub async fn sign_in(shop: &'a Shop) -> Self {
        let mut browser = Browser::new(shop);
        let patience = Instant::now() + Duration::from_secs(20);
        let link = loop {
            let said = std::fs::read_to_string(shop.said()).unwrap();
            if let Some((_, rest)) = said.rsplit_once("/beheer/demo/") {
                break format!("{}/beheer/demo/{}", shop.url, rest.split_whitespace().next().unwrap());
            }
            assert!(Instant::now() < patience, "no link of the owner was printed");
            tokio::time::sleep(Duration::from_millis(50)).await;
        };
        let landing = browser.get(&link).await;
        assert_eq!(landing.location.as_deref(), Some("/beheer"), "{}", landing.status);
        Self { shop, browser }
    }

    /// One thing that she does with an order.
    pub async fn takes_an_order(&mut self) {
        let found: Option<(String, String, String)> = sqlx::query_as(
            "select number, state, method
             from orders
             where state in ('paid', 'shipped') or state = 'awaiting_payment' and method = 'bank_transfer'
             order by random()
             limit 1",
        )
        .fetch_optional(&self.shop.rows)
        .await
        .unwrap();
        let Some((number, state, _)) = found else { return };
        let chance = self.shop.chance.below(100);
        match (state.as_str(), chance) {
            ("awaiting_payment", 0..60) => self.step(&number, "overboeking", &[]).await,
            ("awaiting_payment", 60..65) | ("paid", 0..10) => self.step(&number, "annuleren", &[]).await,
            ("paid", 10..50) => self.step(&number, "verzenden", &[("code", "3SABCD1234567")]).await,
            ("paid", 50..60) | ("shipped", 0..10) => {
                self.pays_back(&number, &[("soort", "bedrag"), ("bedrag", "5"), ("reden", "knoopje")]).await;
            }
            ("shipped", 10..25) => {
                self.pays_back(&number, &[("soort", "stuks"), ("stuks", "1"), ("verzending", "ja")]).await;
            }
            _ => {}
        }
    }

    /// The form on the page of an order, when it is there.
    async fn pays_back(&mut self, number: &str, how: &[(&str, &str)]) {
        let page = self.browser.get(&format!("{}/beheer/bestellingen/{number}", self.shop.url)).await.body;
        let hidden = |name: &str| page.split(&format!("name=\"{name}\" value=\"")).nth(1)?.split('"').next();
        let (Some(key), Some(version)) = (hidden("kenmerk"), hidden("versie")) else { return };
        let mut form = vec![("kenmerk", key), ("versie", version), ("akkoord", "ja")];
        form.extend(how);
        self.step(number, "terugbetalen", &form).await;
    }

    async fn step(&mut self, number: &str, step: &str, form: &[(&str, &str)]) {
        let url = format!("{}/beheer/bestellingen/{number}/{step}", self.shop.url);
        let landing = self.browser.post(&url, form).await;
        assert_ne!(landing.location.as_deref(), Some("/beheer/inloggen"), "she was signed out");
    }

    /// What her desk asks: money that came late or twice goes back, and what no provider can send she pays herself.
    pub async fn clears_her_desk(&mut self) {
        let tasks: Vec<(i64,)> = sqlx::query_as(
            "select id from tasks where closed_at is null and kind in ('paid_twice', 'paid_after_end') order by id",
        )
        .fetch_all(&self.shop.rows)
        .await
        .unwrap();
        for (task,) in tasks {
            let step = if self.shop.chance.percent(30) { "alsnog" } else { "terugbetalen" };
            let url = format!("{}/beheer/betaaltaken/{task}/{step}", self.shop.url);
            self.browser.post(&url, &[]).await;
        }
        let by_hand: Vec<(Uuid, String)> = sqlx::query_as(
            "select refunds.id, orders.number
             from refunds
             join orders on orders.id = refunds.order_id
             where refunds.state not in ('wanted', 'sent', 'done')",
        )
        .fetch_all(&self.shop.rows)
        .await
        .unwrap();
        for (refund, number) in by_hand {
            self.step(&number, &format!("terugbetaald/{refund}"), &[]).await;
        }
    }
}
