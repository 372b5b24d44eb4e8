//! What buyers read of metafields, in batches: those of every owner of a list by one statement.

use std::{collections::HashMap, sync::Arc};

use mcom_data::{Cx, Result, load::Batch};

use super::{Metafield, Owner, query};
use crate::content;

/// What buyers may read of an owner's metafields, by namespace and key; owners without any are left out.
pub struct OfOwner;

impl Batch for OfOwner {
    type Key = Owner;
    type Value = Arc<Vec<Arc<Metafield>>>;

    async fn load(cx: &Cx, mut owners: Vec<Owner>) -> Result<HashMap<Owner, Self::Value>> {
        owners.sort_unstable();
        let read = async {
            let found = cx.read(async |db| query::public_of_owners(db, &owners).await).await?;
            let mut by_owner: HashMap<Owner, Vec<Arc<Metafield>>> = HashMap::new();
            for metafield in found {
                by_owner.entry(metafield.owner).or_default().push(Arc::new(metafield));
            }
            let shared = |(owner, found)| (owner, Arc::new(found));
            Ok(by_owner.into_iter().map(shared).collect::<HashMap<_, _>>())
        };
        let known = content::remembered(cx, format!("metafields of {owners:?}"), Box::pin(read)).await?;
        Ok((*known).clone())
    }
}
