//! The cart of a visitor, priced for delivery in the Netherlands until she names another country.

use crate::counts::Counted;
use crate::discount::{CodeOnCart, Wanted};
use crate::ports::{HeldLine, Tx};
use crate::trouble::Trouble;
use crate::{Shop, Visitor};
use shop_core::ShopError;
use shop_core::address::Country;
use shop_core::cart::{Cart, CartError, Line, PricedLine, Quantity, Totals};
use shop_core::catalog::{Availability, Product, Variant};
use shop_core::id::{CartId, CustomerId, VariantId};
use shop_core::stock::Hold;
use std::sync::Arc;

/// A line of a cart with what it stands for.
#[derive(Debug, Clone)]
pub struct FilledLine {
    /// The line.
    pub line: Line,
    /// Its product.
    pub product: Arc<Product>,
    /// Its size.
    pub variant: Variant,
    /// Pieces that she can have: what is free and what is held for her.
    pub available: u32,
}

/// A cart with products, totals and hold.
#[derive(Debug, Clone)]
pub struct FilledCart {
    /// Lines whose article is still in the shop.
    pub lines: Vec<FilledLine>,
    /// Totals.
    pub totals: Totals,
    /// The discount code on it.
    pub code: Option<CodeOnCart>,
    /// The hold, while checking out.
    pub hold: Option<Hold>,
    /// Where it would go.
    pub country: Country,
}

impl FilledCart {
    /// Whether it can be ordered: not empty, and every line can be had.
    pub fn can_order(&self) -> bool {
        !self.lines.is_empty() && self.lines.iter().all(|line| line.line.quantity.get() <= line.available)
    }
}

impl Shop {
    /// The cart of a visitor; an empty one when she has none.
    pub async fn filled_cart(&self, visitor: &Visitor, country: Country) -> Result<FilledCart, ShopError> {
        let Some(id) = visitor.session.as_ref().and_then(|session| session.cart) else {
            return self.fill(&[], &[], None, country);
        };
        let mut tx = self.store.read().await.trouble()?;
        let cart = tx.cart(id).await.trouble()?.unwrap_or_else(|| Cart::empty(id));
        let holds = tx.holds(id).await.trouble()?;
        let wanted = Wanted::by(&cart, &mut *tx).await?;
        self.fill(&cart.lines, &holds, wanted.as_ref(), country)
    }

    pub(crate) fn fill(
        &self,
        lines: &[Line],
        holds: &[HeldLine],
        wanted: Option<&Wanted>,
        country: Country,
    ) -> Result<FilledCart, ShopError> {
        let snapshot = self.catalogue.current();
        let now = self.clock.now();
        let lines: Vec<FilledLine> = lines
            .iter()
            .filter_map(|line| {
                let (product, variant) = snapshot.product_of(line.variant)?;
                let held: u32 =
                    holds.iter().filter(|held| held.variant == line.variant).map(|held| held.quantity).sum();
                Some(FilledLine {
                    line: line.clone(),
                    product: product.clone(),
                    variant: variant.clone(),
                    available: variant.available + held,
                })
            })
            .collect();
        let hold = holds.first().map(|held| held.hold).filter(|hold| !hold.is_over(now));
        let priced: Vec<PricedLine> = lines
            .iter()
            .map(|line| PricedLine {
                variant: line.line.variant,
                unit: line.variant.price.now,
                quantity: line.line.quantity.get(),
                rate: line.product.vat,
            })
            .collect();
        let (totals, code) = self.sum(&priced, wanted, country)?;
        Ok(FilledCart { lines, totals, code, hold, country })
    }

    /// Puts pieces of a size into the cart of a visitor, making session and cart when she has none.
    pub async fn add_to_cart(
        &self,
        visitor: &mut Visitor,
        variant: VariantId,
        more: Quantity,
    ) -> Result<(), ShopError> {
        self.change_cart(visitor, variant, |cart| cart.quantity_of(variant) + more.get()).await?;
        self.counts.add(Counted::Bag);
        Ok(())
    }

    /// Makes it `wanted` pieces of a size; zero takes it out.
    pub async fn change_quantity(
        &self,
        visitor: &mut Visitor,
        variant: VariantId,
        wanted: u32,
    ) -> Result<(), ShopError> {
        self.change_cart(visitor, variant, |_| wanted).await
    }

    async fn change_cart(
        &self,
        visitor: &mut Visitor,
        variant: VariantId,
        wanted: impl FnOnce(&Cart) -> u32 + Send,
    ) -> Result<(), ShopError> {
        let snapshot = self.catalogue.current();
        let known = snapshot.product_of(variant).map(|(_, size)| size.price.now);
        self.session(visitor).await?;
        let mut tx = self.store.begin().await.trouble()?;
        let mut session = self.stored_session(&mut *tx, visitor).await?.ok_or(ShopError::Conflict)?;
        let mut cart = match session.cart {
            Some(id) => tx.cart(id).await.trouble()?,
            None => None,
        }
        .unwrap_or_else(|| Cart::empty(CartId::new(self.random.id())));
        let wanted = wanted(&cart);
        // What is no longer in the shop can only be taken out.
        let unit = match known {
            Some(unit) => unit,
            None if wanted == 0 => shop_core::money::Money::ZERO,
            None => return Err(ShopError::NotFound),
        };
        let released = tx.release_cart(cart.id).await.trouble()?;
        let available = tx.stock(variant).await.trouble()?.map_or(0, |stock| stock.available());
        cart.set(variant, wanted, unit, available)?;
        tx.save_cart(&cart, self.clock.now()).await.trouble()?;
        self.announce(&mut *tx, &released).await?;
        if session.cart != Some(cart.id) {
            session.cart = Some(cart.id);
            tx.save_session(&session).await.trouble()?;
            if let Some(customer) = session.customer {
                tx.share_cart(customer, cart.id).await.trouble()?;
            }
        }
        tx.commit().await.trouble()?;
        visitor.session = Some(session);
        self.stock_changed(&released);
        Ok(())
    }

    /// At sign-in: what is in this browser joins what the account has in another one, and all of them share it from now on.
    /// What was typed in checkout so far goes along.
    pub(crate) async fn join_carts(
        &self,
        visitor: &Visitor,
        customer: CustomerId,
    ) -> Result<Option<CartId>, ShopError> {
        let mut tx = self.store.begin().await.trouble()?;
        let here = match self.stored_session(&mut *tx, visitor).await?.and_then(|session| session.cart) {
            Some(id) => tx.cart(id).await.trouble()?.filter(|cart| !cart.lines.is_empty()),
            None => None,
        };
        let there = match tx.cart_of_customer(customer).await.trouble()? {
            Some(id) => tx.cart(id).await.trouble()?,
            None => None,
        };
        let (joined, changes) = match (here, there) {
            (Some(here), Some(mut there)) if here.id != there.id => {
                let mut changes = tx.release_cart(here.id).await.trouble()?;
                changes.extend(tx.release_cart(there.id).await.trouble()?);
                there.merge(&here);
                tx.save_cart(&there, self.clock.now()).await.trouble()?;
                if let Some(draft) = tx.draft(here.id).await.trouble()? {
                    tx.save_draft(there.id, &draft, self.clock.now()).await.trouble()?;
                }
                tx.delete_cart(here.id).await.trouble()?;
                (there, changes)
            }
            (Some(one), _) | (None, Some(one)) => (one, Vec::new()),
            (None, None) => return Ok(None),
        };
        tx.share_cart(customer, joined.id).await.trouble()?;
        self.announce(&mut *tx, &changes).await?;
        tx.commit().await.trouble()?;
        self.stock_changed(&changes);
        Ok(Some(joined.id))
    }

    /// At sign-out: the pieces stay in this browser as a cart of its own. What was typed in checkout, and an order that a cart
    /// became, stay with the account: the next person at this browser must not see them.
    pub(crate) async fn leave_cart(&self, visitor: &Visitor) -> Result<Option<CartId>, ShopError> {
        let mut tx = self.store.begin().await.trouble()?;
        let Some(id) = self.stored_session(&mut *tx, visitor).await?.and_then(|session| session.cart) else {
            return Ok(None);
        };
        let Some(cart) = tx.cart(id).await.trouble()?.filter(|cart| !cart.lines.is_empty()) else { return Ok(None) };
        let copy = Cart { id: CartId::new(self.random.id()), lines: cart.lines, code: None };
        tx.save_cart(&copy, self.clock.now()).await.trouble()?;
        let mut changes = Vec::new();
        if tx.sessions_with_cart(id).await.trouble()? <= 1 {
            changes = tx.release_cart(id).await.trouble()?;
            tx.delete_cart(id).await.trouble()?;
        }
        self.announce(&mut *tx, &changes).await?;
        tx.commit().await.trouble()?;
        self.stock_changed(&changes);
        Ok(Some(copy.id))
    }

    /// Holds the stock of a cart for checkout, unless it is held already. When a size cannot be had any more nothing is held and
    /// the error names it.
    pub async fn hold_cart(&self, visitor: &Visitor) -> Result<Hold, ShopError> {
        let id = visitor.session.as_ref().and_then(|session| session.cart).ok_or(ShopError::EmptyCart)?;
        let now = self.clock.now();
        let mut tx = self.store.read().await.trouble()?;
        let cart = tx.cart(id).await.trouble()?.filter(|cart| !cart.lines.is_empty()).ok_or(ShopError::EmptyCart)?;
        let holds = tx.holds(id).await.trouble()?;
        drop(tx);
        if let Some(hold) = covering_hold(&cart, &holds).filter(|hold| !hold.is_over(now)) {
            return Ok(hold);
        }
        let mut tx = self.store.begin().await.trouble()?;
        // Read again: another tab may have changed it, or ordered it, since.
        let cart = tx.cart(id).await.trouble()?.filter(|cart| !cart.lines.is_empty()).ok_or(ShopError::EmptyCart)?;
        // A bag that changed while it was held is held on: its extensions count, or holding would never end.
        let before = tx.holds(id).await.trouble()?.first().map(|held| held.hold).filter(|hold| !hold.is_over(now));
        let hold = Hold { extended: before.map_or(0, |hold| hold.extended), ..Hold::starting(now) };
        let changes = self.hold_lines(&mut *tx, &cart, hold).await?;
        self.announce(&mut *tx, &changes).await?;
        tx.commit().await.trouble()?;
        self.stock_changed(&changes);
        Ok(hold)
    }

    /// Lets go of what is held for the cart and holds all of it anew.
    pub(crate) async fn hold_lines(
        &self,
        tx: &mut dyn Tx,
        cart: &Cart,
        hold: Hold,
    ) -> Result<Vec<crate::ports::Left>, ShopError> {
        let mut changes = tx.release_cart(cart.id).await.trouble()?;
        for line in &cart.lines {
            let id = shop_core::id::ReservationId::new(self.random.id());
            match tx.hold(cart.id, line.variant, line.quantity.get(), hold, id).await.trouble()? {
                Ok(left) => changes.push(left),
                Err(available) => {
                    let left = Availability::of(available);
                    return Err(CartError::SoldOut { variant: line.variant, left }.into());
                }
            }
        }
        Ok(changes)
    }

    /// Moves the end of the hold by another full length.
    pub async fn extend_hold(&self, visitor: &Visitor) -> Result<Hold, ShopError> {
        let id = visitor.session.as_ref().and_then(|session| session.cart).ok_or(ShopError::EmptyCart)?;
        let now = self.clock.now();
        let mut tx = self.store.begin().await.trouble()?;
        let holds = tx.holds(id).await.trouble()?;
        let Some(current) = holds.first().map(|held| held.hold).filter(|hold| !hold.is_over(now)) else {
            drop(tx);
            return self.hold_cart(visitor).await;
        };
        let longer = current.extend(now).ok_or(ShopError::TooLate)?;
        tx.extend_holds(id, longer).await.trouble()?;
        tx.commit().await.trouble()?;
        Ok(longer)
    }
}

/// The hold, if it covers exactly what is in the cart.
pub(crate) fn covering_hold(cart: &Cart, holds: &[HeldLine]) -> Option<Hold> {
    let covers = cart.lines.len() == holds.len()
        && cart
            .lines
            .iter()
            .all(|line| holds.iter().any(|held| held.variant == line.variant && held.quantity == line.quantity.get()));
    if covers { holds.first().map(|held| held.hold) } else { None }
}
