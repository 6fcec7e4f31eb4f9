//! The two mails around an erasure: the code that confirms it, and the last mail of all.

use super::messages::{Letters, LettersError};
use minijinja::{Value, context};
use shop_core::email::EmailAddress;
use shop_flows::my_data::Stays;
use shop_flows::ports::Message;

impl Letters {
    /// The code that confirms an erasure. `key` names the sending and must not hold the code.
    pub fn erasure_code(&self, to: &EmailAddress, code: &str, key: &str) -> Result<Message, LettersError> {
        let context = context! { shop => self.shop(), code };
        self.message("erasure_code", to.clone(), format!("erasure-code-{key}"), context)
    }

    /// What went and what stays, and until when (AVG art. 12(3)).
    pub fn erased(&self, to: &EmailAddress, stays: &[Stays], key: &str) -> Result<Message, LettersError> {
        let some_unnamed = stays.iter().any(|order| !order.named);
        let stays: Vec<Value> = stays
            .iter()
            .map(
                |order| context! { number => order.number.as_str(), until => order.until.long(), named => order.named },
            )
            .collect();
        let context = context! { shop => self.shop(), stays, some_unnamed };
        self.message("erased", to.clone(), format!("erased-{key}"), context)
    }
}
