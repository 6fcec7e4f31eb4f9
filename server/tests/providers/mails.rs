//! What the mails say: exact snapshots of the text, and rules that hold for all of them.

use crate::support::*;
use shop_core::email::EmailAddress;
use shop_core::id::{AttemptId, LetterId, RefundId, SubscriberId};
use shop_core::money::Money;
use shop_core::newsletter::letter::{Letter, LetterState};
use shop_core::order::refund::{Credit, Pieces, RefundOf, RefundState, RefundWish, Refundable};
use shop_core::order::{Order, OrderState, Refund, Tracking};
use shop_core::payment::{Bill, Method, When};
use shop_core::shipping::ShippingRules;
use shop_core::shop::Identity;
use shop_core::time::Seconds;
use shop_flows::newsletter::letters::{Part, Shown};
use shop_flows::ports::{Mailer, Message, Subscriber};
use shop_pdf::Block;
use shop_server::mail::{AwaitedSize, BankAccount, Letters, LettersConfig, Memory, OnInvoice};

const LINK: &str = "https://www.allgems.nl/bestelling/AG100042?toegang=abc&x=1";

fn letters() -> Letters {
    let config = LettersConfig {
        identity: Identity::default(),
        public_url: "https://www.allgems.nl/".to_owned(),
        shipping: ShippingRules::default(),
        bank: BankAccount { holder: "All Gems".to_owned(), iban: "NL20INGB0001234567".to_owned() },
    };
    Letters::new(config, TestClock::at(NOW)).unwrap()
}

fn unpaid() -> Order {
    order(Method::BankTransfer, OrderState::AwaitingPayment { until: NOW.plus(Seconds::days(7)) })
}

fn left() -> Order {
    order(Method::Ideal, OrderState::AwaitingPayment { until: NOW.plus(Seconds::hours(2)) })
}

fn paid() -> Order {
    order(Method::Ideal, OrderState::Paid { at: NOW })
}

fn shipped() -> Order {
    let tracking = Tracking::parse("3SABCD1234567890");
    Order { tracking, ..order(Method::Ideal, OrderState::Shipped { paid_at: NOW, at: NOW }) }
}

/// A piece with the delivery.
fn refund(state: RefundState) -> Refund {
    let order = shipped();
    let wish = RefundWish::Goods { pieces: vec![Pieces { line: 0, count: 1 }], shipping: true };
    Refund {
        id: RefundId::new(uuid::Uuid::from_u128(9)),
        order: order.id,
        attempt: AttemptId::new(uuid::Uuid::from_u128(8)),
        credit: Refundable::of(&order, order.totals.total, []).credit(wish).unwrap(),
        set_off: Money::ZERO,
        state,
        provider_id: None,
        created_at: NOW,
        version: 1,
    }
}

fn by_hand() -> Refund {
    let of = RefundOf::Goodwill { reason: "Een los knoopje".to_owned() };
    let done = refund(RefundState::Done { at: NOW, by_hand: true });
    Refund { credit: Credit { of, ..done.credit }, ..done }
}

/// Our own invoice: the half that is first, what comes with the parcel, and what is asked when nobody pays.
fn on_invoice() -> Vec<Message> {
    let letters = letters();
    let half = Money::cents(3990);
    let first = Bill { amount: half, when: When::Before(NOW.plus(Seconds::days(7))), rest: half };
    let after = Bill { amount: half, when: When::AfterShipping, rest: Money::ZERO };
    let due = Bill { amount: half, when: When::Until(NOW.plus(Seconds::days(14))), rest: Money::ZERO };
    let waiting = order(Method::Invoice, OrderState::AwaitingPayment { until: NOW.plus(Seconds::days(7)) });
    let packed = order(Method::Invoice, OrderState::Paid { at: NOW });
    let gone = Order { method: Method::Invoice, ..shipped() };
    let lowered = Refund { set_off: half, ..refund(RefundState::Done { at: NOW, by_hand: false }) };
    vec![
        letters.on_invoice(OnInvoice::Confirmation, &waiting, Some(&first), LINK).unwrap(),
        letters.on_invoice(OnInvoice::Confirmation, &packed, Some(&after), LINK).unwrap(),
        letters.on_invoice(OnInvoice::Deposit, &waiting, Some(&first), LINK).unwrap(),
        letters.on_invoice(OnInvoice::Shipped, &gone, Some(&due), LINK).unwrap(),
        letters.on_invoice(OnInvoice::Reminder, &gone, Some(&due), LINK).unwrap(),
        letters.on_invoice(OnInvoice::Demand, &gone, Some(&due), LINK).unwrap(),
        letters.invoice_paid(&packed, half, Some(&after), LINK).unwrap(),
        letters.invoice_paid(&gone, half, None, LINK).unwrap(),
        letters.invoice_lowered(&gone, &lowered, Some(&due), LINK).unwrap(),
        letters.invoice_lowered(&gone, &lowered, None, LINK).unwrap(),
    ]
}

#[test]
fn a_mail_about_an_invoice_says_what_where_and_until_when_in_both_parts() {
    let account = ["€\u{a0}39,90", "NL20 INGB 0001 2345 67", "RF57 AG10 0042"];
    let mails = on_invoice();

    for (at, until) in [
        (0, "dinsdag 1 december 2026, 20.14 uur"),
        (2, "dinsdag 1 december 2026, 20.14 uur"),
        (3, "dinsdag 8 december 2026"),
        (4, "dinsdag 8 december 2026"),
        (5, "dinsdag 8 december 2026"),
        (8, "dinsdag 8 december 2026"),
    ] {
        for part in [&mails[at].text, &mails[at].html] {
            assert!(account.iter().chain([&until]).all(|element| part.contains(element)), "{at}: {part}");
        }
    }
    assert!(
        !mails[1].text.contains("NL20") && mails[1].text.contains("Je betaalt €\u{a0}39,90 achteraf"),
        "{}",
        mails[1].text
    );
    assert!(mails[7].text.contains("Je rekening is helemaal betaald."), "{}", mails[7].text);
    assert!(mails[9].text.contains("Er staat niets meer open."), "{}", mails[9].text);
    for mail in &mails {
        assert!(!mail.text.contains("(betaald)"), "{}", mail.text);
    }
}

/// BW 6:96(6): what is open, the 14 days from the day after it came, and what not paying would cost.
#[test]
fn the_letter_of_the_law_says_all_that_it_must() {
    let letter = &on_invoice()[5];

    for part in [&letter.text, &letter.html] {
        for element in [
            "AG100042",
            "€\u{a0}39,90",
            "binnen 14 dagen, gerekend vanaf de dag nadat je deze mail ontving",
            "woensdag 9 december 2026",
            "Aan deze aanmaning zijn geen kosten verbonden.",
            "reken ik geen incassokosten: die zijn €\u{a0}0,00",
        ] {
            assert!(part.contains(element), "{element} in {part}");
        }
    }
}

fn asker() -> EmailAddress {
    EmailAddress::parse("eva@voorbeeld.nl").unwrap()
}

fn awaited() -> AwaitedSize {
    AwaitedSize {
        slug: "jurk-madelief".to_owned(),
        title: "Jurk Madelief".to_owned(),
        colour: "weidebloemen".to_owned(),
        size: "98/104".to_owned(),
    }
}

fn letter() -> Letter {
    Letter {
        id: LetterId::new(uuid::Uuid::from_u128(5)),
        subject: "Nieuw <in> de winkel".to_owned(),
        text: String::new(),
        state: LetterState::Draft,
        made_at: NOW,
        version: 1,
    }
}

fn parts() -> Vec<Part> {
    let shown = Shown {
        slug: "jurk-madelief".to_owned(),
        title: "Jurk <Madelief>".to_owned(),
        price: "€ 44,95".to_owned(),
        picture: Some(("/img/abc-640.jpg".to_owned(), "Een jurk met bloemen".to_owned())),
    };
    vec![
        Part::Heading("Voor de herfst".to_owned()),
        Part::Text(vec!["Er is veel nieuw.".to_owned(), "Kijk maar.".to_owned()]),
        Part::Picture(shown.clone()),
        Part::Products(vec![shown.clone(), Shown { picture: None, title: "Broek".to_owned(), ..shown }]),
    ]
}

fn reader() -> Subscriber {
    let id = SubscriberId::new(uuid::Uuid::from_u128(6));
    Subscriber { id, email: asker(), first_name: "Eva".to_owned(), since: NOW }
}

fn all() -> Vec<Message> {
    let letters = letters();
    let mut mails = vec![
        letters.confirmation(&paid(), LINK).unwrap(),
        letters.confirmation(&unpaid(), LINK).unwrap(),
        letters.reminder(&unpaid(), LINK).unwrap(),
        letters.way_back(&left(), NOW.plus(Seconds::hours(2)), LINK).unwrap(),
        letters.shipped(&shipped(), LINK).unwrap(),
        letters.refunded(&shipped(), &refund(RefundState::Sent { at: NOW }), Method::Ideal, LINK).unwrap(),
        letters.refunded(&shipped(), &by_hand(), Method::BankTransfer, LINK).unwrap(),
        letters
            .refunded(&shipped(), &refund(RefundState::Done { at: NOW, by_hand: false }), Method::Klarna, LINK)
            .unwrap(),
        letters.code(&asker(), "042137", "job-1").unwrap(),
        letters.alert_check(&asker(), &awaited(), "0a1b", "job-3").unwrap(),
        letters.back_in_stock(&asker(), &awaited(), "job-4").unwrap(),
        letters.newsletter_check(&asker(), "0a1b", "job-5").unwrap(),
        letters.newsletter(&letter(), &parts(), &reader(), "7c8d").unwrap(),
        letters.question(&asker(), "Eva\r\nBcc: x@y.nl", "Is de jurk <b>wijd</b>?\n\nGroet, \"Eva\"", "job-2").unwrap(),
        letters.account_ends(&asker(), shop_core::time::Day { year: 2028, month: 11, day: 25 }, "job-5").unwrap(),
        letters.question_received(&asker(), "job-6").unwrap(),
        letters.answer(&asker(), "Ja, <b>ruim</b>.\nNeem een maat kleiner.", "job-7").unwrap(),
    ];
    mails.extend(on_invoice());
    mails
}

fn whole(message: &Message) -> String {
    format!("To: {}\nKey: {}\nSubject: {}\n\n{}", message.to, message.key, message.subject, message.text)
}

#[test]
fn the_words_are_these() {
    let names = [
        "confirmation_paid",
        "confirmation_transfer",
        "reminder",
        "way_back",
        "shipped",
        "refunded",
        "refunded_by_hand",
        "refunded_klarna",
        "code",
        "alert_check",
        "back_in_stock",
        "newsletter_check",
        "letter",
        "question",
        "account_ends",
        "question_received",
        "answer",
    ];

    for (name, message) in names.into_iter().zip(all()) {
        insta::assert_snapshot!(name, whole(&message));
        insta::assert_snapshot!(format!("{name}_html"), message.html);
    }
}

/// BW 6:230v(7) with 6:230m(1): identity, goods, price, delivery, payment, withdrawal, return cost, guarantee, complaints.
const REQUIRED: [&str; 28] = [
    "All Gems",
    "Wittem 16",
    "7603 NE Almelo",
    "+31 (0)546 232032",
    "info@allgems.nl",
    "72829737",
    "NL001575604B67",
    "Jurk Madelief",
    "95% katoen, 5% elastaan",
    "€\u{a0}44,95",
    "€\u{a0}4,95",
    "€\u{a0}79,80",
    "21% btw",
    "€\u{a0}13,85",
    "donderdag 26 november 2026",
    "binnen 30 dagen",
    "iDEAL | Wero",
    "Bestelling met betalingsverplichting",
    "14 dagen",
    "Hier de overeenkomst herroepen",
    "https://www.allgems.nl/herroepen",
    "alleen wanneer dit formulier op papier",
    "Een pakje terugsturen kost €\u{a0}4,95",
    "eindigt dit recht niet na een vast aantal jaren",
    "https://www.allgems.nl/garantie",
    "antwoord",
    "algemene voorwaarden, versie 2026-11-01",
    "dinsdag 24 november 2026, 20.14 uur",
];

#[test]
fn a_discount_stands_among_the_amounts_with_its_code() {
    let mut order = paid();
    order.code = shop_core::discount::DiscountCode::parse("WELKOM5");
    order.totals.discount = Money::cents(500);

    let mail = letters().confirmation(&order, LINK).unwrap();

    assert!(mail.text.contains("\nKorting (WELKOM5): −€\u{a0}5,00\nVerzending: "), "{}", mail.text);
    assert!(
        mail.html.contains("<th scope=\"row\">Korting (WELKOM5)</th><td class=\"sum\">−€\u{a0}5,00</td>"),
        "{}",
        mail.html
    );
    let paper = on_paper(&order);
    assert!(paper.contains("Korting (WELKOM5)") && paper.contains("−€\u{a0}5,00"), "{paper}");
}

#[test]
fn a_confirmation_holds_all_that_the_law_wants_on_paper() {
    let message = letters().confirmation(&paid(), LINK).unwrap();

    for element in REQUIRED {
        assert!(message.text.contains(element), "not in the text: {element}");
        assert!(message.html.contains(element), "not in the HTML: {element}");
    }
    assert!(message.text.starts_with("Dank je wel, Marieke."), "{}", message.text);
}

/// All words of a paper. That they can be read back from the PDF is shown where it is made.
fn on_paper(order: &Order) -> String {
    let paper = letters().words_on_paper(order).unwrap();
    let words = paper.blocks.into_iter().map(|block| match block {
        Block::Title(text) | Block::Heading(text) | Block::Text(text) | Block::Small(text) | Block::Item(text) => text,
        Block::Row { label, detail, amount, .. } => format!("{label}\n{detail}\n{amount}"),
    });
    words.collect::<Vec<_>>().join("\n")
}

#[test]
fn the_confirmation_on_paper_holds_it_too() {
    let text = on_paper(&paid());

    for element in REQUIRED {
        assert!(text.contains(element), "not on paper: {element} in {text}");
    }
    assert!(text.contains("Marieke de Vries & Co") && text.contains("Sokken <ster>"), "{text}");
    assert!(text.contains("\nHerroepingsrecht\n") && text.contains("\nWettelijke garantie\n"), "{text}");
    assert!(!text.contains("marieke@"), "no more about her than what is needed");
    let pdf = letters().paper(&paid()).unwrap();
    assert!(pdf.starts_with(b"%PDF-1.7") && pdf.len() < 60_000, "{} bytes", pdf.len());
    assert_eq!(letters().paper(&paid()).unwrap(), pdf, "the same order makes the same bytes");
}

#[test]
fn who_pays_by_transfer_has_on_paper_where_to_and_until_when() {
    let text = on_paper(&unpaid());

    for element in ["NL20 INGB 0001 2345 67", "RF57 AG10 0042", "dinsdag 1 december 2026, 20.14 uur"] {
        assert!(text.contains(element), "{element} in {text}");
    }
    assert!(!on_paper(&paid()).contains("NL20"));
}

#[test]
fn who_pays_by_transfer_reads_where_to_and_until_when() {
    for message in [letters().confirmation(&unpaid(), LINK).unwrap(), letters().reminder(&unpaid(), LINK).unwrap()] {
        for part in [&message.text, &message.html] {
            for element in
                ["NL20 INGB 0001 2345 67", "RF57 AG10 0042", "€\u{a0}79,80", "dinsdag 1 december 2026, 20.14 uur"]
            {
                assert!(part.contains(element), "{element}");
            }
        }
    }
    assert!(!letters().confirmation(&paid(), LINK).unwrap().text.contains("NL20"));
}

#[test]
fn no_mail_watches_its_reader_or_advertises() {
    for message in all() {
        let html = message.html.to_lowercase();
        // Pictures and offers are for letters, which somebody asked for; a picture there is that of the shop's own page, the same for all.
        let asked_for = message.leave.is_some();
        for source in html.split("src=\"").skip(1).filter_map(|rest| rest.split('"').next()) {
            assert!(
                asked_for && source.starts_with("https://www.allgems.nl/img/") && !source.contains('?'),
                "{source}"
            );
        }
        assert!(asked_for || !["<img", "src=", "korting"].iter().any(|offer| html.contains(offer)), "{}", message.key);
        for forbidden in
            ["<script", "<link", "url(", "@import", "<iframe", "utm_", "ec.europa.eu/consumers/odr", "!important"]
        {
            assert!(!html.contains(forbidden), "{forbidden} in {}", message.key);
        }
        let foreign: Vec<&str> = html.split("href=\"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
        for address in foreign {
            let ours = address.starts_with("https://www.allgems.nl/")
                || address.starts_with("mailto:")
                || address.starts_with("https://postnl.nl/");
            assert!(ours, "{address}");
        }
        assert!(!message.text.contains('!') && !message.subject.contains('!'), "{}", message.text);
    }
}

#[test]
fn every_mail_says_who_the_shop_is_in_both_parts() {
    for message in all() {
        for part in [&message.text, &message.html] {
            for element in [
                "All Gems",
                "Wittem 16, 7603 NE Almelo, Nederland",
                "info@allgems.nl",
                "KvK 72829737",
                "NL001575604B67",
            ] {
                assert!(part.contains(element), "{element} in {}", message.key);
            }
        }
    }
}

#[test]
fn what_people_type_stays_text() {
    let question = letters()
        .question(&asker(), "Eva\r\nBcc: x@y.nl", "<b>\"hallo\" & 'dag'</b>\nhttps://voorbeeld.nl/a", "job-2")
        .unwrap();

    assert_eq!(question.subject, "Vraag van Eva Bcc: x@y.nl");
    assert!(
        question.html.contains("&lt;b&gt;&quot;hallo&quot; &amp; &#39;dag&#39;&lt;/b&gt;\nhttps://voorbeeld.nl/a"),
        "{}",
        question.html
    );
    assert!(question.text.contains("<b>\"hallo\" & 'dag'</b>\nhttps://voorbeeld.nl/a"), "{}", question.text);
    assert_eq!(question.to, EmailAddress::parse("info@allgems.nl").unwrap());
    let confirmation = letters().confirmation(&paid(), LINK).unwrap();
    assert!(confirmation.html.contains("Sokken &lt;ster&gt;") && confirmation.html.contains("de Vries &amp; Co"));
    assert!(confirmation.html.contains("toegang=abc&amp;x=1"));
}

#[test]
fn a_code_is_not_in_the_subject_or_the_name_of_its_mail() {
    let message = letters().code(&asker(), "042137", "job-1").unwrap();

    assert!(message.text.contains("\n042137\n") && message.html.contains(">042137<"));
    assert!(
        message.text.contains("10 minuten geldig")
            && message.text.contains("Heb je dit niet gevraagd, dan hoef je niets te doen.")
    );
    assert!(!message.subject.contains("042137") && !message.key.contains("042137"));
}

#[test]
fn a_question_for_a_yes_leads_to_us_and_keeps_its_token_to_itself() {
    let message = letters().alert_check(&asker(), &awaited(), "0a1b", "job-3").unwrap();

    assert!(
        message.text.contains("\nKlopt dat? Bevestig het dan hier: https://www.allgems.nl/mail-mij?sleutel=0a1b\n")
    );
    assert!(message.html.contains("href=\"https://www.allgems.nl/mail-mij?sleutel=0a1b\""));
    assert!(message.text.contains("48 uur") && message.text.contains("Heb je dit niet gevraagd"));
    assert!(!message.subject.contains("0a1b") && !message.key.contains("0a1b"));
}

#[test]
fn asking_for_a_yes_sells_nothing() {
    let message = letters().newsletter_check(&asker(), "0a1b", "job-5").unwrap();

    assert!(
        message.text.contains("https://www.allgems.nl/nieuwsbrief/bevestigen/0a1b\n")
            && message.text.contains("72 uur")
    );
    assert!(message.leave.is_none() && !message.key.contains("0a1b") && !message.subject.contains("0a1b"));
    for advertising in ["/product/", "/collectie", "korting", "€", "<img"] {
        assert!(!message.text.contains(advertising) && !message.html.contains(advertising), "{advertising}");
    }
}

#[test]
fn a_letter_says_how_to_leave_and_watches_nobody() {
    let message = letters().newsletter(&letter(), &parts(), &reader(), "7c8d").unwrap();
    let trial = letters().letter_trial(&letter(), &parts(), "job-6").unwrap();

    assert_eq!(message.leave.as_deref(), Some("https://www.allgems.nl/nieuwsbrief/afmelden/7c8d"));
    assert_eq!(message.key, format!("letter-{:032x}-{:032x}", 5, 6));
    for part in [&message.text, &message.html] {
        assert!(
            part.contains("https://www.allgems.nl/nieuwsbrief/afmelden/7c8d") && part.contains("Wittem 16"),
            "{part}"
        );
        assert_eq!(part.matches("7c8d").count(), 1, "no other link tells who the reader is");
    }
    assert_eq!(message.html.matches("<img").count(), message.html.matches("/img/abc-640.jpg\"").count());
    assert_eq!((trial.to.as_str(), trial.leave.is_none()), ("info@allgems.nl", true));
    assert!(trial.subject.starts_with("Proef: "));
}

#[tokio::test]
async fn the_box_in_memory_keeps_what_was_sent() {
    let memory = Memory::default();
    let message = letters().code(&asker(), "042137", "job-1").unwrap();

    memory.clone().send(&message).await.unwrap();

    assert_eq!(memory.sent(), [message]);
}
