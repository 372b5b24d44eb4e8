//! Reading translations: only where the language is not the store's own, each thing once.

use std::{collections::HashMap, sync::Arc};

use futures_util::future::try_join_all;
use mcom_data::{Change, Changes, Cx, Result, load::Batch, page::Page};
use mcom_schema::Language;

use super::{Subject, Texts, Translatable, TranslatedKind, query};
use crate::{fresh::Fresh, markets::Localization};

/// The texts of so many things are remembered in a language, of all stores together.
const REMEMBERED: u64 = 100_000;

/// The texts of things of a kind in the language of the context, in the order of `ids`; none if that is the store's own. One
/// statement, none for what is remembered.
///
/// # Errors
/// `Busy` or `Broken` if the database cannot be read.
pub async fn texts(cx: &Cx, kind: TranslatedKind, ids: &[i64]) -> Result<Option<Vec<Arc<Texts>>>> {
    if cx.locale().languages.is_empty() {
        return Ok(None);
    }
    let here = Localization::of(cx).await?;
    if !here.is_translated {
        return Ok(None);
    }
    let cache = cx.shared::<TextsCache>()?;
    let of_thing = |id: &i64| {
        let key = (Subject { kind, id: *id }, here.language);
        let load = move || async move { Ok(cx.load::<OfSubject>(key).await?.unwrap_or_default()) };
        cache.0.get(cx, key, load)
    };
    Ok(Some(try_join_all(ids.iter().map(of_thing)).await?))
}

/// Things in the language of the context, as far as they are translated.
///
/// # Errors
/// As [`texts`].
pub async fn translated<T: Translatable>(cx: &Cx, mut things: Vec<Arc<T>>) -> Result<Vec<Arc<T>>> {
    let ids: Vec<i64> = things.iter().map(|thing| thing.number()).collect();
    let Some(texts) = texts(cx, T::KIND, &ids).await? else { return Ok(things) };
    for (thing, texts) in things.iter_mut().zip(&texts).filter(|(_, texts)| !texts.is_empty()) {
        Arc::make_mut(thing).put(texts);
    }
    Ok(things)
}

/// The same where some are not there.
pub(crate) async fn translated_each<T: Translatable>(
    cx: &Cx,
    things: Vec<Option<Arc<T>>>,
) -> Result<Vec<Option<Arc<T>>>> {
    let known = things.iter().flatten().cloned().collect();
    let mut known = translated(cx, known).await?.into_iter();
    Ok(things.into_iter().map(|thing| thing.and_then(|_| known.next())).collect())
}

/// The same for a page of a list, which is in the order of the store's own language.
pub(crate) async fn translated_page<T: Translatable>(cx: &Cx, page: Page<Arc<T>>) -> Result<Page<Arc<T>>> {
    let Page { items, has_next, has_previous } = page;
    let (cursors, things): (Vec<_>, Vec<_>) = items.into_iter().unzip();
    let items = cursors.into_iter().zip(translated(cx, things).await?).collect();
    Ok(Page { items, has_next, has_previous })
}

/// Texts by thing and language.
struct OfSubject;

impl Batch for OfSubject {
    type Key = (Subject, Language);
    type Value = Arc<Texts>;

    async fn load(cx: &Cx, keys: Vec<Self::Key>) -> Result<HashMap<Self::Key, Self::Value>> {
        let found = cx.read(async |db| query::of_subjects(db, &keys).await).await?;
        Ok(found.into_iter().map(|it| ((it.subject, it.language), Arc::new(it.texts))).collect())
    }
}

/// Texts by store, thing and language.
pub struct TextsCache(Arc<Fresh<(Subject, Language), Arc<Texts>>>);

impl TextsCache {
    /// An empty cache that forgets a store when one of its texts changes.
    pub(crate) fn new(changes: &Changes) -> Self {
        let cache = Arc::new(Fresh::new(REMEMBERED));
        let heard = cache.clone();
        changes.listen(move |told| match told.change {
            Change::Content => heard.forget(told.tenant),
            Change::Everything => heard.forget_all(),
            _ => {}
        });
        TextsCache(cache)
    }
}
