//! Settings: what a merchant decides once for the whole store.

mod query;
mod row;
mod synonyms;

use std::sync::Arc;

use mcom_data::{Change, Changes, Cx, Error, Result};
use mcom_schema::{Refusal, Scope, refuse};

use crate::{content, fresh::Fresh};

pub use row::{Settings, WeightUnit};

/// A page of text.
const LONGEST_DESCRIPTION: usize = 5_000;

/// The settings of the context's store, from memory if they are known. Not inside `cx.write`: a cold cache would take a second connection.
///
/// # Errors
/// `NotFound` for a store that was never provisioned.
pub async fn get(cx: &Cx) -> Result<Arc<Settings>> {
    let cache = cx.shared::<SettingsCache>()?;
    let load = || async {
        Ok(Arc::new(cx.read(async |db| query::get(db).await?.ok_or(Error::NotFound("shop"))).await?))
    };
    cache.0.get(cx, (), load).await
}

/// What a store may say about itself, without outer spaces.
///
/// # Errors
/// Refuses more than 5,000 characters.
pub fn description(text: Option<&str>) -> Result<Option<String>, Refusal> {
    let text = content::some(text);
    match &text {
        Some(long) if long.chars().count() > LONGEST_DESCRIPTION => {
            Err(refuse("description", "TOO_LONG", format!("At most {LONGEST_DESCRIPTION} characters")))
        }
        _ => Ok(text),
    }
}

/// Sets what the store says about itself; nothing if there is nothing to say.
///
/// # Errors
/// Refuses what [`description`] does; `Forbidden` without `write_content`.
pub async fn describe(cx: &Cx, description: Option<&str>) -> Result<()> {
    cx.require(Scope::WriteContent)?;
    let description = self::description(description)?;
    cx.write("store_describe", async |db| {
        query::set_description(db, description.as_deref()).await?;
        db.changed(Change::Store);
        Ok(())
    })
    .await
}

/// Sets which phrases buyers use for the same thing. Searches heed it at once; nothing has to be indexed anew.
///
/// # Errors
/// Refuses groups of less than two phrases, empty or long phrases, and more than a thousand groups; `Forbidden` without `write_products`.
pub async fn set_synonyms(cx: &Cx, groups: Vec<Vec<String>>) -> Result<()> {
    cx.require(Scope::WriteProducts)?;
    synonyms::check(&groups)?;
    cx.write("search_synonyms_set", async |db| {
        query::set_synonyms(db, &groups).await?;
        db.changed(Change::Store);
        Ok(())
    })
    .await
}

/// Settings by store.
pub struct SettingsCache(Arc<Fresh<(), Arc<Settings>>>);

impl SettingsCache {
    /// An empty cache that forgets a store when its settings change.
    pub(crate) fn new(changes: &Changes) -> Self {
        let cache = Arc::new(Fresh::new(10_000));
        let heard = cache.clone();
        changes.listen(move |told| match told.change {
            Change::Store => heard.forget(told.tenant),
            Change::Everything => heard.forget_all(),
            _ => {}
        });
        SettingsCache(cache)
    }
}
