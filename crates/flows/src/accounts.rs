//! Accounts: signing in with a mailed code, addresses, orders.

use crate::job::Job;
use crate::ports::{Customer, OrderQuery, OrderSummary, Session, SignInCode, Tx};
use crate::trouble::Trouble;
use crate::{Shop, Visitor};
use shop_core::ShopError;
use shop_core::address::Address;
use shop_core::checkout::{Details, Field, FieldError, Mistake, TypedDetails, mistake_in_email};
use shop_core::email::EmailAddress;
use shop_core::id::{AddressId, CustomerId};
use shop_core::order::Contact;
use shop_core::time::Seconds;

const CODE_LENGTH: Seconds = Seconds::minutes(10);
const MOST_TRIES: u32 = 5;
const CODE_AGAIN_AFTER: Seconds = Seconds(30);
/// Codes that are mailed to one mailbox in a day, whoever asks for them. More is no shopper, but somebody who fills her box.
const MOST_CODES: u32 = 10;
/// So many a browser in which she ordered gets all the same: a stranger who used hers up does not keep her out.
const MOST_CODES_OF_HER_BROWSER: u32 = 5;
/// How long we remember that codes were mailed.
pub(crate) const CODES_COUNT_FOR: Seconds = Seconds::days(1);

/// The account as its owner sees it.
#[derive(Debug, Clone)]
pub struct Account {
    /// Who she is.
    pub customer: Customer,
    /// Orders, newest first.
    pub orders: Vec<OrderSummary>,
    /// Addresses, default first.
    pub addresses: Vec<(AddressId, Address)>,
}

/// What a code is for. One that was asked for to sign in confirms nothing else.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum CodeFor {
    /// Signing in.
    SignIn,
    /// Having everything erased.
    Erasure,
}

fn wrong(field: Field, mistake: Mistake) -> ShopError {
    ShopError::Fields(vec![FieldError { field, mistake }])
}

impl Shop {
    /// Mails a six-digit code, which is good in this browser only: nobody else can use up its tries. An address without an account
    /// gets one too: it becomes an account when the code is used, so nobody learns from the answer who has ordered here. A mailbox that got
    /// many today gets no more, and the form says so.
    pub async fn send_code(&self, visitor: &mut Visitor, typed: &str) -> Result<EmailAddress, ShopError> {
        self.send_code_for(visitor, typed, CodeFor::SignIn).await
    }

    /// The same for another purpose.
    pub(crate) async fn send_code_for(
        &self,
        visitor: &mut Visitor,
        typed: &str,
        what: CodeFor,
    ) -> Result<EmailAddress, ShopError> {
        let email = EmailAddress::parse(typed).map_err(|error| wrong(Field::Email, mistake_in_email(error)))?;
        if email.is_nobody() {
            return Ok(email);
        }
        let session = self.session(visitor).await?.hash.clone();
        let now = self.clock.now();
        let mut tx = self.store.begin().await.trouble()?;
        let before = tx.code(&email, &session).await.trouble()?;
        let fresh = before.as_ref().is_some_and(|code| now.since(code.created_at) < CODE_AGAIN_AFTER);
        let sent = tx.codes_sent(&email, now.plus(Seconds(-CODES_COUNT_FOR.0))).await.trouble()?;
        if !fresh {
            if sent >= MOST_CODES {
                let here = before.as_ref().map_or(0, |code| code.sent);
                if here >= MOST_CODES_OF_HER_BROWSER || !self.ordered_here(&mut *tx, visitor, &email).await? {
                    return Err(wrong(Field::Email, Mistake::TooManyCodes));
                }
            }
            let code = format!("{:06}", self.random.number(1_000_000));
            let kept = SignInCode {
                hash: self.code_hash(what, &email, &code),
                tries: 0,
                sent: before.map_or(0, |code| code.sent).saturating_add(1),
                created_at: now,
                expires_at: now.plus(CODE_LENGTH),
            };
            tx.save_code(&email, &session, &kept).await.trouble()?;
            let to = email.clone();
            let job = match what {
                CodeFor::SignIn => Job::MailCode { to, code },
                CodeFor::Erasure => Job::MailErasureCode { to, code },
            };
            self.enqueue(&mut *tx, &job, now, None).await?;
            tx.commit().await.trouble()?;
        }
        Ok(email)
    }

    /// Whether somebody ordered in this browser with that mail address.
    async fn ordered_here(&self, tx: &mut dyn Tx, visitor: &Visitor, email: &EmailAddress) -> Result<bool, ShopError> {
        let orders = visitor.session.as_ref().map(|session| session.orders.as_slice()).unwrap_or_default();
        for number in orders {
            let order = tx.order_by_number(number).await.trouble()?;
            if order.is_some_and(|order| order.contact.email == *email) {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// Signs in with a mailed code. The session gets a new id.
    pub async fn enter_code(&self, visitor: &mut Visitor, email: &str, typed: &str) -> Result<(), ShopError> {
        let email = EmailAddress::parse(email).map_err(|error| wrong(Field::Email, mistake_in_email(error)))?;
        let now = self.clock.now();
        let mut tx = self.checked_code(visitor, &email, typed, CodeFor::SignIn).await?;
        let known = tx.customer_by_email(&email).await.trouble()?;
        let mut customer =
            known.unwrap_or_else(|| Customer::unproven(CustomerId::new(self.random.id()), email.clone(), now));
        self.adopt_address(&mut *tx, visitor, &mut customer).await?;
        customer.verified_at = Some(customer.verified_at.unwrap_or(now));
        tx.save_customer(&customer).await.trouble()?;
        tx.account_was_used(customer.id, now).await.trouble()?;
        tx.commit().await.trouble()?;
        let cart = self.join_carts(visitor, customer.id).await?;
        let enter = |session: &mut Session| {
            session.customer = Some(customer.id);
            session.cart = cart.or(session.cart);
        };
        self.renew_session(visitor, enter).await
    }

    /// Uses up the code that was mailed for this. A wrong one counts; five of them spend it.
    pub(crate) async fn use_up_code(
        &self,
        visitor: &Visitor,
        email: &EmailAddress,
        typed: &str,
        what: CodeFor,
    ) -> Result<(), ShopError> {
        self.checked_code(visitor, email, typed, what).await?.commit().await.trouble()
    }

    /// The transaction in which the code was used up, to go on with.
    async fn checked_code(
        &self,
        visitor: &Visitor,
        email: &EmailAddress,
        typed: &str,
        what: CodeFor,
    ) -> Result<Box<dyn Tx>, ShopError> {
        let typed: String = typed.chars().filter(|c| !c.is_whitespace() && *c != '-').collect();
        if typed.is_empty() {
            return Err(wrong(Field::Code, Mistake::Missing));
        }
        let Some(session) = visitor.session.as_ref().map(|session| session.hash.clone()) else {
            return Err(wrong(Field::Code, Mistake::CodeExpired));
        };
        let now = self.clock.now();
        let mut tx = self.store.begin().await.trouble()?;
        let code = tx.code(email, &session).await.trouble()?;
        let Some(mut code) = code.filter(|code| code.expires_at > now && code.tries < MOST_TRIES) else {
            return Err(wrong(Field::Code, Mistake::CodeExpired));
        };
        if !self.secrets.equal(&code.hash, &self.code_hash(what, email, &typed)) {
            code.tries += 1;
            let spent = code.tries >= MOST_TRIES;
            tx.save_code(email, &session, &code).await.trouble()?;
            tx.commit().await.trouble()?;
            return Err(wrong(Field::Code, if spent { Mistake::CodeExpired } else { Mistake::WrongCode }));
        }
        tx.delete_code(email, &session).await.trouble()?;
        Ok(tx)
    }

    /// Whoever ordered in this browser and proves the mail address now finds name and address of that order in her account. What
    /// somebody else typed with her mail address does not get there.
    async fn adopt_address(
        &self,
        tx: &mut dyn Tx,
        visitor: &Visitor,
        customer: &mut Customer,
    ) -> Result<(), ShopError> {
        if !tx.addresses(customer.id).await.trouble()?.is_empty() {
            return Ok(());
        }
        let orders = visitor.session.as_ref().map(|session| session.orders.clone()).unwrap_or_default();
        for number in &orders {
            let order = tx.order_by_number(number).await.trouble()?;
            let Some(order) = order.filter(|order| order.customer == customer.id) else { continue };
            customer.given_name.clone_from(&order.address.name.given);
            customer.family_name.clone_from(&order.address.name.family);
            customer.phone.clone_from(&order.contact.phone);
            tx.save_customer(customer).await.trouble()?;
            let id = AddressId::new(self.random.id());
            return tx.save_address(customer.id, id, &order.address, self.clock.now()).await.trouble();
        }
        Ok(())
    }

    fn code_hash(&self, what: CodeFor, email: &EmailAddress, code: &str) -> String {
        let purpose = match what {
            CodeFor::SignIn => "sign-in-code",
            CodeFor::Erasure => "erasure-code",
        };
        self.secrets.hash(purpose, format!("{}:{code}", email.folded()).as_bytes())
    }

    /// Signs out; the pieces in the cart stay in this browser, orders and what was typed do not.
    pub async fn sign_out(&self, visitor: &mut Visitor) -> Result<(), ShopError> {
        if visitor.session.is_none() {
            return Ok(());
        }
        let cart = self.leave_cart(visitor).await?;
        let forget = |session: &mut Session| {
            session.customer = None;
            session.orders.clear();
            session.cart = cart;
        };
        self.renew_session(visitor, forget).await
    }

    /// The account of a visitor who is signed in.
    pub async fn account(&self, visitor: &Visitor) -> Result<Account, ShopError> {
        let id = visitor.customer().ok_or(ShopError::SignInNeeded)?;
        let mut tx = self.store.read().await.trouble()?;
        let customer = tx.customer(id).await.trouble()?.ok_or(ShopError::SignInNeeded)?;
        let query = OrderQuery { customer: Some(id), page: 1, per_page: 100, ..OrderQuery::default() };
        let (orders, _) = tx.orders(&query).await.trouble()?;
        let addresses = tx.addresses(id).await.trouble()?;
        Ok(Account { customer, orders, addresses })
    }

    /// What we know about a signed-in shopper, as the details form shows it.
    pub(crate) async fn known_details(&self, tx: &mut dyn Tx, id: CustomerId) -> Result<TypedDetails, ShopError> {
        let Some(customer) = tx.customer(id).await.trouble()? else { return Ok(TypedDetails::default()) };
        let contact = Contact { email: customer.email.clone(), phone: customer.phone.clone() };
        let address = tx.addresses(id).await.trouble()?.into_iter().next();
        Ok(match address {
            Some((_, address)) => TypedDetails::from(&Details { contact, address }),
            None => TypedDetails {
                email: customer.email.as_str().to_owned(),
                given_name: customer.given_name,
                family_name: customer.family_name,
                ..TypedDetails::default()
            },
        })
    }

    /// Adds an address to the account. The mistakes come back when it is not understood.
    pub async fn save_address(&self, visitor: &Visitor, mut typed: TypedDetails) -> Result<(), ShopError> {
        let id = visitor.customer().ok_or(ShopError::SignInNeeded)?;
        let mut tx = self.store.begin().await.trouble()?;
        let customer = tx.customer(id).await.trouble()?.ok_or(ShopError::SignInNeeded)?;
        typed.email = customer.email.as_str().to_owned();
        let details = typed.understand().map_err(ShopError::Fields)?;
        tx.save_address(id, AddressId::new(self.random.id()), &details.address, self.clock.now()).await.trouble()?;
        tx.commit().await.trouble()
    }

    /// Removes an address of the account.
    pub async fn delete_address(&self, visitor: &Visitor, address: &str) -> Result<(), ShopError> {
        let id = visitor.customer().ok_or(ShopError::SignInNeeded)?;
        let address = AddressId::parse(address).ok_or(ShopError::NotFound)?;
        let mut tx = self.store.begin().await.trouble()?;
        if !tx.delete_address(id, address).await.trouble()? {
            return Err(ShopError::NotFound);
        }
        tx.commit().await.trouble()
    }
}
