//! Translations: what a merchant wrote of a thing, in the other languages that are offered. Handles are not translated: addresses are the same in every language.

mod kind;
mod load;
mod query;
mod texts;
mod things;

use mcom_data::{Change, Cx, Result};
use mcom_schema::{Language, Refusal, Scope, refuse};

use crate::content;

pub use kind::{Translatable, TranslatedKind};
pub(crate) use load::TextsCache;
pub use load::{texts, translated};
pub(crate) use load::{translated_each, translated_page};
pub use texts::Texts;

/// Something with texts in other languages.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Subject {
    /// What it is.
    pub kind: TranslatedKind,
    /// Its number.
    pub id: i64,
}

/// The texts of one thing in one language.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Translation {
    /// Of what.
    pub subject: Subject,
    /// In which language.
    pub language: Language,
    /// By what they are of it.
    pub texts: Texts,
}

/// Every translation of the store.
///
/// # Errors
/// `Forbidden` without `read_translations`.
pub async fn all(cx: &Cx) -> Result<Vec<Translation>> {
    cx.require(Scope::ReadTranslations)?;
    cx.read(async |db| query::all(db).await).await
}

/// Makes the texts of a thing in a language these; without any there is no translation any more.
///
/// # Errors
/// `Forbidden` without `write_translations`; refuses what [`check`] refuses; `NotFound` if there is no such thing.
pub async fn set(cx: &Cx, translation: &Translation) -> Result<()> {
    cx.require(Scope::WriteTranslations)?;
    check(translation.subject.kind, &translation.texts)?;
    cx.write("translation_set", async |db| {
        if translation.texts.is_empty() {
            query::delete(db, translation).await?;
        } else {
            query::put(db, translation, cx.now()).await?;
        }
        db.changed(Change::Content);
        Ok(())
    })
    .await
}

/// Looks at texts.
///
/// # Errors
/// Refuses texts of what such things do not have, and those that are too long.
pub fn check(kind: TranslatedKind, texts: &Texts) -> Result<(), Refusal> {
    for (key, text) in texts.iter() {
        if !kind.has(key) {
            return Err(refuse(
                key,
                "INVALID_KEY_FOR_MODEL",
                format!("there is no «{key}» of it to translate"),
            ));
        }
        content::body(text).map_err(|refusal| Refusal { field: vec![key.to_owned()], ..refusal })?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::{Texts, TranslatedKind, check};

    #[test]
    fn a_text_is_of_something_that_the_thing_has() {
        let texts = |key: &str| Texts::from_iter([(key.to_owned(), "Hemd".to_owned())]);
        assert!(check(TranslatedKind::Product, &texts("title")).is_ok());
        assert!(check(TranslatedKind::Product, &texts("option.Size.Small")).is_ok());
        assert!(check(TranslatedKind::Product, &texts("name")).is_err());
        assert!(check(TranslatedKind::Page, &texts("option.Size")).is_err());
    }
}
