//! Every background task as a value. Safe to run twice.

use crate::my_data::Stays;
use crate::withdrawal::Withdrawal;
use serde::{Deserialize, Serialize};
use shop_core::email::EmailAddress;
use shop_core::id::{AlertId, AttemptId, CustomerId, LetterId, OrderId, QuestionId, RefundId, SignUpId, VariantId};
use shop_core::time::Day;

/// What is done about an invoice that stays unpaid, in this order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Chase {
    /// A friendly reminder.
    Remind,
    /// The letter of BW 6:96(6).
    Demand,
    /// The owner decides.
    HandOver,
}

impl Chase {
    /// The word in the timeline.
    pub const fn event(self) -> &'static str {
        match self {
            Self::Remind => "invoice_reminded",
            Self::Demand => "invoice_demanded",
            Self::HandOver => "invoice_overdue",
        }
    }
}

/// Work for later.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Job {
    /// Confirmation of an order.
    MailConfirmation {
        /// Which.
        order: OrderId,
    },
    /// An unpaid transfer is about to lapse.
    MailReminder {
        /// Which.
        order: OrderId,
    },
    /// She left the provider's page without paying; where the order can still be paid.
    MailWayBack {
        /// Which.
        order: OrderId,
    },
    /// The parcel is on its way.
    MailShipped {
        /// Which.
        order: OrderId,
    },
    /// A sign-in code. The code is in the job only until it is sent.
    MailCode {
        /// To whom.
        to: EmailAddress,
        /// Six digits.
        code: String,
    },
    /// A code that confirms an erasure. It is in the job only until it is sent.
    MailErasureCode {
        /// To whom.
        to: EmailAddress,
        /// Six digits.
        code: String,
    },
    /// The last mail to who was erased. Her address is in the job only until it is sent or cannot be.
    MailErased {
        /// To whom.
        to: EmailAddress,
        /// What the books keep.
        stays: Vec<Stays>,
    },
    /// Take what was erased off the disk.
    Scrub,
    /// A message of the contact form, to the owner.
    MailQuestion {
        /// Who asks.
        from: EmailAddress,
        /// Her name.
        name: String,
        /// What she asks.
        message: String,
    },
    /// The order will not come, and whether money comes back.
    MailCancelled {
        /// Which.
        order: OrderId,
    },
    /// A transfer came in.
    MailPaid {
        /// Which.
        order: OrderId,
    },
    /// A withdrawal, to the owner.
    MailWithdrawal {
        /// What was declared.
        withdrawal: Withdrawal,
    },
    /// The same back to who withdraws: what, and when it was received (BW 6:230oa).
    MailWithdrawalReceived {
        /// What was declared.
        withdrawal: Withdrawal,
    },
    /// Asks whoever owns an address whether she wants to hear of a size. The token is in the job only until it is sent.
    MailAlertCheck {
        /// Which wish.
        alert: AlertId,
        /// What the link holds.
        token: String,
    },
    /// A size is back; one mail, then the wish is erased.
    MailBackInStock {
        /// Which wish.
        alert: AlertId,
    },
    /// Asks whoever owns an address whether she wants the newsletter. The token is in the job only until it is sent.
    MailNewsletterCheck {
        /// What was asked.
        sign_up: SignUpId,
        /// What the link holds.
        token: String,
    },
    /// A letter, to the owner only.
    MailLetterTrial {
        /// Which.
        letter: LetterId,
    },
    /// The next few of a letter to everybody on the list.
    Letter {
        /// Which.
        letter: LetterId,
    },
    /// A size that somebody waits for can be had again.
    BackInStock {
        /// Which size.
        variant: VariantId,
    },
    /// Fetch what a provider's notice announced.
    Pull {
        /// Provider.
        provider: String,
        /// Token of the notice.
        token: String,
        /// Key of the notice.
        key: String,
    },
    /// Ask the provider what became of an attempt.
    Ask {
        /// Which.
        attempt: AttemptId,
    },
    /// Take the money that was promised for an order that is on its way.
    Take {
        /// The try that it was promised with.
        attempt: AttemptId,
    },
    /// Let go of money that was promised for an order that is over.
    LetGo {
        /// The try that it was promised with.
        attempt: AttemptId,
    },
    /// Pay money back through the provider that received it.
    Refund {
        /// Which refund; its id is the key of the call.
        refund: RefundId,
    },
    /// Ask the provider how far a refund has come.
    AskRefund {
        /// Which.
        refund: RefundId,
    },
    /// Lay what a provider saw on a day beside our books.
    CompareDay {
        /// Whom to ask.
        provider: String,
        /// A day that is over.
        day: Day,
    },
    /// Money is on its way back to the shopper.
    MailRefunded {
        /// Which refund.
        refund: RefundId,
    },
    /// A part of an invoice of our own came in.
    MailInvoicePaid {
        /// The try that it was paid with.
        attempt: AttemptId,
    },
    /// An invoice of our own is past its day, said kindly.
    MailInvoiceReminder {
        /// Which.
        order: OrderId,
    },
    /// The letter that the law wants before an unpaid invoice may cost anything.
    MailInvoiceDemand {
        /// Which.
        order: OrderId,
    },
    /// See whether an invoice of our own was paid.
    Chase {
        /// Which.
        order: OrderId,
        /// What is done when it was not.
        step: Chase,
    },
    /// Make the AVIF files of a picture.
    Avif {
        /// Content hash.
        key: String,
    },
    /// An account that nobody uses will go.
    MailAccountEnds {
        /// Whose.
        customer: CustomerId,
        /// When, unless she signs in before.
        day: Day,
    },
    /// A question came in, to who asked; not a word of what she wrote.
    MailQuestionReceived {
        /// Which.
        question: QuestionId,
    },
    /// The owner's answer.
    MailAnswer {
        /// To which question.
        question: QuestionId,
        /// Which message under it.
        message: i64,
    },
    /// Erase what has had its time.
    ForgetNight,
    /// Lapse unpaid orders, let go of ended holds, forget old sessions and carts.
    Housekeeping,
}

impl Job {
    /// The name in the dashboard.
    pub const fn kind(&self) -> &'static str {
        match self {
            Self::MailConfirmation { .. } => "mail_confirmation",
            Self::MailReminder { .. } => "mail_reminder",
            Self::MailWayBack { .. } => "mail_way_back",
            Self::MailShipped { .. } => "mail_shipped",
            Self::MailCode { .. } => "mail_code",
            Self::MailErasureCode { .. } => "mail_erasure_code",
            Self::MailErased { .. } => "mail_erased",
            Self::Scrub => "scrub",
            Self::MailQuestion { .. } => "mail_question",
            Self::MailCancelled { .. } => "mail_cancelled",
            Self::MailPaid { .. } => "mail_paid",
            Self::MailWithdrawal { .. } => "mail_withdrawal",
            Self::MailWithdrawalReceived { .. } => "mail_withdrawal_received",
            Self::MailAlertCheck { .. } => "mail_alert_check",
            Self::MailBackInStock { .. } => "mail_back_in_stock",
            Self::MailNewsletterCheck { .. } => "mail_newsletter_check",
            Self::MailLetterTrial { .. } => "mail_letter_trial",
            Self::Letter { .. } => "letter",
            Self::BackInStock { .. } => "back_in_stock",
            Self::Pull { .. } => "pull",
            Self::Ask { .. } => "ask",
            Self::Take { .. } => "take",
            Self::LetGo { .. } => "let_go",
            Self::Refund { .. } => "refund",
            Self::AskRefund { .. } => "ask_refund",
            Self::CompareDay { .. } => "compare_day",
            Self::MailRefunded { .. } => "mail_refunded",
            Self::MailInvoicePaid { .. } => "mail_invoice_paid",
            Self::MailInvoiceReminder { .. } => "mail_invoice_reminder",
            Self::MailInvoiceDemand { .. } => "mail_invoice_demand",
            Self::Chase { .. } => "chase",
            Self::Avif { .. } => "avif",
            Self::MailAccountEnds { .. } => "mail_account_ends",
            Self::MailQuestionReceived { .. } => "mail_question_received",
            Self::MailAnswer { .. } => "mail_answer",
            Self::ForgetNight => "forget_night",
            Self::Housekeeping => "housekeeping",
        }
    }
}
