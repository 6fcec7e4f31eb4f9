//! Placing an order in three moves: one transaction that prices, holds and writes; the provider's network call, with no
//! transaction open; one transaction that records what came of it.

use super::Place;
use crate::counts::Counted;
use crate::discount::Wanted;
use crate::job::Job;
use crate::payments::{RETURN_TICKET, STOPPED};
use crate::ports::{Customer, PaymentError, Tx, Wish};
use crate::trouble::Trouble;
use crate::{Shop, Visitor};
use shop_core::ShopError;
use shop_core::cart::{Cart, PricedLine, spread};
use shop_core::checkout::Details;
use shop_core::id::{AddressId, AttemptId, CartId, CustomerId, JobId, OrderId};
use shop_core::ledger::{Entry, Posting};
use shop_core::money::Money;
use shop_core::newsletter::{Channel, SignUp};
use shop_core::order::{Agreed, Happening, Order, OrderLine, OrderNumber, OrderState};
use shop_core::payment::{
    Attempt, AttemptEvent, AttemptState, Buyer, Method, News, asked_in_advance, attempt_reference,
};
use shop_core::stock::Hold;
use shop_core::time::{Seconds, Timestamp};

/// The label of the order button: the statutory words (BW 6:230v(3); only what stands on the button counts, HvJ EU C-249/21).
pub const ORDER_BUTTON: &str = "Bestelling met betalingsverplichting";

/// An order that is being paid online lapses after this time; every new try renews it.
const ONLINE_TERM: Seconds = Seconds::hours(2);
/// Orders of one account that may wait for their money at the same time.
const MOST_UNPAID: u32 = 3;
/// Before an unpaid transfer lapses, this long before the end, a reminder goes out.
const REMIND_BEFORE: Seconds = Seconds::days(3);
/// If a provider stayed silent this long after a try began, we ask once ourselves (providers.md 1.7: a notice can be lost).
pub const ASK_AFTER: Seconds = Seconds::minutes(20);
/// Two clicks within this time are one wish. Later, an attempt without an answer was left by a server that died, or by a provider
/// that is too slow to wait for.
const ANNOUNCING: Seconds = Seconds(15);
/// In the timeline: the provider was asked and nobody knows what came of it.
const UNKNOWN: &str = "attempt_unknown";

/// Where the shopper goes next.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NextStep {
    /// To the provider's page.
    Pay(String),
    /// To the page of the order.
    Order(OrderNumber),
}

impl Shop {
    /// Places the order of a visitor. The second click, tab or device finds the first order. `seen_total` is what stood above the
    /// button; if that is no longer right nothing is ordered and she sees the new total first.
    pub async fn place_order(&self, visitor: &mut Visitor, seen_total: Money) -> Result<NextStep, ShopError> {
        let (cart, draft) = match self.checkout(visitor).await? {
            Place::Here(cart, draft) => (cart, draft),
            Place::Ordered(number) => return self.resume(visitor, &number).await,
            Place::EmptyCart => return Err(ShopError::EmptyCart),
        };
        let details = draft.typed.understand().map_err(ShopError::Fields)?;
        let method = draft.method.filter(|method| self.offers(*method)).ok_or(ShopError::PaymentUnavailable)?;
        match self.prepare(visitor, cart, details, method, seen_total, draft.newsletter).await {
            Ok((order, attempt)) => self.start(&order, attempt).await,
            // The other click was faster.
            Err(ShopError::Conflict) => match self.checkout(visitor).await? {
                Place::Ordered(number) => self.resume(visitor, &number).await,
                _ => Err(ShopError::Conflict),
            },
            Err(error) => Err(error),
        }
    }

    /// The first move: everything that must hold together, in one transaction.
    async fn prepare(
        &self,
        visitor: &mut Visitor,
        cart_id: CartId,
        details: Details,
        method: Method,
        seen_total: Money,
        newsletter: bool,
    ) -> Result<(Order, Attempt), ShopError> {
        let now = self.clock.now();
        let mut tx = self.store.begin().await.trouble()?;
        if tx.order_of_cart(cart_id).await.trouble()?.is_some() {
            return Err(ShopError::Conflict);
        }
        let cart =
            tx.cart(cart_id).await.trouble()?.filter(|cart| !cart.lines.is_empty()).ok_or(ShopError::EmptyCart)?;
        let mut lines = self.copy_lines(&mut *tx, &cart).await?;
        let priced: Vec<PricedLine> = lines
            .iter()
            .map(|line| PricedLine { variant: line.variant, unit: line.unit, quantity: line.quantity, rate: line.rate })
            .collect();
        let wanted = Wanted::by(&cart, &mut *tx).await?;
        let (totals, code) = self.sum(&priced, wanted.as_ref(), details.address.country)?;
        if totals.total != seen_total {
            // When her code takes nothing off any more, that is what she must hear. Pressing again under the total without it
            // orders without it.
            let refused = code.and_then(|code| code.off.err());
            return Err(refused.map_or(ShopError::PriceChanged, ShopError::Discount));
        }
        let code = code.filter(|code| code.off.is_ok()).map(|code| code.code);
        for (line, part) in lines.iter_mut().zip(spread(&priced, totals.discount).trouble()?) {
            line.discount = part;
        }
        let buyer = self.buyer_in(&mut *tx, visitor, None).await?;
        self.may_pay(method, &details.contact, &details.address, totals.total, buyer).map_err(ShopError::NoInvoice)?;

        let holds = tx.holds(cart_id).await.trouble()?;
        let held = crate::cart::covering_hold(&cart, &holds).is_some_and(|hold| !hold.is_over(now));
        let mut changes = if held { Vec::new() } else { self.hold_lines(&mut *tx, &cart, Hold::starting(now)).await? };

        let customer = self.customer_for(&mut *tx, visitor, &details, now).await?;
        // What is ordered and not paid is kept from others for days.
        if tx.unpaid_orders(customer).await.trouble()? >= MOST_UNPAID {
            return Err(ShopError::TooManyUnpaid);
        }
        let until = now.plus(self.term(method));
        let mut order = Order {
            id: OrderId::new(self.random.id()),
            number: tx.next_order_number().await.trouble()?,
            cart: cart_id,
            customer,
            contact: details.contact.clone(),
            address: details.address.clone(),
            lines,
            totals,
            code,
            method,
            state: OrderState::AwaitingPayment { until },
            agreed: Agreed {
                button: ORDER_BUTTON.to_owned(),
                terms: self.settings.terms_version.clone(),
                privacy: self.settings.privacy_version.clone(),
                arrival: self.arrival().day,
            },
            placed_at: now,
            tracking: None,
            version: 1,
        };
        tx.insert_order(&order).await.map_err(|error| match error {
            crate::ports::StoreError::Duplicate => ShopError::Conflict,
            other => crate::trouble::unavailable(&other),
        })?;
        self.post(&mut *tx, Entry::of_order(Posting::Placed, &order, order.totals.total, now)).await?;
        if order.code.is_some() {
            self.take_discount(&mut *tx, &cart, order.id, order.totals.goods, now).await?;
        }
        tx.hold_for_order(cart_id, order.id, until).await.trouble()?;
        tx.record(order.id, &happening(now, "placed", method.name(), "shopper")).await.trouble()?;
        let attempt = self.new_attempt(&order, 1, method, self.first_part(method, order.totals.total, buyer), now);
        self.write_attempt(&mut *tx, &order, &attempt, now).await?;
        if attempt.is_whole_invoice(&order) {
            changes.extend(self.leave_on_invoice(&mut *tx, &mut order, "shopper", now).await?);
            self.enqueue(&mut *tx, &Job::MailConfirmation { order: order.id }, now, None).await?;
        } else if method.is_by_transfer() {
            self.confirm_transfer(&mut *tx, &order, until, now).await?;
        }
        if newsletter {
            // Asked for beside the order, not part of it: a mail asks for her yes.
            let asked = SignUp { email: details.contact.email.clone(), first_name: details.address.name.given.clone() };
            self.ask_in(&mut *tx, &asked, Channel::Checkout).await?;
        }
        // What was typed lives in the order now; the cart and its draft would be a second copy of personal data.
        tx.delete_cart(cart_id).await.trouble()?;
        // Signed in or out in another tab meanwhile: her cart is in that session now, so nothing is ordered from this one.
        // The session keeps the id of the cart: by it a second tab, the back button and a second click find the order.
        let mut session = self.stored_session(&mut *tx, visitor).await?.ok_or(ShopError::Conflict)?;
        session.remember_order(&order.number);
        tx.save_session(&session).await.trouble()?;
        self.announce(&mut *tx, &changes).await?;
        tx.commit().await.trouble()?;
        visitor.session = Some(session);
        self.counts.add(Counted::Order);
        self.stock_changed(&changes);
        Ok((order, attempt))
    }

    /// Copies what is in the cart from the database, not from memory: price and title of this very moment.
    async fn copy_lines(&self, tx: &mut dyn Tx, cart: &Cart) -> Result<Vec<OrderLine>, ShopError> {
        let snapshot = self.catalogue.current();
        let mut lines = Vec::with_capacity(cart.lines.len());
        for line in &cart.lines {
            let (known, _) = snapshot.product_of(line.variant).ok_or(ShopError::HoldLost)?;
            let product = tx
                .product(known.id)
                .await
                .trouble()?
                .filter(|p| p.status == shop_core::catalog::Status::Active)
                .ok_or(ShopError::HoldLost)?;
            let variant = product.variant(line.variant).ok_or(ShopError::HoldLost)?;
            lines.push(OrderLine {
                variant: variant.id,
                sku: variant.sku.as_str().to_owned(),
                title: product.title.clone(),
                slug: product.slug.clone(),
                colour: product.colour.as_ref().map(|colour| colour.name.clone()).unwrap_or_default(),
                size: variant.size.as_str().to_owned(),
                picture: product.pictures.first().map(|picture| picture.key.clone()),
                unit: variant.price.now,
                quantity: line.quantity.get(),
                discount: Money::ZERO,
                rate: product.vat,
                fibre: product.fibre.clone(),
            });
        }
        Ok(lines)
    }

    /// The account of the order: hers when she is signed in, the one of the address, or a new one (product decision D1). An
    /// account that exists is attached to but not changed and not shown: the address is not proven.
    async fn customer_for(
        &self,
        tx: &mut dyn Tx,
        visitor: &Visitor,
        details: &Details,
        now: Timestamp,
    ) -> Result<CustomerId, ShopError> {
        let signed_in = visitor.customer();
        let existing = match signed_in {
            Some(id) => Some(id),
            None => tx.customer_by_email(&details.contact.email).await.trouble()?.map(|customer| customer.id),
        };
        let Some(id) = existing else {
            // Name and address come with her first sign-in: until then anybody may have typed this mail address.
            let id = CustomerId::new(self.random.id());
            tx.save_customer(&Customer::unproven(id, details.contact.email.clone(), now)).await.trouble()?;
            return Ok(id);
        };
        if signed_in.is_some() {
            let known = tx.addresses(id).await.trouble()?;
            if !known.iter().any(|(_, address)| *address == details.address) {
                tx.save_address(id, AddressId::new(self.random.id()), &details.address, now).await.trouble()?;
            }
        }
        Ok(id)
    }

    fn term(&self, method: Method) -> Seconds {
        if method.is_by_transfer() { Seconds::days(self.settings.transfer_days) } else { ONLINE_TERM }
    }

    /// What the first try to pay is about: what is asked in advance, or all of it when nothing is.
    fn first_part(&self, method: Method, total: Money, buyer: Buyer) -> Money {
        let asked = asked_in_advance(method, total, buyer, &self.settings.own_invoice);
        if asked > Money::ZERO { asked } else { total }
    }

    pub(crate) fn new_attempt(
        &self,
        order: &Order,
        ordinal: u32,
        method: Method,
        amount: Money,
        now: Timestamp,
    ) -> Attempt {
        Attempt {
            id: AttemptId::new(self.random.id()),
            order: order.id,
            ordinal,
            method,
            amount,
            reference: attempt_reference(&order.number, ordinal),
            provider_id: None,
            pay_url: None,
            // A transfer is open at once: there is nobody to announce it to.
            state: if method.is_by_transfer() { AttemptState::Open } else { AttemptState::Created },
            created_at: now,
            version: 1,
        }
    }

    async fn write_attempt(
        &self,
        tx: &mut dyn Tx,
        order: &Order,
        attempt: &Attempt,
        now: Timestamp,
    ) -> Result<(), ShopError> {
        tx.insert_attempt(attempt).await.trouble()?;
        tx.record(order.id, &happening(now, "attempt", attempt.method.name(), "shopper")).await.trouble()?;
        let told = self
            .provider(attempt.method)
            .and_then(|provider| provider.discloses(&self.wish(provider.name(), order, attempt)));
        if let Some(told) = told {
            tx.disclose(order.id, &told, now).await.trouble()?;
        }
        if !attempt.method.is_by_transfer() {
            self.enqueue(tx, &Job::Ask { attempt: attempt.id }, now.plus(ASK_AFTER), None).await?;
        }
        Ok(())
    }

    /// The second and third move: announce the attempt, and record what came of it.
    async fn start(&self, order: &Order, mut attempt: Attempt) -> Result<NextStep, ShopError> {
        let here = NextStep::Order(order.number.clone());
        if attempt.method.is_by_transfer() {
            return Ok(here);
        }
        let Some(provider) = self.provider(attempt.method) else { return Ok(here) };
        let started = provider.start(&self.wish(provider.name(), order, &attempt)).await;

        let now = self.clock.now();
        let mut tx = self.store.begin().await.trouble()?;
        // Read again: while we waited for the answer, news may have come or the order may have ended.
        attempt = tx.attempt(attempt.id).await.trouble()?.ok_or(ShopError::NotFound)?;
        let still_owed = tx
            .order(order.id)
            .await
            .trouble()?
            .is_some_and(|order| matches!(order.state, OrderState::AwaitingPayment { .. }));
        let next = match started {
            Ok(started) => {
                attempt.provider_id = started.provider_id.or(attempt.provider_id);
                attempt.pay_url = started.pay_url.clone();
                if let News::Moved(state) = attempt.state.apply(AttemptEvent::Opened, now) {
                    attempt.state = state;
                }
                tx.save_attempt(&mut attempt).await.trouble()?;
                started.pay_url.filter(|_| still_owed).map_or(here, NextStep::Pay)
            }
            Err(PaymentError::Declined(why) | PaymentError::Unavailable(why) | PaymentError::Credentials(why)) => {
                tracing::warn!(provider = provider.name(), reference = %attempt.reference, %why, "attempt did not start");
                if let News::Moved(state) = attempt.state.apply(AttemptEvent::Failed, now) {
                    attempt.state = state;
                }
                tx.save_attempt(&mut attempt).await.trouble()?;
                tx.record(order.id, &happening(now, "attempt_failed", attempt.method.name(), "provider"))
                    .await
                    .trouble()?;
                here
            }
            // Nobody knows whether it exists there. She never saw its page, so a next try cannot charge twice; and if it is
            // ever reported paid all the same, its reference finds the order.
            Err(PaymentError::OutcomeUnknown(why)) => {
                tracing::warn!(provider = provider.name(), reference = %attempt.reference, %why, "attempt outcome unknown");
                tx.record(order.id, &happening(now, UNKNOWN, &attempt.reference, "provider")).await.trouble()?;
                here
            }
        };
        tx.commit().await.trouble()?;
        Ok(next)
    }

    fn wish<'a>(&self, provider: &str, order: &'a Order, attempt: &'a Attempt) -> Wish<'a> {
        let public = &self.settings.public_url;
        let return_url = format!("{public}/betaling/{provider}/terug");
        let ticket = self.payment_ticket(provider, "return", &attempt.reference);
        let proven_return_url = format!("{return_url}?{RETURN_TICKET}={ticket}");
        Wish {
            attempt,
            order,
            stopped_return_url: format!("{proven_return_url}&{STOPPED}=ja"),
            proven_return_url,
            return_url,
            notice_url: format!(
                "{public}/webhooks/{provider}/{}",
                self.payment_ticket(provider, "notice", &attempt.reference)
            ),
        }
    }

    /// The same click again: the running attempt's page, or the order.
    async fn resume(&self, visitor: &mut Visitor, number: &OrderNumber) -> Result<NextStep, ShopError> {
        let mut tx = self.store.read().await.trouble()?;
        let order = tx.order_by_number(number).await.trouble()?.ok_or(ShopError::NotFound)?;
        let attempts = tx.attempts(order.id).await.trouble()?;
        drop(tx);
        if !visitor.knows_order(number) {
            self.change_session(visitor, |session| session.remember_order(number)).await?;
        }
        let running = attempts
            .last()
            .filter(|attempt| attempt.state == AttemptState::Open)
            .and_then(|attempt| attempt.pay_url.clone());
        Ok(running.map_or(NextStep::Order(order.number), NextStep::Pay))
    }

    /// Another try to pay the same order, with any method. Nothing is retyped. A try that is still open at the provider with the
    /// same method is simply continued.
    pub async fn pay_again(
        &self,
        visitor: &Visitor,
        number: &OrderNumber,
        method: &str,
    ) -> Result<NextStep, ShopError> {
        let method =
            Method::parse(method).filter(|method| self.offers(*method)).ok_or(ShopError::PaymentUnavailable)?;
        let now = self.clock.now();
        let mut tx = self.store.begin().await.trouble()?;
        let mut order = self.own_order(&mut *tx, visitor, number).await?;
        if !matches!(order.state, OrderState::AwaitingPayment { .. }) {
            return Ok(NextStep::Order(order.number));
        }
        let (total, buyer) = (order.totals.total, self.buyer_in(&mut *tx, visitor, Some(order.id)).await?);
        self.may_pay(method, &order.contact, &order.address, total, buyer).map_err(ShopError::NoInvoice)?;
        let attempts = tx.attempts(order.id).await.trouble()?;
        if let Some(last) = attempts.last().filter(|last| last.method == method) {
            // One transfer is enough: another would only be another mail and another date.
            let is_running = last.state == AttemptState::Open && (last.pay_url.is_some() || method.is_by_transfer());
            if is_running || self.is_being_announced(&mut *tx, last, now).await? {
                let url = last.pay_url.clone().filter(|_| is_running);
                return Ok(url.map_or(NextStep::Order(order.number), NextStep::Pay));
            }
        }
        // A term that was promised before, for a transfer, is never made shorter.
        let promised = if let OrderState::AwaitingPayment { until } = order.state { until } else { now };
        // Nor is it made longer again and again: the pieces are kept from others meanwhile.
        let last = order.placed_at.plus(self.term(Method::BankTransfer)).plus(ONLINE_TERM);
        let until = promised.max(now.plus(self.term(method)).min(last));
        order.state = order.state.apply(shop_core::order::OrderEvent::PaymentRetried { until }, now)?;
        order.method = method;
        tx.save_order(&mut order).await.trouble()?;
        tx.extend_order(order.id, until).await.trouble()?;
        if method == Method::Invoice {
            // A half that she chose before and left again is asked in the new one.
            self.close_claims(&mut *tx, order.id, now).await?;
        }
        let ordinal = attempts.last().map_or(1, |attempt| attempt.ordinal + 1);
        let attempt = self.new_attempt(&order, ordinal, method, self.first_part(method, total, buyer), now);
        self.write_attempt(&mut *tx, &order, &attempt, now).await?;
        let is_confirmed = attempts.iter().any(|attempt| attempt.method == method);
        let mut changes = Vec::new();
        if attempt.is_whole_invoice(&order) {
            changes = self.leave_on_invoice(&mut *tx, &mut order, "shopper", now).await?;
            self.enqueue(&mut *tx, &Job::MailConfirmation { order: order.id }, now, None).await?;
        } else if method.is_by_transfer() && !is_confirmed {
            self.confirm_transfer(&mut *tx, &order, until, now).await?;
        }
        self.announce(&mut *tx, &changes).await?;
        tx.commit().await.trouble()?;
        self.stock_changed(&changes);
        self.start(&order, attempt).await
    }

    /// Whether another request is asking the provider about this attempt right now: the other half of a double click. Its page is
    /// a moment away, and a second attempt would be a second way to pay the same order.
    async fn is_being_announced(&self, tx: &mut dyn Tx, attempt: &Attempt, now: Timestamp) -> Result<bool, ShopError> {
        if attempt.state != AttemptState::Created || now.since(attempt.created_at) > ANNOUNCING {
            return Ok(false);
        }
        let happenings = tx.happenings(attempt.order).await.trouble()?;
        Ok(!happenings.iter().any(|happening| happening.event == UNKNOWN && happening.detail == attempt.reference))
    }

    /// Payment by transfer is agreed when it is chosen, so the confirmation goes out then; others get it when they have paid.
    async fn confirm_transfer(
        &self,
        tx: &mut dyn Tx,
        order: &Order,
        until: Timestamp,
        now: Timestamp,
    ) -> Result<(), ShopError> {
        self.enqueue(tx, &Job::MailConfirmation { order: order.id }, now, None).await?;
        self.enqueue(tx, &Job::MailReminder { order: order.id }, until.plus(Seconds(-REMIND_BEFORE.0)), None).await
    }

    /// Adds a job in this transaction.
    pub(crate) async fn enqueue(
        &self,
        tx: &mut dyn Tx,
        job: &Job,
        run_at: Timestamp,
        key: Option<&str>,
    ) -> Result<(), ShopError> {
        tx.enqueue(JobId::new(self.random.id()), job, run_at, key).await.trouble()
    }
}

/// A line of a timeline.
pub(crate) fn happening(at: Timestamp, event: &str, detail: &str, actor: &str) -> Happening {
    Happening { at, event: event.to_owned(), detail: detail.to_owned(), actor: actor.to_owned() }
}
