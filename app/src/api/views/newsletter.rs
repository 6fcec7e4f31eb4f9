//! Views of the newsletter.

use super::super::ApiError;
use super::super::server::{Flash, answer, go, leave, left, shop, visitor};
use super::super::words::Words;
use crate::components::error_summary::form_title;
use crate::pages::content::newsletter as page;
use crate::routes;
use leptos::prelude::*;
use serde::{Deserialize, Serialize};
use shop_core::ShopError;
use shop_core::checkout::{Field, FieldError, slip};
use shop_core::newsletter::{Channel, TypedSignUp};

/// The form as it was sent, with its mistakes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NewsletterForm {
    /// As typed. The box is not kept: a yes is given anew.
    pub typed: TypedSignUp,
    /// What to look at again.
    pub errors: Vec<FieldError>,
}

/// The page of the form, or what follows it.
pub async fn newsletter_page(sent: bool) -> Result<Words, ApiError> {
    if sent {
        return Ok(sheet("Kijk in je mail", page::sent()));
    }
    let NewsletterForm { typed, errors } = match left(&visitor().await?) {
        Some(Flash::Newsletter(form)) => form,
        _ => NewsletterForm { typed: TypedSignUp::default(), errors: Vec::new() },
    };
    Ok(sheet(&form_title("Post uit Almelo", &errors), page::ask(&typed, &errors)))
}

/// The page behind the link of the first mail.
pub async fn newsletter_confirm_page(key: String, done: bool) -> Result<Words, ApiError> {
    if done {
        return Ok(sheet("Je staat op de lijst", page::confirmed()));
    }
    Ok(if answer(shop()?.newsletter_link(&key).await)? {
        sheet("Wil je onze nieuwsbrief?", page::confirm(&key))
    } else {
        sheet("Deze link werkt niet meer", page::over())
    })
}

/// The page behind the link of a letter.
pub async fn newsletter_leave_page(key: String, done: bool) -> Result<Words, ApiError> {
    let shop = shop()?;
    Ok(if done {
        sheet("Je bent afgemeld", page::gone())
    } else if shop.is_leave_key(&key) {
        sheet("Wil je je afmelden?", page::leave(&key))
    } else {
        sheet("Afmelden voor de nieuwsbrief", page::leave_without_key(&shop.settings.identity.email))
    })
}

fn sheet(title: &str, view: AnyView) -> Words {
    Words::own(title, view! { <div class="page page--midden section--s">{view}</div> }.into_any())
}

pub async fn ask_for_newsletter(email: String, first_name: String, ticked: String) -> Result<(), ApiError> {
    let (shop, mut visitor) = (shop()?, visitor().await?);
    let asked = matches!(left(&visitor), Some(Flash::Newsletter(form)) if form.typed.email == email);
    let typed = TypedSignUp { email, first_name, agrees: !ticked.is_empty() };
    let sent = match slip(Field::Email, &typed.email).filter(|_| !asked) {
        Some(slip) => Err(ShopError::Fields(vec![slip])),
        None => shop.ask_for_newsletter(&typed).await,
    };
    match sent {
        Ok(()) => {
            if asked {
                shop.set_flash(&mut visitor, None).await?;
            }
            go(&[routes::NEWSLETTER, "?verstuurd=1"].concat());
        }
        Err(ShopError::Fields(errors)) => {
            let typed = TypedSignUp { agrees: false, ..typed.kept() };
            leave(&mut visitor, &Flash::Newsletter(NewsletterForm { typed, errors })).await?;
            go(routes::NEWSLETTER);
        }
        Err(error) => return answer(Err(error)),
    }
    Ok(())
}

pub async fn confirm_newsletter(key: String) -> Result<(), ApiError> {
    match shop()?.confirm_newsletter(&key).await {
        Ok(()) => go(&[routes::NEWSLETTER_CONFIRM, "?gelukt=1"].concat()),
        // The page behind the link says how it stands.
        Err(ShopError::NotFound) => go(routes::NEWSLETTER_CONFIRM),
        Err(error) => return answer(Err(error)),
    }
    Ok(())
}

pub async fn leave_newsletter(key: String) -> Result<(), ApiError> {
    match shop()?.leave_newsletter(&key, Channel::Letter).await {
        Ok(()) => go(&[routes::NEWSLETTER_LEAVE, "?gelukt=1"].concat()),
        Err(ShopError::NotFound) => go(routes::NEWSLETTER_LEAVE),
        Err(error) => return answer(Err(error)),
    }
    Ok(())
}

pub async fn switch_newsletter(ticked: String) -> Result<(), ApiError> {
    let (shop, visitor) = (shop()?, visitor().await?);
    match shop.switch_newsletter(&visitor, !ticked.is_empty()).await {
        Ok(()) => go(routes::ACCOUNT),
        Err(ShopError::SignInNeeded) => go(routes::SIGN_IN),
        Err(error) => return answer(Err(error)),
    }
    Ok(())
}
