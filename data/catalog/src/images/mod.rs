//! Images: pictures that lie elsewhere are fetched, kept by the hash of their content, and shown from here in any size.

mod examine;
mod format;
mod picture;
mod query;
mod rendition;
mod row;
mod shape;
mod shown;
mod workshop;

use std::{collections::BTreeMap, sync::Arc};

use mcom_data::{Cx, Result, cache::FairCache};
use mcom_schema::{
    Scope,
    id::{MediaId, ProductId},
};

use crate::products::{Settled, settle};

pub use examine::Examined;
pub use format::Format;
pub use picture::Unreadable;
pub use rendition::{Content, Rendition, Wish, rendition};
pub use row::StoredFile;
pub use shape::{Crop, Size};
pub use shown::SHOWN_AT;
pub(crate) use shown::address;
pub use workshop::{Workshop, look};

/// How many kept files are remembered; they never change.
const REMEMBERED: u64 = 100_000;

/// A product's picture that is not kept here yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Awaited {
    /// The picture.
    pub media: MediaId,
    /// Whose it is.
    pub product: ProductId,
    /// Where it is.
    pub url: String,
}

/// The files that were asked for lately.
pub(crate) struct Files(FairCache<Box<str>, Arc<StoredFile>>);

impl Files {
    pub(crate) fn new() -> Self {
        Files(FairCache::new(REMEMBERED))
    }
}

/// Pictures that are not kept yet, of some products: those that come after `after`, in the order of their ids. Empty at the end.
///
/// # Errors
/// `Forbidden` without `write_products`; `Busy` or `Broken` if the database cannot be read.
pub async fn awaited(cx: &Cx, after: ProductId) -> Result<BTreeMap<ProductId, Vec<Awaited>>> {
    cx.require(Scope::WriteProducts)?;
    let mut products: BTreeMap<ProductId, Vec<Awaited>> = BTreeMap::new();
    for picture in cx.read(async |db| query::awaited(db, after.0).await).await? {
        products.entry(picture.product).or_default().push(picture);
    }
    Ok(products)
}

/// How many pictures are not kept yet.
///
/// # Errors
/// As [`awaited`].
pub async fn count_awaited(cx: &Cx) -> Result<i64> {
    cx.require(Scope::WriteProducts)?;
    cx.read(async |db| query::count_awaited(db).await).await
}

/// Shows pictures of a product from what was kept of them. Those that changed their address meanwhile stay as they are.
///
/// # Errors
/// `Forbidden` without `write_products`; `NotFound` if the product is gone; `Busy` or `Broken` if the database cannot be written.
pub async fn attach(cx: &Cx, product: ProductId, kept: &[(Awaited, StoredFile)]) -> Result<()> {
    cx.require(Scope::WriteProducts)?;
    let now = cx.now();
    cx.write("image_attach", async |db| {
        query::lock(db, product.0).await?;
        let mut changed = false;
        for (picture, file) in kept {
            query::keep(db, file, now).await?;
            changed |= query::attach(db, picture, file).await?;
        }
        if changed { settle(cx, db, product.0, Settled::Updated).await } else { Ok(()) }
    })
    .await
}

/// Notes a file that lies in the object storage, so that it can be shown. It may be known already.
///
/// # Errors
/// `Forbidden` without `write_content`; `Busy` or `Broken` if the database cannot be written.
pub async fn keep(cx: &Cx, file: &StoredFile) -> Result<()> {
    cx.require(Scope::WriteContent)?;
    let now = cx.now();
    cx.write("image_keep", async |db| query::keep(db, file, now).await).await
}

/// The store's file with this hash.
///
/// # Errors
/// `Busy` or `Broken` if the database cannot be read.
pub async fn file(cx: &Cx, hash: &str) -> Result<Option<Arc<StoredFile>>> {
    let files = cx.shared::<Files>()?;
    let tenant = cx.tenant().id();
    if let Some(known) = files.0.get(tenant, hash) {
        return Ok(Some(known));
    }
    let found = cx.read(async |db| query::file(db, hash).await).await?.map(Arc::new);
    if let Some(file) = &found {
        files.0.put(tenant, hash.into(), file.clone(), 1);
    }
    Ok(found)
}
