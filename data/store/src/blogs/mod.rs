//! Blogs: what articles are gathered in.

mod query;
mod row;

use std::{collections::HashMap, sync::Arc};

use mcom_data::{
    Cx, Result,
    page::{Page, PageArgs},
};
use mcom_schema::{Scope, id::BlogId};
use serde_json::json;

use crate::{
    content::{self, Filter},
    translations,
};

pub use row::{BlogInput, BlogRow, BlogValues};

/// What blogs can be sorted by; equal ones are in the order of their ids.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum BlogSort {
    /// In the order in which they were made.
    #[default]
    Id,
    /// By address.
    Handle,
    /// By name.
    Title,
}

/// Which blogs, and in which order.
#[derive(Debug, Clone)]
pub struct BlogList {
    /// The order.
    pub sort: BlogSort,
    /// Only these; all if there is none.
    pub filter: Option<Filter>,
    /// Which part of the list.
    pub page: PageArgs,
}

/// The blogs with these ids, in their order. One statement, none for what is remembered.
///
/// # Errors
/// `Busy` or `Broken` if the database cannot be read.
pub async fn by_ids(cx: &Cx, ids: &[BlogId]) -> Result<Vec<Option<Arc<BlogRow>>>> {
    let wanted: Vec<i64> = ids.iter().map(|id| id.0).collect();
    let read = async {
        let rows = cx.read(async |db| query::by_ids(db, &wanted).await).await?;
        Ok(rows.into_iter().map(|row| (row.id, Arc::new(row))).collect::<HashMap<_, _>>())
    };
    let known = content::remembered(cx, format!("blogs by id {wanted:?}"), read).await?;
    translations::translated_each(cx, wanted.iter().map(|id| known.get(id).cloned()).collect()).await
}

/// The blog with this handle.
///
/// # Errors
/// `Busy` or `Broken` if the database cannot be read.
pub async fn by_handle(cx: &Cx, handle: &str) -> Result<Option<Arc<BlogRow>>> {
    let read = async { Ok(cx.read(async |db| query::by_handle(db, handle).await).await?.map(Arc::new)) };
    let known = content::remembered(cx, format!("blog at {handle}"), read).await?;
    Ok(translations::translated_each(cx, vec![(*known).clone()]).await?.pop().flatten())
}

/// One page of the blogs. Two statements, none for what is remembered.
///
/// # Errors
/// Refuses cursors of other lists; `Busy` or `Broken` if the database cannot be read.
pub async fn page(cx: &Cx, list: &BlogList) -> Result<Page<Arc<BlogRow>>> {
    let read = cx.read(async |db| query::page(db, list).await);
    let page = (*content::remembered(cx, format!("blogs {list:?}"), read).await?).clone();
    translations::translated_page(cx, page).await
}

/// Every blog, by handle.
///
/// # Errors
/// `Forbidden` without `read_content`.
pub async fn all(cx: &Cx) -> Result<Vec<BlogRow>> {
    cx.require(Scope::ReadContent)?;
    cx.read(async |db| query::all(db).await).await
}

/// Makes a blog.
///
/// # Errors
/// `Forbidden` without `write_content`; refuses blank titles and taken handles.
pub async fn create(cx: &Cx, input: &BlogInput) -> Result<BlogId> {
    cx.require(Scope::WriteContent)?;
    let values = input.checked()?;
    cx.write("blog_create", async |db| {
        let id = query::insert(db, &values, cx.now()).await?;
        let payload = json!({ "id": id, "handle": values.handle, "title": values.title });
        content::told(cx, db, "blogs/create", ("blog", id), &payload).await?;
        Ok(BlogId(id))
    })
    .await
}

/// Makes a blog what `input` says.
///
/// # Errors
/// `NotFound`, and what [`create`] answers.
pub async fn update(cx: &Cx, id: BlogId, input: &BlogInput) -> Result<()> {
    cx.require(Scope::WriteContent)?;
    let values = input.checked()?;
    cx.write("blog_update", async |db| {
        query::update(db, id.0, &values, cx.now()).await?;
        let payload = json!({ "id": id, "handle": values.handle, "title": values.title });
        content::told(cx, db, "blogs/update", ("blog", id.0), &payload).await
    })
    .await
}

/// Deletes a blog with its articles.
///
/// # Errors
/// `NotFound`, `Forbidden` without `write_content`.
pub async fn delete(cx: &Cx, id: BlogId) -> Result<()> {
    cx.require(Scope::WriteContent)?;
    cx.write("blog_delete", async |db| {
        query::delete(db, id.0).await?;
        content::told(cx, db, "blogs/delete", ("blog", id.0), &json!({ "id": id })).await
    })
    .await
}
