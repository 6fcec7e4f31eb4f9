//! The adapters of outside parties: against recorded answers and nonsense, and once against the sandbox, which speaks
//! the provider's wire format.

#![expect(clippy::unwrap_used, reason = "a test that panics has failed, which is what it is for")]

mod klarna;
mod klarna_sandbox;
mod klarna_support;
mod klarna_trouble;
mod mails;
mod omnikassa;
mod omnikassa_trouble;
mod paypal;
mod sandbox;
mod support;
mod transfer;
mod watched;
