//! Somebody's own data over HTTP: for her only, as a page and as files, and erased by plain forms.

use crate::browser::{Browser, Shop};
use http::StatusCode;
use http::header::{CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_TYPE};
use serde_json::Value;

const HERE: &str = "192.0.2.1";
const EVA: &str = "eva@voorbeeld.nl";

fn code(shop: &Shop) -> String {
    let mail = shop.at.mails.sent().into_iter().rfind(|mail| mail.to.as_str() == EVA).unwrap();
    mail.text.split(|c: char| !c.is_ascii_digit()).find(|word| word.len() == 6).unwrap().to_owned()
}

async fn signed_in(shop: &Shop) -> Browser {
    let mut eva = shop.browser(HERE);
    let page = eva.get("/mijn-gegevens").await;
    assert!(page.body.contains("action=\"/api/account/send-code\""), "{}", page.body);
    assert_eq!(eva.post("/api/account/send-code", &[("email", EVA)]).await.location, "/inloggen");
    shop.at.run_jobs().await;
    assert_eq!(eva.post("/api/account/enter-code", &[("code", &code(shop))]).await.location, "/account");
    let form = [("given_name", "Eva"), ("family_name", "<b>Bakker</b>"), ("phone", "")];
    assert_eq!(eva.post("/api/account/save-contact", &form).await.location, "/account/gegevens");
    assert!(eva.get("/account/gegevens").await.body.contains("aria-invalid=\"true\""));
    let form = [("given_name", "Eva"), ("family_name", "Bakker"), ("phone", "06 12345678")];
    eva.post("/api/account/save-contact", &form).await;
    eva
}

#[tokio::test]
async fn her_data_are_hers_as_a_page_and_as_files_that_nobody_keeps() {
    let shop = Shop::open().await;
    let mut eva = signed_in(&shop).await;

    let page = eva.get("/account/gegevens").await;
    let json = eva.get("/account/gegevens.json").await;
    let csv = eva.get("/account/gegevens.csv").await;

    assert_eq!(page.status, StatusCode::OK);
    for words in ["Je account", EVA, "+31612345678", "24 maanden na je laatste bestelling", "art. 6 lid 1 onder b AVG"]
    {
        assert!(page.body.contains(words), "{words}: {}", page.body);
    }
    assert_eq!(page.body.matches("<h1").count(), 1);
    for (file, kind, name) in [
        (&json, "application/json", "attachment; filename=\"mijn-gegevens-2026-11-24.json\""),
        (&csv, "text/csv; charset=utf-8", "attachment; filename=\"mijn-gegevens-2026-11-24.csv\""),
    ] {
        assert_eq!(file.status, StatusCode::OK);
        assert_eq!(file.headers[CONTENT_TYPE], kind);
        assert_eq!(file.headers[CONTENT_DISPOSITION], name);
        assert_eq!(file.headers[CACHE_CONTROL], "no-store");
    }
    let read: Value = serde_json::from_slice(&json.bytes).unwrap();
    let account = read["groups"].as_array().unwrap().iter().find(|group| group["table"] == "customers").unwrap();
    assert_eq!((&read["email"], &account["rows"][0]["phone"]), (&Value::from(EVA), &Value::from("+31612345678")));
    assert_eq!(account["rows"][0]["created_at"], "2026-11-24T19:14:00Z");
    assert!(csv.body.contains("\"Je account\";\"\";\"1\";\"E-mailadres\";\"eva@voorbeeld.nl\""), "{}", csv.body);

    let mut stranger = shop.browser("192.0.2.2");
    for address in ["/account/gegevens", "/account/gegevens/wissen", "/account/gegevens.json", "/account/gegevens.csv"]
    {
        let answer = stranger.get(address).await;
        assert_eq!(answer.location, "/inloggen", "{address}");
        assert!(!answer.body.contains("voorbeeld.nl"), "{address}");
    }
}

#[tokio::test]
async fn the_file_has_the_form_that_its_schema_says() {
    let shop = Shop::open().await;
    let mut eva = signed_in(&shop).await;
    let schema: Value = serde_json::from_str(include_str!("../../../public/mijn-gegevens.schema.json")).unwrap();

    let read: Value = serde_json::from_slice(&eva.get("/account/gegevens.json").await.bytes).unwrap();

    fits(&schema, &read, "$");
    assert_eq!(read["$schema"], "https://winkel.example/mijn-gegevens.schema.json");
}

/// The part of JSON Schema that ours uses: kinds, constants, and fields that must be there; no others may be.
fn fits(schema: &Value, value: &Value, at: &str) {
    let kind = match value {
        Value::Object(_) => "object",
        Value::Array(_) => "array",
        Value::String(_) => "string",
        _ => "other",
    };
    if let Some(wanted) = schema["type"].as_str() {
        assert_eq!(kind, wanted, "{at}");
    }
    if let Some(wanted) = schema.get("const") {
        assert_eq!(value, wanted, "{at}");
    }
    if let (Some(fields), Some(wanted)) = (value.as_object(), schema["required"].as_array()) {
        let mut there: Vec<&str> = fields.keys().map(String::as_str).collect();
        let mut wanted: Vec<&str> = wanted.iter().filter_map(Value::as_str).collect();
        there.sort_unstable();
        wanted.sort_unstable();
        assert_eq!(there, wanted, "{at}");
        for (name, value) in fields {
            fits(&schema["properties"][name], value, &format!("{at}.{name}"));
        }
    }
    for item in value.as_array().into_iter().flatten() {
        fits(&schema["items"], item, &format!("{at}[]"));
    }
}

#[tokio::test]
async fn erasing_takes_a_code_and_a_tick_and_ends_in_a_receipt() {
    let shop = Shop::open().await;
    let mut eva = signed_in(&shop).await;
    let page = eva.get("/account/gegevens/wissen").await.body;
    assert!(page.contains("Dit gaat meteen weg") && page.contains("Er blijft niets"), "{page}");
    assert!(
        page.contains("action=\"/api/account/erasure-code\"")
            && !page.contains("action=\"/api/account/erase-with-code\"")
    );

    assert_eq!(eva.post("/api/account/erasure-code", &[]).await.location, "/account/gegevens/wissen");
    shop.at.run_jobs().await;
    let code = code(&shop);
    assert!(eva.get("/account/gegevens/wissen").await.body.contains("action=\"/api/account/erase-with-code\""));
    assert_eq!(eva.get("/api/account/erase-with-code?code=1&sure=ja").await.status, StatusCode::NOT_FOUND);
    assert_eq!(eva.post("/api/account/erase-with-code", &[("code", &code)]).await.location, "/account/gegevens/wissen");
    assert!(eva.get("/account/gegevens/wissen").await.body.contains("Kruis aan dat je het zeker weet."));
    assert_eq!(shop.at.count("customers").await, 1);

    let done = eva.post("/api/account/erase-with-code", &[("code", &code), ("sure", "ja")]).await;

    assert_eq!((done.status, done.location.as_str()), (StatusCode::SEE_OTHER, "/mijn-gegevens"));
    let receipt = eva.get("/mijn-gegevens").await.body;
    assert!(receipt.contains("Je gegevens zijn gewist") && !receipt.contains(EVA), "{receipt}");
    assert_eq!(shop.at.count("customers").await, 0);
    assert_eq!(eva.get("/account/gegevens").await.location, "/inloggen");
}
