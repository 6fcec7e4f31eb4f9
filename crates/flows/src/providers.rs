//! How the payment providers are: whether they let us in, and what the owner sees of them.

use crate::Shop;
use crate::ports::{PaymentError, ProviderHealth};
use shop_core::payment::Method;

/// What a provider said to our credentials.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LetIn {
    /// Its name.
    pub provider: &'static str,
    /// The methods that it serves.
    pub methods: Vec<Method>,
    /// Why it did not let us in, in words without a secret.
    pub outcome: Result<(), PaymentError>,
}

impl Shop {
    /// Asks every provider whether it lets us in. None waits for another, and none stops the others.
    pub async fn knock(&self) -> Vec<LetIn> {
        let mut answers = Vec::with_capacity(self.providers.len());
        for provider in &self.providers {
            let outcome = provider.let_in().await;
            answers.push(LetIn { provider: provider.name(), methods: provider.methods().to_vec(), outcome });
        }
        answers
    }

    /// What is known of the providers that are set up, in their order. A transfer has nobody to ask.
    pub(crate) fn providers_in_use(&self, known: Vec<ProviderHealth>) -> Vec<ProviderHealth> {
        let outside =
            self.providers.iter().filter(|provider| provider.methods().iter().any(|method| is_outside(*method)));
        outside
            .map(|provider| {
                let own = known.iter().find(|health| health.provider == provider.name()).cloned();
                own.unwrap_or_else(|| ProviderHealth::unknown(provider.name()))
            })
            .collect()
    }
}

/// Whether somebody else has to be asked.
const fn is_outside(method: Method) -> bool {
    matches!(method, Method::Ideal | Method::Card | Method::PayPal | Method::Klarna)
}
