//! The adapters against the sandbox: a round trip of a payment and of a mail over real connections.

use crate::support::*;
use secrecy::SecretString;
use shop_core::email::EmailAddress;
use shop_core::money::Money;
use shop_core::payment::{Attempt, AttemptEvent};
use shop_core::time::Timestamp;
use shop_flows::ports::{MailError, Mailer, Message, PaymentError, PaymentProvider};
use shop_sandbox::{DEMO_REFRESH_TOKEN, DEMO_SIGNING_KEY, Fault, FaultKind, Outcome, Sandbox, SandboxConfig};
use shop_server::mail::{Encryption, Post, Smtp, SmtpConfig, SmtpError};
use shop_server::payment::{OmniKassa, OmniKassaConfig};
use std::time::{Duration, SystemTime, UNIX_EPOCH};
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::net::TcpListener;
use wiremock::matchers::path;
use wiremock::{Mock, MockServer, ResponseTemplate};

const WEBHOOK: &str = "/webhooks/omnikassa";

/// A sandbox with a webhook that remembers its calls, and a provider that points at it. The sandbox compares clocks.
#[expect(clippy::disallowed_methods, reason = "the sandbox keeps the time of the machine and refuses another")]
async fn rabo() -> (Sandbox, MockServer, OmniKassa) {
    shop_server::tls::install();
    let shop = MockServer::start().await;
    Mock::given(path(WEBHOOK)).respond_with(ResponseTemplate::new(200)).mount(&shop).await;
    let config = SandboxConfig { notify_url: format!("{}{WEBHOOK}", shop.uri()), ..SandboxConfig::on_free_ports() };
    let sandbox = Sandbox::start(config).await.unwrap();
    let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_micros();
    let config = OmniKassaConfig::new(
        format!("http://{}", sandbox.http_addr()),
        SecretString::from(DEMO_REFRESH_TOKEN),
        SecretString::from(DEMO_SIGNING_KEY),
    );
    let provider = OmniKassa::new(config, TestClock::at(Timestamp::from_micros(i64::try_from(now).unwrap()))).unwrap();
    (sandbox, shop, provider)
}

async fn announced(provider: &OmniKassa) -> Attempt {
    let started = start(provider, &attempt()).await.unwrap();
    Attempt { provider_id: started.provider_id, pay_url: started.pay_url, ..attempt() }
}

/// The body of the first webhook call, which comes a moment after the payment.
async fn notified(shop: &MockServer) -> Vec<u8> {
    for _ in 0..100 {
        if let Some(request) = shop.received_requests().await.unwrap().into_iter().next() {
            return request.body;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    panic!("no notice came");
}

#[tokio::test]
async fn a_payment_goes_round_and_comes_back() {
    let (sandbox, shop, provider) = rabo().await;

    let attempt = announced(&provider).await;
    let waiting = status(&provider, &attempt).await.unwrap().unwrap();
    assert_eq!((waiting.event, waiting.paid), (AttemptEvent::Opened, Money::ZERO));

    let control = format!("http://{}/_sim/orders/{}/outcome", sandbox.http_addr(), attempt.reference);
    let answer = reqwest::Client::builder()
        .build()
        .unwrap()
        .post(control)
        .json(&serde_json::json!({ "outcome": "pay" }))
        .send()
        .await
        .unwrap();
    assert!(answer.status().is_success(), "{}", answer.text().await.unwrap());
    let notice = read(&provider, &notified(&shop).await).await.unwrap();
    let pulled = provider.pull(token_of(&notice)).await.unwrap();

    assert_eq!((pulled.answers.len(), pulled.more), (1, false));
    assert_eq!((pulled.answers[0].event, pulled.answers[0].paid), (AttemptEvent::Paid, Money::cents(5485)));
    assert_eq!(status(&provider, &attempt).await.unwrap().as_ref(), pulled.answers.first());
    let order = sandbox.rabo().order(&attempt.reference).unwrap();
    let back = reqwest::Url::parse(&sandbox.rabo().return_url(&order)).unwrap();
    let query: Vec<(String, String)> = back.query_pairs().into_owned().collect();
    assert_eq!(provider.read_return(&query), Some("AG100042P1".to_owned()));

    let transaction = pulled.answers[0].transaction.clone().unwrap();
    let first = refund(&provider, &transaction, 5485, "refund-1").await.unwrap();
    let again = refund(&provider, &transaction, 5485, "refund-1").await.unwrap();
    assert_eq!(first, again);
    assert_eq!(provider.refund_standing(&transaction, &first.id).await, Ok(first.standing));
    let too_much = refund(&provider, &transaction, 1, "refund-2").await;
    assert!(matches!(too_much, Err(PaymentError::Declined(_))), "{too_much:?}");
    sandbox.stop().await;
}

#[tokio::test]
async fn a_refused_bank_reads_as_failed_and_a_forged_notice_as_nothing() {
    let (sandbox, shop, provider) = rabo().await;
    sandbox.rabo().faults().add(Fault::new(FaultKind::WrongSignature, 1));

    let attempt = announced(&provider).await;
    sandbox.rabo().outcome(&attempt.reference, Outcome::Fail).await.unwrap();

    assert!(read(&provider, &notified(&shop).await).await.is_err());
    assert_eq!(status(&provider, &attempt).await.unwrap().map(|answer| answer.event), Some(AttemptEvent::Failed));
    sandbox.stop().await;
}

#[tokio::test]
async fn a_connection_that_breaks_after_the_order_leaves_the_outcome_unknown() {
    let (sandbox, _shop, provider) = rabo().await;
    sandbox.rabo().faults().add(Fault::on_path(FaultKind::ResetAfterWrite, 1, "v2/order"));

    let error = start(&provider, &attempt()).await.unwrap_err();

    assert!(matches!(error, PaymentError::OutcomeUnknown(_)), "{error}");
    assert_eq!(sandbox.rabo().orders().len(), 1);
    sandbox.stop().await;
}

fn smtp(sandbox: &Sandbox) -> Smtp {
    Smtp::new(smtp_config("127.0.0.1", sandbox.smtp_addr().port(), Encryption::None)).unwrap()
}

fn smtp_config(host: &str, port: u16, encryption: Encryption) -> SmtpConfig {
    SmtpConfig {
        host: host.to_owned(),
        port,
        encryption,
        username: None,
        password: None,
        from_name: "All Gems".to_owned(),
        from: "winkel@allgems.nl".to_owned(),
        reply_to: "info@allgems.nl".to_owned(),
    }
}

fn message(subject: &str) -> Message {
    Message {
        to: EmailAddress::parse("marieke@voorbeeld.nl").unwrap(),
        subject: subject.to_owned(),
        text: "Dank je wel, Marieke. € 44,95".to_owned(),
        html: "<p>Dank je wel, Marieke. € 44,95</p>".to_owned(),
        leave: None,
        key: "confirmation AG100042".to_owned(),
    }
}

#[tokio::test]
async fn a_mail_arrives_in_two_parts_and_says_who_wrote_it() {
    let sandbox = Sandbox::start(SandboxConfig::on_free_ports()).await.unwrap();

    smtp(&sandbox).send(&message("Je bestelling é")).await.unwrap();

    let mail =
        sandbox.mailbox().wait_for("marieke@voorbeeld.nl", "Je bestelling", Duration::from_secs(5)).await.unwrap();
    assert_eq!((mail.subject.as_str(), mail.text.trim()), ("Je bestelling é", "Dank je wel, Marieke. € 44,95"));
    assert_eq!(mail.html.trim(), "<p>Dank je wel, Marieke. € 44,95</p>");
    assert_eq!(mail.header("Message-ID").map(str::trim), Some("<confirmation-AG100042@allgems.nl>"));
    assert_eq!(mail.header("Auto-Submitted").map(str::trim), Some("auto-generated"));
    assert_eq!(mail.header("Reply-To").map(str::trim), Some("info@allgems.nl"));
    assert!(
        mail.header("Date").is_some()
            && mail.header("Content-Type").is_some_and(|kind| kind.contains("multipart/alternative"))
    );
    assert_eq!((mail.to, mail.envelope_from.as_str()), (vec!["marieke@voorbeeld.nl".to_owned()], "winkel@allgems.nl"));
    sandbox.stop().await;
}

#[tokio::test]
async fn no_text_of_a_shopper_becomes_a_header_and_answers_go_to_the_one_who_asks() {
    let sandbox = Sandbox::start(SandboxConfig::on_free_ports()).await.unwrap();
    let asker = EmailAddress::parse("vraag@voorbeeld.nl").unwrap();

    smtp(&sandbox).send_for(&message("Vraag van Eva\r\nBcc: dief@elders.nl\r\n\r\nlichaam"), &asker).await.unwrap();

    let mail =
        sandbox.mailbox().wait_for("marieke@voorbeeld.nl", "Vraag van Eva", Duration::from_secs(5)).await.unwrap();
    assert_eq!(mail.subject, "Vraag van Eva Bcc: dief@elders.nl lichaam");
    assert_eq!(mail.header("Bcc"), None);
    assert_eq!(mail.to, ["marieke@voorbeeld.nl"]);
    assert_eq!(mail.header("Reply-To").map(str::trim), Some("vraag@voorbeeld.nl"));
    sandbox.stop().await;
}

#[tokio::test]
async fn a_mail_server_that_is_down_or_gone_means_later_not_never() {
    let sandbox = Sandbox::start(SandboxConfig::on_free_ports()).await.unwrap();
    sandbox.rabo().faults().add(Fault::new(FaultKind::MailDown, 1));
    let post = smtp(&sandbox);

    let down = post.send(&message("a")).await.unwrap_err();
    assert_eq!(down, MailError::Unavailable("the mail server answered 451".to_owned()));
    assert_eq!(sandbox.mailbox().all().len(), 0);
    post.send(&message("b")).await.unwrap();

    sandbox.stop().await;
    let gone = post.send(&message("c")).await.unwrap_err();
    assert!(matches!(gone, MailError::Unavailable(_)), "{gone}");
}

#[tokio::test]
async fn a_letter_carries_the_two_headers_of_one_press_and_no_other_mail_does() {
    let sandbox = Sandbox::start(SandboxConfig::on_free_ports()).await.unwrap();
    let post = smtp(&sandbox);
    let leave = format!("https://www.allgems.nl/nieuwsbrief/afmelden/{}", "0a".repeat(32));

    post.send(&Message { leave: Some(leave.clone()), ..message("Brief") }).await.unwrap();
    post.send(&message("Bestelling")).await.unwrap();

    let patience = Duration::from_secs(5);
    let letter = sandbox.mailbox().wait_for("marieke@voorbeeld.nl", "Brief", patience).await.unwrap();
    let words = |name: &str| letter.header(name).map(|value| value.split_whitespace().collect::<Vec<_>>().join(" "));
    assert_eq!(words("List-Unsubscribe"), Some(format!("<{leave}>, <mailto:info@allgems.nl?subject=Afmelden>")));
    assert_eq!(words("List-Unsubscribe-Post").as_deref(), Some("List-Unsubscribe=One-Click"));
    let other = sandbox.mailbox().wait_for("marieke@voorbeeld.nl", "Bestelling", patience).await.unwrap();
    assert_eq!((other.header("List-Unsubscribe"), other.header("List-Unsubscribe-Post")), (None, None));
    sandbox.stop().await;
}

/// A mail server that hangs up when it has a whole mail, without a word about whether it keeps it.
async fn hangs_up_after_the_mail() -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    tokio::spawn(async move {
        let (mut line, _) = listener.accept().await.unwrap();
        let (read, mut write) = line.split();
        let mut lines = BufReader::new(read).lines();
        write.write_all(b"220 hello\r\n").await.unwrap();
        while let Some(said) = lines.next_line().await.unwrap() {
            if said == "." {
                break;
            }
            let is_command = ["EHLO", "MAIL", "RCPT"].iter().any(|command| said.starts_with(command));
            if is_command {
                write.write_all(b"250 ok\r\n").await.unwrap();
            } else if said == "DATA" {
                write.write_all(b"354 go on\r\n").await.unwrap();
            }
        }
    });
    port
}

#[tokio::test]
async fn of_a_mail_that_was_handed_over_when_the_line_broke_nobody_knows() {
    let port = hangs_up_after_the_mail().await;
    let post = Smtp::new(smtp_config("127.0.0.1", port, Encryption::None)).unwrap();

    let error = post.send(&message("a")).await.unwrap_err();

    assert!(matches!(error, MailError::Unsure(_)), "{error}");
}

#[tokio::test]
async fn mail_leaves_this_machine_only_encrypted() {
    let plain = Smtp::new(smtp_config("mail.allgems.nl", 25, Encryption::None)).err();
    assert!(matches!(plain, Some(SmtpError::PlainToAnotherMachine)));
    for encryption in [Encryption::Tls, Encryption::StartTls] {
        assert!(Smtp::new(smtp_config("mail.allgems.nl", 587, encryption)).is_ok());
    }
    let mut half = smtp_config("mail.allgems.nl", 587, Encryption::StartTls);
    half.username = Some("winkel".to_owned());
    assert!(matches!(Smtp::new(half).err(), Some(SmtpError::Credentials)));
}
