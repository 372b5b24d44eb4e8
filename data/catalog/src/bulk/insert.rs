//! New products, many at once.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use mcom_data::{Change, Cx, Error, Result, TenantConn};

use super::{
    Draft,
    query::{
        self, ItemColumns, LevelColumns, MediaColumns, OptionColumns, ProductColumns, ValueColumns,
        VariantColumns,
    },
};
use crate::{inventory, products, publications};

/// Where new products go.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Place {
    /// The location of their stock, if the store has one.
    pub location: Option<i64>,
    /// The publication that the storefront shows.
    pub online_store: i64,
}

/// The store's main location and its online store.
pub(crate) async fn place(db: &mut TenantConn) -> Result<Place> {
    let location = inventory::query::main_location(db).await?;
    Ok(Place { location, online_store: publications::online_store(db).await? })
}

/// Adds products whose handles nobody has; answers with their ids in the order of `drafts`.
pub(crate) async fn insert(cx: &Cx, db: &mut TenantConn, drafts: &[Draft], place: Place) -> Result<Vec<i64>> {
    if drafts.is_empty() {
        return Ok(vec![]);
    }
    let now = cx.now();
    let ids = products(db, drafts, now).await?;
    let values = options(db, drafts, &ids).await?;
    let media = media(db, drafts, &ids).await?;
    variants(db, &Parts { drafts, ids: &ids, values: &values, media: &media }, place, now).await?;
    let published: Vec<i64> =
        ids.iter().zip(drafts).filter(|(_, draft)| draft.published).map(|(id, _)| *id).collect();
    query::publish(db, &published, place.online_store, now).await?;
    products::derive(db, &ids).await?;
    query::tell(cx, db, drafts, &ids).await?;
    // Nothing of a new product can be in a cache but the lists it is missing from: one of them stands for all.
    db.changed(Change::Product(ids[0]));
    Ok(ids)
}

/// What variants refer to.
struct Parts<'d> {
    drafts: &'d [Draft],
    ids: &'d [i64],
    /// For each draft, for each option, the ids of its values.
    values: &'d [Vec<Vec<i64>>],
    /// For each draft, the ids of its images.
    media: &'d [Vec<i64>],
}

async fn products(db: &mut TenantConn, drafts: &[Draft], now: DateTime<Utc>) -> Result<Vec<i64>> {
    let mut columns = ProductColumns::default();
    drafts.iter().for_each(|draft| columns.push(draft));
    let by_handle: HashMap<String, i64> = query::products(db, &columns, now).await?.into_iter().collect();
    let ids: Option<Vec<i64>> = drafts.iter().map(|draft| by_handle.get(&draft.handle).copied()).collect();
    // Somebody took a handle since it was looked up: the transaction is to be run again.
    ids.ok_or(Error::Conflict("product"))
}

async fn options(db: &mut TenantConn, drafts: &[Draft], ids: &[i64]) -> Result<Vec<Vec<Vec<i64>>>> {
    let mut columns = OptionColumns::default();
    for (id, draft) in ids.iter().zip(drafts) {
        for (position, (name, _)) in (1..).zip(&draft.options) {
            columns.push(*id, name, position);
        }
    }
    let options: HashMap<(i64, i32), i64> = query::options(db, &columns).await?;
    let mut columns = ValueColumns::default();
    for (id, draft) in ids.iter().zip(drafts) {
        for (position, (_, values)) in (1..).zip(&draft.options) {
            let Some(option) = options.get(&(*id, position)) else { continue };
            (1..).zip(values).for_each(|(position, name)| columns.push(*option, name, position));
        }
    }
    let values: HashMap<(i64, i32), i64> = query::values(db, &columns).await?;
    let of_option = |id: i64, position: i32, count: usize| -> Vec<i64> {
        let option = options.get(&(id, position)).copied().unwrap_or_default();
        (1..).take(count).filter_map(|place| values.get(&(option, place)).copied()).collect()
    };
    let of_draft = |(id, draft): (&i64, &Draft)| {
        (1..)
            .zip(&draft.options)
            .map(|(position, (_, values))| of_option(*id, position, values.len()))
            .collect()
    };
    Ok(ids.iter().zip(drafts).map(of_draft).collect())
}

async fn media(db: &mut TenantConn, drafts: &[Draft], ids: &[i64]) -> Result<Vec<Vec<i64>>> {
    let mut columns = MediaColumns::default();
    for (id, draft) in ids.iter().zip(drafts) {
        (1..).zip(&draft.media).for_each(|(position, image)| columns.push(*id, image, position));
    }
    let added: HashMap<(i64, i32), i64> = query::media(db, &columns).await?;
    let of_draft = |(id, draft): (&i64, &Draft)| {
        (1..).take(draft.media.len()).filter_map(|position| added.get(&(*id, position)).copied()).collect()
    };
    Ok(ids.iter().zip(drafts).map(of_draft).collect())
}

async fn variants(db: &mut TenantConn, parts: &Parts<'_>, place: Place, now: DateTime<Utc>) -> Result<()> {
    let mut columns = VariantColumns::default();
    for (index, draft) in parts.drafts.iter().enumerate() {
        for (position, variant) in (1..).zip(&draft.variants) {
            let chosen = parts.values[index].iter().zip(&variant.values);
            let chosen: Vec<i64> = chosen.filter_map(|(ids, place)| ids.get(*place).copied()).collect();
            let image = variant.image.and_then(|place| parts.media[index].get(place).copied());
            columns.push(parts.ids[index], draft, (variant, position), (&chosen, image));
        }
    }
    let added: HashMap<(i64, i32), i64> = query::variants(db, &columns, now).await?;
    let mut items = ItemColumns::default();
    let mut levels = LevelColumns::default();
    for (id, draft) in parts.ids.iter().zip(parts.drafts) {
        for (position, variant) in (1..).zip(&draft.variants) {
            let Some(variant_id) = added.get(&(*id, position)) else { continue };
            items.push(*variant_id, *id, variant);
            levels.push(*variant_id, variant.quantity);
        }
    }
    query::items(db, &items, now).await?;
    match place.location {
        Some(location) => query::levels(db, &levels, location, now).await,
        None => Ok(()),
    }
}
