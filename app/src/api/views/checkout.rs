//! Views of checkout.

use super::super::ApiError;
use super::super::cart::{CartView, HoldView};
use super::super::checkout::{DetailsPage, MethodView, PaymentPage, ReviewPage};
use super::super::server::{Flash, go, keep, leave, own_path, shop, visitor};
use super::cart::{cart_view, hold_view, refused_code};
use crate::routes;
use shop_core::ShopError;
use shop_core::address::Address;
use shop_core::checkout::TypedDetails;
use shop_core::money::Money;
use shop_core::order::Contact;
use shop_core::payment::{Buyer, Method};
use shop_flows::checkout::{NextStep, Place};
use shop_flows::ports::Draft;
use shop_flows::{Shop, Visitor};

/// What every step shows, or where the visitor belongs instead.
struct Step {
    shop: Shop,
    visitor: Visitor,
    draft: Draft,
    cart: CartView,
}

/// Opens a step: holds the stock and reads draft and cart. Who does not belong here is sent where she does, and the page stays empty.
async fn step() -> Result<Step, ApiError> {
    let (shop, mut visitor) = (shop()?, visitor().await?);
    match shop.checkout(&visitor).await? {
        Place::Here(_, draft) => {
            if let Err(error) = shop.hold_cart(&visitor).await {
                leave(&mut visitor, &Flash::Sentence(crate::text::shop_error(&error))).await?;
                go(routes::CART);
                return Err(ApiError(error));
            }
            let cart = shop.filled_cart(&visitor, Shop::country_of(&draft)).await?;
            let mut cart = cart_view(&shop, &cart);
            cart.refused_code = refused_code(&shop, &mut visitor).await?;
            Ok(Step { cart, shop, visitor, draft: *draft })
        }
        Place::Ordered(number) => {
            go(&routes::order(number.as_str()));
            Err(ApiError(ShopError::EmptyCart))
        }
        Place::EmptyCart => {
            go(routes::CART);
            Err(ApiError(ShopError::EmptyCart))
        }
    }
}

/// The ways to pay an order of this person with what happens then, or with the reason why not.
pub(super) fn methods(
    shop: &Shop,
    contact: &Contact,
    address: &Address,
    total: Money,
    buyer: Buyer,
) -> Vec<MethodView> {
    let explain = |method: Method| {
        match method {
        Method::Ideal => "Je betaalt in de app van je bank. Daarna ben je terug in de winkel.".to_owned(),
        Method::Card => "Je vult je kaart in op de betaalpagina van Rabobank. Wij zien je kaartnummer niet.".to_owned(),
        Method::PayPal => {
            "Je keurt het bedrag goed bij PayPal. Daarna ben je terug in de winkel. PayPal krijgt van ons geen naam en adres.".to_owned()
        }
        Method::Klarna => crate::text::klarna_explained(shop.settings.invoice_days),
        Method::Invoice => invoice_explained(shop, total, buyer),
        Method::BankTransfer => {
            format!(
                "Je maakt het bedrag over binnen {} dagen. Zolang houden we alles voor je apart.",
                shop.settings.transfer_days
            )
        }
    }
    };
    let refused = |method| {
        let reason = shop.may_pay(method, contact, address, total, buyer).err()?;
        Some(crate::text::no_invoice(&reason))
    };
    let view = |method| MethodView { method, explanation: explain(method), refused: refused(method) };
    shop.methods().into_iter().map(view).collect()
}

fn invoice_explained(shop: &Shop, total: Money, buyer: Buyer) -> String {
    let own = &shop.settings.own_invoice;
    crate::text::invoice_explained(total, own.deposit(total, buyer), buyer, own.limit)
}

pub async fn details_page() -> Result<DetailsPage, ApiError> {
    let step = step().await?;
    Ok(DetailsPage {
        typed: step.draft.typed,
        errors: step
            .draft
            .errors
            .into_iter()
            .filter(|error| error.field != shop_core::checkout::Field::Method)
            .collect(),
        proposal: step.draft.proposal,
        notice: step.draft.notice,
        cart: step.cart,
        signed_in: step.visitor.customer().is_some(),
        newsletter: step.draft.newsletter,
    })
}

pub async fn payment_page() -> Result<PaymentPage, ApiError> {
    let step = step().await?;
    let details = step.draft.typed.understand().ok().filter(|_| step.draft.details_done);
    let Some(details) = details else {
        go(routes::DETAILS);
        return Err(ApiError(ShopError::NotFound));
    };
    let buyer = step.shop.buyer(&step.visitor, None).await?;
    Ok(PaymentPage {
        methods: methods(&step.shop, &details.contact, &details.address, step.cart.total, buyer),
        chosen: step.draft.method,
        errors: step
            .draft
            .errors
            .into_iter()
            .filter(|error| error.field == shop_core::checkout::Field::Method)
            .collect(),
        notice: step.draft.notice,
        cart: step.cart,
    })
}

pub async fn review_page() -> Result<ReviewPage, ApiError> {
    let step = step().await?;
    let details = step.draft.typed.understand().ok().filter(|_| step.draft.details_done);
    let Some(details) = details else {
        go(routes::DETAILS);
        return Err(ApiError(ShopError::NotFound));
    };
    let Some(method) = step.draft.method else {
        go(routes::PAYMENT);
        return Err(ApiError(ShopError::NotFound));
    };
    let arrival = step.shop.arrival();
    let explanation = match method {
        Method::Invoice => {
            let buyer = step.shop.buyer(&step.visitor, None).await?;
            invoice_explained(&step.shop, step.cart.total, buyer)
        }
        _ => String::new(),
    };
    Ok(ReviewPage {
        email: details.contact.email.as_str().to_owned(),
        phone: details.contact.phone.as_ref().map(|phone| phone.as_str().to_owned()).unwrap_or_default(),
        address: address_lines(&details.address),
        method,
        explanation,
        cart: step.cart,
        arrives: format!("{} {}", arrival.day.weekday_name(), arrival.day.short()),
        return_cost: step.shop.settings.shipping.return_cost,
        notice: step.draft.notice,
    })
}

/// An address line by line.
pub(super) fn address_lines(address: &shop_core::address::Address) -> Vec<String> {
    vec![address.name.full(), address.street_line(), address.city_line(), address.country.name().to_owned()]
}

/// Where somebody belongs whose cart holds nothing to order (any more): at the order it became, or in front of the empty cart.
pub(super) async fn go_where_she_belongs(shop: &Shop, visitor: &Visitor) -> Result<(), ApiError> {
    match shop.checkout(visitor).await? {
        Place::Ordered(number) => go(&routes::order(number.as_str())),
        _ => go(routes::CART),
    }
    Ok(())
}

pub async fn start_checkout() -> Result<(), ApiError> {
    let (shop, mut visitor) = (shop()?, visitor().await?);
    match shop.hold_cart(&visitor).await {
        Ok(_) => go(routes::DETAILS),
        Err(ShopError::EmptyCart) => go_where_she_belongs(&shop, &visitor).await?,
        Err(error) => {
            leave(&mut visitor, &Flash::Sentence(crate::text::shop_error(&error))).await?;
            go(routes::CART);
        }
    }
    Ok(())
}

pub async fn send_details(typed: TypedDetails, newsletter: bool) -> Result<(), ApiError> {
    let (shop, visitor) = (shop()?, visitor().await?);
    match shop.send_details(&visitor, typed, newsletter).await {
        Ok(true) => go(routes::PAYMENT),
        Ok(false) => go(routes::DETAILS),
        Err(ShopError::EmptyCart) => go_where_she_belongs(&shop, &visitor).await?,
        Err(error) => return Err(ApiError(error)),
    }
    Ok(())
}

pub async fn send_method(method: String) -> Result<(), ApiError> {
    let (shop, visitor) = (shop()?, visitor().await?);
    match shop.send_method(&visitor, &method).await {
        Ok(true) => go(routes::REVIEW),
        Ok(false) => go(routes::PAYMENT),
        Err(ShopError::EmptyCart) => go_where_she_belongs(&shop, &visitor).await?,
        Err(error) => return Err(ApiError(error)),
    }
    Ok(())
}

pub async fn place_order(seen_total: i64) -> Result<(), ApiError> {
    let (shop, mut visitor) = (shop()?, visitor().await?);
    let result = shop.place_order(&mut visitor, Money::cents(seen_total)).await;
    keep(&visitor)?;
    follow(&shop, &mut visitor, result, routes::REVIEW).await
}

/// Goes to the provider, to the order, or back to where it can be mended.
pub(super) async fn follow(
    shop: &Shop,
    visitor: &mut Visitor,
    result: Result<NextStep, ShopError>,
    back: &str,
) -> Result<(), ApiError> {
    match result {
        Ok(NextStep::Pay(url)) => go(&url),
        Ok(NextStep::Order(number)) => go(&routes::order(number.as_str())),
        Err(error @ (ShopError::Cart(_) | ShopError::EmptyCart | ShopError::HoldLost)) => {
            leave(visitor, &Flash::Sentence(crate::text::shop_error(&error))).await?;
            go(routes::CART);
        }
        Err(ShopError::Fields(_)) => go(routes::DETAILS),
        Err(error @ ShopError::NoInvoice(_)) if back == routes::REVIEW => {
            shop.set_checkout_notice(visitor, Some(crate::text::shop_error(&error))).await?;
            go(routes::PAYMENT);
        }
        Err(error) => {
            let mut sentence = crate::text::shop_error(&error);
            if matches!(error, ShopError::Discount(_)) {
                sentence.push_str(" Kijk nog even naar het nieuwe totaal.");
            }
            shop.set_checkout_notice(visitor, Some(sentence)).await?;
            go(back);
        }
    }
    Ok(())
}

pub async fn extend_hold(back: String) -> Result<Option<HoldView>, ApiError> {
    let (shop, visitor) = (shop()?, visitor().await?);
    let hold = shop.extend_hold(&visitor).await;
    if super::super::server::is_form() {
        go(own_path(&back));
        return Ok(None);
    }
    Ok(Some(hold_view(&shop, hold?)))
}

pub async fn find_address(postal_code: String, house: String) -> Result<Option<(String, String)>, ApiError> {
    Ok(shop()?.find_address(&postal_code, &house).await)
}
