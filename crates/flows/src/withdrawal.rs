//! Withdrawal from a contract (BW 6:230o, 6:230oa): declared in two steps without an account, received by the owner, confirmed at once to
//! who declares it. Whether there is such an order is for the owner to see: a slip of the pen takes nobody's right away, and nobody
//! learns which orders exist.

use crate::job::Job;
use crate::trouble::Trouble;
use crate::{Shop, Visitor};
use serde::{Deserialize, Serialize};
use shop_core::ShopError;
use shop_core::address::one_line;
use shop_core::checkout::{Field, FieldError, Mistake, mistake_in_email};
use shop_core::email::EmailAddress;
use shop_core::order::OrderNumber;
use shop_core::time::Timestamp;
use shop_core::typed;

/// The task that tells the owner.
pub const WITHDRAWN: &str = "withdrawn";

/// The form as typed.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct TypedWithdrawal {
    /// Order number, or how she describes the order.
    pub order: String,
    /// Her name.
    pub name: String,
    /// Where the confirmation goes.
    pub email: String,
    /// Which articles; empty for all.
    pub articles: String,
}

/// A declaration, understood and received.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Withdrawal {
    /// Order number, or how she describes the order.
    pub order: String,
    /// Her name.
    pub name: String,
    /// Where the confirmation goes.
    pub email: EmailAddress,
    /// Which articles; empty for all.
    pub articles: String,
    /// When it came in.
    pub received_at: Timestamp,
}

impl TypedWithdrawal {
    /// As it is kept, to be shown again.
    #[must_use]
    pub fn kept(self) -> Self {
        Self {
            order: typed::line(self.order),
            name: typed::line(self.name),
            email: typed::line(self.email),
            articles: typed::text(self.articles),
        }
    }

    /// Reads the form, or says of every field what is wrong. An order number that we do not know is no mistake.
    pub fn understand(&self, now: Timestamp) -> Result<Withdrawal, Vec<FieldError>> {
        let mut errors = Vec::new();
        let mut line = |field, text: &str, longest| {
            let read = one_line(text, longest);
            if read.is_none() {
                let mistake = if text.trim().is_empty() { Mistake::Missing } else { Mistake::TooLong };
                errors.push(FieldError { field, mistake });
            }
            read
        };
        let order = line(Field::Order, &self.order, 200);
        let name = line(Field::Name, &self.name, 80);
        let email = EmailAddress::parse(&self.email);
        if let Err(error) = &email {
            errors.push(FieldError { field: Field::Email, mistake: mistake_in_email(*error) });
        }
        let articles = self.articles.trim();
        if articles.chars().count() > 2000 {
            errors.push(FieldError { field: Field::Message, mistake: Mistake::TooLong });
        }
        let articles: String = articles.chars().filter(|letter| !letter.is_control() || *letter == '\n').collect();
        match (order, name, email) {
            (Some(order), Some(name), Ok(email)) if errors.is_empty() => {
                Ok(Withdrawal { order, name, email, articles, received_at: now })
            }
            _ => Err(errors),
        }
    }
}

impl Shop {
    /// The form for an order of this visitor; empty for anybody else. The address only for who proved that it is hers.
    pub async fn withdrawal_form(&self, visitor: &Visitor, number: &str) -> Result<TypedWithdrawal, ShopError> {
        let Some(number) = OrderNumber::parse(number) else { return Ok(TypedWithdrawal::default()) };
        let (order, _, _) = match self.order(visitor, &number).await {
            Err(ShopError::NotFound) => return Ok(TypedWithdrawal::default()),
            other => other?,
        };
        let proven = visitor.customer() == Some(order.customer);
        Ok(TypedWithdrawal {
            order: order.number.to_string(),
            name: order.address.name.full(),
            email: if proven { order.contact.email.as_str().to_owned() } else { String::new() },
            articles: String::new(),
        })
    }

    /// Receives a declaration: a task and a mail for the owner, and at once a confirmation to who declares.
    pub async fn withdraw(&self, typed: &TypedWithdrawal) -> Result<Withdrawal, ShopError> {
        let now = self.clock.now();
        let withdrawal = typed.understand(now).map_err(ShopError::Fields)?;
        let mut tx = self.store.begin().await.trouble()?;
        let known = match OrderNumber::parse(&withdrawal.order) {
            Some(number) => tx.order_by_number(&number).await.trouble()?,
            None => None,
        };
        let mut detail = format!("{}, {}, {}", withdrawal.order, withdrawal.name, withdrawal.email);
        if !withdrawal.articles.is_empty() {
            detail.push_str(": ");
            detail.push_str(&withdrawal.articles.replace('\n', " "));
        }
        tx.add_task(WITHDRAWN, known.map(|order| order.id), &detail, now).await.trouble()?;
        let received = Job::MailWithdrawalReceived { withdrawal: withdrawal.clone() };
        self.enqueue(&mut *tx, &received, now, None).await?;
        self.enqueue(&mut *tx, &Job::MailWithdrawal { withdrawal: withdrawal.clone() }, now, None).await?;
        tx.commit().await.trouble()?;
        Ok(withdrawal)
    }
}
