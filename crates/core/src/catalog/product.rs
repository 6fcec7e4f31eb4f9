//! An article in one colour, with its sizes, pictures and everything the law wants on its page.

use super::{AgeGroup, Category, Season, Size};
use crate::id::{ProductId, VariantId};
use crate::money::Money;
use crate::time::Timestamp;
use crate::vat::VatRate;
use serde::{Deserialize, Serialize};
use std::fmt;

/// The article number on label and packing slip.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Sku(String);

/// The text is no article number: 1 to 64 letters, digits and `-_./`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct SkuError;

impl Sku {
    /// Reads an article number; outer spaces are dropped.
    pub fn parse(text: &str) -> Result<Self, SkuError> {
        let text = text.trim();
        let allowed = |b: u8| b.is_ascii_alphanumeric() || b"-_./".contains(&b);
        if text.is_empty() || text.len() > 64 || !text.bytes().all(allowed) {
            return Err(SkuError);
        }
        Ok(Self(text.to_owned()))
    }

    /// As printed.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Sku {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.0)
    }
}

/// Whether visitors see it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub enum Status {
    /// In the shop.
    #[default]
    Active,
    /// Not yet in the shop.
    Draft,
    /// No longer in the shop; orders still name it.
    Archived,
}

/// What a piece costs, with the reference that a reduction must show.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Price {
    /// What one piece costs now, VAT included.
    pub now: Money,
    /// The lowest price of the 30 days before the reduction, when `now` is announced as reduced (Prijzenwet art. 5a, Omnibus directive).
    pub lowest_30_days: Option<Money>,
}

impl Price {
    /// A price without a reduction.
    pub const fn plain(now: Money) -> Self {
        Self { now, lowest_30_days: None }
    }

    /// The reference price, only when it really is higher than the price now.
    pub fn reference(&self) -> Option<Money> {
        self.lowest_30_days.filter(|reference| *reference > self.now)
    }

    /// Whole percents off the reference, rounded down so that no more is promised than is true.
    pub fn percent_off(&self) -> Option<u8> {
        let reference = self.reference()?.in_cents();
        let off = (reference - self.now.in_cents()) * 100 / reference;
        u8::try_from(off).ok().filter(|percent| *percent > 0)
    }
}

/// What a shopper is told about stock.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Availability {
    /// Enough.
    Plenty,
    /// This many are left; true stock, said only when it is little.
    Last(u32),
    /// None.
    SoldOut,
}

impl Availability {
    /// From this number on nothing is said.
    pub const LITTLE: u32 = 2;

    /// What to say about `available` pieces.
    pub const fn of(available: u32) -> Self {
        match available {
            0 => Self::SoldOut,
            few if few <= Self::LITTLE => Self::Last(few),
            _ => Self::Plenty,
        }
    }

    /// Whether one can be bought.
    pub const fn is_for_sale(self) -> bool {
        !matches!(self, Self::SoldOut)
    }
}

/// One size of a product.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Variant {
    /// Its id.
    pub id: VariantId,
    /// Article number.
    pub sku: Sku,
    /// Size on the label.
    pub size: Size,
    /// Price of one piece.
    pub price: Price,
    /// Weight of one piece in grams.
    pub grams: u32,
    /// Barcode (GTIN), when it has one.
    pub barcode: Option<String>,
    /// Pieces that may still be promised: on the shelf less what is held.
    pub available: u32,
}

/// A photo with its web derivatives.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Picture {
    /// Content hash; the derivatives are `/img/{key}-{width}.{avif|webp|jpg}`.
    pub key: String,
    /// Pixels of the largest derivative.
    pub width: u32,
    /// Pixels of the largest derivative.
    pub height: u32,
    /// Widths that exist, ascending.
    pub widths: Vec<u32>,
    /// Whether AVIF files exist for all widths yet.
    pub has_avif: bool,
    /// Average colour, `#rrggbb`, for the space before it arrives.
    pub dominant: String,
    /// What it shows, for people who cannot see it.
    pub alt: String,
}

/// A colour with its name, family and sample.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Colour {
    /// `weidebloemen`.
    pub name: String,
    /// `Naturel`: what the filter offers.
    pub family: String,
    /// `#f2eadb`.
    pub hex: String,
}

/// Who made it (GPSR, Regulation (EU) 2023/988 art. 19: name, postal and electronic address on the offer).
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Maker {
    /// Company name.
    pub name: String,
    /// Postal address.
    pub address: String,
    /// E-mail address or site.
    pub contact: String,
    /// Country of manufacture.
    pub origin: String,
}

/// An article in one colour.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Product {
    /// Its id.
    pub id: ProductId,
    /// The last part of its address: `/product/{slug}`.
    pub slug: String,
    /// `Jurk Madelief`.
    pub title: String,
    /// Brand.
    pub brand: String,
    /// Type as the owner's file names it: `Jurken`.
    pub kind: String,
    /// Where it stands in the shop.
    pub category: Category,
    /// Paragraphs and bullet points as plain text; the markup of imported descriptions is read, never passed on.
    pub description: Description,
    /// Colour.
    pub colour: Option<Colour>,
    /// Products with the same group are the same article in other colours.
    pub group: Option<String>,
    /// Fibre composition in the wording of the Textile Regulation (EU) 1007/2011.
    pub fibre: String,
    /// `Dubbele hydrofiel, 130 g/m²`.
    pub fabric: String,
    /// Washing instructions.
    pub care: String,
    /// Advice on fit.
    pub fit: String,
    /// Certificate line, printed only when it is complete (scheme, certifier, licence number).
    pub certificate: Option<String>,
    /// Maker.
    pub maker: Maker,
    /// Seasons.
    pub season: Option<Season>,
    /// Slugs of what goes well with it.
    pub pairs_with: Vec<String>,
    /// VAT rate.
    pub vat: VatRate,
    /// New in the shop.
    pub is_new: bool,
    /// Whether it may be called organic: at least 70 % organic fibre.
    pub is_organic: bool,
    /// Shown or not.
    pub status: Status,
    /// Sizes, in shelf order.
    pub variants: Vec<Variant>,
    /// Photos, front first.
    pub pictures: Vec<Picture>,
    /// When it came into the shop.
    pub created_at: Timestamp,
}

/// A description as text blocks: what is left of imported HTML after its markup was read.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Description {
    /// Paragraphs.
    pub paragraphs: Vec<String>,
    /// Bullet points.
    pub points: Vec<String>,
}

impl Product {
    /// The lowest price of its sizes: the one a card shows. `None` without sizes.
    pub fn price(&self) -> Option<Price> {
        self.variants.iter().map(|variant| variant.price).min_by_key(|price| price.now)
    }

    /// Whether sizes cost differently, so a card says "vanaf".
    pub fn has_price_range(&self) -> bool {
        let mut prices = self.variants.iter().map(|variant| variant.price.now);
        prices.next().is_some_and(|first| prices.any(|price| price != first))
    }

    /// The size with that id.
    pub fn variant(&self, id: VariantId) -> Option<&Variant> {
        self.variants.iter().find(|variant| variant.id == id)
    }

    /// Whether any size can be bought.
    pub fn is_for_sale(&self) -> bool {
        self.variants.iter().any(|variant| variant.available > 0)
    }

    /// `74–164`, `one size`, or empty: the span of its sizes for a card.
    pub fn size_span(&self) -> String {
        let first = self.variants.first().map(|variant| &variant.size);
        let last = self.variants.last().map(|variant| &variant.size);
        match (
            first.zip(last),
            first.and_then(|s| s.heights().first().copied()),
            last.and_then(|s| s.heights().last().copied()),
        ) {
            (_, Some(low), Some(high)) if low != high => format!("maat {low}–{high}"),
            (Some((first, last)), _, _) if first == last => first.as_str().to_owned(),
            (Some((first, last)), _, _) => format!("{} t/m {}", first.as_str(), last.as_str()),
            (None, _, _) => String::new(),
        }
    }

    /// The age groups for which a size is in stock.
    pub fn ages_in_stock(&self) -> Vec<AgeGroup> {
        let mut ages: Vec<AgeGroup> =
            self.variants.iter().filter(|v| v.available > 0).flat_map(|v| v.size.age_groups()).collect();
        ages.sort_unstable();
        ages.dedup();
        ages
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reduction_is_measured_from_the_lowest_price_of_thirty_days() {
        let sale = Price { now: Money::cents(3995), lowest_30_days: Some(Money::cents(4495)) };
        let no_sale = Price { now: Money::cents(3995), lowest_30_days: Some(Money::cents(3995)) };

        assert_eq!(sale.percent_off(), Some(11));
        assert_eq!(no_sale.reference(), None);
        assert_eq!(no_sale.percent_off(), None);
    }

    #[test]
    fn only_little_stock_is_mentioned() {
        assert_eq!(Availability::of(0), Availability::SoldOut);
        assert_eq!(Availability::of(2), Availability::Last(2));
        assert_eq!(Availability::of(3), Availability::Plenty);
    }

    #[test]
    fn article_numbers_are_plain() {
        assert_eq!(
            Sku::parse(" AG-JURK-MADELIEF-98104-0002 ").map(|sku| sku.to_string()).as_deref(),
            Ok("AG-JURK-MADELIEF-98104-0002")
        );
        assert_eq!(Sku::parse("a b"), Err(SkuError));
        assert_eq!(Sku::parse(""), Err(SkuError));
    }
}
