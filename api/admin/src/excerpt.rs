//! Text cut to a length without breaking a word where that can be helped.

use serde::Deserialize;

/// How a text is asked for.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct TruncateArgs {
    /// At most so many characters.
    pub truncate_at: Option<i64>,
}

/// At most `limit` characters of `text`, the last of them `…` if something was cut off.
pub(crate) fn excerpt(text: &str, limit: Option<i64>) -> String {
    let Some(limit) = limit.map(|limit| usize::try_from(limit).unwrap_or_default()) else {
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
    use super::excerpt;

    #[test]
    fn text_is_cut_between_words_and_never_too_long() {
        assert_eq!(excerpt("A red mug", None), "A red mug");
        assert_eq!(excerpt("A red mug", Some(9)), "A red mug");
        assert_eq!(excerpt("A red mug", Some(8)), "A red…");
        assert_eq!(excerpt("Übergröße", Some(4)), "Übe…");
        assert_eq!(excerpt("A red mug", Some(0)), "");
    }
}
