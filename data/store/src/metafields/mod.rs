//! Metafields: fields that a merchant adds to things, and what they hold.

mod definition;
mod filterable;
mod known;
mod load;
mod owner;
mod query;
mod row;
pub(crate) mod rule;
mod value;
mod write;

use std::{collections::HashMap, sync::Arc};

use mcom_data::{Cx, Result};
use mcom_schema::id::{MediaId, MetafieldId, ProductId};

use crate::content;

pub use definition::{define, definitions, redefine, undefine};
pub use filterable::filterable;
pub(crate) use known::Known;
pub use known::wanted_kinds;
pub use load::OfOwner;
pub use owner::{Owner, OwnerKind};
pub use row::{
    DefinitionInput, DefinitionRow, DefinitionValues, Kept, Metafield, MetafieldInput, MetafieldRow,
    MetafieldValues,
};
pub use value::{Referenced, ReferencedKind, Validation, ValueType};
pub use write::{delete, judge, set};

/// What buyers may read of these, in the order of `ids`. What belongs to a buyer is not looked at here: it is shown by its owner only.
/// One statement, none for what is remembered.
///
/// # Errors
/// `Busy` or `Broken` if the database cannot be read.
pub async fn live(cx: &Cx, ids: &[MetafieldId]) -> Result<Vec<Option<Arc<Metafield>>>> {
    let wanted: Vec<i64> = ids.iter().map(|id| id.0).collect();
    let read = async {
        let found = cx.read(async |db| query::public_by_ids(db, &wanted).await).await?;
        Ok(found.into_iter().map(|found| (found.row.id, Arc::new(found))).collect::<HashMap<_, _>>())
    };
    let known = content::remembered(cx, format!("metafields by id {wanted:?}"), Box::pin(read)).await?;
    let is_for_all = |found: &&Arc<Metafield>| !found.owner.kind.is_private();
    Ok(wanted.iter().map(|id| known.get(id).filter(is_for_all).cloned()).collect())
}

/// Everything that belongs to these owners, by namespace and key, for the merchant. One statement.
///
/// # Errors
/// `Forbidden` without the scope that reads such owners.
pub async fn of(cx: &Cx, owners: &[Owner]) -> Result<Vec<MetafieldRow>> {
    for owner in owners {
        cx.require(owner.kind.read_scope())?;
    }
    cx.read(async |db| query::of_owners(db, owners).await).await
}

/// To which products pictures belong that values refer to, in the order of `ids`. A picture never changes its product. One statement, none
/// for what is remembered.
///
/// # Errors
/// `Busy` or `Broken` if the database cannot be read.
pub async fn products_of_images(cx: &Cx, ids: &[MediaId]) -> Result<Vec<Option<ProductId>>> {
    let wanted: Vec<i64> = ids.iter().map(|id| id.0).collect();
    let read = cx.read(async |db| query::products_of_images(db, &wanted).await);
    let known = content::remembered(cx, format!("products of images {wanted:?}"), Box::pin(read)).await?;
    Ok(wanted.iter().map(|id| known.get(id).copied().map(ProductId)).collect())
}
