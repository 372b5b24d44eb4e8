//! Fields by which buyers narrow products down.

use std::sync::Arc;

use mcom_data::{Cx, Result};

use super::{DefinitionValues, OwnerKind, query};
use crate::content;

/// The definitions of fields by which buyers may narrow products down, of products and of variants. One statement, none for what is
/// remembered.
///
/// # Errors
/// `Busy` or `Broken` if the database cannot be read.
pub async fn filterable(cx: &Cx) -> Result<Arc<Vec<DefinitionValues>>> {
    let read = async {
        let owners = [OwnerKind::Product.name(), OwnerKind::Variant.name()];
        let found = cx.read(async |db| query::definitions(db, &owners).await).await?;
        let shown = found.into_iter().map(|row| row.values);
        Ok(shown.filter(|values| values.is_filterable && values.is_public).collect::<Vec<_>>())
    };
    content::remembered(cx, "filterable metafields".to_owned(), Box::pin(read)).await
}
