//! Why a file is refused, in words for somebody who chose the wrong one. Errors hold places, codes and sums, never a name or a text
//! of the file, so they may be logged.

use shop_core::money::Money;

/// Why a file cannot be read as bank statements. Lines count from 1.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Unreadable {
    /// Nothing is in it.
    #[error("Dit bestand is leeg. Download het afschrift opnieuw bij je bank.")]
    Empty,
    /// More than [`crate::LARGEST`].
    #[error("Dit bestand is groter dan {} MB. Kies bij je bank een kortere periode.", crate::LARGEST / (1024 * 1024))]
    TooLarge,
    /// Something else than a statement.
    #[error("{}", .0.sentence())]
    Other(Kind),
    /// XML, and not the message we read: `pain.001.001.03`, `camt.053.001.13`.
    #[error(
        "Dit is een {found}-bestand en geen afschrift dat we kennen. Kies bij je bank CAMT.053, versie 001.02 of 001.08."
    )]
    OtherMessage {
        /// Which message it says to be.
        found: String,
    },
    /// No statement is in it.
    #[error("In dit bestand staat geen afschrift. Kies bij je bank een periode waarin iets is bij- of afgeschreven.")]
    NoStatement,
    /// Letters in an encoding that banks do not use.
    #[error(
        "De letters in dit bestand zijn niet te lezen. Download het opnieuw en open het niet eerst in een ander programma."
    )]
    Encoding,
    /// The XML is broken or cut off.
    #[error("Het bestand is beschadigd of afgebroken bij regel {line}. Download het opnieuw bij je bank.")]
    Broken {
        /// Where.
        line: usize,
    },
    /// A document type, which no bank writes and which can make a small file grow without end.
    #[error("In regel {line} staat een DOCTYPE. Een bank zet die niet in een afschrift; dit bestand lezen we niet.")]
    Doctype {
        /// Where.
        line: usize,
    },
    /// Deeper nested, or of more parts, than any statement.
    #[error("Bij regel {line} is het bestand ingewikkelder dan een afschrift kan zijn; we lezen het niet.")]
    TooComplex {
        /// Where.
        line: usize,
    },
    /// Something that every statement has is not there.
    #[error("Bij regel {line} ontbreekt {what}. Is het bestand helemaal gedownload?")]
    Missing {
        /// Where the part begins that lacks it.
        line: usize,
        /// What, in Dutch and with its article.
        what: &'static str,
    },
    /// Something stands where it should, and is no amount, day, or whatever it should be.
    #[error(
        "Bij regel {line} is {what} niet te lezen. Download het bestand opnieuw; MT940 kun je ook als CAMT.053 nemen."
    )]
    Malformed {
        /// Where.
        line: usize,
        /// What it should be, in Dutch and with its article.
        what: &'static str,
    },
    /// An account in another currency.
    #[error("In regel {line} staat een bedrag in {found}. De winkel rekent alleen in euro.")]
    Currency {
        /// Where.
        line: usize,
        /// `USD`, or `een andere munt` when it is no code of three letters.
        found: String,
    },
    /// A booking of several payments that do not add up to it.
    #[error("De betalingen in de verzamelboeking bij regel {line} zijn samen {parts}, maar de boeking is {booked}.")]
    PartsDiffer {
        /// Where the booking begins.
        line: usize,
        /// What was booked.
        booked: Money,
        /// What its parts come to.
        parts: Money,
    },
    /// Opening balance and bookings do not come to the closing balance.
    #[error(
        "Het afschrift bij regel {line} klopt niet: het eindsaldo is {difference} anders dan beginsaldo en boekingen samen. \
         Er is niets overgenomen."
    )]
    DoesNotAddUp {
        /// Where the statement begins.
        line: usize,
        /// Closing balance less what the bookings come to.
        difference: Money,
    },
}

/// What a file is that is no statement.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A list with commas or semicolons.
    Csv,
    /// A document to read or print.
    Pdf,
    /// A page of a website.
    Html,
    /// A folder in one file, or a workbook, which is one too.
    Zip,
    /// A workbook of the old kind.
    Excel,
    /// A picture.
    Picture,
    /// Anything else.
    Unknown,
}

impl Kind {
    const fn sentence(self) -> &'static str {
        match self {
            Self::Csv => {
                "Dit is een CSV-lijst. Die mist de saldi waarmee we controleren; kies bij je bank CAMT.053 (XML) of MT940."
            }
            Self::Pdf => "Dit is een PDF, om te lezen. Kies bij je bank bij downloaden CAMT.053 (XML) of MT940.",
            Self::Html => {
                "Dit is een webpagina en geen afschrift. Misschien was je bij de bank uitgelogd; download CAMT.053 (XML) of MT940 opnieuw."
            }
            Self::Zip => {
                "Dit is een ZIP- of Excel-bestand. Pak een ZIP eerst uit en kies het XML-bestand (CAMT.053) dat erin zit."
            }
            Self::Excel => "Dit is een Excel-bestand. Kies bij je bank bij downloaden CAMT.053 (XML) of MT940.",
            Self::Picture => "Dit is een afbeelding. Kies bij je bank bij downloaden CAMT.053 (XML) of MT940.",
            Self::Unknown => {
                "Dit bestand herkennen we niet als afschrift. Kies bij je bank bij downloaden CAMT.053 (XML) of MT940."
            }
        }
    }
}
