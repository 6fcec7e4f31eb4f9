//! What the shop promises about orders and money, with everything real but the outside world: SQLite in a file, the adapter of
//! the payment provider talking to the sandbox over HTTP, the worker. Only the clock, the randomness and the mail box are ours.

#![expect(clippy::unwrap_used, reason = "a test that panics has failed, which is what it is for")]

mod accounts;
mod after;
mod again;
mod alerts;
mod compare;
mod devices;
mod disclosures;
mod discount;
mod hold;
mod inbox;
mod invoice;
mod keeping;
mod klarna;
mod my_data;
mod news;
mod newsletter;
mod purchase;
mod refunds;
mod stuffed;
mod support;
mod tabs;
mod trouble;
mod withdrawal;
