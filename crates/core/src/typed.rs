//! How much of what somebody typed is kept to be shown to her again. Forms say what is too long and give back what was typed; without an
//! end to that, a message of any size would be stored only to be refused.

/// Characters of one line that are kept: more than any name, street or address may have.
const LINE: usize = 500;
/// Characters of a message that are kept: more than any message may have.
const TEXT: usize = 20_000;

/// A line as it is kept.
pub fn line(text: String) -> String {
    cut(text, LINE)
}

/// A message as it is kept.
pub fn text(text: String) -> String {
    cut(text, TEXT)
}

fn cut(mut text: String, most: usize) -> String {
    if let Some((end, _)) = text.char_indices().nth(most) {
        text.truncate(end);
        // The room for the rest would be kept too.
        text.shrink_to_fit();
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_person_types_is_kept_whole_and_a_book_is_not() {
        let long = "é".repeat(500);

        assert_eq!(line(long.clone()), long);
        assert_eq!(line(format!("{long}è")), long);
        assert_eq!(text("x".repeat(250_000)), "x".repeat(20_000));
        assert_eq!(text("Past deze jurk?".to_owned()), "Past deze jurk?");
    }
}
