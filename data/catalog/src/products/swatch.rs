//! What stands for values of options in filters over many products: the same for all products that have a value of this name.

use std::{collections::HashMap, sync::Arc};

use mcom_data::{Cx, Result};

use super::query;
use crate::{
    DocumentMedia,
    live::{Follows, remembered},
};

/// What stands for a value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ValueSwatch {
    /// `#RRGGBB`
    pub color: Option<String>,
    /// A picture of a product with this value.
    pub picture: Option<DocumentMedia>,
}

/// What stands for values, by option and value, as it was first said of a published product. One statement, none if it is remembered.
///
/// # Errors
/// `Busy` or `Broken` if the database cannot be read.
pub async fn swatches(cx: &Cx) -> Result<Arc<HashMap<(String, String), ValueSwatch>>> {
    let read = async {
        let found = cx.read(async |db| query::swatches(db).await).await?;
        Ok(found.into_iter().collect::<HashMap<_, _>>())
    };
    remembered(cx, Follows::Everything, "swatches".to_owned(), Box::pin(read)).await
}
