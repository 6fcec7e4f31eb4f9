//! Whether a payer's name holds a last name. Banks print capitals, drop accents, and put initials and "van der" where they like.

/// Words that tell no family from another.
const SMALL: [&str; 20] = [
    "AL", "BEN", "D", "DA", "DE", "DEN", "DER", "DI", "DU", "EL", "HET", "IN", "LA", "LE", "OP", "S", "T", "TEN",
    "TER", "VAN",
];

/// Whether all words of the last name, the small ones left out, are words of the payer's name.
pub(super) fn is_in(last_name: &str, payer: &str) -> bool {
    let (wanted, found) = (words(last_name), words(payer));
    let mut telling = wanted.iter().filter(|word| word.len() > 1 && !SMALL.contains(&word.as_str())).peekable();
    telling.peek().is_some() && telling.all(|word| found.contains(word))
}

/// The words in capitals and without accents.
fn words(text: &str) -> Vec<String> {
    let folded: String =
        text.chars().take(200).flat_map(char::to_lowercase).map(|letter| plain(letter).to_owned()).collect();
    let words = folded.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.map(str::to_ascii_uppercase).collect()
}

/// A lower-case letter without its accent; a letter that has no plain one separates words.
fn plain(letter: char) -> &'static str {
    const ASCII: &str = "abcdefghijklmnopqrstuvwxyz0123456789";
    if let Some(same) = ASCII.find(letter).and_then(|at| ASCII.get(at..=at)) {
        return same;
    }
    match letter {
        'à' | 'á' | 'â' | 'ã' | 'ä' | 'å' | 'ā' | 'ă' | 'ą' => "a",
        'ç' | 'ć' | 'č' => "c",
        'ď' | 'đ' => "d",
        'è' | 'é' | 'ê' | 'ë' | 'ē' | 'ė' | 'ę' | 'ě' => "e",
        'ğ' => "g",
        'ì' | 'í' | 'î' | 'ï' | 'ī' | 'ı' => "i",
        'ł' | 'ľ' => "l",
        'ñ' | 'ń' | 'ň' => "n",
        'ò' | 'ó' | 'ô' | 'õ' | 'ö' | 'ø' | 'ō' | 'ő' => "o",
        'ř' => "r",
        'ś' | 'š' | 'ş' | 'ș' => "s",
        'ť' | 'ţ' | 'ț' => "t",
        'ù' | 'ú' | 'û' | 'ü' | 'ū' | 'ů' | 'ű' => "u",
        'ý' | 'ÿ' => "y",
        'ź' | 'ż' | 'ž' => "z",
        'æ' => "ae",
        'œ' => "oe",
        'ß' => "ss",
        'ĳ' => "ij",
        // An apostrophe and a dot above (of İ) are no boundary of a word.
        '\'' | '’' | '\u{307}' => "",
        _ => " ",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_last_name_is_found_as_banks_print_it() {
        let found = [
            ("Jansen", "A. JANSEN"),
            ("de Vries", "VRIES DE B"),
            ("van der Meer", "Hr P v.d. Meer e/o Mw C Bos"),
            ("Günay", "GUNAY S"),
            ("Jansen-Bos", "J JANSEN BOS"),
            ("d'Hondt", "DHONDT L"),
        ];
        for (last_name, payer) in found {
            assert!(is_in(last_name, payer), "{last_name} in {payer}");
        }
    }

    #[test]
    fn part_of_a_word_and_small_words_are_no_name() {
        for (last_name, payer) in
            [("Jans", "A. JANSEN"), ("de", "B DE VRIES"), ("", "A. JANSEN"), ("J", "J BOS"), ("Jansen", "")]
        {
            assert!(!is_in(last_name, payer), "{last_name} in {payer}");
        }
    }
}
