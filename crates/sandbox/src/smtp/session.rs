//! The order of commands in one mail conversation, without any network.

use crate::{FaultKind, Faults};

/// Largest message, bytes.
pub(super) const MAX_MESSAGE: usize = 10 * 1024 * 1024;
const MAX_RECIPIENTS: usize = 100;

/// Who sends to whom.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Envelope {
    /// Empty for a bounce.
    pub from: String,
    pub to: Vec<String>,
}

/// What to do after a command; the text goes to the client.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Step {
    Reply(String),
    /// Then read a message.
    Data(String),
    /// Then close.
    Quit(String),
}

/// One conversation.
pub(super) struct Session {
    faults: Faults,
    greeted: bool,
    envelope: Option<Envelope>,
}

impl Session {
    pub fn new(faults: Faults) -> Self {
        Self { faults, greeted: false, envelope: None }
    }

    /// Answers one command line.
    pub fn command(&mut self, line: &str) -> Step {
        let (verb, rest) = line.split_once(' ').unwrap_or((line, ""));
        match verb.to_ascii_uppercase().as_str() {
            "EHLO" => {
                self.greet();
                Step::Reply(format!(
                    "250-sandbox\r\n250-PIPELINING\r\n250-8BITMIME\r\n250-SMTPUTF8\r\n250 SIZE {MAX_MESSAGE}\r\n"
                ))
            }
            "HELO" => {
                self.greet();
                reply("250 sandbox")
            }
            "MAIL" => self.mail(rest),
            "RCPT" => self.recipient(rest),
            "DATA" => match &self.envelope {
                Some(envelope) if !envelope.to.is_empty() => Step::Data("354 end with a lone dot\r\n".to_owned()),
                Some(_) => reply("554 no recipients"),
                None => reply("503 MAIL first"),
            },
            "RSET" => {
                self.envelope = None;
                reply("250 OK")
            }
            "NOOP" => reply("250 OK"),
            "VRFY" => reply("252 send it and see"),
            "HELP" => reply("214 this server keeps all mail to itself"),
            "QUIT" => Step::Quit("221 goodbye\r\n".to_owned()),
            _ => reply("500 unknown command"),
        }
    }

    /// Takes the message that followed `DATA` (`None` when it was too large): the reply, and the mail to deliver.
    pub fn message(&mut self, message: Option<Vec<u8>>) -> (String, Option<(Envelope, Vec<u8>)>) {
        match (self.envelope.take(), message) {
            (Some(envelope), Some(raw)) => ("250 OK, kept\r\n".to_owned(), Some((envelope, raw))),
            (_, None) => ("552 message too large\r\n".to_owned(), None),
            (None, _) => ("503 MAIL first\r\n".to_owned(), None),
        }
    }

    fn greet(&mut self) {
        self.greeted = true;
        self.envelope = None;
    }

    fn mail(&mut self, rest: &str) -> Step {
        if !self.greeted {
            return reply("503 EHLO first");
        }
        if self.envelope.is_some() {
            return reply("503 one MAIL at a time");
        }
        if self.faults.take(FaultKind::MailDown) {
            return reply("451 try again later");
        }
        let Some((from, parameters)) = path(rest, "FROM:") else {
            return reply("501 MAIL FROM:<address>");
        };
        for parameter in parameters.split_whitespace() {
            let (name, value) = parameter.split_once('=').unwrap_or((parameter, ""));
            match name.to_ascii_uppercase().as_str() {
                "SIZE" => match value.parse::<usize>() {
                    Ok(size) if size <= MAX_MESSAGE => {}
                    Ok(_) => return reply("552 message too large"),
                    Err(_) => return reply("501 SIZE is not a number"),
                },
                "BODY" | "SMTPUTF8" => {}
                _ => return reply("555 unknown parameter"),
            }
        }
        self.envelope = Some(Envelope { from, to: Vec::new() });
        reply("250 OK")
    }

    fn recipient(&mut self, rest: &str) -> Step {
        let Some(envelope) = &mut self.envelope else {
            return reply("503 MAIL first");
        };
        match path(rest, "TO:") {
            Some((to, _)) if to.contains('@') => {
                if envelope.to.len() >= MAX_RECIPIENTS {
                    return reply("452 too many recipients");
                }
                envelope.to.push(to);
                reply("250 OK")
            }
            _ => reply("501 RCPT TO:<address>"),
        }
    }
}

fn reply(text: &str) -> Step {
    Step::Reply(format!("{text}\r\n"))
}

/// The address between the brackets after `FROM:` or `TO:`, and the parameters behind it.
fn path<'a>(rest: &'a str, keyword: &str) -> Option<(String, &'a str)> {
    let (head, tail) = rest.split_at_checked(keyword.len())?;
    if !head.eq_ignore_ascii_case(keyword) {
        return None;
    }
    let (address, parameters) = tail.trim_start().strip_prefix('<')?.split_once('>')?;
    Some((address.to_owned(), parameters))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Fault;

    fn greeted() -> Session {
        let mut session = Session::new(Faults::default());
        session.command("EHLO shop");
        session
    }

    #[test]
    fn commands_out_of_order_are_refused() {
        let mut session = Session::new(Faults::default());

        assert_eq!(session.command("MAIL FROM:<a@shop.example>"), reply("503 EHLO first"));
        session.command("HELO shop");
        assert_eq!(session.command("RCPT TO:<b@shop.example>"), reply("503 MAIL first"));
        assert_eq!(session.command("DATA"), reply("503 MAIL first"));
        session.command("mail from:<a@shop.example> BODY=8BITMIME SIZE=1000");
        assert_eq!(session.command("DATA"), reply("554 no recipients"));
        assert_eq!(session.command("MAIL FROM:<a@shop.example>"), reply("503 one MAIL at a time"));
    }

    #[test]
    fn a_message_that_says_it_is_too_large_is_refused_at_once() {
        let line = format!("MAIL FROM:<a@shop.example> SIZE={}", MAX_MESSAGE + 1);

        assert_eq!(greeted().command(&line), reply("552 message too large"));
    }

    #[test]
    fn a_reset_forgets_the_envelope() {
        let mut session = greeted();
        session.command("MAIL FROM:<a@shop.example>");

        session.command("RSET");

        assert_eq!(session.command("RCPT TO:<b@shop.example>"), reply("503 MAIL first"));
    }

    #[test]
    fn a_server_that_is_down_asks_to_try_later_and_recovers() {
        let faults = Faults::default();
        faults.add(Fault::new(FaultKind::MailDown, 1));
        let mut session = Session::new(faults);
        session.command("EHLO shop");

        assert_eq!(session.command("MAIL FROM:<a@shop.example>"), reply("451 try again later"));
        assert_eq!(session.command("MAIL FROM:<a@shop.example>"), reply("250 OK"));
    }
}
