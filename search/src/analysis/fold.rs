//! Folding: what people do not tell apart when they type is made equal.

use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

/// Longer words are cut: nobody types them, and engines refuse terms without a limit.
const LONGEST: usize = 48;

/// Lower case without accents and other marks; ligatures and letters with strokes are spelled out.
pub fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for letter in text.nfkd().filter(|letter| !is_combining_mark(*letter)).flat_map(char::to_lowercase) {
        match spelled(letter) {
            Some(spelled) => folded.push_str(spelled),
            None => folded.push(letter),
        }
    }
    folded
}

/// The folded words of a text, in their order. Apostrophes do not part words, and signs that stand for words are words.
pub fn words(text: &str) -> Vec<String> {
    let mut words = vec![];
    let mut word = String::new();
    for letter in fold(text).chars() {
        if is_ideograph(letter) {
            finish(&mut words, &mut word);
            words.push(letter.to_string());
        } else if letter.is_alphanumeric() {
            word.push(letter);
        } else if !matches!(letter, '\'' | '\u{2019}') {
            finish(&mut words, &mut word);
        }
    }
    finish(&mut words, &mut word);
    words
}

fn finish(words: &mut Vec<String>, word: &mut String) {
    if !word.is_empty() {
        words.push(std::mem::take(word).chars().take(LONGEST).collect());
    }
}

/// What decomposition leaves as it is.
fn spelled(letter: char) -> Option<&'static str> {
    Some(match letter {
        'ß' => "ss",
        'æ' => "ae",
        'œ' => "oe",
        'ø' => "o",
        'đ' | 'ð' => "d",
        'ł' => "l",
        'þ' => "th",
        'ı' => "i",
        _ => return None,
    })
}

/// Scripts that are written without spaces: Chinese characters, kana and Thai.
fn is_ideograph(letter: char) -> bool {
    matches!(u32::from(letter), 0x3040..=0x30ff | 0x3400..=0x4dbf | 0x4e00..=0x9fff | 0x0e00..=0x0e7f | 0x20000..=0x2fa1f)
}

#[cfg(test)]
mod tests {
    use super::{fold, words};

    #[test]
    fn what_people_do_not_tell_apart_is_equal() {
        assert_eq!(fold("Crème BRÛLÉE"), "creme brulee");
        assert_eq!(fold("Größe, Łódź, ﬁne, Ⅳ, İstanbul"), "grosse, lodz, fine, iv, istanbul");
    }

    #[test]
    fn words_end_at_what_is_neither_letter_nor_digit() {
        assert_eq!(words("Men's T-Shirt (100% cotton)"), ["mens", "t", "shirt", "100", "cotton"]);
        assert_eq!(words("茶碗 blue"), ["茶", "碗", "blue"]);
        assert_eq!(words(" – "), [""; 0]);
        assert_eq!(words(&"x".repeat(99))[0].len(), 48);
    }
}
