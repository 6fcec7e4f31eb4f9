//! What a shopper, Klarna's credit check or the time does to a hosted page, and to an order under review.

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::callbacks::{self, Callback, Manner};
use super::fields::Object;
use super::ledger::Ledger;
use super::order::{Decision, FraudStatus, Order};
use super::session::{Authorization, Page, PageStatus};
use super::{CENTS_OF_LOST_CALLBACKS, Klarna, purchase};

/// What happens on the page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// Klarna says yes.
    Approve,
    /// Klarna says yes and reviews the order when it is placed.
    ApprovePending,
    /// Klarna says yes and refuses the order when it is placed.
    ApproveRejected,
    /// Klarna says no.
    Decline,
    /// The shopper goes back to the shop and may come again.
    Back,
    /// The shopper gives up.
    Cancel,
    /// The shopper closes the window.
    Open,
    /// The time of the page passes.
    Expire,
    /// Klarna's page breaks.
    Error,
}

/// What an outcome did to a page.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Moved {
    /// The page as it is now.
    pub page: Page,
    /// False when the page was final already: nothing happened.
    pub changed: bool,
    /// Where the shopper goes now; `None` when she stays or closed the window.
    pub return_url: Option<String>,
}

/// What approving does for this buyer and this amount: Klarna's test persons, and cents with a fate of their own.
pub(super) fn what_approving_does(purchase: &Object) -> Outcome {
    let email = purchase::of_buyer(purchase, "email").unwrap_or_default();
    let phone = purchase::of_buyer(purchase, "phone").unwrap_or_default();
    if test_person(email, phone, "+denied@", "+31632167678") {
        return Outcome::Decline;
    }
    match purchase::amount(purchase) % 100 {
        1 => Outcome::Decline,
        2 => Outcome::ApprovePending,
        3 => Outcome::Expire,
        _ => Outcome::Approve,
    }
}

/// Whether Klarna wants a one-time code first, because it does not know this buyer.
pub(super) fn is_new_user(purchase: &Object) -> bool {
    let email = purchase::of_buyer(purchase, "email").unwrap_or_default();
    let phone = purchase::of_buyer(purchase, "phone").unwrap_or_default();
    test_person(email, phone, "+new_user@", "+31632167655")
}

/// Any six digits but 999999.
pub(super) fn is_good_code(code: &str) -> bool {
    code.len() == 6 && code.bytes().all(|byte| byte.is_ascii_digit()) && code != "999999"
}

fn test_person(email: &str, phone: &str, mark: &str, number: &str) -> bool {
    let phone: String = phone.chars().filter(|c| c.is_ascii_digit() || *c == '+').collect();
    email.contains(mark) || phone == number
}

impl Klarna {
    /// Does to a page what a shopper or the time would do. `reference` is the id of the page or its payment session, or the
    /// shop's number. A page that is final stays as it is. `None` when there is no such page.
    pub async fn outcome(&self, reference: &str, outcome: Outcome) -> Option<Moved> {
        let now = self.clock().now();
        let token_ends = now.checked_add(SignedDuration::from_mins(self.settings().token_minutes)).unwrap_or(now);
        let (moved, callbacks, lost) = self.inner.books.change(|ledger| {
            let index = ledger.page_position(reference)?;
            let (changed, token) = step(ledger, index, outcome, now, token_ends);
            let page = ledger.pages.get(index)?.clone();
            let callbacks = if changed { news(ledger, &page, outcome, token) } else { Vec::new() };
            let lost = page.order_amount % 100 == CENTS_OF_LOST_CALLBACKS;
            let return_url = if outcome == Outcome::Open { None } else { page.way_out(token) };
            Some((Moved { page, changed, return_url }, callbacks, lost))
        })?;
        if !callbacks.is_empty() {
            let manner = self.manner(lost);
            self.tell(callbacks, manner).await;
        }
        Some(moved)
    }

    /// The shopper looks at the page for the first time, or again.
    pub(super) async fn looked_at(&self, id: Uuid) {
        let now = self.clock().now();
        let news = self.inner.books.change(|ledger| {
            let page = ledger.pages.iter_mut().find(|page| page.session_id == id)?;
            if !matches!(page.status, PageStatus::Waiting | PageStatus::Back) {
                return None;
            }
            page.status = PageStatus::InProgress;
            page.updated_at = now;
            callbacks::status_update(page, page.status.wire(), None)
        });
        // Faults about notifications are meant for the news that counts.
        self.tell(news.into_iter().collect(), Manner::Usual).await;
    }

    /// Ends the review of an order. `None` when there is no such order; `false` beside it when nothing was to decide.
    pub async fn decide(&self, reference: &str, decision: Decision) -> Option<(Order, bool)> {
        let (order, changed) = self.inner.books.change(|ledger| {
            let index = ledger.order_position(reference)?;
            let order = ledger.orders.get_mut(index)?;
            let changed = order.decide(decision);
            Some((order.clone(), changed))
        })?;
        if changed && let Some(url) = purchase::url(&order.purchase, "notification") {
            let event = match decision {
                Decision::Accept => "FRAUD_RISK_ACCEPTED",
                Decision::Reject => "FRAUD_RISK_REJECTED",
                Decision::Stop => "FRAUD_RISK_STOPPED",
            };
            let manner = self.manner(order.order_amount % 100 == CENTS_OF_LOST_CALLBACKS);
            self.tell(vec![callbacks::notification(url, order.order_id, event)], manner).await;
        }
        Some((order, changed))
    }

    /// Closes pages whose time has passed. Happens by itself every second.
    pub async fn expire_overdue(&self) {
        let now = self.clock().now();
        let is_overdue = |page: &&Page| !page.status.is_final() && page.expires_at <= now;
        let overdue: Vec<Uuid> = self
            .inner
            .books
            .read(|ledger| ledger.pages.iter().filter(is_overdue).map(|page| page.session_id).collect());
        for id in overdue {
            self.outcome(&id.to_string(), Outcome::Expire).await;
        }
    }
}

/// Moves the page at `index`; whether it moved, and the token of its session.
fn step(
    ledger: &mut Ledger,
    index: usize,
    outcome: Outcome,
    now: Timestamp,
    token_ends: Timestamp,
) -> (bool, Option<Uuid>) {
    let Some(page) = ledger.pages.get_mut(index) else { return (false, None) };
    let session = ledger.sessions.iter_mut().find(|session| session.id == page.payment_session_id);
    let Some(session) = session else { return (false, None) };
    if page.status.is_final() {
        return (false, session.token(now).map(|given| given.token));
    }
    let fraud = match outcome {
        Outcome::ApprovePending => FraudStatus::Pending,
        Outcome::ApproveRejected => FraudStatus::Rejected,
        _ => FraudStatus::Accepted,
    };
    page.status = match outcome {
        // Klarna cannot assess a buyer whom it does not know.
        Outcome::Approve | Outcome::ApprovePending | Outcome::ApproveRejected
            if !session.purchase.contains_key("billing_address") =>
        {
            PageStatus::Error
        }
        Outcome::Approve | Outcome::ApprovePending | Outcome::ApproveRejected => PageStatus::Completed,
        Outcome::Decline => PageStatus::Failed,
        Outcome::Back => PageStatus::Back,
        Outcome::Cancel => PageStatus::Cancelled,
        Outcome::Open => PageStatus::InProgress,
        Outcome::Expire => PageStatus::Disabled,
        Outcome::Error => PageStatus::Error,
    };
    page.updated_at = now;
    if page.status != PageStatus::Completed {
        return (true, None);
    }
    let token = Uuid::new_v4();
    session.authorization = Some(Authorization { token, expires_at: token_ends, fraud });
    (true, Some(token))
}

/// What the shop is told about it.
fn news(ledger: &Ledger, page: &Page, outcome: Outcome, token: Option<Uuid>) -> Vec<Callback> {
    let status = if outcome == Outcome::Expire { "TIMEOUT" } else { page.status.wire() };
    let mut news: Vec<Callback> = callbacks::status_update(page, status, token).into_iter().collect();
    let session = ledger.session(page.payment_session_id);
    if let Some(token) = token
        && let Some(session) = session
        && let Some(url) = purchase::url(&session.purchase, "authorization")
    {
        news.insert(0, callbacks::authorization(url, session.id, token));
    }
    news
}
