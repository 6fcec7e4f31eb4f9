//! The address that stands where somebody's was erased. `.invalid` is never given out (RFC 2606), so no mail reaches anybody.

use super::EmailAddress;

const NOBODY: &str = "gewist@gewist.invalid";

impl EmailAddress {
    /// Nobody's address.
    pub fn nobody() -> Self {
        Self(NOBODY.to_owned())
    }

    /// Whether it is nobody's: nothing is ever sent there, and nobody can prove that it is hers.
    pub fn is_nobody(&self) -> bool {
        self.folded() == NOBODY
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_reads_back_as_an_address() {
        assert_eq!(EmailAddress::parse(NOBODY), Ok(EmailAddress::nobody()));
        assert!(EmailAddress::nobody().is_nobody());
        assert!(!EmailAddress::parse("eva@example.nl").is_ok_and(|email| email.is_nobody()));
    }
}
