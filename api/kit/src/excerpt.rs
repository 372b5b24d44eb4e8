//! Text cut to a length without breaking a word where that can be helped.

use serde::Deserialize;

/// How much of a text is wanted: the argument of every plain description.
#[derive(Debug, Clone, Copy, Default, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Length {
    truncate_at: Option<i64>,
}

/// As much of `text` as is wanted, the last character `…` if something was cut off.
pub fn excerpt(text: &str, length: &Length) -> String {
    let Some(limit) = length.truncate_at.map(|limit| usize::try_from(limit).unwrap_or_default()) else {
        return text.to_owned();
    };
    if text.chars().count() <= limit {
        return text.to_owned();
    }
    if limit == 0 {
        return String::new();
    }
    let kept: String = text.chars().take(limit - 1).collect();
    let whole_words = kept.rfind(char::is_whitespace).map_or(kept.as_str(), |end| &kept[..end]);
    format!("{}…", whole_words.trim_end())
}

#[cfg(test)]
mod tests {
    use super::{Length, excerpt};

    #[test]
    fn text_is_cut_between_words_and_never_too_long() {
        let cut = |text, limit| excerpt(text, &Length { truncate_at: limit });
        assert_eq!(cut("A red mug", None), "A red mug");
        assert_eq!(cut("A red mug", Some(9)), "A red mug");
        assert_eq!(cut("A red mug", Some(8)), "A red…");
        assert_eq!(cut("Übergröße", Some(4)), "Übe…");
        assert_eq!(cut("A red mug", Some(0)), "");
    }
}
