//! What was ordered, what was paid for it, and whom it was told.

use super::{Class, Export, Of, SECRET, Table, WIRING};
use shop_core::privacy::Category::{Address, Choice, Email, Name, Payment, Phone, Purchase};
use shop_core::privacy::{Purpose, Retention};

const ORDER: Of = Of(Purpose::Order, Retention::Agreement);
const ORDER_ID: Class = ORDER.hidden(&[Purchase], WIRING);
const PAYMENT: Of = Of(Purpose::Payment, Retention::Books);
const PAYMENT_ID: Class = PAYMENT.hidden(&[Payment], WIRING);
const BOOKS: Of = Of(Purpose::Books, Retention::Books);
const LEDGER: Class = BOOKS.hidden(
    &[Payment],
    Export::No("De boeken van de winkel; dezelfde bedragen staan bij de betaling en de terugbetaling."),
);
const BOOKING: Class = BOOKS
    .hidden(&[Payment], Export::No("Zegt alleen dat een overschrijving gelezen is; het bedrag staat bij de betaling."));
const HELD: Class = Of(Purpose::Bag, Retention::Bag)
    .hidden(&[Purchase], Export::No("Hoort bij de tas of de bestelling, en is weg als die betaald of verlopen is."));
const FIT: Of = Of(Purpose::Fit, Retention::Books);
const TOLD: Of = Of(Purpose::Proof, Retention::Disclosures);

pub(super) const TABLES: &[Table] = &[
    Table {
        name: "orders",
        columns: &[
            ("id", ORDER_ID),
            ("number", ORDER.shown(&[Purchase])),
            ("cart_id", ORDER_ID),
            ("customer_id", ORDER_ID),
            ("state", ORDER.shown(&[Purchase])),
            ("state_json", ORDER.hidden(&[Purchase], WIRING)),
            ("until_at", ORDER.shown(&[Purchase])),
            ("name", ORDER.shown(&[Name])),
            ("city", ORDER.hidden(&[Address], WIRING)),
            ("email_folded", ORDER.hidden(&[Email], WIRING)),
            ("search", ORDER.hidden(&[Name, Address, Email], WIRING)),
            ("method", PAYMENT.shown(&[Payment])),
            ("total_cents", BOOKS.shown(&[Purchase])),
            ("pieces", ORDER.hidden(&[Purchase], WIRING)),
            ("placed_at", ORDER.shown(&[Purchase])),
            ("version", ORDER_ID),
            ("body", ORDER.shown(&[Name, Address, Email, Phone, Purchase, Choice])),
        ],
    },
    Table {
        name: "order_lines",
        columns: &[
            ("order_id", ORDER_ID),
            ("position", ORDER_ID),
            ("variant_id", ORDER_ID),
            ("sku", BOOKS.shown(&[Purchase])),
            ("quantity", BOOKS.shown(&[Purchase])),
            ("unit_cents", BOOKS.shown(&[Purchase])),
            ("discount_cents", BOOKS.shown(&[Purchase])),
        ],
    },
    Table {
        name: "order_events",
        columns: &[
            ("id", ORDER_ID),
            ("order_id", ORDER_ID),
            ("at", ORDER.shown(&[Purchase])),
            ("event", ORDER.shown(&[Purchase])),
            ("detail", ORDER.shown(&[Purchase])),
            ("actor", ORDER.shown(&[Purchase])),
        ],
    },
    Table {
        name: "reservations",
        columns: &[
            ("id", HELD),
            ("variant_id", HELD),
            ("quantity", HELD),
            ("cart_id", HELD),
            ("order_id", HELD),
            ("until_at", HELD),
            ("extended", HELD),
        ],
    },
    Table {
        name: "stock_movements",
        columns: &[
            ("order_id", BOOKS.hidden(&[Purchase], WIRING)),
            ("variant_id", BOOKS.hidden(&[Purchase], WIRING)),
            ("reason", BOOKS.hidden(&[Purchase], WIRING)),
            ("quantity", BOOKS.hidden(&[Purchase], WIRING)),
            ("at", BOOKS.hidden(&[Purchase], WIRING)),
        ],
    },
    Table {
        name: "discount_uses",
        columns: &[
            ("order_id", BOOKS.hidden(&[Purchase], WIRING)),
            ("reason", BOOKS.hidden(&[Purchase], WIRING)),
            ("code", BOOKS.shown(&[Purchase])),
            ("at", BOOKS.shown(&[Purchase])),
        ],
    },
    Table {
        name: "attempts",
        columns: &[
            ("id", PAYMENT_ID),
            ("order_id", PAYMENT_ID),
            ("ordinal", PAYMENT_ID),
            ("method", PAYMENT.shown(&[Payment])),
            ("amount_cents", PAYMENT.shown(&[Payment])),
            ("reference", PAYMENT.shown(&[Payment])),
            ("provider_id", PAYMENT.shown(&[Payment])),
            ("pay_url", PAYMENT.hidden(&[Payment], SECRET)),
            ("state", PAYMENT.shown(&[Payment])),
            ("state_json", PAYMENT_ID),
            ("created_at", PAYMENT.shown(&[Payment])),
            ("version", PAYMENT_ID),
            ("provider_transaction", PAYMENT.shown(&[Payment])),
        ],
    },
    Table {
        name: "refunds",
        columns: &[
            ("id", PAYMENT_ID),
            ("order_id", PAYMENT_ID),
            ("attempt_id", PAYMENT_ID),
            ("amount_cents", PAYMENT.shown(&[Payment])),
            ("state", PAYMENT.shown(&[Payment])),
            ("state_json", PAYMENT_ID),
            ("provider_id", PAYMENT.shown(&[Payment])),
            ("created_at", PAYMENT.shown(&[Payment])),
            ("version", PAYMENT_ID),
            ("body", BOOKS.shown(&[Purchase])),
        ],
    },
    Table {
        name: "ledger",
        columns: &[
            ("id", LEDGER),
            ("order_id", LEDGER),
            ("what", LEDGER),
            ("about_id", LEDGER),
            ("to_account", LEDGER),
            ("from_account", LEDGER),
            ("amount_cents", LEDGER),
            ("at", LEDGER),
        ],
    },
    Table {
        name: "bank_bookings",
        columns: &[
            ("id", BOOKING),
            ("order_id", BOOKING),
            ("day", BOOKING),
            ("amount_cents", BOOKING),
            ("verdict", BOOKING),
            ("at", BOOKING),
        ],
    },
    Table {
        name: "fit_votes",
        columns: &[
            ("order_id", FIT.hidden(&[Choice], WIRING)),
            ("position", FIT.hidden(&[Choice], WIRING)),
            ("fit", FIT.shown(&[Choice])),
        ],
    },
    Table {
        name: "disclosures",
        columns: &[
            ("id", TOLD.hidden(&[Choice], WIRING)),
            ("order_id", TOLD.hidden(&[Choice], WIRING)),
            ("party", TOLD.shown(&[Choice])),
            ("fields", TOLD.shown(&[Choice])),
            ("purpose", TOLD.shown(&[Choice])),
            ("at", TOLD.shown(&[Choice])),
        ],
    },
];
