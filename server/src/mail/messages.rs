//! What the shop writes: an event becomes subject, text and HTML. The sentences are in `server/mail/`; both parts of a
//! mail come from one context.

use super::templates::Templates;
use minijinja::{Value, context};
use shop_core::catalog::{Product, Variant};
use shop_core::email::{EmailAddress, EmailError};
use shop_core::money::Money;
use shop_core::order::refund::{RefundOf, RefundState};
use shop_core::order::{Order, OrderLine, OrderState, Refund};
use shop_core::payment::{CreditorReference, Method};
use shop_core::shipping::ShippingRules;
use shop_core::shop::Identity;
use shop_core::time::{Day, Timestamp};
use shop_flows::ports::{Clock, Message};
use shop_flows::withdrawal::Withdrawal;
use std::sync::Arc;

/// The account that transfers go to. The holder is written exactly as the bank knows it: banks of payers compare.
#[derive(Debug, Clone, PartialEq, Eq, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BankAccount {
    /// Name of the account.
    pub holder: String,
    /// IBAN, with or without spaces.
    pub iban: String,
}

/// What every mail needs to know about the shop.
#[derive(Debug, Clone)]
pub struct LettersConfig {
    /// Who the shop is.
    pub identity: Identity,
    /// `https://www.allgems.nl`.
    pub public_url: String,
    /// What delivery and sending back cost.
    pub shipping: ShippingRules,
    /// Where transfers go.
    pub bank: BankAccount,
}

/// A size that somebody waits for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AwaitedSize {
    /// Slug of its article.
    pub slug: String,
    /// Title of its article.
    pub title: String,
    /// Colour; may be empty.
    pub colour: String,
    /// As on the label.
    pub size: String,
}

impl AwaitedSize {
    /// A size of an article.
    pub fn of(product: &Product, variant: &Variant) -> Self {
        Self {
            slug: product.slug.clone(),
            title: product.title.clone(),
            colour: product.colour.as_ref().map(|colour| colour.name.clone()).unwrap_or_default(),
            size: variant.size.as_str().to_owned(),
        }
    }
}

/// A mail could not be written.
#[derive(Debug, thiserror::Error)]
pub enum LettersError {
    /// A template is wrong, or asks for something it is not given.
    #[error("a mail template is wrong")]
    Template(#[from] minijinja::Error),
    /// The address of the shop itself cannot be.
    #[error("the e-mail address of the shop is wrong: {0:?}")]
    ShopAddress(EmailError),
    /// An amount of the order does not fit. Cannot happen to an order that was priced.
    #[error("an amount does not fit")]
    Amount,
    /// The paper could not be made.
    #[error("the paper could not be made")]
    Paper(#[from] shop_pdf::PdfError),
    /// The order number makes no creditor reference.
    #[error("the order number makes no payment reference")]
    Reference,
}

/// Writes the mails of the shop.
pub struct Letters {
    templates: Templates,
    pub(super) config: LettersConfig,
    pub(super) owner: EmailAddress,
    clock: Arc<dyn Clock>,
}

impl Letters {
    /// Reads the templates. The clock only turns moments into days of the shop's calendar.
    pub fn new(mut config: LettersConfig, clock: Arc<dyn Clock>) -> Result<Self, LettersError> {
        let owner = EmailAddress::parse(&config.identity.email).map_err(LettersError::ShopAddress)?;
        config.public_url.truncate(config.public_url.trim_end_matches('/').len());
        Ok(Self { templates: Templates::parse()?, config, owner, clock })
    }

    /// Confirmation of an order with everything that the law wants on paper (BW 6:230v(7) and 6:230m): in the body, not
    /// behind a link. `link` is the page of the order.
    pub fn confirmation(&self, order: &Order, link: &str) -> Result<Message, LettersError> {
        let context = self.about(order, link)?;
        self.message("confirmation", order.contact.email.clone(), format!("confirmation-{}", order.number), context)
    }

    /// Reminder that a transfer has not arrived and the order is about to lapse.
    pub fn reminder(&self, order: &Order, link: &str) -> Result<Message, LettersError> {
        let context = self.about(order, link)?;
        self.message("reminder", order.contact.email.clone(), format!("reminder-{}", order.number), context)
    }

    /// Nothing was paid at the provider's page; the order can be paid until then.
    pub fn way_back(&self, order: &Order, until: Timestamp, link: &str) -> Result<Message, LettersError> {
        let context = context! { until => self.moment(until), ..self.about(order, link)? };
        self.message("way_back", order.contact.email.clone(), format!("way-back-{}", order.number), context)
    }

    /// The parcel is on its way.
    pub fn shipped(&self, order: &Order, link: &str) -> Result<Message, LettersError> {
        let context = self.about(order, link)?;
        self.message("shipped", order.contact.email.clone(), format!("shipped-{}", order.number), context)
    }

    /// The transfer came in.
    pub fn paid(&self, order: &Order, link: &str) -> Result<Message, LettersError> {
        let context = self.about(order, link)?;
        self.message("paid", order.contact.email.clone(), format!("paid-{}", order.number), context)
    }

    /// The order will not come: why, and whether money comes back.
    pub fn cancelled(&self, order: &Order, link: &str) -> Result<Message, LettersError> {
        let (reason, was_paid) = match order.state {
            OrderState::Cancelled { reason, paid_at, .. } => (reason.name(), paid_at.is_some()),
            _ => ("", false),
        };
        let context = context! {
            reason, was_paid,
            later => order.method.is_taken_when_shipped(),
            on_invoice => order.method == Method::Invoice,
            ..self.about(order, link)?
        };
        self.message("cancelled", order.contact.email.clone(), format!("cancelled-{}", order.number), context)
    }

    /// A withdrawal, to the owner. Send it with [`super::Post::send_for`]. `key` names the sending.
    pub fn withdrawal(&self, withdrawal: &Withdrawal, key: &str) -> Result<Message, LettersError> {
        self.message("withdrawal", self.owner.clone(), format!("withdrawal-{key}"), self.declared(withdrawal))
    }

    /// The confirmation of a withdrawal on a durable medium (BW 6:230oa(4)): its content, day and time, and what comes next.
    pub fn withdrawal_received(&self, withdrawal: &Withdrawal, key: &str) -> Result<Message, LettersError> {
        let to = withdrawal.email.clone();
        self.message("withdrawal_received", to, format!("withdrawal-received-{key}"), self.declared(withdrawal))
    }

    fn declared(&self, withdrawal: &Withdrawal) -> Value {
        let Withdrawal { order, name, email, articles, received_at } = withdrawal;
        context! {
            shop => self.shop(),
            order, name, articles,
            email => email.as_str(),
            received => self.moment(*received_at),
            return_is_free => self.config.shipping.return_cost.in_cents() == 0,
            return_cost => self.config.shipping.return_cost.to_string(),
        }
    }

    /// Money is on its way back: how much, what for, how, and when it is there.
    pub fn refunded(
        &self,
        order: &Order,
        refund: &Refund,
        method: Method,
        link: &str,
    ) -> Result<Message, LettersError> {
        let reason = match &refund.credit.of {
            RefundOf::Goodwill { reason } => Some(reason.as_str()),
            _ => None,
        };
        let pieces: Vec<Value> = match &refund.credit.of {
            RefundOf::Goods { pieces, .. } => pieces
                .iter()
                .filter_map(|back| {
                    let line = order.lines.get(usize::try_from(back.line).ok()?)?;
                    Some(context! { quantity => back.count, title => &line.title, size => &line.size })
                })
                .collect(),
            _ => Vec::new(),
        };
        let by_hand = matches!(refund.state, RefundState::Done { by_hand: true, .. });
        let vat =
            refund.credit.vat.iter().map(|part| context! { rate => part.rate.label(), vat => part.vat.to_string() });
        let context = context! {
            shop => self.shop(),
            link,
            number => order.number.as_str(),
            given_name => &order.address.name.given,
            amount => refund.to_pay().to_string(),
            set_off => (refund.set_off > Money::ZERO).then(|| refund.set_off.to_string()),
            what => refund.credit.of.name(),
            with_delivery => matches!(refund.credit.of, RefundOf::Goods { shipping: true, .. }),
            by_invoice => method == Method::Klarna && !by_hand,
            by_hand,
            method => method.label(),
            vat => vat.collect::<Vec<_>>(),
            reason, pieces,
        };
        self.message("refunded", order.contact.email.clone(), format!("refunded-{}", refund.id), context)
    }

    /// A sign-in code of six digits, valid for ten minutes. `key` names the sending and must not hold the code.
    pub fn code(&self, to: &EmailAddress, code: &str, key: &str) -> Result<Message, LettersError> {
        let context = context! { shop => self.shop(), code => code };
        self.message("code", to.clone(), format!("code-{key}"), context)
    }

    /// A message of the contact form, to the owner. Send it with [`super::Post::send_for`], so that the answer goes to
    /// the one who asks. `key` names the sending.
    pub fn question(&self, from: &EmailAddress, name: &str, message: &str, key: &str) -> Result<Message, LettersError> {
        let context = context! { shop => self.shop(), from => from.as_str(), name => name, message => message.trim() };
        self.message("question", self.owner.clone(), format!("question-{key}"), context)
    }

    /// Whether she wants to hear of a size: double opt-in. `token` becomes the link; `key` names the sending and must not hold it.
    pub fn alert_check(
        &self,
        to: &EmailAddress,
        size: &AwaitedSize,
        token: &str,
        key: &str,
    ) -> Result<Message, LettersError> {
        let link = format!("{}/mail-mij?sleutel={token}", self.config.public_url);
        let AwaitedSize { title, colour, size, .. } = size;
        let context = context! { shop => self.shop(), title, colour, size, link };
        self.message("alert_check", to.clone(), format!("alert-check-{key}"), context)
    }

    /// A size is back.
    pub fn back_in_stock(&self, to: &EmailAddress, size: &AwaitedSize, key: &str) -> Result<Message, LettersError> {
        let AwaitedSize { slug, title, colour, size } = size;
        let link = format!("{}/product/{slug}", self.config.public_url);
        let context = context! { shop => self.shop(), title, colour, size, link };
        self.message("back_in_stock", to.clone(), format!("back-in-stock-{key}"), context)
    }

    /// An account that nobody uses goes on that day, unless she signs in before.
    pub fn account_ends(&self, to: &EmailAddress, day: Day, key: &str) -> Result<Message, LettersError> {
        let link = format!("{}/inloggen", self.config.public_url);
        let context = context! { shop => self.shop(), day => day.long(), link };
        self.message("account_ends", to.clone(), format!("account-ends-{key}"), context)
    }

    /// A question came in: short, and without a word of what was typed, because nobody proved that the address is hers.
    pub fn question_received(&self, to: &EmailAddress, key: &str) -> Result<Message, LettersError> {
        let context = context! { shop => self.shop() };
        self.message("question_received", to.clone(), format!("question-received-{key}"), context)
    }

    /// What the owner answered.
    pub fn answer(&self, to: &EmailAddress, answer: &str, key: &str) -> Result<Message, LettersError> {
        let context = context! { shop => self.shop(), answer => answer };
        self.message("answer", to.clone(), format!("answer-{key}"), context)
    }

    pub(super) fn message(
        &self,
        template: &str,
        to: EmailAddress,
        key: String,
        context: Value,
    ) -> Result<Message, LettersError> {
        let rendered = self.templates.render(template, &context)?;
        Ok(Message { to, subject: rendered.subject, text: rendered.text, html: rendered.html, leave: None, key })
    }

    /// The shop, as the footer and the legal paragraphs name it.
    pub(super) fn shop(&self) -> Value {
        let Identity { name, street, postal_code, city, country, phone, whatsapp, email, hours, kvk, vat_id, .. } =
            &self.config.identity;
        context! {
            url => &self.config.public_url,
            name, street, postal_code, city, country, phone, whatsapp, email, hours, kvk, vat_id,
        }
    }

    pub(super) fn about(&self, order: &Order, link: &str) -> Result<Value, LettersError> {
        let lines: Vec<Value> = order.lines.iter().map(line).collect::<Result<_, _>>()?;
        let vat: Vec<Value> = order
            .totals
            .vat
            .iter()
            .map(|part| context! { rate => part.rate.label(), gross => part.gross.to_string(), vat => part.vat.to_string() })
            .collect();
        let tracking = order
            .tracking
            .as_ref()
            .map(|tracking| context! { code => tracking.code(), url => tracking.url(&order.address) });
        Ok(context! {
            shop => self.shop(),
            link,
            number => order.number.as_str(),
            given_name => &order.address.name.given,
            placed => self.moment(order.placed_at),
            button => &order.agreed.button,
            paid => order.state.is_paid(),
            leaves => order.state.is_paid(),
            bill => Value::from(()),
            method => order.method.label(),
            transfer => self.transfer(order)?,
            lines, vat,
            goods => order.totals.goods.to_string(),
            discount => discount(order)?,
            delivery_is_free => order.totals.shipping.in_cents() == 0,
            delivery => order.totals.shipping.to_string(),
            total => order.totals.total.to_string(),
            recipient => order.address.name.full(),
            street => order.address.street_line(),
            city => order.address.city_line(),
            country => order.address.country.name(),
            arrival => format!("{} {}", order.agreed.arrival.weekday_name(), order.agreed.arrival.long()),
            tracking,
            terms => &order.agreed.terms,
            return_is_free => self.config.shipping.return_cost.in_cents() == 0,
            return_cost => self.config.shipping.return_cost.to_string(),
        })
    }

    /// Withdrawal, guarantee, complaints and terms, as text: what every confirmation says, however it is sent.
    pub(super) fn rights(&self, order: &Order) -> Result<String, LettersError> {
        Ok(self.templates.shared("rights.txt", &self.about(order, "")?)?)
    }

    /// Who the shop is.
    pub(super) const fn identity(&self) -> &Identity {
        &self.config.identity
    }

    /// The day of a moment, in Amsterdam.
    pub(super) fn day(&self, at: Timestamp) -> Day {
        self.clock.day(at)
    }

    /// What to transfer, name by name, while an order waits for it.
    pub(super) fn transfer_facts(&self, order: &Order) -> Result<Option<TransferFacts>, LettersError> {
        let (Method::BankTransfer, OrderState::AwaitingPayment { until }) = (order.method, order.state) else {
            return Ok(None);
        };
        self.facts(order, order.totals.total, self.moment(until)).map(Some)
    }

    /// Where to transfer an amount for an order, and until when.
    pub(super) fn facts(&self, order: &Order, amount: Money, until: String) -> Result<TransferFacts, LettersError> {
        let reference = CreditorReference::of(order.number.as_str()).ok_or(LettersError::Reference)?;
        let iban: Vec<char> = self.config.bank.iban.chars().filter(|c| !c.is_whitespace()).collect();
        Ok([
            ("Bedrag", amount.to_string()),
            ("IBAN", iban.chunks(4).map(|group| group.iter().collect::<String>()).collect::<Vec<_>>().join(" ")),
            ("Op naam van", self.config.bank.holder.clone()),
            ("Betalingskenmerk", reference.grouped()),
            ("Uiterlijk", until),
        ])
    }

    /// The same for a mail.
    fn transfer(&self, order: &Order) -> Result<Option<Value>, LettersError> {
        Ok(self.transfer_facts(order)?.map(as_transfer))
    }

    /// Now.
    pub(super) fn now(&self) -> Timestamp {
        self.clock.now()
    }

    /// `dinsdag 24 november 2026`, in Amsterdam.
    pub(super) fn date(&self, at: Timestamp) -> String {
        let day = self.clock.day(at);
        format!("{} {}", day.weekday_name(), day.long())
    }

    /// `dinsdag 24 november 2026, 20.14 uur`, in Amsterdam.
    pub(super) fn moment(&self, at: Timestamp) -> String {
        let day = self.clock.day(at);
        format!("{} {}, {:02}.{:02} uur", day.weekday_name(), day.long(), self.clock.hour(at), self.clock.minute(at))
    }
}

/// What to transfer, name by name.
pub(super) type TransferFacts = [(&'static str, String); 5];

/// The same as the templates name it.
pub(super) fn as_transfer([(_, amount), (_, iban), (_, holder), (_, reference), (_, until)]: TransferFacts) -> Value {
    context! { holder, iban, amount, reference, until }
}

/// What a code took off, with a minus before it; `None` without a discount.
fn discount(order: &Order) -> Result<Option<Value>, LettersError> {
    let Some(code) = &order.code else { return Ok(None) };
    let amount = Money::ZERO.minus(order.totals.discount).map_err(|_| LettersError::Amount)?;
    Ok(Some(context! { code => code.as_str(), amount => amount.to_string() }))
}

fn line(line: &OrderLine) -> Result<Value, LettersError> {
    let sum = line.unit.times(line.quantity).map_err(|_| LettersError::Amount)?;
    Ok(context! {
        title => &line.title,
        colour => &line.colour,
        size => &line.size,
        sku => &line.sku,
        fibre => &line.fibre,
        quantity => line.quantity,
        unit => line.unit.to_string(),
        sum => sum.to_string(),
    })
}
