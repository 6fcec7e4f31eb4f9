//! Choices about cookies are written down before they count, without anything that says whose they are.

use crate::Shop;
use crate::ports::ConsentEvent;
use crate::trouble::Trouble;
use shop_core::ShopError;
use shop_core::consent::{Change, Choice, Purpose};

/// Where the question was asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Channel {
    /// The panel at the bottom of a page.
    Banner,
    /// The page with the settings.
    Page,
}

impl Channel {
    const fn name(self) -> &'static str {
        match self {
            Self::Banner => "banner",
            Self::Page => "page",
        }
    }
}

impl Shop {
    /// The choice after these answers, with its proof stored. Fails when it cannot be stored: then the yes does not count.
    pub async fn choose_consent(
        &self,
        before: &Choice,
        answers: &[(Purpose, bool)],
        channel: Channel,
    ) -> Result<Choice, ShopError> {
        let id = || self.random.token().iter().take(16).map(|byte| format!("{byte:02x}")).collect();
        let (choice, changes) = before.decide(answers, id);
        if !changes.is_empty() {
            self.record_consent(changes, channel).await?;
        }
        Ok(choice)
    }

    async fn record_consent(&self, changes: Vec<Change>, channel: Channel) -> Result<(), ShopError> {
        let at = self.clock.now();
        let mut tx = self.store.begin().await.trouble()?;
        for change in changes {
            let text = change.purpose.text();
            let event = ConsentEvent {
                at,
                text_version: text.version,
                text_hash: text.sha256.to_owned(),
                language: "nl".to_owned(),
                channel: channel.name().to_owned(),
                change,
            };
            tx.add_consent(&event).await.trouble()?;
        }
        tx.commit().await.trouble()
    }
}
