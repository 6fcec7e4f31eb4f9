//! The shop as a server: adapters of the ports in `shop-flows`, the web, the worker and the command line. `main.rs` starts it.
//!
//! Only [`boot`] knows every adapter; [`http`] speaks to the shop and to nothing behind it.

pub mod boot;
pub mod clock;
pub mod command;
pub mod config;
mod connections;
#[cfg(feature = "demo")]
mod demo;
pub mod erasures;
pub mod guard;
pub mod http;
pub mod import;
pub mod jobs;
pub mod mail;
pub mod payment;
mod private;
pub mod randomness;
pub mod register;
pub mod secrets;
mod serve;
pub mod store;
mod telemetry;
pub mod tls;
