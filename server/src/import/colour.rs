//! Colours by name. Only our own columns say family and sample; for other files they come from the words in the name.

use shop_core::catalog::Colour;

/// End of a word in a name (`lichtblauw`, `dusty blue`), family, sample.
const WORDS: [(&str, &str, &str); 46] = [
    ("mosterd", "Geel", "#c9993f"),
    ("offwhite", "Naturel", "#f4efe4"),
    ("terracotta", "Oranje", "#b9714f"),
    ("bordeaux", "Rood", "#6d2a36"),
    ("turquoise", "Blauw", "#5fa5a5"),
    ("petrol", "Blauw", "#3f6a70"),
    ("indigo", "Blauw", "#44546e"),
    ("marine", "Blauw", "#2f3d57"),
    ("navy", "Blauw", "#2f3d57"),
    ("blauw", "Blauw", "#6f8bab"),
    ("blue", "Blauw", "#6f8bab"),
    ("blau", "Blauw", "#6f8bab"),
    ("khaki", "Groen", "#8a8763"),
    ("olijf", "Groen", "#7a7a4d"),
    ("olive", "Groen", "#7a7a4d"),
    ("salie", "Groen", "#a7b197"),
    ("sage", "Groen", "#a7b197"),
    ("mos", "Groen", "#7c8768"),
    ("groen", "Groen", "#7f9473"),
    ("green", "Groen", "#7f9473"),
    ("grün", "Groen", "#7f9473"),
    ("oker", "Geel", "#c9993f"),
    ("mustard", "Geel", "#c9993f"),
    ("geel", "Geel", "#dcb94f"),
    ("yellow", "Geel", "#dcb94f"),
    ("gelb", "Geel", "#dcb94f"),
    ("oranje", "Oranje", "#cf8047"),
    ("orange", "Oranje", "#cf8047"),
    ("roest", "Oranje", "#a4553a"),
    ("roze", "Roze", "#d9aea2"),
    ("pink", "Roze", "#d9aea2"),
    ("rosa", "Roze", "#d9aea2"),
    ("paars", "Paars", "#7d6284"),
    ("purple", "Paars", "#7d6284"),
    ("lila", "Paars", "#a996b5"),
    ("rood", "Rood", "#a83645"),
    ("red", "Rood", "#a83645"),
    ("bruin", "Bruin", "#85604a"),
    ("brown", "Bruin", "#85604a"),
    ("camel", "Bruin", "#b58a5f"),
    ("grijs", "Grijs", "#9a9a96"),
    ("grey", "Grijs", "#9a9a96"),
    ("zwart", "Zwart", "#2b2a28"),
    ("black", "Zwart", "#2b2a28"),
    ("wit", "Naturel", "#f8f6f1"),
    ("white", "Naturel", "#f8f6f1"),
];

/// The colour with that name. What the file does not say comes from the name; a name that says nothing stands in a family
/// of its own kind, "Overig", with a neutral sample. `None` without a name.
pub(super) fn named(name: &str, family: &str, hex: &str) -> Option<Colour> {
    if name.is_empty() {
        return None;
    }
    let lower = name.to_lowercase();
    let words = lower.split(|c: char| !c.is_alphabetic());
    let (_, known_family, known_hex) = WORDS
        .iter()
        .find(|(end, ..)| words.clone().any(|word| word.ends_with(end)))
        .copied()
        .unwrap_or(("", "Overig", "#d8d4cc"));
    let own = |text: &str, known: &str| if text.is_empty() { known.to_owned() } else { text.to_owned() };
    let hex = if is_hex(hex) { hex.to_ascii_lowercase() } else { known_hex.to_owned() };
    Some(Colour { name: name.to_owned(), family: own(family, known_family), hex })
}

/// Whether a text is `#rrggbb`. It ends up in a style, so nothing else may pass.
pub(super) fn is_hex(text: &str) -> bool {
    text.strip_prefix('#')
        .is_some_and(|digits| digits.len() == 6 && digits.bytes().all(|byte| byte.is_ascii_hexdigit()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_file_goes_before_the_name() {
        let own = named("weidebloemen", "Naturel", "#F2EADB").expect("a colour");
        let foreign = named("Dusty Blue", "", "").expect("a colour");

        assert_eq!((own.family.as_str(), own.hex.as_str()), ("Naturel", "#f2eadb"));
        assert_eq!((foreign.family.as_str(), foreign.hex.as_str()), ("Blauw", "#6f8bab"));
        assert_eq!(named("Zonsopgang", "", "red;}").expect("a colour").hex, "#d8d4cc");
        assert_eq!(named("", "Blauw", ""), None);
    }
}
