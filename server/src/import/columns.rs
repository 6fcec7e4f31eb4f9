//! Which column means what. Shopify renamed its columns in 2025 (help.shopify.com, "Using CSV files to import and export
//! products"); files with the old names are still around, so both are known.

use super::csv_file::Row;
use csv::StringRecord;
use std::collections::HashMap;

/// A column that the shop reads.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Column {
    Handle,
    Title,
    Body,
    Vendor,
    ProductCategory,
    Kind,
    Tags,
    Published,
    Status,
    GiftCard,
    /// 1 to 3.
    OptionName(u8),
    /// 1 to 3.
    OptionValue(u8),
    Sku,
    Barcode,
    Grams,
    Quantity,
    Price,
    CompareAt,
    Taxable,
    ImageSrc,
    ImagePosition,
    ImageAlt,
    VariantImage,
    /// A column `… (product.metafields.namespace.key)`, by its key.
    Meta(Meta),
}

/// What our own columns hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Meta {
    Fibre,
    Fabric,
    Care,
    Origin,
    Maker,
    MakerAddress,
    MakerMail,
    GotsGrade,
    GotsBy,
    GotsLicence,
    Lowest30,
    Season,
    Colour,
    ColourFamily,
    ColourHex,
    Group,
    Pair,
    SizeAdvice,
    IsNew,
}

/// Old and new names, in lower case.
const SPELLINGS: [(&str, Column); 46] = [
    ("handle", Column::Handle),
    ("url handle", Column::Handle),
    ("title", Column::Title),
    ("body (html)", Column::Body),
    ("body html", Column::Body),
    ("description", Column::Body),
    ("vendor", Column::Vendor),
    ("product category", Column::ProductCategory),
    ("type", Column::Kind),
    ("tags", Column::Tags),
    ("published", Column::Published),
    ("published on online store", Column::Published),
    ("status", Column::Status),
    ("gift card", Column::GiftCard),
    ("option1 name", Column::OptionName(1)),
    ("option1 value", Column::OptionValue(1)),
    ("option2 name", Column::OptionName(2)),
    ("option2 value", Column::OptionValue(2)),
    ("option3 name", Column::OptionName(3)),
    ("option3 value", Column::OptionValue(3)),
    ("variant sku", Column::Sku),
    ("sku", Column::Sku),
    ("variant barcode", Column::Barcode),
    ("barcode", Column::Barcode),
    ("variant grams", Column::Grams),
    ("weight value (grams)", Column::Grams),
    ("grams", Column::Grams),
    ("variant inventory qty", Column::Quantity),
    ("variant inventory quantity", Column::Quantity),
    ("inventory quantity", Column::Quantity),
    ("variant price", Column::Price),
    ("price", Column::Price),
    ("variant compare at price", Column::CompareAt),
    ("variant compare-at price", Column::CompareAt),
    ("compare-at price", Column::CompareAt),
    ("compare at price", Column::CompareAt),
    ("variant taxable", Column::Taxable),
    ("charge tax", Column::Taxable),
    ("image src", Column::ImageSrc),
    ("product image url", Column::ImageSrc),
    ("image position", Column::ImagePosition),
    ("image alt text", Column::ImageAlt),
    ("variant image", Column::VariantImage),
    ("variant image url", Column::VariantImage),
    ("product type", Column::Kind),
    ("custom product type", Column::Kind),
];

/// The last part of the names of our own columns.
const KEYS: [(&str, Meta); 19] = [
    ("fibre", Meta::Fibre),
    ("fabric", Meta::Fabric),
    ("care", Meta::Care),
    ("origin", Meta::Origin),
    ("maker", Meta::Maker),
    ("maker_addr", Meta::MakerAddress),
    ("maker_mail", Meta::MakerMail),
    ("gots_grade", Meta::GotsGrade),
    ("gots_by", Meta::GotsBy),
    ("gots_lic", Meta::GotsLicence),
    ("lowest30", Meta::Lowest30),
    ("season", Meta::Season),
    ("colour", Meta::Colour),
    ("colourfam", Meta::ColourFamily),
    ("colourhex", Meta::ColourHex),
    ("group", Meta::Group),
    ("pair", Meta::Pair),
    ("sizeadvice", Meta::SizeAdvice),
    ("isnew", Meta::IsNew),
];

/// Where the columns stand in this file.
#[derive(Debug)]
pub(super) struct Columns {
    at: HashMap<Column, usize>,
    /// Columns without a use, or that come a second time: place and name.
    pub unused: Vec<(usize, String)>,
    /// How many columns the header names.
    pub count: usize,
}

impl Columns {
    /// Finds the columns by their names, in any order. Fails with the names of what no product file can do without.
    pub fn read(header: &StringRecord) -> Result<Self, Vec<&'static str>> {
        let mut columns = Self { at: HashMap::new(), unused: Vec::new(), count: header.len() };
        for (index, name) in header.iter().enumerate() {
            match meaning(name) {
                Some(column) if !columns.at.contains_key(&column) => {
                    columns.at.insert(column, index);
                }
                _ => columns.unused.push((index, name.trim().to_owned())),
            }
        }
        let needed = [
            (Column::Handle, "Handle (of: URL handle)"),
            (Column::Title, "Title"),
            (Column::Price, "Variant Price (of: Price)"),
        ];
        let missing: Vec<_> =
            needed.iter().filter(|(column, _)| !columns.has(*column)).map(|(_, name)| *name).collect();
        if missing.is_empty() { Ok(columns) } else { Err(missing) }
    }

    /// Whether the file has the column.
    pub fn has(&self, column: Column) -> bool {
        self.at.contains_key(&column)
    }

    /// What a row has in a column, without outer spaces; empty when the file has no such column.
    pub fn get<'r>(&self, row: &'r Row, column: Column) -> &'r str {
        self.at.get(&column).map_or("", |index| row.cell(*index))
    }
}

fn meaning(name: &str) -> Option<Column> {
    let name = name.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase();
    if let Some((_, path)) = name.split_once("(product.metafields.") {
        let (namespace, key) = path.strip_suffix(')')?.rsplit_once('.')?;
        // Shopify's own fields hold words of its taxonomy, not texts for people.
        let ours = KEYS.iter().find(|(ours, _)| namespace != "shopify" && *ours == key);
        return ours.map(|(_, meta)| Column::Meta(*meta));
    }
    SPELLINGS.iter().find(|(spelling, _)| *spelling == name).map(|(_, column)| *column)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn old_and_new_names_mean_the_same_in_any_case_and_order() {
        let old = Columns::read(&StringRecord::from(vec!["VARIANT PRICE", "Title", "handle", "Image Src"]));
        let new = Columns::read(&StringRecord::from(vec!["Price", "title", "URL handle", "Product image URL"]));

        assert_eq!(old.expect("readable").at, new.expect("readable").at);
    }

    #[test]
    fn our_own_columns_are_known_by_their_key() {
        assert_eq!(meaning("Stof (product.metafields.allgems.fabric)"), Some(Column::Meta(Meta::Fabric)));
        assert_eq!(meaning("Iets anders (product.metafields.custom.gots_lic)"), Some(Column::Meta(Meta::GotsLicence)));
        assert_eq!(meaning("Fabric (product.metafields.shopify.fabric)"), None);
        assert_eq!(meaning("SEO Title"), None);
    }

    #[test]
    fn a_file_without_prices_is_no_product_file() {
        let header = StringRecord::from(vec!["Handle", "Title"]);

        assert_eq!(Columns::read(&header).expect_err("refused"), ["Variant Price (of: Price)"]);
    }
}
