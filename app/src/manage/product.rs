//! One article: title, whether it is in the shop, prices, and the count of the shelf. What was typed stays when something is wrong.

use super::layout::{Frame, Place, desk, field_error, message};
use super::overview::thumbnail;
use super::{paths, words};
use crate::components::icon::{icon, small_icon};
use crate::routes;
use leptos::prelude::*;
use shop_core::catalog::Status;
use shop_core::id::VariantId;
use shop_core::money::Money;
use shop_flows::manage::{ProductFile, SizeFile};

/// A cell of a form: what stands in it, and whether it could not be understood.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cell {
    /// Which size.
    pub variant: VariantId,
    /// As typed.
    pub text: String,
    /// Not understood.
    pub is_wrong: bool,
}

/// The forms as they stand: from the article, or as somebody typed them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Typed {
    /// Title.
    pub title: String,
    /// The title is empty or too long.
    pub title_is_wrong: bool,
    /// Whether it is in the shop.
    pub status: Status,
    /// Whether a lower price is announced.
    pub announced: bool,
    /// Price per size.
    pub prices: Vec<Cell>,
    /// Pieces on the shelf per size.
    pub counts: Vec<Cell>,
    /// Something about the whole form: it could not be saved.
    pub trouble: Option<String>,
}

impl Typed {
    /// The forms filled with what is stored.
    pub fn of(file: &ProductFile) -> Self {
        let cells = |text: fn(&SizeFile) -> String| {
            file.sizes.iter().map(|size| Cell { variant: size.variant.id, text: text(size), is_wrong: false }).collect()
        };
        Self {
            title: file.product.title.clone(),
            title_is_wrong: false,
            status: file.product.status,
            announced: file.sizes.iter().any(|size| size.variant.price.reference().is_some()),
            prices: cells(|size| typed_price(size.variant.price.now)),
            counts: cells(|size| size.stock.on_hand.to_string()),
            trouble: None,
        }
    }

    /// Whether something could not be understood.
    pub fn is_wrong(&self) -> bool {
        self.title_is_wrong || self.prices.iter().chain(&self.counts).any(|cell| cell.is_wrong)
    }
}

/// `44,95`, as people type it.
pub fn typed_price(price: Money) -> String {
    price.decimal().replace('.', ",")
}

/// The word of a status in the form.
pub const fn status_word(status: Status) -> &'static str {
    match status {
        Status::Active => "active",
        Status::Draft => "draft",
        Status::Archived => "archived",
    }
}

/// The page.
pub fn page(frame: Frame, file: &ProductFile, typed: Typed) -> String {
    let product = &file.product;
    let look = (product.status == Status::Active).then(|| {
        view! {
            <a class="btn btn--rustig btn--klein" href=routes::product(&product.slug)>
                "Bekijk in de winkel"
            </a>
        }
    });
    let problem = typed.trouble.clone().or_else(|| {
        typed.is_wrong().then(|| {
            "Nog niet bewaard. Bij het veld staat wat er niet klopt; de rest van wat je typte staat er nog.".to_owned()
        })
    });
    let title = if problem.is_some() { format!("Fout: {}", product.title) } else { product.title.clone() };
    let pictures =
        product.pictures.iter().filter_map(thumbnail).map(|picture| view! { <li>{picture}</li> }).collect_view();
    let body = view! {
        <div class="stack stack--s">
            <a class="link self-start" href=paths::PRODUCTS>
                {small_icon("arrow-left")}
                "Artikelen"
            </a>
            <div class="row row--split">
                <div class="row">
                    <h1>{product.title.clone()}</h1>
                    {words::status_badge(product.status)}
                </div>
                {look}
            </div>
        </div>
        {problem.map(|text| message(false, text))}
        <div class="bento">
            <div class="stack b8">{article(file, &typed)} {shelf(file, &typed)}</div>
            <div class="stack b4">
                <section class="paneel">
                    <h2>"Foto’s"</h2>
                    <ul class="fotos">{pictures}</ul>
                </section>
                {facts(file)}
            </div>
        </div>
    };
    desk(frame, Place::Products, &title, body.into_any())
}

fn article(file: &ProductFile, typed: &Typed) -> AnyView {
    let title_error =
        typed.title_is_wrong.then(|| field_error("titel-fout", "Vul een titel in van hoogstens 120 tekens."));
    let choices = [Status::Active, Status::Draft, Status::Archived]
        .map(|status| view! { <option value=status_word(status) selected=typed.status == status>{words::status(status)}</option> })
        .collect_view();
    let rows = file
        .sizes
        .iter()
        .map(|size| {
            let cell = typed.prices.iter().find(|cell| cell.variant == size.variant.id);
            let lowest = size.lowest.map(|price| price.to_string()).unwrap_or_default();
            let reference = size.variant.price.reference().map(|price| format!("was {price}")).unwrap_or_default();
            view! {
                <tr>
                    <th scope="row">{size.variant.size.as_str().to_owned()}</th>
                    <td class="num">{input("prijs", "Prijs maat", "decimal", size, cell, "Schrijf een prijs zo: 44,95.")}</td>
                    <td class="num grijs">{reference}</td>
                    <td class="num grijs">{lowest}</td>
                </tr>
            }
        })
        .collect_view();
    view! {
        <section class="paneel">
            <h2>"Artikel en prijs"</h2>
            <form class="stack" method="post" action=paths::product(file.product.id)>
                <div class="velden">
                    <div class="veld k4">
                        <label r#for="titel">"Titel"</label>
                        <input
                            class="in"
                            id="titel"
                            name="titel"
                            r#type="text"
                            required
                            value=typed.title.clone()
                            aria-invalid=typed.title_is_wrong.then_some("true")
                            aria-describedby=typed.title_is_wrong.then_some("titel-fout")
                        />
                        {title_error}
                    </div>
                    <div class="veld k2">
                        <label r#for="status">"In de winkel"</label>
                        <select class="in" id="status" name="status">
                            {choices}
                        </select>
                    </div>
                </div>
                <div class="tabel-om" tabindex="0" role="group" aria-label="Prijs per maat">
                    <table class="tabel">
                        <thead>
                            <tr>
                                <th scope="col">"Maat"</th>
                                <th scope="col" class="num">
                                    "Prijs incl. btw"
                                </th>
                                <th scope="col" class="num">
                                    "Nu in de winkel"
                                </th>
                                <th scope="col" class="num">
                                    "Laagste in 30 dagen"
                                </th>
                            </tr>
                        </thead>
                        <tbody>{rows}</tbody>
                    </table>
                </div>
                <label class="schakel">
                    <input r#type="checkbox" role="switch" name="aanbieding" value="ja" checked=typed.announced />
                    "Toon een lagere prijs als aanbieding"
                </label>
                <p class="melding">
                    {icon("info")}
                    <span>"Bij een aanbieding zet de winkel zelf de laagste prijs van de 30 dagen ervoor erbij. Is de nieuwe prijs niet lager dan die, dan is het geen aanbieding en staat er niets."</span>
                </p>
                <button class="btn self-start">"Bewaar wijzigingen"</button>
            </form>
        </section>
    }
    .into_any()
}

fn shelf(file: &ProductFile, typed: &Typed) -> AnyView {
    let rows = file
        .sizes
        .iter()
        .map(|size| {
            let cell = typed.counts.iter().find(|cell| cell.variant == size.variant.id);
            let (class, word) = match size.stock.available() {
                0 => ("badge badge--fout", "op".to_owned()),
                few @ 1..=2 => ("badge badge--let", format!("nog {few}")),
                _ => ("badge badge--goed", "ruim".to_owned()),
            };
            view! {
                <tr>
                    <th scope="row">{size.variant.size.as_str().to_owned()}</th>
                    <td class="grijs">{size.variant.sku.as_str().to_owned()}</td>
                    <td class="num">
                        <input r#type="hidden" name=format!("was-{}", size.variant.id) value=size.stock.on_hand.to_string() />
                        {input("ligt", "Geteld in maat", "numeric", size, cell, "Schrijf een heel getal, bijvoorbeeld 12.")}
                    </td>
                    <td class="num grijs">{size.stock.held}</td>
                    <td>
                        <span class=class>{word}</span>
                    </td>
                </tr>
            }
        })
        .collect_view();
    view! {
        <section class="paneel">
            <h2>"Voorraad"</h2>
            <form class="stack" method="post" action=paths::stock(file.product.id)>
                <div class="tabel-om" tabindex="0" role="group" aria-label="Voorraad per maat">
                    <table class="tabel tabel--breed">
                        <thead>
                            <tr>
                                <th scope="col">"Maat"</th>
                                <th scope="col">"Artikelnummer"</th>
                                <th scope="col" class="num">
                                    "Ligt er"
                                </th>
                                <th scope="col" class="num">
                                    "Vastgehouden"
                                </th>
                                <th scope="col">"Te koop"</th>
                            </tr>
                        </thead>
                        <tbody>{rows}</tbody>
                    </table>
                </div>
                <p class="klein grijs">"Ligt er: wat op de plank ligt en nog niet betaald is. Vastgehouden: beloofd aan wie nu afrekent of nog moet betalen."</p>
                <button class="btn self-start">"Bewaar telling"</button>
            </form>
        </section>
    }
    .into_any()
}

fn input(
    name: &str,
    label: &str,
    mode: &'static str,
    size: &SizeFile,
    cell: Option<&Cell>,
    wrong: &'static str,
) -> AnyView {
    let id = format!("{name}-{}", size.variant.id);
    let is_wrong = cell.is_some_and(|cell| cell.is_wrong);
    let error_id = format!("{id}-fout");
    let described = is_wrong.then(|| error_id.clone());
    view! {
        <input
            class="in in--aantal"
            id=id.clone()
            name=id
            r#type="text"
            inputmode=mode
            autocomplete="off"
            aria-label=format!("{label} {}", size.variant.size.as_str())
            value=cell.map(|cell| cell.text.clone()).unwrap_or_default()
            aria-invalid=is_wrong.then_some("true")
            aria-describedby=described
        />
        {is_wrong.then(|| view! { <div class="veld">{field_error(&error_id, wrong)}</div> })}
    }
    .into_any()
}

fn facts(file: &ProductFile) -> AnyView {
    let product = &file.product;
    let rows = [
        ("Merk", product.brand.clone()),
        ("Samenstelling", product.fibre.clone()),
        ("Keurmerk", product.certificate.clone().unwrap_or_default()),
        ("Fabrikant", product.maker.name.clone()),
        ("Gemaakt in", product.maker.origin.clone()),
    ];
    let rows = rows
        .into_iter()
        .filter(|(_, text)| !text.is_empty())
        .map(|(name, text)| {
            view! {
                <dt>{name}</dt>
                <dd>{text}</dd>
            }
        })
        .collect_view();
    view! {
        <section class="paneel">
            <h2>"Stof en bewijs"</h2>
            <dl class="rij">{rows}</dl>
            <p class="klein grijs">"Dit komt uit je productbestand. Pas het daar aan en lees het opnieuw in."</p>
        </section>
    }
    .into_any()
}
