//! Mail over SMTP. Every mail has a text and an HTML part and says that a machine wrote it; no value of a shopper can
//! become a header.

use super::Post;
use async_trait::async_trait;
use lettre::message::header::{HeaderName, HeaderValue};
use lettre::message::{Mailbox, MultiPart};
use lettre::transport::smtp::authentication::Credentials;
use lettre::transport::smtp::client::{Tls, TlsParameters};
use lettre::transport::smtp::extension::ClientId;
use lettre::transport::smtp::response::Category;
use lettre::{Address, AsyncSmtpTransport, AsyncTransport, Tokio1Executor};
use secrecy::{ExposeSecret, SecretString};
use shop_core::email::EmailAddress;
use shop_flows::ports::{MailError, Mailer, Message};
use std::net::IpAddr;
use std::time::Duration;

/// Longest wait for one answer of the mail server.
const PATIENCE: Duration = Duration::from_secs(30);

/// How the line to the mail server is protected.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Encryption {
    /// TLS from the first byte, usually port 465.
    Tls,
    /// TLS after `STARTTLS`, usually port 587. Refused when the server does not offer it.
    StartTls,
    /// None. Only to a mail server on this machine.
    None,
}

/// Where mail is handed over, and in whose name.
#[derive(Debug, Clone, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SmtpConfig {
    /// Name of the mail server; its certificate must carry it.
    pub host: String,
    /// Port.
    pub port: u16,
    /// How the line is protected.
    pub encryption: Encryption,
    /// User name, when the server asks for one.
    #[serde(default)]
    pub username: Option<String>,
    /// Password.
    #[serde(default)]
    pub password: Option<SecretString>,
    /// Name of the sender: `All Gems`.
    pub from_name: String,
    /// Address of the sender; its domain also names the messages.
    pub from: String,
    /// Who gets the answers.
    pub reply_to: String,
}

/// Settings that cannot work. Holds no secret.
#[derive(Debug, thiserror::Error)]
pub enum SmtpError {
    /// Passwords and names of shoppers would be readable on the way.
    #[error("mail without encryption is only possible to a mail server on this machine")]
    PlainToAnotherMachine,
    /// Not an e-mail address.
    #[error("not an e-mail address: {0}")]
    Address(String),
    /// A user name without a password, or the other way round.
    #[error("the mail server needs a user name and a password, or neither")]
    Credentials,
    /// The encryption could not be set up.
    #[error("encryption to the mail server could not be set up")]
    Encryption(#[source] lettre::transport::smtp::Error),
}

/// A mail server, with connections that are kept open.
pub struct Smtp {
    transport: AsyncSmtpTransport<Tokio1Executor>,
    from: Mailbox,
    reply_to: Mailbox,
    domain: String,
}

impl Smtp {
    /// The mail server with these settings. Calls nobody yet; must be made inside a Tokio runtime.
    pub fn new(config: SmtpConfig) -> Result<Self, SmtpError> {
        crate::tls::install();
        if config.encryption == Encryption::None && !is_this_machine(&config.host) {
            return Err(SmtpError::PlainToAnotherMachine);
        }
        let tls = || TlsParameters::new(config.host.clone()).map_err(SmtpError::Encryption);
        let tls = match config.encryption {
            Encryption::Tls => Tls::Wrapper(tls()?),
            Encryption::StartTls => Tls::Required(tls()?),
            Encryption::None => Tls::None,
        };
        let from = address(&config.from)?;
        let reply_to = address(&config.reply_to)?;
        let domain = from.domain().to_owned();
        let mut builder = AsyncSmtpTransport::<Tokio1Executor>::builder_dangerous(config.host.as_str())
            .port(config.port)
            .tls(tls)
            .hello_name(ClientId::Domain(domain.clone()))
            .timeout(Some(PATIENCE));
        match (config.username, config.password) {
            (Some(name), Some(password)) => {
                builder = builder.credentials(Credentials::new(name, password.expose_secret().to_owned()))
            }
            (None, None) => {}
            _ => return Err(SmtpError::Credentials),
        }
        let name = one_line(&config.from_name);
        Ok(Self {
            transport: builder.build(),
            from: Mailbox::new(Some(name), from),
            reply_to: Mailbox::new(None, reply_to),
            domain,
        })
    }

    async fn hand_over(&self, message: &Message, reply_to: Mailbox) -> Result<(), MailError> {
        let email = self.email(message, reply_to)?;
        self.transport.send(email).await.map(drop).map_err(|error| failure(&error))
    }

    fn email(&self, message: &Message, reply_to: Mailbox) -> Result<lettre::Message, MailError> {
        let mut builder = lettre::Message::builder();
        if let Some(leave) = &message.leave {
            // RFC 8058: one press in the mail program, without a visit.
            let value = format!("<{leave}>, <mailto:{}?subject=Afmelden>", self.reply_to.email);
            builder = builder
                .raw_header(raw("List-Unsubscribe", value))
                .raw_header(raw("List-Unsubscribe-Post", "List-Unsubscribe=One-Click".to_owned()));
        }
        builder
            .from(self.from.clone())
            .reply_to(reply_to)
            .to(mailbox(&message.to)?)
            .subject(one_line(&message.subject))
            .message_id(Some(message_id(&message.key, &self.domain)))
            .date_now()
            // RFC 3834: holiday notices and other machines must not answer.
            .raw_header(raw("Auto-Submitted", "auto-generated".to_owned()))
            .multipart(MultiPart::alternative_plain_html(message.text.clone(), message.html.clone()))
            .map_err(|_| MailError::Refused("the message cannot be built".to_owned()))
    }
}

#[async_trait]
impl Mailer for Smtp {
    async fn send(&self, message: &Message) -> Result<(), MailError> {
        self.hand_over(message, self.reply_to.clone()).await
    }
}

#[async_trait]
impl Post for Smtp {
    async fn send_for(&self, message: &Message, answer_to: &EmailAddress) -> Result<(), MailError> {
        self.hand_over(message, mailbox(answer_to)?).await
    }
}

/// What a failure means. The words of the server are left out: they often repeat the address of the shopper.
fn failure(error: &lettre::transport::smtp::Error) -> MailError {
    if let Some(code) = error.status() {
        let said = format!("the mail server answered {code}");
        // 53x is about our password, not about this mail: it can go out once the password is right.
        let is_about_us = code.category == Category::Unspecified3;
        return if error.is_permanent() && !is_about_us {
            MailError::Refused(said)
        } else {
            MailError::Unavailable(said)
        };
    }
    if error.is_tls() {
        return MailError::Unavailable("no encrypted line to the mail server".to_owned());
    }
    if is_before_the_line(error) {
        return MailError::Unavailable("the mail server was not reached".to_owned());
    }
    let why = if error.is_timeout() { "no answer of the mail server in time" } else { "the line broke" };
    MailError::Unsure(why.to_owned())
}

/// Whether there was no line yet over which a mail could have left. lettre says so in its words only; a version with other words would make
/// such a failure one of which nobody knows, and a test of the sandbox fail.
fn is_before_the_line(error: &lettre::transport::smtp::Error) -> bool {
    error.is_transport_shutdown() || error.to_string().starts_with("Connection error")
}

/// A header whose value is ours.
fn raw(name: &'static str, value: String) -> HeaderValue {
    HeaderValue::new(HeaderName::new_from_ascii_str(name), value)
}

fn address(text: &str) -> Result<Address, SmtpError> {
    text.parse().map_err(|_| SmtpError::Address(text.to_owned()))
}

/// Only the address: a name would be one more text of the shopper in a header.
fn mailbox(address: &EmailAddress) -> Result<Mailbox, MailError> {
    let address: Address = address.as_str().parse().map_err(|_| MailError::Refused("impossible address".to_owned()))?;
    Ok(Mailbox::new(None, address))
}

/// `<confirmation-AG100042@allgems.nl>`: the same message has the same id each time it is sent.
fn message_id(key: &str, domain: &str) -> String {
    let key: String =
        key.chars().map(|c| if c.is_ascii_alphanumeric() || "._-".contains(c) { c } else { '-' }).collect();
    format!("<{key}@{domain}>")
}

/// A header is one line.
fn one_line(text: &str) -> String {
    text.split(|c: char| c.is_whitespace() && c != '\u{a0}' || c.is_control())
        .filter(|word| !word.is_empty())
        .collect::<Vec<_>>()
        .join(" ")
}

fn is_this_machine(host: &str) -> bool {
    host == "localhost" || host.parse::<IpAddr>().is_ok_and(|ip| ip.is_loopback())
}
