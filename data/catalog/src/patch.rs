//! Fields of an update: absent keeps what is there, null clears it, a value replaces it.

use serde::{Deserialize, Deserializer};

/// `None`: not mentioned. `Some(None)`: cleared. Needs `#[serde(default, deserialize_with = "patch::mentioned")]`.
pub type Patch<T> = Option<Option<T>>;

/// Reads a field that is there, be it null.
pub(crate) fn mentioned<'de, D: Deserializer<'de>, T: Deserialize<'de>>(
    deserializer: D,
) -> Result<Patch<T>, D::Error> {
    Option::deserialize(deserializer).map(Some)
}

/// Reads a list; null is an empty one.
pub(crate) fn listed<'de, D: Deserializer<'de>, T: Deserialize<'de>>(
    deserializer: D,
) -> Result<Vec<T>, D::Error> {
    Ok(Option::deserialize(deserializer)?.unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use serde::Deserialize;

    use super::Patch;

    #[derive(Deserialize)]
    struct Input {
        #[serde(default, deserialize_with = "super::mentioned")]
        sku: Patch<String>,
    }

    #[test]
    fn absent_null_and_value_are_three_things() {
        let read = |text| serde_json::from_str::<Input>(text).map(|input| input.sku).unwrap();
        assert_eq!(read("{}"), None);
        assert_eq!(read(r#"{"sku":null}"#), Some(None));
        assert_eq!(read(r#"{"sku":"A"}"#), Some(Some("A".to_owned())));
    }
}
