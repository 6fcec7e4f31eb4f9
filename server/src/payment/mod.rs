//! Which payment provider serves which method. Adapters are named by brand; nothing of theirs leaves their file or folder.

pub mod bank_transfer;
mod http;
pub mod klarna;
pub mod omnikassa;
pub mod paypal;
mod watched;

pub use bank_transfer::BankTransfer;
pub use klarna::{Klarna, KlarnaConfig, KlarnaError};
pub use omnikassa::{OmniKassa, OmniKassaConfig, OmniKassaError};
pub use paypal::{CertificateSource, PayPal, PayPalConfig, PayPalError};
pub use watched::Watched;

use shop_core::payment::Method;
use shop_core::privacy::Disclosed;
use shop_flows::ports::PaymentProvider;
use std::sync::Arc;

/// Notes a call that repeats what stands in the database already, in the middle of a question to a provider: who, which fields and why, never a
/// value. Every other call is written down before it is made ([`PaymentProvider::discloses`]).
fn told(what: &Disclosed) {
    let (party, fields, purpose) = (what.party.name(), what.field_names(), what.purpose.name());
    tracing::info!(party, fields, purpose, "given to an outside party");
}

/// Two providers for the same method, or two of one name: the shop could not know whom to ask.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ProvidersError {
    /// Both want to serve it.
    #[error("{first} and {second} both serve {}", method.name())]
    TwoForMethod {
        /// The method.
        method: Method,
        /// The provider that was named first.
        first: &'static str,
        /// The other one.
        second: &'static str,
    },
    /// The name is taken.
    #[error("two providers are called {0}")]
    TwoOfName(&'static str),
}

/// The providers of this shop, chosen at start-up.
#[derive(Clone, Default)]
pub struct Providers {
    all: Vec<Arc<dyn PaymentProvider>>,
}

impl Providers {
    /// The providers to use. Fails when a method or a name is served twice.
    pub fn new(all: Vec<Arc<dyn PaymentProvider>>) -> Result<Self, ProvidersError> {
        let mut chosen = Self::default();
        for provider in all {
            if chosen.named(provider.name()).is_some() {
                return Err(ProvidersError::TwoOfName(provider.name()));
            }
            for method in provider.methods() {
                if let Some(first) = chosen.serving(*method) {
                    return Err(ProvidersError::TwoForMethod {
                        method: *method,
                        first: first.name(),
                        second: provider.name(),
                    });
                }
            }
            chosen.all.push(provider);
        }
        Ok(chosen)
    }

    /// Who serves a method; `None` when it is not offered.
    pub fn serving(&self, method: Method) -> Option<&Arc<dyn PaymentProvider>> {
        self.all.iter().find(|provider| provider.methods().contains(&method))
    }

    /// The provider of that name, as jobs and webhook addresses write it.
    pub fn named(&self, name: &str) -> Option<&Arc<dyn PaymentProvider>> {
        self.all.iter().find(|provider| provider.name() == name)
    }

    /// The methods that can be offered, in the order of [`Method::ALL`].
    pub fn methods(&self) -> Vec<Method> {
        Method::ALL.into_iter().filter(|method| self.serving(*method).is_some()).collect()
    }
}
