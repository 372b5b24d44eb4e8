//! Texts to be searched: what of the store's pages and articles buyers may read, all at once.

mod query;

use std::{any::Any, sync::Arc};

use mcom_data::{Cx, Result};

use crate::{articles::Article, content, pages::PageRow};

/// So many of each kind, the newest first, are searched: they are held in memory.
const MOST: i64 = 2_000;

/// Pages and articles that are published, now or at some time to come.
#[derive(Debug, Default)]
pub struct Texts {
    /// The newest first.
    pub pages: Vec<Arc<PageRow>>,
    /// The newest first.
    pub articles: Vec<Arc<Article>>,
}

/// What `make` prepares of the store's texts, made once and kept until one of them changes. `what` names it. Two statements, none for
/// what is remembered.
///
/// # Errors
/// `Busy` or `Broken` if the database cannot be read.
pub async fn prepared<T: Any + Send + Sync>(
    cx: &Cx,
    what: &str,
    make: impl FnOnce(Texts) -> T + Send,
) -> Result<Arc<T>> {
    let read = async {
        let pages = cx.read(async |db| query::pages(db, MOST).await).await?;
        let articles = cx.read(async |db| query::articles(db, MOST).await).await?;
        Ok(make(Texts { pages, articles }))
    };
    content::remembered(cx, format!("texts as {what}"), Box::pin(read)).await
}
