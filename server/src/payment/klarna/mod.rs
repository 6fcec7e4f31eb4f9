//! Paying afterwards with Klarna: Payments v1, the Hosted Payment Page v1 in the mode where the shop places the order, and
//! Order Management v1. This file translates between the port and Klarna; their words are in `wire`, the calls in `client`, an
//! order of ours in their words in `purchase`, states in `answer`.
//!
//! Name, address, e-mail address and phone leave the shop when she has pressed the order button with Klarna chosen, not before:
//! Klarna's page assesses her, so the session that the page belongs to must know her.

mod answer;
mod client;
mod deeds;
mod purchase;
mod wire;

use answer::Stage;
use async_trait::async_trait;
use client::{Call, Client, Trouble};
use reqwest::Method as Verb;
use secrecy::{ExposeSecret, SecretString};
use shop_core::money::Money;
use shop_core::order::{Order, OrderState};
use shop_core::payment::{Attempt, AttemptEvent, Method};
use shop_core::privacy::disclosure::fact;
use shop_core::privacy::party::to;
use shop_core::privacy::{Disclosed, Disclosure, Purpose};
use shop_core::time::{Day, Timestamp};
use shop_flows::ports::{
    Answer, Booked, Deed, Held, Notice, NoticeError, PaymentError, PaymentProvider, Pulled, RawNotice, RefundStanding,
    Refunded, Started, Transfer, Wish,
};
use std::time::Duration;
use wire::{Page, PageMade, PageOptions, PageWish, Placed, Purchase, Session, WaysBack, path};

/// What the owner copies from Klarna's merchant portal, and where Klarna is.
#[derive(Debug, Clone)]
pub struct KlarnaConfig {
    /// `https://api.klarna.com`. Plain `http` only on this machine.
    pub base_url: String,
    /// The username (UID) of the API credentials.
    pub username: SecretString,
    /// Their password.
    pub password: SecretString,
    /// The days to pay in that the texts of the shop promise.
    pub invoice_days: u32,
    /// How long connecting may take.
    pub connect_timeout: Duration,
    /// How long a whole call may take.
    pub timeout: Duration,
}

impl KlarnaConfig {
    /// With the usual time limits (5 seconds to connect, 30 for a call) and 14 days to pay.
    pub const fn new(base_url: String, username: SecretString, password: SecretString) -> Self {
        Self {
            base_url,
            username,
            password,
            invoice_days: 14,
            connect_timeout: Duration::from_secs(5),
            timeout: Duration::from_secs(30),
        }
    }
}

/// Settings that cannot work. Holds no secret.
#[derive(Debug, thiserror::Error)]
pub enum KlarnaError {
    /// Not a web address, or plain `http` to another machine.
    #[error("the address of Klarna must begin with https://")]
    BaseUrl,
    /// Empty, or holds characters that no credential has.
    #[error("the username or password of Klarna is empty or damaged")]
    Credentials,
    /// The HTTP client could not be made.
    #[error("the HTTP client for Klarna could not be made")]
    Client(#[source] reqwest::Error),
}

/// Klarna.
pub struct Klarna {
    client: Client,
    invoice_days: u32,
    /// Pages to pay on must be encrypted, except beside a sandbox on this machine.
    plain_pages: bool,
}

/// What we keep of an attempt at Klarna's: its payment session and its page, as `session.page`.
struct Ids<'a> {
    session: &'a str,
    page: &'a str,
}

impl<'a> Ids<'a> {
    fn of(attempt: &'a Attempt) -> Option<Self> {
        let (session, page) = attempt.provider_id.as_deref()?.split_once('.')?;
        (is_id(session) && is_id(page)).then_some(Self { session, page })
    }
}

impl Klarna {
    /// The provider with these settings. Calls nobody yet.
    pub fn new(config: KlarnaConfig) -> Result<Self, KlarnaError> {
        let plain = is_plain_and_local(&config.base_url)?;
        let is_credential =
            |text: &str| (1..=200).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_graphic());
        let (username, password) = (config.username.expose_secret().trim(), config.password.expose_secret().trim());
        if !is_credential(username) || username.contains(':') || !is_credential(password) {
            return Err(KlarnaError::Credentials);
        }
        let host = config.base_url.trim_end_matches('/').to_owned();
        let password = SecretString::from(password);
        let client = Client::new(host, username.to_owned(), password, config.connect_timeout, config.timeout)
            .map_err(KlarnaError::Client)?;
        Ok(Self { client, invoice_days: config.invoice_days, plain_pages: plain })
    }

    /// Where the shopper pays, when it is a page that we dare to send her to.
    fn is_page(&self, address: &str) -> bool {
        reqwest::Url::parse(address)
            .is_ok_and(|url| url.scheme() == "https" || self.plain_pages && url.scheme() == "http")
    }

    async fn page(&self, id: &str) -> Result<Option<Page>, PaymentError> {
        match self.client.call(&Call::get("page", format!("{}/{id}", path::PAGES))).await {
            Ok(reply) => {
                let page: Page = reply.read()?;
                if page.session_id == id {
                    return Ok(Some(page));
                }
                Err(PaymentError::OutcomeUnknown("the answer is about another page".to_owned()))
            }
            Err(Trouble::NotFound) => Ok(None),
            Err(trouble) => Err(trouble.into()),
        }
    }

    async fn order(&self, id: &str) -> Result<wire::Order, PaymentError> {
        let reply = self.client.call(&Call::get("order", format!("{}/{id}", path::ORDERS))).await?;
        let order: wire::Order = reply.read()?;
        if order.order_id == id {
            return Ok(order);
        }
        Err(PaymentError::OutcomeUnknown("the answer is about another order".to_owned()))
    }

    /// She went back. The page would let her come again, so it is closed first: an approval in a forgotten window would be one
    /// that nobody waits for. Whether it was approved just before, the page says afterwards.
    async fn close(&self, page: &str) -> Result<Option<Page>, PaymentError> {
        let call = Call::bare(Verb::DELETE, "close page", format!("{}/{page}", path::PAGES));
        match self.client.call(&call).await {
            Ok(_) | Err(Trouble::NotFound) => self.page(page).await,
            Err(trouble) => Err(trouble.into()),
        }
    }

    /// Klarna said yes: places the order and looks at it in their books.
    async fn settle(
        &self,
        ids: &Ids<'_>,
        token: &str,
        attempt: &Attempt,
        order: &Order,
    ) -> Result<Answer, PaymentError> {
        if !matches!(order.state, OrderState::AwaitingPayment { .. }) && self.give_up(token).await? {
            tracing::info!(reference = %attempt.reference, "approved by Klarna, but the order no longer waits: given up");
            return Ok(answer::over(attempt, AttemptEvent::Cancelled));
        }
        let (purchase, again) = purchase::of(order, attempt, None).map_err(|error| does_not_add_up(attempt, error))?;
        super::told(&again);
        let call = Call::post("place order", format!("{}/{token}/order", path::AUTHORIZATIONS), &purchase)
            // The same order each time that this attempt is asked about.
            .once(&format!("place-{}", attempt.id));
        let placed: Placed = match self.client.call(&call).await {
            Ok(reply) => reply.read()?,
            Err(Trouble::NotFound) => return self.without_token(ids, attempt).await,
            Err(Trouble::Refused(why)) => {
                tracing::error!(reference = %attempt.reference, %why, "Klarna approved but does not take the order");
                self.give_up(token).await?;
                return Ok(answer::over(attempt, AttemptEvent::Failed));
            }
            Err(trouble) => return Err(trouble.into()),
        };
        if !is_id(&placed.order_id) {
            return Err(PaymentError::OutcomeUnknown("placed, but without an id".to_owned()));
        }
        let days = placed.authorized_payment_method.and_then(|method| method.number_of_days);
        if days.is_some_and(|days| days != self.invoice_days) {
            tracing::warn!(
                days,
                texts = self.invoice_days,
                "Klarna gives another time to pay than klarna.invoice_days says"
            );
        }
        let known = self.order(&placed.order_id).await?;
        let answer = answer::of_order(&known, attempt, order.number.as_str())?;
        if answer.event == AttemptEvent::Paid {
            self.acknowledge(&known.order_id).await;
        }
        Ok(answer)
    }

    /// The token is no longer good: too old, or used by an order that we never heard of.
    async fn without_token(&self, ids: &Ids<'_>, attempt: &Attempt) -> Result<Answer, PaymentError> {
        let call = Call::get("session", format!("{}/{}", path::SESSIONS, ids.session));
        let status = match self.client.call(&call).await {
            Ok(reply) => reply.read::<wire::SessionState>()?.status,
            Err(Trouble::NotFound) => "incomplete".to_owned(),
            Err(trouble) => return Err(trouble.into()),
        };
        match status.as_str() {
            "incomplete" => Ok(answer::over(attempt, AttemptEvent::Expired)),
            _ => {
                tracing::error!(reference = %attempt.reference, session = ids.session, status, "Klarna has an order that we do not know");
                Err(PaymentError::OutcomeUnknown("an order exists under a used token".to_owned()))
            }
        }
    }

    /// Lets go of an approval that no order came of. False when it was used or too old.
    async fn give_up(&self, token: &str) -> Result<bool, PaymentError> {
        let call = Call::bare(Verb::DELETE, "give up", format!("{}/{token}", path::AUTHORIZATIONS));
        match self.client.call(&call).await {
            Ok(_) => Ok(true),
            Err(Trouble::NotFound) => Ok(false),
            Err(trouble) => Err(trouble.into()),
        }
    }

    /// Tells Klarna that the shop knows the order. Nothing depends on it, so a failure is only logged.
    async fn acknowledge(&self, order: &str) {
        let call = Call::bare(Verb::POST, "acknowledge", format!("{}/{order}/acknowledge", path::ORDERS))
            .once(&format!("acknowledge-{order}"));
        if let Err(trouble) = self.client.call(&call).await {
            tracing::warn!(?trouble, "Klarna did not hear that we know the order");
        }
    }
}

#[async_trait]
impl PaymentProvider for Klarna {
    fn name(&self) -> &'static str {
        "klarna"
    }

    fn methods(&self) -> &[Method] {
        &[Method::Klarna]
    }

    fn discloses(&self, wish: &Wish<'_>) -> Option<Disclosed> {
        wanted(wish).ok().map(|(_, told)| told)
    }

    fn discloses_transfer(&self, deed: Deed, transfer: &Transfer<'_>) -> Option<Disclosed> {
        Some(match deed {
            Deed::Capture => deeds::capture(transfer).1,
            Deed::Refund => deeds::refund(transfer).1,
        })
    }

    /// Neither call has a key: a session or page whose answer was lost is one that nobody ever sees.
    async fn start(&self, wish: &Wish<'_>) -> Result<Started, PaymentError> {
        let attempt = wish.attempt;
        let (purchase, _) = wanted(wish)?;
        let session: Session =
            self.client.call(&Call::post("new session", path::SESSIONS.to_owned(), &purchase)).await?.read()?;
        if !is_id(&session.session_id) {
            return Err(PaymentError::OutcomeUnknown("a session without an id".to_owned()));
        }
        let category = category(&session)?;
        // Of the ways back the purchase told already.
        let mut out = Disclosure::<to::Klarna>::new(Purpose::Payment);
        let back = out.give::<fact::WayBack, _>(wish.proven_return_url.as_str());
        let stopped = out.give::<fact::WayBack, _>(wish.stopped_return_url.as_str());
        let page = PageWish {
            payment_session_url: self.client.url(&format!("{}/{}", path::SESSIONS, session.session_id)),
            // The token is never put into the address of a browser; we ask for it ourselves.
            merchant_urls: WaysBack {
                success: back.clone(),
                cancel: stopped.clone(),
                back: stopped,
                failure: back.clone(),
                error: back,
                status_update: out.give::<fact::WayBack, _>(wish.notice_url.as_str()),
            },
            options: PageOptions { place_order_mode: "NONE", payment_method_category: category },
        };
        let made: PageMade = self.client.call(&Call::post("new page", path::PAGES.to_owned(), &page)).await?.read()?;
        if !self.is_page(&made.redirect_url) || !is_id(&made.session_id) {
            tracing::error!(attempt = %attempt.id, "Klarna's answer names no page to pay on");
            return Err(PaymentError::OutcomeUnknown("a session, but without a page".to_owned()));
        }
        Ok(Started {
            provider_id: Some(format!("{}.{}", session.session_id, made.session_id)),
            pay_url: Some(made.redirect_url),
        })
    }

    /// An attempt without a page was never seen by anybody: `Ok(None)`.
    async fn status(&self, attempt: &Attempt, order: &Order) -> Result<Option<Answer>, PaymentError> {
        let Some(ids) = Ids::of(attempt) else { return Ok(None) };
        let Some(mut page) = self.page(ids.page).await? else { return Ok(None) };
        let mut stage = answer::stage(&page)?;
        if stage == Stage::WentBack {
            let Some(closed) = self.close(ids.page).await? else { return Ok(None) };
            page = closed;
            stage = match answer::stage(&page)? {
                Stage::Approved => Stage::Approved,
                _ => Stage::Over(AttemptEvent::Cancelled),
            };
        }
        match (stage, page.authorization_token.as_deref().filter(|token| is_id(token))) {
            (Stage::Busy | Stage::WentBack, _) => Ok(Some(answer::over(attempt, AttemptEvent::Opened))),
            (Stage::Over(event), _) => Ok(Some(answer::over(attempt, event))),
            (Stage::Approved, Some(token)) => self.settle(&ids, token, attempt, order).await.map(Some),
            (Stage::Approved, None) => self.without_token(&ids, attempt).await.map(Some),
        }
    }

    /// Klarna signs nothing; what it sends comes to an address that only it was given, and is not read.
    async fn read_notice(&self, _: RawNotice<'_>) -> Result<Notice, NoticeError> {
        Err(NoticeError::Malformed)
    }

    async fn pull(&self, _: &str) -> Result<Pulled, PaymentError> {
        Ok(Pulled { answers: Vec::new(), more: false })
    }

    fn read_return(&self, _: &[(String, String)]) -> Option<String> {
        None
    }

    /// One capture is one invoice, which Klarna sends; its term begins then, so this is called when the parcel leaves.
    async fn capture(&self, transfer: &Transfer<'_>) -> Result<String, PaymentError> {
        let at = orders(transfer.transaction, transfer.amount)?;
        let (wish, _) = deeds::capture(transfer);
        let call = Call::post("capture", format!("{at}/captures"), &wish).once(transfer.key);
        self.client.call(&call).await?.made("Capture-Id")
    }

    /// Before the first capture the order is cancelled; after it, what is left is let go. What is over already is let go of.
    async fn release(&self, transaction: &str, key: &str) -> Result<(), PaymentError> {
        let at = orders(transaction, Money::cents(1))?;
        let order = self.order(transaction).await?;
        let deed = match (order.status.as_str(), order.captured_amount) {
            ("CANCELLED" | "EXPIRED" | "CAPTURED" | "CLOSED", _) => return Ok(()),
            (_, 0) => "cancel",
            _ if order.remaining_authorized_amount == 0 => return Ok(()),
            _ => "release-remaining-authorization",
        };
        let call = Call::bare(Verb::POST, "release", format!("{at}/{deed}")).once(&format!("{deed}-{key}"));
        self.client.call(&call).await?;
        Ok(())
    }

    /// The invoice is lowered at once.
    async fn refund(&self, transfer: &Transfer<'_>) -> Result<Refunded, PaymentError> {
        let at = orders(transfer.transaction, transfer.amount)?;
        let order = self.order(transfer.transaction).await?;
        if order.purchase_currency != "EUR" {
            return Err(PaymentError::OutcomeUnknown("the order is in another currency".to_owned()));
        }
        let left = order.captured_amount.saturating_sub(order.refunded_amount);
        if left < transfer.amount.in_cents() {
            let wanted = transfer.amount.in_cents();
            tracing::warn!(
                left,
                wanted,
                "less is refundable than wanted; Klarna decides whether this is a repeated call"
            );
        }
        let (wish, _) = deeds::refund(transfer);
        let call = Call::post("refund", format!("{at}/refunds"), &wish).once(transfer.key);
        let id = self.client.call(&call).await?.made("Refund-Id")?;
        Ok(Refunded { id, standing: RefundStanding::Done })
    }

    async fn refund_standing(&self, transaction: &str, refund: &str) -> Result<RefundStanding, PaymentError> {
        if !is_id(refund) {
            return Err(PaymentError::Declined("no such refund".to_owned()));
        }
        let at = orders(transaction, Money::cents(1))?;
        let call = Call::get("one refund", format!("{at}/refunds/{refund}"));
        let known: wire::Refund = self.client.call(&call).await?.read()?;
        if known.refund_id == refund {
            return Ok(RefundStanding::Done);
        }
        Err(PaymentError::OutcomeUnknown("the answer is about another refund".to_owned()))
    }

    /// The order in their books. A try that no order came of holds nothing there.
    async fn held(&self, attempt: &Attempt, transaction: Option<&str>) -> Result<Option<Held>, PaymentError> {
        let Some(transaction) = transaction.filter(|transaction| is_id(transaction)) else { return Ok(None) };
        let order = self.order(transaction).await?;
        if order.purchase_currency != "EUR" || order.merchant_reference2.as_deref() != Some(&attempt.reference) {
            return Err(PaymentError::OutcomeUnknown("another currency or reference".to_owned()));
        }
        let ends = order.expires_at.as_deref().and_then(|text| text.parse::<jiff::Timestamp>().ok());
        Ok(Some(Held {
            received: Money::cents(order.captured_amount),
            paid_back: Money::cents(order.refunded_amount),
            promised: Money::cents(order.remaining_authorized_amount),
            promise_ends: ends.map(|at| Timestamp::from_micros(at.as_microsecond())),
        }))
    }

    async fn extend(&self, transaction: &str, key: &str) -> Result<(), PaymentError> {
        let at = orders(transaction, Money::cents(1))?;
        let call = Call::bare(Verb::POST, "extend", format!("{at}/extend-authorization-time")).once(key);
        self.client.call(&call).await?;
        Ok(())
    }

    /// There is nothing to sign in to; an order that nobody has is asked for, and not having it is a friendly answer.
    async fn let_in(&self) -> Result<(), PaymentError> {
        let call = Call::get("nobody's order", format!("{}/{}", path::ORDERS, uuid::Uuid::nil()));
        match self.client.call(&call).await {
            Ok(_) | Err(Trouble::NotFound | Trouble::Refused(_)) => Ok(()),
            Err(Trouble::Payment(error)) => Err(error),
        }
    }

    /// Klarna tells about days only in settlement files; each order is asked about instead.
    async fn day(&self, _: Day) -> Result<Option<Vec<Booked>>, PaymentError> {
        Ok(None)
    }
}

/// The purchase that is asked about, and what it gives away.
fn wanted<'a>(wish: &'a Wish<'a>) -> Result<(Purchase<'a>, Disclosed), PaymentError> {
    let attempt = wish.attempt;
    let cents = attempt.amount.in_cents();
    if attempt.method != Method::Klarna || !(1..=wire::LARGEST_AMOUNT).contains(&cents) {
        return Err(PaymentError::Declined("not a method or an amount of Klarna".to_owned()));
    }
    let (purchase, told) =
        purchase::of(wish.order, attempt, Some(&wish.notice_url)).map_err(|error| does_not_add_up(attempt, error))?;
    if *purchase.order_amount.get() != cents {
        return Err(PaymentError::Declined("the attempt is not for the whole order".to_owned()));
    }
    Ok((purchase, told))
}

/// The category of the invoice. Some accounts have one for everything.
fn category(session: &Session) -> Result<&'static str, PaymentError> {
    let offers = |name: &str| session.payment_method_categories.iter().any(|category| category.identifier == name);
    ["pay_later", "klarna"].into_iter().find(|name| offers(name)).ok_or_else(|| {
        tracing::warn!("this account of Klarna offers no invoice for this order");
        PaymentError::Declined("no invoice offered".to_owned())
    })
}

fn orders(transaction: &str, amount: Money) -> Result<String, PaymentError> {
    if !is_id(transaction) || amount <= Money::ZERO {
        return Err(PaymentError::Declined("no such transaction or amount".to_owned()));
    }
    Ok(format!("{}/{transaction}", path::ORDERS))
}

fn does_not_add_up(attempt: &Attempt, error: shop_core::payment::DoesNotAddUp) -> PaymentError {
    tracing::error!(reference = %attempt.reference, ?error, "the order cannot be put into lines for Klarna");
    PaymentError::Declined("the order does not add up".to_owned())
}

/// Whether a text can stand in a path as an id of theirs (UUIDs, in practice).
fn is_id(text: &str) -> bool {
    (1..=64).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
}

/// Whether the address is plain HTTP, which is allowed on this machine only.
fn is_plain_and_local(address: &str) -> Result<bool, KlarnaError> {
    let url = reqwest::Url::parse(address).map_err(|_| KlarnaError::BaseUrl)?;
    let local = matches!(url.host_str(), Some("127.0.0.1" | "[::1]" | "localhost"));
    match url.scheme() {
        "https" => Ok(false),
        "http" if local => Ok(true),
        _ => Err(KlarnaError::BaseUrl),
    }
}
