//! An order whose shopper had her data erased (AVG art. 17): what the tax law asks stays, who it was is gone. Where an invoice of our own was
//! made, its name and address belong to that invoice and stay as long as it does (art. 52(4) AWR, art. 35a Wet OB).

use super::{Agreed, Contact, Order, OrderState};
use crate::email::EmailAddress;
use crate::payment::Method;

impl Order {
    /// Whether an invoice of the shop was made for it, which names her.
    pub const fn has_invoice(&self) -> bool {
        matches!(self.method, Method::Invoice)
            && !matches!(self.state, OrderState::AwaitingPayment { .. } | OrderState::Cancelled { paid_at: None, .. })
    }

    /// Takes out who it was: number, moments, lines, amounts, VAT, country and method stay.
    #[must_use]
    pub fn forgotten(self) -> Self {
        let named = self.has_invoice();
        let Self { address, agreed, lines, .. } = self;
        let lines = lines.into_iter().map(|line| super::OrderLine { picture: None, slug: String::new(), ..line });
        Self {
            contact: Contact { email: EmailAddress::nobody(), phone: None },
            address: if named { address } else { address.erased() },
            lines: lines.collect(),
            agreed: Agreed { button: String::new(), terms: String::new(), privacy: String::new(), ..agreed },
            tracking: None,
            ..self
        }
    }

    /// Whether that was done.
    pub fn is_forgotten(&self) -> bool {
        self.contact.email.is_nobody()
    }
}

#[cfg(test)]
mod tests {
    use super::super::given::order;
    use super::*;
    use crate::time::Timestamp;

    fn delivered(method: Method) -> Order {
        let at = Timestamp::from_micros(1);
        Order { method, state: OrderState::Delivered { paid_at: at, at }, ..order(&[(4495, 2, 2100)], 0, 495) }
    }

    #[test]
    fn amounts_and_number_stay_and_who_it_was_is_gone() {
        let before = delivered(Method::Ideal);

        let after = before.clone().forgotten();

        assert_eq!((&after.number, &after.totals, after.placed_at), (&before.number, &before.totals, before.placed_at));
        assert_eq!((after.lines[0].unit, after.lines[0].rate), (before.lines[0].unit, before.lines[0].rate));
        assert_eq!(after.address.country, before.address.country);
        assert!(after.is_forgotten() && !before.is_forgotten());
        let text = format!("{after:?}");
        for hers in ["marieke", "Marieke", "Vries", "Wittem", "7603", "Almelo"] {
            assert!(!text.contains(hers), "{hers}: {text}");
        }
    }

    #[test]
    fn an_invoice_keeps_its_name_and_address_and_nothing_more() {
        let before = delivered(Method::Invoice);

        let after = before.clone().forgotten();

        assert_eq!(after.address, before.address);
        assert!(after.is_forgotten());
        let lapsed = Order { state: OrderState::AwaitingPayment { until: Timestamp::from_micros(1) }, ..before };
        assert_ne!(lapsed.clone().forgotten().address, lapsed.address);
    }
}
