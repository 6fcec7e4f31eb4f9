//! Views of the catalogue.

use super::super::ApiError;
use super::super::catalog::*;
use super::super::server::{answer, context, shop};
use super::super::words::Html;
use crate::components::product_card::{Level, cards};
use shop_core::ShopError;
use shop_core::address::Country;
use shop_core::catalog::{Availability, Category, Filter, Picture, Product, SIZE_TABLE, Variant};
use shop_core::money::Money;
use shop_flows::Shop;
use shop_flows::catalogue::Snapshot;
use std::fmt::Write;

/// What stands in the bar of wide screens beside "Nieuw" and "Laatste maten": it holds eight links (design.md, header). The rest is in the
/// menu of phones and in the footer.
const IN_BAR: [&str; 6] = ["baby", "jurken", "shirts", "broeken", "nachtmode", "jassen"];

pub async fn shop_facts() -> Result<ShopFacts, ApiError> {
    facts(&shop()?)
}

/// See [`ShopFacts`].
pub fn facts(shop: &Shop) -> Result<ShopFacts, ApiError> {
    let snapshot = shop.catalogue.current();
    let rate = shop.settings.shipping.rate(Country::Nl);
    let with_articles: Vec<&Category> = snapshot.index.categories().map(|(category, _)| category).collect();
    let entry = |path: String, title: &str, in_bar| MenuEntry { path, title: title.to_owned(), in_bar };
    let mut menu = vec![entry("/collectie/nieuw".to_owned(), "Nieuw", true)];
    menu.extend(Category::menu().filter(|category| with_articles.contains(&category)).map(|category| {
        entry(crate::routes::collection(category.as_str()), &category.title(), IN_BAR.contains(&category.as_str()))
    }));
    menu.push(entry("/collectie/laatste-maten".to_owned(), "Laatste maten", true));
    menu.push(entry(crate::routes::collection(""), "Alle kleding", false));
    Ok(ShopFacts {
        identity: shop.settings.identity.clone(),
        organic: snapshot.organic(),
        articles: u32::try_from(snapshot.products().len()).unwrap_or(u32::MAX),
        shipping: rate.map_or(Money::ZERO, |rate| rate.cost),
        free_from: rate.and_then(|rate| rate.free_from),
        return_cost: shop.settings.shipping.return_cost,
        menu,
        ways_to_pay: crate::text::ways_to_pay(&shop.methods()),
        invoice_limit: shop.settings.own_invoice.limit,
        demo: shop.settings.demo,
    })
}

pub fn picture(picture: &Picture) -> PictureView {
    PictureView {
        key: picture.key.clone(),
        width: picture.width,
        height: picture.height,
        widths: picture.widths.clone(),
        avif: picture.has_avif,
        alt: picture.alt.clone(),
    }
}

fn price_of_product(product: &Product) -> PriceView {
    let price = product.price();
    PriceView {
        now: price.map_or(Money::ZERO, |price| price.now),
        reference: price.and_then(|price| price.reference()),
        percent_off: price.and_then(|price| price.percent_off()),
        from: product.has_price_range(),
    }
}

fn price_of(variant: &Variant) -> PriceView {
    PriceView {
        now: variant.price.now,
        reference: variant.price.reference(),
        percent_off: variant.price.percent_off(),
        from: false,
    }
}

fn swatches(snapshot: &Snapshot, product: &Product) -> Vec<Swatch> {
    let swatch = |other: &Product| {
        let colour = other.colour.as_ref()?;
        Some(Swatch {
            slug: other.slug.clone(),
            name: colour.name.clone(),
            hex: colour.hex.clone(),
            current: other.id == product.id,
        })
    };
    snapshot.colours(product).into_iter().filter_map(|other| swatch(other)).collect()
}

/// A product as a card.
pub fn card(snapshot: &Snapshot, product: &Product) -> Card {
    let colour = product.colour.as_ref().map(|colour| colour.name.as_str()).unwrap_or_default();
    let meta = [colour, product.size_span().as_str()]
        .into_iter()
        .filter(|part| !part.is_empty())
        .collect::<Vec<_>>()
        .join(" · ");
    Card {
        slug: product.slug.clone(),
        title: product.title.clone(),
        meta,
        price: price_of_product(product),
        front: product.pictures.first().map(picture),
        styled: product.pictures.get(2).map(picture),
        swatches: swatches(snapshot, product),
        is_new: product.is_new,
        sold_out: !product.is_for_sale(),
    }
}

/// A product as a card of a list: of its other colours only those that have the wanted size, so no tap ends at an empty shelf.
fn listed(snapshot: &Snapshot, product: &Product, filter: &Filter) -> Card {
    let mut card = card(snapshot, product);
    card.swatches.retain(|swatch| {
        swatch.current || snapshot.product(&swatch.slug).is_some_and(|other| filter.has_wanted_size(other))
    });
    card
}

pub async fn home_page() -> Result<HomeFacts, ApiError> {
    let context = context()?;
    let snapshot = context.shop.catalogue.current();
    let decor = |name: &str| context.decor.get(name).map(picture);
    let cards = |slug: &str, most: usize| -> Vec<Card> {
        let listing = snapshot.index.list(&Filter::read(Some(slug), []), 24);
        listing
            .found
            .iter()
            .filter_map(|at| snapshot.products().get(*at))
            .filter(|product| product.is_for_sale())
            .take(most)
            .map(|product| card(&snapshot, product))
            .collect()
    };
    let tiles = Category::menu().map(|category| {
        let tile = decor(&format!("tegel-{}", category.as_str()));
        (category.as_str().to_owned(), category.title(), tile)
    });
    Ok(HomeFacts {
        hero: decor("hero-kapstok"),
        tiles: tiles.collect(),
        new: cards("nieuw", 8),
        last: cards("laatste-maten", 4),
        story: decor("hero-gebreid"),
    })
}

pub async fn list_page(category: String, query: String) -> Result<ListPage, ApiError> {
    let shop = shop()?;
    if !shop.has_category(&category) {
        return answer(Err(ShopError::NotFound));
    }
    let pairs = query_pairs(&query);
    let filter = Filter::read(
        Some(category.as_str()).filter(|slug| !slug.is_empty()),
        pairs.iter().map(|(key, value)| (key.as_str(), value.as_str())),
    );
    let (snapshot, listing) = shop.list(&filter);
    let title = match category.as_str() {
        "" => "Alle kleding".to_owned(),
        "nieuw" => "Nieuw".to_owned(),
        "laatste-maten" => "Laatste maten".to_owned(),
        _ => filter.category.as_ref().map(Category::title).unwrap_or_default(),
    };
    let mut filter = filter;
    filter.page = listing.page;
    let found = listing.found.iter().filter_map(|at| snapshot.products().get(*at));
    let list: Vec<Card> = found.map(|product| listed(&snapshot, product, &filter)).collect();
    // Rows that are added below the first ones hurry nowhere.
    let soon = if pairs.iter().any(|(key, _)| key == MORE) { 0 } else { 6 };
    Ok(ListPage {
        title,
        head: Html::default(),
        here: u32::try_from(list.len()).unwrap_or(u32::MAX),
        cards: Html::of(cards(&list, soon, soon > 0, Level::Two)),
        total: listing.total,
        page: listing.page,
        pages: listing.pages,
        facets: listing.facets,
        filter,
    })
}

/// The pairs of a query string, decoded; what cannot be decoded is left out.
pub fn query_pairs(query: &str) -> Vec<(String, String)> {
    let decode = |text: &str| {
        let mut bytes = Vec::with_capacity(text.len());
        let mut rest = text.bytes();
        while let Some(byte) = rest.next() {
            match byte {
                b'+' => bytes.push(b' '),
                b'%' => {
                    let digits = [rest.next()?, rest.next()?];
                    bytes.push(u8::from_str_radix(std::str::from_utf8(&digits).ok()?, 16).ok()?);
                }
                other => bytes.push(other),
            }
        }
        String::from_utf8(bytes).ok()
    };
    let pairs = query.trim_start_matches('?').split('&').take(40).filter_map(|pair| {
        let (key, value) = pair.split_once('=').unwrap_or((pair, ""));
        Some((decode(key)?, decode(value)?))
    });
    pairs.collect()
}

pub async fn product_page(slug: String) -> Result<ProductFacts, ApiError> {
    let shop = shop()?;
    let snapshot = shop.catalogue.current();
    let Some(product) = snapshot.product(&slug) else { return answer(Err(ShopError::NotFound)) };
    let arrival = shop.arrival();
    let arrives_if = if arrival.if_ordered_today {
        format!("als je vandaag voor {}.00 uur bestelt", shop.settings.shipping.cutoff_hour)
    } else {
        "als je nu bestelt".to_owned()
    };
    let weekday = arrival.day.weekday_name();
    let price = price_of_product(product);
    let rate = shop.settings.shipping.rate(Country::Nl);
    let heights: Vec<u16> = product.variants.iter().flat_map(|variant| variant.size.heights()).collect();
    Ok(ProductFacts {
        slug: product.slug.clone(),
        title: product.title.clone(),
        brand: product.brand.clone(),
        category: (product.category.as_str().to_owned(), product.category.title()),
        colour: product.colour.as_ref().map(|colour| colour.name.clone()).unwrap_or_default(),
        price,
        description: product.description.clone(),
        pictures: product.pictures.iter().map(picture).collect(),
        sizes: product.variants.iter().map(size).collect(),
        swatches: swatches(&snapshot, product),
        fibre: product.fibre.clone(),
        fabric: product.fabric.clone(),
        care: product
            .care
            .trim_end_matches('.')
            .split(", ")
            .filter(|part| !part.is_empty())
            .map(str::to_owned)
            .collect(),
        fit: product.fit.clone(),
        fit_votes: snapshot.fit(product).verdict().map(crate::text::fit_verdict).unwrap_or_default(),
        certificate: product.certificate.clone(),
        maker: (product.maker.name.clone(), product.maker.address.clone(), product.maker.contact.clone()),
        origin: product.maker.origin.clone(),
        arrives: format!("{} {}", capitalised(weekday), arrival.day.short()),
        arrives_if,
        shipping: shop.settings.shipping.cost(price.now, Country::Nl).unwrap_or(Money::ZERO),
        free_from: rate.and_then(|rate| rate.free_from),
        return_cost: shop.settings.shipping.return_cost,
        pairs: product
            .pairs_with
            .iter()
            .filter_map(|slug| snapshot.product(slug))
            .take(4)
            .map(|other| card(&snapshot, other))
            .collect(),
        size_table: rows()
            .into_iter()
            .filter(|row| row.size.parse().is_ok_and(|cm: u16| heights.contains(&cm)))
            .collect(),
        structured: structured(&shop, product),
        summary: product
            .description
            .paragraphs
            .first()
            .map(|text| text.chars().take(155).collect())
            .unwrap_or_default(),
    })
}

fn size(variant: &Variant) -> SizeView {
    SizeView {
        variant: variant.id.to_string(),
        label: variant.size.as_str().to_owned(),
        age: variant.size.age_hint(),
        availability: Availability::of(variant.available),
        price: price_of(variant),
        sku: variant.sku.as_str().to_owned(),
    }
}

fn rows() -> Vec<SizeRow> {
    let row = |row: &shop_core::catalog::SizeMeasures| SizeRow {
        size: row.size.to_string(),
        from: row.from,
        to: row.size,
        age: row.age.to_owned(),
        chest: row.chest,
        waist: row.waist,
        hips: row.hips,
        double: row.double.to_owned(),
    };
    SIZE_TABLE.iter().map(row).collect()
}

pub async fn size_table() -> Result<Vec<SizeRow>, ApiError> {
    Ok(rows())
}

/// `dinsdag` at the beginning of a sentence.
pub fn capitalised(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// schema.org Product with an offer per size. `<` never appears, so it cannot end the script element that it stands in.
fn structured(shop: &Shop, product: &Product) -> String {
    let url = format!("{}{}", shop.settings.public_url, crate::routes::product(&product.slug));
    let mut offers = String::new();
    for variant in &product.variants {
        let stock = if variant.available > 0 { "InStock" } else { "OutOfStock" };
        let comma = if offers.is_empty() { "" } else { "," };
        let _ = write!(
            offers,
            r#"{comma}{{"@type":"Offer","sku":{},"size":{},"price":"{}","priceCurrency":"EUR","availability":"https://schema.org/{stock}","url":{}}}"#,
            json(variant.sku.as_str()),
            json(variant.size.as_str()),
            variant.price.now.decimal(),
            json(&url),
        );
    }
    let image = product
        .pictures
        .first()
        .map(|p| format!("{}{}", shop.settings.public_url, crate::routes::picture(&p.key, p.width, "jpg")))
        .unwrap_or_default();
    format!(
        r#"{{"@context":"https://schema.org","@type":"Product","name":{},"brand":{{"@type":"Brand","name":{}}},"description":{},"image":{},"color":{},"material":{},"offers":[{offers}]}}"#,
        json(&product.title),
        json(&product.brand),
        json(product.description.paragraphs.first().map(String::as_str).unwrap_or_default()),
        json(&image),
        json(product.colour.as_ref().map(|colour| colour.name.as_str()).unwrap_or_default()),
        json(&product.fibre),
    )
}

fn json(text: &str) -> String {
    serde_json::to_string(text).unwrap_or_else(|_| "\"\"".to_owned()).replace('<', "\\u003c").replace('>', "\\u003e")
}

/// As much of what was typed as anybody types; the work of searching grows with it.
fn at_most(query: &str) -> String {
    query.chars().take(100).collect()
}

pub async fn search_page(query: String) -> Result<SearchFacts, ApiError> {
    let (shop, query) = (shop()?, at_most(&query));
    let snapshot = shop.catalogue.current();
    let (products, found) =
        if query.trim().is_empty() { (Vec::new(), Default::default()) } else { shop.search(&query) };
    let mut categories: Vec<(String, String)> = products
        .iter()
        .take(40)
        .map(|product| (product.category.as_str().to_owned(), product.category.title()))
        .collect();
    categories.dedup();
    categories.sort();
    categories.dedup();
    if categories.is_empty() {
        categories = Category::menu().map(|category| (category.as_str().to_owned(), category.title())).collect();
    }
    Ok(SearchFacts {
        query,
        cards: products.iter().take(48).map(|product| card(&snapshot, product)).collect(),
        total: u32::try_from(products.len()).unwrap_or(u32::MAX),
        corrected: found.corrected,
        size: found.height.map(|cm| cm.to_string()),
        categories,
        nearby: found.nearby,
    })
}

pub async fn suggest(query: String) -> Result<Vec<Suggestion>, ApiError> {
    let (shop, query) = (shop()?, at_most(&query));
    if query.trim().chars().count() < 2 {
        return Ok(Vec::new());
    }
    let lower = query.trim().to_lowercase();
    let mut suggestions: Vec<Suggestion> = Category::menu()
        .filter(|category| category.title().to_lowercase().starts_with(&lower))
        .map(|category| Suggestion {
            label: category.title(),
            href: crate::routes::collection(category.as_str()),
            kind: "Categorie".to_owned(),
        })
        .collect();
    let (products, found) = shop.search(&query);
    if let Some(corrected) = found.corrected {
        suggestions.push(Suggestion {
            href: format!("{}?q={}", crate::routes::SEARCH, corrected.replace(' ', "+")),
            label: corrected,
            kind: "Zoek".to_owned(),
        });
    }
    suggestions.extend(products.iter().take(6).map(|product| Suggestion {
        label: product.title.clone(),
        href: crate::routes::product(&product.slug),
        kind: "Artikel".to_owned(),
    }));
    suggestions.truncate(8);
    Ok(suggestions)
}
