//! Mail jobs: loads what the letter is about, writes it, hands it to the mail server.

use super::{JobError, Worker};
use crate::mail::{AwaitedSize, LettersError, OnInvoice};
use shop_core::email::EmailAddress;
use shop_core::id::{AlertId, AttemptId, CustomerId, JobId, OrderId, QuestionId, RefundId};
use shop_core::money::Money;
use shop_core::order::{Order, OrderState, Refund};
use shop_core::payment::Method;
use shop_flows::job::Job;
use shop_flows::ports::{MailError, Message};

impl From<MailError> for JobError {
    fn from(error: MailError) -> Self {
        match error {
            MailError::Refused(_) => Self::Never(error.to_string()),
            MailError::Unavailable(_) | MailError::Unsure(_) => Self::Later(error.to_string()),
        }
    }
}

impl From<LettersError> for JobError {
    fn from(error: LettersError) -> Self {
        Self::Never(error.to_string())
    }
}

impl Worker {
    /// Sends the mail of a job. The same job makes the same message id, so a second sending can be recognised.
    pub(super) async fn send(&self, id: JobId, job: &Job) -> Result<(), JobError> {
        let message = match job {
            Job::MailConfirmation { order } => {
                let order = self.order(*order).await?;
                let link = self.shop.order_link(&order);
                match order.method {
                    Method::Invoice => self.on_invoice(OnInvoice::Confirmation, &order).await?,
                    _ => self.letters.confirmation(&order, &link)?,
                }
            }
            Job::MailReminder { order } => {
                let order = self.order(*order).await?;
                if !matches!(order.state, OrderState::AwaitingPayment { .. }) {
                    // It was paid or cancelled since the job was written.
                    return Ok(());
                }
                match order.method {
                    Method::Invoice => self.on_invoice(OnInvoice::Deposit, &order).await?,
                    _ => self.letters.reminder(&order, &self.shop.order_link(&order))?,
                }
            }
            Job::MailWayBack { order } => {
                let order = self.order(*order).await?;
                let OrderState::AwaitingPayment { until } = order.state else { return Ok(()) };
                self.letters.way_back(&order, until, &self.shop.order_link(&order))?
            }
            Job::MailShipped { order } => {
                let order = self.order(*order).await?;
                match order.method {
                    Method::Invoice => self.on_invoice(OnInvoice::Shipped, &order).await?,
                    _ => self.letters.shipped(&order, &self.shop.order_link(&order))?,
                }
            }
            Job::MailInvoicePaid { attempt } => {
                let (order, amount) = self.paid_part(*attempt).await?;
                let bill = self.shop.bill(&order).await?;
                self.letters.invoice_paid(&order, amount, bill.as_ref(), &self.shop.order_link(&order))?
            }
            Job::MailInvoiceReminder { order } | Job::MailInvoiceDemand { order } => {
                let order = self.order(*order).await?;
                if self.shop.bill(&order).await?.is_none() {
                    // It was paid since the job was written.
                    return Ok(());
                }
                let kindly = matches!(job, Job::MailInvoiceReminder { .. });
                self.on_invoice(if kindly { OnInvoice::Reminder } else { OnInvoice::Demand }, &order).await?
            }
            Job::MailCancelled { order } => {
                let order = self.order(*order).await?;
                self.letters.cancelled(&order, &self.shop.order_link(&order))?
            }
            Job::MailPaid { order } => {
                let order = self.order(*order).await?;
                self.letters.paid(&order, &self.shop.order_link(&order))?
            }
            Job::MailWithdrawal { withdrawal } => {
                let letter = self.letters.withdrawal(withdrawal, &id.to_string())?;
                return Ok(self.post.send_for(&letter, &withdrawal.email).await?);
            }
            Job::MailWithdrawalReceived { withdrawal } => {
                self.letters.withdrawal_received(withdrawal, &id.to_string())?
            }
            Job::MailRefunded { refund } => {
                let (order, refund, method) = self.refund(*refund).await?;
                let link = self.shop.order_link(&order);
                if refund.to_pay() > Money::ZERO {
                    self.letters.refunded(&order, &refund, method, &link)?
                } else {
                    let bill = self.shop.bill(&order).await?;
                    self.letters.invoice_lowered(&order, &refund, bill.as_ref(), &link)?
                }
            }
            Job::MailCode { to, code } => self.letters.code(to, code, &id.to_string())?,
            Job::MailErasureCode { to, code } => self.letters.erasure_code(to, code, &id.to_string())?,
            Job::MailErased { to, stays } => self.letters.erased(to, stays, &id.to_string())?,
            Job::MailQuestion { from, name, message } => {
                let question = self.letters.question(from, name, message, &id.to_string())?;
                return Ok(self.post.send_for(&question, from).await?);
            }
            Job::MailAlertCheck { alert, token } => match self.awaited(*alert).await? {
                Some((to, size)) => self.letters.alert_check(&to, &size, token, &id.to_string())?,
                None => return Ok(()),
            },
            Job::MailAccountEnds { customer, day } => match self.account(*customer).await? {
                Some(to) => self.letters.account_ends(&to, *day, &id.to_string())?,
                None => return Ok(()),
            },
            Job::MailQuestionReceived { question } => match self.asker(*question).await? {
                Some(to) => self.letters.question_received(&to, &id.to_string())?,
                None => return Ok(()),
            },
            Job::MailAnswer { question, message } => match self.answer(*question, *message).await? {
                Some((to, answer)) => self.letters.answer(&to, &answer, &id.to_string())?,
                None => return Ok(()),
            },
            Job::MailBackInStock { alert } => return self.say_it_is_back(id, *alert).await,
            Job::MailNewsletterCheck { sign_up, token } => match self.asked(*sign_up).await? {
                Some(asked) => self.letters.newsletter_check(&asked.email, token, &id.to_string())?,
                None => return Ok(()),
            },
            Job::MailLetterTrial { letter } => self.trial(id, *letter).await?,
            Job::Pull { .. }
            | Job::Ask { .. }
            | Job::Take { .. }
            | Job::LetGo { .. }
            | Job::Refund { .. }
            | Job::AskRefund { .. }
            | Job::CompareDay { .. }
            | Job::Chase { .. }
            | Job::Avif { .. }
            | Job::Letter { .. }
            | Job::BackInStock { .. }
            | Job::ForgetNight
            | Job::Scrub
            | Job::Housekeeping => {
                return Ok(());
            }
        };
        if message.to.is_nobody() {
            // Who ordered it was erased since the job was written.
            return Ok(());
        }
        Ok(self.post.send(&message).await?)
    }

    /// Sends the one mail and erases the address; also when no mail can ever reach it.
    async fn say_it_is_back(&self, id: JobId, alert: AlertId) -> Result<(), JobError> {
        let sent = match self.awaited(alert).await? {
            Some((to, size)) => self.post.send(&self.letters.back_in_stock(&to, &size, &id.to_string())?).await,
            None => Ok(()),
        };
        if !matches!(sent, Err(MailError::Unavailable(_) | MailError::Unsure(_))) {
            self.shop.alert_is_done(alert).await?;
        }
        Ok(sent?)
    }

    /// Who waits, and for what; `None` when the wish is gone or the size left the shop.
    async fn awaited(&self, id: AlertId) -> Result<Option<(EmailAddress, AwaitedSize)>, JobError> {
        let mut tx = self.shop.store.read().await?;
        let Some(alert) = tx.alert(id).await? else { return Ok(None) };
        drop(tx);
        let snapshot = self.shop.catalogue.current();
        Ok(snapshot.product_of(alert.variant).map(|(product, size)| (alert.email, AwaitedSize::of(product, size))))
    }

    /// A refund with its order, and how that was paid.
    async fn refund(&self, id: RefundId) -> Result<(Order, Refund, Method), JobError> {
        let gone = || JobError::Never("the refund does not exist".to_owned());
        let mut tx = self.shop.store.read().await?;
        let refund = tx.refund(id).await?.ok_or_else(gone)?;
        let attempt = tx.attempt(refund.attempt).await?.ok_or_else(gone)?;
        let order = tx.order(refund.order).await?.ok_or_else(gone)?;
        Ok((order, refund, attempt.method))
    }

    async fn on_invoice(&self, what: OnInvoice, order: &Order) -> Result<Message, JobError> {
        let bill = self.shop.bill(order).await?;
        Ok(self.letters.on_invoice(what, order, bill.as_ref(), &self.shop.order_link(order))?)
    }

    /// A part of an invoice that came in, with its order.
    async fn paid_part(&self, id: AttemptId) -> Result<(Order, Money), JobError> {
        let gone = || JobError::Never("the payment does not exist".to_owned());
        let mut tx = self.shop.store.read().await?;
        let attempt = tx.attempt(id).await?.ok_or_else(gone)?;
        let order = tx.order(attempt.order).await?.ok_or_else(gone)?;
        Ok((order, attempt.amount))
    }

    /// Who asked a question; `None` when it is gone.
    async fn asker(&self, id: QuestionId) -> Result<Option<EmailAddress>, JobError> {
        let mut tx = self.shop.store.read().await?;
        Ok(tx.question(id).await?.map(|question| question.email))
    }

    /// An answer, and who it goes to; `None` when the question is gone.
    async fn answer(&self, id: QuestionId, message: i64) -> Result<Option<(EmailAddress, String)>, JobError> {
        let mut tx = self.shop.store.read().await?;
        let Some(question) = tx.question(id).await? else { return Ok(None) };
        let answer = tx.messages(id).await?.into_iter().find(|written| written.id == message && written.is_answer);
        Ok(answer.map(|answer| (question.email, answer.body)))
    }

    /// The address of an account; `None` when the account is gone.
    async fn account(&self, id: CustomerId) -> Result<Option<EmailAddress>, JobError> {
        let mut tx = self.shop.store.read().await?;
        Ok(tx.customer(id).await?.map(|customer| customer.email))
    }

    async fn order(&self, id: OrderId) -> Result<Order, JobError> {
        let mut tx = self.shop.store.read().await?;
        tx.order(id).await?.ok_or_else(|| JobError::Never("the order does not exist".to_owned()))
    }
}
