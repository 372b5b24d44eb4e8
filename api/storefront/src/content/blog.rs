//! Blogs and what hangs off them: articles and authors.

use std::sync::Arc;

use mcom_kit::{Args, Cx, Error, Registry, connection::Paging};
use mcom_schema::id::BlogId;
use mcom_store::{
    articles,
    blogs::{self, BlogList, BlogRow, BlogSort},
    metafields::{Owner, OwnerKind},
};
use serde::Deserialize;

use super::{
    article::{self, Article, ArticleConnection, Author},
    seo, term,
};
use crate::{
    metafield::HasMetafields,
    seo::Seo,
    wanted::{ByHandle, Key, Wanted},
};

/// A blog.
pub struct Blog {
    it: Arc<BlogRow>,
    id: String,
    seo: Option<Seo>,
}

mcom_kit::record!(Blog as "Blog" {
    "handle" = it.values.handle,
    "id" = id,
    "seo" = seo,
    "title" = it.values.title,
});

mcom_kit::connection!(BlogConnection, BlogEdge of Blog as "BlogConnection" "BlogEdge");

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct ListArgs {
    #[serde(flatten)]
    paging: Paging,
    query: Option<String>,
    sort_key: Option<Sort>,
}

#[derive(Clone, Copy, Default, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
enum Sort {
    Handle,
    #[default]
    #[serde(alias = "RELEVANCE")]
    Id,
    Title,
}

pub(super) fn register(registry: &mut Registry) {
    registry.query("blog", blog).query("blogByHandle", blog_by_handle).query("blogs", list);
    let blog = registry.on::<Blog>().field("onlineStoreUrl", url).load("articles", articles_of);
    blog.load("articleByHandle", article_by_handle).load("authors", authors);
}

async fn blog(cx: &Cx, wanted: Wanted) -> Result<Option<Arc<Blog>>, Error> {
    match wanted.key(BlogId::KIND)? {
        Some(Key::Id(id)) => Ok(by_ids(cx, &[BlogId(id)]).await?.pop().flatten()),
        Some(Key::Handle(handle)) => blog_by_handle(cx, handle).await,
        None => Ok(None),
    }
}

async fn blog_by_handle(cx: &Cx, wanted: ByHandle) -> Result<Option<Arc<Blog>>, Error> {
    Ok(blogs::by_handle(cx, &wanted.handle).await?.map(Blog::of))
}

async fn list(cx: &Cx, args: ListArgs) -> Result<BlogConnection, Error> {
    let sort = match args.sort_key.unwrap_or_default() {
        Sort::Handle => BlogSort::Handle,
        Sort::Id => BlogSort::Id,
        Sort::Title => BlogSort::Title,
    };
    let filter = term::filter(cx, "blogs", &term::BLOGS, args.query.as_deref())?;
    let list = BlogList { sort, filter, page: args.paging.page()? };
    Ok(BlogConnection::of(blogs::page(cx, &list).await?.map(Blog::of)))
}

fn url(cx: &Cx, blog: &Blog, _: &Args) -> Result<String, Error> {
    Ok(cx.origin().absolute(&blog.path()))
}

async fn articles_of(cx: &Cx, blog: &Blog, args: article::ListArgs) -> Result<ArticleConnection, Error> {
    article::list(cx, Some(blog.it.id()), args).await
}

async fn article_by_handle(cx: &Cx, blog: &Blog, args: ByHandle) -> Result<Option<Arc<Article>>, Error> {
    Ok(articles::live_by_handle(cx, blog.it.id(), &args.handle).await?.map(Article::of))
}

async fn authors(cx: &Cx, blog: &Blog, _: Args) -> Result<Vec<Author>, Error> {
    Ok(articles::authors(cx, blog.it.id()).await?.iter().cloned().map(Author::of).collect())
}

/// The blogs with these ids, in their order.
pub(crate) async fn by_ids(cx: &Cx, ids: &[BlogId]) -> Result<Vec<Option<Arc<Blog>>>, Error> {
    Ok(blogs::by_ids(cx, ids).await?.into_iter().map(|found| found.map(Blog::of)).collect())
}

impl HasMetafields for Blog {
    fn owner(&self, _: &Cx) -> Owner {
        Owner { kind: OwnerKind::Blog, id: self.it.id }
    }
}

impl Blog {
    /// Shows a blog.
    pub(super) fn of(it: Arc<BlogRow>) -> Arc<Self> {
        let seo = seo(it.values.seo_title.as_ref(), it.values.seo_description.as_ref());
        Arc::new(Blog { id: it.id().gid(), seo, it })
    }

    /// Where it is in the store.
    pub(crate) fn path(&self) -> String {
        format!("/blogs/{}", self.it.values.handle)
    }
}
