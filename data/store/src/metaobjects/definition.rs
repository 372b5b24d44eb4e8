//! Kinds of things: making them up, changing and dropping them.

use mcom_data::{Cx, Result};
use mcom_schema::{Scope, id::MetaobjectDefinitionId};
use serde_json::json;

use super::{
    MetaobjectDefinitionInput, MetaobjectDefinitionRow,
    query::{self, Lock},
};
use crate::content;

/// Every kind of things, by type.
///
/// # Errors
/// `Forbidden` without `read_metaobject_definitions`.
pub async fn definitions(cx: &Cx) -> Result<Vec<MetaobjectDefinitionRow>> {
    cx.require(Scope::ReadMetaobjectDefinitions)?;
    cx.read(async |db| query::definitions(db).await).await
}

/// Makes up a kind of things.
///
/// # Errors
/// `Forbidden` without `write_metaobject_definitions`; refuses taken types and what [`MetaobjectDefinitionInput::checked`] refuses.
pub async fn define(cx: &Cx, input: &MetaobjectDefinitionInput) -> Result<MetaobjectDefinitionId> {
    cx.require(Scope::WriteMetaobjectDefinitions)?;
    let values = input.checked()?;
    cx.write("metaobject_definition_create", async |db| {
        let id = query::define(db, &values, cx.now()).await?;
        let payload = json!({ "id": id, "type": values.type_name });
        let about = ("metaobject_definition", id);
        content::told(cx, db, "metaobject_definitions/create", about, &payload).await?;
        Ok(MetaobjectDefinitionId(id))
    })
    .await
}

/// Changes a kind of things. What fields held that it has no longer is forgotten.
///
/// # Errors
/// `NotFound`, `Forbidden`; refuses another type of the kind or of a field that stays, and what [`define`] refuses.
pub async fn redefine(cx: &Cx, id: MetaobjectDefinitionId, input: &MetaobjectDefinitionInput) -> Result<()> {
    cx.require(Scope::WriteMetaobjectDefinitions)?;
    let values = input.checked()?;
    cx.write("metaobject_definition_update", async |db| {
        let before = query::definition(db, id.0, Lock::ToChange).await?;
        let gone = values.follows(&before.values)?;
        query::redefine(db, id.0, &values, cx.now()).await?;
        if !gone.is_empty() {
            query::forget_fields(db, id.0, &gone).await?;
        }
        let payload = json!({ "id": id, "type": values.type_name });
        let about = ("metaobject_definition", id.0);
        content::told(cx, db, "metaobject_definitions/update", about, &payload).await
    })
    .await
}

/// Drops a kind of things with all things of it.
///
/// # Errors
/// `NotFound`; `Forbidden` without `write_metaobject_definitions`.
pub async fn undefine(cx: &Cx, id: MetaobjectDefinitionId) -> Result<()> {
    cx.require(Scope::WriteMetaobjectDefinitions)?;
    cx.write("metaobject_definition_delete", async |db| {
        query::undefine(db, id.0).await?;
        let about = ("metaobject_definition", id.0);
        content::told(cx, db, "metaobject_definitions/delete", about, &json!({ "id": id })).await
    })
    .await
}
