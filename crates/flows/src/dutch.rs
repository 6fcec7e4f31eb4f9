//! Dutch as people type it in a search field: small things (`jurkje`), other words for the same (`sweatshirt`), colours with an ending
//! (`blauwe`). What the catalogue holds is not known here.

/// Other words for what shops call differently, best first.
const SAME: [(&str, &[&str]); 30] = [
    ("sweatshirt", &["sweater", "trui"]),
    ("sweater", &["trui"]),
    ("pullover", &["trui", "sweater"]),
    ("hoodie", &["sweater", "trui", "vest"]),
    ("cardigan", &["vest"]),
    ("ritsvest", &["vest"]),
    ("ritsjas", &["jas", "vest"]),
    ("jack", &["jas"]),
    ("winterjas", &["jas"]),
    ("zomerjas", &["jas"]),
    ("pyjama", &["nachtmode"]),
    ("pyama", &["pyjama"]),
    ("pijama", &["pyjama"]),
    ("slaappak", &["boxpak", "pyjama"]),
    ("body", &["romper"]),
    ("rompertje", &["romper"]),
    ("onesie", &["boxpak", "romper"]),
    ("kruippak", &["boxpak"]),
    ("maillot", &["legging"]),
    ("panty", &["maillot", "legging"]),
    ("tshirt", &["shirt"]),
    ("top", &["shirt"]),
    ("bloes", &["blouse"]),
    ("hemd", &["blouse", "shirt"]),
    ("jeans", &["broek"]),
    ("spijkerbroek", &["broek"]),
    ("joggingbroek", &["jogger", "broek"]),
    ("salopette", &["tuinbroek"]),
    ("beanie", &["muts"]),
    ("hoed", &["zonnehoed", "petten"]),
];

/// Colours by their own name, with how they are written before a noun.
const COLOURS: [(&str, &str); 16] = [
    ("blauw", "blauwe"),
    ("rood", "rode"),
    ("groen", "groene"),
    ("geel", "gele"),
    ("oranje", "oranje"),
    ("roze", "roze"),
    ("paars", "paarse"),
    ("wit", "witte"),
    ("zwart", "zwarte"),
    ("grijs", "grijze"),
    ("bruin", "bruine"),
    ("beige", "beige"),
    ("ecru", "ecru"),
    ("naturel", "naturel"),
    ("oker", "oker"),
    ("terracotta", "terracotta"),
];

/// The own name of a colour: `blauwe` is `blauw`. `None` for other words.
pub fn colour(word: &str) -> Option<&'static str> {
    COLOURS.iter().find(|(name, bent)| *name == word || *bent == word).map(|(name, _)| *name)
}

/// The words that a small thing may be made of, likeliest first: `truitje` may be `truit` or `trui`. Empty when it is no diminutive.
pub fn without_small(word: &str) -> Vec<&str> {
    let one = word.strip_suffix('s').unwrap_or(word);
    let stems = ["je", "tje", "pje", "etje"].into_iter().filter_map(|ending| one.strip_suffix(ending));
    stems.filter(|stem| stem.len() >= 3).collect()
}

/// Other words for the same.
pub fn same(word: &str) -> &'static [&'static str] {
    SAME.iter().find(|(other, _)| *other == word).map_or(&[], |(_, words)| *words)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_small_thing_is_a_thing() {
        assert_eq!(without_small("jurkje"), ["jurk"]);
        assert_eq!(without_small("jurkjes"), ["jurk"]);
        assert_eq!(without_small("truitje"), ["truit", "trui"]);
        assert_eq!(without_small("vestje"), ["vest", "ves"]);
        assert_eq!(without_small("rokje"), ["rok"]);
        assert_eq!(without_small("hemdje"), ["hemd"]);
        assert_eq!(without_small("bloempje"), ["bloemp", "bloem"]);
        assert_eq!(without_small("ringetje"), ["ringet", "ringe", "ring"]);
        assert!(without_small("broek").is_empty());
        assert!(without_small("je").is_empty());
    }

    #[test]
    fn a_colour_before_a_noun_is_that_colour() {
        assert_eq!(colour("blauwe"), Some("blauw"));
        assert_eq!(colour("rode"), Some("rood"));
        assert_eq!(colour("roze"), Some("roze"));
        assert_eq!(colour("rok"), None);
    }

    #[test]
    fn no_word_stands_for_itself() {
        for (word, others) in SAME {
            assert!(!others.contains(&word), "{word}");
            assert!(!others.is_empty(), "{word}");
        }
    }
}
