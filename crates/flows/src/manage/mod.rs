//! What the owner does. Every method asks for a [`Member`], which only signing in with both factors gives.

mod audit;
mod breaches;
mod discounts;
mod inbox;
mod jobs;
mod keeping;
mod knock;
mod letters;
mod orders;
mod overview;
mod owner;
mod password;
mod products;
mod readers;
mod refunds;
mod requests;
mod sign_in;
mod stock;
mod tries;

pub use breaches::{BreachField, BreachFile, TypedBreach};
pub use discounts::{DiscountStanding, NewDiscount};
pub use inbox::{InboxPage, QuestionFile};
pub use keeping::{KeepingPage, Kept};
pub use knock::Knock;
pub use letters::{LetterFile, LetterTrouble};
pub use orders::{OrderFile, OrderList};
pub use overview::{LowStock, Overview};
pub use owner::{Welcome, WelcomeError};
pub use password::{PasswordMistake, check_new_password};
pub use products::{ProductChange, ProductFile, ProductRow, SizeFile};
pub use readers::ReaderFile;
pub use refunds::{RefundRequest, RefundTrouble};
pub use requests::{DeskError, RequestField, RequestFile, RequestsPage, TypedRequest};
pub use sign_in::{HalfSigned, SignInError, SignedIn};
pub use stock::Counted;
pub use tries::{MustWait, Tally, Tries};

use shop_core::id::StaffId;

/// Somebody who runs the shop and has just proved it. It cannot be made outside this module, so holding one is the permission.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Member {
    id: StaffId,
    name: String,
}

impl Member {
    /// Who.
    pub const fn id(&self) -> StaffId {
        self.id
    }

    /// Her name in timelines and in the audit trail.
    pub fn name(&self) -> &str {
        &self.name
    }
}
