//! The shop as a server: adapters of the ports in `shop-flows`. `main.rs` starts it.

pub mod mail;
pub mod payment;
pub mod store;
pub mod tls;
