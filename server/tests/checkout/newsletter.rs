//! The newsletter: nobody is on the list before a yes, nobody is told who is, leaving works at once and is remembered, and a letter reaches
//! each address once, whatever breaks in between.

use crate::support::*;
use async_trait::async_trait;
use shop_core::ShopError;
use shop_core::checkout::{Field, FieldError, Mistake};
use shop_core::email::EmailAddress;
use shop_core::id::{LetterId, SubscriberId};
use shop_core::newsletter::letter::{Letter, LetterState};
use shop_core::newsletter::{Channel, ConsentAction, TypedSignUp};
use shop_core::payment::Method;
use shop_core::time::Seconds;
use shop_flows::newsletter::Standing;
use shop_flows::ports::{Consent, Delivery, DeliveryCounts, MailError, Mailer, Message, Subscriber};
use shop_server::mail::{Memory, Post};
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use uuid::Uuid;

const EVA: &str = "eva@voorbeeld.nl";
const QUESTION: &str = "Wil je onze nieuwsbrief?";

fn form(email: &str) -> TypedSignUp {
    TypedSignUp { email: email.to_owned(), first_name: "Eva".to_owned(), agrees: true }
}

/// What the last mail to an address holds after these words.
fn key(at: &TestShop, to: &str, before: &str) -> String {
    let mail = at.mails.sent().into_iter().rfind(|mail| mail.to.as_str() == to).unwrap();
    let (_, rest) = mail.text.split_once(before).unwrap();
    rest.chars().take_while(char::is_ascii_alphanumeric).collect()
}

async fn asks(at: &TestShop, email: &str) -> String {
    at.shop.ask_for_newsletter(&form(email)).await.unwrap();
    at.run_jobs().await;
    key(at, email, "/nieuwsbrief/bevestigen/")
}

async fn joins(at: &TestShop, email: &str) {
    let token = asks(at, email).await;
    at.shop.confirm_newsletter(&token).await.unwrap();
}

/// A letter that leaves now.
async fn letter(at: &TestShop) -> LetterId {
    let id = LetterId::new(Uuid::from_u128(77));
    let now = at.shop.clock.now();
    let state = LetterState::Scheduled { at: now };
    let letter = Letter {
        id,
        subject: "Nieuw in de winkel".to_owned(),
        text: "# Nieuw\n\nEr is veel.\n\nartikelen: jurk-madelief-1".to_owned(),
        state,
        made_at: now,
        version: 1,
    };
    let mut tx = at.shop.store.begin().await.unwrap();
    tx.insert_letter(&letter).await.unwrap();
    tx.enqueue(
        shop_core::id::JobId::new(at.shop.random.id()),
        &shop_flows::job::Job::Letter { letter: id },
        now,
        Some("letter"),
    )
    .await
    .unwrap();
    tx.commit().await.unwrap();
    id
}

fn letters(at: &TestShop) -> Vec<Message> {
    at.mails.sent().into_iter().filter(|mail| mail.leave.is_some()).collect()
}

async fn counts(at: &TestShop, id: LetterId) -> DeliveryCounts {
    at.shop.store.read().await.unwrap().deliveries(id).await.unwrap()
}

async fn subscriber(at: &TestShop, email: &str) -> Option<Subscriber> {
    let email = EmailAddress::parse(email).unwrap();
    at.shop.store.read().await.unwrap().subscriber_of(&email).await.unwrap()
}

async fn proof(at: &TestShop) -> Vec<Consent> {
    let hash = at.shop.secrets.hash("newsletter-address", EVA.as_bytes());
    at.shop.store.read().await.unwrap().newsletter_consents(&hash).await.unwrap()
}

#[tokio::test]
async fn nobody_is_on_the_list_before_the_button_behind_the_link() {
    let at = TestShop::open().await;

    let token = asks(&at, EVA).await;
    assert_eq!(at.subjects(EVA), [QUESTION]);
    assert_eq!(at.shop.newsletter_link(&token).await, Ok(true), "looking is no yes");
    assert_eq!(subscriber(&at, EVA).await, None);
    assert_eq!(proof(&at).await, []);
    assert!(!at.everything().await.iter().any(|row| row.contains(&token)), "the token is stored nowhere");

    at.shop.confirm_newsletter(&token).await.unwrap();

    let eva = subscriber(&at, EVA).await.unwrap();
    assert_eq!((eva.email.as_str(), eva.first_name.as_str(), eva.since), (EVA, "Eva", NOW));
    let done: Vec<_> = proof(&at).await.iter().map(|line| (line.action, line.channel, line.text.clone())).collect();
    let text = ("newsletter".to_owned(), 1);
    assert_eq!(
        done,
        [(ConsentAction::Given, Channel::Site, text.clone()), (ConsentAction::Confirmed, Channel::Site, text)]
    );
    assert_eq!(at.shop.confirm_newsletter(&token).await, Err(ShopError::NotFound), "once");
    assert_eq!(at.shop.newsletter_link(&token).await, Ok(false));
    assert_eq!(at.count("newsletter_sign_ups").await, 0);
}

#[tokio::test]
async fn after_three_days_the_link_is_gone_and_after_a_week_the_address() {
    let at = TestShop::open().await;
    let token = asks(&at, EVA).await;

    at.advance(Seconds(72 * 3600 - 1)).await;
    assert_eq!(at.shop.newsletter_link(&token).await, Ok(true));
    at.advance(Seconds(1)).await;
    assert_eq!(at.shop.newsletter_link(&token).await, Ok(false));
    assert_eq!(at.shop.confirm_newsletter(&token).await, Err(ShopError::NotFound));

    at.advance(Seconds::days(4)).await;
    at.run_jobs().await;
    assert!(!at.everything().await.iter().any(|row| row.contains("eva@")), "the address is nowhere");
    assert_eq!(at.count("newsletter_consents").await, 0, "a yes that was none leaves no proof");
    assert_eq!(at.subjects(EVA), [QUESTION], "and no other mail");
}

#[tokio::test]
async fn every_address_hears_the_same_and_only_new_ones_get_a_mail() {
    let at = TestShop::open().await;
    joins(&at, EVA).await;
    joins(&at, "ans@voorbeeld.nl").await;
    let ans = subscriber(&at, "ans@voorbeeld.nl").await.unwrap();
    at.shop.leave_newsletter(&leave_key(&at, &ans), Channel::Letter).await.unwrap();
    let before = at.mails.sent().len();

    for address in [EVA, "EVA@voorbeeld.nl", "ans@voorbeeld.nl", "nieuw@voorbeeld.nl", "nieuw@voorbeeld.nl"] {
        assert_eq!(at.shop.ask_for_newsletter(&form(address)).await, Ok(()), "{address}");
    }
    at.run_jobs().await;

    let mailed: Vec<String> = at.mails.sent()[before..].iter().map(|mail| mail.to.to_string()).collect();
    assert_eq!(mailed, ["ans@voorbeeld.nl", "nieuw@voorbeeld.nl"], "who left may come back by a new yes of her own");
    assert_eq!(subscriber(&at, "ans@voorbeeld.nl").await, None);
}

fn leave_key(at: &TestShop, subscriber: &Subscriber) -> String {
    let hash = at.shop.secrets.hash("newsletter-leave", subscriber.id.uuid().as_bytes());
    shop_core::newsletter::LeaveKey::sealed(subscriber.id, &hash).text()
}

#[tokio::test]
async fn nobodys_box_is_filled_with_questions() {
    let at = TestShop::open().await;

    for n in 1..=9 {
        assert_eq!(at.shop.ask_for_newsletter(&form(&format!("eva+{n}@voorbeeld.nl"))).await, Ok(()));
    }
    at.run_jobs().await;

    assert_eq!(at.mails.sent().len(), 3);
}

#[tokio::test]
async fn without_a_tick_or_an_address_nothing_is_kept() {
    let at = TestShop::open().await;
    let before = at.everything().await;
    let error = |field, mistake| Err(ShopError::Fields(vec![FieldError { field, mistake }]));

    let unticked = TypedSignUp { agrees: false, ..form(EVA) };
    assert_eq!(at.shop.ask_for_newsletter(&unticked).await, error(Field::Newsletter, Mistake::Missing));
    assert_eq!(at.shop.ask_for_newsletter(&form("eva")).await, error(Field::Email, Mistake::EmailWithoutAt));
    for mangled in ["", "0123", "é", &"0".repeat(64)] {
        assert_eq!(at.shop.confirm_newsletter(mangled).await, Err(ShopError::NotFound), "{mangled}");
        assert_eq!(at.shop.leave_newsletter(mangled, Channel::Letter).await, Err(ShopError::NotFound), "{mangled}");
    }
    assert_eq!(at.everything().await, before);
}

#[tokio::test]
async fn leaving_erases_the_address_at_once_and_keeps_the_no_and_the_proof() {
    let at = TestShop::open().await;
    joins(&at, EVA).await;
    let key = leave_key(&at, &subscriber(&at, EVA).await.unwrap());
    // Two years later the link of an old letter still works.
    at.advance(Seconds::days(730)).await;

    at.shop.leave_newsletter(&key, Channel::OneClick).await.unwrap();
    at.shop.leave_newsletter(&key, Channel::Letter).await.unwrap();

    assert_eq!(subscriber(&at, EVA).await, None);
    assert!(!at.everything().await.iter().any(|row| row.contains("eva@")), "the address is nowhere");
    let hash = at.shop.secrets.hash("newsletter-address", EVA.as_bytes());
    assert!(at.shop.store.read().await.unwrap().is_suppressed(&hash).await.unwrap());
    let last = proof(&at).await.pop().unwrap();
    assert_eq!(
        (last.action, last.channel, last.at),
        (ConsentAction::Withdrawn, Channel::OneClick, at.shop.clock.now())
    );
    assert_eq!(proof(&at).await.len(), 3, "twice is once");

    for statement in ["delete from newsletter_consents", "update newsletter_consents set action = 'given'"] {
        assert!(sqlx::query(statement).execute(&at.rows).await.is_err(), "{statement}");
    }
    joins(&at, EVA).await;
    assert!(!at.shop.store.read().await.unwrap().is_suppressed(&hash).await.unwrap(), "her own new yes counts");
}

#[tokio::test]
async fn the_box_of_the_checkout_asks_only_when_the_order_is_placed() {
    let at = TestShop::open().await;
    let dress = at.dress(1, 2).await;
    let mut marieke = at.browser();
    marieke.fill_in(dress, "marieke@voorbeeld.nl", Method::BankTransfer).await;
    let visitor = marieke.visitor().await;
    assert_eq!(at.shop.send_details(&visitor, details("marieke@voorbeeld.nl"), true).await, Ok(true));
    assert_eq!(at.count("newsletter_sign_ups").await, 0);

    marieke.press(TOTAL).await.unwrap();
    at.run_jobs().await;

    assert_eq!(at.subjects("marieke@voorbeeld.nl").iter().filter(|subject| *subject == QUESTION).count(), 1);
    let mut other = at.browser();
    other.fill_in(dress, "bea@voorbeeld.nl", Method::BankTransfer).await;
    other.press(TOTAL).await.unwrap();
    assert_eq!(at.count("newsletter_sign_ups").await, 1, "no tick, no question");
}

#[tokio::test]
async fn the_account_switches_only_the_address_that_was_proved() {
    let at = TestShop::open().await;
    let mut eva = at.browser();
    eva.sign_in(EVA).await;
    let visitor = eva.visitor().await;
    assert_eq!(at.shop.newsletter_of(&visitor).await, Ok(Standing::Off));

    at.shop.switch_newsletter(&visitor, true).await.unwrap();
    assert_eq!(at.shop.newsletter_of(&visitor).await, Ok(Standing::Asked));
    at.run_jobs().await;
    at.shop.confirm_newsletter(&key(&at, EVA, "/nieuwsbrief/bevestigen/")).await.unwrap();
    assert_eq!(at.shop.newsletter_of(&visitor).await, Ok(Standing::OnTheList));
    at.shop.switch_newsletter(&visitor, false).await.unwrap();
    assert_eq!(at.shop.newsletter_of(&visitor).await, Ok(Standing::Off));

    let stranger = at.browser().visitor().await;
    assert_eq!(at.shop.newsletter_of(&stranger).await, Err(ShopError::SignInNeeded));
    assert_eq!(at.shop.switch_newsletter(&stranger, false).await, Err(ShopError::SignInNeeded));
}

#[tokio::test]
async fn a_letter_leaves_a_few_at_a_time_and_not_to_who_left_meanwhile() {
    let at = TestShop::open().await;
    at.dress(1, 1).await;
    for n in 1..=7 {
        joins(&at, &format!("lezer{n}@voorbeeld.nl")).await;
    }
    let id = letter(&at).await;

    at.run_jobs().await;
    assert_eq!(letters(&at).len(), 3, "twelve in a minute are three in a quarter of it");
    let gone = subscriber(&at, "lezer7@voorbeeld.nl").await.unwrap();
    at.shop.leave_newsletter(&leave_key(&at, &gone), Channel::Letter).await.unwrap();
    for _ in 0..3 {
        at.advance(Seconds(15)).await;
        at.run_jobs().await;
    }

    assert_eq!(letters(&at).len(), 6);
    assert_eq!(counts(&at, id).await, DeliveryCounts { sent: 6, skipped: 1, ..DeliveryCounts::default() });
    let state = at.shop.store.read().await.unwrap().letter(id).await.unwrap().unwrap().state;
    assert_eq!(state.name(), "sent");
    let first = letters(&at).remove(0);
    let key = first.leave.unwrap().rsplit_once('/').unwrap().1.to_owned();
    at.shop.leave_newsletter(&key, Channel::OneClick).await.unwrap();
    assert_eq!(counts(&at, id).await.left, 1);
}

#[tokio::test]
async fn an_address_on_the_list_without_a_yes_in_the_proof_gets_nothing() {
    let at = TestShop::open().await;
    at.dress(1, 1).await;
    joins(&at, EVA).await;
    let since = at.shop.clock.now();
    let email = EmailAddress::parse("zomaar@voorbeeld.nl").unwrap();
    let id = SubscriberId::new(Uuid::from_u128(9));
    let mut tx = at.shop.store.begin().await.unwrap();
    tx.insert_subscriber(&Subscriber { id, email, first_name: String::new(), since }).await.unwrap();
    tx.commit().await.unwrap();

    let letter = letter(&at).await;
    at.run_jobs().await;

    assert_eq!(letters(&at).iter().map(|mail| mail.to.as_str()).collect::<Vec<_>>(), [EVA]);
    assert_eq!(counts(&at, letter).await, DeliveryCounts { sent: 1, skipped: 1, ..DeliveryCounts::default() });
}

#[tokio::test]
async fn after_a_crash_each_address_has_exactly_one_letter() {
    let at = TestShop::open().await;
    at.dress(1, 1).await;
    for n in 1..=5 {
        joins(&at, &format!("lezer{n}@voorbeeld.nl")).await;
    }
    let id = letter(&at).await;
    // A worker that dies: it sent the first one and wrote that down, handed over the second and died before it could.
    assert_eq!(at.shop.open_letter(id).await, Ok(true));
    let first = at.shop.next_addressee(id).await.unwrap().unwrap();
    let second = at.shop.next_addressee(id).await.unwrap().unwrap();
    at.shop.letter_settled(id, first.to.id, Delivery::Sent).await.unwrap();
    let by_hand = [first.to.email.to_string(), second.to.email.to_string()];

    for _ in 0..3 {
        at.run_jobs().await;
        at.advance(Seconds(15)).await;
    }

    let mut reached: Vec<String> = letters(&at).iter().map(|mail| mail.to.to_string()).chain(by_hand).collect();
    reached.sort();
    assert_eq!(reached, (1..=5).map(|n| format!("lezer{n}@voorbeeld.nl")).collect::<Vec<_>>());
    assert_eq!(counts(&at, id).await, DeliveryCounts { sent: 4, unsure: 1, ..DeliveryCounts::default() });
    let mut keys: Vec<String> = letters(&at).into_iter().map(|mail| mail.key).collect();
    keys.dedup();
    assert_eq!(keys.len(), 3, "each message has an id of its own");
}

/// A mail server that says this about one address, as often as it is told to.
struct Moody {
    about: &'static str,
    says: MailError,
    left: AtomicU32,
    takes: Memory,
}

#[async_trait]
impl Mailer for Moody {
    async fn send(&self, message: &Message) -> Result<(), MailError> {
        let less = |left: u32| left.checked_sub(1);
        let is_it = message.to.as_str() == self.about;
        if is_it && self.left.fetch_update(Ordering::SeqCst, Ordering::SeqCst, less).is_ok() {
            return Err(self.says.clone());
        }
        self.takes.send(message).await
    }
}

#[async_trait]
impl Post for Moody {
    async fn send_for(&self, message: &Message, _: &EmailAddress) -> Result<(), MailError> {
        self.send(message).await
    }
}

/// Three readers, and what becomes of a letter when the mail server says this about the first, that often.
async fn sent_through(says: MailError, times: u32) -> (Vec<String>, DeliveryCounts) {
    let at = TestShop::open().await;
    at.dress(1, 1).await;
    for n in 1..=3 {
        joins(&at, &format!("lezer{n}@voorbeeld.nl")).await;
    }
    let id = letter(&at).await;
    let post =
        Arc::new(Moody { about: "lezer1@voorbeeld.nl", says, left: AtomicU32::new(times), takes: at.mails.clone() });

    for _ in 0..6 {
        at.run_jobs_through(post.clone()).await;
        at.advance(Seconds::hours(1)).await;
    }

    let mut reached: Vec<String> = letters(&at).iter().map(|mail| mail.to.to_string()).collect();
    reached.sort();
    (reached, counts(&at, id).await)
}

#[tokio::test]
async fn what_the_mail_server_could_not_take_waits_and_holds_nobody_up() {
    let (reached, counts) = sent_through(MailError::Unavailable("full".to_owned()), 3).await;

    assert_eq!(reached, ["lezer1@voorbeeld.nl", "lezer2@voorbeeld.nl", "lezer3@voorbeeld.nl"]);
    assert_eq!(counts, DeliveryCounts { sent: 3, ..DeliveryCounts::default() });
}

#[tokio::test]
async fn what_the_mail_server_refuses_is_counted_and_not_tried_again() {
    let (reached, counts) = sent_through(MailError::Refused("550".to_owned()), 1).await;

    assert_eq!(reached, ["lezer2@voorbeeld.nl", "lezer3@voorbeeld.nl"]);
    assert_eq!(counts, DeliveryCounts { sent: 2, bounced: 1, ..DeliveryCounts::default() });
}

#[tokio::test]
async fn a_letter_that_was_under_way_when_the_line_broke_does_not_go_again() {
    let (reached, counts) = sent_through(MailError::Unsure("the line broke".to_owned()), 1).await;

    assert_eq!(reached, ["lezer2@voorbeeld.nl", "lezer3@voorbeeld.nl"]);
    assert_eq!(counts, DeliveryCounts { sent: 2, unsure: 1, ..DeliveryCounts::default() });
}
