//! PayPal by redirect (Orders v2), without any script of theirs in our pages. This file translates between the port and
//! PayPal; their words are in `wire`, the calls in `client`, states in `answer`, notices in `webhook`, and whom a notice
//! may be signed by in `certificate`.

mod answer;
mod certificate;
mod client;
mod list;
mod webhook;
mod wire;

pub use certificate::CertificateSource;

use answer::{ended, of_order, unit_of};
use async_trait::async_trait;
use certificate::{CertificateError, Certificates};
use client::{Call, Client, Trouble};
use secrecy::{ExposeSecret, SecretString};
use shop_core::money::Money;
use shop_core::order::OrderState;
use shop_core::payment::{Attempt, AttemptEvent, Method};
use shop_core::privacy::disclosure::fact;
use shop_core::privacy::party::to;
use shop_core::privacy::{Disclosed, Disclosure, Purpose};
use shop_core::time::{Day, Seconds, Timestamp};
use shop_flows::ports::{
    Answer, Booked, Clock, Deed, Held, Notice, NoticeError, PaymentError, PaymentProvider, Pulled, RawNotice,
    RefundStanding, Refunded, Started, Transfer, Wish,
};
use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;
use webhook::Delivery;
use wire::{
    Amount, Capture, Context, Experience, NewOrder, NewUnit, Order, Refund, RefundWish, Source, TransactionInfo,
    Transactions, path,
};

/// An order that nobody approved within this time is gone at PayPal; one that was captured stays for years.
const PAYABLE: Seconds = Seconds::hours(3);

/// 10,000 movements of 500 a page: more than PayPal lists at once.
const LAST_PAGE: u32 = 20;

/// What the owner copies from the dashboard of PayPal, and where PayPal is.
#[derive(Debug, Clone)]
pub struct PayPalConfig {
    /// `https://api-m.paypal.com`. Plain `http` only on this machine.
    pub base_url: String,
    /// Half of the name under which the shop asks for access.
    pub client_id: SecretString,
    /// The other half.
    pub client_secret: SecretString,
    /// The id of the webhook; part of what PayPal signs.
    pub webhook_id: SecretString,
    /// Whose notices are believed.
    pub certificates: CertificateSource,
    /// How long connecting may take.
    pub connect_timeout: Duration,
    /// How long a whole call may take.
    pub timeout: Duration,
}

impl PayPalConfig {
    /// With the usual time limits: 5 seconds to connect, 30 for a call.
    pub fn new(
        base_url: String,
        client_id: SecretString,
        client_secret: SecretString,
        webhook_id: SecretString,
        certificates: CertificateSource,
    ) -> Self {
        let (connect_timeout, timeout) = (Duration::from_secs(5), Duration::from_secs(30));
        Self { base_url, client_id, client_secret, webhook_id, certificates, connect_timeout, timeout }
    }
}

/// Settings that cannot work. Holds no secret.
#[derive(Debug, thiserror::Error)]
pub enum PayPalError {
    /// Not a web address, or plain `http` to another machine.
    #[error("the address of PayPal must begin with https://")]
    BaseUrl,
    /// Empty, or holds characters that none has.
    #[error("the {0} of PayPal is empty or damaged")]
    Secret(&'static str),
    /// The root certificate of the sandbox cannot be read.
    #[error("the root certificate of the sandbox is damaged")]
    Root,
    /// The HTTP client could not be made.
    #[error("the HTTP client for PayPal could not be made")]
    Client(#[source] reqwest::Error),
}

/// PayPal.
pub struct PayPal {
    client: Client,
    certificates: Certificates,
    webhook_id: String,
    clock: Arc<dyn Clock>,
    /// Pages to pay on must be encrypted, except beside a sandbox on this machine.
    plain_pages: bool,
}

impl PayPal {
    /// The provider with these settings. Calls nobody yet.
    pub fn new(config: PayPalConfig, clock: Arc<dyn Clock>) -> Result<Self, PayPalError> {
        let plain_pages = is_plain_and_local(&config.base_url)?;
        let id = printable(&config.client_id, "client id")?;
        let secret = printable(&config.client_secret, "client secret")?;
        let webhook_id = printable(&config.webhook_id, "webhook id")?;
        let http = super::http::client(config.connect_timeout, config.timeout).map_err(PayPalError::Client)?;
        let certificates = Certificates::new(config.certificates, http.clone()).ok_or(PayPalError::Root)?;
        let host = config.base_url.trim_end_matches('/').to_owned();
        let client = Client::new(http, host, SecretString::from(id), SecretString::from(secret), clock.clone());
        Ok(Self { client, certificates, webhook_id, clock, plain_pages })
    }

    /// Takes the money of an approved order. The key is the attempt's, so a repeated call is the same capture; and PayPal
    /// captures an order once, whatever the key.
    async fn take(&self, attempt: &Attempt, id: &str) -> Result<Answer, PaymentError> {
        let key = format!("{}-capture", attempt.id);
        let call = Call::post(format!("{}/{id}/capture", path::ORDERS), &serde_json::json!({}), key);
        let issue = match self.client.call::<Order>(&call).await {
            Ok(order) if order.id == id => return of_order(&order, attempt).map_err(|odd| odd.reported(id)),
            Ok(_) => return Err(PaymentError::OutcomeUnknown("the answer is about another order".to_owned())),
            Err(Trouble::Refused(issue)) => issue,
            Err(trouble) => return Err(trouble.into()),
        };
        match issue.as_str() {
            // She may choose another way to pay in the shop.
            "INSTRUMENT_DECLINED" | "TRANSACTION_REFUSED" => Ok(ended(attempt, id, AttemptEvent::Failed)),
            "ORDER_EXPIRED" => Ok(ended(attempt, id, AttemptEvent::Expired)),
            // She was asked for something more, or went back; her page at PayPal still works.
            "PAYER_ACTION_REQUIRED" | "ORDER_NOT_APPROVED" => Ok(ended(attempt, id, AttemptEvent::Opened)),
            "ORDER_ALREADY_CAPTURED" => match self.order(id).await? {
                Some(order) => of_order(&order, attempt).map_err(|odd| odd.reported(id)),
                None => Err(PaymentError::OutcomeUnknown("captured before, but gone".to_owned())),
            },
            // A number that was paid before, a wrong amount: for a person, and never a second try with another key.
            _ => {
                tracing::error!(attempt = %attempt.id, issue, "PayPal does not capture an approved order");
                Err(PaymentError::OutcomeUnknown(format!("not captured: {issue}")))
            }
        }
    }

    async fn order(&self, id: &str) -> Result<Option<Order>, PaymentError> {
        match self.client.call::<Order>(&Call::get(format!("{}/{id}", path::ORDERS))).await {
            Ok(order) if order.id == id => Ok(Some(order)),
            Ok(_) => Err(PaymentError::OutcomeUnknown("the answer is about another order".to_owned())),
            Err(Trouble::NotFound) => Ok(None),
            Err(trouble) => Err(trouble.into()),
        }
    }

    /// PayPal forgets orders that nobody approved in time, and only those.
    fn vanished(&self, attempt: &Attempt, id: &str) -> Option<Answer> {
        let is_old = self.clock.now().since(attempt.created_at) >= PAYABLE;
        is_old.then(|| ended(attempt, id, AttemptEvent::Expired))
    }

    /// Every movement on the account between two moments, both included, at most 31 days apart. PayPal may need three
    /// hours to list one.
    async fn movements(&self, from: Timestamp, until: Timestamp) -> Result<Vec<TransactionInfo>, PaymentError> {
        let mut all = Vec::new();
        for page in 1..=LAST_PAGE {
            let query = format!(
                "start_date={}&end_date={}&fields=transaction_info&page_size=500&page={page}",
                iso(from)?,
                iso(until)?
            );
            let list: Transactions = self.client.call(&Call::get(format!("{}?{query}", path::TRANSACTIONS))).await?;
            all.extend(list.transaction_details.into_iter().map(|detail| detail.transaction_info));
            if page >= list.total_pages {
                return Ok(all);
            }
        }
        Err(PaymentError::OutcomeUnknown("the list of a day does not end".to_owned()))
    }

    /// The first moment of a day in the calendar of the shop. Amsterdam is one hour ahead, or two.
    fn beginning(&self, day: Day) -> Result<Timestamp, PaymentError> {
        let midnight = Timestamp::from_micros(day.number() * 86_400_000_000);
        [Seconds::hours(-2), Seconds::hours(-1)]
            .map(|ahead| midnight.plus(ahead))
            .into_iter()
            .find(|at| self.clock.day(*at) == day)
            .ok_or_else(|| PaymentError::Unavailable("the calendar is wrong".to_owned()))
    }

    /// Where the shopper pays, when it is a page that we dare to send her to.
    fn is_page(&self, address: &str) -> bool {
        reqwest::Url::parse(address)
            .is_ok_and(|url| url.scheme() == "https" || self.plain_pages && url.scheme() == "http")
    }
}

#[async_trait]
impl PaymentProvider for PayPal {
    fn name(&self) -> &'static str {
        "paypal"
    }

    fn methods(&self) -> &[Method] {
        &[Method::PayPal]
    }

    fn discloses(&self, wish: &Wish<'_>) -> Option<Disclosed> {
        new_order(wish).ok().map(|(_, told)| told)
    }

    /// PayPal takes its money when the shopper comes back; only refunds are deeds of their own.
    fn discloses_transfer(&self, deed: Deed, transfer: &Transfer<'_>) -> Option<Disclosed> {
        (deed == Deed::Refund).then(|| refund_wish(transfer).1)
    }

    /// Makes an order at PayPal with nothing of the shopper in it.
    async fn start(&self, wish: &Wish<'_>) -> Result<Started, PaymentError> {
        let attempt = wish.attempt;
        let (new, _) = new_order(wish)?;
        let made: Order = self.client.call(&Call::post(path::ORDERS.to_owned(), &new, attempt.id.to_string())).await?;
        match made.page() {
            Some(page) if self.is_page(page) && webhook::is_id(&made.id) => {
                Ok(Started { provider_id: Some(made.id.clone()), pay_url: Some(page.to_owned()) })
            }
            _ => {
                tracing::error!(attempt = %attempt.id, "PayPal's answer names no page to pay on");
                Err(PaymentError::OutcomeUnknown("made, but without a page to pay on".to_owned()))
            }
        }
    }

    /// What became of an attempt. An approved order is captured here, because PayPal leaves that step to the shop; only
    /// for an attempt and an order that the shop still waits for: what it gave up must not cost anybody anything.
    async fn status(&self, attempt: &Attempt, ours: &shop_core::order::Order) -> Result<Option<Answer>, PaymentError> {
        let Some(id) = attempt.provider_id.as_deref().filter(|id| webhook::is_id(id)) else {
            // It never got a page, so nobody can have approved it.
            return Ok(None);
        };
        let Some(order) = self.order(id).await? else {
            return Ok(self.vanished(attempt, id));
        };
        // Compared before anything is taken.
        let unit = unit_of(&order, attempt).map_err(|odd| odd.reported(id))?;
        let is_captured = unit.payments.as_ref().is_some_and(|payments| !payments.captures.is_empty());
        let is_waited_for = attempt.state.is_open() && matches!(ours.state, OrderState::AwaitingPayment { .. });
        if order.status != "APPROVED" || is_captured || !is_waited_for {
            return of_order(&order, attempt).map(Some).map_err(|odd| odd.reported(id));
        }
        self.take(attempt, id).await.map(Some)
    }

    /// What a notice is about, when PayPal signed this delivery of it to us. Nothing that it claims is believed.
    async fn read_notice(&self, notice: RawNotice<'_>) -> Result<Notice, NoticeError> {
        let delivery = Delivery::read(&notice).ok_or(NoticeError::Malformed)?;
        let genuine = delivery.is_genuine(&self.certificates, &self.webhook_id, notice.body, self.clock.now()).await;
        match genuine {
            Ok(true) => webhook::read(notice.body).ok_or(NoticeError::Malformed),
            Ok(false) | Err(CertificateError::Address | CertificateError::Untrusted) => Err(NoticeError::Forged),
            // Not acknowledged, so PayPal sends it again, for three days.
            Err(CertificateError::Unreachable) => Err(NoticeError::Unavailable),
        }
    }

    /// No notice of PayPal announces results to fetch.
    async fn pull(&self, _: &str) -> Result<Pulled, PaymentError> {
        Ok(Pulled { answers: Vec::new(), more: false })
    }

    /// PayPal signs nothing in the browser's return; the proof there is the shop's own.
    fn read_return(&self, _: &[(String, String)]) -> Option<String> {
        None
    }

    /// PayPal's capture belongs to `status`: the money is taken when the shopper pays.
    async fn capture(&self, _: &Transfer<'_>) -> Result<String, PaymentError> {
        Err(PaymentError::Declined("PayPal's money is taken when the shopper pays".to_owned()))
    }

    /// An order that is not captured takes nothing and ends by itself.
    async fn release(&self, _: &str, _: &str) -> Result<(), PaymentError> {
        Ok(())
    }

    /// PayPal itself knows what is left of a capture, and that a repeated key is the same refund.
    async fn refund(&self, transfer: &Transfer<'_>) -> Result<Refunded, PaymentError> {
        let capture = transfer.transaction;
        if !webhook::is_id(capture) || transfer.amount <= Money::ZERO {
            return Err(PaymentError::Declined("no such capture or amount".to_owned()));
        }
        let (wish, _) = refund_wish(transfer);
        let call = Call::post(format!("{}/{capture}/refund", path::CAPTURES), &wish, transfer.key.to_owned());
        let refund: Refund = self.client.call(&call).await?;
        Ok(Refunded { standing: answer::of_refund(&refund)?, id: refund.id })
    }

    async fn refund_standing(&self, _: &str, refund: &str) -> Result<RefundStanding, PaymentError> {
        if !webhook::is_id(refund) {
            return Err(PaymentError::Declined("no such refund".to_owned()));
        }
        let known: Refund = self.client.call(&Call::get(format!("{}/{refund}", path::REFUNDS))).await?;
        if known.id != refund {
            return Err(PaymentError::OutcomeUnknown("the answer is about another refund".to_owned()));
        }
        answer::of_refund(&known)
    }

    /// The list of a day tells more.
    async fn held(&self, _: &Attempt, _: Option<&str>) -> Result<Option<Held>, PaymentError> {
        Ok(None)
    }

    /// PayPal promises nothing.
    async fn extend(&self, _: &str, _: &str) -> Result<(), PaymentError> {
        Err(PaymentError::Declined("PayPal's money is taken when the shopper pays".to_owned()))
    }

    async fn let_in(&self) -> Result<(), PaymentError> {
        self.client.let_in().await
    }

    /// The list of Transaction Search, which the account must be allowed to ask. What went back names only the capture it
    /// was taken from there; a capture of another day is asked for its reference.
    async fn day(&self, day: Day) -> Result<Option<Vec<Booked>>, PaymentError> {
        let (from, next) = (self.beginning(day)?, self.beginning(day.plus_days(1))?);
        let until = Timestamp::from_micros(next.micros() - 1_000_000);
        let list = self.movements(from, until).await?;
        let mut of_other_days = HashMap::new();
        for capture in list::captures_of_other_days(&list).into_iter().filter(|capture| webhook::is_id(capture)) {
            match self.client.call::<Capture>(&Call::get(format!("{}/{capture}", path::CAPTURES))).await {
                Ok(Capture { invoice_id: Some(reference), .. }) => {
                    of_other_days.insert(capture, reference);
                }
                Ok(_) | Err(Trouble::NotFound) => {}
                Err(trouble) => return Err(trouble.into()),
            }
        }
        list::booked(&list, &of_other_days).map(Some)
    }
}

fn printable(secret: &SecretString, name: &'static str) -> Result<String, PayPalError> {
    let text = secret.expose_secret().trim();
    if text.is_empty() || !text.bytes().all(|byte| byte.is_ascii_graphic()) {
        return Err(PayPalError::Secret(name));
    }
    Ok(text.to_owned())
}

/// `2026-11-24T23:00:00Z`.
fn iso(at: Timestamp) -> Result<String, PaymentError> {
    let at = jiff::Timestamp::from_second(at.seconds())
        .map_err(|_| PaymentError::Unavailable("the clock is wrong".to_owned()))?;
    Ok(at.strftime("%Y-%m-%dT%H:%M:%SZ").to_string())
}

/// A new order, and what it gives away: whatever stands in it of an order or a way back came out of the disclosure.
fn new_order<'a>(wish: &'a Wish<'a>) -> Result<(NewOrder<'a>, Disclosed), PaymentError> {
    let attempt = wish.attempt;
    if attempt.method != Method::PayPal {
        return Err(PaymentError::Declined("not a method of PayPal".to_owned()));
    }
    if attempt.amount <= Money::ZERO || !webhook::is_reference(&attempt.reference) {
        return Err(PaymentError::Declined("amount or reference is outside what PayPal takes".to_owned()));
    }
    let mut out = Disclosure::<to::PayPal>::new(Purpose::Payment);
    let reference = out.give::<fact::Reference, _>(attempt.reference.as_str());
    let unit = NewUnit {
        reference_id: "default",
        description: out.give::<fact::Reference, _>(&wish.order.number).map(|number| format!("Bestelling {number}")),
        invoice_id: reference.clone(),
        custom_id: reference,
        amount: out.give::<fact::Amount, _>(attempt.amount).map(Amount::euro),
    };
    let context = Context {
        locale: "nl-NL",
        shipping_preference: "NO_SHIPPING",
        user_action: "PAY_NOW",
        // Whether she approved or went back, the shop asks; both ways carry our own proof, for PayPal signs nothing there.
        return_url: out.give::<fact::WayBack, _>(wish.proven_return_url.as_str()),
        cancel_url: out.give::<fact::WayBack, _>(wish.stopped_return_url.as_str()),
    };
    let new = NewOrder {
        intent: "CAPTURE",
        purchase_units: [unit],
        payment_source: Source { paypal: Experience { experience_context: context } },
    };
    Ok((new, out.done()))
}

fn refund_wish(transfer: &Transfer<'_>) -> (RefundWish, Disclosed) {
    let mut out = Disclosure::<to::PayPal>::new(Purpose::Payment);
    let wish = RefundWish { amount: out.give::<fact::Amount, _>(transfer.amount).map(Amount::euro) };
    (wish, out.done())
}

/// Whether the address is plain HTTP, which is allowed on this machine only.
fn is_plain_and_local(address: &str) -> Result<bool, PayPalError> {
    let url = reqwest::Url::parse(address).map_err(|_| PayPalError::BaseUrl)?;
    let local = matches!(url.host_str(), Some("127.0.0.1" | "[::1]" | "localhost"));
    match url.scheme() {
        "https" => Ok(false),
        "http" if local => Ok(true),
        _ => Err(PayPalError::BaseUrl),
    }
}
