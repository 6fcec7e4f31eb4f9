//! Faults that a test switches on: what the outside world does wrong, and how many times.

use std::sync::{Arc, Mutex, PoisonError};

use serde::{Deserialize, Serialize};

/// One kind of trouble.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FaultKind {
    /// A call with an access token is answered with 401.
    TokenExpired,
    /// 429 with `Retry-After: 1`; nothing is done.
    TooManyRequests,
    /// 500; nothing is done.
    ServerError,
    /// The call is carried out, then the connection closes without an answer.
    ResetAfterWrite,
    /// The call is carried out after five seconds.
    Slow,
    /// A notification is signed with another key. A retry of it counts as the next one.
    WrongSignature,
    /// A pull answer is signed with another key. The results stay in the queue.
    WrongPullSignature,
    /// The return URL is signed with another key.
    WrongReturnSignature,
    /// The same notification is sent twice.
    NotifyTwice,
    /// The notification has been answered before the shopper is sent back.
    NotifyBeforeReturn,
    /// The result waits in the queue without a notification.
    NotifyNever,
    /// An answer or a notice also tells what nobody asked for: account, card, name, score ([`crate::TOLD`]).
    Chatty,
    /// The mail server answers `MAIL FROM` with 451, try later.
    MailDown,
}

/// A fault with the number of times it still happens.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Fault {
    /// What goes wrong.
    pub kind: FaultKind,
    /// How often it still goes wrong.
    #[serde(default = "once")]
    pub times: u32,
    /// Only for calls whose path contains this text. Without it a fault hits every call of a provider's API except
    /// the one for a token, so that "the next call" is the one a test means.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub path: Option<String>,
}

fn once() -> u32 {
    1
}

impl Fault {
    /// A fault for any call.
    pub fn new(kind: FaultKind, times: u32) -> Self {
        Self { kind, times, path: None }
    }

    /// A fault for calls whose path contains `part`, e.g. `refunds` or `gatekeeper`.
    pub fn on_path(kind: FaultKind, times: u32, part: &str) -> Self {
        Self { kind, times, path: Some(part.to_owned()) }
    }

    fn hits(&self, path: &str) -> bool {
        match &self.path {
            Some(part) => path.contains(part.as_str()),
            None => !path.contains("gatekeeper") && !path.contains("oauth2"),
        }
    }
}

/// The faults that are switched on. Clones share the list.
#[derive(Debug, Clone, Default)]
pub struct Faults {
    waiting: Arc<Mutex<Vec<Fault>>>,
}

impl Faults {
    /// Switches a fault on, after those that already wait.
    pub fn add(&self, fault: Fault) {
        self.change(|waiting| waiting.push(fault));
    }

    /// Switches all faults off.
    pub fn clear(&self) {
        self.change(Vec::clear);
    }

    /// The faults that still wait to happen.
    pub fn waiting(&self) -> Vec<Fault> {
        self.change(|waiting| waiting.clone())
    }

    /// Whether this fault happens now; uses up one of its times.
    pub(crate) fn take(&self, kind: FaultKind) -> bool {
        self.take_first("", |candidate| candidate == kind).is_some()
    }

    /// The first fault of a call to the provider's API with this path; uses up one of its times.
    pub(crate) fn take_for_call(&self, path: &str) -> Option<FaultKind> {
        use FaultKind::{ResetAfterWrite, ServerError, Slow, TokenExpired, TooManyRequests};
        self.take_first(path, |kind| {
            matches!(kind, TokenExpired | TooManyRequests | ServerError | ResetAfterWrite | Slow)
        })
    }

    fn take_first(&self, path: &str, wanted: impl Fn(FaultKind) -> bool) -> Option<FaultKind> {
        self.change(|waiting| {
            let index = waiting.iter().position(|fault| fault.times > 0 && wanted(fault.kind) && fault.hits(path))?;
            let kind = waiting[index].kind;
            waiting[index].times -= 1;
            if waiting[index].times == 0 {
                waiting.remove(index);
            }
            Some(kind)
        })
    }

    fn change<T>(&self, act: impl FnOnce(&mut Vec<Fault>) -> T) -> T {
        act(&mut self.waiting.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fault_happens_as_often_as_asked_and_then_no_more() {
        let faults = Faults::default();
        faults.add(Fault::new(FaultKind::ServerError, 2));

        let happened: Vec<_> = (0..3).map(|_| faults.take_for_call("/order")).collect();

        assert_eq!(happened, [Some(FaultKind::ServerError), Some(FaultKind::ServerError), None]);
        assert_eq!(faults.waiting(), []);
    }

    #[test]
    fn a_fault_without_a_path_spares_the_call_for_a_token() {
        let faults = Faults::default();
        faults.add(Fault::new(FaultKind::ServerError, 1));

        assert_eq!(faults.take_for_call("/omnikassa-api/gatekeeper/refresh"), None);
        assert_eq!(faults.take_for_call("/omnikassa-api/order/server/api/v2/order"), Some(FaultKind::ServerError));
    }

    #[test]
    fn a_fault_with_a_path_waits_for_that_path() {
        let faults = Faults::default();
        faults.add(Fault::on_path(FaultKind::Slow, 1, "refunds"));

        assert_eq!(faults.take_for_call("/v2/order"), None);
        assert_eq!(faults.take_for_call("/transactions/1/refunds"), Some(FaultKind::Slow));
    }
}
