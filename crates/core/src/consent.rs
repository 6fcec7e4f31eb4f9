//! What a visitor may say yes or no to, and what she said. Nothing here is needed to buy: without an answer everything stays off.

pub use crate::privacy::ConsentPurpose as Purpose;

/// The words that a visitor agreed to. Never edited: other words are a version of their own, and an older yes does not count for them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ConsentText {
    /// The purpose that it explains.
    pub purpose: Purpose,
    /// Counts from 1.
    pub version: u32,
    /// The words.
    pub words: &'static str,
    /// SHA-256 of the words, as hex; a test of the server compares.
    pub sha256: &'static str,
}

/// Every text that was ever shown, so that each event can be shown with its own words. The last one of a purpose is asked now.
pub const TEXTS: [ConsentText; 2] = [
    ConsentText {
        purpose: Purpose::Statistics,
        version: 1,
        words: "Google Analytics meet welke pagina’s en artikelen bekeken worden en wat er besteld wordt. Het zet daarvoor cookies in je browser. Je naam, adres en e-mailadres gaan niet mee.",
        sha256: "d6478fd7fa67dae75d838fa4e6d03c751da684f60007f91b261f641f56e6ddfc",
    },
    ConsentText {
        purpose: Purpose::Reviews,
        version: 1,
        words: "Het keurmerk van Trusted Shops wordt bij hen opgehaald; zij zien dan je IP-adres. Bestel je iets, dan krijgen ze het bestelnummer, het bedrag, de betaalwijze en een versleuteld kenmerk van je e-mailadres, voor beoordelingen en kopersbescherming.",
        sha256: "10994ae530f3e32a41ae4e6c3aeeb4d466e2eb727a0b9ecce6ed7ff7e7bad29b",
    },
];

impl Purpose {
    /// What is asked now.
    pub fn text(self) -> &'static ConsentText {
        let [statistics, reviews] = &TEXTS;
        match self {
            Self::Statistics => statistics,
            Self::Reviews => reviews,
        }
    }

    /// What stands in the cookie before the answer: `s1`. Another version is another question.
    pub fn mark(self) -> String {
        format!("{}{}", self.letter(), self.text().version)
    }

    const fn letter(self) -> char {
        match self {
            Self::Statistics => 's',
            Self::Reviews => 'r',
        }
    }
}

/// What became of the consent for a purpose.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Action {
    /// She said yes.
    Given,
    /// She said no, and never said yes before.
    Refused,
    /// She had said yes and says no now.
    Withdrawn,
}

impl Action {
    /// The name in the database.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Given => "given",
            Self::Refused => "refused",
            Self::Withdrawn => "withdrawn",
        }
    }

    /// The action of that name.
    pub fn parse(name: &str) -> Option<Self> {
        [Self::Given, Self::Refused, Self::Withdrawn].into_iter().find(|action| action.name() == name)
    }
}

/// A change that is written down as proof.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// Of what.
    pub purpose: Purpose,
    /// To what.
    pub action: Action,
    /// The random id that only the cookie of somebody who consented has; nobody who refuses gets one.
    pub proof: Option<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Answer {
    purpose: Purpose,
    version: u32,
    yes: bool,
}

/// What a visitor said: the contents of one cookie, `s1y.r1n.p0123…`. Anything that is not understood is as if it were not there.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Choice {
    answers: Vec<Answer>,
    proof: Option<String>,
}

/// Hex digits of a proof id.
const PROOF: usize = 32;

impl Choice {
    /// Reads a cookie. Never fails: nonsense is no answer.
    pub fn parse(cookie: &str) -> Self {
        let mut choice = Self::default();
        for part in cookie.split('.').take(8) {
            if let Some(proof) = part.strip_prefix('p').filter(|id| is_proof(id)) {
                choice.proof = Some(proof.to_owned());
            } else if let Some(answer) = Answer::parse(part) {
                choice.answers.retain(|other| other.purpose != answer.purpose);
                choice.answers.push(answer);
            }
        }
        choice
    }

    /// Her answer to what is asked now; `None` when she did not answer that version.
    pub fn answer(&self, purpose: Purpose) -> Option<bool> {
        let now = purpose.text().version;
        self.answers.iter().find(|answer| answer.purpose == purpose && answer.version == now).map(|answer| answer.yes)
    }

    /// Whether she said yes to what is asked now.
    pub fn grants(&self, purpose: Purpose) -> bool {
        self.answer(purpose) == Some(true)
    }

    /// The choice after these answers, and what changed by them. `proof` is asked for a random id when she has none and consents.
    pub fn decide(&self, answers: &[(Purpose, bool)], proof: impl FnOnce() -> String) -> (Self, Vec<Change>) {
        let wants_proof = answers.iter().any(|(_, yes)| *yes);
        let id = match (&self.proof, wants_proof) {
            (Some(id), _) => Some(id.clone()),
            (None, true) => Some(proof()).filter(|id| is_proof(id)),
            (None, false) => None,
        };
        let mut changes = Vec::new();
        for (purpose, yes) in answers {
            let had = self.answers.iter().any(|answer| answer.purpose == *purpose && answer.yes);
            let action = match (yes, self.answer(*purpose)) {
                (true, Some(true)) | (false, Some(false)) => continue,
                (true, _) => Action::Given,
                (false, _) if had => Action::Withdrawn,
                (false, _) => Action::Refused,
            };
            let proof = id.clone().filter(|_| action != Action::Refused);
            changes.push(Change { purpose: *purpose, action, proof });
        }
        let answers = answers
            .iter()
            .map(|(purpose, yes)| Answer { purpose: *purpose, version: purpose.text().version, yes: *yes })
            .collect();
        (Self { answers, proof: id.filter(|_| wants_proof) }, changes)
    }

    /// As it stands in the cookie.
    pub fn cookie(&self) -> String {
        let answers = self.answers.iter().map(|answer| {
            format!("{}{}{}", answer.purpose.letter(), answer.version, if answer.yes { 'y' } else { 'n' })
        });
        answers.chain(self.proof.as_ref().map(|id| format!("p{id}"))).collect::<Vec<_>>().join(".")
    }
}

impl Answer {
    fn parse(part: &str) -> Option<Self> {
        let purpose = Purpose::ALL.into_iter().find(|purpose| part.starts_with(purpose.letter()))?;
        let yes = match part.chars().last()? {
            'y' => true,
            'n' => false,
            _ => return None,
        };
        let version = part.get(1..part.len().checked_sub(1)?)?.parse().ok()?;
        Some(Self { purpose, version, yes })
    }
}

fn is_proof(id: &str) -> bool {
    id.len() == PROOF && id.bytes().all(|byte| byte.is_ascii_hexdigit())
}

#[cfg(test)]
mod tests {
    use super::*;

    const ID: &str = "0123456789abcdef0123456789abcdef";
    const BOTH: [(Purpose, bool); 2] = [(Purpose::Statistics, true), (Purpose::Reviews, true)];
    const NONE: [(Purpose, bool); 2] = [(Purpose::Statistics, false), (Purpose::Reviews, false)];

    fn change(purpose: Purpose, action: Action, proof: Option<&str>) -> Change {
        Change { purpose, action, proof: proof.map(str::to_owned) }
    }

    #[test]
    fn a_cookie_reads_back_as_it_was_written() {
        for cookie in ["", "s1y", "s1n.r1n", "s1y.r1n.p0123456789abcdef0123456789abcdef"] {
            assert_eq!(Choice::parse(cookie).cookie(), cookie);
        }
    }

    #[test]
    fn nonsense_is_no_answer() {
        for cookie in ["y", "s", "sy", "s1", "s1x", "x1y", "s-1y", "s99999999999y", "ß1y", "pzz", "s1y;r1y"] {
            let choice = Choice::parse(cookie);
            assert!(!choice.grants(Purpose::Statistics) && !choice.grants(Purpose::Reviews), "{cookie}");
        }
        assert_eq!(Choice::parse("s1y.s1n").answer(Purpose::Statistics), Some(false), "the last word counts");
    }

    #[test]
    fn a_yes_to_another_version_does_not_count_and_asks_again() {
        let old = Choice::parse("s0y.r2y");

        assert_eq!((old.answer(Purpose::Statistics), old.answer(Purpose::Reviews)), (None, None));
        assert_eq!(old.decide(&NONE, String::new).1.first().map(|change| change.action), Some(Action::Withdrawn));
    }

    #[test]
    fn who_refuses_gets_no_id() {
        let (choice, changes) = Choice::default().decide(&NONE, || ID.to_owned());

        assert_eq!(choice.cookie(), "s1n.r1n");
        assert_eq!(
            changes,
            [change(Purpose::Statistics, Action::Refused, None), change(Purpose::Reviews, Action::Refused, None)]
        );
    }

    #[test]
    fn consent_has_a_proof_that_ends_with_it() {
        let (given, changes) = Choice::default().decide(&BOTH, || ID.to_owned());
        assert_eq!(given.cookie(), format!("s1y.r1y.p{ID}"));
        assert_eq!(changes.first(), Some(&change(Purpose::Statistics, Action::Given, Some(ID))));

        let (half, changes) = given.decide(&[(Purpose::Statistics, false), (Purpose::Reviews, true)], String::new);
        assert_eq!(half.cookie(), format!("s1n.r1y.p{ID}"));
        assert_eq!(changes, [change(Purpose::Statistics, Action::Withdrawn, Some(ID))]);

        let (none, changes) = half.decide(&NONE, String::new);
        assert_eq!(none.cookie(), "s1n.r1n");
        assert_eq!(changes, [change(Purpose::Reviews, Action::Withdrawn, Some(ID))]);
    }
}
