//! Who knocks at the door of the dashboard, and what a try counts for. A stranger who knows the owner's address must not be able to keep
//! her out, and must not be able to guess on: tries count per network and, more slowly, per account, except from a browser in which
//! she signed in before. That one carries proof of it, and has a count of its own (OWASP, "Slow Down Online Guessing Attacks with
//! Device Cookies").

use super::tries::Tally;
use crate::Shop;
use shop_core::email::EmailAddress;
use shop_core::time::{Seconds, Timestamp};

/// A browser is known this long after it signed in last.
const KNOWN_FOR: Seconds = Seconds::days(365);
const PURPOSE: &str = "staff-device";
/// Letters of the random part of the proof.
const NONCE: usize = 32;
/// Tries without a wait, of a network and of a known browser.
const FREE: u32 = 5;

/// Who knocks, as far as connection and browser tell.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Knock {
    /// The network of the client: its address, or for IPv6 the first half of it. Empty when nobody knows.
    pub network: String,
    /// What the browser brings to show that it is known; not believed yet.
    pub proofs: Vec<String>,
}

/// A lock of the door: what is asked there, and how many tries of one account from anywhere nobody waits for.
#[derive(Debug, Clone, Copy)]
pub(super) struct Lock {
    pub(super) name: &'static str,
    pub(super) free: u32,
}

/// Strangers may knock here, so it takes many of them to make a newcomer wait.
pub(super) const PASSWORD: Lock = Lock { name: "password", free: 20 };
/// Only who knows the password gets here, and there are only a million codes.
pub(super) const CODE: Lock = Lock { name: "code", free: FREE };

impl Shop {
    /// What a try at a lock counts for.
    pub(super) fn tallies(&self, lock: Lock, email: &EmailAddress, knock: &Knock, now: Timestamp) -> Vec<Tally> {
        let (what, network) = (lock.name, &knock.network);
        match knock.proofs.iter().find_map(|proof| self.known_browser(email, proof, now)) {
            Some(nonce) => vec![Tally { name: format!("{what} browser {nonce}"), free: FREE }],
            None => vec![
                Tally { name: format!("{what} network {network}"), free: FREE },
                Tally { name: format!("{what} account {}", email.folded()), free: lock.free },
            ],
        }
    }

    /// What a browser keeps to be known next time. It opens nothing, and names nobody.
    pub(super) fn proof_of_browser(&self, email: &EmailAddress, now: Timestamp) -> String {
        let nonce: String = self.random.token().iter().map(|byte| format!("{byte:02x}")).take(NONCE / 2).collect();
        self.signed_proof(email, &nonce, now.seconds())
    }

    /// The random part of a proof that we gave out for this account, not too long ago.
    fn known_browser(&self, email: &EmailAddress, proof: &str, now: Timestamp) -> Option<String> {
        let mut parts = proof.split('.');
        let (nonce, given) = (parts.next()?, parts.next()?.parse::<i64>().ok()?);
        let is_ours = self.secrets.equal(proof, &self.signed_proof(email, nonce, given));
        let age = now.since(Timestamp::from_micros(given.checked_mul(1_000_000)?));
        (is_ours && age < KNOWN_FOR).then(|| nonce.to_owned())
    }

    fn signed_proof(&self, email: &EmailAddress, nonce: &str, given: i64) -> String {
        let open = format!("{nonce}.{given}");
        let signature = self.secrets.hash(PURPOSE, format!("{open}.{}", email.folded()).as_bytes());
        format!("{open}.{signature}")
    }
}
