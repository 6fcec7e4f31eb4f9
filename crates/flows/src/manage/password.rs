//! What a new password of the dashboard must be: long, and not one that everybody tries first (NIST SP 800-63B §5.1.1.2).
//! No rules about capitals and signs: they make passwords short and predictable.

/// Characters at least.
const SHORTEST: usize = 12;
/// Characters at most; hashing a book would only cost time.
const LONGEST: usize = 256;

/// Long passwords that stand high in published lists of leaked ones, and their Dutch cousins; letters and digits only.
const LEAKED: [&str; 40] = [
    "000000000000",
    "111111111111",
    "112233445566",
    "121212121212",
    "123123123123",
    "123412341234",
    "1234567890123",
    "12345678910",
    "123456789012",
    "1234567891011",
    "123456789101112",
    "123456789abc",
    "1q2w3e4r5t6y",
    "1q2w3e4r5t6y7u8i",
    "1qaz2wsx3edc",
    "987654321098",
    "abc123abc123",
    "abcdefghijkl",
    "abcdefghijklm",
    "administrator",
    "allgems123456",
    "asdfghjklqwe",
    "basketball123",
    "correcthorsebatterystaple",
    "dragon123456",
    "football1234",
    "geheim123456",
    "geheim1234567",
    "iloveyou1234",
    "passwordpassword",
    "password1234",
    "password12345",
    "password123456",
    "qazwsxedcrfv",
    "qwerty123456",
    "qwertyuiopas",
    "qwertyuiop123",
    "wachtwoord12",
    "wachtwoord123",
    "welkom123456",
];

/// Why a password is not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PasswordMistake {
    /// Fewer than twelve characters.
    TooShort,
    /// More than 256.
    TooLong,
    /// Known to be tried first, or hardly more than one sign.
    Guessable,
    /// The own address is in it, or the other way round.
    LikeName,
}

/// Whether a new password will do for the account with that e-mail address.
pub fn check_new_password(password: &str, email: &str) -> Result<(), PasswordMistake> {
    let length = password.chars().count();
    if length < SHORTEST {
        return Err(PasswordMistake::TooShort);
    }
    if length > LONGEST {
        return Err(PasswordMistake::TooLong);
    }
    let plain: String = password.chars().filter(char::is_ascii_alphanumeric).map(|c| c.to_ascii_lowercase()).collect();
    let mut signs: Vec<char> = password.chars().collect();
    signs.sort_unstable();
    signs.dedup();
    if signs.len() < 5 || LEAKED.contains(&plain.as_str()) {
        return Err(PasswordMistake::Guessable);
    }
    let name = email.to_ascii_lowercase();
    let lowered = password.to_ascii_lowercase();
    let before_at = name.split('@').next().unwrap_or("");
    if lowered.contains(&name)
        || name.contains(&lowered)
        || (before_at.len() > 3 && lowered.trim_end_matches(|c: char| c.is_ascii_digit()) == before_at)
    {
        return Err(PasswordMistake::LikeName);
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sentence_is_a_good_password() {
        assert_eq!(check_new_password("drie geiten op het dak", "anna@voorbeeld.nl"), Ok(()));
        assert_eq!(check_new_password("ééntwééstoofpeer", "anna@voorbeeld.nl"), Ok(()));
    }

    #[test]
    fn what_everybody_tries_first_is_refused() {
        let cases = [
            ("elf tekens.", PasswordMistake::TooShort),
            ("Wachtwoord123!", PasswordMistake::Guessable),
            ("aaaaaaaaaaaabb", PasswordMistake::Guessable),
            ("anna@voorbeeld.nl1", PasswordMistake::LikeName),
            ("annelies2026", PasswordMistake::LikeName),
        ];

        for (password, mistake) in cases {
            let email = if password.starts_with("annelies") { "annelies@voorbeeld.nl" } else { "anna@voorbeeld.nl" };
            assert_eq!(check_new_password(password, email), Err(mistake), "{password}");
        }
        assert_eq!(check_new_password(&"ab1-x".repeat(60), "anna@voorbeeld.nl"), Err(PasswordMistake::TooLong));
    }
}
