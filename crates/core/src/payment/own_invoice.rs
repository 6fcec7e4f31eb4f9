//! Paying the shop itself afterwards, and the rule that nobody has to pay more than half in advance (BW 7:26(2); legal.md PP1). It is
//! the shop's own deferral: no third party, no costs, 14 days (legal.md BN1), so it is offered for every basket and every country.

use super::{Method, NoInvoice};
use crate::money::Money;
use crate::order::{Order, OrderState};
use crate::time::{Seconds, Timestamp};

/// An invoice is due this long after its parcel left.
pub const PAY_WITHIN: Seconds = Seconds::days(14);
/// A friendly reminder follows this long after that.
pub const REMIND_AFTER: Seconds = Seconds::days(3);
/// The letter of BW 6:96(6) follows this long after the reminder.
pub const DEMAND_AFTER: Seconds = Seconds::days(7);
/// It gives 14 days from the day after it came, and two more for mail that is slow; then the owner decides.
pub const HAND_OVER_AFTER: Seconds = Seconds::days(17);

/// What the owner decided about her own invoice.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OwnInvoice {
    /// Up to this much nothing is paid in advance.
    pub limit: Money,
}

impl Default for OwnInvoice {
    fn default() -> Self {
        Self { limit: Money::cents(15_000) }
    }
}

/// What is known of who wants to pay afterwards.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Buyer {
    /// Anybody may have typed this e-mail address.
    Unproven,
    /// Signed in, so the address is hers.
    Proven,
    /// The same, and another invoice of hers is open.
    Owing,
    /// The same, and that one is past its day.
    Overdue,
}

impl OwnInvoice {
    /// Whether somebody may buy on it. Who is late with one may be asked to pay that first (BW 6:262).
    pub const fn is_open_to(&self, buyer: Buyer) -> Result<(), NoInvoice> {
        if matches!(buyer, Buyer::Overdue) { Err(NoInvoice::Unpaid) } else { Ok(()) }
    }

    /// What is paid before the parcel leaves: nothing up to the limit, otherwise half, rounded down to the cent. Half as well from
    /// an e-mail address that nobody proved, because an invoice must reach somebody, and while another one is open: of orders of
    /// which nothing was paid there is one at a time.
    pub fn deposit(&self, total: Money, buyer: Buyer) -> Money {
        let trusted = buyer == Buyer::Proven && total <= self.limit;
        if trusted { Money::ZERO } else { Money::cents(total.in_cents().max(0) / 2) }
    }
}

/// What a way to pay asks before the goods leave.
pub fn asked_in_advance(method: Method, total: Money, buyer: Buyer, own: &OwnInvoice) -> Money {
    match method {
        Method::Ideal | Method::Card | Method::PayPal | Method::BankTransfer => total,
        Method::Klarna => Money::ZERO,
        Method::Invoice => own.deposit(total, buyer),
    }
}

/// When a part of an invoice is to be paid.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum When {
    /// Before the parcel leaves, and before this moment.
    Before(Timestamp),
    /// After the parcel left; the mail about that says when.
    AfterShipping,
    /// Until this moment.
    Until(Timestamp),
}

/// What is open on an invoice of our own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Bill {
    /// The part that is next.
    pub amount: Money,
    /// When.
    pub when: When,
    /// What is left for after the parcel; nothing unless a half is asked first.
    pub rest: Money,
}

impl Bill {
    /// Whether its day is over.
    pub fn is_late(&self, now: Timestamp) -> bool {
        matches!(self.when, When::Until(at) if at < now)
    }

    /// The bill of an order of which `claim` is open. `shipped_at` is when its parcel left. `None` when no parcel will go.
    pub fn of(order: &Order, claim: Money, shipped_at: Option<Timestamp>) -> Option<Self> {
        let (when, rest) = match order.state {
            OrderState::AwaitingPayment { until } => (When::Before(until), order.totals.total.minus(claim).ok()?),
            OrderState::Paid { .. } => (When::AfterShipping, Money::ZERO),
            OrderState::Shipped { at, .. } => (When::Until(at.plus(PAY_WITHIN)), Money::ZERO),
            OrderState::Delivered { at, .. } => (When::Until(shipped_at.unwrap_or(at).plus(PAY_WITHIN)), Money::ZERO),
            OrderState::Cancelled { .. } => return None,
        };
        Some(Self { amount: claim, when, rest })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::address::{Address, Country, PostalCode};
    use crate::order::given::order;
    use crate::payment::{InvoiceLimits, may_pay_afterwards};
    use proptest::prelude::*;

    const OWN: OwnInvoice = OwnInvoice { limit: Money::cents(15_000) };

    #[test]
    fn up_to_the_limit_nothing_is_paid_in_advance_and_above_it_half_rounded_down() {
        let cases = [
            (0, 0),
            (1, 0),
            (14_999, 0),
            (15_000, 0),
            (15_001, 7_500),
            (15_002, 7_501),
            (10_000_000_000, 5_000_000_000),
        ];

        for (total, deposit) in cases {
            assert_eq!(OWN.deposit(Money::cents(total), Buyer::Proven), Money::cents(deposit), "{total}");
        }
    }

    #[test]
    fn an_address_that_nobody_proved_and_a_second_invoice_pay_half_whatever_the_amount() {
        for (total, deposit) in [(1, 0), (2, 1), (4_990, 2_495), (4_991, 2_495), (15_001, 7_500)] {
            assert_eq!(OWN.deposit(Money::cents(total), Buyer::Unproven), Money::cents(deposit), "{total}");
            assert_eq!(OWN.deposit(Money::cents(total), Buyer::Owing), Money::cents(deposit), "{total}");
        }
    }

    /// What became of the wish to pay with Klarna.
    #[derive(Debug, Clone, Copy, PartialEq)]
    enum Klarna {
        NotSetUp,
        Offered,
        Declined,
        Down,
    }

    /// The ways that are left for an order, as the shop offers them.
    fn offered(klarna: Klarna, country: Country, total: Money) -> Vec<Method> {
        let order = order(&[(1, 1, 2100)], 0, 0);
        let code = if country == Country::Nl { "7603NE" } else { "9000" };
        let postal_code = PostalCode::parse(code, country).expect("valid");
        let address = Address { country, postal_code, ..order.address };
        let limits = InvoiceLimits::default();
        let by_klarna =
            klarna == Klarna::Offered && may_pay_afterwards(&order.contact, &address, None, total, &limits).is_ok();
        Method::ALL.into_iter().filter(|method| *method != Method::Klarna || by_klarna).collect()
    }

    #[test]
    fn for_every_basket_country_and_outcome_of_klarna_a_way_asks_at_most_half_in_advance() {
        let totals = [1, 2, 99, 4_990, 14_999, 15_000, 15_001, 150_001, 10_000_000_000].map(Money::cents);
        let buyers = [Buyer::Unproven, Buyer::Proven, Buyer::Owing];
        let limits = [0, 1, 15_000, 10_000_000_000].map(|limit| OwnInvoice { limit: Money::cents(limit) });
        let mut cases = 0;
        for klarna in [Klarna::NotSetUp, Klarna::Offered, Klarna::Declined, Klarna::Down] {
            for country in [Country::Nl, Country::Be] {
                for total in totals {
                    let ways = offered(klarna, country, total);
                    for (buyer, own) in buyers.iter().flat_map(|buyer| limits.iter().map(move |own| (*buyer, own))) {
                        let at_most_half = |method: &Method| {
                            asked_in_advance(*method, total, buyer, own).in_cents() * 2 <= total.in_cents()
                        };
                        assert!(ways.iter().any(at_most_half), "{klarna:?} {country:?} {total} {buyer:?} {own:?}");
                        assert!(
                            own.is_open_to(buyer).is_ok() && at_most_half(&Method::Invoice),
                            "{total} {buyer:?} {own:?}"
                        );
                        cases += 1;
                    }
                }
            }
        }

        assert_eq!(cases, 4 * 2 * 9 * 3 * 4);
    }

    #[test]
    fn who_is_late_with_an_invoice_pays_that_first() {
        assert_eq!(OWN.is_open_to(Buyer::Overdue), Err(NoInvoice::Unpaid));
        for buyer in [Buyer::Unproven, Buyer::Proven, Buyer::Owing] {
            assert_eq!(OWN.is_open_to(buyer), Ok(()), "{buyer:?}");
        }
    }

    #[test]
    fn a_bill_says_what_is_next_and_until_when() {
        let at = Timestamp::from_micros(5);
        let waiting = order(&[(20_000, 1, 2100)], 0, 0);
        let with = |state| crate::order::Order { state, ..waiting.clone() };
        let half = Money::cents(10_000);
        let bill = |state| Bill::of(&with(state), half, None);

        let first = bill(OrderState::AwaitingPayment { until: at });
        assert_eq!(first, Some(Bill { amount: half, when: When::Before(at), rest: half }));
        let packed = bill(OrderState::Paid { at });
        assert_eq!(packed, Some(Bill { amount: half, when: When::AfterShipping, rest: Money::ZERO }));
        let shipped = bill(OrderState::Shipped { paid_at: at, at });
        assert_eq!(
            shipped,
            Some(Bill { amount: half, when: When::Until(at.plus(Seconds::days(14))), rest: Money::ZERO })
        );
        let over = bill(OrderState::Cancelled { at, reason: crate::order::CancelReason::Owner, paid_at: Some(at) });
        assert_eq!(over, None);
    }

    proptest! {
        #[test]
        fn the_parts_of_an_invoice_are_the_whole_and_the_first_is_at_most_half(total in 0i64..10_000_000_000, limit in 0i64..100_000) {
            let own = OwnInvoice { limit: Money::cents(limit) };
            for buyer in [Buyer::Unproven, Buyer::Proven, Buyer::Owing] {
                let deposit = own.deposit(Money::cents(total), buyer);
                let rest = Money::cents(total).minus(deposit).expect("fits");
                prop_assert!(deposit >= Money::ZERO && deposit <= rest);
                prop_assert!(rest.in_cents() - deposit.in_cents() <= 1 || deposit == Money::ZERO);
            }
        }
    }
}
