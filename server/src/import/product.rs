//! One article of the file as products of the shop: one for each colour, because here an article stands in one colour.

use super::colour;
use super::columns::{Column, Meta};
use super::csv_file::Row;
use super::fibre;
use super::html;
use super::options::Options;
use super::report::Remarks;
use super::rows::Article;
use super::size_line::{self, SizeLine};
use shop_core::address::one_line;
use shop_core::catalog::{Category, Colour, Maker, Product, Season, Status, slug};
use shop_core::id::{ProductId, VariantId};
use shop_core::time::Timestamp;
use shop_core::vat::VatRate;
use shop_flows::ports::Random;

/// What the file wants a product to be. Ids and pictures are settled later, with what the shop has.
#[derive(Debug, Clone)]
pub(super) struct Wanted {
    pub row: usize,
    pub handle: String,
    /// With new ids and without pictures.
    pub product: Product,
    /// As many as the product has sizes, in their order.
    pub lines: Vec<SizeLine>,
    pub photos: Vec<Photo>,
}

/// A picture that the file names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Photo {
    pub row: usize,
    /// Address or path, as in the file.
    pub source: String,
    pub alt: String,
}

/// Reads an article. Empty, with at least one fault, when it cannot be sold like this.
pub(super) fn read(article: &Article, random: &dyn Random, now: Timestamp, remarks: &mut Remarks) -> Vec<Wanted> {
    let before = remarks.faults.len();
    if is_yes(article.text(Column::GiftCard)) {
        let text = "Dit is een cadeaubon, en die verkoopt de winkel niet. Haal deze rijen uit het bestand.";
        remarks.fault(article.row(), article.handle, text);
        return Vec::new();
    }
    let Some(options) = Options::of(article, remarks) else { return Vec::new() };
    let Some(shared) = shared(article, random, now, remarks) else { return Vec::new() };
    let colours = options.colours(article);
    let photos = photos(article);
    let wanted: Vec<Wanted> = colours
        .iter()
        .map(|colour| {
            let rows: Vec<&Row> =
                article.lines().filter(|row| colours.len() == 1 || options.colour(article, row) == *colour).collect();
            let mut product = Product { id: ProductId::new(random.id()), ..shared.clone() };
            if colours.len() > 1 {
                product.slug = slug(&format!("{} {colour}", article.handle));
                product.group = product.group.or_else(|| Some(slug(article.handle)));
                product.colour = colour::named(colour, "", "");
            } else {
                product.colour = only_colour(article, colour);
            }
            let lines = sizes(article, &options, &rows, &product.slug, random, remarks);
            product.variants = lines.iter().map(|line| line.variant.clone()).collect();
            let row = rows.first().map_or(article.row(), |row| row.number);
            let photos = photos_of(article, &rows, &photos, colours.len() > 1);
            Wanted { row, handle: article.handle.to_owned(), product, lines, photos }
        })
        .collect();
    if article.lines().next().is_none() {
        remarks.fault(article.row(), article.handle, "Dit product heeft geen enkele rij met een prijs.");
    }
    if colours.len() > 1 && article.lines().any(|row| options.colour(article, row).is_empty()) {
        remarks.fault(article.row(), article.handle, "Bij een van de rijen ontbreekt de kleur.");
    }
    let loose = photos.iter().filter(|photo| !wanted.iter().any(|wanted| wanted.photos.contains(photo))).count();
    if loose > 0 {
        let text = format!(
            "{loose} foto's horen in het bestand bij geen enkele kleur en staan nu nergens. Koppel ze met de kolom Variant Image."
        );
        remarks.note(article.row(), article.handle, text);
    }
    if remarks.faults.len() > before { Vec::new() } else { wanted }
}

/// What all colours of an article have in common.
fn shared(article: &Article, random: &dyn Random, now: Timestamp, remarks: &mut Remarks) -> Option<Product> {
    let text = |column| article.text(column).to_owned();
    let meta = |meta| article.text(Column::Meta(meta)).to_owned();
    let product_slug = slug(article.handle);
    let title = one_line(article.text(Column::Title), 200);
    if product_slug.is_empty() {
        remarks.fault(article.row(), article.handle, "Deze handle heeft geen letters of cijfers.");
    }
    if title.is_none() {
        remarks.fault(article.row(), article.handle, "De titel ontbreekt of is langer dan 200 tekens.");
    }
    if article.text(Column::Taxable).eq_ignore_ascii_case("false") {
        remarks.note(
            article.row(),
            article.handle,
            "Volgens het bestand is dit product zonder btw. De winkel rekent met 21%.",
        );
    }
    let status = status(article, remarks)?;
    let kind = match (article.text(Column::Kind), article.text(Column::ProductCategory)) {
        ("", path) => path.rsplit('>').next().unwrap_or("").trim().to_owned(),
        (kind, _) => kind.to_owned(),
    };
    let season = meta(Meta::Season);
    if !season.is_empty() && Season::read(&season).is_none() {
        remarks.note(
            article.row(),
            article.handle,
            format!("Het seizoen ‘{season}’ ken ik niet; het is leeg gelaten."),
        );
    }
    let fibre = meta(Meta::Fibre);
    Some(Product {
        id: ProductId::new(random.id()),
        slug: product_slug,
        title: title?,
        brand: text(Column::Vendor),
        category: Category::of_type(&kind),
        kind,
        description: html::read(article.text(Column::Body)),
        colour: None,
        group: Some(meta(Meta::Group)).filter(|group| !group.is_empty()),
        is_organic: fibre::is_organic(&fibre),
        fibre,
        fabric: meta(Meta::Fabric),
        care: meta(Meta::Care),
        fit: meta(Meta::SizeAdvice),
        certificate: certificate(article),
        maker: Maker {
            name: meta(Meta::Maker),
            address: meta(Meta::MakerAddress),
            contact: meta(Meta::MakerMail),
            origin: meta(Meta::Origin),
        },
        season: Season::read(&season),
        pairs_with: article
            .text(Column::Meta(Meta::Pair))
            .split([',', ';'])
            .map(slug)
            .filter(|s| !s.is_empty())
            .collect(),
        vat: VatRate::STANDARD,
        is_new: is_new(article),
        status,
        variants: Vec::new(),
        pictures: Vec::new(),
        created_at: now,
    })
}

fn sizes(
    article: &Article,
    options: &Options,
    rows: &[&Row],
    product_slug: &str,
    random: &dyn Random,
    remarks: &mut Remarks,
) -> Vec<SizeLine> {
    let mut lines: Vec<SizeLine> = Vec::new();
    for row in rows {
        let label = options.size(article, row);
        let id = VariantId::new(random.id());
        let Some(line) = size_line::read(article, row, product_slug, label, id, remarks) else { continue };
        if let Some(twin) = lines.iter().find(|known| known.variant.size == line.variant.size) {
            let text = format!("De maat ‘{}’ staat ook al in rij {}.", line.variant.size.as_str(), twin.row);
            remarks.fault(row.number, article.handle, text);
        }
        lines.push(line);
    }
    size_line::in_shelf_order(lines)
}

/// The certificate line, only when grade, certifier and licence are all there: half a claim is no claim.
fn certificate(article: &Article) -> Option<String> {
    let grade = article.text(Column::Meta(Meta::GotsGrade));
    let by = article.text(Column::Meta(Meta::GotsBy));
    let licence = article.text(Column::Meta(Meta::GotsLicence));
    let complete = [grade, by, licence].iter().all(|text| !text.is_empty());
    complete.then(|| format!("GOTS {grade}, gecertificeerd door {by}, licentie {licence}"))
}

/// Whether visitors see it. What Shopify does not publish is a draft here.
fn status(article: &Article, remarks: &mut Remarks) -> Option<Status> {
    let status = match article.text(Column::Status).to_ascii_lowercase().as_str() {
        "" | "active" => Status::Active,
        "draft" | "unlisted" => Status::Draft,
        "archived" => Status::Archived,
        other => {
            let text = format!("De status ‘{other}’ ken ik niet. Kies active, draft of archived.");
            remarks.fault(article.row(), article.handle, text);
            return None;
        }
    };
    let hidden = article.text(Column::Published).eq_ignore_ascii_case("false");
    Some(if hidden && status == Status::Active { Status::Draft } else { status })
}

fn is_new(article: &Article) -> bool {
    match article.text(Column::Meta(Meta::IsNew)) {
        "" => article
            .text(Column::Tags)
            .split(',')
            .any(|tag| ["nieuw", "new"].contains(&tag.trim().to_lowercase().as_str())),
        text => is_yes(text),
    }
}

/// The colour of an article that has one: our own columns go before the option.
fn only_colour(article: &Article, option: &str) -> Option<Colour> {
    let own = article.text(Column::Meta(Meta::Colour));
    let name = if own.is_empty() { option } else { own };
    colour::named(name, article.text(Column::Meta(Meta::ColourFamily)), article.text(Column::Meta(Meta::ColourHex)))
}

/// All pictures that the article names, by position; those only named as the picture of a size come last.
fn photos(article: &Article) -> Vec<Photo> {
    let mut photos: Vec<(u32, Photo)> = Vec::new();
    for (column, alt) in [(Column::ImageSrc, Some(Column::ImageAlt)), (Column::VariantImage, None)] {
        for row in article.rows() {
            let source = article.cell(row, column);
            if source.is_empty() || photos.iter().any(|(_, photo)| photo.source == source) {
                continue;
            }
            let position = alt.and_then(|_| article.cell(row, Column::ImagePosition).parse().ok()).unwrap_or(u32::MAX);
            let alt = alt.map_or("", |alt| article.cell(row, alt));
            let alt = if alt.is_empty() { article.text(Column::Title) } else { alt };
            photos.push((position, Photo { row: row.number, source: source.to_owned(), alt: alt.to_owned() }));
        }
    }
    photos.sort_by_key(|(position, _)| *position);
    photos.into_iter().map(|(_, photo)| photo).collect()
}

/// The pictures of one colour: those that its rows name as theirs, otherwise all.
fn photos_of(article: &Article, rows: &[&Row], photos: &[Photo], is_split: bool) -> Vec<Photo> {
    let own: Vec<&str> = rows.iter().map(|row| article.cell(row, Column::VariantImage)).collect();
    let named: Vec<Photo> = photos.iter().filter(|photo| own.contains(&photo.source.as_str())).cloned().collect();
    if is_split && !named.is_empty() { named } else { photos.to_vec() }
}

fn is_yes(text: &str) -> bool {
    ["true", "ja", "yes", "waar", "1"].contains(&text.to_ascii_lowercase().as_str())
}
