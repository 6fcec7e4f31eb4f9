//! Klarna as a shop meets it, over HTTP: sessions, the hosted page, orders, callbacks and what goes wrong.

#![expect(clippy::unwrap_used, reason = "a test may fail loudly")]

mod callbacks;
mod manage;
mod payment;
mod shop;
mod trouble;
