//! Metaobjects: things of kinds that a merchant made up, such as makers or questions with their answers.

mod definition;
mod query;
mod row;
mod rule;
mod write;

use std::{collections::HashMap, sync::Arc};

use mcom_data::{
    Cx, Result,
    page::{Page, PageArgs},
};
use mcom_schema::{
    Scope,
    id::{MetaobjectDefinitionId, MetaobjectId},
};

use crate::content;

pub use definition::{define, definitions, redefine, undefine};
pub use row::{
    Definition, FieldDefinition, Metaobject, MetaobjectDefinitionInput, MetaobjectDefinitionRow,
    MetaobjectDefinitionValues, MetaobjectInput, MetaobjectRow, MetaobjectValues,
};
pub use write::{create, delete, update};

/// What metaobjects can be sorted by; equal ones are in the order of their ids.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum MetaobjectSort {
    /// In the order in which they were made.
    #[default]
    Id,
    /// By the last change.
    UpdatedAt,
}

impl Definition {
    /// Reads a row.
    ///
    /// # Errors
    /// `Broken` if its fields cannot be read.
    pub fn of(row: MetaobjectDefinitionRow) -> Result<Self> {
        Ok(Definition { id: row.id, fields: row.values.fields()?, values: row.values })
    }
}

/// The kinds that buyers may read.
async fn public(cx: &Cx) -> Result<Arc<Vec<Arc<Definition>>>> {
    let read = async {
        let rows = cx.read(async |db| query::definitions(db).await).await?;
        let public = rows.into_iter().filter(|row| row.values.is_public);
        public.map(|row| Ok(Arc::new(Definition::of(row)?))).collect()
    };
    // On the heap, as it is part of what is remembered of things: one inside the other they would fill a stack.
    Box::pin(content::remembered(cx, "metaobject definitions".to_owned(), read)).await
}

async fn public_type(cx: &Cx, type_name: &str) -> Result<Option<Arc<Definition>>> {
    Ok(public(cx).await?.iter().find(|known| known.values.type_name == type_name).cloned())
}

/// What buyers may read of these, in the order of `ids`: no drafts. Two statements, none for what is remembered.
///
/// # Errors
/// `Busy` or `Broken` if the database cannot be read.
pub async fn live(cx: &Cx, ids: &[MetaobjectId]) -> Result<Vec<Option<Arc<Metaobject>>>> {
    let wanted: Vec<i64> = ids.iter().map(|id| id.0).collect();
    let read = async {
        let definitions = public(cx).await?;
        let shown = |row: MetaobjectRow| {
            let definition = definitions.iter().find(|known| known.id == row.definition_id)?.clone();
            Some((row.id, Arc::new(Metaobject { row, definition })))
        };
        let rows = cx.read(async |db| query::active_by_ids(db, &wanted).await).await?;
        Ok(rows.into_iter().filter_map(shown).collect::<HashMap<_, _>>())
    };
    let known = content::remembered(cx, format!("metaobjects by id {wanted:?}"), Box::pin(read)).await?;
    Ok(wanted.iter().map(|id| known.get(id).cloned()).collect())
}

/// What buyers may read under this handle of a kind.
///
/// # Errors
/// `Busy` or `Broken` if the database cannot be read.
pub async fn live_by_handle(cx: &Cx, type_name: &str, handle: &str) -> Result<Option<Arc<Metaobject>>> {
    let read = async {
        let Some(definition) = public_type(cx, type_name).await? else { return Ok(None) };
        let row = cx.read(async |db| query::active_by_handle(db, definition.id, handle).await).await?;
        Ok(row.map(|row| Arc::new(Metaobject { row, definition })))
    };
    let key = format!("metaobject {type_name:?} at {handle}");
    Ok((*content::remembered(cx, key, Box::pin(read)).await?).clone())
}

/// One page of what buyers may read of a kind; nothing of kinds that there are not. Three statements, none for what is remembered.
///
/// # Errors
/// Refuses cursors of other lists; `Busy` or `Broken` if the database cannot be read.
pub async fn live_page(
    cx: &Cx,
    type_name: &str,
    sort: MetaobjectSort,
    args: &PageArgs,
) -> Result<Page<Arc<Metaobject>>> {
    let read = async {
        let Some(definition) = public_type(cx, type_name).await? else {
            return Ok(Page { items: vec![], has_next: false, has_previous: false });
        };
        let rows = cx.read(async |db| query::active_page(db, definition.id, sort, args).await).await?;
        Ok(rows.map(|row| Arc::new(Metaobject { row, definition: definition.clone() })))
    };
    let key = format!("metaobjects {type_name:?} {sort:?} {args:?}");
    Ok((*content::remembered(cx, key, Box::pin(read)).await?).clone())
}

/// Everything of a kind, drafts included, by handle.
///
/// # Errors
/// `Forbidden` without `read_metaobjects`.
pub async fn all(cx: &Cx, definition: MetaobjectDefinitionId) -> Result<Vec<MetaobjectRow>> {
    cx.require(Scope::ReadMetaobjects)?;
    cx.read(async |db| query::all(db, definition.0).await).await
}
