//! Setting and deleting values.

use std::collections::HashSet;

use mcom_data::{Change, Cx, Error, Result, TenantConn, event};
use mcom_schema::{Currency, Refusal, event::Event, id::MetafieldId, refuse};
use serde_json::json;

use super::{
    DefinitionRow, DefinitionValues, Known, MetafieldInput, MetafieldValues, Owner, query, rule::gathered,
};
use crate::{content, settings};

/// Sets values, all or none. Answers with their numbers, in the same order.
///
/// # Errors
/// `Forbidden` without the scopes that change their owners; refuses, by their place, values that are not of their type, break a rule of
/// their definition or refer to what is not there, and owners that are not there.
pub async fn set(cx: &Cx, inputs: &[MetafieldInput]) -> Result<Vec<MetafieldId>> {
    for input in inputs {
        cx.require(input.owner.kind.write_scope())?;
    }
    once(inputs)?;
    let currency = settings::get(cx).await?.currency;
    cx.write("metafields_set", async |db| {
        let values = checked(db, inputs, currency).await?;
        let ids = if values.is_empty() { vec![] } else { query::put(db, &values, cx.now()).await? };
        event::emit_all(cx, db, ids.iter().zip(inputs).map(told).collect()).await?;
        db.changed(Change::Content);
        Ok(ids.into_iter().map(MetafieldId).collect())
    })
    .await
}

/// Looks at values that their owner keeps itself: as they are to be kept, in the same order. Whoever may change the owner may keep them.
///
/// # Errors
/// Refuses what [`set`] refuses of values.
pub async fn judge(cx: &Cx, inputs: &[MetafieldInput]) -> Result<Vec<MetafieldValues>> {
    once(inputs)?;
    let currency = settings::get(cx).await?.currency;
    cx.read(async |db| checked(db, inputs, currency).await).await
}

/// Tells that a value was set.
fn told((id, input): (&i64, &MetafieldInput)) -> Event {
    let payload = json!({
        "id": id, "ownerId": input.owner.gid(), "namespace": input.namespace, "key": input.key,
    });
    Event::new("metafields/set", "metafield", *id, &payload)
}

/// Refuses to set one value twice.
fn once(inputs: &[MetafieldInput]) -> Result<(), Refusal> {
    let mut seen = HashSet::new();
    for (index, input) in inputs.iter().enumerate() {
        if !seen.insert((input.owner, &input.namespace, &input.key)) {
            let message = format!("{}.{} is there twice", input.namespace, input.key);
            return Err(refuse("key", "TAKEN", message).under(["metafields".to_owned(), index.to_string()]));
        }
    }
    Ok(())
}

/// The values as they are kept, each held against its definition and what it refers to.
async fn checked(
    db: &mut TenantConn,
    inputs: &[MetafieldInput],
    currency: Currency,
) -> Result<Vec<MetafieldValues>> {
    let owners: HashSet<&str> = inputs.iter().map(|input| input.owner.kind.name()).collect();
    let definitions = query::definitions(db, &Vec::from_iter(owners)).await?;
    let of = |input: &MetafieldInput| {
        let values = definitions.iter().map(|row: &DefinitionRow| &row.values);
        values.into_iter().find(|values| input.is_defined_by(values))
    };
    let typed = gathered(inputs.iter().map(|input| input.checked(of(input), currency)))?;
    let references = typed.iter().flat_map(|(values, value_type)| value_type.references(&values.value));
    let known = Known::among(db, references).await?;
    gathered(inputs.iter().zip(typed).map(|(input, (values, value_type))| {
        let validations = of(input).map(DefinitionValues::validations).transpose()?.unwrap_or_default();
        known.allows(value_type, &values.value, &validations)?;
        Ok(values)
    }))
}

/// Deletes what an owner's field holds.
///
/// # Errors
/// `NotFound` if it holds nothing; `Forbidden` without the scope that changes such owners.
pub async fn delete(cx: &Cx, owner: Owner, namespace: &str, key: &str) -> Result<MetafieldId> {
    cx.require(owner.kind.write_scope())?;
    cx.write("metafield_delete", async |db| {
        let deleted = query::delete(db, owner, namespace, key).await?;
        let id = deleted.ok_or(Error::NotFound("metafield"))?;
        let payload = json!({ "id": id, "ownerId": owner.gid(), "namespace": namespace, "key": key });
        content::told(cx, db, "metafields/delete", ("metafield", id), &payload).await?;
        Ok(MetafieldId(id))
    })
    .await
}
