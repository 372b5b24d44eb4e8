//! Pages: texts of the store that stand by themselves, such as «About us».

mod query;
mod row;

use std::{collections::HashMap, sync::Arc};

use mcom_data::{
    Cx, Result,
    page::{Page, PageArgs},
};
use mcom_schema::{Scope, id::PageId};
use serde_json::json;

use crate::{
    content::{self, Filter},
    translations,
};

pub use row::{PageInput, PageRow, PageValues};

/// What pages can be sorted by; equal ones are in the order of their ids.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum PageSort {
    /// In the order in which they were made.
    #[default]
    Id,
    /// By name.
    Title,
    /// By the last change.
    UpdatedAt,
}

/// Which pages, and in which order.
#[derive(Debug, Clone)]
pub struct PageList {
    /// The order.
    pub sort: PageSort,
    /// Only these; all if there is none.
    pub filter: Option<Filter>,
    /// Which part of the list.
    pub page: PageArgs,
}

/// The published ones among `ids`, in the order of `ids`. One statement, none for what is remembered.
///
/// # Errors
/// `Busy` or `Broken` if the database cannot be read.
pub async fn live(cx: &Cx, ids: &[PageId]) -> Result<Vec<Option<Arc<PageRow>>>> {
    let wanted: Vec<i64> = ids.iter().map(|id| id.0).collect();
    let read = async {
        let rows = cx.read(async |db| query::by_ids(db, &wanted).await).await?;
        Ok(rows.into_iter().map(|row| (row.id, Arc::new(row))).collect::<HashMap<_, _>>())
    };
    let known = content::remembered(cx, format!("pages by id {wanted:?}"), read).await?;
    let live = |id: &i64| known.get(id).filter(|row| content::is_out(row.values.published_at, cx.now()));
    translations::translated_each(cx, wanted.iter().map(|id| live(id).cloned()).collect()).await
}

/// The published page with this handle.
///
/// # Errors
/// `Busy` or `Broken` if the database cannot be read.
pub async fn live_by_handle(cx: &Cx, handle: &str) -> Result<Option<Arc<PageRow>>> {
    let read = async { Ok(cx.read(async |db| query::by_handle(db, handle).await).await?.map(Arc::new)) };
    let known = content::remembered(cx, format!("page at {handle}"), read).await?;
    let live = (*known).clone().filter(|row| content::is_out(row.values.published_at, cx.now()));
    Ok(translations::translated_each(cx, vec![live]).await?.pop().flatten())
}

/// One page of the published pages. Two statements, none for what is remembered.
///
/// # Errors
/// Refuses cursors of other lists; `Busy` or `Broken` if the database cannot be read.
pub async fn live_page(cx: &Cx, list: &PageList) -> Result<Page<Arc<PageRow>>> {
    let now = cx.now();
    let read = cx.read(async |db| query::page(db, list, now).await);
    let page = (*content::remembered(cx, format!("pages {list:?}"), read).await?).clone();
    translations::translated_page(cx, page).await
}

/// Every page, published or not, by handle.
///
/// # Errors
/// `Forbidden` without `read_content`.
pub async fn all(cx: &Cx) -> Result<Vec<PageRow>> {
    cx.require(Scope::ReadContent)?;
    cx.read(async |db| query::all(db).await).await
}

/// Makes a page.
///
/// # Errors
/// `Forbidden` without `write_content`; refuses blank titles and taken handles.
pub async fn create(cx: &Cx, input: &PageInput) -> Result<PageId> {
    cx.require(Scope::WriteContent)?;
    let values = input.checked()?;
    cx.write("page_create", async |db| {
        let id = query::insert(db, &values, cx.now()).await?;
        let payload = json!({ "id": id, "handle": values.handle, "title": values.title });
        content::told(cx, db, "pages/create", ("page", id), &payload).await?;
        Ok(PageId(id))
    })
    .await
}

/// Makes a page what `input` says.
///
/// # Errors
/// `NotFound`, and what [`create`] answers.
pub async fn update(cx: &Cx, id: PageId, input: &PageInput) -> Result<()> {
    cx.require(Scope::WriteContent)?;
    let values = input.checked()?;
    cx.write("page_update", async |db| {
        query::update(db, id.0, &values, cx.now()).await?;
        let payload = json!({ "id": id, "handle": values.handle, "title": values.title });
        content::told(cx, db, "pages/update", ("page", id.0), &payload).await
    })
    .await
}

/// Deletes a page.
///
/// # Errors
/// `NotFound`, `Forbidden` without `write_content`.
pub async fn delete(cx: &Cx, id: PageId) -> Result<()> {
    cx.require(Scope::WriteContent)?;
    cx.write("page_delete", async |db| {
        query::delete(db, id.0).await?;
        content::told(cx, db, "pages/delete", ("page", id.0), &json!({ "id": id })).await
    })
    .await
}
