//! The templates of the mails, inside the program: `server/mail/<message>/{subject.txt,body.txt,body.html}`. What is
//! escaped is decided by the name of the file.

use minijinja::syntax::SyntaxConfig;
use minijinja::{AutoEscape, Environment, Error, Output, State, UndefinedBehavior, Value};
use std::fmt::Write;

/// The three files of each message, with their names.
macro_rules! templates {
    ($($name:literal),+ $(,)?) => {
        &[$(
            (concat!($name, "/subject.txt"), include_str!(concat!("../../mail/", $name, "/subject.txt"))),
            (concat!($name, "/body.txt"), include_str!(concat!("../../mail/", $name, "/body.txt"))),
            (concat!($name, "/body.html"), include_str!(concat!("../../mail/", $name, "/body.html"))),
        )+]
    };
}

const MESSAGES: &[(&str, &str)] = templates![
    "confirmation",
    "reminder",
    "way_back",
    "paid",
    "shipped",
    "refunded",
    "invoice_paid",
    "invoice_reminder",
    "invoice_demand",
    "invoice_lowered",
    "cancelled",
    "code",
    "erasure_code",
    "erased",
    "question",
    "withdrawal",
    "withdrawal_received",
    "alert_check",
    "back_in_stock",
    "newsletter_check",
    "letter",
    "account_ends",
    "question_received",
    "answer",
];
const SHARED: &[(&str, &str)] = &[
    ("shared/page.html", include_str!("../../mail/shared/page.html")),
    ("shared/rights.txt", include_str!("../../mail/shared/rights.txt")),
    ("shared/footer.txt", include_str!("../../mail/shared/footer.txt")),
    ("shared/transfer.txt", include_str!("../../mail/shared/transfer.txt")),
    ("shared/transfer.html", include_str!("../../mail/shared/transfer.html")),
];

/// The three parts of a mail.
pub(super) struct Rendered {
    pub subject: String,
    pub text: String,
    pub html: String,
}

/// All templates, parsed.
pub(super) struct Templates(Environment<'static>);

impl Templates {
    /// Parses them. Fails when a file is no template.
    pub(super) fn parse() -> Result<Self, Error> {
        let mut environment = Environment::new();
        environment.set_undefined_behavior(UndefinedBehavior::Strict);
        environment.set_syntax(SyntaxConfig::builder().trim_blocks(true).lstrip_blocks(true).build()?);
        environment.set_formatter(write);
        for (name, source) in SHARED.iter().chain(MESSAGES) {
            environment.add_template(name, source)?;
        }
        Ok(Self(environment))
    }

    /// One message from one context. Fails when a template asks for something that the context does not have.
    pub(super) fn render(&self, message: &str, context: &Value) -> Result<Rendered, Error> {
        let part = |file: &str| self.0.get_template(&format!("{message}/{file}"))?.render(context.clone());
        let subject = part("subject.txt")?.split_whitespace().collect::<Vec<_>>().join(" ");
        Ok(Rendered { subject, text: tidy(&part("body.txt")?), html: part("body.html")? })
    }

    /// One shared text by itself.
    pub(super) fn shared(&self, name: &str, context: &Value) -> Result<String, Error> {
        Ok(tidy(&self.0.get_template(&format!("shared/{name}"))?.render(context)?))
    }
}

/// Escapes for HTML like the default formatter, but leaves `/` alone: `https:&#x2f;&#x2f;` is correct, yet some mail
/// programs show or follow it wrongly.
fn write(out: &mut Output<'_>, state: &mut State<'_, '_>, value: &Value) -> Result<(), Error> {
    if !matches!(state.auto_escape(), AutoEscape::Html) || value.is_safe() {
        return minijinja::escape_formatter(out, state, value);
    }
    for letter in value.to_string().chars() {
        let written = match letter {
            '&' => out.write_str("&amp;"),
            '<' => out.write_str("&lt;"),
            '>' => out.write_str("&gt;"),
            '"' => out.write_str("&quot;"),
            '\'' => out.write_str("&#39;"),
            other => out.write_char(other),
        };
        written.map_err(Error::from)?;
    }
    Ok(())
}

/// At most one empty line in a row, none at the ends, no spaces before a line's end.
fn tidy(text: &str) -> String {
    let mut lines: Vec<&str> = Vec::new();
    for line in text.lines().map(str::trim_end) {
        if !(line.is_empty() && lines.last().is_none_or(|last| last.is_empty())) {
            lines.push(line);
        }
    }
    format!("{}\n", lines.join("\n").trim_end())
}
