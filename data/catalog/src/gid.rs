//! Global ids in inputs.

use mcom_schema::id::{
    CollectionId, InventoryItemId, LocationId, MediaId, ProductId, ProductOptionId, ProductOptionValueId,
    PublicationId, VariantId,
};
use serde::{Deserialize, Deserializer, de::Error};

/// An id type that reads its public form.
pub(crate) trait Parse: Sized {
    /// The id that `text` stands for, if it is of this kind.
    fn from_gid(text: &str) -> Option<Self>;
}

macro_rules! parse {
    ($($id:ident)*) => {$(
        impl Parse for $id {
            fn from_gid(text: &str) -> Option<Self> {
                $id::parse(text)
            }
        }
    )*};
}

parse! { CollectionId InventoryItemId LocationId MediaId ProductId ProductOptionId ProductOptionValueId PublicationId VariantId }

fn read<T: Parse, E: Error>(text: &str) -> Result<T, E> {
    T::from_gid(text).ok_or_else(|| E::custom(format!("Invalid global id '{text}'")))
}

/// A required id.
pub(crate) fn one<'de, D: Deserializer<'de>, T: Parse>(deserializer: D) -> Result<T, D::Error> {
    read(&String::deserialize(deserializer)?)
}

/// An id that may be left out or null.
pub(crate) fn maybe<'de, D: Deserializer<'de>, T: Parse>(deserializer: D) -> Result<Option<T>, D::Error> {
    Option::<String>::deserialize(deserializer)?.map(|text| read(&text)).transpose()
}

/// Ids; null is none.
pub(crate) fn list<'de, D: Deserializer<'de>, T: Parse>(deserializer: D) -> Result<Vec<T>, D::Error> {
    let texts = Option::<Vec<String>>::deserialize(deserializer)?.unwrap_or_default();
    texts.iter().map(|text| read(text)).collect()
}

#[cfg(test)]
mod tests {
    use mcom_schema::id::ProductId;
    use serde::Deserialize;

    #[derive(Debug, PartialEq, Deserialize)]
    struct Input {
        #[serde(deserialize_with = "super::one")]
        id: ProductId,
        #[serde(default, deserialize_with = "super::list")]
        others: Vec<ProductId>,
    }

    #[test]
    fn ids_of_another_kind_are_no_ids() {
        let read = |text| serde_json::from_str::<Input>(text);
        let input = read(r#"{"id":"gid://shopify/Product/7","others":null}"#).unwrap();
        assert_eq!(input, Input { id: ProductId(7), others: vec![] });
        assert!(read(r#"{"id":"gid://shopify/Collection/7"}"#).is_err());
    }
}
