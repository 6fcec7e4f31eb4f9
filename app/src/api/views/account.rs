//! Views of the account and the contact form.

use super::super::ApiError;
use super::super::account::{AccountPage, AddressForm, ContactForm, OrderRow, SignInPage, Who};
use super::super::server::{Flash, answer, go, keep, leave, left, shop, visitor};
use super::checkout::address_lines;
use crate::routes;
use shop_core::ShopError;
use shop_core::checkout::{Field, TypedDetails, slip};
use shop_core::typed;
use shop_flows::inbox::TypedQuestion;
use shop_flows::newsletter::Standing;

pub async fn who() -> Result<Who, ApiError> {
    let (shop, visitor) = (shop()?, visitor().await?);
    let cart = shop.filled_cart(&visitor, shop_core::address::Country::Nl).await?;
    Ok(Who {
        pieces: cart.lines.iter().map(|line| line.line.quantity.get()).sum(),
        signed_in: visitor.customer().is_some(),
    })
}

pub async fn sign_in_page() -> Result<SignInPage, ApiError> {
    let visitor = visitor().await?;
    let mut page = match left(&visitor) {
        Some(Flash::SignIn(page)) => page,
        _ => SignInPage { email: String::new(), errors: Vec::new(), signed_in: false },
    };
    page.signed_in = visitor.customer().is_some();
    Ok(page)
}

pub async fn send_code(email: String) -> Result<(), ApiError> {
    let (shop, mut visitor) = (shop()?, visitor().await?);
    let asked = matches!(left(&visitor), Some(Flash::SignIn(page)) if page.email == email);
    let sent = match slip(Field::Email, &email).filter(|_| !asked) {
        Some(slip) => Err(ShopError::Fields(vec![slip])),
        None => shop.send_code(&mut visitor, &email).await,
    };
    let page = match sent {
        Ok(email) => SignInPage { email: email.as_str().to_owned(), errors: Vec::new(), signed_in: false },
        // The address stays out of the second step until it is one; the first step shows it with the mistake.
        Err(ShopError::Fields(errors)) => SignInPage { email: typed::line(email), errors, signed_in: false },
        Err(error) => return Err(ApiError(error)),
    };
    leave(&mut visitor, &Flash::SignIn(page)).await?;
    go(routes::SIGN_IN);
    Ok(())
}

pub async fn enter_code(code: String) -> Result<(), ApiError> {
    let (shop, mut visitor) = (shop()?, visitor().await?);
    let Some(Flash::SignIn(page)) = left(&visitor) else {
        go(routes::SIGN_IN);
        return Ok(());
    };
    match shop.enter_code(&mut visitor, &page.email, &code).await {
        Ok(()) => {
            shop.set_flash(&mut visitor, None).await?;
            keep(&visitor)?;
            go(routes::ACCOUNT);
        }
        Err(ShopError::Fields(errors)) => {
            leave(&mut visitor, &Flash::SignIn(SignInPage { errors, ..page })).await?;
            go(routes::SIGN_IN);
        }
        Err(error) => return Err(ApiError(error)),
    }
    Ok(())
}

pub async fn other_address() -> Result<(), ApiError> {
    let (shop, mut visitor) = (shop()?, visitor().await?);
    shop.set_flash(&mut visitor, None).await?;
    go(routes::SIGN_IN);
    Ok(())
}

pub async fn sign_out() -> Result<(), ApiError> {
    let (shop, mut visitor) = (shop()?, visitor().await?);
    shop.sign_out(&mut visitor).await?;
    keep(&visitor)?;
    go(routes::HOME);
    Ok(())
}

pub async fn account_page() -> Result<AccountPage, ApiError> {
    let (shop, visitor) = (shop()?, visitor().await?);
    let account = match shop.account(&visitor).await {
        Err(ShopError::SignInNeeded) => {
            go(routes::SIGN_IN);
            return Err(ApiError(ShopError::SignInNeeded));
        }
        other => answer(other)?,
    };
    let orders = account.orders.iter().map(|order| OrderRow {
        number: order.number.to_string(),
        placed: shop.clock.day(order.placed_at).long(),
        standing: crate::text::order_state(&order.state).to_owned(),
        total: order.total,
        pieces: order.pieces,
    });
    let newsletter = answer(shop.newsletter_of(&visitor).await)?;
    Ok(AccountPage {
        newsletter: (newsletter == Standing::OnTheList, newsletter == Standing::Asked),
        name: account.customer.given_name.clone(),
        email: account.customer.email.as_str().to_owned(),
        orders: orders.collect(),
        addresses: account.addresses.iter().map(|(id, address)| (id.to_string(), address_lines(address))).collect(),
    })
}

pub async fn address_form() -> Result<AddressForm, ApiError> {
    Ok(match left(&visitor().await?) {
        Some(Flash::Address(form)) => form,
        _ => AddressForm::default(),
    })
}

pub async fn save_address(typed: TypedDetails) -> Result<(), ApiError> {
    let (shop, mut visitor) = (shop()?, visitor().await?);
    match shop.save_address(&visitor, typed.clone()).await {
        Ok(()) => shop.set_flash(&mut visitor, None).await?,
        Err(ShopError::Fields(errors)) => {
            let typed = typed.kept();
            leave(&mut visitor, &Flash::Address(AddressForm { typed, errors })).await?;
        }
        Err(error) => return Err(ApiError(error)),
    }
    go(routes::ACCOUNT_ADDRESSES);
    Ok(())
}

pub async fn delete_address(id: String) -> Result<(), ApiError> {
    let (shop, visitor) = (shop()?, visitor().await?);
    answer(shop.delete_address(&visitor, &id).await)?;
    go(routes::ACCOUNT_ADDRESSES);
    Ok(())
}

pub async fn contact_form() -> Result<ContactForm, ApiError> {
    let mut visitor = visitor().await?;
    let form = match left(&visitor) {
        Some(Flash::Contact(form)) => form,
        _ => ContactForm::default(),
    };
    if form.sent {
        // Said once; the next question starts with an empty form.
        shop()?.set_flash(&mut visitor, None).await?;
    }
    Ok(ContactForm { stamp: shop()?.contact_stamp(), ..form })
}

pub async fn send_question(
    name: String,
    email: String,
    order: String,
    message: String,
    trap: String,
    stamp: String,
) -> Result<(), ApiError> {
    let (shop, mut visitor) = (shop()?, visitor().await?);
    let asked = matches!(left(&visitor), Some(Flash::Contact(form)) if form.email == email);
    let question = TypedQuestion { name, email, order, message, trap, stamp };
    let sent = match slip(Field::ReplyTo, &question.email).filter(|_| !asked) {
        Some(slip) => Err(ShopError::Fields(vec![slip])),
        None => shop.send_question(&question).await,
    };
    let TypedQuestion { name, email, order, message, .. } = question;
    let form = match sent {
        Ok(()) => ContactForm { sent: true, ..ContactForm::default() },
        Err(ShopError::Fields(errors)) => ContactForm {
            name: typed::line(name),
            email: typed::line(email),
            order: typed::line(order),
            message: typed::text(message),
            errors,
            ..ContactForm::default()
        },
        Err(error) => return Err(ApiError(error)),
    };
    leave(&mut visitor, &Flash::Contact(form)).await?;
    go(routes::CONTACT);
    Ok(())
}
