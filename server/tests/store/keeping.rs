//! What has had its time goes, with all that hangs on it; what has not stays. And the desk where questions, requests and breaches lie.

use super::given::*;
use shop_core::id::{BreachId, CustomerId, QuestionId, RequestId};
use shop_core::ledger::{Entry, Posting};
use shop_core::order::{Order, OrderState};
use shop_core::privacy::breach::{Breach, Decision};
use shop_core::privacy::request::{Channel, Closed, Outcome, Request, RequestKind};
use shop_core::privacy::{Disclosed, Field, Party, Purpose, Retention};
use shop_core::time::Day;
use shop_flows::ports::{Audit, Gone, Question, Step, Store, StoreError, Trail};
use std::sync::Arc;

const LATE: i64 = 1_000_000;

fn rows(gone: &Gone, of: Retention) -> u32 {
    gone.iter().filter(|(retention, _)| *retention == of).map(|(_, rows)| rows).sum()
}

fn paid(n: u128) -> Order {
    Order { state: OrderState::Paid { at: at(9) }, ..order(n) }
}

pub async fn an_order_goes_with_its_books_once_all_of_it_is_over(store: Arc<dyn Store>) -> Claim {
    placed(&*store, &[paid(1), paid(2), order(3)]).await?;
    let told = Disclosed { party: Party::OmniKassa, fields: vec![Field::Amount], purpose: Purpose::Payment };
    let mut tx = store.begin().await?;
    for (order, last) in [(paid(1), 5), (paid(2), LATE)] {
        tx.insert_attempt(&attempt(order.id.uuid().as_u128() + 10, &order, 1)).await?;
        tx.disclose(order.id, &told, at(2)).await?;
        let entry = Entry::of_order(Posting::Placed, &order, order.totals.total, at(last)).expect("an amount");
        assert!(tx.post(&entry).await?);
    }

    let gone = tx.forget(Retention::Books, at(LATE), 10).await?;
    let nothing = tx.forget(Retention::Books, at(LATE), 10).await?;

    assert_eq!((rows(&gone, Retention::Agreement), rows(&gone, Retention::Disclosures)), (1, 1));
    // A line, the try to pay and the entry.
    assert_eq!(rows(&gone, Retention::Books), 3);
    assert!(nothing.iter().all(|(_, rows)| *rows == 0), "{nothing:?}");
    assert_eq!((tx.order(order_id(1)).await?, tx.entries(order_id(1)).await?), (None, Vec::new()));
    assert_eq!(tx.entries(order_id(2)).await?.len(), 1, "something happened to it later");
    assert!(tx.order(order_id(3)).await?.is_some(), "it waits for its money");
    tx.commit().await
}

pub async fn a_batch_is_no_larger_than_was_asked(store: Arc<dyn Store>) -> Claim {
    placed(&*store, &[paid(1), paid(2), paid(3)]).await?;
    let mut tx = store.begin().await?;

    let mut batches = Vec::new();
    for _ in 0..3 {
        batches.push(rows(&tx.forget(Retention::Books, at(LATE), 2).await?, Retention::Agreement));
    }

    assert_eq!(batches, [2, 1, 0]);
    tx.commit().await
}

pub async fn an_account_goes_after_its_warning_and_is_emptied_while_an_order_names_it(store: Arc<dyn Store>) -> Claim {
    placed(&*store, &[paid(1)]).await?;
    let mut tx = store.begin().await?;
    tx.save_customer(&customer(2, "eva@voorbeeld.nl")).await?;
    tx.save_customer(&customer(3, "bea@voorbeeld.nl")).await?;
    let id = |n: u128| CustomerId::new(uuid(n));
    let wittem = address("Marieke", "de Vries", "Almelo");
    tx.save_address(id(1), shop_core::id::AddressId::new(uuid(1)), &wittem, at(0)).await?;
    tx.note_use_of_accounts().await?;
    tx.account_was_used(id(3), at(LATE)).await?;

    let early = tx.forget_accounts(at(LATE), at(LATE), at(LATE), 10).await?;
    let mut warned = tx.accounts_to_warn(at(LATE), at(50), 10).await?;
    let again = tx.accounts_to_warn(at(LATE), at(51), 10).await?;
    let too_soon = tx.forget_accounts(at(LATE), at(50), at(LATE), 10).await?;
    let gone = tx.forget_accounts(at(LATE), at(51), at(LATE), 10).await?;

    warned.sort_unstable();
    assert_eq!((warned, again), (vec![id(1), id(2)], Vec::new()));
    assert_eq!([&early, &too_soon, &gone].map(|gone| rows(gone, Retention::Account)), [0, 0, 3]);
    assert_eq!(tx.customer(id(2)).await?, None);
    assert!(tx.customer(id(3)).await?.is_some(), "she used it");
    let emptied = tx.customer(id(1)).await?.expect("an order names it");
    assert_eq!((emptied.email.as_str(), emptied.given_name.as_str()), ("AG100001@gewist.invalid", ""));
    assert_eq!((emptied.phone, tx.addresses(id(1)).await?.len()), (None, 0));
    let last = tx.forget(Retention::Books, at(LATE), 10).await?;
    assert_eq!((rows(&last, Retention::Account), tx.customer(id(1)).await?), (1, None));
    tx.commit().await
}

pub async fn who_comes_back_after_the_warning_is_warned_again_next_time(store: Arc<dyn Store>) -> Claim {
    let mut tx = store.begin().await?;
    tx.save_customer(&customer(2, "eva@voorbeeld.nl")).await?;
    tx.note_use_of_accounts().await?;
    assert_eq!(tx.accounts_to_warn(at(LATE), at(50), 10).await?.len(), 1);

    tx.account_was_used(CustomerId::new(uuid(2)), at(60)).await?;
    let gone = tx.forget_accounts(at(LATE), at(LATE), at(LATE), 10).await?;

    assert_eq!(rows(&gone, Retention::Account), 0);
    assert_eq!(tx.accounts_to_warn(at(LATE), at(70), 10).await?.len(), 1);
    tx.commit().await
}

pub async fn the_trail_goes_and_the_log_counts(store: Arc<dyn Store>) -> Claim {
    let day = Day { year: 2027, month: 11, day: 25 };
    let mut tx = store.begin().await?;
    for n in [1, LATE] {
        let line = Audit {
            at: at(n),
            actor: "Ineke".to_owned(),
            action: "stock.count".to_owned(),
            subject: "jurk".to_owned(),
            detail: String::new(),
        };
        tx.audit(&line).await?;
    }

    let gone = tx.forget(Retention::Audit, at(LATE), 10).await?;
    tx.log_forgotten(day, &gone).await?;
    tx.log_forgotten(day, &gone).await?;
    tx.end_night(day).await?;

    assert_eq!(tx.audit_trail(Trail::Changes, 10).await?.len(), 1);
    assert_eq!(tx.oldest(Retention::Audit).await?, Some(at(LATE)));
    assert_eq!(tx.forgotten(day).await?, [(day, Retention::Audit, 2)]);
    assert_eq!((tx.forgotten(day.plus_days(1)).await?, tx.last_night().await?), (Vec::new(), Some(day)));
    tx.commit().await
}

pub async fn a_question_reads_back_with_its_thread(store: Arc<dyn Store>) -> Claim {
    let mut question = Question {
        id: QuestionId::new(uuid(1)),
        name: "Eva".to_owned(),
        email: email("Eva+1@voorbeeld.nl"),
        order: Some("AG100001".to_owned()),
        asked_at: at(1),
        closed_at: None,
        version: 1,
    };
    let mut tx = store.begin().await?;
    tx.insert_question(&question, "Past dit?").await?;
    let mut other = question.clone();

    assert_eq!((tx.open_questions().await?, tx.questions_of(&email("eva@voorbeeld.nl"), at(1)).await?), (1, 1));
    question.closed_at = Some(at(5));
    tx.save_question(&mut question).await?;
    assert_eq!(tx.save_question(&mut other).await, Err(StoreError::Conflict));
    let answer = tx.add_message(question.id, at(5), "Ineke", "Ja.").await?;

    let thread = tx.messages(question.id).await?;
    assert_eq!(
        thread.iter().map(|one| (one.is_answer, one.body.as_str())).collect::<Vec<_>>(),
        [(false, "Past dit?"), (true, "Ja.")]
    );
    assert_eq!(thread[1].id, answer);
    assert_eq!((tx.questions(true, 9).await?, tx.questions(false, 9).await?), (Vec::new(), vec![question.clone()]));
    assert_eq!(rows(&tx.forget(Retention::Message, at(6), 9).await?, Retention::Message), 1);
    assert_eq!((tx.question(question.id).await?, tx.messages(question.id).await?), (None, Vec::new()));
    tx.commit().await
}

pub async fn requests_and_breaches_read_back_with_their_trails(store: Arc<dyn Store>) -> Claim {
    let mut request = Request {
        id: RequestId::new(uuid(1)),
        kind: RequestKind::Erasure,
        channel: Channel::Letter,
        name: "Eva".to_owned(),
        contact: "Wittem 1".to_owned(),
        about: String::new(),
        received: Day { year: 2026, month: 11, day: 20 },
        extension: None,
        closed: None,
        version: 1,
    };
    let mut breach = Breach {
        id: BreachId::new(uuid(1)),
        aware_at: at(1),
        facts: "Een mail".to_owned(),
        effects: String::new(),
        measures: String::new(),
        decision: None,
        reason: String::new(),
        closed_at: None,
        version: 1,
    };
    let step = Step { at: at(1), actor: "Ineke".to_owned(), what: "entered".to_owned() };
    let mut tx = store.begin().await?;
    tx.insert_request(&request).await?;
    tx.add_request_step(request.id, &step).await?;
    tx.insert_breach(&breach).await?;
    tx.add_breach_step(breach.id, &step).await?;
    let (mut other, mut another) = (request.clone(), breach.clone());

    request.extension = Some("Veel werk".to_owned());
    request.closed = Some(Closed { at: at(5), outcome: Outcome::Partly, answer: "Deels.".to_owned() });
    tx.save_request(&mut request).await?;
    breach.decision = Some(Decision::People);
    breach.closed_at = Some(at(5));
    tx.save_breach(&mut breach).await?;

    assert_eq!(tx.save_request(&mut other).await, Err(StoreError::Conflict));
    assert_eq!(tx.save_breach(&mut another).await, Err(StoreError::Conflict));
    assert_eq!(tx.request(request.id).await?, Some(request.clone()));
    assert_eq!((tx.requests(true, 9).await?, tx.requests(false, 9).await?), (Vec::new(), vec![request.clone()]));
    assert_eq!(tx.breaches(9).await?, [breach.clone()]);
    assert_eq!(
        (tx.request_steps(request.id).await?, tx.breach_steps(breach.id).await?),
        (vec![step.clone()], vec![step])
    );
    assert_eq!(rows(&tx.forget(Retention::Request, at(5), 9).await?, Retention::Request), 0);
    assert_eq!(rows(&tx.forget(Retention::Request, at(6), 9).await?, Retention::Request), 2);
    assert_eq!((tx.request(request.id).await?, tx.request_steps(request.id).await?), (None, Vec::new()));
    tx.commit().await
}
