//! A day as a provider saw it, beside the same day in our books. The two clocks differ, and we learn of a payment after it was made;
//! so each movement may have its twin on a neighbouring day, but it must have one.

use crate::money::Money;
use std::collections::BTreeMap;

/// Money that moved.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Movement {
    /// Our reference of the try to pay; theirs when it bears none of ours.
    pub reference: String,
    /// How much came in; negative for what went back.
    pub amount: Money,
}

/// The same money, told differently. Nothing where one of the two does not know of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unequal {
    /// What it is about.
    pub reference: String,
    /// What the provider says.
    pub theirs: Money,
    /// What our books say.
    pub ours: Money,
}

/// The movements of one side, on the day itself and around it.
#[derive(Debug, Clone, Copy)]
pub struct Side<'a> {
    /// On the day.
    pub day: &'a [Movement],
    /// On the day and near enough to it.
    pub around: &'a [Movement],
}

/// What has no twin on the other side. Money in and money back of one reference are told apart.
pub fn unequal(theirs: Side<'_>, ours: Side<'_>) -> Vec<Unequal> {
    let mut found: BTreeMap<(String, bool), (i64, i64)> = BTreeMap::new();
    for movement in without_twin(theirs.day, ours.around) {
        found.entry(place_of(movement)).or_default().0 += movement.amount.in_cents();
    }
    for movement in without_twin(ours.day, theirs.around) {
        found.entry(place_of(movement)).or_default().1 += movement.amount.in_cents();
    }
    let unequal = found.into_iter().filter(|(_, (theirs, ours))| theirs != ours);
    unequal
        .map(|((reference, _), (theirs, ours))| Unequal {
            reference,
            theirs: Money::cents(theirs),
            ours: Money::cents(ours),
        })
        .collect()
}

fn place_of(movement: &Movement) -> (String, bool) {
    (movement.reference.clone(), movement.amount < Money::ZERO)
}

/// Each twin is somebody's only once.
fn without_twin<'a>(these: &'a [Movement], those: &[Movement]) -> Vec<&'a Movement> {
    let mut twins: BTreeMap<&Movement, usize> = BTreeMap::new();
    for movement in those {
        *twins.entry(movement).or_default() += 1;
    }
    let mut alone = Vec::new();
    for movement in these {
        match twins.get_mut(movement).filter(|left| **left > 0) {
            Some(left) => *left -= 1,
            None => alone.push(movement),
        }
    }
    alone
}

#[cfg(test)]
mod tests {
    use super::*;

    fn moved(reference: &str, cents: i64) -> Movement {
        Movement { reference: reference.to_owned(), amount: Money::cents(cents) }
    }

    fn told(reference: &str, theirs: i64, ours: i64) -> Unequal {
        Unequal { reference: reference.to_owned(), theirs: Money::cents(theirs), ours: Money::cents(ours) }
    }

    fn on_the_day(day: &[Movement]) -> Side<'_> {
        Side { day, around: day }
    }

    #[test]
    fn a_day_on_which_both_say_the_same_has_no_differences() {
        let both = [moved("AG1P1", 4990), moved("AG2P1", 4990), moved("AG1P1", -500)];

        assert_eq!(unequal(on_the_day(&both), on_the_day(&both)), []);
    }

    #[test]
    fn what_one_side_does_not_know_is_told_with_nothing_beside_it() {
        let theirs = [moved("AG1P1", 4990), moved("AG1P1", -4990)];
        let ours = [moved("AG1P1", 4990), moved("AG2P1", 4990)];

        let found = unequal(on_the_day(&theirs), on_the_day(&ours));

        assert_eq!(found, [told("AG1P1", -4990, 0), told("AG2P1", 0, 4990)]);
    }

    #[test]
    fn another_amount_is_one_difference() {
        let found = unequal(on_the_day(&[moved("AG1P1", 4990)]), on_the_day(&[moved("AG1P1", 4490)]));

        assert_eq!(found, [told("AG1P1", 4990, 4490)]);
    }

    #[test]
    fn a_payment_at_midnight_has_its_twin_on_the_next_day() {
        let theirs = [moved("AG1P1", 4990)];
        let none: [Movement; 0] = [];

        assert_eq!(unequal(on_the_day(&theirs), Side { day: &none, around: &theirs }), []);
        assert_eq!(unequal(Side { day: &none, around: &theirs }, on_the_day(&theirs)), []);
    }

    #[test]
    fn the_same_payment_twice_needs_two_twins() {
        let theirs = [moved("AG1P1", 4990), moved("AG1P1", 4990)];

        assert_eq!(unequal(on_the_day(&theirs), on_the_day(&theirs[..1])), [told("AG1P1", 4990, 0)]);
    }
}
