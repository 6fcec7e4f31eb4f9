//! A tiny shop: it listens for notifications and calls the provider as an adapter would.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use axum::routing::post;
use axum::{Json, Router};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use reqwest::{Client, RequestBuilder, Response, StatusCode};
use serde_json::{Value, json};
use shop_sandbox::rabo::signature::{notification_message, results_message, sign};
use shop_sandbox::rabo::wire::{Notification, OrderResults};
use shop_sandbox::{DEMO_REFRESH_TOKEN, DEMO_SIGNING_KEY, Sandbox, SandboxConfig};

pub const ORDER_API: &str = "/omnikassa-api/order/server/api";

pub struct Shop {
    pub sandbox: Sandbox,
    pub client: Client,
    notices: Arc<Mutex<Vec<Notification>>>,
}

pub fn key() -> Vec<u8> {
    STANDARD.decode(DEMO_SIGNING_KEY).unwrap()
}

impl Shop {
    pub async fn open() -> Shop {
        Self::open_with(SandboxConfig::on_free_ports()).await
    }

    pub async fn open_with(mut config: SandboxConfig) -> Shop {
        let notices = Arc::new(Mutex::new(Vec::new()));
        let heard = notices.clone();
        let webhook = Router::new().route(
            "/webhook",
            post(async move |Json(notice): Json<Notification>| {
                // As a real shop: what is not signed by the provider is refused, and remembered here for the test.
                let good = sign(&key(), &notification_message(&notice)) == notice.signature;
                heard.lock().unwrap().push(notice);
                if good { axum::http::StatusCode::OK } else { axum::http::StatusCode::BAD_REQUEST }
            }),
        );
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        config.notify_url = format!("http://{}/webhook", listener.local_addr().unwrap());
        tokio::spawn(async move { axum::serve(listener, webhook).await });
        let sandbox = Sandbox::start(config).await.unwrap();
        let mut settings = sandbox.rabo().settings();
        settings.notify_delay_ms = 10;
        settings.notify_retry_ms = 20;
        sandbox.rabo().set_settings(settings);
        let client =
            Client::builder().no_proxy().redirect(reqwest::redirect::Policy::none()).build().expect("a plain client");
        Shop { sandbox, client, notices }
    }

    pub fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.sandbox.http_addr())
    }

    pub async fn token(&self) -> String {
        let request = self.client.get(self.url("/omnikassa-api/gatekeeper/refresh")).bearer_auth(DEMO_REFRESH_TOKEN);
        body(request, StatusCode::OK).await["token"].as_str().unwrap().to_owned()
    }

    pub fn order(&self, number: &str, cents: i64) -> Value {
        json!({
            "timestamp": self.sandbox.rabo().clock().now().to_string(),
            "merchantOrderId": number,
            "description": format!("Bestelling {number}"),
            "amount": { "currency": "EUR", "amount": cents },
            "language": "NL",
            "merchantReturnURL": "https://shop.example/terug?taal=nl",
            "paymentBrand": "IDEAL",
            "paymentBrandForce": "FORCE_ONCE"
        })
    }

    pub fn announcing(&self, token: &str, order: &Value) -> RequestBuilder {
        self.client.post(self.url(&format!("{ORDER_API}/v2/order"))).bearer_auth(token).json(order)
    }

    /// Announces and gives the OmniKassa id.
    pub async fn announce(&self, number: &str, cents: i64) -> String {
        let token = self.token().await;
        let answer = body(self.announcing(&token, &self.order(number, cents)), StatusCode::CREATED).await;
        let id = answer["omnikassaOrderId"].as_str().unwrap().to_owned();
        assert_eq!(answer["redirectUrl"], self.url(&format!("/pay/{id}")));
        id
    }

    pub async fn press(&self, id: &str, button: &str) -> Response {
        let form = self.client.post(self.url(&format!("/pay/{id}")));
        form.header("content-type", "application/x-www-form-urlencoded")
            .body(format!("outcome={button}"))
            .send()
            .await
            .unwrap()
    }

    pub fn notices(&self) -> Vec<Notification> {
        self.notices.lock().unwrap().clone()
    }

    /// Waits until this many notifications have come.
    pub async fn hear(&self, count: usize) -> Vec<Notification> {
        for _ in 0..300 {
            if self.notices().len() >= count {
                return self.notices();
            }
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
        panic!("{} of {count} notifications came", self.notices().len());
    }

    /// Pulls once with the token of a notification and checks the signature.
    pub async fn pull(&self, notice: &Notification) -> OrderResults {
        let path = format!("{ORDER_API}/v2/events/results/{}", notice.event_name);
        let request = self.client.get(self.url(&path)).bearer_auth(&notice.authentication);
        let answer: OrderResults = serde_json::from_value(body(request, StatusCode::OK).await).unwrap();
        assert_eq!(answer.signature, sign(&key(), &results_message(&answer)));
        answer
    }
}

/// The JSON of an answer that must have this status.
pub async fn body(request: RequestBuilder, status: StatusCode) -> Value {
    let answer = request.send().await.unwrap();
    let seen = answer.status();
    let text = answer.text().await.unwrap();
    assert_eq!(seen, status, "{text}");
    serde_json::from_str(&text).unwrap()
}
