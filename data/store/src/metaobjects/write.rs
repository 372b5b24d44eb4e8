//! Making, changing and deleting things.

use mcom_data::{Cx, Result, TenantConn};
use mcom_schema::{
    Currency, Refusal, Scope,
    id::{MetaobjectDefinitionId, MetaobjectId},
};
use serde_json::json;

use super::{
    MetaobjectInput,
    query::{self, Lock},
    row::{Definition, MetaobjectValues},
};
use crate::{content, metafields::Known, settings};

/// Makes a thing of a kind.
///
/// # Errors
/// `Forbidden` without `write_metaobjects`; `NotFound` if there is no such kind; refuses taken handles, references to what is not there, and
/// what [`MetaobjectInput::checked`] refuses.
pub async fn create(
    cx: &Cx,
    definition: MetaobjectDefinitionId,
    input: &MetaobjectInput,
) -> Result<MetaobjectId> {
    cx.require(Scope::WriteMetaobjects)?;
    let currency = settings::get(cx).await?.currency;
    cx.write("metaobject_create", async |db| {
        let values = checked(db, definition.0, input, currency).await?;
        let id = query::insert(db, definition.0, &values, cx.now()).await?;
        let payload = json!({ "id": id, "definitionId": definition, "handle": values.handle });
        content::told(cx, db, "metaobjects/create", ("metaobject", id), &payload).await?;
        Ok(MetaobjectId(id))
    })
    .await
}

/// Makes a thing what `input` says; it stays of its kind.
///
/// # Errors
/// `NotFound`, and what [`create`] answers.
pub async fn update(cx: &Cx, id: MetaobjectId, input: &MetaobjectInput) -> Result<()> {
    cx.require(Scope::WriteMetaobjects)?;
    let currency = settings::get(cx).await?.currency;
    cx.write("metaobject_update", async |db| {
        let definition = query::definition_of(db, id.0).await?;
        let values = checked(db, definition, input, currency).await?;
        query::update(db, id.0, &values, cx.now()).await?;
        let payload = json!({ "id": id, "definitionId": definition, "handle": values.handle });
        content::told(cx, db, "metaobjects/update", ("metaobject", id.0), &payload).await
    })
    .await
}

/// Deletes a thing. What refers to it refers to nothing then.
///
/// # Errors
/// `NotFound`; `Forbidden` without `write_metaobjects`.
pub async fn delete(cx: &Cx, id: MetaobjectId) -> Result<()> {
    cx.require(Scope::WriteMetaobjects)?;
    cx.write("metaobject_delete", async |db| {
        query::delete(db, id.0).await?;
        content::told(cx, db, "metaobjects/delete", ("metaobject", id.0), &json!({ "id": id })).await
    })
    .await
}

/// The thing as it is kept, held against its kind and what it refers to.
async fn checked(
    db: &mut TenantConn,
    definition: i64,
    input: &MetaobjectInput,
    currency: Currency,
) -> Result<MetaobjectValues> {
    let definition = Definition::of(query::definition(db, definition, Lock::ToFollow).await?)?;
    let values = input.checked(&definition, currency)?;
    let mut typed = vec![];
    for field in &definition.fields {
        if let Some(value) = values.value(&field.key) {
            typed.push((field, field.value_type()?, value));
        }
    }
    let references = typed.iter().flat_map(|(_, value_type, value)| value_type.references(value));
    let known = Known::among(db, references).await?;
    for (field, value_type, value) in typed {
        let allowed = known.allows(value_type, value, &field.validations);
        // The key says it all.
        allowed
            .map_err(|refusal| Refusal { field: vec![], ..refusal }.under(["fields", field.key.as_str()]))?;
    }
    Ok(values)
}
