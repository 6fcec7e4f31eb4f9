//! A tiny shop: it listens for callbacks and calls Klarna as an adapter would.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use axum::Router;
use axum::body::Bytes;
use axum::extract::Path;
use axum::http::StatusCode as Status;
use axum::routing::post;
use reqwest::{Client, Method, RequestBuilder, Response, StatusCode};
use serde_json::{Value, json};
use shop_sandbox::klarna::{DEMO_PASSWORD, DEMO_USERNAME};
use shop_sandbox::{Sandbox, SandboxConfig};

/// A callback: the last part of its address, and its body.
pub type Heard = (String, Value);

pub struct Shop {
    pub sandbox: Sandbox,
    pub client: Client,
    pub hooks: String,
    heard: Arc<Mutex<Vec<Heard>>>,
    deaf: Arc<Mutex<u32>>,
}

impl Shop {
    pub async fn open() -> Shop {
        Self::open_with(SandboxConfig::on_free_ports()).await
    }

    pub async fn open_with(config: SandboxConfig) -> Shop {
        let heard = Arc::new(Mutex::new(Vec::new()));
        let deaf = Arc::new(Mutex::new(0));
        let (ears, plugs) = (heard.clone(), deaf.clone());
        let hooks = Router::new().route(
            "/hooks/{*rest}",
            post(async move |Path(rest): Path<String>, body: Bytes| {
                let body = serde_json::from_slice(&body).unwrap_or(Value::Null);
                ears.lock().unwrap().push((rest, body));
                let mut left = plugs.lock().unwrap();
                if *left == 0 {
                    return Status::OK;
                }
                *left -= 1;
                Status::SERVICE_UNAVAILABLE
            }),
        );
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = format!("http://{}/hooks", listener.local_addr().unwrap());
        tokio::spawn(async move { axum::serve(listener, hooks).await });
        let sandbox = Sandbox::start(config).await.unwrap();
        let mut settings = sandbox.klarna().settings();
        settings.callback_delay_ms = 10;
        settings.callback_retry_ms = 20;
        sandbox.klarna().set_settings(settings);
        let client =
            Client::builder().no_proxy().redirect(reqwest::redirect::Policy::none()).build().expect("a plain client");
        Shop { sandbox, client, hooks: address, heard, deaf }
    }

    /// The next callbacks are answered with 503.
    pub fn be_deaf(&self, times: u32) {
        *self.deaf.lock().unwrap() = times;
    }

    pub fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.sandbox.http_addr())
    }

    pub fn call(&self, method: Method, path: &str) -> RequestBuilder {
        self.client.request(method, self.url(path)).basic_auth(DEMO_USERNAME, Some(DEMO_PASSWORD))
    }

    pub fn get(&self, path: &str) -> RequestBuilder {
        self.call(Method::GET, path)
    }

    pub fn post(&self, path: &str, body: &Value) -> RequestBuilder {
        self.call(Method::POST, path).json(body)
    }

    /// Two rompers and their delivery, for the test person who is approved.
    pub fn purchase(&self) -> Value {
        json!({
            "purchase_country": "NL", "purchase_currency": "EUR", "locale": "nl-NL", "intent": "buy",
            "order_amount": 5485, "order_tax_amount": 952, "merchant_reference1": "KW100042",
            "order_lines": [
                { "type": "physical", "reference": "ROM-68", "name": "Rompertje maat 68", "quantity": 2,
                  "unit_price": 2495, "tax_rate": 2100, "total_amount": 4990, "total_discount_amount": 0,
                  "total_tax_amount": 866 },
                { "type": "shipping_fee", "name": "Verzending", "quantity": 1, "unit_price": 495, "tax_rate": 2100,
                  "total_amount": 495, "total_tax_amount": 86 } ],
            "merchant_urls": {
                "confirmation": "https://shop.example/bedankt/{order.id}",
                "authorization": format!("{}/authorization/{{session.id}}", self.hooks),
                "notification": format!("{}/notification/{{order.id}}", self.hooks),
                "push": format!("{}/push/{{order.id}}", self.hooks)
            },
            "billing_address": buyer("customer@email.nl"), "shipping_address": buyer("customer@email.nl")
        })
    }

    /// One cent more or less on the delivery, so that the cents of the sum have their own fate.
    pub fn purchase_of(&self, cents: i64) -> Value {
        let mut purchase = self.purchase();
        let delivery = cents - 4990;
        let tax = (delivery * 2100 + 6050) / 12_100;
        purchase["order_amount"] = json!(cents);
        purchase["order_tax_amount"] = json!(866 + tax);
        purchase["order_lines"][1]["unit_price"] = json!(delivery);
        purchase["order_lines"][1]["total_amount"] = json!(delivery);
        purchase["order_lines"][1]["total_tax_amount"] = json!(tax);
        purchase
    }

    pub async fn session(&self, purchase: &Value) -> String {
        let answer = body(self.post("/payments/v1/sessions", purchase), StatusCode::OK).await;
        assert_eq!(answer["payment_method_categories"][0]["identifier"], "pay_later");
        answer["session_id"].as_str().unwrap().to_owned()
    }

    pub fn page_wish(&self, session: &str) -> Value {
        json!({
            "payment_session_url": self.url(&format!("/payments/v1/sessions/{session}")),
            "merchant_urls": {
                "success": "https://shop.example/terug?hpp={{session_id}}",
                "cancel": "https://shop.example/gestopt", "back": "https://shop.example/betaling",
                "failure": "https://shop.example/afgewezen", "error": "https://shop.example/fout",
                "status_update": format!("{}/status/{{{{session_id}}}}", self.hooks)
            },
            "options": { "place_order_mode": "NONE", "payment_method_category": "pay_later" }
        })
    }

    /// A page for this purchase.
    pub async fn page(&self, purchase: &Value) -> String {
        let session = self.session(purchase).await;
        let answer = body(self.post("/hpp/v1/sessions", &self.page_wish(&session)), StatusCode::CREATED).await;
        let id = answer["session_id"].as_str().unwrap().to_owned();
        assert_eq!(answer["redirect_url"], self.url(&format!("/klarna/pay/{id}")));
        id
    }

    pub async fn look(&self, page: &str) -> Value {
        body(self.get(&format!("/hpp/v1/sessions/{page}")), StatusCode::OK).await
    }

    pub async fn press(&self, page: &str, form: &str) -> Response {
        let request = self.client.post(self.url(&format!("/klarna/pay/{page}")));
        let request = request.header("content-type", "application/x-www-form-urlencoded");
        request.body(format!("outcome={form}")).send().await.unwrap()
    }

    /// Has a page approved and gives its token.
    pub async fn approved(&self, purchase: &Value) -> String {
        let page = self.page(purchase).await;
        self.press(&page, "approve").await;
        self.look(&page).await["authorization_token"].as_str().unwrap().to_owned()
    }

    pub fn placing(&self, token: &str, purchase: &Value) -> RequestBuilder {
        self.post(&format!("/payments/v1/authorizations/{token}/order"), purchase)
    }

    /// Places an order and gives its id.
    pub async fn placed(&self, purchase: &Value) -> String {
        let token = self.approved(purchase).await;
        let answer = body(self.placing(&token, purchase), StatusCode::OK).await;
        answer["order_id"].as_str().unwrap().to_owned()
    }

    pub fn heard(&self) -> Vec<Heard> {
        self.heard.lock().unwrap().clone()
    }

    /// Waits until this many callbacks whose address begins so have come.
    pub async fn hear(&self, begins: &str, count: usize) -> Vec<Heard> {
        for _ in 0..300 {
            let heard: Vec<Heard> = self.heard().into_iter().filter(|(rest, _)| rest.starts_with(begins)).collect();
            if heard.len() >= count {
                return heard;
            }
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
        panic!("{begins} came less than {count} times: {:?}", self.heard());
    }
}

pub fn buyer(email: &str) -> Value {
    json!({
        "given_name": "Test", "family_name": "Person-nl", "email": email, "phone": "+31689124321",
        "street_address": "Osdorpplein 137", "postal_code": "1068 SR", "city": "Amsterdam", "country": "NL"
    })
}

/// The JSON of an answer that must have this status; null when there is none.
pub async fn body(request: RequestBuilder, status: StatusCode) -> Value {
    let answer = request.send().await.unwrap();
    let seen = answer.status();
    let text = answer.text().await.unwrap();
    assert_eq!(seen, status, "{text}");
    if text.is_empty() { Value::Null } else { serde_json::from_str(&text).unwrap() }
}
