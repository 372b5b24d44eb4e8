//! Defining fields.

use mcom_data::{Cx, Result};
use mcom_schema::id::MetafieldDefinitionId;
use serde_json::json;

use super::{DefinitionInput, DefinitionRow, OwnerKind, query};
use crate::content;

/// Every field that was added to this kind of things, by namespace and key.
///
/// # Errors
/// `Forbidden` without the scope that reads such things.
pub async fn definitions(cx: &Cx, owner: OwnerKind) -> Result<Vec<DefinitionRow>> {
    cx.require(owner.read_scope())?;
    cx.read(async |db| query::definitions(db, &[owner.name()]).await).await
}

/// Adds a field to a kind of things. Values that are there already stay as they are.
///
/// # Errors
/// `Forbidden` without the scope that changes such things; refuses taken keys and what [`DefinitionInput::checked`] refuses.
pub async fn define(cx: &Cx, input: &DefinitionInput) -> Result<MetafieldDefinitionId> {
    cx.require(input.owner.write_scope())?;
    let values = input.checked()?;
    cx.write("metafield_definition_create", async |db| {
        let id = query::define(db, &values, cx.now()).await?;
        let payload = json!({ "id": id, "namespace": values.namespace, "key": values.key });
        content::told(cx, db, "metafield_definitions/create", ("metafield_definition", id), &payload).await?;
        Ok(MetafieldDefinitionId(id))
    })
    .await
}

/// Changes a field's name, description, rules, or who reads it.
///
/// # Errors
/// `NotFound`, `Forbidden`; refuses another type or key, and what [`define`] refuses.
pub async fn redefine(cx: &Cx, id: MetafieldDefinitionId, input: &DefinitionInput) -> Result<()> {
    cx.require(input.owner.write_scope())?;
    let values = input.checked()?;
    cx.write("metafield_definition_update", async |db| {
        values.follows(&query::definition(db, id.0).await?.values)?;
        query::redefine(db, id.0, &values, cx.now()).await?;
        let payload = json!({ "id": id, "namespace": values.namespace, "key": values.key });
        content::told(cx, db, "metafield_definitions/update", ("metafield_definition", id.0), &payload).await
    })
    .await
}

/// Takes a field away again, with all that it holds.
///
/// # Errors
/// `NotFound`; `Forbidden` without the scope that changes such things.
pub async fn undefine(cx: &Cx, id: MetafieldDefinitionId) -> Result<()> {
    cx.write("metafield_definition_delete", async |db| {
        let row = query::definition(db, id.0).await?;
        cx.require(row.values.owner()?.write_scope())?;
        query::undefine(db, &row).await?;
        let about = ("metafield_definition", id.0);
        content::told(cx, db, "metafield_definitions/delete", about, &json!({ "id": id })).await
    })
    .await
}
