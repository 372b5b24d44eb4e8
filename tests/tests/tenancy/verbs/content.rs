//! Attempts on what a merchant writes: pages, blogs with their articles and comments, menus, policies and redirects.

use mcom::apply::{self, Wish};
use mcom_catalog::redirects::{self, RedirectList};
use mcom_data::{Cx, page::PageArgs};
use mcom_schema::id::{ArticleId, BlogId, CommentId, MenuId, PageId, UrlRedirectId};
use mcom_store::{
    articles::{self, ArticleInput, ArticleList, ArticleSort, Author},
    blogs::{self, BlogInput, BlogList, BlogSort},
    menus::{self, MenuInput},
    pages::{self, PageInput, PageList, PageSort},
    policies::{self, PolicyKind},
    sitemap::{self, Written},
};

use super::{Attempt, changes, finds, stage::SECRET};

/// What the owner's texts are called; their handles are the secret.
pub(crate) struct Texts {
    pub(crate) page: PageId,
    blog: BlogId,
    article: ArticleId,
    comment: CommentId,
    menu: MenuId,
    redirect: UrlRedirectId,
}

/// Writes one of each.
pub(crate) async fn furnish(cx: &Cx) -> Texts {
    let article = format!(
        "{{ handle: {SECRET}, title: {SECRET}, author: {{ firstName: {SECRET} }}, tags: [{SECRET}], comments: [
            {{ author: {SECRET}, email: a@example.com, body: {SECRET}, createdAt: 2026-01-01T00:00:00Z }}] }}"
    );
    let text = format!(
        "policies: {{ refundPolicy: {SECRET} }}
pages: [{{ handle: {SECRET}, title: {SECRET} }}]
blogs: [{{ handle: {SECRET}, title: {SECRET}, articles: [{article}] }}]
redirects: [{{ path: /{SECRET}, target: /mug }}]
menus: [{{ handle: {SECRET}, title: {SECRET}, items: [{{ title: {SECRET}, link: 'page:{SECRET}' }}] }}]"
    );
    apply::apply(cx, &text, Wish::default()).await.unwrap().unwrap();
    let blog = blogs::by_handle(cx, SECRET).await.unwrap().unwrap().id();
    let article = articles::all(cx, blog).await.unwrap()[0].id();
    Texts {
        page: pages::all(cx).await.unwrap()[0].id(),
        blog,
        article,
        comment: CommentId(articles::comments(cx, article).await.unwrap()[0].id),
        menu: menus::all(cx).await.unwrap()[0].id,
        redirect: UrlRedirectId(
            redirects::all(cx).await.unwrap().iter().find(|it| it.target == "/mug").unwrap().id,
        ),
    }
}

fn first() -> PageArgs {
    PageArgs::first(50)
}

fn page() -> PageInput {
    PageInput { title: "Other".to_owned(), ..PageInput::default() }
}

fn blog() -> BlogInput {
    BlogInput { title: "Other".to_owned(), ..BlogInput::default() }
}

fn article() -> ArticleInput {
    let author = Author { first_name: "Ada".to_owned(), ..Author::default() };
    ArticleInput { title: "Other".to_owned(), author, ..ArticleInput::default() }
}

pub(super) fn finding() -> Vec<Attempt> {
    [pages_and_menus_found(), blogs_found()].into_iter().flatten().collect()
}

fn pages_and_menus_found() -> Vec<Attempt> {
    vec![
        finds!("store::sitemap::pages", |s| sitemap::pages(&s.cx, Written::Blogs).await?.count() > 0),
        finds!("store::sitemap::page", |s| {
            let page = sitemap::page(&s.cx, Written::Blogs, 1).await?.unwrap_or_default();
            page.entries.iter().any(|entry| entry.handle == SECRET)
        }),
        finds!("store::pages::live", |s| pages::live(&s.cx, &[s.of.texts.page]).await?[0].is_some()),
        finds!("store::pages::live_by_handle", |s| pages::live_by_handle(&s.cx, SECRET).await?.is_some()),
        finds!("store::pages::live_page", |s| {
            let list = PageList { sort: PageSort::Id, filter: None, page: first() };
            !pages::live_page(&s.cx, &list).await?.items.is_empty()
        }),
        finds!("store::pages::all", |s| !pages::all(&s.cx).await?.is_empty()),
        finds!("store::menus::all", |s| !menus::all(&s.cx).await?.is_empty()),
        finds!("store::policies::all", |s| !policies::all(&s.cx).await?.is_empty()),
        finds!("catalog::redirects::page", |s| {
            let list = RedirectList { path: Some(format!("/{SECRET}")), target: None, page: first() };
            !redirects::page(&s.cx, &list).await?.items.is_empty()
        }),
        finds!("catalog::redirects::by_ids", |s| {
            redirects::by_ids(&s.cx, &[s.of.texts.redirect]).await?[0].is_some()
        }),
        finds!("catalog::redirects::all", |s| {
            redirects::all(&s.cx).await?.iter().any(|redirect| redirect.path.contains(SECRET))
        }),
    ]
}

fn blogs_found() -> Vec<Attempt> {
    vec![
        finds!("store::blogs::by_ids", |s| blogs::by_ids(&s.cx, &[s.of.texts.blog]).await?[0].is_some()),
        finds!("store::blogs::by_handle", |s| blogs::by_handle(&s.cx, SECRET).await?.is_some()),
        finds!("store::blogs::page", |s| {
            let list = BlogList { sort: BlogSort::Id, filter: None, page: first() };
            !blogs::page(&s.cx, &list).await?.items.is_empty()
        }),
        finds!("store::blogs::all", |s| !blogs::all(&s.cx).await?.is_empty()),
        finds!("store::articles::live", |s| {
            articles::live(&s.cx, &[s.of.texts.article]).await?[0].is_some()
        }),
        finds!("store::articles::live_by_handle", |s| {
            articles::live_by_handle(&s.cx, s.of.texts.blog, SECRET).await?.is_some()
        }),
        finds!("store::articles::live_page", |s| {
            let blog = Some(s.of.texts.blog);
            let list = ArticleList { blog, sort: ArticleSort::Id, filter: None, page: first() };
            !articles::live_page(&s.cx, &list).await?.items.is_empty()
        }),
        finds!("store::articles::authors", |s| {
            !articles::authors(&s.cx, s.of.texts.blog).await?.is_empty()
        }),
        finds!("store::articles::all", |s| !articles::all(&s.cx, s.of.texts.blog).await?.is_empty()),
        finds!("store::articles::comments", |s| {
            !articles::comments(&s.cx, s.of.texts.article).await?.is_empty()
        }),
        finds!("store::articles::comments_page", |s| {
            !articles::comments_page(&s.cx, s.of.texts.article, &first()).await?.items.is_empty()
        }),
        finds!("store::articles::comments_by_ids", |s| {
            articles::comments_by_ids(&s.cx, &[s.of.texts.comment]).await?[0].is_some()
        }),
    ]
}

pub(super) fn changing() -> Vec<Attempt> {
    vec![
        changes!("store::pages::create", |s| pages::create(&s.cx, &page()).await),
        changes!("store::pages::update", |s| pages::update(
            &s.cx,
            s.of.texts.page,
            &PageInput { title: "Another".to_owned(), ..page() }
        )
        .await),
        changes!("store::pages::delete", |s| pages::delete(&s.cx, s.of.texts.page).await),
        changes!("store::blogs::create", |s| blogs::create(&s.cx, &blog()).await),
        changes!("store::blogs::update", |s| blogs::update(
            &s.cx,
            s.of.texts.blog,
            &BlogInput { title: "Another".to_owned(), ..blog() }
        )
        .await),
        changes!("store::articles::create", |s| {
            articles::create(&s.cx, s.of.texts.blog, &article()).await
        }),
        changes!("store::articles::update", |s| articles::update(
            &s.cx,
            s.of.texts.article,
            &ArticleInput { title: "Another".to_owned(), ..article() }
        )
        .await),
        changes!("store::articles::set_comments", |s| {
            articles::set_comments(&s.cx, s.of.texts.article, &[]).await
        }),
        changes!("store::articles::delete", |s| articles::delete(&s.cx, s.of.texts.article).await),
        changes!("store::blogs::delete", |s| blogs::delete(&s.cx, s.of.texts.blog).await),
        changes!("store::menus::put", |s| {
            let menu = MenuInput { handle: SECRET.to_owned(), title: "Other".to_owned(), items: vec![] };
            menus::put(&s.cx, &menu).await
        }),
        changes!("store::menus::delete", |s| menus::delete(&s.cx, s.of.texts.menu).await),
        changes!("store::policies::set", |s| {
            policies::set(&s.cx, PolicyKind::RefundPolicy, Some("Other")).await
        }),
        changes!("catalog::redirects::set", |s| {
            redirects::set(&s.cx, &format!("/{SECRET}"), Some("/other")).await
        }),
    ]
}
