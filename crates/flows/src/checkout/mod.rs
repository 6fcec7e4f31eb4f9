//! Checkout. Three steps, because people make three decisions: who and where, how to pay, yes. What was typed is kept beside the
//! cart, so reload, back button, closed tab and second tab are all the same to us.

mod offer;
mod place;

pub(crate) use place::{ASK_AFTER, happening};
pub use place::{NextStep, ORDER_BUTTON};

use crate::ports::Draft;
use crate::trouble::Trouble;
use crate::{Shop, Visitor};
use shop_core::ShopError;
use shop_core::address::{Country, HouseNumber, PostalCode};
use shop_core::checkout::{Field, FieldError, Mistake, TypedDetails, slip};
use shop_core::id::CartId;
use shop_core::order::OrderNumber;
use shop_core::payment::Method;

/// Where somebody who wants to check out really belongs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Place {
    /// In checkout, with this cart and draft.
    Here(CartId, Box<Draft>),
    /// The cart became this order already.
    Ordered(OrderNumber),
    /// There is nothing to order.
    EmptyCart,
}

impl Shop {
    /// Where a visitor stands in checkout.
    pub async fn checkout(&self, visitor: &Visitor) -> Result<Place, ShopError> {
        let Some(session) = &visitor.session else { return Ok(Place::EmptyCart) };
        let mut tx = self.store.read().await.trouble()?;
        if let Some(id) = session.cart {
            if let Some(order) = tx.order_of_cart(id).await.trouble()? {
                return Ok(Place::Ordered(order.number));
            }
            let filled = tx.cart(id).await.trouble()?.is_some_and(|cart| !cart.lines.is_empty());
            if filled {
                let mut draft = tx.draft(id).await.trouble()?.unwrap_or_default();
                if draft.typed == TypedDetails::default()
                    && let Some(customer) = session.customer
                {
                    draft.typed = self.known_details(&mut *tx, customer).await?;
                }
                return Ok(Place::Here(id, Box::new(draft)));
            }
        }
        Ok(Place::EmptyCart)
    }

    /// The country that the cart of a visitor goes to, as far as she said.
    pub fn country_of(draft: &Draft) -> Country {
        Country::parse(&draft.typed.country).unwrap_or_default()
    }

    /// Keeps the details form. Ok when it was understood; otherwise the mistakes are kept with it. A mail address that looks like a slip
    /// of the pen is asked about once; one that she sends again, or that we know already, stands.
    pub async fn send_details(
        &self,
        visitor: &Visitor,
        typed: TypedDetails,
        newsletter: bool,
    ) -> Result<bool, ShopError> {
        let Place::Here(cart, mut draft) = self.checkout(visitor).await? else { return Err(ShopError::EmptyCart) };
        let understood = typed.understand();
        let slip = if draft.typed.email == typed.email { None } else { slip(Field::Email, &typed.email) };
        draft.typed = typed.kept().tidied();
        draft.newsletter = newsletter;
        match understood {
            Ok(details) if self.settings.shipping.rate(details.address.country).is_none() => {
                draft.errors = vec![FieldError { field: Field::Country, mistake: Mistake::NotOffered }];
            }
            Ok(details) => {
                draft.errors = slip.into_iter().collect();
                draft.proposal = self.proposal(&details.address).await;
            }
            Err(errors) => draft.errors = slip.into_iter().chain(errors).collect(),
        }
        draft.details_done = draft.errors.is_empty();
        draft.notice = None;
        self.save_draft(cart, &draft).await?;
        Ok(draft.details_done)
    }

    /// What the register says instead, when it differs from what was typed. A silent register proposes nothing.
    async fn proposal(&self, address: &shop_core::address::Address) -> Option<(String, String)> {
        if address.country != Country::Nl {
            return None;
        }
        let found = self.register.find(&address.postal_code, &address.house).await.ok().flatten()?;
        let same = found.street.eq_ignore_ascii_case(&address.street) && found.city.eq_ignore_ascii_case(&address.city);
        (!same).then_some((found.street, found.city))
    }

    /// Street and town of a postal code and number, while the form is being filled in.
    pub async fn find_address(&self, postal_code: &str, house: &str) -> Option<(String, String)> {
        let code = PostalCode::parse(postal_code, Country::Nl).ok()?;
        let house = HouseNumber::parse(house).ok()?;
        let found = self.register.find(&code, &house).await.ok().flatten()?;
        Some((found.street, found.city))
    }

    /// Keeps the method. False when none, or one that is not offered, was chosen.
    pub async fn send_method(&self, visitor: &Visitor, method: &str) -> Result<bool, ShopError> {
        let Place::Here(cart, mut draft) = self.checkout(visitor).await? else { return Err(ShopError::EmptyCart) };
        let known = Method::parse(method).filter(|method| self.offers(*method));
        let chosen = match (known, draft.typed.understand()) {
            (Some(method), Ok(details)) => {
                let total = self.filled_cart(visitor, details.address.country).await?.totals.total;
                let buyer = self.buyer(visitor, None).await?;
                let may = self.may_pay(method, &details.contact, &details.address, total, buyer);
                known.filter(|_| may.is_ok())
            }
            _ => known,
        };
        draft.method = chosen;
        draft.errors = match chosen {
            Some(_) => Vec::new(),
            None => vec![FieldError {
                field: Field::Method,
                mistake: if method.is_empty() { Mistake::Missing } else { Mistake::NotOffered },
            }],
        };
        self.save_draft(cart, &draft).await?;
        Ok(chosen.is_some())
    }

    /// Leaves a sentence, by name, for the next checkout page.
    pub async fn set_checkout_notice(&self, visitor: &Visitor, notice: Option<String>) -> Result<(), ShopError> {
        let Place::Here(cart, mut draft) = self.checkout(visitor).await? else { return Ok(()) };
        draft.notice = notice;
        self.save_draft(cart, &draft).await
    }

    async fn save_draft(&self, cart: CartId, draft: &Draft) -> Result<(), ShopError> {
        let mut tx = self.store.begin().await.trouble()?;
        tx.save_draft(cart, draft, self.clock.now()).await.trouble()?;
        tx.commit().await.trouble()
    }
}
