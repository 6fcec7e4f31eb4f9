//! A letter to everybody on the list: how the owner writes it, and how far it is. She writes plain text; an empty line ends a block,
//! `# ` begins a heading, `foto: jurk-madelief` is a picture and `artikelen: jurk-madelief, broek-fietsen` are products.

use crate::address::one_line;
use crate::id::LetterId;
use crate::time::Timestamp;

/// Characters of a subject at most; mail programs show about half of it.
const LONGEST_SUBJECT: usize = 120;
/// Characters of a letter at most.
const LONGEST_TEXT: usize = 20_000;
/// Products side by side at most.
const MOST_PRODUCTS: usize = 6;

/// A part of a letter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Block {
    /// A heading.
    Heading(String),
    /// A paragraph; line ends stay.
    Text(String),
    /// The first picture of a product.
    Picture(String),
    /// Products with picture, title and price, by their slugs.
    Products(Vec<String>),
}

/// Why a text is no letter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LetterMistake {
    /// There is no subject, or it is too long.
    Subject,
    /// There is nothing in it.
    Empty,
    /// It is longer than anybody reads.
    TooLong,
    /// This is no name of a product, or there are too many in one block.
    Product(String),
}

/// How far a letter is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LetterState {
    /// Being written.
    Draft,
    /// Leaves then; can still be called back.
    Scheduled {
        /// When.
        at: Timestamp,
    },
    /// On its way since then. What left cannot be called back.
    Sending {
        /// Since when.
        at: Timestamp,
    },
    /// Everybody who was on the list had her turn.
    Sent {
        /// When the last one left.
        at: Timestamp,
    },
}

impl LetterState {
    /// The name in the database.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::Scheduled { .. } => "scheduled",
            Self::Sending { .. } => "sending",
            Self::Sent { .. } => "sent",
        }
    }

    /// The moment that belongs to it.
    pub const fn at(self) -> Option<Timestamp> {
        match self {
            Self::Draft => None,
            Self::Scheduled { at } | Self::Sending { at } | Self::Sent { at } => Some(at),
        }
    }

    /// From name and moment.
    pub fn parse(name: &str, at: Option<Timestamp>) -> Option<Self> {
        Some(match (name, at) {
            ("draft", None) => Self::Draft,
            ("scheduled", Some(at)) => Self::Scheduled { at },
            ("sending", Some(at)) => Self::Sending { at },
            ("sent", Some(at)) => Self::Sent { at },
            _ => return None,
        })
    }
}

/// A letter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Letter {
    /// Its id; part of the id of each message.
    pub id: LetterId,
    /// Subject.
    pub subject: String,
    /// As the owner wrote it.
    pub text: String,
    /// How far it is.
    pub state: LetterState,
    /// When it was begun.
    pub made_at: Timestamp,
    /// Raised by every save.
    pub version: i64,
}

/// The subject as one line.
pub fn subject(typed: &str) -> Result<String, LetterMistake> {
    one_line(typed, LONGEST_SUBJECT).filter(|line| !line.is_empty()).ok_or(LetterMistake::Subject)
}

/// The blocks of a text.
pub fn blocks(text: &str) -> Result<Vec<Block>, LetterMistake> {
    if text.chars().count() > LONGEST_TEXT {
        return Err(LetterMistake::TooLong);
    }
    let mut blocks = Vec::new();
    let mut lines: Vec<&str> = Vec::new();
    for line in text.lines().map(str::trim).chain([""]) {
        if !line.is_empty() {
            lines.push(line);
        } else if !lines.is_empty() {
            blocks.push(block(&lines.join("\n"))?);
            lines.clear();
        }
    }
    if blocks.is_empty() { Err(LetterMistake::Empty) } else { Ok(blocks) }
}

fn block(text: &str) -> Result<Block, LetterMistake> {
    if let Some(heading) = text.strip_prefix("# ") {
        return Ok(Block::Heading(heading.split_whitespace().collect::<Vec<_>>().join(" ")));
    }
    if let Some(named) = text.strip_prefix("foto:") {
        return slug(named).map(Block::Picture);
    }
    if let Some(named) = text.strip_prefix("artikelen:") {
        let slugs: Vec<String> = named.split(',').map(slug).collect::<Result<_, _>>()?;
        if slugs.len() > MOST_PRODUCTS {
            return Err(LetterMistake::Product(named.trim().to_owned()));
        }
        return Ok(Block::Products(slugs));
    }
    Ok(Block::Text(text.to_owned()))
}

fn slug(text: &str) -> Result<String, LetterMistake> {
    let text = text.trim();
    let fits = (1..=80).contains(&text.len())
        && text.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-');
    if fits { Ok(text.to_owned()) } else { Err(LetterMistake::Product(text.chars().take(80).collect())) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_becomes_the_blocks_that_were_meant() {
        let text = "#  Nieuw  voor de herfst\r\n\r\nDag,\r\ner is veel nieuw.\r\n\r\n\r\nfoto: jurk-madelief\n\nartikelen: jurk-madelief , broek-fietsen\n";

        assert_eq!(
            blocks(text),
            Ok(vec![
                Block::Heading("Nieuw voor de herfst".to_owned()),
                Block::Text("Dag,\ner is veel nieuw.".to_owned()),
                Block::Picture("jurk-madelief".to_owned()),
                Block::Products(vec!["jurk-madelief".to_owned(), "broek-fietsen".to_owned()]),
            ])
        );
    }

    #[test]
    fn what_is_no_letter_says_why() {
        assert_eq!(blocks(" \n\n "), Err(LetterMistake::Empty));
        assert_eq!(blocks(&"x".repeat(20_001)), Err(LetterMistake::TooLong));
        assert_eq!(blocks("foto: ../geheim"), Err(LetterMistake::Product("../geheim".to_owned())));
        assert_eq!(blocks("artikelen: a,,b"), Err(LetterMistake::Product(String::new())));
        assert_eq!(blocks("artikelen: a,b,c,d,e,f,g"), Err(LetterMistake::Product("a,b,c,d,e,f,g".to_owned())));
        assert_eq!(subject(" \n"), Err(LetterMistake::Subject));
        assert_eq!(subject("Post\r\nBcc: x@y.nl").as_deref(), Ok("Post Bcc: x@y.nl"));
    }

    #[test]
    fn a_state_reads_back_and_half_of_one_does_not() {
        let at = Timestamp::from_micros(5);

        for state in
            [LetterState::Draft, LetterState::Scheduled { at }, LetterState::Sending { at }, LetterState::Sent { at }]
        {
            assert_eq!(LetterState::parse(state.name(), state.at()), Some(state));
        }
        assert_eq!(LetterState::parse("draft", Some(at)), None);
        assert_eq!(LetterState::parse("sent", None), None);
    }
}
