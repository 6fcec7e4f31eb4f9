//! Ids of things. One type per thing, so an order id can never be passed where a cart id is due.
//! They are made by the caller (UUIDv7 on the server), never here: this crate has no randomness.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

macro_rules! id {
    ($($(#[$doc:meta])* $name:ident),+ $(,)?) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        pub struct $name(Uuid);

        impl $name {
            /// Wraps an id that the caller made.
            pub const fn new(id: Uuid) -> Self {
                Self(id)
            }

            /// The bare id, for a database column or a form field.
            pub const fn uuid(self) -> Uuid {
                self.0
            }

            /// Reads the usual text form; `None` for anything else.
            pub fn parse(text: &str) -> Option<Self> {
                Uuid::try_parse(text).ok().map(Self)
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                self.0.fmt(out)
            }
        }
    )+};
}

id! {
    /// An article in one colour.
    ProductId,
    /// One size of a product: what is on the shelf.
    VariantId,
    /// What a visitor has picked.
    CartId,
    /// A placed order.
    OrderId,
    /// What is owed for an order.
    PaymentId,
    /// One try to pay at one provider.
    AttemptId,
    /// A shopper who has ordered.
    CustomerId,
    /// A saved address of a customer.
    AddressId,
    /// Somebody who runs the shop.
    StaffId,
    /// Work to be done in the background.
    JobId,
    /// Stock that is promised to one cart or order.
    ReservationId,
    /// A wish to hear when a size is back.
    AlertId,
    /// One payment back to a shopper; also the key of the call that sends it.
    RefundId,
    /// Somebody who asked for the newsletter and has yet to confirm.
    SignUpId,
    /// Somebody on the list of the newsletter.
    SubscriberId,
    /// A letter to everybody on the list.
    LetterId,
    /// A question of the contact form, with its answers.
    QuestionId,
    /// A request of a person about her data.
    RequestId,
    /// A breach of personal data.
    BreachId,
}
