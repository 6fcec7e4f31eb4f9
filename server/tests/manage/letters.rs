//! Letters on the owner's desk: nothing leaves that she did not look at, a letter that waits can be called back, and an address has its proof.

use super::given::{email, shelf, uuid};
use super::support::{Browser, Office};
use http::StatusCode;
use shop_core::id::SubscriberId;
use shop_core::newsletter::letter::LetterState;
use shop_core::time::{Seconds, Timestamp};
use shop_flows::job::Job;
use shop_flows::ports::Subscriber;

const TEXT: &str = "onderwerp=Nieuw&tekst=%23+Voor+de+herfst%0D%0A%0D%0AEr+is+%3Cb%3Eveel%3C%2Fb%3E.";

/// A letter that was just written; its address.
async fn written(anna: &mut Browser) -> String {
    let answer = anna.post("/beheer/nieuwsbrief", TEXT).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER);
    answer.location
}

/// Eva is on the list.
async fn joins(office: &Office) {
    let id = SubscriberId::new(uuid(1));
    let since = office.shop.clock.now();
    let eva = Subscriber { id, email: email("eva@voorbeeld.nl"), first_name: "Eva".to_owned(), since };
    let mut tx = office.store.begin().await.expect("a door");
    tx.insert_subscriber(&eva).await.expect("on the list");
    tx.commit().await.expect("committed");
}

async fn state(office: &Office) -> LetterState {
    office.store.read().await.expect("a door").letters().await.expect("read").remove(0).state
}

/// The jobs that are due, taken off the list.
async fn due(office: &Office) -> Vec<Job> {
    let (now, mut jobs) = (office.shop.clock.now(), Vec::new());
    let mut tx = office.store.begin().await.expect("a door");
    while let Some(claimed) = tx.claim(now, now.plus(Seconds(60))).await.expect("claimed") {
        tx.finish(claimed.id).await.expect("finished");
        jobs.push(claimed.job);
    }
    tx.commit().await.expect("committed");
    jobs
}

#[tokio::test]
async fn a_letter_is_kept_and_shown_as_it_will_look() {
    let office = Office::open().await;
    let mut anna = office.member().await;

    let path = written(&mut anna).await;
    let page = anna.get(&path).await.body;

    assert!(page.contains("Op een telefoon") && page.contains("Op een groot scherm"), "{page}");
    assert_eq!(page.matches("class=\"fs-3\">Voor de herfst").count(), 2, "{page}");
    assert!(page.contains("&lt;b&gt;veel") && !page.contains("<b>veel"), "{page}");
    assert!(anna.get("/beheer/nieuwsbrief").await.body.contains("Concept"));
    assert_eq!(state(&office).await, LetterState::Draft);
    assert_eq!(due(&office).await, []);
}

#[tokio::test]
async fn what_is_no_letter_comes_back_as_it_was_typed() {
    let office = Office::open().await;
    let mut anna = office.member().await;
    let cases = [
        ("onderwerp=&tekst=Dag.", "Schrijf een onderwerp", "Dag."),
        ("onderwerp=Nieuw&tekst=+", "De brief is nog leeg", "value=\"Nieuw\""),
        ("onderwerp=Nieuw&tekst=artikelen%3A+is-er-niet", "Er is geen artikel met de naam is-er-niet", "is-er-niet"),
    ];

    for (form, trouble, kept) in cases {
        let answer = anna.post("/beheer/nieuwsbrief", form).await;

        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{form}");
        assert!(answer.body.contains(trouble) && answer.body.contains(kept), "{form}: {}", answer.body);
    }
    assert_eq!(office.store.read().await.expect("a door").letters().await.expect("read"), []);
}

#[tokio::test]
async fn a_trial_is_a_job_of_its_own_and_leaves_the_letter_a_draft() {
    let office = Office::open().await;
    let mut anna = office.member().await;
    let path = written(&mut anna).await;

    assert_eq!(anna.post(&format!("{path}/proef"), "").await.location, path);

    assert!(matches!(due(&office).await[..], [Job::MailLetterTrial { .. }]));
    assert_eq!(state(&office).await, LetterState::Draft);
}

#[tokio::test]
async fn a_letter_that_was_called_back_leaves_at_its_new_time() {
    let office = Office::open().await;
    let mut anna = office.member().await;
    let path = written(&mut anna).await;
    let send = format!("{path}/versturen");

    assert_eq!(anna.post(&send, "wanneer=later&dag=2026-11-24&tijd=09%3A30").await.status, StatusCode::SEE_OTHER);
    // Amsterdam is an hour ahead of UTC in November.
    let half_past_eight = Timestamp::from_micros(1_795_509_000_000_000);
    assert_eq!(state(&office).await, LetterState::Scheduled { at: half_past_eight });
    assert_eq!(anna.post(&path, TEXT).await.status, StatusCode::UNPROCESSABLE_ENTITY, "what waits is not rewritten");
    assert_eq!(anna.post(&format!("{path}/terug"), "").await.status, StatusCode::SEE_OTHER);
    assert_eq!(state(&office).await, LetterState::Draft);

    assert_eq!(anna.post(&send, "wanneer=nu").await.status, StatusCode::SEE_OTHER);

    assert!(matches!(due(&office).await[..], [Job::Letter { .. }]), "the time of before holds nothing up");
    assert_eq!(anna.post(&send, "wanneer=nu").await.status, StatusCode::UNPROCESSABLE_ENTITY, "once");
}

#[tokio::test]
async fn sending_needs_a_choice_and_a_moment_that_has_yet_to_come() {
    let office = Office::open().await;
    let mut anna = office.member().await;
    let path = written(&mut anna).await;
    let send = format!("{path}/versturen");

    for form in ["", "wanneer=later", "wanneer=later&dag=2026-11-21&tijd=09%3A30", "wanneer=ooit"] {
        assert_eq!(anna.post(&send, form).await.status, StatusCode::UNPROCESSABLE_ENTITY, "{form}");
    }

    assert_eq!(state(&office).await, LetterState::Draft);
    assert_eq!(due(&office).await, []);
}

#[tokio::test]
async fn a_letter_that_is_on_its_way_is_counted_and_cannot_be_called_back() {
    let office = Office::open().await;
    shelf(&*office.store, 1, 1).await.expect("a shelf");
    joins(&office).await;
    let mut anna = office.member().await;
    let path = written(&mut anna).await;
    let send = format!("{path}/versturen");
    assert!(anna.get(&send).await.body.contains("Er staat 1 adres op de lijst."));
    anna.post(&send, "wanneer=nu").await;

    let [Job::Letter { letter }] = due(&office).await[..] else { panic!("one job") };
    assert_eq!(office.shop.open_letter(letter).await, Ok(true));

    let page = anna.get(&path).await.body;
    assert!(page.contains("Op weg sinds") && page.contains("We meten niet wie een brief opent"), "{page}");
    assert_eq!(anna.post(&format!("{path}/terug"), "").await.status, StatusCode::CONFLICT);
}

#[tokio::test]
async fn the_owner_takes_an_address_off_and_sees_what_proves_it() {
    let office = Office::open().await;
    joins(&office).await;
    let mut anna = office.member().await;
    let before = anna.post("/beheer/nieuwsbrief/adres", "email=EVA%40voorbeeld.nl").await.body;
    assert!(before.contains("Staat op de lijst.") && before.contains("geen ja en geen nee bewaard"), "{before}");

    let answer = anna.post("/beheer/nieuwsbrief/adres/af", "email=eva%40voorbeeld.nl").await;

    assert_eq!((answer.status, answer.location.as_str()), (StatusCode::SEE_OTHER, "/beheer/nieuwsbrief/adres"));
    let after = anna.post("/beheer/nieuwsbrief/adres", "email=eva%40voorbeeld.nl").await.body;
    assert!(after.contains("we onthouden een nee") && after.contains("Door de winkel, op verzoek"), "{after}");
    let trail = anna.get("/beheer/logboek").await.body;
    assert!(trail.contains("Adres afgemeld voor de nieuwsbrief") && !trail.contains("eva@"), "{trail}");
    let wrong = anna.post("/beheer/nieuwsbrief/adres", "email=eva").await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(wrong.body.contains("ontbreekt de @"), "{}", wrong.body);
}
