//! What is kept. Two doors: `read()` for pages never takes a write lock, `begin()` is for changes. One small trait per aggregate;
//! a transaction that is dropped without `commit` changes nothing.

use super::{
    Alerts, BankBook, Consents, DayCounts, Disclosures, FitVotes, Health, Inbox, Keeping, Ledger, LetterBook,
    MailingList, Persons, PrivacyDesk, Refunds,
};
use crate::job::Job;
use async_trait::async_trait;
use serde::{Deserialize, Serialize};
use shop_core::address::{Address, Phone};
use shop_core::cart::Cart;
use shop_core::catalog::{Picture, Product};
use shop_core::checkout::{FieldError, TypedDetails};
use shop_core::discount::{Discount, DiscountCode};
use shop_core::email::EmailAddress;
use shop_core::id::{AddressId, AttemptId, CartId, CustomerId, JobId, OrderId, ProductId, StaffId, VariantId};
use shop_core::money::Money;
use shop_core::order::{Happening, Order, OrderNumber};
use shop_core::payment::{Attempt, Method};
use shop_core::stock::{Hold, MovementReason, Stock};
use shop_core::time::Timestamp;

/// Why the store could not do it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum StoreError {
    /// A row with that unique value exists.
    #[error("duplicate")]
    Duplicate,
    /// Somebody saved a newer version meanwhile; load and apply again.
    #[error("conflict")]
    Conflict,
    /// The database cannot be reached or is too busy.
    #[error("unavailable: {0}")]
    Unavailable(String),
    /// What is stored cannot be read: an alarm, never a default.
    #[error("broken row: {0}")]
    Broken(String),
}

/// The database.
#[async_trait]
pub trait Store: Send + Sync {
    /// Opens the door for pages: sees the last commit, takes no write lock, cannot write.
    async fn read(&self) -> Result<Box<dyn Tx>, StoreError>;
    /// Opens the door for changes. On SQLite it takes the write lock first, so a read in it never turns into "locked".
    async fn begin(&self) -> Result<Box<dyn Tx>, StoreError>;
    /// Whether the database answers.
    async fn ping(&self) -> Result<(), StoreError>;
    /// Leaves nothing behind on the disk of what was erased, as far as the engine can be told to. `Unavailable` while somebody reads.
    async fn scrub(&self) -> Result<(), StoreError>;
}

/// A transaction over everything.
#[async_trait]
pub trait Tx:
    Catalogue
    + StockBook
    + Carts
    + Discounts
    + Sessions
    + Orders
    + Payments
    + Refunds
    + Ledger
    + Customers
    + Team
    + Jobs
    + Alerts
    + FitVotes
    + BankBook
    + Health
    + Disclosures
    + Consents
    + DayCounts
    + MailingList
    + LetterBook
    + Keeping
    + Inbox
    + PrivacyDesk
    + Persons
    + Send
{
    /// Makes it so.
    async fn commit(self: Box<Self>) -> Result<(), StoreError>;
}

/// Products, sizes, pictures, prices.
#[async_trait]
pub trait Catalogue {
    /// All products with sizes, availability and pictures, in the owner's order. Also drafts and archived ones.
    async fn products(&mut self) -> Result<Vec<Product>, StoreError>;
    /// One product.
    async fn product(&mut self, id: ProductId) -> Result<Option<Product>, StoreError>;
    /// Writes product, sizes and pictures as given (sizes and pictures that are not named any more are removed from sale, never
    /// from orders). Stock is not touched except that a new size starts with none. Appends to the price history when a price changed.
    async fn save_product(&mut self, product: &Product, position: i64, now: Timestamp) -> Result<(), StoreError>;
    /// The lowest price of a size in force at any moment in `[from, until)`; `None` when it had none.
    async fn lowest_price(
        &mut self,
        variant: VariantId,
        from: Timestamp,
        until: Timestamp,
    ) -> Result<Option<Money>, StoreError>;
    /// Marks the AVIF files of a picture as made.
    async fn picture_has_avif(&mut self, key: &str) -> Result<(), StoreError>;
    /// A picture by its content hash, to reuse its facts at the next import.
    async fn picture(&mut self, key: &str) -> Result<Option<Picture>, StoreError>;
    /// Raised by every change that visitors can see.
    async fn catalogue_version(&mut self) -> Result<i64, StoreError>;
    /// Raises it and gives the new one.
    async fn raise_catalogue_version(&mut self) -> Result<i64, StoreError>;
}

/// A size that is held for a cart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct HeldLine {
    /// Which size.
    pub variant: VariantId,
    /// How many.
    pub quantity: u32,
    /// Until when.
    pub hold: Hold,
}

/// What a change of stock left.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Left {
    /// Which size.
    pub variant: VariantId,
    /// What may still be promised before the change.
    pub before: u32,
    /// What may still be promised now.
    pub now: u32,
}

/// Stock, holds and movements.
#[async_trait]
pub trait StockBook {
    /// What lies there and what is held; `None` for an unknown size.
    async fn stock(&mut self, variant: VariantId) -> Result<Option<Stock>, StoreError>;
    /// The owner counted the shelf: it holds `on_hand` pieces. Written to the count log.
    async fn count_stock(
        &mut self,
        variant: VariantId,
        on_hand: u32,
        actor: &str,
        now: Timestamp,
    ) -> Result<Option<Left>, StoreError>;
    /// Holds pieces for a cart; `Err(available)` inside when there are not enough, and then nothing changed.
    async fn hold(
        &mut self,
        cart: CartId,
        variant: VariantId,
        quantity: u32,
        hold: Hold,
        id: shop_core::id::ReservationId,
    ) -> Result<Result<Left, u32>, StoreError>;
    /// What is held for a cart.
    async fn holds(&mut self, cart: CartId) -> Result<Vec<HeldLine>, StoreError>;
    /// Moves the end of all holds of a cart.
    async fn extend_holds(&mut self, cart: CartId, hold: Hold) -> Result<(), StoreError>;
    /// Lets go of what is held for a cart.
    async fn release_cart(&mut self, cart: CartId) -> Result<Vec<Left>, StoreError>;
    /// Carts whose hold ended before `now`.
    async fn ended_holds(&mut self, now: Timestamp, limit: u32) -> Result<Vec<CartId>, StoreError>;
    /// Turns the holds of a cart into holds of the order made from it.
    async fn hold_for_order(&mut self, cart: CartId, order: OrderId, until: Timestamp) -> Result<(), StoreError>;
    /// Moves the end of the holds of an order.
    async fn extend_order(&mut self, order: OrderId, until: Timestamp) -> Result<(), StoreError>;
    /// Takes what is held for an order off the shelf and writes the movements. Nothing held: nothing happens.
    async fn take(&mut self, order: OrderId, now: Timestamp) -> Result<Vec<Left>, StoreError>;
    /// Lets go of what is held for an order.
    async fn release_order(&mut self, order: OrderId) -> Result<Vec<Left>, StoreError>;
    /// Brings back what an order took and writes the movements. Safe to call twice.
    async fn put_back(
        &mut self,
        order: OrderId,
        reason: MovementReason,
        now: Timestamp,
    ) -> Result<Vec<Left>, StoreError>;
    /// Takes pieces for an order whose hold had already ended (money came late). `Err(available)` when there are not enough.
    async fn take_late(
        &mut self,
        order: OrderId,
        lines: &[(VariantId, u32)],
        now: Timestamp,
    ) -> Result<Result<Vec<Left>, VariantId>, StoreError>;
}

/// What checkout knows so far about a cart.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Draft {
    /// The details form as typed.
    pub typed: TypedDetails,
    /// What is wrong with it; empty when it was understood.
    pub errors: Vec<FieldError>,
    /// Whether the details were understood and accepted.
    pub details_done: bool,
    /// How she wants to pay.
    pub method: Option<Method>,
    /// What a register proposed that differs from what was typed: street and town.
    pub proposal: Option<(String, String)>,
    /// A sentence for the next page, by name.
    pub notice: Option<String>,
    /// Whether she ticked the box for the newsletter; it is asked for when the order is placed.
    pub newsletter: bool,
}

/// Carts and the checkout drafts beside them.
#[async_trait]
pub trait Carts {
    /// The cart; `None` when it is unknown.
    async fn cart(&mut self, id: CartId) -> Result<Option<Cart>, StoreError>;
    /// Writes the cart with its lines.
    async fn save_cart(&mut self, cart: &Cart, now: Timestamp) -> Result<(), StoreError>;
    /// Removes a cart, its draft and nothing else.
    async fn delete_cart(&mut self, id: CartId) -> Result<(), StoreError>;
    /// The draft of a cart.
    async fn draft(&mut self, cart: CartId) -> Result<Option<Draft>, StoreError>;
    /// Writes the draft of a cart.
    async fn save_draft(&mut self, cart: CartId, draft: &Draft, now: Timestamp) -> Result<(), StoreError>;
    /// Removes carts not touched since `before` that are no order's; how many.
    async fn forget_carts(&mut self, before: Timestamp) -> Result<u32, StoreError>;
}

/// A discount code with what became of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FiledDiscount {
    /// What the owner decided.
    pub discount: Discount,
    /// Orders that use it; those that ended unpaid do not count.
    pub uses: u32,
    /// When it was made.
    pub made_at: Timestamp,
}

/// Discount codes and the orders that use them.
#[async_trait]
pub trait Discounts {
    /// All codes, the newest first.
    async fn discounts(&mut self) -> Result<Vec<FiledDiscount>, StoreError>;
    /// One code.
    async fn discount(&mut self, code: &DiscountCode) -> Result<Option<FiledDiscount>, StoreError>;
    /// Writes a new code. `Duplicate` when there is one of that name.
    async fn insert_discount(&mut self, discount: &Discount, now: Timestamp) -> Result<(), StoreError>;
    /// Ends a code now; false when it is unknown or has ended before.
    async fn end_discount(&mut self, code: &DiscountCode, now: Timestamp) -> Result<bool, StoreError>;
    /// Counts a use by an order, if the code can be used now and is not used up; false, and nothing changed, otherwise.
    /// `Duplicate` when the order took it before.
    async fn take_discount(&mut self, code: &DiscountCode, order: OrderId, now: Timestamp) -> Result<bool, StoreError>;
    /// Gives back the use of an order that ended unpaid; false when it had none, or gave it back before.
    async fn give_back_discount(&mut self, order: OrderId, now: Timestamp) -> Result<bool, StoreError>;
}

/// Somebody's browser.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Session {
    /// Keyed hash of the cookie.
    pub hash: String,
    /// Her cart.
    pub cart: Option<CartId>,
    /// Signed in as.
    pub customer: Option<CustomerId>,
    /// Signed in to the dashboard as, after both factors.
    pub staff: Option<StaffId>,
    /// Orders placed in, or opened by mail link in, this browser.
    pub orders: Vec<OrderNumber>,
    /// Something to say on the next page, as JSON of the page layer; gone once shown.
    pub flash: Option<String>,
    /// When it began.
    pub created_at: Timestamp,
    /// Last use, updated at most once an hour.
    pub seen_at: Timestamp,
    /// When it ends at the latest.
    pub expires_at: Timestamp,
}

impl Session {
    /// Orders that one browser keeps.
    const MOST_ORDERS: usize = 20;

    /// Lets this browser see an order, the newest first.
    pub fn remember_order(&mut self, number: &OrderNumber) {
        if !self.orders.contains(number) {
            self.orders.insert(0, number.clone());
            self.orders.truncate(Self::MOST_ORDERS);
        }
    }
}

/// Sessions.
#[async_trait]
pub trait Sessions {
    /// The session with that hash, if it has not ended.
    async fn session(&mut self, hash: &str, now: Timestamp) -> Result<Option<Session>, StoreError>;
    /// Writes a session, new or changed.
    async fn save_session(&mut self, session: &Session) -> Result<(), StoreError>;
    /// Ends a session.
    async fn end_session(&mut self, hash: &str) -> Result<(), StoreError>;
    /// Ends every session of a member of staff; how many.
    async fn end_staff_sessions(&mut self, staff: StaffId) -> Result<u32, StoreError>;
    /// The cart of the session of that customer that was used last and has one with something in it.
    async fn cart_of_customer(&mut self, customer: CustomerId) -> Result<Option<CartId>, StoreError>;
    /// Gives every session of that customer this cart, so that phone and desk show the same one.
    async fn share_cart(&mut self, customer: CustomerId, cart: CartId) -> Result<(), StoreError>;
    /// How many sessions have that cart.
    async fn sessions_with_cart(&mut self, cart: CartId) -> Result<u32, StoreError>;
    /// Removes ended sessions; how many.
    async fn forget_sessions(&mut self, now: Timestamp) -> Result<u32, StoreError>;
}

/// A row of the order list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OrderSummary {
    /// Its id.
    pub id: OrderId,
    /// Number.
    pub number: OrderNumber,
    /// When it was placed.
    pub placed_at: Timestamp,
    /// Name on the parcel.
    pub name: String,
    /// Town.
    pub city: String,
    /// Name of its state.
    pub state: String,
    /// Current method.
    pub method: Method,
    /// Total.
    pub total: Money,
    /// Pieces.
    pub pieces: u32,
}

/// Which orders.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct OrderQuery {
    /// Only in that state.
    pub state: Option<String>,
    /// Number, name, town or e-mail address contains this (ASCII case does not matter).
    pub text: Option<String>,
    /// Only of that customer.
    pub customer: Option<CustomerId>,
    /// Page from 1.
    pub page: u32,
    /// Rows on a page.
    pub per_page: u32,
}

/// A cell of the dashboard's front page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StateCount {
    /// Name of the state.
    pub state: String,
    /// Orders in it.
    pub count: i64,
    /// Their totals.
    pub total: Money,
}

/// Orders and their timelines.
#[async_trait]
pub trait Orders {
    /// The next number.
    async fn next_order_number(&mut self) -> Result<OrderNumber, StoreError>;
    /// Writes a new order. `Duplicate` when its cart already became one.
    async fn insert_order(&mut self, order: &Order) -> Result<(), StoreError>;
    /// Writes a changed order if nobody changed it since it was read; raises its version. `Conflict` otherwise.
    async fn save_order(&mut self, order: &mut Order) -> Result<(), StoreError>;
    /// One order.
    async fn order(&mut self, id: OrderId) -> Result<Option<Order>, StoreError>;
    /// By its number.
    async fn order_by_number(&mut self, number: &OrderNumber) -> Result<Option<Order>, StoreError>;
    /// The order made from a cart.
    async fn order_of_cart(&mut self, cart: CartId) -> Result<Option<Order>, StoreError>;
    /// A page of the list, newest first, and how many there are in all.
    async fn orders(&mut self, query: &OrderQuery) -> Result<(Vec<OrderSummary>, u32), StoreError>;
    /// How many orders of a customer, and of others with the same mailbox, wait for their money.
    async fn unpaid_orders(&mut self, customer: CustomerId) -> Result<u32, StoreError>;
    /// Orders awaiting payment whose hold ended before `now`.
    async fn lapsed_orders(&mut self, now: Timestamp, limit: u32) -> Result<Vec<OrderId>, StoreError>;
    /// How many orders are in each state.
    async fn order_counts(&mut self) -> Result<Vec<StateCount>, StoreError>;
    /// The timeline, oldest first.
    async fn happenings(&mut self, order: OrderId) -> Result<Vec<Happening>, StoreError>;
    /// Adds to the timeline.
    async fn record(&mut self, order: OrderId, happening: &Happening) -> Result<(), StoreError>;
}

/// Something that needs a person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Task {
    /// Its row.
    pub id: i64,
    /// When it came up.
    pub at: Timestamp,
    /// What kind: `paid_after_end`, `amount_mismatch`, `contradiction`, `refund_by_hand`.
    pub kind: String,
    /// Which order.
    pub order: Option<OrderNumber>,
    /// What happened; no personal data.
    pub detail: String,
}

/// Attempts, notices and tasks.
#[async_trait]
pub trait Payments {
    /// Writes a new attempt. `Duplicate` when its reference exists.
    async fn insert_attempt(&mut self, attempt: &Attempt) -> Result<(), StoreError>;
    /// Writes a changed attempt if nobody changed it since; raises its version. `Conflict` otherwise.
    async fn save_attempt(&mut self, attempt: &mut Attempt) -> Result<(), StoreError>;
    /// One attempt.
    async fn attempt(&mut self, id: AttemptId) -> Result<Option<Attempt>, StoreError>;
    /// By the reference that the provider repeats.
    async fn attempt_by_reference(&mut self, reference: &str) -> Result<Option<Attempt>, StoreError>;
    /// All tries to pay an order, first one first.
    async fn attempts(&mut self, order: OrderId) -> Result<Vec<Attempt>, StoreError>;
    /// All tries of all orders that were made in `[from, until)`, first one first.
    async fn attempts_between(&mut self, from: Timestamp, until: Timestamp) -> Result<Vec<Attempt>, StoreError>;
    /// What is open on invoices of our own, the oldest first: of all, or of one customer and others with the same mailbox.
    async fn claims(&mut self, customer: Option<CustomerId>) -> Result<Vec<Attempt>, StoreError>;
    /// Keeps the provider's opaque transaction id of a paid attempt, for refunds.
    async fn save_transaction(&mut self, attempt: AttemptId, transaction: &str) -> Result<(), StoreError>;
    /// The same id, if there is one.
    async fn transaction(&mut self, attempt: AttemptId) -> Result<Option<String>, StoreError>;
    /// Remembers a notice; false when it was seen before.
    async fn first_sight(&mut self, provider: &str, key: &str, now: Timestamp) -> Result<bool, StoreError>;
    /// Adds a task for a person.
    async fn add_task(
        &mut self,
        kind: &str,
        order: Option<OrderId>,
        detail: &str,
        now: Timestamp,
    ) -> Result<(), StoreError>;
    /// Open tasks, oldest first.
    async fn tasks(&mut self) -> Result<Vec<Task>, StoreError>;
    /// Closes a task; false when it was closed already.
    async fn close_task(&mut self, id: i64, actor: &str, now: Timestamp) -> Result<bool, StoreError>;
}

/// A shopper with an account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Customer {
    /// Her id.
    pub id: CustomerId,
    /// Her address; unique without regard to case.
    pub email: EmailAddress,
    /// First name.
    pub given_name: String,
    /// Last name.
    pub family_name: String,
    /// Phone.
    pub phone: Option<Phone>,
    /// When the account came into being.
    pub created_at: Timestamp,
    /// When she first proved the address by signing in.
    pub verified_at: Option<Timestamp>,
}

/// A sign-in code that was mailed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignInCode {
    /// Keyed hash of the code.
    pub hash: String,
    /// Wrong tries so far.
    pub tries: u32,
    /// Codes that were mailed for the same address and session, this one among them.
    pub sent: u32,
    /// When it was made.
    pub created_at: Timestamp,
    /// When it ends.
    pub expires_at: Timestamp,
}

impl Customer {
    /// An account of which nothing is known but the mail address.
    pub const fn unproven(id: CustomerId, email: EmailAddress, now: Timestamp) -> Self {
        Self {
            id,
            email,
            given_name: String::new(),
            family_name: String::new(),
            phone: None,
            created_at: now,
            verified_at: None,
        }
    }
}

/// Accounts and addresses.
#[async_trait]
pub trait Customers {
    /// By id.
    async fn customer(&mut self, id: CustomerId) -> Result<Option<Customer>, StoreError>;
    /// By e-mail address.
    async fn customer_by_email(&mut self, email: &EmailAddress) -> Result<Option<Customer>, StoreError>;
    /// Writes an account, new or changed. `Duplicate` when another has the address.
    async fn save_customer(&mut self, customer: &Customer) -> Result<(), StoreError>;
    /// Saved addresses, default first.
    async fn addresses(&mut self, customer: CustomerId) -> Result<Vec<(AddressId, Address)>, StoreError>;
    /// Writes an address, new or changed; it becomes the default.
    async fn save_address(
        &mut self,
        customer: CustomerId,
        id: AddressId,
        address: &Address,
        now: Timestamp,
    ) -> Result<(), StoreError>;
    /// Removes an address of that customer; false when it is not hers.
    async fn delete_address(&mut self, customer: CustomerId, id: AddressId) -> Result<bool, StoreError>;
    /// Keeps the code of an address for one session, in place of an earlier one.
    async fn save_code(&mut self, email: &EmailAddress, session: &str, code: &SignInCode) -> Result<(), StoreError>;
    /// The code of an address in a session.
    async fn code(&mut self, email: &EmailAddress, session: &str) -> Result<Option<SignInCode>, StoreError>;
    /// How many codes were mailed to the mailbox of an address since then, in all sessions.
    async fn codes_sent(&mut self, email: &EmailAddress, since: Timestamp) -> Result<u32, StoreError>;
    /// Forgets the code of an address in a session.
    async fn delete_code(&mut self, email: &EmailAddress, session: &str) -> Result<(), StoreError>;
    /// Forgets what was made before then.
    async fn forget_codes(&mut self, before: Timestamp) -> Result<u32, StoreError>;
}

/// Somebody who runs the shop.
#[derive(Clone, PartialEq, Eq)]
pub struct Staff {
    /// Id.
    pub id: StaffId,
    /// Sign-in name.
    pub email: EmailAddress,
    /// Name in the audit trail.
    pub name: String,
    /// Argon2id hash; `None` until a password was chosen.
    pub password_hash: Option<String>,
    /// TOTP secret, sealed by the server; `None` until the second factor was set up.
    pub totp_sealed: Option<String>,
    /// The last TOTP step that was used, so a code works once.
    pub totp_last_step: i64,
    /// When the account was made.
    pub created_at: Timestamp,
}

/// A line of the audit trail.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Audit {
    /// When.
    pub at: Timestamp,
    /// Who.
    pub actor: String,
    /// What: `order.ship`, `stock.count` …
    pub action: String,
    /// On what: an order number, a slug.
    pub subject: String,
    /// What changed; no personal data of shoppers.
    pub detail: String,
}

/// Staff, links and the audit trail.
#[async_trait]
pub trait Team {
    /// By id.
    async fn staff(&mut self, id: StaffId) -> Result<Option<Staff>, StoreError>;
    /// By sign-in name.
    async fn staff_by_email(&mut self, email: &EmailAddress) -> Result<Option<Staff>, StoreError>;
    /// How many there are.
    async fn staff_count(&mut self) -> Result<i64, StoreError>;
    /// Writes a member of staff, new or changed.
    async fn save_staff(&mut self, staff: &Staff) -> Result<(), StoreError>;
    /// Keeps a one-time link.
    async fn save_link(&mut self, hash: &str, staff: StaffId, expires_at: Timestamp) -> Result<(), StoreError>;
    /// Whose link it is, if it has not ended. It still works afterwards.
    async fn link(&mut self, hash: &str, now: Timestamp) -> Result<Option<StaffId>, StoreError>;
    /// Uses up a one-time link.
    async fn delete_link(&mut self, hash: &str) -> Result<(), StoreError>;
    /// Adds to the audit trail.
    async fn audit(&mut self, line: &Audit) -> Result<(), StoreError>;
    /// Adds that somebody looked, unless a line of hers since then says the same.
    async fn audit_look(&mut self, line: &Audit, since: Timestamp) -> Result<(), StoreError>;
    /// The newest lines of one kind.
    async fn audit_trail(&mut self, trail: Trail, limit: u32) -> Result<Vec<Audit>, StoreError>;
}

/// The two kinds of lines in the audit trail.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Trail {
    /// What was changed.
    Changes,
    /// Whose data was looked at.
    Looks,
}

impl Trail {
    /// Actions of looking end in this.
    pub const LOOK: &str = ".look";
}

/// A job that a worker holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClaimedJob {
    /// Its id.
    pub id: JobId,
    /// What to do.
    pub job: Job,
    /// Which try this is, from 1.
    pub tries: u32,
}

/// A job that failed for good.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeadJob {
    /// Its id.
    pub id: JobId,
    /// Its kind.
    pub kind: String,
    /// Tries.
    pub tries: u32,
    /// What went wrong at last; no personal data.
    pub error: String,
    /// When it was given up.
    pub at: Timestamp,
}

/// Background work, written in the transaction of the data that it belongs to.
#[async_trait]
pub trait Jobs {
    /// Adds a job. With a key, a job of that key that is still waiting makes this a no-op.
    async fn enqueue(&mut self, id: JobId, job: &Job, run_at: Timestamp, key: Option<&str>) -> Result<(), StoreError>;
    /// Takes the next due job until `lease_until`; `None` when there is none.
    async fn claim(&mut self, now: Timestamp, lease_until: Timestamp) -> Result<Option<ClaimedJob>, StoreError>;
    /// It is done.
    async fn finish(&mut self, id: JobId) -> Result<(), StoreError>;
    /// It is tried again then.
    async fn retry(&mut self, id: JobId, run_at: Timestamp, error: &str) -> Result<(), StoreError>;
    /// It is given up; the dashboard shows it.
    async fn bury(&mut self, id: JobId, error: &str, now: Timestamp) -> Result<(), StoreError>;
    /// Jobs that were given up, newest first.
    async fn dead_jobs(&mut self) -> Result<Vec<DeadJob>, StoreError>;
    /// Gives a dead job another chance; false when there is none.
    async fn revive(&mut self, id: JobId, now: Timestamp) -> Result<bool, StoreError>;
    /// When the next job is due.
    async fn next_due(&mut self) -> Result<Option<Timestamp>, StoreError>;
}
