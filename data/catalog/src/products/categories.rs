//! The categories in which a store has products.

use std::{collections::HashMap, sync::Arc};

use mcom_data::{Cx, Result};

use super::{
    category::{Category, of_path},
    query,
};
use crate::live::{Follows, remembered};

/// The categories of published products and those that they are in, by key: each with those that it is in before it. One statement, none
/// if it is remembered.
///
/// # Errors
/// `Busy` or `Broken` if the database cannot be read.
pub async fn categories(cx: &Cx) -> Result<Arc<HashMap<String, Vec<Category>>>> {
    let read = async {
        let mut by_key = HashMap::new();
        for path in cx.read(async |db| query::categories(db).await).await? {
            let all = of_path(&path);
            for depth in 1..=all.len() {
                by_key.insert(all[depth - 1].key.clone(), all[..depth].to_vec());
            }
        }
        Ok(by_key)
    };
    remembered(cx, Follows::Everything, "categories".to_owned(), Box::pin(read)).await
}
