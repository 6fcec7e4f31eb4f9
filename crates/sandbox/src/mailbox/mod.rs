//! The mail that the shop sent, for people and for tests. In memory; the oldest goes when there is too much.

mod message;
pub(crate) mod pages;

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use jiff::Timestamp;
use tokio::sync::watch;

pub use message::{Attachment, Mail};

/// Mails kept.
const CAPACITY: usize = 2_000;

/// All mail of the sandbox. Clones share it.
#[derive(Clone)]
pub struct Mailbox {
    inner: Arc<Inner>,
}

struct Inner {
    shelf: Mutex<Shelf>,
    arrivals: watch::Sender<u64>,
}

#[derive(Default)]
struct Shelf {
    mails: Vec<Mail>,
    last_number: u64,
}

impl Mailbox {
    pub(crate) fn new() -> Self {
        let (arrivals, _) = watch::channel(0);
        Self { inner: Arc::new(Inner { shelf: Mutex::default(), arrivals }) }
    }

    /// All mail, oldest first.
    pub fn all(&self) -> Vec<Mail> {
        self.with(|shelf| shelf.mails.clone())
    }

    /// The mail that went to an address containing `to`, oldest first. Case does not matter.
    pub fn to(&self, to: &str) -> Vec<Mail> {
        self.with(|shelf| shelf.mails.iter().filter(|mail| mail.went_to(to)).cloned().collect())
    }

    /// The newest mail to an address containing `to` whose subject contains `subject_contains`; waits for it when it is
    /// not there yet. `None` when it has not come in time.
    pub async fn wait_for(&self, to: &str, subject_contains: &str, timeout: Duration) -> Option<Mail> {
        let mut arrivals = self.inner.arrivals.subscribe();
        tokio::time::timeout(timeout, async {
            loop {
                arrivals.borrow_and_update();
                let newest = self.to(to).into_iter().rfind(|mail| mail.subject.contains(subject_contains));
                if newest.is_some() {
                    return newest;
                }
                arrivals.changed().await.ok()?;
            }
        })
        .await
        .ok()
        .flatten()
    }

    /// Throws all mail away. Numbers go on where they were.
    pub fn clear(&self) {
        self.with(|shelf| shelf.mails.clear());
    }

    pub(crate) fn number(&self, number: u64) -> Option<Mail> {
        self.with(|shelf| shelf.mails.iter().find(|mail| mail.number == number).cloned())
    }

    /// Keeps a message as it came over the wire.
    pub(crate) fn deliver(&self, from: &str, to: &[String], raw: Vec<u8>) {
        let mail = Mail::read(from, to, raw, Timestamp::now());
        let number = self.with(|shelf| {
            shelf.last_number += 1;
            shelf.mails.push(Mail { number: shelf.last_number, ..mail });
            if shelf.mails.len() > CAPACITY {
                shelf.mails.remove(0);
            }
            shelf.last_number
        });
        self.inner.arrivals.send_replace(number);
        tracing::info!(number, "mail received");
    }

    fn with<T>(&self, act: impl FnOnce(&mut Shelf) -> T) -> T {
        act(&mut self.inner.shelf.lock().unwrap_or_else(PoisonError::into_inner))
    }
}
