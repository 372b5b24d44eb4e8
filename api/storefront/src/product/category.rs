//! Categories: where a product stands in the taxonomy that its merchant follows.

use std::sync::Arc;

use mcom_catalog::products::{
    self,
    category::{self, Category},
};
use mcom_kit::{Cx, Error, Record};
use mcom_schema::id::gid;

use super::Product;

/// The type name in ids.
pub(crate) const KIND: &str = "TaxonomyCategory";

/// A category, with those that it is in.
pub struct TaxonomyCategory {
    id: String,
    name: String,
    ancestors: Vec<TaxonomyCategory>,
}

mcom_kit::record!(TaxonomyCategory as "TaxonomyCategory" {
    "ancestors" = ancestors,
    "id" = id,
    "name" = name,
});

/// The public form of a category's key.
pub(crate) fn id(key: &str) -> String {
    gid(KIND, key)
}

/// What a category is known by, read from its id; whatever is no id is known by nothing.
pub(crate) fn key(id: &str) -> String {
    let key = mcom_schema::Gid::parse(id).filter(|id| id.kind == KIND).map(|id| id.key);
    key.unwrap_or_default().to_owned()
}

/// The category with this key, if there are products in it.
pub(crate) async fn by_key(cx: &Cx, key: &str) -> Result<Option<Arc<dyn Record>>, Error> {
    let all = products::categories(cx).await?;
    let found = all.get(key).and_then(|path| TaxonomyCategory::of(path));
    Ok(found.map(|category| Arc::new(category) as Arc<dyn Record>))
}

impl TaxonomyCategory {
    /// The last of these, in the others.
    fn of(path: &[Category]) -> Option<Self> {
        let (own, general) = path.split_last()?;
        let ancestors = (1..=general.len()).rev().filter_map(|depth| TaxonomyCategory::of(&general[..depth]));
        Some(TaxonomyCategory { id: id(&own.key), name: own.name.clone(), ancestors: ancestors.collect() })
    }
}

impl Product {
    pub(super) fn category(&self) -> Option<TaxonomyCategory> {
        TaxonomyCategory::of(&category::of_path(self.face.document.category.as_deref()?))
    }
}
