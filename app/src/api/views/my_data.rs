//! Views of somebody's own data.

use super::super::ApiError;
use super::super::my_data::{ContactDetails, ErasureForm};
use super::super::server::{Flash, answer, go, leave, left, shop, visitor};
use crate::routes;
use shop_core::ShopError;
use shop_core::typed;
use shop_flows::my_data::{MyData, Preview, Receipt};

/// Sends who is not signed in to the door.
fn signed_in<T>(result: Result<T, ShopError>) -> Result<T, ApiError> {
    if matches!(result, Err(ShopError::SignInNeeded)) {
        go(routes::SIGN_IN);
        return Err(ApiError(ShopError::SignInNeeded));
    }
    answer(result)
}

pub async fn my_data() -> Result<(MyData, ContactDetails), ApiError> {
    let (shop, mut visitor) = (shop()?, visitor().await?);
    let data = signed_in(shop.my_data(&visitor).await)?;
    let form = match left(&visitor) {
        Some(Flash::Contacts(form)) => form,
        _ => ContactDetails::default(),
    };
    if !form.errors.is_empty() {
        return Ok((data, form));
    }
    if form.saved {
        // Said once.
        shop.set_flash(&mut visitor, None).await?;
    }
    let customer = &data.customer;
    let form = ContactDetails {
        given_name: customer.given_name.clone(),
        family_name: customer.family_name.clone(),
        phone: customer.phone.as_ref().map(|phone| phone.as_str().to_owned()).unwrap_or_default(),
        ..form
    };
    Ok((data, form))
}

pub async fn save_contact(given_name: String, family_name: String, phone: String) -> Result<(), ApiError> {
    let (shop, mut visitor) = (shop()?, visitor().await?);
    let form = match shop.save_contact(&visitor, &given_name, &family_name, &phone).await {
        Ok(()) => ContactDetails { saved: true, ..ContactDetails::default() },
        Err(ShopError::Fields(errors)) => ContactDetails {
            given_name: typed::line(given_name),
            family_name: typed::line(family_name),
            phone: typed::line(phone),
            errors,
            saved: false,
        },
        other => return signed_in(other),
    };
    leave(&mut visitor, &Flash::Contacts(form)).await?;
    go(routes::ACCOUNT_DATA);
    Ok(())
}

pub async fn erasure_page() -> Result<(Preview, ErasureForm), ApiError> {
    let (shop, visitor) = (shop()?, visitor().await?);
    let preview = signed_in(shop.erasure_preview(&visitor).await)?;
    let form = match left(&visitor) {
        Some(Flash::Erasure(form)) => form,
        _ => ErasureForm::default(),
    };
    Ok((preview, form))
}

pub async fn ask_erasure() -> Result<(), ApiError> {
    let (shop, mut visitor) = (shop()?, visitor().await?);
    let form = match shop.send_erasure_code(&mut visitor).await {
        Ok(()) => ErasureForm { sent: true, ..ErasureForm::default() },
        Err(ShopError::Fields(errors)) => ErasureForm { errors, ..ErasureForm::default() },
        other => return signed_in(other),
    };
    leave(&mut visitor, &Flash::Erasure(form)).await?;
    go(routes::ACCOUNT_ERASE);
    Ok(())
}

pub async fn erase_me(code: String, sure: bool) -> Result<(), ApiError> {
    let (shop, mut visitor) = (shop()?, visitor().await?);
    let again = |errors, unsure| Flash::Erasure(ErasureForm { sent: true, errors, unsure });
    let erased = if sure { shop.erase_me(&mut visitor, &code).await.map(Some) } else { Ok(None) };
    let flash = match erased {
        Ok(Some(receipt)) => {
            // In a session of nobody: what stays is told by number, and that is all.
            leave(&mut visitor, &Flash::Erased(receipt)).await?;
            go(routes::MY_DATA);
            return Ok(());
        }
        Ok(None) => again(Vec::new(), true),
        Err(ShopError::Fields(errors)) => again(errors, false),
        // Something came up since the page was shown; it says what.
        Err(ShopError::TooLate) => Flash::Erasure(ErasureForm::default()),
        Err(error) => return signed_in(Err(error)),
    };
    leave(&mut visitor, &flash).await?;
    go(routes::ACCOUNT_ERASE);
    Ok(())
}

/// What was just erased, if that was just done in this browser, and whether somebody is signed in.
pub async fn receipt() -> Result<(Option<Receipt>, bool), ApiError> {
    let visitor = visitor().await?;
    let receipt = match left(&visitor) {
        Some(Flash::Erased(receipt)) => Some(receipt),
        _ => None,
    };
    Ok((receipt, visitor.customer().is_some()))
}
