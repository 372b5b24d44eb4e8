//! Which bundles there are.

use std::collections::HashMap;

use mcom_data::{Cx, Result, load::Batch};
use mcom_schema::{Scope, id::VariantId};

use super::{Component, query};

/// A bundle as the merchant set it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bundle {
    /// The variant that is sold.
    pub variant: VariantId,
    /// Of what it consists, in the merchant's order; without those that were deleted.
    pub components: Vec<Component>,
    /// How many of its components were deleted.
    pub gaps: usize,
}

/// Every bundle of the store, by id.
///
/// # Errors
/// `Forbidden` without `read_products`; `Busy` or `Broken` if they cannot be read.
pub async fn all(cx: &Cx) -> Result<Vec<Bundle>> {
    cx.require(Scope::ReadProducts)?;
    let rows = cx.read(async |db| query::all(db).await).await?;
    Ok(gather(rows))
}

/// One after the other: rows of a bundle stand together.
pub(super) fn gather(rows: Vec<query::Row>) -> Vec<Bundle> {
    let mut bundles: Vec<Bundle> = vec![];
    for row in rows {
        let variant = VariantId(row.variant_id);
        if bundles.last().is_none_or(|last| last.variant != variant) {
            bundles.push(Bundle { variant, components: vec![], gaps: 0 });
        }
        let Some(last) = bundles.last_mut() else { continue };
        match row.component_id {
            Some(id) => {
                last.components.push(Component { variant_id: VariantId(id), quantity: row.quantity });
            }
            None => last.gaps += 1,
        }
    }
    bundles
}

/// The bundles that a variant is a component of, for whatever hangs off a list.
pub struct BundlesWith;

impl Batch for BundlesWith {
    type Key = VariantId;
    type Value = Vec<VariantId>;

    async fn load(cx: &Cx, keys: Vec<VariantId>) -> Result<HashMap<VariantId, Vec<VariantId>>> {
        let ids: Vec<i64> = keys.iter().map(|id| id.0).collect();
        let mut found: HashMap<VariantId, Vec<VariantId>> = HashMap::new();
        for (component, bundle) in cx.read(async |db| query::with(db, &ids).await).await? {
            found.entry(VariantId(component)).or_default().push(VariantId(bundle));
        }
        Ok(found)
    }
}
