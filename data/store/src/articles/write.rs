//! Making, changing and deleting an article.

use mcom_data::{Cx, Result};
use mcom_schema::{
    Scope,
    id::{ArticleId, BlogId},
};
use serde_json::json;

use super::{ArticleInput, query};
use crate::content;

/// Makes an article in a blog.
///
/// # Errors
/// `Forbidden` without `write_content`; refuses unknown blogs, blank titles and handles that are taken in this blog.
pub async fn create(cx: &Cx, blog: BlogId, input: &ArticleInput) -> Result<ArticleId> {
    cx.require(Scope::WriteContent)?;
    let values = input.checked()?;
    cx.write("article_create", async |db| {
        let id = query::insert(db, blog.0, &values, cx.now()).await?;
        let payload = json!({ "id": id, "blogId": blog, "handle": values.handle, "title": values.title });
        content::told(cx, db, "articles/create", ("article", id), &payload).await?;
        Ok(ArticleId(id))
    })
    .await
}

/// Makes an article what `input` says; it stays in its blog.
///
/// # Errors
/// `NotFound`, and what [`create`] answers.
pub async fn update(cx: &Cx, id: ArticleId, input: &ArticleInput) -> Result<()> {
    cx.require(Scope::WriteContent)?;
    let values = input.checked()?;
    cx.write("article_update", async |db| {
        query::update(db, id.0, &values, cx.now()).await?;
        let payload = json!({ "id": id, "handle": values.handle, "title": values.title });
        content::told(cx, db, "articles/update", ("article", id.0), &payload).await
    })
    .await
}

/// Deletes an article with its comments.
///
/// # Errors
/// `NotFound`, `Forbidden` without `write_content`.
pub async fn delete(cx: &Cx, id: ArticleId) -> Result<()> {
    cx.require(Scope::WriteContent)?;
    cx.write("article_delete", async |db| {
        query::delete(db, id.0).await?;
        content::told(cx, db, "articles/delete", ("article", id.0), &json!({ "id": id })).await
    })
    .await
}
