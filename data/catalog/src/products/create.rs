//! Making a product.

use mcom_data::{Cx, Error, Result, TenantConn};
use mcom_schema::{Handle, Scope, id::ProductId, refuse};

use super::{CreateMediaInput, NewShown, ProductInput, Settled, query, row::ProductValues, rule, settle};
use crate::{collections, variants};

/// Makes a product with one variant: of the first value of each option, or the one that stands for no choice.
/// It is in no publication yet. A handle that is made of the title is numbered if it is taken.
///
/// # Errors
/// `Forbidden` without `write_products`; refuses blank titles, taken handles, and what the contract does not allow.
pub async fn create(cx: &Cx, input: &ProductInput, media: &[CreateMediaInput]) -> Result<ProductId> {
    cx.require(Scope::WriteProducts)?;
    let now = cx.now();
    let values = rule::values(input, None, now).map_err(Error::Refused)?;
    let options = rule::options(input.product_options.as_deref())?;
    let media = NewShown::read(media)?;
    let explicit = input.handle.as_deref().is_some_and(|handle| !handle.trim().is_empty());
    cx.write("product_create", async |db| {
        let id = insert(db, &values, explicit).await?;
        let chosen = add_options(db, id, &options).await?;
        variants::add_first(db, id, chosen, now).await?;
        media.add(db, id, now).await?;
        collections::join(db, id, &input.collections_to_join).await?;
        settle(cx, db, id, Settled::Created).await?;
        Ok(ProductId(id))
    })
    .await
}

/// Adds the product's row under its handle, or under the first free number of it.
async fn insert(db: &mut TenantConn, values: &ProductValues, explicit: bool) -> Result<i64> {
    if let Some(id) = query::insert(db, values).await? {
        return Ok(id);
    }
    if explicit {
        let taken = format!("Handle '{}' already in use. Please provide a new handle.", values.handle);
        return Err(refuse("handle", "TAKEN", taken).into());
    }
    let mut tried = 0;
    // Somebody may take the number between the question and the insert; then the next round knows.
    loop {
        let numbered = free_number(db, &values.handle, &mut tried).await?;
        if let Some(id) = query::insert(db, &ProductValues { handle: numbered, ..values.clone() }).await? {
            return Ok(id);
        }
    }
}

/// The first of `handle-1`, `handle-2`, … after `tried` that no product has. Asks for more of them each time.
async fn free_number(db: &mut TenantConn, handle: &str, tried: &mut u32) -> Result<String> {
    let base = Handle::parse(handle)?;
    let mut ask = 16;
    loop {
        let candidates: Vec<String> = (*tried + 1..=*tried + ask).map(|n| base.numbered(n).into()).collect();
        let taken = query::taken_handles(db, &candidates).await?;
        for candidate in candidates {
            *tried += 1;
            if !taken.contains(&candidate) {
                return Ok(candidate);
            }
        }
        ask = (ask * 4).min(4_096);
    }
}

/// Adds options with all their values; answers with id and name of each option's first value.
async fn add_options(
    db: &mut TenantConn,
    product: i64,
    options: &[(String, Vec<String>)],
) -> Result<Vec<(i64, String)>> {
    let names: Vec<String> = options.iter().map(|(name, _)| name.clone()).collect();
    let ids = query::add_options(db, product, &names, 0).await?;
    let mut values = vec![];
    for (id, (_, names)) in ids.iter().zip(options) {
        values.extend((1..).zip(names).map(|(position, name)| (*id, name.clone(), position)));
    }
    let added = query::add_values(db, &values).await?;
    let first = |(option, (_, names)): (&i64, &(String, Vec<String>))| {
        added
            .iter()
            .find(|(of, name, _)| of == option && Some(name) == names.first())
            .map(|(_, name, id)| (*id, name.clone()))
    };
    Ok(ids.iter().zip(options).filter_map(first).collect())
}
