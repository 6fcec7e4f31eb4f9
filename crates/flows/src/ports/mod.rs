//! What the shop needs from the world, by role. Adapters live in the server and are named by brand.

mod alerts;
mod bank;
mod carrier;
mod consent;
mod disclosures;
mod guard;
mod health;
mod inbox;
mod keeping;
mod mail;
mod money;
mod newsletter;
mod payment;
mod person;
mod privacy_desk;
mod store;

pub use alerts::{Alerts, AlertsToForget, FitVotes, StockAlert};
pub use bank::{BankBook, FiledBooking, TransferOrder};
pub use carrier::{AddressRegister, FoundAddress, RegisterError};
pub use consent::{ConsentEvent, Consents, DayCounts};
pub use disclosures::{Disclosures, Told};
pub use guard::{Guard, GuardError, NewTotp};
pub use health::{Failing, Health, ProviderHealth};
pub use inbox::{Inbox, Question, QuestionMessage};
pub use keeping::{Gone, Keeping};
pub use mail::{MailError, Mailer, Message};
pub use money::{Ledger, Refunds};
pub use newsletter::{Consent, Delivery, DeliveryCounts, FiledSignUp, LetterBook, MailingList, Subscriber};
pub use payment::{
    About, Answer, Booked, Deed, Held, Notice, NoticeError, PaymentError, PaymentProvider, Pulled, RawNotice,
    RefundStanding, Refunded, Started, Transfer, Wish,
};
pub use person::{Erased, HeldColumn, HeldRow, HeldTable, LeftOut, Person, Persons};
pub use privacy_desk::{PrivacyDesk, Step};
pub use store::*;

use shop_core::time::{Day, Timestamp};
use uuid::Uuid;

/// The clock of the shop. Only the server's adapter asks the machine.
pub trait Clock: Send + Sync {
    /// This moment.
    fn now(&self) -> Timestamp;
    /// The calendar day of a moment in Amsterdam.
    fn day(&self, at: Timestamp) -> Day;
    /// The hour (0-23) of a moment in Amsterdam.
    fn hour(&self, at: Timestamp) -> u8;
    /// The minute (0-59) of a moment in Amsterdam.
    fn minute(&self, at: Timestamp) -> u8;
}

/// The only source of randomness.
pub trait Random: Send + Sync {
    /// A new id that sorts by time (UUIDv7).
    fn id(&self) -> Uuid;
    /// 256 random bits, for session and link tokens.
    fn token(&self) -> [u8; 32];
    /// A number below `below`, evenly spread; 0 when `below` is 0.
    fn number(&self, below: u32) -> u32;
}

/// Hashes and compares what must not be guessed. Keys never leave the adapter.
pub trait Secrets: Send + Sync {
    /// One-way hash of a token or code for the database, as hex (SHA-256, keyed).
    fn hash(&self, purpose: &str, token: &[u8]) -> String;
    /// Whether two texts are equal, in constant time.
    fn equal(&self, a: &str, b: &str) -> bool;
}
