//! Orders that tests begin with.

use super::{Agreed, Contact, Order, OrderLine, OrderNumber, OrderState};
use crate::address::{Address, Country, HouseNumber, PersonName, PostalCode};
use crate::cart::{PricedLine, price, spread};
use crate::email::EmailAddress;
use crate::id::{CartId, CustomerId, OrderId, VariantId};
use crate::money::Money;
use crate::payment::Method;
use crate::time::{Day, Timestamp};
use crate::vat::VatRate;
use uuid::Uuid;

/// Price of a piece in cents, pieces, VAT in basis points.
pub(crate) type Sold = (i64, u32, u16);

/// An order that was priced like every other.
pub(crate) fn order(sold: &[Sold], discount: i64, shipping: i64) -> Order {
    let priced: Vec<PricedLine> = (1..)
        .zip(sold)
        .map(|(n, (cents, quantity, points))| PricedLine {
            variant: VariantId::new(Uuid::from_u128(n)),
            unit: Money::cents(*cents),
            quantity: *quantity,
            rate: VatRate::basis_points(*points).expect("valid"),
        })
        .collect();
    let totals = price(&priced, Money::cents(discount), Money::cents(shipping)).expect("fits");
    let off = spread(&priced, totals.discount).expect("fits");
    let line = |(line, discount): (&PricedLine, Money)| OrderLine {
        variant: line.variant,
        sku: "AG-1".to_owned(),
        title: "Jurk Madelief".to_owned(),
        slug: "jurk-madelief".to_owned(),
        colour: String::new(),
        size: "98/104".to_owned(),
        picture: None,
        unit: line.unit,
        quantity: line.quantity,
        discount,
        rate: line.rate,
        fibre: String::new(),
    };
    Order {
        id: OrderId::new(Uuid::from_u128(1)),
        number: OrderNumber::of(OrderNumber::FIRST),
        cart: CartId::new(Uuid::from_u128(2)),
        customer: CustomerId::new(Uuid::from_u128(3)),
        contact: Contact { email: EmailAddress::parse("marieke@voorbeeld.nl").expect("valid"), phone: None },
        address: Address {
            name: PersonName { given: "Marieke".to_owned(), family: "de Vries".to_owned() },
            street: "Wittem".to_owned(),
            house: HouseNumber { number: 16, addition: String::new() },
            postal_code: PostalCode::parse("7603 NE", Country::Nl).expect("valid"),
            city: "Almelo".to_owned(),
            country: Country::Nl,
        },
        lines: priced.iter().zip(off).map(line).collect(),
        totals,
        code: None,
        method: Method::Ideal,
        state: OrderState::AwaitingPayment { until: Timestamp::from_micros(1) },
        agreed: Agreed {
            button: String::new(),
            terms: String::new(),
            privacy: String::new(),
            arrival: Day { year: 2026, month: 11, day: 26 },
        },
        placed_at: Timestamp::from_micros(0),
        tracking: None,
        version: 1,
    }
}
