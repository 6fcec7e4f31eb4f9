//! Kinds of personal data (AVG art. 30(1)(c)). Kinds that the shop never keeps have no name here, so no column can hold them: a birth
//! date, anything of a child, an account or card number, a score, an identity paper.

/// A kind of data.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Category {
    /// First and family name.
    Name,
    /// Where it is delivered.
    Address,
    /// E-mail address.
    Email,
    /// Phone.
    Phone,
    /// What was bought, in which size, for how much, and how it went.
    Purchase,
    /// The chosen method, state, amount and the provider's opaque ids.
    Payment,
    /// What somebody wrote.
    Message,
    /// What somebody asked for or chose.
    Choice,
    /// Random keys by which a browser or a link is known again.
    Key,
    /// Which pages were seen and how often, with an id of the browser.
    Visit,
    /// Who works in the shop and what they did.
    Work,
}

impl Category {
    /// All, in the order of the statement.
    pub const ALL: [Self; 11] = [
        Self::Name,
        Self::Address,
        Self::Email,
        Self::Phone,
        Self::Purchase,
        Self::Payment,
        Self::Message,
        Self::Choice,
        Self::Key,
        Self::Visit,
        Self::Work,
    ];

    /// What people read.
    pub const fn title(self) -> &'static str {
        match self {
            Self::Name => "naam",
            Self::Address => "adres",
            Self::Email => "e-mailadres",
            Self::Phone => "telefoonnummer, als je dat invulde",
            Self::Purchase => "wat je bestelde, in welke maat, voor hoeveel, en hoe het verliep",
            Self::Payment => "de gekozen betaalwijze, het bedrag, of er betaald is en het nummer van de betaling",
            Self::Message => "wat je schreef",
            Self::Choice => "wat je koos of vroeg, en wanneer",
            Self::Key => "willekeurige kenmerken van je browser, je sessie of een link",
            Self::Visit => "welke pagina's je bekeek",
            Self::Work => "naam, e-mailadres en handelingen van wie in de winkel werkt",
        }
    }
}
