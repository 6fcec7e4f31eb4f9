//! Where a parcel goes. Dutch and Belgian addresses, read the way people type them.
//! Looking an address up in a register is not done here.

use serde::{Deserialize, Serialize};

/// A country we deliver to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
pub enum Country {
    /// The Netherlands.
    #[default]
    Nl,
    /// Belgium.
    Be,
}

impl Country {
    /// Two-letter code of ISO 3166-1.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Nl => "NL",
            Self::Be => "BE",
        }
    }

    /// Reads the two-letter code.
    pub fn parse(text: &str) -> Option<Self> {
        match text.trim() {
            code if code.eq_ignore_ascii_case("nl") => Some(Self::Nl),
            code if code.eq_ignore_ascii_case("be") => Some(Self::Be),
            _ => None,
        }
    }

    /// Its name in Dutch.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Nl => "Nederland",
            Self::Be => "België",
        }
    }
}

/// A postal code in the notation of its country: `7603 NE`, `9000`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PostalCode(String);

/// The text is no postal code of that country.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct PostalCodeError;

impl PostalCode {
    /// Reads `7607ab`, `7607 AB`, ` 7607-AB `, `B-9000`.
    pub fn parse(text: &str, country: Country) -> Result<Self, PostalCodeError> {
        let kept: String = text.chars().filter(|c| c.is_ascii_alphanumeric()).map(|c| c.to_ascii_uppercase()).collect();
        if text.chars().any(|c| !c.is_ascii_alphanumeric() && !c.is_whitespace() && c != '-') {
            return Err(PostalCodeError);
        }
        match country {
            Country::Nl => {
                let (digits, letters) = kept.split_at_checked(4).ok_or(PostalCodeError)?;
                // The first digit is never 0, and SA, SD and SS are not given out (NEN 5825).
                let valid = digits.bytes().all(|b| b.is_ascii_digit())
                    && !digits.starts_with('0')
                    && letters.len() == 2
                    && letters.bytes().all(|b| b.is_ascii_uppercase())
                    && !["SA", "SD", "SS"].contains(&letters);
                if valid { Ok(Self(format!("{digits} {letters}"))) } else { Err(PostalCodeError) }
            }
            Country::Be => {
                let digits = kept.strip_prefix('B').unwrap_or(&kept);
                let valid = digits.len() == 4 && digits.bytes().all(|b| b.is_ascii_digit()) && !digits.starts_with('0');
                if valid { Ok(Self(digits.to_owned())) } else { Err(PostalCodeError) }
            }
        }
    }

    /// With the space: `7603 NE`.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Without the space: `7603NE`, as registers and carriers want it.
    pub fn compact(&self) -> String {
        self.0.replace(' ', "")
    }
}

/// House number and what follows it: `12`, `12 bis`, `12-3hoog`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct HouseNumber {
    /// 1 to 99999.
    pub number: u32,
    /// What follows, without the separator; empty when nothing does.
    pub addition: String,
}

/// The text does not start with a house number, or goes on too long.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct HouseNumberError;

impl HouseNumber {
    /// Reads `12`, `12bis`, `12 bis`, `12-a`, `12/3`.
    pub fn parse(text: &str) -> Result<Self, HouseNumberError> {
        let text = text.trim();
        let end = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
        let (digits, rest) = text.split_at(end);
        let number: u32 = digits.parse().map_err(|_| HouseNumberError)?;
        let addition = rest.trim_matches(|c: char| c.is_whitespace() || "-/,".contains(c));
        let allowed = |c: char| c.is_alphanumeric() || c == ' ' || c == '-' || c == '/';
        if number == 0 || number > 99_999 || addition.chars().count() > 12 || !addition.chars().all(allowed) {
            return Err(HouseNumberError);
        }
        Ok(Self { number, addition: addition.to_owned() })
    }

    /// `12 bis`.
    pub fn text(&self) -> String {
        if self.addition.is_empty() { self.number.to_string() } else { format!("{} {}", self.number, self.addition) }
    }
}

/// A complete address with the name on the door.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Address {
    /// Who lives there.
    pub name: PersonName,
    /// Street without number.
    pub street: String,
    /// Number and addition.
    pub house: HouseNumber,
    /// Postal code.
    pub postal_code: PostalCode,
    /// Town.
    pub city: String,
    /// Country.
    pub country: Country,
}

impl Address {
    /// `Wittem 16`.
    pub fn street_line(&self) -> String {
        format!("{} {}", self.street, self.house.text())
    }

    /// What stands where it was erased. The country stays: the VAT depends on it.
    #[must_use]
    pub fn erased(&self) -> Self {
        Self {
            name: PersonName { given: "Gewist".to_owned(), family: "op verzoek".to_owned() },
            street: String::new(),
            house: HouseNumber { number: 0, addition: String::new() },
            postal_code: PostalCode(String::new()),
            city: String::new(),
            country: self.country,
        }
    }

    /// `7603 NE  Almelo`: two spaces, as PostNL asks on a label.
    pub fn city_line(&self) -> String {
        format!("{}  {}", self.postal_code.as_str(), self.city)
    }
}

/// First and last name, as on the parcel.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PersonName {
    /// First name or initials.
    pub given: String,
    /// Last name with its prefix: `de Vries`.
    pub family: String,
}

impl PersonName {
    /// `Marieke de Vries`.
    pub fn full(&self) -> String {
        format!("{} {}", self.given, self.family)
    }
}

/// A piece of plain text on one line: a name, a street, a town.
/// `None` when it is empty, longer than `longest` characters or holds control characters.
pub fn one_line(text: &str, longest: usize) -> Option<String> {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let fits = !text.is_empty() && text.chars().count() <= longest && !text.chars().any(char::is_control);
    fits.then_some(text)
}

/// What people type into one field: `7607ab 12 bis` is a postal code and a house number.
pub fn postal_code_and_house(text: &str) -> Option<(PostalCode, HouseNumber)> {
    let text = text.trim();
    let after_letters = text.char_indices().filter(|(_, c)| c.is_ascii_alphabetic()).nth(1)?.0 + 1;
    let (code, house) = text.split_at_checked(after_letters)?;
    let code = PostalCode::parse(code, Country::Nl).ok()?;
    HouseNumber::parse(house).ok().map(|house| (code, house))
}

/// A phone number, kept as digits with the country in front.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Phone(String);

impl Phone {
    /// Reads `06 12345678`, `+31 6-1234 5678`, `0546 232032`. `None` when it is no phone number.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        if text.chars().any(|c| !c.is_ascii_digit() && !" +-().".contains(c)) {
            return None;
        }
        let digits: String = text.chars().filter(char::is_ascii_digit).collect();
        let number = if text.starts_with('+') {
            // `+31 (0)6` is written often; the zero in brackets is not dialled.
            digits.strip_prefix("310").map_or(digits.clone(), |rest| format!("31{rest}"))
        } else if let Some(rest) = digits.strip_prefix("00") {
            rest.to_owned()
        } else {
            format!("31{}", digits.strip_prefix('0')?)
        };
        let enough = if number.starts_with("31") { number.len() == 11 } else { (9..=15).contains(&number.len()) };
        enough.then(|| Self(format!("+{number}")))
    }

    /// `+31612345678`.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl std::fmt::Debug for Phone {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str("Phone(…)")
    }
}

#[cfg(test)]
mod tests;
