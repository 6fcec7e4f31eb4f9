//! How much of an article is organic, read from its fibre composition.

/// From this share on an article may be called organic here (GOTS asks 70 % for its lower grade); in tenths of a percent.
const ORGANIC: u32 = 700;

/// Whether every part of the article (parts are separated by `;`) has at least 70 % organic fibre. What cannot be read is
/// not organic: the claim must be true.
pub(super) fn is_organic(composition: &str) -> bool {
    let parts: Vec<&str> = composition.split([';', '\n']).map(str::trim).filter(|part| !part.is_empty()).collect();
    !parts.is_empty() && parts.iter().all(|part| (ORGANIC..=1000).contains(&organic_share(part)))
}

/// The organic share of one part, in tenths of a percent.
fn organic_share(part: &str) -> u32 {
    let part = part.to_lowercase();
    let shares = percentages(&part);
    // `95% katoen, 5% elastaan` or `katoen 95%, elastaan 5%`: the words stand where the last percentage has some.
    let words_follow = shares.last().is_some_and(|(_, end, _)| part[*end..].chars().any(char::is_alphabetic));
    let mut sum = 0;
    for (place, (start, end, tenths)) in shares.iter().enumerate() {
        let words = if words_follow {
            let until = shares.get(place + 1).map_or(part.len(), |(next, ..)| *next);
            &part[*end..until]
        } else {
            let from = place.checked_sub(1).and_then(|before| shares.get(before)).map_or(0, |(_, before, _)| *before);
            &part[from..*start]
        };
        let is_organic = words.contains("biologisch") || words.contains("organic") || words.contains("bio-");
        if is_organic && !words.contains("niet") && !words.contains("non") {
            sum += tenths;
        }
    }
    sum
}

/// Start, end and tenths of each percentage.
fn percentages(text: &str) -> Vec<(usize, usize, u32)> {
    let mut found = Vec::new();
    for (sign, _) in text.match_indices('%') {
        let before = text[..sign].trim_end();
        let start = before.trim_end_matches(|c: char| c.is_ascii_digit() || c == ',' || c == '.').len();
        let number = before[start..].trim_start_matches([',', '.']);
        let (whole, decimals) = number.split_once([',', '.']).unwrap_or((number, ""));
        let tenths = whole.parse::<u32>().ok().filter(|whole| *whole <= 100).map(|whole| {
            let tenth = decimals.chars().next().and_then(|digit| digit.to_digit(10)).unwrap_or(0);
            whole * 10 + tenth
        });
        if let Some(tenths) = tenths {
            found.push((start, sign + 1, tenths));
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn seventy_percent_is_organic() {
        for text in [
            "100% biologisch katoen",
            "95% biologisch katoen, 5% elastaan",
            "100% biologisch katoen (pool en rug)",
            "Organic cotton 70 %, elastane 30 %",
            "47,5% biologisch katoen, 47,5% biologisch linnen, 5% elastaan",
        ] {
            assert!(is_organic(text), "{text}");
        }
    }

    #[test]
    fn less_or_unclear_is_not_organic() {
        for text in [
            "",
            "biologisch katoen",
            "55% linnen, 45% biologisch katoen",
            "70% merinowol, 30% biologisch katoen",
            "69,9% biologisch katoen, 30,1% linnen",
            "100% niet-biologisch katoen",
            "Buitenstof en voering 100% biologisch katoen; vulling 100% gerecycled polyester",
            "Katoen 95%, biologisch linnen 5%",
        ] {
            assert!(!is_organic(text), "{text}");
        }
    }
}
