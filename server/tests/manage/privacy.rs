//! The desk for personal data: questions, requests with their month, breaches with their hours, and what is kept.

use super::support::{Browser, Office};
use http::StatusCode;
use shop_flows::inbox::TypedQuestion;

const DAY: i64 = 86_400;

/// Follows the answer of a form to its page.
async fn posted(browser: &mut Browser, address: &str, form: &str) -> (String, String) {
    let answer = browser.post(address, form).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{address}: {}", answer.body);
    let page = browser.get(&answer.location).await;
    (answer.location, page.body.replace("<!>", ""))
}

async fn asked(office: &Office) -> String {
    let text = str::to_owned;
    let question = TypedQuestion {
        name: text("Eva <b>Bakker</b>"),
        email: text("eva@voorbeeld.nl"),
        message: text("Valt de jurk ruim?"),
        ..TypedQuestion::default()
    };
    office.shop.send_question(&question).await.expect("sent");
    let mut tx = office.store.read().await.expect("a door");
    tx.questions(true, 10).await.expect("read")[0].id.to_string()
}

#[tokio::test]
async fn the_owner_answers_a_question_and_closes_it() {
    let office = Office::open().await;
    let mut owner = office.member().await;
    let id = asked(&office).await;
    let address = format!("/beheer/vragen/{id}");

    assert!(owner.get("/beheer").await.body.contains("1 vraag beantwoorden"));
    assert!(owner.get("/beheer/vragen").await.body.contains(&address));
    let page = owner.get(&address).await.body;
    assert!(page.contains("Valt de jurk ruim?") && !page.contains("<b>Bakker"), "{page}");

    let empty = owner.post(&format!("{address}/antwoord"), "antwoord=++").await;
    assert_eq!(empty.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(empty.body.contains("Schrijf eerst je antwoord op."), "{}", empty.body);

    let (to, said) = posted(&mut owner, &format!("{address}/antwoord"), "antwoord=Ja%2C+een+maat.").await;
    assert_eq!(to, "/beheer/vragen");
    assert!(said.contains("Alles is beantwoord."), "{said}");
    let page = owner.get(&address).await.body;
    assert!(page.contains("Ja, een maat.") && page.contains("afgehandeld"), "{page}");
    let (_, page) = posted(&mut owner, &format!("{address}/sluiten"), "sluiten=nee").await;
    assert!(page.contains("wacht op antwoord"), "{page}");
}

#[tokio::test]
async fn a_request_is_extended_in_its_first_month_only_and_a_refusal_names_where_to_complain() {
    let office = Office::open().await;
    let mut owner = office.member().await;
    let list = "/beheer/privacy/verzoeken";
    // The clock of the office stands on Sunday 22 November 2026.
    let form = "soort=access&kanaal=letter&ontvangen=2026-11-20&naam=Eva+Bakker&contact=Wittem+1&over=";

    let wrong = owner.post(list, "soort=paspoort&naam=Eva&ontvangen=2026-12-24&contact=x").await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(
        wrong.body.contains("Kies wat er gevraagd wordt.") && wrong.body.contains("value=\"Eva\""),
        "{}",
        wrong.body
    );
    assert!(!wrong.body.contains("type=\"file\""));

    let (first, page) = posted(&mut owner, list, form).await;
    assert!(page.contains("uiterlijk 21 december 2026: nog 29 dagen"), "20 December is a Sunday: {page}");
    let (_, page) = posted(&mut owner, &format!("{first}/verlengen"), "reden=Veel+verzoeken").await;
    assert!(page.contains("uiterlijk 22 februari 2027") && page.contains("Veel verzoeken"), "{page}");

    let (second, _) = posted(&mut owner, list, form).await;
    office.later(30 * DAY);
    let mut owner = office.member().await;
    let page = owner.get(&second).await.body.replace("<!>", "");
    assert!(page.contains("badge--fout") && page.contains("1 dag te laat"), "{page}");
    assert!(page.contains("Verlengen kan niet meer"), "{page}");
    let (_, page) = posted(&mut owner, &format!("{second}/verlengen"), "reden=Te+laat").await;
    assert!(!page.contains("februari 2027"), "{page}");

    let (_, page) =
        posted(&mut owner, &format!("{second}/sluiten"), "uitkomst=refused&antwoord=We+kennen+je+niet.").await;
    assert!(page.contains("Autoriteit Persoonsgegevens") && page.contains("rechtbank"), "{page}");
    assert!(page.contains("Opgeschreven") && page.contains("Afgehandeld"), "the trail: {page}");
    let again = owner.post(&format!("{second}/sluiten"), "uitkomst=granted&antwoord=Toch").await;
    assert_eq!(again.location, second);
    assert!(!owner.get(&second).await.body.contains("Toch"), "what was answered stays");
}

#[tokio::test]
async fn the_hours_of_a_breach_run_through_the_weekend_and_it_closes_only_when_all_is_said() {
    let office = Office::open().await;
    let mut owner = office.member().await;
    let list = "/beheer/privacy/datalekken";

    let later = owner.post(list, "dag=2026-12-24&tijd=18:00&feiten=Een+mail").await;
    assert_eq!(later.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(later.body.contains("niet in de toekomst"), "{}", later.body);

    let (one, page) = posted(&mut owner, list, "dag=2026-11-20&tijd=18:00&feiten=Een+mail+ging+verkeerd").await;
    assert!(page.contains("melden bij de AP uiterlijk 23 november 2026, 18.00 uur"), "{page}");
    let text = owner.get(&format!("{one}/melding.txt")).await;
    assert!(text.headers["content-type"].to_str().expect("text").starts_with("text/plain"));
    assert!(text.body.contains("Een mail ging verkeerd") && text.body.contains("Nog niet bekend"), "{}", text.body);

    let form = "feiten=Een+mail&gevolgen=&maatregelen=&besluit=&reden=&sluiten=ja";
    let early = owner.post(&one, form).await;
    assert_eq!(early.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(early.body.contains("Kies wie het hoort."), "{}", early.body);
    let form = "feiten=Een+mail&gevolgen=Klein&maatregelen=Gewist&besluit=keep&reden=Geen+risico&sluiten=ja";
    let (_, page) = posted(&mut owner, &one, form).await;
    assert!(page.contains("afgehandeld op 22 november 2026"), "{page}");
    let closed = owner.post(&one, form).await;
    assert_eq!(closed.location, one, "a closed one does not change");
}

#[tokio::test]
async fn the_page_about_keeping_says_what_goes_next() {
    let office = Office::open().await;
    let mut owner = office.member().await;

    let page = owner.get("/beheer/privacy/bewaren").await.body.replace("<!>", "");

    assert!(page.contains("12 maanden nadat het is opgeschreven"), "{page}");
    assert!(page.contains("op zijn vroegst 23 november 2027"), "signing in was written down today: {page}");
    let register = owner.get("/beheer/privacy/register").await.body;
    assert!(!register.contains("met de hand"), "{register}");
}
