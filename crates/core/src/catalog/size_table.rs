//! The size table of the shop: body measures in centimetres per size.

/// A row: the size, body height from and to, usual age, chest, waist, hips, and the double size it belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SizeMeasures {
    /// Size on the label.
    pub size: u16,
    /// Body height from.
    pub from: u16,
    /// Usual age.
    pub age: &'static str,
    /// Chest.
    pub chest: u16,
    /// Waist.
    pub waist: u16,
    /// Hips.
    pub hips: u16,
    /// Double size.
    pub double: &'static str,
}

const fn row(
    size: u16,
    from: u16,
    age: &'static str,
    chest: u16,
    waist: u16,
    hips: u16,
    double: &'static str,
) -> SizeMeasures {
    SizeMeasures { size, from, age, chest, waist, hips, double }
}

/// How old children of these heights usually are, in one phrase: `3-9 maanden` for 62 and 68, `3-4 jaar` for 98 and 104. `None` when
/// no height is in the table.
pub fn usual_age(heights: &[u16]) -> Option<String> {
    let row_of = |cm: &u16| SIZE_TABLE.iter().find(|row| (row.from..=row.size).contains(cm));
    let first = heights.iter().find_map(row_of)?;
    let last = heights.iter().rev().find_map(row_of)?;
    let ((from, unit), (to, unit_to)) = (bounds(first).0, bounds(last).1);
    // Half a year is how people say eighteen months beside years.
    let from = match from.parse::<u16>() {
        Ok(months) if unit != unit_to && unit_to == "jaar" => {
            format!("{}{}", months / 12, if months % 12 == 6 { ",5" } else { "" })
        }
        _ => from.to_owned(),
    };
    Some(if from == to { format!("{to} {unit_to}") } else { format!("{from}-{to} {unit_to}") })
}

/// The lower and the upper age of a row, each with its unit: `12-18 maanden`, `2 jaar`.
fn bounds(row: &SizeMeasures) -> ((&'static str, &'static str), (&'static str, &'static str)) {
    let (ages, unit) = row.age.split_once(' ').unwrap_or((row.age, ""));
    let unit = if unit == "maand" { "maanden" } else { unit };
    let (from, to) = ages.split_once('-').unwrap_or((ages, ages));
    ((from, unit), (to, if to == "1" && unit == "maanden" { "maand" } else { unit }))
}

/// All rows, smallest first.
pub const SIZE_TABLE: [SizeMeasures; 20] = [
    row(50, 45, "0-1 maand", 41, 41, 41, "50/56"),
    row(56, 51, "1-3 maanden", 43, 43, 43, "50/56"),
    row(62, 57, "3-6 maanden", 45, 45, 45, "62/68"),
    row(68, 63, "6-9 maanden", 47, 46, 47, "62/68"),
    row(74, 69, "9-12 maanden", 49, 48, 49, "74/80"),
    row(80, 75, "12-18 maanden", 51, 49, 51, "74/80"),
    row(86, 81, "18-24 maanden", 52, 50, 53, "86/92"),
    row(92, 87, "2 jaar", 53, 51, 55, "86/92"),
    row(98, 93, "3 jaar", 55, 52, 57, "98/104"),
    row(104, 99, "4 jaar", 56, 53, 59, "98/104"),
    row(110, 105, "5 jaar", 58, 54, 61, "110/116"),
    row(116, 111, "6 jaar", 60, 55, 63, "110/116"),
    row(122, 117, "7 jaar", 62, 57, 66, "122/128"),
    row(128, 123, "8 jaar", 64, 58, 68, "122/128"),
    row(134, 129, "9 jaar", 67, 60, 71, "134/140"),
    row(140, 135, "10 jaar", 70, 62, 74, "134/140"),
    row(146, 141, "11 jaar", 73, 63, 77, "146/152"),
    row(152, 147, "12 jaar", 76, 65, 80, "146/152"),
    row(158, 153, "13 jaar", 80, 66, 84, "158/164"),
    row(164, 159, "14 jaar", 84, 68, 88, "158/164"),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_size_is_as_old_as_its_rows_say() {
        let age = |heights: &[u16]| usual_age(heights);

        assert_eq!(age(&[50]).as_deref(), Some("0-1 maand"));
        assert_eq!(age(&[50, 56]).as_deref(), Some("0-3 maanden"));
        assert_eq!(age(&[62, 68]).as_deref(), Some("3-9 maanden"));
        assert_eq!(age(&[74, 80]).as_deref(), Some("9-18 maanden"));
        assert_eq!(age(&[86, 92]).as_deref(), Some("1,5-2 jaar"));
        assert_eq!(age(&[98, 104]).as_deref(), Some("3-4 jaar"));
        assert_eq!(age(&[116]).as_deref(), Some("6 jaar"));
        assert_eq!(age(&[182]), None);
    }

    #[test]
    fn every_row_alone_says_what_it_says_in_the_table() {
        for row in SIZE_TABLE {
            assert_eq!(usual_age(&[row.size]).as_deref(), Some(row.age));
        }
    }
}
