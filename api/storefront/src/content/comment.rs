//! What readers say about articles.

use std::sync::Arc;

use mcom_kit::excerpt::{Length, excerpt};
use mcom_kit::{Cx, Error, Registry, connection::Paging};
use mcom_schema::{id::CommentId, text::plain};
use mcom_store::articles::{self, CommentRow};

use super::article::Article;

/// A published comment.
pub struct Comment {
    it: Arc<CommentRow>,
    id: String,
    author: Author,
}

mcom_kit::record!(Comment as "Comment" { "author" = author, "contentHtml" = it.body_html, "id" = id });

mcom_kit::connection!(CommentConnection, CommentEdge of Comment as "CommentConnection" "CommentEdge");

/// Who wrote a comment.
pub struct Author {
    name: String,
    email: String,
}

mcom_kit::record!(Author as "CommentAuthor" { "email" = email, "name" = name });

pub(super) fn register(registry: &mut Registry) {
    registry.on::<Comment>().field("content", content);
}

fn content(_: &Cx, comment: &Comment, args: &Length) -> Result<String, Error> {
    Ok(excerpt(&plain(&comment.it.body_html), args))
}

/// The comments of an article.
pub(super) async fn of_article(
    cx: &Cx,
    article: &Article,
    paging: Paging,
) -> Result<CommentConnection, Error> {
    let page = articles::comments_page(cx, article.number(), &paging.page()?).await?;
    Ok(CommentConnection::of(page.map(Comment::of)))
}

/// The published comments with these ids, in their order.
pub(crate) async fn by_ids(cx: &Cx, ids: &[CommentId]) -> Result<Vec<Option<Arc<Comment>>>, Error> {
    let found = articles::comments_by_ids(cx, ids).await?;
    Ok(found.into_iter().map(|found| found.map(Comment::of)).collect())
}

impl Comment {
    fn of(it: Arc<CommentRow>) -> Arc<Self> {
        let author = Author { name: it.author_name.clone(), email: it.author_email.clone() };
        Arc::new(Comment { id: CommentId(it.id).gid(), author, it })
    }
}
