//! Who was given what.

use super::given::*;
use shop_core::privacy::{Disclosed, Field, Party, Purpose};
use shop_flows::ports::{Store, Told};
use std::sync::Arc;

pub async fn what_was_given_reads_back_in_order_and_stays_with_its_order(store: Arc<dyn Store>) -> Claim {
    placed(&*store, &[order(1), order(2)]).await?;
    let to = |party, fields: &[Field]| Disclosed { party, fields: fields.to_vec(), purpose: Purpose::Payment };
    let paypal = to(Party::PayPal, &[Field::Amount, Field::Reference]);
    let klarna = to(Party::Klarna, &[Field::Name, Field::Email]);

    let mut tx = store.begin().await?;
    tx.disclose(order_id(1), &paypal, at(2)).await?;
    tx.disclose(order_id(2), &paypal, at(3)).await?;
    tx.disclose(order_id(1), &klarna, at(1)).await?;
    tx.commit().await?;

    let mut tx = store.read().await?;
    let told = tx.disclosures(order_id(1)).await?;
    assert_eq!(told, [Told { what: paypal, at: at(2) }, Told { what: klarna, at: at(1) }]);
    assert_eq!(tx.disclosures(order_id(9)).await?, []);
    Ok(())
}
