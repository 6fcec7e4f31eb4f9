//! What stands on each account after some entries.

use super::{Account, Entry, Posting};
use crate::money::Money;
use std::collections::BTreeMap;

/// Sums of entries.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Balance {
    accounts: BTreeMap<Account, i64>,
    received: i64,
    paid_back: i64,
}

impl Balance {
    /// Of these entries.
    pub fn of<'a>(entries: impl IntoIterator<Item = &'a Entry>) -> Self {
        let mut balance = Self::default();
        for entry in entries {
            balance.add(entry);
        }
        balance
    }

    /// With one entry more.
    pub fn add(&mut self, entry: &Entry) {
        let cents = entry.amount().in_cents();
        *self.accounts.entry(entry.to()).or_default() += cents;
        *self.accounts.entry(entry.from()).or_default() -= cents;
        match entry.what() {
            Posting::Received | Posting::PromiseTaken => self.received += cents,
            Posting::PaidBack => self.paid_back += cents,
            _ => {}
        }
    }

    /// What stands on an account.
    pub fn on(&self, account: Account) -> Money {
        Money::cents(self.accounts.get(&account).copied().unwrap_or(0))
    }

    /// All accounts together: nothing, whatever happened.
    pub fn total(&self) -> Money {
        Money::cents(self.accounts.values().sum())
    }

    /// What the shop owes the shopper; nothing when it is she who owes.
    pub fn owed_back(&self) -> Money {
        Money::cents(self.on(Account::Shopper).in_cents().saturating_neg().max(0))
    }

    /// All that ever came in.
    pub const fn received(&self) -> Money {
        Money::cents(self.received)
    }

    /// All that went back.
    pub const fn paid_back(&self) -> Money {
        Money::cents(self.paid_back)
    }
}
