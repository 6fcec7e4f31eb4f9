//! Views of the mail about a size that is back.

use super::super::ApiError;
use super::super::server::{Flash, answer, go, leave, left, shop, visitor};
use super::super::words::Words;
use crate::components::error_summary::form_title;
use crate::pages::content::alert::{self, Size};
use crate::routes;
use leptos::prelude::*;
use serde::{Deserialize, Serialize};
use shop_core::ShopError;
use shop_core::catalog::{Product, Variant};
use shop_core::checkout::{Field, FieldError, slip};
use shop_core::id::VariantId;
use shop_core::typed;
use shop_flows::Shop;
use shop_flows::alerts::Wish;

/// The form as it was sent, with its mistakes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AlertForm {
    /// For which size.
    pub variant: String,
    /// As typed.
    pub email: String,
    /// What to look at again.
    pub errors: Vec<FieldError>,
}

pub async fn alert_page(size: String, key: String, sent: bool) -> Result<Words, ApiError> {
    let shop = shop()?;
    if !key.is_empty() {
        let wish = answer(shop.alert_wish(&key).await)?;
        return Ok(behind_the_link(&shop, wish, &key));
    }
    let Some((product, variant)) = in_the_shop(&shop, VariantId::parse(&size)) else {
        return answer(Err(ShopError::NotFound));
    };
    let about = about(&product, &variant);
    if sent {
        return Ok(page("Kijk in je mail", alert::sent(&about)));
    }
    if variant.available > 0 {
        return Ok(page("Deze maat is er weer", alert::is_there(&about)));
    }
    let (email, errors) = match left(&visitor().await?) {
        Some(Flash::Alert(form)) if form.variant == about.variant => (form.email, form.errors),
        _ => (String::new(), Vec::new()),
    };
    Ok(page(&form_title("Mail mij als hij er weer is", &errors), alert::ask(&about, &email, &errors)))
}

fn page(title: &str, view: AnyView) -> Words {
    let sheet = view! { <div class="page page--midden section--s">{view}</div> }.into_any();
    Words::own(title, sheet)
}

fn behind_the_link(shop: &Shop, wish: Option<Wish>, key: &str) -> Words {
    let found = wish.and_then(|wish| Some((wish, in_the_shop(shop, Some(wish.variant))?)));
    match found {
        Some((wish, (product, variant))) if wish.is_confirmed => {
            page("Je hoort van ons", alert::waiting(&about(&product, &variant), key))
        }
        Some((_, (product, variant))) => page("Mogen we je mailen?", alert::confirm(&about(&product, &variant), key)),
        None => page("Deze link werkt niet meer", alert::over()),
    }
}

fn in_the_shop(shop: &Shop, id: Option<VariantId>) -> Option<(std::sync::Arc<Product>, Variant)> {
    let snapshot = shop.catalogue.current();
    snapshot.product_of(id?).map(|(product, variant)| (product.clone(), variant.clone()))
}

fn about(product: &Product, variant: &Variant) -> Size {
    Size {
        variant: variant.id.to_string(),
        slug: product.slug.clone(),
        title: product.title.clone(),
        label: variant.size.as_str().to_owned(),
    }
}

pub async fn buy(variant: String, quantity: u32, back: String, email: String) -> Result<(), ApiError> {
    let shop = shop()?;
    match in_the_shop(&shop, VariantId::parse(&variant)) {
        Some((_, size)) if size.available == 0 && email.is_empty() => go(&routes::alert(&size.id.to_string())),
        Some((_, size)) if size.available == 0 => return ask_for_alert(variant, email).await,
        _ => return super::add_to_cart(variant, quantity, back).await.map(drop),
    }
    Ok(())
}

pub async fn ask_for_alert(variant: String, email: String) -> Result<(), ApiError> {
    let shop = shop()?;
    let Some(id) = VariantId::parse(&variant) else { return answer(Err(ShopError::NotFound)) };
    let mut visitor = visitor().await?;
    let asked = matches!(left(&visitor), Some(Flash::Alert(form)) if form.email == email);
    let sent = match slip(Field::Email, &email).filter(|_| !asked) {
        Some(slip) => Err(ShopError::Fields(vec![slip])),
        None => shop.ask_for_alert(id, &email).await,
    };
    match sent {
        Ok(()) => go(&[&routes::alert(&id.to_string()), "&verstuurd=1"].concat()),
        Err(ShopError::Fields(errors)) => {
            let form = AlertForm { variant: id.to_string(), email: typed::line(email), errors };
            leave(&mut visitor, &Flash::Alert(form)).await?;
            go(&routes::alert(&id.to_string()));
        }
        Err(error) => return answer(Err(error)),
    }
    Ok(())
}

pub async fn confirm_alert(key: String) -> Result<(), ApiError> {
    match shop()?.confirm_alert(&key).await {
        // The page behind the link says how it stands, also when it is too late.
        Ok(()) | Err(ShopError::NotFound) => go(routes::ALERT),
        Err(error) => return answer(Err(error)),
    }
    Ok(())
}

pub async fn stop_alert(key: String) -> Result<(), ApiError> {
    answer(shop()?.stop_alert(&key).await)?;
    go(routes::ALERT);
    Ok(())
}
