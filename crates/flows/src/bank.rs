//! The owner's bank statements. Each booking is looked at once, however often its file is read; only what names an order and is exact
//! becomes a payment by itself, all else is a task for a person. Nobody's name, text or account number is kept.

use crate::Shop;
use crate::job::Job;
use crate::manage::Member;
use crate::ports::{FiledBooking, Left, TransferOrder, Tx};
use crate::trouble::Trouble;
use shop_core::ShopError;
use shop_core::money::Money;
use shop_core::order::{Order, OrderNumber, OrderState};
use shop_core::payment::{
    AttemptEvent, CreditorReference, Expected, Facts, Match, Method, News, awaited_transfer, match_booking,
};
use shop_core::time::{Day, Timestamp};

/// A booking as a statement has it. It has no debug form, because it says who paid and what she wrote.
pub struct BankBooking {
    /// The same in every file that holds this booking.
    pub id: String,
    /// When it was booked.
    pub day: Day,
    /// What came in; negative when it went out.
    pub amount: Money,
    /// Whether the bank says that it came back or was undone.
    pub returned: bool,
    /// The structured reference, its check digits verified.
    pub reference: Option<CreditorReference>,
    /// What the payer wrote.
    pub text: String,
    /// The payer's name as the bank gives it.
    pub payer: String,
}

/// What became of a booking.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BankLine {
    /// When it was booked.
    pub day: Day,
    /// What came in; negative when it went out.
    pub amount: Money,
    /// What it is.
    pub found: Match,
    /// Whether a payment was booked for it, without a person.
    pub booked: bool,
}

/// What came of reading statements.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct BankReport {
    /// Bookings that were new, in the order of the file.
    pub lines: Vec<BankLine>,
    /// Bookings that were read before.
    pub known: u32,
}

impl Shop {
    /// Looks at the bookings of statements. What was read before is passed over, so a file that was read half can be read again.
    pub async fn read_bookings(&self, member: &Member, bookings: &[BankBooking]) -> Result<BankReport, ShopError> {
        let mut report = BankReport::default();
        let mut awaited = None;
        for booking in bookings {
            match self.read_booking(member.name(), booking, &mut awaited).await? {
                Some(line) => report.lines.push(line),
                None => report.known += 1,
            }
        }
        let detail = format!("{} new, {} known", report.lines.len(), report.known);
        self.note(member, "bank.statement", "", &detail).await?;
        Ok(report)
    }

    /// Somebody saving the same order at the same time makes it start over.
    async fn read_booking(
        &self,
        actor: &str,
        booking: &BankBooking,
        awaited: &mut Option<Awaited>,
    ) -> Result<Option<BankLine>, ShopError> {
        for _ in 0..5 {
            match self.read_booking_once(actor, booking, awaited).await {
                Err(ShopError::Conflict) => *awaited = None,
                other => return other,
            }
        }
        Err(ShopError::Conflict)
    }

    async fn read_booking_once(
        &self,
        actor: &str,
        booking: &BankBooking,
        awaited: &mut Option<Awaited>,
    ) -> Result<Option<BankLine>, ShopError> {
        let now = self.clock.now();
        // Most of a file was often read before; the transfers need not be looked at for that. They are read once for a file, and before
        // anything is changed: nobody who orders waits for it.
        let mut tx = self.store.read().await.trouble()?;
        if tx.has_booking(&booking.id).await.trouble()? {
            return Ok(None);
        }
        let awaited = match awaited {
            Some(awaited) => awaited,
            None => awaited.insert(Awaited::of(tx.transfers().await.trouble()?)),
        };
        drop(tx);
        let facts = Facts {
            amount: booking.amount,
            returned: booking.returned,
            reference: booking.reference.as_ref(),
            text: &booking.text,
            payer: &booking.payer,
        };
        let mut tx = self.store.begin().await.trouble()?;
        let found = awaited.find(&mut *tx, &facts).await?;
        let order = named(&found).and_then(|number| awaited.order(number));
        let filed = FiledBooking {
            id: booking.id.clone(),
            order: order.map(|order| order.id),
            day: booking.day,
            amount: booking.amount,
            verdict: verdict(&found).to_owned(),
            at: now,
        };
        if !tx.file_booking(&filed).await.trouble()? {
            return Ok(None);
        }
        let received = match order {
            Some(order) if is_exact(&found) => self.receive_transfer(&mut *tx, &order.number, None, actor, now).await?,
            Some(order) if is_late(&found) => {
                self.receive_transfer(&mut *tx, &order.number, Some(booking.amount), actor, now).await?
            }
            _ => None,
        };
        let booked = received.is_some();
        let changes = received.unwrap_or_default();
        if !booked && asks_for_a_person(&found, booking) {
            let (kind, detail) = (format!("bank_{}", verdict(&found)), detail(&found, booking));
            tx.add_task(&kind, order.map(|order| order.id), &detail, now).await.trouble()?;
        }
        self.announce(&mut *tx, &changes).await?;
        if let Some(number) = named(&found) {
            // The next booking of the file may complete it.
            awaited.look_again(&mut *tx, number).await?;
        }
        tx.commit().await.trouble()?;
        self.stock_changed(&changes);
        Ok(Some(BankLine { day: booking.day, amount: booking.amount, found, booked }))
    }

    /// The transfer that is awaited for an order came in: all of the order, or the part of its invoice that is next. `None` when it
    /// was booked before, or asks another amount than `exactly`. For an order that waits no more this makes the task of late money.
    pub(crate) async fn receive_transfer(
        &self,
        tx: &mut dyn Tx,
        number: &OrderNumber,
        exactly: Option<Money>,
        actor: &str,
        now: Timestamp,
    ) -> Result<Option<Vec<Left>>, ShopError> {
        let mut order = tx.order_by_number(number).await.trouble()?.ok_or(ShopError::NotFound)?;
        let attempts = tx.attempts(order.id).await.trouble()?;
        let Some(mut attempt) = awaited_transfer(&attempts).cloned() else { return Ok(None) };
        if exactly.is_some_and(|amount| amount != attempt.amount) {
            return Ok(None);
        }
        let was_claim = attempt.is_claim();
        let News::Moved(state) = attempt.state.apply(AttemptEvent::Paid, now) else { return Ok(None) };
        attempt.state = state;
        tx.save_attempt(&mut attempt).await.trouble()?;
        tx.book_parts(order.id).await.trouble()?;
        if attempt.method == Method::Invoice {
            return self.settle_invoice(tx, &mut order, &attempt, was_claim, actor, now).await.map(Some);
        }
        let was_awaited = matches!(order.state, OrderState::AwaitingPayment { .. });
        let changes = self.settle(tx, &mut order, &attempt, actor, now).await?;
        if was_awaited {
            self.enqueue(tx, &Job::MailPaid { order: order.id }, now, None).await?;
        }
        Ok(Some(changes))
    }
}

/// The transfers that a file is compared with, as they stood when it was opened or, for those that it was about, since.
struct Awaited {
    orders: Vec<Order>,
    expected: Vec<Expected>,
}

impl Awaited {
    fn of(transfers: Vec<TransferOrder>) -> Self {
        let expected = transfers.iter().filter_map(expectation).collect();
        Self { orders: transfers.into_iter().map(|transfer| transfer.order).collect(), expected }
    }

    fn order(&self, number: &OrderNumber) -> Option<&Order> {
        self.orders.iter().find(|order| order.number == *number)
    }

    /// What a booking is, with the order that it is about as it stands in this very transaction.
    async fn find(&mut self, tx: &mut dyn Tx, facts: &Facts<'_>) -> Result<Match, ShopError> {
        let mut sure: Option<OrderNumber> = None;
        loop {
            let found = match_booking(&self.expected, facts);
            match named(&found) {
                Some(number) if sure.as_ref() != Some(number) => {
                    self.look_again(tx, number).await?;
                    sure = Some(number.clone());
                }
                _ => return Ok(found),
            }
        }
    }

    async fn look_again(&mut self, tx: &mut dyn Tx, number: &OrderNumber) -> Result<(), ShopError> {
        let Some(order) = tx.order_by_number(number).await.trouble()? else { return Ok(()) };
        let parts = tx.parts(order.id).await.trouble()?;
        let attempts = tx.attempts(order.id).await.trouble()?;
        let claim = attempts.iter().rfind(|attempt| attempt.is_claim()).map(|attempt| attempt.amount);
        let transfer = TransferOrder { order, parts, claim };
        let now = expectation(&transfer);
        if let (Some(now), Some(known)) = (now, self.expected.iter_mut().find(|known| known.order == *number)) {
            *known = now;
        }
        if let Some(known) = self.orders.iter_mut().find(|known| known.number == *number) {
            *known = transfer.order;
        }
        Ok(())
    }
}

/// What we wait for; every number of an order makes a reference.
fn expectation(transfer: &TransferOrder) -> Option<Expected> {
    let TransferOrder { order, parts, claim } = transfer;
    let total = order.totals.total;
    let (owed, received) = match claim.filter(|_| order.method == Method::Invoice) {
        Some(claim) => (claim, *parts),
        None if order.state.is_paid() => (total, total),
        None => (total, *parts),
    };
    Some(Expected {
        order: order.number.clone(),
        reference: CreditorReference::of(order.number.as_str())?,
        owed,
        received,
        ended: matches!(order.state, OrderState::Cancelled { .. }),
        last_name: order.address.name.family.clone(),
    })
}

/// The order that a booking is about, when it is one.
const fn named(found: &Match) -> Option<&OrderNumber> {
    match found {
        Match::Exact { order }
        | Match::ByNumber { order }
        | Match::Partial { order, .. }
        | Match::Over { order, .. }
        | Match::Double { order }
        | Match::AfterEnd { order }
        | Match::Likely { order, .. } => Some(order),
        Match::Return { order } => order.as_ref(),
        Match::SeveralOrders { .. } | Match::Unknown { .. } => None,
    }
}

/// Whether a payment may be booked: exactly what is open, for what is named.
const fn is_exact(found: &Match) -> bool {
    matches!(found, Match::Exact { .. } | Match::ByNumber { .. })
}

/// Whether it may be a payment for an order that waits no more; with the amount that was asked it becomes late money, which the owner
/// decides about.
const fn is_late(found: &Match) -> bool {
    matches!(found, Match::Double { .. } | Match::AfterEnd { .. })
}

/// Money that goes out is no matter of the shop, unless it names an order or a payment came back.
const fn asks_for_a_person(found: &Match, booking: &BankBooking) -> bool {
    match found {
        Match::Return { order } => booking.returned || order.is_some(),
        _ => true,
    }
}

/// The word for a match in the database and in the kinds of tasks.
const fn verdict(found: &Match) -> &'static str {
    match found {
        Match::Exact { .. } => "exact",
        Match::ByNumber { .. } => "by_number",
        Match::Partial { .. } => "partial",
        Match::Over { .. } => "over",
        Match::Double { .. } => "double",
        Match::AfterEnd { .. } => "after_end",
        Match::Likely { .. } => "likely",
        Match::SeveralOrders { .. } => "several",
        Match::Unknown { .. } => "unknown",
        Match::Return { .. } => "return",
    }
}

/// Day and amount find the booking on the statement; who paid stays there.
fn detail(found: &Match, booking: &BankBooking) -> String {
    let of = format!("{} op {}", booking.amount, booking.day.iso());
    match found {
        Match::Partial { missing, .. } => format!("{of}, er ontbreekt {missing}"),
        Match::Over { surplus, .. } => format!("{of}, {surplus} te veel"),
        Match::SeveralOrders { orders } | Match::Unknown { named: orders } if !orders.is_empty() => {
            let orders: Vec<&str> = orders.iter().map(OrderNumber::as_str).collect();
            format!("{of}, voor {}", orders.join(" en "))
        }
        _ => of,
    }
}
