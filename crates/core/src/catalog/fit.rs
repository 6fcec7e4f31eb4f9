//! How an article turned out to fit, by the votes of those who bought it (rule P4).

use serde::{Deserialize, Serialize};

/// One vote.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Fit {
    /// Smaller than expected.
    Small,
    /// As expected.
    Right,
    /// Larger than expected.
    Large,
}

impl Fit {
    /// All, in the order in which they are asked.
    pub const ALL: [Self; 3] = [Self::Small, Self::Right, Self::Large];

    /// The name in database and forms.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Small => "small",
            Self::Right => "right",
            Self::Large => "large",
        }
    }

    /// Reads a name.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|fit| fit.name() == name)
    }
}

/// The votes on an article.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct FitTally {
    small: u32,
    right: u32,
    large: u32,
}

/// What the votes say together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FitVerdict {
    /// What most said; `None` when no answer has more votes than each other one.
    pub most: Option<Fit>,
    /// How many said so; 0 when it is a draw.
    pub votes: u32,
    /// Votes in all.
    pub of: u32,
}

impl FitTally {
    /// Fewer votes than this say nothing, and might point at a person.
    pub const FEWEST: u32 = 5;

    /// Adds votes of one kind.
    pub fn add(&mut self, fit: Fit, votes: u32) {
        let count = match fit {
            Fit::Small => &mut self.small,
            Fit::Right => &mut self.right,
            Fit::Large => &mut self.large,
        };
        *count = count.saturating_add(votes);
    }

    /// Adds the votes on the same article in another colour.
    pub fn join(&mut self, other: Self) {
        Fit::ALL.into_iter().for_each(|fit| self.add(fit, other.votes(fit)));
    }

    /// Votes of one kind.
    pub const fn votes(self, fit: Fit) -> u32 {
        match fit {
            Fit::Small => self.small,
            Fit::Right => self.right,
            Fit::Large => self.large,
        }
    }

    /// What they say together; `None` while there are too few.
    pub fn verdict(self) -> Option<FitVerdict> {
        let of = Fit::ALL.into_iter().map(|fit| self.votes(fit)).fold(0, u32::saturating_add);
        if of < Self::FEWEST {
            return None;
        }
        let beats = |fit: Fit| Fit::ALL.into_iter().all(|other| other == fit || self.votes(fit) > self.votes(other));
        let most = Fit::ALL.into_iter().find(|fit| beats(*fit));
        Some(FitVerdict { most, votes: most.map_or(0, |fit| self.votes(fit)), of })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tally(small: u32, right: u32, large: u32) -> FitTally {
        FitTally { small, right, large }
    }

    #[test]
    fn nothing_is_said_below_five_votes() {
        assert_eq!(tally(0, 4, 0).verdict(), None);
        assert_eq!(tally(0, 5, 0).verdict(), Some(FitVerdict { most: Some(Fit::Right), votes: 5, of: 5 }));
    }

    #[test]
    fn the_answer_with_most_votes_counts_and_a_draw_is_called_one() {
        assert_eq!(tally(2, 7, 0).verdict(), Some(FitVerdict { most: Some(Fit::Right), votes: 7, of: 9 }));
        assert_eq!(tally(1, 2, 3).verdict(), Some(FitVerdict { most: Some(Fit::Large), votes: 3, of: 6 }));
        assert_eq!(tally(3, 3, 1).verdict(), Some(FitVerdict { most: None, votes: 0, of: 7 }));
    }

    #[test]
    fn the_same_article_in_another_colour_counts_too() {
        let mut both = tally(1, 2, 0);

        both.join(tally(0, 2, 1));

        assert_eq!(both, tally(1, 4, 1));
    }

    #[test]
    fn a_vote_reads_back_by_its_name() {
        assert!(Fit::ALL.into_iter().all(|fit| Fit::parse(fit.name()) == Some(fit)));
        assert_eq!(Fit::parse("wide"), None);
    }
}
