//! iDEAL and cards through Rabo OmniKassa (Rabo Smart Pay, online payment API v2). This file translates between the port
//! and the provider; their words are in `wire`, the calls in `client`, signatures in `webhook`, states in `answer`.

mod answer;
mod client;
mod webhook;
mod wire;

use async_trait::async_trait;
use client::{Call, Client, Trouble};
use secrecy::{ExposeSecret, SecretString};
use shop_core::money::Money;
use shop_core::order::Order;
use shop_core::payment::{Attempt, Method};
use shop_core::privacy::disclosure::fact;
use shop_core::privacy::party::to;
use shop_core::privacy::{Disclosed, Disclosure, Purpose};
use shop_core::time::{Day, Timestamp};
use shop_flows::ports::{
    Answer, Booked, Clock, Deed, Held, Notice, NoticeError, PaymentError, PaymentProvider, Pulled, RawNotice,
    RefundStanding, Refunded, Started, Transfer, Wish,
};
use std::sync::Arc;
use std::time::Duration;
use webhook::SigningKey;
use wire::{Amount, Announced, Announcement, Details, Refund, RefundWish, Refundable, Results, path};

/// What the owner copies from the dashboard of the provider, and where the provider is.
#[derive(Debug, Clone, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OmniKassaConfig {
    /// `https://api.pay.rabobank.nl`. Plain `http` only on this machine.
    pub base_url: String,
    /// The long-lived refresh token of the webshop.
    pub refresh_token: SecretString,
    /// The signing key of the webshop, base64.
    pub signing_key: SecretString,
    /// How long connecting may take.
    #[serde(skip, default = "connect_timeout")]
    pub connect_timeout: Duration,
    /// How long a whole call may take.
    #[serde(skip, default = "timeout")]
    pub timeout: Duration,
}

const fn connect_timeout() -> Duration {
    Duration::from_secs(5)
}

const fn timeout() -> Duration {
    Duration::from_secs(30)
}

impl OmniKassaConfig {
    /// With the usual time limits: 5 seconds to connect, 30 for a call.
    pub fn new(base_url: String, refresh_token: SecretString, signing_key: SecretString) -> Self {
        Self { base_url, refresh_token, signing_key, connect_timeout: connect_timeout(), timeout: timeout() }
    }
}

/// Settings that cannot work. Holds no secret.
#[derive(Debug, thiserror::Error)]
pub enum OmniKassaError {
    /// Not a web address, or plain `http` to another machine.
    #[error("the address of OmniKassa must begin with https://")]
    BaseUrl,
    /// Not base64, or empty.
    #[error("the signing key of OmniKassa is not base64")]
    SigningKey,
    /// Empty, or holds characters that no token has.
    #[error("the refresh token of OmniKassa is empty or damaged")]
    RefreshToken,
    /// The HTTP client could not be made.
    #[error("the HTTP client for OmniKassa could not be made")]
    Client(#[source] reqwest::Error),
}

/// Rabo OmniKassa.
pub struct OmniKassa {
    client: Client,
    key: SigningKey,
    clock: Arc<dyn Clock>,
    /// Pages to pay on must be encrypted, except beside a sandbox on this machine.
    plain_pages: bool,
}

impl OmniKassa {
    /// The provider with these settings. Calls nobody yet.
    pub fn new(config: OmniKassaConfig, clock: Arc<dyn Clock>) -> Result<Self, OmniKassaError> {
        let plain = is_plain_and_local(&config.base_url)?;
        let key = SigningKey::decode(config.signing_key.expose_secret()).ok_or(OmniKassaError::SigningKey)?;
        let token = config.refresh_token.expose_secret().trim();
        if token.is_empty() || !token.bytes().all(|byte| byte.is_ascii_graphic()) {
            return Err(OmniKassaError::RefreshToken);
        }
        let host = config.base_url.trim_end_matches('/').to_owned();
        let client =
            Client::new(host, SecretString::from(token), config.connect_timeout, config.timeout, clock.clone())
                .map_err(OmniKassaError::Client)?;
        Ok(Self { client, key, clock, plain_pages: plain })
    }

    async fn details(&self, id: &str) -> Result<Option<Details>, PaymentError> {
        match self.client.call(&Call::get(format!("{}/{id}", path::ORDERS))).await {
            Ok(details) => Ok(Some(details)),
            Err(Trouble::NotFound) => Ok(None),
            Err(trouble) => Err(trouble.into()),
        }
    }

    /// Cents of a transaction that can still go back.
    async fn refundable(&self, transaction: &str) -> Result<i64, PaymentError> {
        let at = format!("{}/{transaction}/refundable-details", path::TRANSACTIONS);
        let left: Refundable = self.client.call(&Call::get(at)).await?;
        let cents = left.refundable_money.euro_cents();
        cents.ok_or_else(|| PaymentError::OutcomeUnknown("refundable in another currency".to_owned()))
    }

    /// A new order, and what it gives away: whatever stands in it of an order or a way back came out of the disclosure.
    fn announcement<'a>(&self, wish: &'a Wish<'a>) -> Result<(Announcement<'a>, Disclosed), PaymentError> {
        let attempt = wish.attempt;
        let brand = match attempt.method {
            Method::Ideal => "IDEAL",
            Method::Card => "CARDS",
            Method::PayPal | Method::Klarna | Method::Invoice | Method::BankTransfer => {
                return Err(PaymentError::Declined("not a method of OmniKassa".to_owned()));
            }
        };
        let cents = attempt.amount.in_cents();
        if !(1..=wire::LARGEST_AMOUNT).contains(&cents) || !webhook::is_reference(&attempt.reference) {
            return Err(PaymentError::Declined("amount or reference is outside what OmniKassa takes".to_owned()));
        }
        let mut out = Disclosure::<to::OmniKassa>::new(Purpose::Payment);
        let announcement = Announcement {
            timestamp: iso(self.clock.now())?,
            merchant_order_id: out.give::<fact::Reference, _>(attempt.reference.as_str()),
            description: out
                .give::<fact::Reference, _>(&wish.order.number)
                .map(|number| format!("Bestelling {number}").chars().take(35).collect()),
            amount: out.give::<fact::Amount, _>(attempt.amount).map(|amount| Amount::euro(amount.in_cents())),
            language: "NL",
            merchant_return_url: out.give::<fact::WayBack, _>(wish.return_url.as_str()),
            payment_brand: brand,
            // After a refusal she may choose another way on the same page.
            payment_brand_force: "FORCE_ONCE",
        };
        Ok((announcement, out.done()))
    }

    /// Where the shopper pays, when it is a page that we dare to send her to.
    fn is_page(&self, address: &str) -> bool {
        reqwest::Url::parse(address)
            .is_ok_and(|url| url.scheme() == "https" || self.plain_pages && url.scheme() == "http")
    }
}

#[async_trait]
impl PaymentProvider for OmniKassa {
    fn name(&self) -> &'static str {
        "omnikassa"
    }

    fn methods(&self) -> &[Method] {
        &[Method::Ideal, Method::Card]
    }

    fn discloses(&self, wish: &Wish<'_>) -> Option<Disclosed> {
        self.announcement(wish).ok().map(|(_, told)| told)
    }

    /// OmniKassa takes its money when the shopper pays; only refunds are deeds of their own.
    fn discloses_transfer(&self, deed: Deed, transfer: &Transfer<'_>) -> Option<Disclosed> {
        (deed == Deed::Refund).then(|| refund_wish(transfer).1)
    }

    async fn start(&self, wish: &Wish<'_>) -> Result<Started, PaymentError> {
        let attempt = wish.attempt;
        let (announcement, _) = self.announcement(wish)?;
        let call = Call::post(path::ANNOUNCE.to_owned(), &announcement, attempt.id.to_string());
        let announced: Announced = self.client.call(&call).await?;
        if !self.is_page(&announced.redirect_url) || !is_id(&announced.omnikassa_order_id) {
            tracing::error!(attempt = %attempt.id, "the provider's answer names no page to pay on");
            return Err(PaymentError::OutcomeUnknown("announced, but without a page to pay on".to_owned()));
        }
        Ok(Started { provider_id: Some(announced.omnikassa_order_id), pay_url: Some(announced.redirect_url) })
    }

    /// An attempt without a provider id never got a page, so nobody can have paid it: `Ok(None)`.
    async fn status(&self, attempt: &Attempt, _: &Order) -> Result<Option<Answer>, PaymentError> {
        let Some(id) = attempt.provider_id.as_deref().filter(|id| is_id(id)) else {
            return Ok(None);
        };
        let Some(details) = self.details(id).await? else {
            return Ok(None);
        };
        if details.order.id != id {
            return Err(PaymentError::OutcomeUnknown("the answer is about another order".to_owned()));
        }
        answer::of_details(&details.order).map(Some).map_err(|odd| odd.reported(id))
    }

    async fn read_notice(&self, notice: RawNotice<'_>) -> Result<Notice, NoticeError> {
        webhook::read_notice(&self.key, notice.body)
    }

    /// One odd order does not cost us the others of its page, because a page may not be handed out again; the odd one is
    /// logged and asked about by itself later. A page of nothing else is `OutcomeUnknown`.
    async fn pull(&self, token: &str) -> Result<Pulled, PaymentError> {
        let call = Call::get(format!("{}/{}", path::RESULTS, wire::EVENT_NAME));
        let token = SecretString::from(token);
        let results: Results = match self.client.call_with(&call, &token).await {
            // The notice is too old. A new one follows as long as results wait.
            Err(Trouble::Unauthorized) => {
                return Err(PaymentError::Declined("the token of the notice is refused (401)".to_owned()));
            }
            answer => answer?,
        };
        if !self.key.signed(&results.signed_message(), &results.signature) {
            tracing::error!("a pull answer carries a wrong signature");
            return Err(PaymentError::OutcomeUnknown("wrong signature under the results".to_owned()));
        }
        let mut answers = Vec::new();
        let mut odd_one = None;
        for order in &results.order_results {
            match answer::of_result(order) {
                Ok(answer) => answers.push(answer),
                Err(odd) => odd_one = Some(odd.reported(&order.omnikassa_order_id)),
            }
        }
        match odd_one {
            Some(error) if answers.is_empty() => Err(error),
            _ => Ok(Pulled { answers, more: results.more_order_results_available }),
        }
    }

    fn read_return(&self, query: &[(String, String)]) -> Option<String> {
        webhook::read_return(&self.key, query)
    }

    /// iDEAL and cards are paid at once; there is nothing to take later.
    async fn capture(&self, _: &Transfer<'_>) -> Result<String, PaymentError> {
        Err(PaymentError::Declined("OmniKassa takes the money when the shopper pays".to_owned()))
    }

    async fn release(&self, _: &str, _: &str) -> Result<(), PaymentError> {
        Ok(())
    }

    /// What is left to refund is asked first, so a wrong transaction or currency stops here. Less left than wanted does
    /// not: an earlier call with this key may have succeeded without our hearing it, and only the provider, who gets
    /// the same `request-id` again, can tell that from a wish that is too large.
    async fn refund(&self, transfer: &Transfer<'_>) -> Result<Refunded, PaymentError> {
        let amount = transfer.amount;
        if !is_id(transfer.transaction) || amount <= Money::ZERO {
            return Err(PaymentError::Declined("no such transaction or amount".to_owned()));
        }
        let transaction = format!("{}/{}", path::TRANSACTIONS, transfer.transaction);
        let left = self.refundable(transfer.transaction).await?;
        if left < amount.in_cents() {
            tracing::warn!(
                left,
                wanted = amount.in_cents(),
                "less is refundable than wanted; the provider decides whether this is a repeated call"
            );
        }
        let (wish, _) = refund_wish(transfer);
        let call = Call::post(format!("{transaction}/refunds"), &wish, transfer.key.to_owned());
        let refund: Refund = self.client.call(&call).await?;
        Ok(Refunded { standing: standing(&refund), id: refund.refund_id })
    }

    /// No notice tells about refunds, so they are asked about (providers.md 1.10).
    async fn refund_standing(&self, transaction: &str, refund: &str) -> Result<RefundStanding, PaymentError> {
        if !is_id(transaction) || !is_id(refund) {
            return Err(PaymentError::Declined("no such transaction or refund".to_owned()));
        }
        let at = format!("{}/{transaction}/refunds/{refund}", path::TRANSACTIONS);
        let known: Refund = self.client.call(&Call::get(at)).await?;
        if known.refund_id != refund {
            return Err(PaymentError::OutcomeUnknown("the answer is about another refund".to_owned()));
        }
        Ok(standing(&known))
    }

    /// The details of the order, and what is left to refund of what succeeded.
    async fn held(&self, attempt: &Attempt, _: Option<&str>) -> Result<Option<Held>, PaymentError> {
        let Some(id) = attempt.provider_id.as_deref().filter(|id| is_id(id)) else { return Ok(None) };
        let Some(details) = self.details(id).await? else { return Ok(None) };
        if details.order.id != id {
            return Err(PaymentError::OutcomeUnknown("the answer is about another order".to_owned()));
        }
        let told = answer::of_details(&details.order).map_err(|odd| odd.reported(id))?;
        let mut held = Held { received: told.paid, paid_back: Money::ZERO, promised: Money::ZERO, promise_ends: None };
        if let Some(transaction) = told.transaction.filter(|transaction| is_id(transaction)) {
            let left = Money::cents(self.refundable(&transaction).await?);
            held.paid_back = told
                .paid
                .minus(left)
                .map_err(|_| PaymentError::OutcomeUnknown("more is refundable than can be counted".to_owned()))?;
        }
        Ok(Some(held))
    }

    /// OmniKassa promises nothing.
    async fn extend(&self, _: &str, _: &str) -> Result<(), PaymentError> {
        Err(PaymentError::Declined("OmniKassa takes the money when the shopper pays".to_owned()))
    }

    async fn let_in(&self) -> Result<(), PaymentError> {
        self.client.let_in().await
    }

    /// There is no call for it; each attempt is asked about instead.
    async fn day(&self, _: Day) -> Result<Option<Vec<Booked>>, PaymentError> {
        Ok(None)
    }
}

fn refund_wish(transfer: &Transfer<'_>) -> (RefundWish, Disclosed) {
    let mut out = Disclosure::<to::OmniKassa>::new(Purpose::Payment);
    let money = out.give::<fact::Amount, _>(transfer.amount).map(|amount| Amount::euro(amount.in_cents()));
    (RefundWish { money, description: "Terugbetaling", vat_category: None }, out.done())
}

/// Only two words are documented; what is unknown is on its way (providers.md 1.10).
fn standing(refund: &Refund) -> RefundStanding {
    match refund.status.as_deref() {
        Some("COMPLETED") => RefundStanding::Done,
        _ => RefundStanding::Pending,
    }
}

/// Whether a text can stand in a path as an id of theirs (UUIDs, in practice).
fn is_id(text: &str) -> bool {
    (1..=64).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
}

/// `2026-03-01T11:28:55.000+00:00`.
fn iso(at: Timestamp) -> Result<String, PaymentError> {
    let at = jiff::Timestamp::from_microsecond(at.micros())
        .map_err(|_| PaymentError::Unavailable("the clock is wrong".to_owned()))?;
    Ok(at.strftime("%Y-%m-%dT%H:%M:%S%.3f+00:00").to_string())
}

/// Whether the address is plain HTTP, which is allowed on this machine only.
fn is_plain_and_local(address: &str) -> Result<bool, OmniKassaError> {
    let url = reqwest::Url::parse(address).map_err(|_| OmniKassaError::BaseUrl)?;
    let local = matches!(url.host_str(), Some("127.0.0.1" | "[::1]" | "localhost"));
    match url.scheme() {
        "https" => Ok(false),
        "http" if local => Ok(true),
        _ => Err(OmniKassaError::BaseUrl),
    }
}
