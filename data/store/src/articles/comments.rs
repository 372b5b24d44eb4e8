//! Comments: what readers say about an article.

use std::{collections::HashMap, sync::Arc};

use chrono::{DateTime, Utc};
use diesel::{pg::Pg, prelude::*};
use mcom_data::{
    Cx, Result,
    page::{Page, PageArgs},
};
use mcom_schema::{
    Scope,
    id::{ArticleId, CommentId},
    refuse,
};
use mcom_tables::article_comments;
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::query;
use crate::content;

/// A comment.
#[derive(Debug, Clone, PartialEq, Queryable, Selectable)]
#[diesel(table_name = article_comments, check_for_backend(Pg))]
pub struct CommentRow {
    /// The comment's number.
    pub id: i64,
    /// The article's number.
    pub article_id: i64,
    /// Who wrote it.
    pub author_name: String,
    /// Where the author is reached.
    pub author_email: String,
    /// The text, HTML.
    pub body_html: String,
    /// A name of [`CommentStatus`].
    pub status: String,
    /// When it was written.
    pub created_at: DateTime<Utc>,
}

/// Whether a comment is shown.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum CommentStatus {
    /// Nobody has looked at it yet.
    Pending,
    /// Everybody sees it.
    #[default]
    Published,
    /// It is advertising.
    Spam,
    /// It was looked at and not let through.
    Unapproved,
}

impl CommentStatus {
    /// The name in the database.
    pub const fn name(self) -> &'static str {
        match self {
            CommentStatus::Pending => "PENDING",
            CommentStatus::Published => "PUBLISHED",
            CommentStatus::Spam => "SPAM",
            CommentStatus::Unapproved => "UNAPPROVED",
        }
    }
}

/// A comment as somebody tells it.
#[derive(Debug, Clone, PartialEq)]
pub struct CommentInput {
    /// Who wrote it.
    pub author: String,
    /// Where the author is reached.
    pub email: String,
    /// The text, HTML.
    pub body: String,
    /// Whether it is shown.
    pub status: CommentStatus,
    /// When it was written.
    pub created_at: DateTime<Utc>,
}

impl CommentInput {
    /// Whether this is what `row` holds.
    pub fn is(&self, row: &CommentRow) -> bool {
        (self.author.as_str(), self.email.as_str(), self.body.as_str())
            == (row.author_name.as_str(), row.author_email.as_str(), row.body_html.as_str())
            && (self.status.name(), self.created_at) == (row.status.as_str(), row.created_at)
    }

    /// Looks at everything.
    ///
    /// # Errors
    /// Refuses comments without author, address or text.
    pub fn check(&self) -> Result<()> {
        if self.author.trim().is_empty() || self.body.trim().is_empty() {
            return Err(refuse("", "BLANK", "A comment needs an author and a body").into());
        }
        if !self.email.contains('@') {
            return Err(refuse("email", "INVALID", "A comment needs the author's e-mail address").into());
        }
        Ok(())
    }
}

/// The published ones among these comments, in the order of `ids`.
///
/// # Errors
/// `Busy` or `Broken` if the database cannot be read.
pub async fn comments_by_ids(cx: &Cx, ids: &[CommentId]) -> Result<Vec<Option<Arc<CommentRow>>>> {
    let wanted: Vec<i64> = ids.iter().map(|id| id.0).collect();
    let now = cx.now();
    let rows = cx.read(async |db| query::comments_by_ids(db, &wanted, now).await).await?;
    let known: HashMap<i64, Arc<CommentRow>> = rows.into_iter().map(|row| (row.id, Arc::new(row))).collect();
    Ok(wanted.iter().map(|id| known.get(id).cloned()).collect())
}

/// One page of an article's published comments, in the order in which they were made.
///
/// # Errors
/// Refuses cursors of other lists; `Busy` or `Broken` if the database cannot be read.
pub async fn comments_page(cx: &Cx, article: ArticleId, args: &PageArgs) -> Result<Page<Arc<CommentRow>>> {
    let read = cx.read(async |db| query::comments_page(db, article.0, args).await);
    Ok((*content::remembered(cx, format!("comments of {article} {args:?}"), read).await?).clone())
}

/// All comments of an article, published or not, in the order in which they were made.
///
/// # Errors
/// `Forbidden` without `read_content`.
pub async fn comments(cx: &Cx, article: ArticleId) -> Result<Vec<CommentRow>> {
    cx.require(Scope::ReadContent)?;
    cx.read(async |db| query::comments(db, article.0).await).await
}

/// Makes these the comments of an article; those that are the same already stay.
///
/// # Errors
/// `NotFound`, `Forbidden` without `write_content`; refuses comments without author, address or text.
pub async fn set_comments(cx: &Cx, article: ArticleId, inputs: &[CommentInput]) -> Result<()> {
    cx.require(Scope::WriteContent)?;
    inputs.iter().try_for_each(CommentInput::check)?;
    cx.write("article_comments_set", async |db| {
        let there = query::comments_lock(db, article.0).await?;
        let gone: Vec<i64> =
            there.iter().filter(|row| !inputs.iter().any(|input| input.is(row))).map(|row| row.id).collect();
        query::comments_delete(db, &gone).await?;
        for input in inputs.iter().filter(|input| !there.iter().any(|row| input.is(row))) {
            query::comment_insert(db, article.0, input).await?;
        }
        let payload = json!({ "articleId": article, "comments": inputs.len() });
        content::told(cx, db, "comments/update", ("article", article.0), &payload).await
    })
    .await
}
