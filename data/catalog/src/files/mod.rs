//! Files: what a store shows or offers beside the pictures of its products: logos, films, 3D models, documents.

mod content;
pub(crate) mod query;
mod row;
mod rule;
mod video;
mod write;

use std::{collections::HashMap, sync::Arc};

use mcom_data::{Cx, Result, load::Batch};
use mcom_schema::{
    Scope,
    id::{FileId, ProductId},
};

use crate::live::{self, Follows};

pub use content::{FileContent, FileDetails, ModelSource, Picture, Presentation, VideoHost, VideoSource};
pub use row::{File, FileInput, FileValues};
pub(crate) use rule::added;
pub use write::{delete, put};

/// What there is under these numbers, in the order of `ids`, whether or not the product that it belongs to is published. One statement,
/// none for what is remembered.
///
/// # Errors
/// `Busy` or `Broken` if the database cannot be read.
pub async fn live(cx: &Cx, ids: &[FileId]) -> Result<Vec<Option<Arc<File>>>> {
    let wanted: Vec<i64> = ids.iter().map(|id| id.0).collect();
    let read = async {
        let found = cx.read(async |db| query::by_ids(db, &wanted).await).await?;
        Ok(found.into_iter().map(|file| (file.id, Arc::new(file))).collect::<HashMap<_, _>>())
    };
    let known = live::remembered(cx, Follows::Files, format!("files {wanted:?}"), Box::pin(read)).await?;
    Ok(wanted.iter().map(|id| known.get(id).cloned()).collect())
}

/// Pictures with films and models at their places among them, counted from 1; what is beyond the end stands at the end.
pub fn among<T>(mut pictures: Vec<T>, films: impl IntoIterator<Item = (i32, T)>) -> Vec<T> {
    for (position, film) in films {
        let place = usize::try_from(position).unwrap_or_default().saturating_sub(1);
        pictures.insert(place.min(pictures.len()), film);
    }
    pictures
}

/// Everything that the merchant named, by handle.
///
/// # Errors
/// `Forbidden` without `read_content`.
pub async fn all(cx: &Cx) -> Result<Vec<File>> {
    cx.require(Scope::ReadContent)?;
    cx.read(async |db| query::named(db).await).await
}

/// What is shown among the pictures of products, in its order: `cx.load::<files::OfProduct>(id)`.
pub struct OfProduct;

impl Batch for OfProduct {
    type Key = ProductId;
    type Value = Arc<Vec<File>>;

    async fn load(cx: &Cx, keys: Vec<ProductId>) -> Result<HashMap<ProductId, Arc<Vec<File>>>> {
        cx.require(Scope::ReadProducts)?;
        let ids: Vec<i64> = keys.iter().map(|id| id.0).collect();
        let found = cx.read(async |db| query::of_products(db, &ids).await).await?;
        Ok(found.into_iter().map(|(id, files)| (ProductId(id), Arc::new(files))).collect())
    }
}

#[cfg(test)]
mod tests {
    use super::among;

    #[test]
    fn films_stand_at_their_places() {
        assert_eq!(among(vec!["a", "b"], [(1, "x"), (3, "y"), (9, "z")]), ["x", "a", "y", "b", "z"]);
        assert_eq!(among(vec![], [(2, "x")]), ["x"]);
    }
}
