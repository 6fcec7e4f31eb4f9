//! Views of the withdrawal form: fill in, look once more, confirm.

use super::super::ApiError;
use super::super::account::{WithdrawalForm, WithdrawalStep};
use super::super::server::{Flash, go, leave, left, moment, shop, visitor};
use crate::routes;
use shop_core::ShopError;
use shop_core::checkout::{Field, slip};
use shop_flows::withdrawal::TypedWithdrawal;

/// The form: as it was left, or as far as we know the order that it was opened from.
pub async fn withdrawal_form(number: String) -> Result<WithdrawalForm, ApiError> {
    let (shop, mut visitor) = (shop()?, visitor().await?);
    match left(&visitor) {
        // Coming from another order starts anew.
        Some(Flash::Withdrawal(form)) if number.is_empty() => {
            if form.step == WithdrawalStep::Received {
                // Said once; what was received is in the mail.
                shop.set_flash(&mut visitor, None).await?;
            }
            Ok(form)
        }
        _ => {
            let TypedWithdrawal { order, name, email, articles } = shop.withdrawal_form(&visitor, &number).await?;
            Ok(WithdrawalForm { order, name, email, articles, ..WithdrawalForm::default() })
        }
    }
}

/// Reads the form. `again`: she wants to change something that was right.
pub async fn check_withdrawal(
    order: String,
    name: String,
    email: String,
    articles: String,
    again: bool,
) -> Result<(), ApiError> {
    let shop = shop()?;
    let typed = TypedWithdrawal { order, name, email, articles };
    let asked = matches!(left(&visitor().await?), Some(Flash::Withdrawal(form)) if form.email == typed.email);
    let slip = slip(Field::Email, &typed.email).filter(|_| !asked);
    let (step, errors) = match (typed.understand(shop.clock.now()), slip) {
        (Ok(_), None) if !again => (WithdrawalStep::Confirm, Vec::new()),
        (Ok(_), slip) => (WithdrawalStep::Form, slip.into_iter().collect()),
        (Err(errors), slip) => (WithdrawalStep::Form, errors.into_iter().chain(slip).collect()),
    };
    show(WithdrawalForm { step, errors, ..form(typed) }).await
}

/// Declares the withdrawal.
pub async fn confirm_withdrawal(order: String, name: String, email: String, articles: String) -> Result<(), ApiError> {
    let shop = shop()?;
    let typed = TypedWithdrawal { order, name, email, articles };
    let next = match shop.withdraw(&typed).await {
        Ok(withdrawal) => WithdrawalForm {
            step: WithdrawalStep::Received,
            received: moment(&shop, withdrawal.received_at),
            ..form(typed)
        },
        Err(ShopError::Fields(errors)) => WithdrawalForm { errors, ..form(typed) },
        Err(error) => return Err(ApiError(error)),
    };
    show(next).await
}

fn form(typed: TypedWithdrawal) -> WithdrawalForm {
    let TypedWithdrawal { order, name, email, articles } = typed.kept();
    WithdrawalForm { order, name, email, articles, ..WithdrawalForm::default() }
}

async fn show(form: WithdrawalForm) -> Result<(), ApiError> {
    leave(&mut visitor().await?, &Flash::Withdrawal(form)).await?;
    go(routes::WITHDRAW);
    Ok(())
}
