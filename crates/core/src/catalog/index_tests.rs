use super::*;
use crate::catalog::{Colour, Description, Maker, Price, Size, Sku, Status, Variant};
use crate::id::{ProductId, VariantId};
use crate::money::Money;
use crate::time::Timestamp;
use crate::vat::VatRate;
use proptest::prelude::*;
use uuid::Uuid;

fn article(n: u128, kind: &str, colour: &str, cents: i64, sizes: &[(&str, u32)]) -> Arc<Product> {
    let variants = sizes.iter().zip(0u128..).map(|((size, available), at)| Variant {
        id: VariantId::new(Uuid::from_u128(n * 100 + at)),
        sku: Sku::parse(&format!("A-{n}-{at}")).expect("valid"),
        size: Size::parse(size).expect("valid"),
        price: Price::plain(Money::cents(cents)),
        grams: 100,
        barcode: None,
        available: *available,
    });
    Arc::new(Product {
        id: ProductId::new(Uuid::from_u128(n)),
        slug: format!("artikel-{n}"),
        title: format!("Artikel {n}"),
        brand: String::new(),
        kind: kind.to_owned(),
        category: Category::of_type(kind),
        description: Description::default(),
        colour: Some(Colour { name: colour.to_owned(), family: colour.to_owned(), hex: "#ffffff".to_owned() }),
        group: None,
        fibre: String::new(),
        fabric: String::new(),
        care: String::new(),
        fit: String::new(),
        certificate: None,
        maker: Maker::default(),
        season: Some(Season::Summer),
        pairs_with: Vec::new(),
        vat: VatRate::STANDARD,
        is_new: n == 3,
        is_organic: true,
        status: Status::Active,
        variants: variants.collect(),
        pictures: Vec::new(),
        created_at: Timestamp::from_micros(0),
    })
}

fn shelf() -> Vec<Arc<Product>> {
    vec![
        article(1, "Jurken", "Groen", 4495, &[("86/92", 9), ("98/104", 0)]),
        article(2, "Jurken", "Rood", 2995, &[("98/104", 9)]),
        article(3, "Broeken", "Groen", 1995, &[("98/104", 9), ("110/116", 9)]),
    ]
}

#[test]
fn another_colour_fits_a_list_only_with_the_wanted_size_on_the_shelf() {
    let shelf = shelf();
    let fits = |query: &str| -> Vec<bool> {
        let filter = Filter::read(None, [("maat", query)]);
        shelf.iter().map(|product| filter.has_wanted_size(product)).collect()
    };

    assert_eq!(fits("98-104"), [false, true, true]);
    assert_eq!(fits("116"), [false, false, true]);
    assert_eq!(fits(""), [true, true, true]);
}

fn titles(found: &Listing) -> Vec<usize> {
    found.found.iter().map(|at| at + 1).collect()
}

#[test]
fn a_size_finds_only_what_is_in_stock_in_that_size() {
    let index = Index::of(&shelf());

    let found = index.list(&Filter::read(None, [("maat", "98-104")]), 24);

    assert_eq!(titles(&found), [3, 2]);
    assert_eq!(index.list(&Filter::read(None, [("maat", "98")]), 24).total, 2);
}

#[test]
fn values_of_one_group_widen_and_groups_narrow() {
    let index = Index::of(&shelf());

    assert_eq!(titles(&index.list(&Filter::read(None, [("maat", "98-104,86-92"), ("kleur", "groen")]), 24)), [3, 1]);
    assert_eq!(titles(&index.list(&Filter::read(Some("jurken"), [("sorteer", "prijs-op")]), 24)), [2, 1]);
    assert_eq!(titles(&index.list(&Filter::read(Some("nieuw"), []), 24)), [3]);
}

#[test]
fn counts_say_what_a_further_choice_would_leave() {
    let index = Index::of(&shelf());

    let found = index.list(&Filter::read(None, [("kleur", "groen")]), 24);

    let count = |key: &str, slug: &str| {
        let values =
            found.facets.iter().find(|facet| facet.key == key).map(|facet| facet.values.clone()).unwrap_or_default();
        values.iter().find(|value| value.slug == slug).map(|value| (value.count, value.chosen))
    };
    assert_eq!(count("maat", "98-104"), Some((1, false)));
    assert_eq!(count("kleur", "rood"), Some((1, false)));
    assert_eq!(count("kleur", "groen"), Some((2, true)));
}

#[test]
fn selling_the_last_one_takes_the_size_out_of_the_filter() {
    let mut products = shelf();
    let mut index = Index::of(&products);
    let mut sold = (*products[1]).clone();
    sold.variants[0].available = 0;
    products[1] = Arc::new(sold);

    index.restock(1, &products[1]);

    assert_eq!(titles(&index.list(&Filter::read(None, [("maat", "98-104")]), 24)), [3]);
    assert_eq!(index.list(&Filter::read(None, []), 24).total, 3);
}

#[test]
fn a_page_beyond_the_end_shows_the_last_one() {
    let index = Index::of(&shelf());

    let found = index.list(&Filter::read(None, [("pagina", "9")]), 2);

    assert_eq!((found.page, found.pages, titles(&found)), (2, 2, vec![2]));
    assert_eq!(index.list(&Filter::read(Some("bestaat-niet"), []), 2).total, 0);
}

proptest! {
    #[test]
    fn the_pages_together_hold_every_article_once(count in 0u128..90, per_page in 1u32..30) {
        let products: Vec<Arc<Product>> = (0..count).map(|n| article(n, "Jurken", "Groen", 100, &[("98/104", 1)])).collect();
        let index = Index::of(&products);

        let mut seen: Vec<usize> = Vec::new();
        let pages = index.list(&Filter { page: 1, ..Filter::default() }, per_page).pages;
        for page in 1..=pages {
            seen.extend(index.list(&Filter { page, ..Filter::default() }, per_page).found);
        }

        seen.sort_unstable();
        prop_assert_eq!(seen, (0..products.len()).collect::<Vec<_>>());
    }
}
