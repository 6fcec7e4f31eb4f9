//! What claims begin with.

use shop_core::address::{Address, Country, HouseNumber, PersonName, Phone, PostalCode};
use shop_core::cart::{Cart, Line, PricedLine, Quantity, price};
use shop_core::catalog::{
    Category, Colour, Description, Maker, Picture, Price, Product, Season, Size, Sku, Status, Variant,
};
use shop_core::email::EmailAddress;
use shop_core::id::{AttemptId, CartId, CustomerId, JobId, OrderId, ProductId, ReservationId, StaffId, VariantId};
use shop_core::money::Money;
use shop_core::order::{Agreed, Contact, Order, OrderLine, OrderState};
use shop_core::payment::{Attempt, AttemptState, Method, attempt_reference};
use shop_core::stock::Hold;
use shop_core::time::{Day, Timestamp};
use shop_core::vat::VatRate;
use shop_flows::ports::{Customer, Staff, Store, StoreError, Tx};
use std::sync::atomic::{AtomicU64, Ordering};
use uuid::Uuid;

pub type Claim = Result<(), StoreError>;

/// `seconds` after a Sunday in November, with microseconds that must survive.
pub const fn at(seconds: i64) -> Timestamp {
    Timestamp::from_micros(1_795_362_831_123_457 + seconds * 1_000_000)
}

pub fn uuid(n: u128) -> Uuid {
    Uuid::from_u128(n)
}

pub fn email(text: &str) -> EmailAddress {
    EmailAddress::parse(text).expect("an address")
}

pub fn cart_id(n: u128) -> CartId {
    CartId::new(uuid(n))
}

pub fn order_id(n: u128) -> OrderId {
    OrderId::new(uuid(n))
}

pub fn job_id(n: u128) -> JobId {
    JobId::new(uuid(n))
}

/// A new one at every call.
pub fn reservation_id() -> ReservationId {
    static NEXT: AtomicU64 = AtomicU64::new(1);
    ReservationId::new(Uuid::from_u64_pair(1, NEXT.fetch_add(1, Ordering::Relaxed)))
}

/// The `size`th size (from 1) of [`product`] `n`.
pub fn variant_id(n: u128, size: u128) -> VariantId {
    VariantId::new(uuid(n * 1000 + size))
}

pub fn product(n: u128) -> Product {
    let variant = |size: u128, label: &str, lowest: Option<i64>| Variant {
        id: variant_id(n, size),
        sku: Sku::parse(&format!("AG-{n}-{size}")).expect("an article number"),
        size: Size::parse(label).expect("a size"),
        price: Price { now: Money::cents(4495), lowest_30_days: lowest.map(Money::cents) },
        grams: 180,
        barcode: lowest.map(|_| "8712345678906".to_owned()),
        available: 0,
    };
    Product {
        id: ProductId::new(uuid(n * 1000)),
        slug: format!("jurk-madelief-{n}"),
        title: "Jurk Madelief".to_owned(),
        brand: "All Gems".to_owned(),
        kind: "Jurken".to_owned(),
        category: Category::parse("jurken").expect("a category"),
        description: Description {
            paragraphs: vec!["Zacht, met zak’en.".to_owned()],
            points: vec!["100% katoen".to_owned()],
        },
        colour: Some(Colour {
            name: "weidebloemen".to_owned(),
            family: "Naturel".to_owned(),
            hex: "#f2eadb".to_owned(),
        }),
        group: Some("madelief".to_owned()),
        fibre: "100% katoen".to_owned(),
        fabric: "Hydrofiel".to_owned(),
        care: "30 graden".to_owned(),
        fit: "Valt ruim".to_owned(),
        certificate: None,
        maker: Maker { name: "All Gems".to_owned(), ..Maker::default() },
        season: Some(Season::Summer),
        pairs_with: vec!["legging-linde".to_owned()],
        vat: VatRate::STANDARD,
        is_new: true,
        is_organic: false,
        status: Status::Active,
        variants: vec![variant(1, "98/104", Some(4995)), variant(2, "110/116", None)],
        pictures: vec![picture(&format!("front{n}")), picture(&format!("back{n}"))],
        created_at: at(-86_400),
    }
}

pub fn picture(key: &str) -> Picture {
    Picture {
        key: key.to_owned(),
        width: 1600,
        height: 2000,
        widths: vec![400, 800, 1600],
        has_avif: false,
        dominant: "#f2eadb".to_owned(),
        alt: format!("Jurk, {key}"),
    }
}

/// Product `n` in the shop, with this many of each size on the shelf.
pub async fn shelf(store: &dyn Store, n: u128, pieces: u32) -> Claim {
    let mut tx = store.begin().await?;
    tx.save_product(&product(n), 0, at(0)).await?;
    for size in [1, 2] {
        tx.count_stock(variant_id(n, size), pieces, "Ineke", at(0)).await?;
    }
    tx.commit().await
}

pub fn cart(n: u128, variants: &[(VariantId, u32)]) -> Cart {
    let line = |(variant, quantity): &(VariantId, u32)| Line {
        variant: *variant,
        quantity: Quantity::new(*quantity).expect("a quantity"),
        seen_price: Money::cents(4495),
    };
    Cart { id: cart_id(n), lines: variants.iter().map(line).collect(), code: None }
}

pub fn hold(until: Timestamp) -> Hold {
    Hold { until, extended: 0 }
}

pub fn address(given: &str, family: &str, city: &str) -> Address {
    Address {
        name: PersonName { given: given.to_owned(), family: family.to_owned() },
        street: "Wittem".to_owned(),
        house: HouseNumber { number: 16, addition: "bis".to_owned() },
        postal_code: PostalCode::parse("7603 NE", Country::Nl).expect("a postal code"),
        city: city.to_owned(),
        country: Country::Nl,
    }
}

pub fn customer(n: u128, address: &str) -> Customer {
    Customer {
        id: CustomerId::new(uuid(n)),
        email: email(address),
        given_name: "Marieke".to_owned(),
        family_name: "de Vries".to_owned(),
        phone: Phone::parse("06 12345678"),
        created_at: at(0),
        verified_at: None,
    }
}

pub fn staff(n: u128, address: &str) -> Staff {
    Staff {
        id: StaffId::new(uuid(n)),
        email: email(address),
        name: "Ineke".to_owned(),
        password_hash: None,
        totp_sealed: Some("sealed".to_owned()),
        totp_last_step: 0,
        created_at: at(0),
    }
}

/// An order of two pieces of the first size of product 1, made from cart `n` by customer 1.
pub fn order(n: u128) -> Order {
    let line = PricedLine { variant: variant_id(1, 1), unit: Money::cents(4495), quantity: 2, rate: VatRate::STANDARD };
    Order {
        id: order_id(n),
        number: shop_core::order::OrderNumber::of(100_000 + i64::try_from(n).expect("small")),
        cart: cart_id(n),
        customer: CustomerId::new(uuid(1)),
        contact: Contact { email: email("Marieke@Voorbeeld.nl"), phone: Phone::parse("0546 232032") },
        address: address("Marieke", "de Vries", "Almelo"),
        lines: vec![OrderLine {
            variant: line.variant,
            sku: "AG-1-1".to_owned(),
            title: "Jurk Madelief".to_owned(),
            slug: "jurk-madelief-1".to_owned(),
            colour: "weidebloemen".to_owned(),
            size: "98/104".to_owned(),
            picture: Some("front1".to_owned()),
            unit: line.unit,
            quantity: line.quantity,
            discount: Money::ZERO,
            rate: line.rate,
            fibre: "100% katoen".to_owned(),
        }],
        totals: price(&[line], Money::ZERO, Money::cents(495)).expect("fits"),
        code: None,
        method: Method::Ideal,
        state: OrderState::AwaitingPayment { until: at(1200) },
        agreed: Agreed {
            button: "Bestellen en betalen".to_owned(),
            terms: "2026-11".to_owned(),
            privacy: "2026-11".to_owned(),
            arrival: Day { year: 2026, month: 11, day: 24 },
        },
        placed_at: at(i64::try_from(n).expect("small")),
        tracking: None,
        version: 1,
    }
}

/// The lines of an order, to be priced anew.
pub fn priced(order: &Order) -> Vec<PricedLine> {
    let line = |line: &OrderLine| PricedLine {
        variant: line.variant,
        unit: line.unit,
        quantity: line.quantity,
        rate: line.rate,
    };
    order.lines.iter().map(line).collect()
}

pub fn attempt(n: u128, of: &Order, ordinal: u32) -> Attempt {
    Attempt {
        id: AttemptId::new(uuid(n)),
        order: of.id,
        ordinal,
        method: Method::Ideal,
        amount: of.totals.total,
        reference: attempt_reference(&of.number, ordinal),
        provider_id: None,
        pay_url: None,
        state: AttemptState::Created,
        created_at: at(5),
        version: 1,
    }
}

/// Customer 1 with these orders.
pub async fn placed(store: &dyn Store, orders: &[Order]) -> Claim {
    let mut tx = store.begin().await?;
    if tx.customer(CustomerId::new(uuid(1))).await?.is_none() {
        tx.save_customer(&customer(1, "marieke@voorbeeld.nl")).await?;
    }
    for order in orders {
        tx.insert_order(order).await?;
    }
    tx.commit().await
}

/// What may still be promised of a size.
pub async fn available(tx: &mut Box<dyn Tx>, variant: VariantId) -> Result<u32, StoreError> {
    Ok(tx.stock(variant).await?.expect("a known size").available())
}
