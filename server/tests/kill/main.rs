//! The power fails: the shop is killed at random moments and started again on the same files, first while people buy
//! (`checkouts`), then while everything else goes wrong too (`chaos`).
//!
//! Runs when `KILL_TEST_BINARY` names the program, built with its demo: `cargo build --release -p shop-server`, then
//! `KILL_TEST_BINARY=target/release/allgems cargo test -p shop-server --test kill`. `CHAOS_ORDERS` says how many orders the chaos
//! takes (100), `CHAOS_SEED` which chances it takes; a run prints its seed.

#![expect(clippy::unwrap_used, reason = "a test that panics has failed, which is what it is for")]

mod browser;
mod chaos;
mod checkouts;
mod goods;
mod owner;
mod program;
mod shopper;
mod tally;

use std::io::Write;

/// A line for who watches. Not `eprintln`: the test runner would hide it.
fn note(text: &str) {
    let _ = writeln!(std::io::stderr(), "note: {text}");
}

#[expect(clippy::disallowed_methods, reason = "a test has no settings")]
fn setting(name: &str) -> Option<String> {
    std::env::var(name).ok()
}

/// The program to kill; `None`, with a word about it, when nobody named one.
fn program(what: &str) -> Option<String> {
    let named = setting("KILL_TEST_BINARY");
    if named.is_none() {
        note(&format!("{what} did not run; set KILL_TEST_BINARY=target/release/allgems to run it"));
    }
    named
}

/// A seed that nobody knows yet.
fn fresh_seed() -> u64 {
    let mut seed = [0; 8];
    getrandom::fill(&mut seed).unwrap();
    u64::from_le_bytes(seed)
}
