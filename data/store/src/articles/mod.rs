//! Articles: what is published in a blog, and what its readers say about it.

mod comments;
mod query;
mod row;
mod write;

use std::{collections::HashMap, sync::Arc};

use mcom_data::{
    Cx, Result,
    page::{Page, PageArgs},
};
use mcom_schema::{
    Scope,
    id::{ArticleId, BlogId},
};

use crate::{
    content::{self, Filter},
    translations,
};

pub use comments::{
    CommentInput, CommentRow, CommentStatus, comments, comments_by_ids, comments_page, set_comments,
};
pub use row::{Article, ArticleInput, ArticleRow, ArticleValues, Author};
pub use write::{create, delete, update};

/// What articles can be sorted by; equal ones are in the order of their ids.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum ArticleSort {
    /// In the order in which they were made.
    #[default]
    Id,
    /// By who wrote them.
    Author,
    /// By the name of their blog.
    BlogTitle,
    /// By when they were published.
    PublishedAt,
    /// By name.
    Title,
    /// By the last change.
    UpdatedAt,
}

/// Which articles, and in which order.
#[derive(Debug, Clone)]
pub struct ArticleList {
    /// Those of this blog only.
    pub blog: Option<BlogId>,
    /// The order.
    pub sort: ArticleSort,
    /// Only these; all if there is none.
    pub filter: Option<Filter>,
    /// Which part of the list.
    pub page: PageArgs,
}

/// The published ones among `ids`, in the order of `ids`. One statement, none for what is remembered.
///
/// # Errors
/// `Busy` or `Broken` if the database cannot be read.
pub async fn live(cx: &Cx, ids: &[ArticleId]) -> Result<Vec<Option<Arc<Article>>>> {
    let wanted: Vec<i64> = ids.iter().map(|id| id.0).collect();
    let read = async {
        let found = cx.read(async |db| query::by_ids(db, &wanted).await).await?;
        Ok(found.into_iter().map(|found| (found.row.id, Arc::new(found))).collect::<HashMap<_, _>>())
    };
    let known = content::remembered(cx, format!("articles by id {wanted:?}"), read).await?;
    let live =
        |id: &i64| known.get(id).filter(|found| content::is_out(found.row.values.published_at, cx.now()));
    translations::translated_each(cx, wanted.iter().map(|id| live(id).cloned()).collect()).await
}

/// The published article with this handle in a blog.
///
/// # Errors
/// `Busy` or `Broken` if the database cannot be read.
pub async fn live_by_handle(cx: &Cx, blog: BlogId, handle: &str) -> Result<Option<Arc<Article>>> {
    let read =
        async { Ok(cx.read(async |db| query::by_handle(db, blog.0, handle).await).await?.map(Arc::new)) };
    let known = content::remembered(cx, format!("article of {blog} at {handle}"), read).await?;
    let live = (*known).clone().filter(|found| content::is_out(found.row.values.published_at, cx.now()));
    Ok(translations::translated_each(cx, vec![live]).await?.pop().flatten())
}

/// One page of the published articles. Two statements, none for what is remembered.
///
/// # Errors
/// Refuses cursors of other lists; `Busy` or `Broken` if the database cannot be read.
pub async fn live_page(cx: &Cx, list: &ArticleList) -> Result<Page<Arc<Article>>> {
    let now = cx.now();
    let read = cx.read(async |db| query::page(db, list, now).await);
    let page = (*content::remembered(cx, format!("articles {list:?}"), read).await?).clone();
    translations::translated_page(cx, page).await
}

/// Who wrote the published articles of a blog, each once, by name.
///
/// # Errors
/// `Busy` or `Broken` if the database cannot be read.
pub async fn authors(cx: &Cx, blog: BlogId) -> Result<Arc<Vec<Author>>> {
    let now = cx.now();
    let read = cx.read(async |db| query::authors(db, blog.0, now).await);
    content::remembered(cx, format!("authors of {blog}"), read).await
}

/// Every article of a blog, published or not, by handle.
///
/// # Errors
/// `Forbidden` without `read_content`.
pub async fn all(cx: &Cx, blog: BlogId) -> Result<Vec<ArticleRow>> {
    cx.require(Scope::ReadContent)?;
    cx.read(async |db| query::all(db, blog.0).await).await
}
