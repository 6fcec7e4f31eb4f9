//! The discount code on a cart: put on, taken off, and asked anew each time the cart is added up.
//!
//! The code stands with the cart and not in the checkout draft: it holds before checkout begins, and a draft is written whole by
//! forms that know nothing of it.

use crate::ports::{FiledDiscount, Tx};
use crate::trouble::Trouble;
use crate::{Shop, Visitor};
use shop_core::ShopError;
use shop_core::address::Country;
use shop_core::cart::{Cart, PricedLine, Totals, goods, price};
use shop_core::discount::{DiscountCode, DiscountRefusal};
use shop_core::id::OrderId;
use shop_core::money::Money;
use shop_core::time::Timestamp;

/// The code on a cart and what it does now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CodeOnCart {
    /// The code.
    pub code: DiscountCode,
    /// What it takes off, or why nothing.
    pub off: Result<Money, DiscountRefusal>,
}

/// The code that a cart asks for, as the store knows it.
pub(crate) struct Wanted {
    code: DiscountCode,
    filed: Option<FiledDiscount>,
}

impl Wanted {
    /// What the cart asks for; `None` when it has no code.
    pub(crate) async fn by(cart: &Cart, tx: &mut dyn Tx) -> Result<Option<Self>, ShopError> {
        let Some(code) = cart.code.clone() else { return Ok(None) };
        let filed = tx.discount(&code).await.trouble()?;
        Ok(Some(Self { code, filed }))
    }

    fn off(&self, goods: Money, now: Timestamp) -> Result<Money, DiscountRefusal> {
        let filed = self.filed.as_ref().ok_or(DiscountRefusal::Unknown)?;
        filed.discount.off(goods, filed.uses, now)
    }
}

impl Shop {
    /// What lines cost with a code and delivery: the one sum of the cart, the review and the order.
    ///
    /// Free delivery is decided by the goods after the discount: the limit is about what is paid for goods, and this way a code
    /// never takes off more than it says.
    pub(crate) fn sum(
        &self,
        lines: &[PricedLine],
        wanted: Option<&Wanted>,
        country: Country,
    ) -> Result<(Totals, Option<CodeOnCart>), ShopError> {
        let goods = goods(lines).trouble()?;
        let now = self.clock.now();
        let code = wanted.map(|wanted| CodeOnCart { code: wanted.code.clone(), off: wanted.off(goods, now) });
        let off = code.as_ref().and_then(|code| code.off.ok()).unwrap_or(Money::ZERO);
        let shipping = if lines.is_empty() {
            Money::ZERO
        } else {
            let to_pay = goods.minus(off).trouble()?;
            self.settings.shipping.cost(to_pay, country).ok_or(ShopError::NoDelivery)?
        };
        Ok((price(lines, off, shipping).trouble()?, code))
    }

    /// Puts a code on the cart of a visitor, in the place of the one before. One that takes nothing off now is refused with the
    /// reason, and the cart is as it was.
    pub async fn apply_discount(&self, visitor: &Visitor, typed: &str) -> Result<(), ShopError> {
        if typed.trim().is_empty() {
            return Err(DiscountRefusal::Missing.into());
        }
        let code = DiscountCode::parse(typed).ok_or(DiscountRefusal::Unknown)?;
        let id = visitor.session.as_ref().and_then(|session| session.cart).ok_or(ShopError::EmptyCart)?;
        let now = self.clock.now();
        let mut tx = self.store.begin().await.trouble()?;
        let mut cart =
            tx.cart(id).await.trouble()?.filter(|cart| !cart.lines.is_empty()).ok_or(ShopError::EmptyCart)?;
        cart.code = Some(code);
        let wanted = Wanted::by(&cart, &mut *tx).await?;
        let filled = self.fill(&cart.lines, &[], wanted.as_ref(), Country::default())?;
        if let Some(Err(refusal)) = filled.code.map(|code| code.off) {
            return Err(refusal.into());
        }
        tx.save_cart(&cart, now).await.trouble()?;
        tx.commit().await.trouble()
    }

    /// Takes the code off the cart of a visitor. Without one nothing happens.
    pub async fn remove_discount(&self, visitor: &Visitor) -> Result<(), ShopError> {
        let Some(id) = visitor.session.as_ref().and_then(|session| session.cart) else { return Ok(()) };
        let mut tx = self.store.begin().await.trouble()?;
        let Some(mut cart) = tx.cart(id).await.trouble()?.filter(|cart| cart.code.is_some()) else { return Ok(()) };
        cart.code = None;
        tx.save_cart(&cart, self.clock.now()).await.trouble()?;
        tx.commit().await.trouble()
    }

    /// Counts the use of a code by an order, in the transaction that places it. Refused when it was ended or used up by others
    /// since the order was priced; the reason is that of this very moment.
    pub(crate) async fn take_discount(
        &self,
        tx: &mut dyn Tx,
        cart: &Cart,
        order: OrderId,
        goods: Money,
        now: Timestamp,
    ) -> Result<(), ShopError> {
        let Some(code) = &cart.code else { return Ok(()) };
        if tx.take_discount(code, order, now).await.trouble()? {
            return Ok(());
        }
        let wanted = Wanted::by(cart, tx).await?;
        let refusal = wanted.and_then(|wanted| wanted.off(goods, now).err()).unwrap_or(DiscountRefusal::UsedUp);
        Err(refusal.into())
    }
}
