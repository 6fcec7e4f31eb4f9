//! The import of product files, on a real SQLite store with small pictures made on the spot.
#![expect(clippy::unwrap_used, reason = "tests")]

#[path = "import/given.rs"]
mod given;

use given::{Given, fixture, png};
use shop_core::catalog::{Availability, Price, Product, Status};
use shop_core::money::Money;
use shop_flows::job::Job;
use shop_flows::search::SearchIndex;
use shop_server::import::{FileProblem, ImportError, original_path, read_decor};
use std::fs;
use std::sync::Arc;

fn product<'p>(products: &'p [Product], slug: &str) -> &'p Product {
    products.iter().find(|product| product.slug == slug).unwrap()
}

fn texts(remarks: &[shop_server::import::Remark]) -> Vec<String> {
    remarks.iter().map(ToString::to_string).collect()
}

#[tokio::test]
async fn the_demo_file_holds_57_products_in_313_sizes_and_the_second_import_changes_nothing() {
    let given = Given::new().await;
    let demo = concat!(env!("CARGO_MANIFEST_DIR"), "/../demo/products.csv");

    let first = given.import(given.options(demo)).await.unwrap();
    let version = given.version().await;
    let second = given.import(given.options(demo)).await.unwrap();

    assert_eq!(texts(&first.faults), Vec::<String>::new());
    assert_eq!((first.products, first.sizes, first.new.len(), first.stock_set), (57, 313, 57, 313));
    assert_eq!((second.unchanged, second.new.len(), second.changed.len(), second.moved), (57, 0, 0, 0));
    assert!(!second.has_changes());
    assert_eq!(given.version().await, version);
    let products = given.products().await;
    let madelief = product(&products, "jurk-madelief");
    assert_eq!(products[0].slug, "jurk-madelief");
    assert_eq!(madelief.variants[0].available, 8);
    assert_eq!(
        madelief.certificate.as_deref(),
        Some("GOTS DEMO: organic, gecertificeerd door DEMO Certificering, licentie DEMO-000000")
    );
    assert_eq!(madelief.description.points[1], "100% biologisch katoen");
    assert!(madelief.is_organic && madelief.is_new);
    let sale = product(&products, "jurk-roos").price().unwrap();
    assert_eq!(sale, Price { now: Money::cents(4995), lowest_30_days: Some(Money::cents(5295)) });
    assert_eq!(products.iter().filter(|product| product.group.as_deref() == Some("tee-basis")).count(), 3);
}

#[tokio::test]
async fn the_demo_shop_is_searched_in_the_words_of_parents() {
    let given = Given::new().await;
    let demo = concat!(env!("CARGO_MANIFEST_DIR"), "/../demo/products.csv");
    given.import(given.options(demo)).await.unwrap();
    let products: Vec<Arc<Product>> = given.products().await.into_iter().map(Arc::new).collect();
    let index = SearchIndex::of(&products);
    let kinds = |query: &str| {
        let found = index.find(query);
        let mut kinds: Vec<String> = found.products.iter().map(|at| products[*at].kind.clone()).collect();
        kinds.sort();
        kinds.dedup();
        (kinds.join(", "), found.corrected)
    };
    let kind = |words: &str| (words.to_owned(), None);

    assert_eq!(kinds("jurkje"), kind("Jurken"));
    assert_eq!(kinds("jurkjes"), kind("Jurken"));
    assert_eq!(kinds("rokje"), kind("Rokken"));
    assert_eq!(kinds("vestje"), kind("Truien, Vesten"));
    assert_eq!(kinds("truitje"), kind("Truien, Vesten"));
    assert_eq!(kinds("shirtje"), kind("Blouses, Longsleeves, T-shirts"));
    assert_eq!(kinds("sokjes"), kind("Sokken"));
    assert_eq!(kinds("sweatshirt"), ("Truien".to_owned(), Some("sweater".to_owned())));
    assert_eq!(kinds("hoodie"), ("Truien".to_owned(), Some("sweater".to_owned())));
    assert_eq!(kinds("ritsjas").1, Some("jas".to_owned()));
    assert_eq!(kinds("rok blauw"), ("Rokken".to_owned(), Some("rok".to_owned())));
    assert_eq!(kinds("blauwe rok"), kinds("rok blauw"), "whichever comes first");
    assert_eq!(kinds("groene broek").1, None, "there are green ones");
    for query in ["pyjama", "romper", "body", "broekje", "maillot", "legging", "muts"] {
        assert!(!kinds(query).0.is_empty(), "{query}");
    }
    assert_eq!(kinds("zwemband"), kind(""));
}

#[tokio::test]
async fn no_title_in_the_demo_shop_says_its_colour_twice() {
    let given = Given::new().await;
    let demo = concat!(env!("CARGO_MANIFEST_DIR"), "/../demo/products.csv");
    given.import(given.options(demo)).await.unwrap();

    for product in given.products().await {
        let words: Vec<String> = product.title.split(' ').map(str::to_lowercase).collect();
        assert!(words.windows(2).all(|pair| pair[0] != pair[1]), "{}", product.title);
    }
}

#[tokio::test]
async fn a_file_of_a_dutch_spreadsheet_is_understood() {
    let given = Given::new().await;
    given.picture("fotos/jurk-1.png", 1);
    given.picture("fotos/jurk-2.png", 2);

    let report = given.import(given.with_images(fixture("semicolon.csv"))).await.unwrap();

    assert_eq!(texts(&report.faults), Vec::<String>::new());
    assert_eq!(texts(&report.notes), ["rij 4, jurk-creme: De voorraad is -2; ik lees dat als 0."]);
    assert_eq!(report.unused_columns, ["Verkoper notitie"]);
    let products = given.products().await;
    let dress = product(&products, "jurk-creme");
    assert_eq!(dress.title, "Crèmekleurige jurk");
    assert_eq!(dress.description.paragraphs, ["Een jurk; met strik."]);
    assert_eq!(dress.variants.iter().map(|v| v.size.as_str()).collect::<Vec<_>>(), ["86/92", "98/104"]);
    assert_eq!(dress.variants.iter().map(|v| v.available).collect::<Vec<_>>(), [0, 4]);
    assert_eq!(dress.variants[0].price, Price::plain(Money::cents(4400)));
    assert_eq!(dress.variants[1].price, Price { now: Money::cents(4495), lowest_30_days: Some(Money::cents(5495)) });
    assert_eq!(dress.certificate.as_deref(), Some("GOTS organic, gecertificeerd door Keurhuis, licentie L-1"));
    assert_eq!(dress.pictures.iter().map(|p| p.alt.as_str()).collect::<Vec<_>>(), ["Voorkant", "Achterkant"]);
    let hat = product(&products, "muts-noord");
    assert_eq!((hat.status, hat.certificate.clone(), hat.is_organic), (Status::Draft, None, false));
    assert_eq!(hat.variants[0].size.as_str(), "one size");
    assert_eq!(hat.variants[0].price, Price::plain(Money::cents(1895)));
    assert_eq!(Availability::of(hat.variants[0].available), Availability::Plenty);
}

#[tokio::test]
async fn an_article_in_two_colours_becomes_two_products_of_one_group() {
    let given = Given::new().await;
    given.picture("red.png", 1);
    given.picture("blue.png", 2);

    let report = given.import(given.with_images(fixture("foreign.csv"))).await.unwrap();
    let again = given.import(given.with_images(fixture("foreign.csv"))).await.unwrap();

    assert_eq!(texts(&report.faults), Vec::<String>::new());
    assert_eq!(report.new, ["tee-red", "tee-dusty-blue"]);
    assert_eq!((again.unchanged, again.has_changes()), (2, false));
    let products = given.products().await;
    let (red, blue) = (product(&products, "tee-red"), product(&products, "tee-dusty-blue"));
    assert_eq!((red.group.as_deref(), blue.group.as_deref()), (Some("tee"), Some("tee")));
    assert_eq!(blue.colour.as_ref().map(|c| (c.name.as_str(), c.family.as_str())), Some(("Dusty Blue", "Blauw")));
    assert_eq!(red.variants.iter().map(|v| v.sku.as_str()).collect::<Vec<_>>(), ["T-RED-S", "T-RED-M"]);
    assert_eq!((red.variants[0].grams, red.variants[0].barcode.as_deref()), (120, Some("0123456789012")));
    assert_eq!(red.pictures.iter().map(|p| p.alt.as_str()).collect::<Vec<_>>(), ["Red tee"]);
    assert_eq!(blue.pictures.iter().map(|p| p.alt.as_str()).collect::<Vec<_>>(), ["Blue tee"]);
    assert_eq!((red.category.as_str(), red.is_new), ("shirts", true));
    assert_eq!(blue.price(), Some(Price::plain(Money::cents(2195))));
}

#[tokio::test]
async fn faulty_rows_are_all_told_and_change_nothing() {
    let given = Given::new().await;
    given.import(given.options(fixture("two.csv"))).await.unwrap();
    let (before, version) = (given.products().await, given.version().await);

    let report = given.import(given.options(fixture("faulty.csv"))).await.unwrap();

    assert_eq!(
        texts(&report.faults),
        [
            "rij 3, fout: De prijs ‘tien’ is geen bedrag. Schrijf het als 44,95.",
            "rij 4, fout: De voorraad ‘veel’ is geen aantal.",
            "rij 5, bon: Dit is een cadeaubon, en die verkoopt de winkel niet. Haal deze rijen uit het bestand.",
            "rij 6: Deze rij heeft geen handle, dus ik weet niet bij welk product hij hoort.",
            "rij 7, leeg: Dit product heeft geen enkele rij met een prijs.",
        ]
    );
    assert_eq!((report.exit_code(), report.faulty()), (1, 4));
    assert_eq!(given.products().await, before);
    assert_eq!(given.version().await, version);
}

#[tokio::test]
async fn an_article_number_of_another_product_is_a_fault() {
    let given = Given::new().await;
    given.import(given.options(fixture("two.csv"))).await.unwrap();
    let header = "Handle,Title,Variant SKU,Variant Price\n";

    let taken = given.import_text(&format!("{header}goed,Goed,G-98,10\nnieuw,Nieuw,B-98,10\n")).await.unwrap();
    let twice =
        given.import_text(&format!("{header}een,Een,X-1,10\ntwee,Twee,X-1,10\nEEN,Drie,X-2,10\n")).await.unwrap();

    // `beter` is not in the file, so `nieuw` is the same article under another handle.
    assert_eq!(texts(&taken.faults), Vec::<String>::new());
    assert!(
        texts(&taken.notes).contains(&"rij 3, nieuw: Dit product heette beter en krijgt het adres nieuw.".to_owned())
    );
    assert_eq!(given.products().await.len(), 2);
    assert_eq!(
        texts(&twice.faults),
        [
            "rij 3, twee: Het artikelnummer X-1 staat ook in rij 2 (een).",
            "rij 4, EEN: Dit product krijgt hetzelfde adres (een) als dat in rij 2.",
        ]
    );
}

#[tokio::test]
async fn a_dry_run_tells_and_writes_nothing() {
    let given = Given::new().await;
    given.picture("goed.png", 1);
    given.picture("hero-baby.png", 2);
    let mut options = given.with_images(fixture("two.csv"));
    options.dry_run = true;

    let report = given.import(options).await.unwrap();

    assert_eq!(report.new, ["goed", "beter"]);
    assert_eq!(
        texts(&report.notes),
        ["rij 3, beter: beter.png: deze foto staat niet in de map met foto's. Het product staat er zonder deze foto."]
    );
    assert_eq!(given.products().await, []);
    assert!(!given.pictures_dir().exists());
}

#[tokio::test]
async fn stock_of_known_sizes_changes_only_when_asked() {
    let given = Given::new().await;
    given.import(given.options(fixture("two.csv"))).await.unwrap();
    let more = fs::read_to_string(fixture("two.csv")).unwrap().replace(",10,3,", ",11,9,");

    let without = given.import_text(&more).await.unwrap();
    let price = given.products().await[0].price();
    let stock = given.products().await[0].variants[0].available;
    let mut options = given.options(given.file(&more));
    options.set_stock = true;
    let with = given.import(options).await.unwrap();

    assert_eq!((without.changed.clone(), without.stock_set, without.stock_left), (vec!["goed".to_owned()], 0, 1));
    assert!(without.to_string().contains("met --stock"));
    assert_eq!((price, stock), (Some(Price::plain(Money::cents(1100))), 3));
    assert_eq!((with.unchanged, with.stock_set), (2, 1));
    assert_eq!(given.products().await[0].variants[0].available, 9);
}

#[tokio::test]
async fn ids_stay_and_a_smaller_file_leaves_the_rest_alone() {
    let given = Given::new().await;
    given.import(given.options(fixture("two.csv"))).await.unwrap();
    let before = given.products().await;

    let report =
        given.import_text("Handle,Title,Option1 Name,Option1 Value,Variant SKU,Variant Price\nlast,Laatst,,,L-1,5\nbeter,Beter dan best,Maat,98,B-98,12.50\nbeter,,,104,B-104,13\n").await.unwrap();

    let after = given.products().await;
    assert_eq!((report.new, report.changed, report.absent), (vec!["last".to_owned()], vec!["beter".to_owned()], 1));
    assert_eq!(after.iter().map(|p| p.slug.as_str()).collect::<Vec<_>>(), ["goed", "beter", "last"]);
    assert_eq!(
        (after[0].clone(), after[1].id, after[1].created_at),
        (before[0].clone(), before[1].id, before[1].created_at)
    );
    assert_eq!(after[1].variants[0].id, before[1].variants[0].id);
    assert_eq!(after[1].variants.len(), 2);
}

#[tokio::test]
async fn a_whole_file_decides_the_order() {
    let given = Given::new().await;
    given.import(given.options(fixture("two.csv"))).await.unwrap();
    let text = fs::read_to_string(fixture("two.csv")).unwrap();
    let lines: Vec<&str> = text.lines().collect();

    let report = given.import_text(&[lines[0], lines[2], lines[1]].join("\n")).await.unwrap();

    assert_eq!((report.moved, report.changed.len()), (2, 0));
    assert_eq!(given.products().await.iter().map(|p| p.slug.clone()).collect::<Vec<_>>(), ["beter", "goed"]);
}

#[tokio::test]
async fn a_truncated_picture_is_told_and_the_old_one_stays() {
    let given = Given::new().await;
    let whole = given.picture("goed.png", 1);
    given.picture("beter.png", 2);
    given.import(given.with_images(fixture("two.csv"))).await.unwrap();
    let before = given.products().await;
    fs::write(given.images().join("goed.png"), &whole[..whole.len() / 2]).unwrap();
    fs::remove_file(given.images().join("beter.png")).unwrap();

    let report = given.import(given.with_images(fixture("two.csv"))).await.unwrap();

    assert_eq!(
        texts(&report.notes),
        [
            "rij 2, goed: goed.png: het bestand houdt te vroeg op; kopieer de foto opnieuw. De vorige foto blijft staan.",
            "rij 3, beter: beter.png: deze foto staat niet in de map met foto's. De vorige foto blijft staan.",
        ]
    );
    assert_eq!((report.unchanged, report.exit_code()), (2, 0));
    assert_eq!(given.products().await, before);
}

#[tokio::test]
async fn pictures_are_made_once_with_their_originals_and_avif_is_asked_for() {
    let given = Given::new().await;
    given.picture("goed.png", 1);
    given.picture("beter.png", 2);
    given.picture("images/hero-baby.png", 3);
    given.picture("images/tegel-jurken.png", 4);
    let mut options = given.with_images(fixture("two.csv"));
    options.avif = true;

    let mut steps = Vec::new();
    let first = given.import_telling(options.clone(), &mut |step| steps.push(step)).await.unwrap();
    let jobs = given.jobs().await;
    let second = given.import(options).await.unwrap();

    assert_eq!((first.pictures_made, first.decor, second.pictures_made), (4, 2, 0));
    assert!(steps.contains(&shop_server::import::Progress::Pictures { done: 4, total: 4 }));
    let products = given.products().await;
    let picture = &products[0].pictures[0];
    assert_eq!((picture.width, picture.height, picture.widths.clone()), (40, 30, vec![40]));
    assert_eq!(picture.dominant, "#01646e");
    let files = given.pictures_dir();
    assert!(
        files.join(format!("{}-40.webp", picture.key)).is_file()
            && files.join(format!("{}-40.jpg", picture.key)).is_file()
    );
    assert_eq!(fs::read(original_path(&files, &picture.key)).unwrap(), png(1));
    let decor = read_decor(&files);
    assert_eq!(decor.keys().map(String::as_str).collect::<Vec<_>>(), ["hero-baby", "tegel-jurken"]);
    assert!(
        jobs.contains(&Job::Avif { key: picture.key.clone() })
            && jobs.contains(&Job::Avif { key: decor["hero-baby"].key.clone() })
    );
    assert_eq!(jobs.len(), 4);
    assert!(given.jobs().await.is_empty());
}

#[tokio::test]
async fn a_file_that_is_no_product_file_is_refused_in_plain_words() {
    let given = Given::new().await;

    let columns = given.import_text("naam,prijs\njurk,10\n").await.unwrap_err();
    fs::write(given.file(""), b"Handle,Title,Price\njurk,Cr\xe8me,10\n").unwrap();
    let encoding = given.import(given.options(given.file_path())).await.unwrap_err();

    assert_eq!(
        columns.to_string(),
        "Dit lijkt geen productbestand: deze kolommen ontbreken: Handle (of: URL handle), Title, Variant Price (of: Price)."
    );
    assert!(matches!(encoding, ImportError::File(FileProblem::NotUtf8 { line: 2 })));
}
