//! One row as a size: article number, label, price, weight, barcode and quantity.

use super::columns::{Column, Meta};
use super::csv_file::Row;
use super::report::Remarks;
use super::rows::Article;
use shop_core::catalog::{Price, Size, Sku, Variant};
use shop_core::id::VariantId;
use shop_core::money::{Money, MoneyError};

/// What a label says when there is nothing to choose.
const ONE_SIZE: &str = "one size";

/// No garment weighs more than this many grams.
const MAX_GRAMS: u32 = 100_000;

/// A shelf holds no more.
const MAX_QUANTITY: i64 = 1_000_000;

/// A size with what the file says about its stock.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct SizeLine {
    pub row: usize,
    pub variant: Variant,
    /// Pieces on the shelf; `None` when the file does not say.
    pub quantity: Option<u32>,
}

/// Reads a row. `label` is the value of the size option, `None` when the product has no sizes. `None`, with at least one fault,
/// when the row is not usable.
pub(super) fn read(
    article: &Article,
    row: &Row,
    product_slug: &str,
    label: Option<&str>,
    id: VariantId,
    remarks: &mut Remarks,
) -> Option<SizeLine> {
    let mut line = Line { article, row, remarks };
    let size = line.size(label);
    let price = line.price();
    let sku = size.as_ref().and_then(|size| line.sku(product_slug, size));
    let grams = line.grams();
    let quantity = line.quantity();
    let barcode = line.barcode();
    let variant = Variant { id, sku: sku?, size: size?, price: price?, grams: grams?, barcode, available: 0 };
    Some(SizeLine { row: row.number, variant, quantity: quantity? })
}

struct Line<'a, 's> {
    article: &'a Article<'s>,
    row: &'a Row,
    remarks: &'a mut Remarks,
}

impl Line<'_, '_> {
    fn cell(&self, column: Column) -> &str {
        // Spreadsheets keep leading zeros with an apostrophe.
        let text = self.article.cell(self.row, column);
        text.strip_prefix('\'').unwrap_or(text)
    }

    fn fault(&mut self, text: impl Into<String>) {
        self.remarks.fault(self.row.number, self.article.handle, text);
    }

    fn note(&mut self, text: impl Into<String>) {
        self.remarks.note(self.row.number, self.article.handle, text);
    }

    fn size(&mut self, label: Option<&str>) -> Option<Size> {
        let label = match label {
            None | Some("Default Title") => ONE_SIZE,
            Some(text) if text.eq_ignore_ascii_case(ONE_SIZE) => ONE_SIZE,
            Some(text) => text,
        };
        let size = Size::parse(label);
        if size.is_none() {
            self.fault(if label.is_empty() {
                "De maat ontbreekt.".to_owned()
            } else {
                format!("‘{label}’ is te lang voor een maat (hooguit 24 tekens).")
            });
        }
        size
    }

    fn sku(&mut self, product_slug: &str, size: &Size) -> Option<Sku> {
        let text = self.cell(Column::Sku).to_owned();
        if !text.is_empty() {
            let sku = Sku::parse(&text).ok();
            if sku.is_none() {
                self.fault(format!("Het artikelnummer ‘{text}’ kan niet: gebruik letters, cijfers en - _ . / en hooguit 64 tekens, zonder spaties."));
            }
            return sku;
        }
        let made = format!("{product_slug}-{}", size.slug()).to_uppercase();
        let sku = Sku::parse(&made).ok();
        if sku.is_some() {
            self.note(
                "Er staat geen artikelnummer (SKU) in het bestand. Ik heb er een gemaakt van de handle en de maat.",
            );
        } else {
            self.fault("Het artikelnummer (SKU) ontbreekt.");
        }
        sku
    }

    fn price(&mut self) -> Option<Price> {
        let now = self.amount(Column::Price, "prijs")?;
        let compare_at = self.amount(Column::CompareAt, "van-prijs (Compare At Price)")?;
        let lowest = self.lowest()?;
        let Some(now) = now.filter(|now| *now > Money::ZERO) else {
            self.fault("De prijs ontbreekt of is nul.");
            return None;
        };
        if compare_at.is_none_or(|compare_at| compare_at <= now) {
            return Some(Price::plain(now));
        }
        if lowest.is_none() {
            self.note("Er staat een van-prijs in het bestand, maar niet de laagste prijs van de laatste 30 dagen. De wet vraagt die, dus de winkel toont geen korting.");
        }
        Some(Price { now, lowest_30_days: lowest })
    }

    /// `Some(None)` when the cell is empty, `None` with a fault when it holds no amount.
    fn amount(&mut self, column: Column, what: &str) -> Option<Option<Money>> {
        let text = self.cell(column).to_owned();
        self.read_amount(&text, what)
    }

    fn lowest(&mut self) -> Option<Option<Money>> {
        let text = self.article.text(Column::Meta(Meta::Lowest30)).to_owned();
        self.read_amount(&text, "laagste prijs van 30 dagen")
    }

    fn read_amount(&mut self, text: &str, what: &str) -> Option<Option<Money>> {
        if text.is_empty() {
            return Some(None);
        }
        match Money::parse(text.trim_end_matches("EUR").trim_end_matches('€')) {
            Ok(amount) => Some(Some(amount)),
            Err(error) => {
                self.fault(match error {
                    MoneyError::Malformed => format!("De {what} ‘{text}’ is geen bedrag. Schrijf het als 44,95."),
                    MoneyError::TooLarge => format!("De {what} ‘{text}’ is te hoog."),
                });
                None
            }
        }
    }

    fn grams(&mut self) -> Option<u32> {
        let text = self.cell(Column::Grams).to_owned();
        if text.is_empty() {
            return Some(0);
        }
        // Newer exports write `190.0`.
        let whole = text.split_once(['.', ',']).map_or(text.as_str(), |(whole, _)| whole);
        let grams = whole.parse().ok().filter(|grams| *grams <= MAX_GRAMS);
        if grams.is_none() {
            self.fault(format!("Het gewicht ‘{text}’ is geen aantal grammen."));
        }
        grams
    }

    /// `Some(None)` when the file does not say.
    fn quantity(&mut self) -> Option<Option<u32>> {
        let text = self.cell(Column::Quantity).to_owned();
        if text.is_empty() {
            self.note("Er staat geen voorraad in het bestand. Een nieuwe maat begint met 0.");
            return Some(None);
        }
        let number =
            text.strip_suffix(".0").unwrap_or(&text).parse::<i64>().ok().filter(|number| *number <= MAX_QUANTITY);
        let Some(number) = number else {
            self.fault(format!("De voorraad ‘{text}’ is geen aantal."));
            return None;
        };
        if number < 0 {
            self.note(format!("De voorraad is {number}; ik lees dat als 0."));
        }
        Some(Some(u32::try_from(number).unwrap_or(0)))
    }

    fn barcode(&mut self) -> Option<String> {
        let text = self.cell(Column::Barcode).to_owned();
        if text.is_empty() {
            return None;
        }
        // A spreadsheet that took it for a number has thrown its last digits away.
        let usable = text.len() <= 32 && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
        if !usable {
            self.note(format!(
                "De barcode ‘{text}’ is niet bruikbaar en is overgeslagen. Zet de kolom in je rekenblad op ‘tekst’."
            ));
        }
        usable.then_some(text)
    }
}

/// Sizes by height when all have one; otherwise the order of the file, because only the owner knows it (S, M, L).
pub(super) fn in_shelf_order(mut lines: Vec<SizeLine>) -> Vec<SizeLine> {
    if lines.iter().all(|line| !line.variant.size.heights().is_empty()) {
        lines.sort_by_key(|line| line.variant.size.shelf_key().0);
    }
    lines
}
