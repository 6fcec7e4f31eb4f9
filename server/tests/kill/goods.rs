//! What is on the shelf: one dress in several prices, because the sandbox reads a fate in the last two digits of a total.

use shop_core::catalog::{Category, Description, Maker, Price, Product, Size, Sku, Status, Variant};
use shop_core::id::{ProductId, VariantId};
use shop_core::money::Money;
use shop_core::time::Timestamp;
use shop_core::vat::VatRate;
use uuid::Uuid;

/// More than are sold, so that nobody is refused.
pub const SHELF: u32 = 1000;
/// What delivery costs.
const DELIVERY: i64 = 495;

/// Something to buy.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Dress {
    /// Counted from 0.
    pub number: u8,
    /// With delivery, in cents.
    pub total: i64,
}

/// The usual one, and those whose payment is refused, stays open, expires, or happens without a word.
pub const DRESSES: [Dress; 5] = [
    Dress { number: 0, total: 4990 },
    Dress { number: 1, total: 5001 },
    Dress { number: 2, total: 5002 },
    Dress { number: 3, total: 5003 },
    Dress { number: 4, total: 5004 },
];

impl Dress {
    fn id(self, last: u128) -> Uuid {
        Uuid::from_u128(1000 + 10 * u128::from(self.number) + last)
    }

    /// Its one size.
    pub fn variant(self) -> VariantId {
        VariantId::new(self.id(1))
    }

    /// As the shop knows it.
    pub fn product(self) -> Product {
        let text = str::to_owned;
        Product {
            id: ProductId::new(self.id(0)),
            slug: format!("jurk-madelief-{}", self.number),
            title: text("Jurk Madelief"),
            brand: text("All Gems"),
            kind: text("Jurken"),
            category: Category::of_type("Jurken"),
            description: Description::default(),
            colour: None,
            group: None,
            fibre: text("100% katoen"),
            fabric: String::new(),
            care: String::new(),
            fit: String::new(),
            certificate: None,
            maker: Maker::default(),
            season: None,
            pairs_with: Vec::new(),
            vat: VatRate::STANDARD,
            is_new: false,
            is_organic: false,
            status: Status::Active,
            variants: vec![Variant {
                id: self.variant(),
                sku: Sku::parse(&format!("AG-{}", self.number)).unwrap(),
                size: Size::parse("98/104").unwrap(),
                price: Price::plain(Money::cents(self.total - DELIVERY)),
                grams: 180,
                barcode: None,
                available: 0,
            }],
            pictures: Vec::new(),
            created_at: Timestamp::from_micros(0),
        }
    }
}
