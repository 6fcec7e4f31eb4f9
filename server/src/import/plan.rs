//! What the file wants beside what the shop has: which products are new, which changed, and what is written.

use super::product::{Photo, Wanted};
use super::report::Remarks;
use shop_core::catalog::{Picture, Product, Sku};
use shop_core::id::{ProductId, VariantId};
use std::collections::{BTreeSet, HashMap, HashSet};

/// What happens to a product.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum News {
    New,
    Changed,
    /// The same article, elsewhere in the list.
    Moved,
    Same,
}

/// A product as it will be.
#[derive(Debug)]
pub(super) struct Settled {
    pub product: Product,
    pub position: i64,
    pub news: News,
    /// Sizes with the quantity of the file, and whether the shop knew the size.
    pub quantities: Vec<(VariantId, u32, bool)>,
}

/// What is known about a picture that the file names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Found {
    Picture(Picture),
    /// Why not, in words for the owner.
    Missing(String),
    /// No folder was given, so nobody looked; the report says so once.
    NotLooked,
}

/// Checks what only shows when all products are seen together: addresses and article numbers that exist twice.
pub(super) fn check(wanted: &[Wanted], existing: &[Product], remarks: &mut Remarks) {
    let mut slugs: HashMap<&str, usize> = HashMap::new();
    let mut numbers: HashMap<&Sku, (usize, &str)> = HashMap::new();
    let pairs = pair_up(wanted, existing);
    let owners: HashMap<&Sku, &Product> = existing
        .iter()
        .flat_map(|product| product.variants.iter().map(move |variant| (&variant.sku, product)))
        .collect();
    for (wanted, known) in wanted.iter().zip(pairs) {
        let (slug, handle) = (wanted.product.slug.as_str(), wanted.handle.as_str());
        if let Some(row) = slugs.insert(slug, wanted.row) {
            remarks.fault(
                wanted.row,
                handle,
                format!("Dit product krijgt hetzelfde adres ({slug}) als dat in rij {row}."),
            );
        }
        if let Some(known) = known.filter(|known| known.slug != slug) {
            remarks.note(wanted.row, handle, format!("Dit product heette {} en krijgt het adres {slug}.", known.slug));
        }
        for line in &wanted.lines {
            let sku = &line.variant.sku;
            if let Some((row, other)) = numbers.insert(sku, (line.row, handle)) {
                remarks.fault(line.row, handle, format!("Het artikelnummer {sku} staat ook in rij {row} ({other})."));
            } else if let Some(owner) = owners.get(sku).filter(|owner| known.is_none_or(|known| known.id != owner.id)) {
                remarks.fault(
                    line.row,
                    handle,
                    format!("Het artikelnummer {sku} is in de winkel al van {}.", owner.slug),
                );
            }
        }
    }
}

/// For each product of the file the one in the shop that it is: the one with its slug; otherwise one whose slug the file no
/// longer has and that has one of its article numbers, because then the owner has given it another handle.
fn pair_up<'e>(wanted: &[Wanted], existing: &'e [Product]) -> Vec<Option<&'e Product>> {
    let slugs: HashSet<&str> = wanted.iter().map(|wanted| wanted.product.slug.as_str()).collect();
    let mut taken: HashSet<ProductId> = HashSet::new();
    let mut pairs = Vec::with_capacity(wanted.len());
    for wanted in wanted {
        let same = existing.iter().find(|known| known.slug == wanted.product.slug);
        let renamed = || {
            existing.iter().find(|known| {
                let shares = known.variants.iter().any(|v| wanted.lines.iter().any(|line| line.variant.sku == v.sku));
                shares && !slugs.contains(known.slug.as_str()) && !taken.contains(&known.id)
            })
        };
        let known = same.or_else(renamed);
        taken.extend(known.map(|known| known.id));
        pairs.push(known);
    }
    pairs
}

/// Gives the products of the file the ids, dates and pictures that the shop knows, and their places in the list. `find` tells
/// about a picture of the file.
///
/// A file that names every product of the shop decides their order. A smaller one changes no place: what is new comes last.
pub(super) fn settle(
    wanted: &[Wanted],
    existing: &[Product],
    find: &dyn Fn(&Photo) -> Found,
    remarks: &mut Remarks,
) -> Vec<Settled> {
    let pairs = pair_up(wanted, existing);
    let named: BTreeSet<ProductId> = pairs.iter().flatten().map(|known| known.id).collect();
    let is_whole = existing.iter().all(|known| named.contains(&known.id));
    let mut last = existing.len();
    let mut settled = Vec::with_capacity(wanted.len());
    for (place, (wanted, known)) in wanted.iter().zip(pairs).enumerate() {
        let before = known.and_then(|known| existing.iter().position(|other| other.id == known.id));
        let position = match before {
            _ if is_whole => place,
            Some(before) => before,
            None => {
                last += 1;
                last - 1
            }
        };
        let product = with_what_is_known(wanted, known, find, remarks);
        let news = match known {
            None => News::New,
            Some(known) if !is_same(known, &product) => News::Changed,
            Some(_) if before != Some(position) => News::Moved,
            Some(_) => News::Same,
        };
        let quantities = product.variants.iter().zip(&wanted.lines).filter_map(|(variant, line)| {
            let is_known = known.is_some_and(|known| known.variant(variant.id).is_some());
            line.quantity.map(|quantity| (variant.id, quantity, is_known))
        });
        let quantities = quantities.collect();
        // A list of 2^63 products does not fit in memory.
        let position = i64::try_from(position).unwrap_or(i64::MAX);
        settled.push(Settled { product, position, news, quantities });
    }
    settled
}

fn with_what_is_known(
    wanted: &Wanted,
    known: Option<&Product>,
    find: &dyn Fn(&Photo) -> Found,
    remarks: &mut Remarks,
) -> Product {
    let mut product = wanted.product.clone();
    if let Some(known) = known {
        product.id = known.id;
        product.created_at = known.created_at;
        for variant in &mut product.variants {
            if let Some(same) = known.variants.iter().find(|same| same.sku == variant.sku) {
                variant.id = same.id;
                variant.available = same.available;
            }
        }
    }
    product.pictures = pictures(wanted, known.map_or(&[], |known| known.pictures.as_slice()), find, remarks);
    product
}

/// The pictures of the file. Where one cannot be had, the picture that stood in its place stays: pictures are never lost
/// without a word.
fn pictures(wanted: &Wanted, old: &[Picture], find: &dyn Fn(&Photo) -> Found, remarks: &mut Remarks) -> Vec<Picture> {
    if wanted.photos.is_empty() {
        if !old.is_empty() {
            remarks.note(wanted.row, &wanted.handle, "Het bestand noemt geen foto's; die in de winkel blijven staan.");
        }
        return old.to_vec();
    }
    let found: Vec<Found> = wanted.photos.iter().map(find).collect();
    let mut used: HashSet<String> = found
        .iter()
        .filter_map(|found| if let Found::Picture(p) = found { Some(p.key.clone()) } else { None })
        .collect();
    let mut pictures: Vec<Picture> = Vec::new();
    for (place, (photo, found)) in wanted.photos.iter().zip(found).enumerate() {
        match found {
            Found::Picture(picture) => {
                if !pictures.iter().any(|other| other.key == picture.key) {
                    pictures.push(Picture { alt: photo.alt.clone(), ..picture });
                }
            }
            Found::NotLooked | Found::Missing(_) => {
                let stays = old
                    .get(place)
                    .into_iter()
                    .chain(old.iter().filter(|picture| picture.alt == photo.alt))
                    .find(|picture| !used.contains(&picture.key));
                if let Found::Missing(reason) = &found {
                    let what = if stays.is_some() {
                        "De vorige foto blijft staan."
                    } else {
                        "Het product staat er zonder deze foto."
                    };
                    remarks.note(photo.row, &wanted.handle, format!("{}: {reason}. {what}", photo.source));
                }
                if let Some(stays) = stays {
                    used.insert(stays.key.clone());
                    pictures.push(Picture { alt: photo.alt.clone(), ..stays.clone() });
                }
            }
        }
    }
    pictures
}

/// Whether two products are equal but for what an import does not decide: stock, and files that a job makes.
fn is_same(one: &Product, other: &Product) -> bool {
    let comparable = |product: &Product| {
        let mut product = product.clone();
        product.variants.iter_mut().for_each(|variant| variant.available = 0);
        product.pictures.iter_mut().for_each(|picture| picture.has_avif = false);
        product
    };
    comparable(one) == comparable(other)
}
