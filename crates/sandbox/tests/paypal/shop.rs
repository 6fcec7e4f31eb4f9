//! A tiny shop: it listens for webhooks and calls PayPal as an adapter would.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use axum::Router;
use axum::body::Bytes;
use axum::http::HeaderMap;
use axum::routing::post;
use reqwest::{Client, RequestBuilder, Response, StatusCode};
use serde_json::{Value, json};
use shop_sandbox::paypal::{DEMO_CLIENT_ID, DEMO_CLIENT_SECRET, DEMO_WEBHOOK_ID, signed_message};
use shop_sandbox::{Sandbox, SandboxConfig};

/// A webhook as it arrived.
#[derive(Clone)]
pub struct Heard {
    pub headers: HeaderMap,
    pub raw: Bytes,
}

impl Heard {
    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.raw).unwrap()
    }

    pub fn header(&self, name: &str) -> &str {
        self.headers[name].to_str().unwrap()
    }

    /// The text that must be signed.
    pub fn message(&self) -> String {
        let (id, time) = (self.header("paypal-transmission-id"), self.header("paypal-transmission-time"));
        signed_message(id, time, DEMO_WEBHOOK_ID, &self.raw)
    }
}

pub struct Shop {
    pub sandbox: Sandbox,
    pub client: Client,
    heard: Arc<Mutex<Vec<Heard>>>,
}

impl Shop {
    pub async fn open() -> Shop {
        Self::open_with(SandboxConfig::on_free_ports()).await
    }

    pub async fn open_with(mut config: SandboxConfig) -> Shop {
        let heard = Arc::new(Mutex::new(Vec::new()));
        let ears = heard.clone();
        let webhook = Router::new().route(
            "/webhook",
            post(async move |headers: HeaderMap, raw: Bytes| {
                ears.lock().unwrap().push(Heard { headers, raw });
            }),
        );
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        config.paypal.notify_url = format!("http://{}/webhook", listener.local_addr().unwrap());
        tokio::spawn(async move { axum::serve(listener, webhook).await });
        let sandbox = Sandbox::start(config).await.unwrap();
        let mut settings = sandbox.paypal().settings();
        settings.notify_delay_ms = 10;
        settings.notify_retry_ms = 20;
        sandbox.paypal().set_settings(settings);
        let client =
            Client::builder().no_proxy().redirect(reqwest::redirect::Policy::none()).build().expect("a plain client");
        Shop { sandbox, client, heard }
    }

    pub fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.sandbox.http_addr())
    }

    pub fn asking_token(&self, id: &str, secret: &str, grant: &str) -> RequestBuilder {
        let request = self.client.post(self.url("/v1/oauth2/token")).basic_auth(id, Some(secret));
        request.header("content-type", "application/x-www-form-urlencoded").body(format!("grant_type={grant}"))
    }

    pub async fn token(&self) -> String {
        let asking = self.asking_token(DEMO_CLIENT_ID, DEMO_CLIENT_SECRET, "client_credentials");
        body(asking, StatusCode::OK).await["access_token"].as_str().unwrap().to_owned()
    }

    pub async fn get(&self, path: &str, status: StatusCode) -> Value {
        body(self.client.get(self.url(path)).bearer_auth(self.token().await), status).await
    }

    /// A call that does something, under a request id.
    pub async fn post(&self, path: &str, key: &str, wish: &Value, status: StatusCode) -> Value {
        let request = self.client.post(self.url(path)).bearer_auth(self.token().await);
        let request = request.header("paypal-request-id", key).header("prefer", "return=representation");
        body(request.json(wish), status).await
    }

    /// Makes an order for this number and gives PayPal's id.
    pub async fn create(&self, number: &str, value: &str) -> String {
        let order = self.post("/v2/checkout/orders", number, &order(number, value), StatusCode::CREATED).await;
        order["id"].as_str().unwrap().to_owned()
    }

    pub async fn capture(&self, id: &str, key: &str, status: StatusCode) -> Value {
        self.post(&format!("/v2/checkout/orders/{id}/capture"), key, &json!({}), status).await
    }

    /// An order that is paid; gives the id of its capture.
    pub async fn paid(&self, number: &str, value: &str) -> String {
        let id = self.create(number, value).await;
        self.press(&id, "pay").await;
        let order = self.capture(&id, &format!("{number}-capture"), StatusCode::CREATED).await;
        order["purchase_units"][0]["payments"]["captures"][0]["id"].as_str().unwrap().to_owned()
    }

    pub async fn press(&self, id: &str, button: &str) -> Response {
        let form = self.client.post(self.url(&format!("/checkoutnow?token={id}")));
        form.header("content-type", "application/x-www-form-urlencoded")
            .body(format!("outcome={button}"))
            .send()
            .await
            .unwrap()
    }

    pub fn heard(&self) -> Vec<Heard> {
        self.heard.lock().unwrap().clone()
    }

    /// Waits until this many webhooks have come.
    pub async fn hear(&self, count: usize) -> Vec<Heard> {
        for _ in 0..300 {
            if self.heard().len() >= count {
                return self.heard();
            }
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
        panic!("{} of {count} webhooks came", self.heard().len());
    }
}

pub fn order(number: &str, value: &str) -> Value {
    json!({ "intent": "CAPTURE",
        "purchase_units": [{ "reference_id": "default", "invoice_id": number, "custom_id": number,
            "amount": { "currency_code": "EUR", "value": value } }],
        "payment_source": { "paypal": { "experience_context": { "locale": "nl-NL", "user_action": "PAY_NOW",
            "shipping_preference": "NO_SHIPPING", "return_url": "https://shop.example/terug?taal=nl",
            "cancel_url": "https://shop.example/annuleer" } } } })
}

/// The JSON of an answer that must have this status.
pub async fn body(request: RequestBuilder, status: StatusCode) -> Value {
    let answer = request.send().await.unwrap();
    let seen = answer.status();
    let text = answer.text().await.unwrap();
    assert_eq!(seen, status, "{text}");
    serde_json::from_str(&text).unwrap()
}

/// The one broken rule that an answer names.
pub fn issue(answer: &Value) -> &str {
    answer["details"][0]["issue"].as_str().unwrap_or_default()
}
