//! Mails about an order on an invoice of our own: what is to be paid, where to and until when, in the words of the same templates.

use super::messages::{Letters, LettersError};
use minijinja::{Value, context};
use shop_core::money::Money;
use shop_core::order::refund::RefundOf;
use shop_core::order::{Order, Refund};
use shop_core::payment::{Bill, When};
use shop_core::time::Seconds;
use shop_flows::ports::Message;

/// The letter of BW 6:96(6) gives 14 days from the day after it came; one more for a mail that came late in the evening.
const DEMAND_DAYS: Seconds = Seconds::days(15);
/// What collecting an invoice costs the shopper: nothing, unless the owner decides otherwise by a change of this program.
const COSTS: Money = Money::ZERO;

/// Which mail.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OnInvoice {
    /// The order, and what is paid when.
    Confirmation,
    /// The half that is asked first did not come yet.
    Deposit,
    /// The parcel is on its way, with the bill.
    Shipped,
    /// The bill is past its day, said kindly.
    Reminder,
    /// The letter that the law wants before an unpaid bill may cost anything.
    Demand,
}

impl OnInvoice {
    /// Its template, and the first part of its key.
    const fn names(self) -> (&'static str, &'static str) {
        match self {
            Self::Confirmation => ("confirmation", "confirmation"),
            Self::Deposit => ("reminder", "reminder"),
            Self::Shipped => ("shipped", "shipped"),
            Self::Reminder => ("invoice_reminder", "invoice-reminder"),
            Self::Demand => ("invoice_demand", "invoice-demand"),
        }
    }
}

impl Letters {
    /// A mail about an order on an invoice of our own; `bill` is what is open, nothing when all of it was paid.
    pub fn on_invoice(
        &self,
        what: OnInvoice,
        order: &Order,
        bill: Option<&Bill>,
        link: &str,
    ) -> Result<Message, LettersError> {
        let (template, key) = what.names();
        let deadline = self.date(self.now().plus(DEMAND_DAYS));
        let context = context! { deadline, costs => COSTS.to_string(), ..self.billed(order, bill, link)? };
        self.message(template, order.contact.email.clone(), format!("{key}-{}", order.number), context)
    }

    /// A part of an invoice came in.
    pub fn invoice_paid(
        &self,
        order: &Order,
        amount: Money,
        bill: Option<&Bill>,
        link: &str,
    ) -> Result<Message, LettersError> {
        let context = context! { amount => amount.to_string(), ..self.billed(order, bill, link)? };
        let key = format!("invoice-paid-{}-{}", order.number, amount.in_cents());
        self.message("invoice_paid", order.contact.email.clone(), key, context)
    }

    /// An unpaid invoice became smaller, and nothing has to go back.
    pub fn invoice_lowered(
        &self,
        order: &Order,
        refund: &Refund,
        bill: Option<&Bill>,
        link: &str,
    ) -> Result<Message, LettersError> {
        let reason = match &refund.credit.of {
            RefundOf::Goodwill { reason } => Some(reason.as_str()),
            _ => None,
        };
        let vat = refund.credit.vat.iter();
        let vat: Vec<Value> =
            vat.map(|part| context! { rate => part.rate.label(), vat => part.vat.to_string() }).collect();
        let context = context! {
            lowered => refund.set_off.to_string(),
            lowered_vat => vat,
            reason,
            ..self.billed(order, bill, link)?
        };
        self.message("invoice_lowered", order.contact.email.clone(), format!("refunded-{}", refund.id), context)
    }

    fn billed(&self, order: &Order, bill: Option<&Bill>, link: &str) -> Result<Value, LettersError> {
        let until = bill.and_then(|bill| match bill.when {
            When::Before(at) => Some(self.moment(at)),
            When::Until(at) => Some(self.date(at)),
            When::AfterShipping => None,
        });
        let facts = match (bill, &until) {
            (Some(bill), Some(until)) => Some(self.facts(order, bill.amount, until.clone())?),
            _ => None,
        };
        let bill = bill.map(|bill| {
            let when = match bill.when {
                When::Before(_) => "before",
                When::AfterShipping => "after",
                When::Until(_) => "until",
            };
            context! { amount => bill.amount.to_string(), rest => bill.rest.to_string(), when, until => until.unwrap_or_default() }
        });
        let paid = bill.is_none() && order.state.is_paid();
        Ok(context! { bill, paid, transfer => facts.map(super::messages::as_transfer), ..self.about(order, link)? })
    }
}
