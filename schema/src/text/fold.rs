//! Folding: what makes `Crème` and `creme` the same for sorting and keyword conditions.

use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

/// Lower case without accents, outer spaces removed and inner ones single.
pub fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !folded.is_empty() {
            folded.push(' ');
        }
        if word.is_ascii() {
            folded.extend(word.chars().map(|c| c.to_ascii_lowercase()));
        } else {
            folded.extend(word.nfkd().filter(|c| !is_combining_mark(*c)).flat_map(char::to_lowercase));
        }
    }
    folded
}

#[cfg(test)]
mod tests {
    use super::fold;

    #[test]
    fn case_accents_and_spaces_do_not_count() {
        for (text, folded) in
            [("  Crème  BRÛLÉE ", "creme brulee"), ("ABC", "abc"), ("Ｆｕｌｌ", "full"), ("", "")]
        {
            assert_eq!(fold(text), folded);
        }
    }
}
