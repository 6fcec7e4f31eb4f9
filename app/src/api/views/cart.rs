//! Views of the cart.

use super::super::ApiError;
use super::super::cart::{CartLine, CartView, CodeView, HoldView, LineNotice, RefusedCode};
use super::super::server::{Flash, go, is_form, keep, leave, left, own_path, shop, visitor};
use super::catalog::{card, picture};
use super::checkout::go_where_she_belongs;
use shop_core::ShopError;
use shop_core::address::Country;
use shop_core::cart::Quantity;
use shop_core::catalog::Availability;
use shop_core::id::VariantId;
use shop_core::money::Money;
use shop_core::stock::Hold;
use shop_flows::cart::{FilledCart, FilledLine};
use shop_flows::{Shop, Visitor};

/// The hold as pages show it.
pub fn hold_view(shop: &Shop, hold: Hold) -> HoldView {
    let now = shop.clock.now();
    HoldView {
        seconds_left: hold.until.since(now).0.max(0),
        until_hour: shop.clock.hour(hold.until),
        until_minute: shop.clock.minute(hold.until),
        can_extend: hold.extended < Hold::MOST_EXTENSIONS,
    }
}

/// A filled cart as pages show it.
pub fn cart_view(shop: &Shop, cart: &FilledCart) -> CartView {
    let snapshot = shop.catalogue.current();
    let free_from = shop.settings.shipping.rate(cart.country).and_then(|rate| rate.free_from);
    let to_free = free_from.map(|from| Money::cents((from.in_cents() - cart.totals.goods_to_pay().in_cents()).max(0)));
    let facets = free_from
        .filter(|from| from.in_cents() > 0)
        .map_or(0, |from| (cart.totals.goods_to_pay().in_cents() * 8 / from.in_cents()).clamp(0, 8));
    let in_cart = |slug: &str| cart.lines.iter().any(|line| line.product.slug == slug);
    let suggestion = cart
        .lines
        .iter()
        .flat_map(|line| &line.product.pairs_with)
        .filter(|slug| !in_cart(slug))
        .find_map(|slug| snapshot.product(slug))
        .filter(|p| p.is_for_sale());
    CartView {
        lines: cart.lines.iter().map(line_view).collect(),
        pieces: cart.lines.iter().map(|line| line.line.quantity.get()).sum(),
        goods: cart.totals.goods,
        discount: cart.totals.discount,
        code: cart.code.as_ref().filter(|_| !cart.lines.is_empty()).map(|code| CodeView {
            code: code.code.to_string(),
            problem: code.off.err().map(crate::text::discount_refusal),
        }),
        refused_code: None,
        shipping: cart.totals.shipping,
        total: cart.totals.total,
        vat: cart.totals.vat.iter().map(|line| (line.rate.label(), line.vat)).collect(),
        to_free,
        facets: u8::try_from(facets).unwrap_or(0),
        can_order: cart.can_order(),
        hold: cart.hold.map(|hold| hold_view(shop, hold)),
        ways_to_pay: crate::text::ways_to_pay(&shop.methods()),
        suggestion: suggestion.map(|product| crate::components::suggestion::suggested(&card(&snapshot, product))),
        flash: None,
    }
}

fn line_view(line: &FilledLine) -> CartLine {
    let quantity = line.line.quantity.get();
    let unit = line.variant.price.now;
    let notice = match line.available {
        0 => Some(LineNotice::SoldOut),
        fewer if fewer < quantity => Some(LineNotice::Only(fewer)),
        _ if unit != line.line.seen_price => Some(LineNotice::PriceWas(line.line.seen_price)),
        _ => None,
    };
    CartLine {
        variant: line.variant.id.to_string(),
        slug: line.product.slug.clone(),
        title: line.product.title.clone(),
        colour: line.product.colour.as_ref().map(|colour| colour.name.clone()).unwrap_or_default(),
        size: line.variant.size.as_str().to_owned(),
        picture: line.product.pictures.first().map(picture),
        unit,
        quantity,
        most: most(line.available, quantity),
        total: unit.times(quantity).unwrap_or(Money::ZERO),
        notice,
    }
}

/// The most that one may ask for, without saying how many there are: little is told as everywhere, and whoever has all of it hears that.
fn most(available: u32, quantity: u32) -> u32 {
    let most = u32::from(Quantity::MOST);
    match Availability::of(available) {
        Availability::Plenty if quantity < available => most,
        Availability::Plenty => quantity.min(most),
        Availability::Last(_) | Availability::SoldOut => available,
    }
}

pub(super) async fn current(shop: &Shop, visitor: &Visitor) -> Result<CartView, ApiError> {
    Ok(cart_view(shop, &shop.filled_cart(visitor, Country::Nl).await?))
}

pub async fn cart() -> Result<CartView, ApiError> {
    let (shop, mut visitor) = (shop()?, visitor().await?);
    let mut view = current(&shop, &visitor).await?;
    view.refused_code = refused_code(&shop, &mut visitor).await?;
    if let Some(Flash::Sentence(sentence)) = left(&visitor) {
        view.flash = Some(sentence);
        // Said once: what was in the way may be gone at the next look.
        shop.set_flash(&mut visitor, None).await?;
    }
    Ok(view)
}

/// The code that was refused just before this page, shown once.
pub(super) async fn refused_code(shop: &Shop, visitor: &mut Visitor) -> Result<Option<RefusedCode>, ApiError> {
    let Some(Flash::Code(refused)) = left(visitor) else { return Ok(None) };
    shop.set_flash(visitor, None).await?;
    Ok(Some(refused))
}

pub async fn add_to_cart(variant: String, quantity: u32, back: String) -> Result<CartView, ApiError> {
    let (shop, mut visitor) = (shop()?, visitor().await?);
    let wanted = Quantity::new(quantity.max(1))
        .ok_or(ApiError(ShopError::Cart(shop_core::cart::CartError::TooMany { most: u32::from(Quantity::MOST) })));
    let result = match (VariantId::parse(&variant), wanted) {
        (Some(id), Ok(wanted)) => shop.add_to_cart(&mut visitor, id, wanted).await,
        (None, _) => Err(ShopError::NotFound),
        (_, Err(ApiError(error))) => Err(error),
    };
    changed(&shop, visitor, result, variant.is_empty().then_some(back.as_str())).await
}

pub async fn change_quantity(variant: String, quantity: u32) -> Result<CartView, ApiError> {
    let (shop, mut visitor) = (shop()?, visitor().await?);
    let result = match VariantId::parse(&variant) {
        Some(id) => shop.change_quantity(&mut visitor, id, quantity).await,
        None => Err(ShopError::NotFound),
    };
    changed(&shop, visitor, result, None).await
}

/// After a change: a form goes to the cart with a sentence when it did not work, or back to the product when no size was chosen; a running
/// application gets the new cart or the error.
async fn changed(
    shop: &Shop,
    mut visitor: Visitor,
    result: Result<(), ShopError>,
    no_size: Option<&str>,
) -> Result<CartView, ApiError> {
    keep(&visitor)?;
    if is_form() {
        if let Some(back) = no_size {
            let joint = if back.contains('?') { '&' } else { '?' };
            go(&format!("{}{joint}kies=maat", own_path(back)));
            return Ok(CartView::default());
        }
        match result {
            Ok(()) => {
                shop.set_flash(&mut visitor, None).await?;
                keep(&visitor)?;
            }
            Err(error) => leave(&mut visitor, &Flash::Sentence(crate::text::shop_error(&error))).await?,
        }
        go(crate::routes::CART);
        return Ok(CartView::default());
    }
    result?;
    current(shop, &visitor).await
}

/// Longer than any code; the rest of what was typed is not kept.
const MOST_TYPED: usize = 60;

pub async fn apply_discount(code: String, back: String) -> Result<(), ApiError> {
    let (shop, mut visitor) = (shop()?, visitor().await?);
    let typed: String = code.chars().take(MOST_TYPED).collect();
    let result = shop.apply_discount(&visitor, &typed).await;
    match result {
        Ok(()) => shop.set_flash(&mut visitor, None).await?,
        Err(ShopError::Discount(refusal)) => {
            let reason = crate::text::discount_refusal(refusal);
            leave(&mut visitor, &Flash::Code(RefusedCode { typed, reason })).await?;
        }
        Err(ShopError::EmptyCart) => return go_where_she_belongs(&shop, &visitor).await,
        Err(error) => {
            leave(&mut visitor, &Flash::Sentence(crate::text::shop_error(&error))).await?;
            go(crate::routes::CART);
            return Ok(());
        }
    }
    go(own_path(&back));
    Ok(())
}

pub async fn remove_discount(back: String) -> Result<(), ApiError> {
    let (shop, visitor) = (shop()?, visitor().await?);
    shop.remove_discount(&visitor).await?;
    go(own_path(&back));
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::most;

    #[test]
    fn the_bag_tells_the_shelf_only_when_little_is_left_or_she_has_all_of_it() {
        // What there is, what she has, what she may ask for.
        for (available, quantity, told) in
            [(0, 1, 0), (1, 1, 1), (2, 1, 2), (3, 1, 20), (7, 6, 20), (7, 7, 7), (99, 20, 20)]
        {
            assert_eq!(most(available, quantity), told, "{available} {quantity}");
        }
    }
}
