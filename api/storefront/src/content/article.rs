//! Articles.

use std::sync::Arc;

use mcom_kit::excerpt::{Length, excerpt};
use mcom_kit::{Args, Cx, Error, Registry, connection::Paging};
use mcom_schema::{
    id::{ArticleId, BlogId},
    text::plain,
};
use mcom_store::{
    articles::{self, ArticleList, ArticleSort},
    metafields::{Owner, OwnerKind},
};
use serde::Deserialize;

use super::{blog::Blog, comment, seo, term};
use crate::{image::Image, metafield::HasMetafields, node, seo::Seo};

/// A published article.
pub struct Article {
    it: Arc<articles::Article>,
    id: String,
    author: Arc<Author>,
    blog: Arc<Blog>,
    image: Option<Image>,
    seo: Option<Seo>,
    /// How it was found, for whoever measures searches.
    tracking: Option<Arc<str>>,
}

mcom_kit::record!(Article as "Article" {
    "author" = author,
    "authorV2" => Article::author,
    "blog" = blog,
    "contentHtml" = it.row.values.body_html,
    "excerptHtml" = it.row.values.excerpt_html,
    "handle" = it.row.values.handle,
    "id" = id,
    "image" = image,
    "publishedAt" => Article::published_at,
    "seo" = seo,
    "tags" = it.row.values.tags,
    "title" = it.row.values.title,
    "trackingParameters" => Article::tracking,
});

mcom_kit::connection!(ArticleConnection, ArticleEdge of Article as "ArticleConnection" "ArticleEdge");

/// Who wrote an article.
pub struct Author {
    it: articles::Author,
    name: String,
}

mcom_kit::record!(Author as "ArticleAuthor" {
    "bio" = it.bio,
    "email" = it.email,
    "firstName" = it.first_name,
    "lastName" = it.last_name,
    "name" = name,
});

#[derive(Deserialize)]
struct ById {
    id: String,
}

/// What every list of articles takes.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct ListArgs {
    #[serde(flatten)]
    paging: Paging,
    query: Option<String>,
    sort_key: Option<Sort>,
}

#[derive(Clone, Copy, Default, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
enum Sort {
    Author,
    BlogTitle,
    #[default]
    Id,
    PublishedAt,
    Relevance,
    Title,
    UpdatedAt,
}

pub(super) fn register(registry: &mut Registry) {
    registry.query("article", article).query("articles", all);
    let article = registry.on::<Article>().field("content", content).field("excerpt", excerpt_of);
    article.field("onlineStoreUrl", url).load("comments", comment::of_article);
}

async fn article(cx: &Cx, wanted: ById) -> Result<Option<Arc<Article>>, Error> {
    match node::number(&wanted.id, ArticleId::KIND)? {
        Some(id) => Ok(by_ids(cx, &[ArticleId(id)]).await?.pop().flatten()),
        None => Ok(None),
    }
}

async fn all(cx: &Cx, args: ListArgs) -> Result<ArticleConnection, Error> {
    list(cx, None, args).await
}

/// The articles of a blog or of all.
pub(super) async fn list(cx: &Cx, blog: Option<BlogId>, args: ListArgs) -> Result<ArticleConnection, Error> {
    let mut page = args.paging.page()?;
    let sort = match args.sort_key.unwrap_or_default() {
        Sort::Author => ArticleSort::Author,
        Sort::BlogTitle => ArticleSort::BlogTitle,
        Sort::Id => ArticleSort::Id,
        Sort::PublishedAt => ArticleSort::PublishedAt,
        Sort::Relevance => {
            page.reverse = !page.reverse;
            ArticleSort::PublishedAt
        }
        Sort::Title => ArticleSort::Title,
        Sort::UpdatedAt => ArticleSort::UpdatedAt,
    };
    let filter = term::filter(cx, "articles", &term::ARTICLES, args.query.as_deref())?;
    let list = ArticleList { blog, sort, filter, page };
    Ok(ArticleConnection::of(articles::live_page(cx, &list).await?.map(Article::of)))
}

fn content(_: &Cx, article: &Article, args: &Length) -> Result<String, Error> {
    Ok(excerpt(&plain(&article.it.row.values.body_html), args))
}

fn excerpt_of(_: &Cx, article: &Article, args: &Length) -> Result<Option<String>, Error> {
    Ok(article.it.row.values.excerpt_html.as_ref().map(|html| excerpt(&plain(html), args)))
}

fn url(cx: &Cx, article: &Article, _: &Args) -> Result<String, Error> {
    Ok(cx.origin().absolute(&article.path()))
}

/// The published articles with these ids, in their order.
pub(crate) async fn by_ids(cx: &Cx, ids: &[ArticleId]) -> Result<Vec<Option<Arc<Article>>>, Error> {
    Ok(articles::live(cx, ids).await?.into_iter().map(|found| found.map(Article::of)).collect())
}

impl HasMetafields for Article {
    fn owner(&self, _: &Cx) -> Owner {
        Owner { kind: OwnerKind::Article, id: self.number().0 }
    }
}

impl Article {
    /// Shows an article.
    pub(super) fn of(it: Arc<articles::Article>) -> Arc<Self> {
        Article::found(it, None)
    }

    /// Shows an article that a search found, with the parameters that its links carry so that the search can be measured.
    pub(crate) fn found(it: Arc<articles::Article>, tracking: Option<Arc<str>>) -> Arc<Self> {
        let values = &it.row.values;
        let image = values
            .image_url
            .as_ref()
            .map(|url| Image::at(url, values.image_alt.as_deref(), values.image_look()));
        let seo = seo(values.seo_title.as_ref(), values.seo_description.as_ref());
        let author = Arc::new(Author::of(it.author.clone()));
        let blog = Blog::of(Arc::new(it.blog.clone()));
        Arc::new(Article { id: it.row.id().gid(), author, blog, image, seo, tracking, it })
    }

    fn tracking(&self) -> Option<&str> {
        self.tracking.as_deref()
    }

    /// Where it is in the store.
    pub(crate) fn path(&self) -> String {
        format!("{}/{}", self.blog.path(), self.it.row.values.handle)
    }

    /// The article's number.
    pub(super) fn number(&self) -> ArticleId {
        self.it.row.id()
    }

    fn author(&self) -> Option<Arc<Author>> {
        Some(self.author.clone())
    }

    /// Only published ones are shown.
    fn published_at(&self) -> chrono::DateTime<chrono::Utc> {
        self.it.row.values.published_at.unwrap_or(self.it.row.created_at)
    }
}

impl Author {
    /// Shows an author.
    pub(super) fn of(it: articles::Author) -> Self {
        Author { name: it.name(), it }
    }
}
