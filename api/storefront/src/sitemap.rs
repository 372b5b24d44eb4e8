//! The sitemap: what search engines shall know of the store.

use std::sync::Arc;

use chrono::{DateTime, Utc};
use mcom_catalog::sitemap::{self as goods, Listed};
use mcom_data::sitemap::{SitemapEntry, SitemapPage};
use mcom_kit::{Args, Cx, Error, Record, Registry};
use mcom_store::sitemap::{self as texts, MetaobjectEntry, MetaobjectsPage, Written};
use serde::Deserialize;

use crate::product::Count;

/// What a sitemap lists.
#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
enum Kind {
    Article,
    Blog,
    Collection,
    Metaobject,
    Page,
    Product,
}

/// The room that knows it.
enum Room {
    Goods(Listed),
    Texts(Written),
    Metaobjects,
}

/// The sitemap of one kind of things.
pub struct Sitemap(Kind);

mcom_kit::record!(Sitemap as "Sitemap" {});

/// A page of it.
pub struct Resources {
    has_next: bool,
    items: Vec<Arc<dyn Record>>,
}

mcom_kit::record!(Resources as "PaginatedSitemapResources" { "hasNextPage" = has_next, "items" = items });

/// Something on it.
pub struct Resource {
    handle: String,
    title: Option<String>,
    updated_at: DateTime<Utc>,
    image: Option<Arc<Image>>,
}

mcom_kit::record!(Resource as "SitemapResource" {
    "handle" = handle,
    "image" = image,
    "title" = title,
    "updatedAt" = updated_at,
});

/// A metaobject on it.
pub struct ResourceMetaobject {
    it: MetaobjectEntry,
}

mcom_kit::record!(ResourceMetaobject as "SitemapResourceMetaobject" {
    "handle" = it.handle,
    "onlineStoreUrlHandle" = it.url_handle,
    "type" = it.type_name,
    "updatedAt" = it.updated_at,
});

/// Its picture.
pub struct Image {
    alt: Option<String>,
    path: Option<String>,
    updated_at: DateTime<Utc>,
}

mcom_kit::record!(Image as "SitemapImage" { "alt" = alt, "filepath" = path, "updatedAt" = updated_at });

#[derive(Deserialize)]
struct OfKind {
    r#type: Kind,
}

#[derive(Deserialize)]
struct PageArgs {
    page: i64,
}

pub(crate) fn register(registry: &mut Registry) {
    registry.query("sitemap", sitemap);
    registry.record::<Resources>().record::<Resource>().record::<ResourceMetaobject>();
    registry.record::<Image>();
    registry.on::<Sitemap>().load("pagesCount", count).load("resources", resources);
}

async fn sitemap(_: &Cx, of: OfKind) -> Result<Arc<Sitemap>, Error> {
    Ok(Arc::new(Sitemap(of.r#type)))
}

async fn count(cx: &Cx, sitemap: &Sitemap, _: Args) -> Result<Option<Arc<Count>>, Error> {
    let pages = match sitemap.0.room() {
        Room::Goods(listed) => goods::pages(cx, listed).await?,
        Room::Texts(written) => texts::pages(cx, written).await?,
        Room::Metaobjects => texts::metaobject_pages(cx).await?,
    };
    Ok(Some(Arc::new(Count::exactly(pages.count()))))
}

async fn resources(cx: &Cx, sitemap: &Sitemap, args: PageArgs) -> Result<Option<Arc<Resources>>, Error> {
    Ok(match sitemap.0.room() {
        Room::Goods(listed) => goods::page(cx, listed, args.page).await?.map(Resources::of),
        Room::Texts(written) => texts::page(cx, written, args.page).await?.map(Resources::of),
        Room::Metaobjects => texts::metaobjects(cx, args.page).await?.map(Resources::of_metaobjects),
    })
}

impl Kind {
    fn room(self) -> Room {
        match self {
            Kind::Article => Room::Texts(Written::Articles),
            Kind::Blog => Room::Texts(Written::Blogs),
            Kind::Metaobject => Room::Metaobjects,
            Kind::Page => Room::Texts(Written::Pages),
            Kind::Collection => Room::Goods(Listed::Collections),
            Kind::Product => Room::Goods(Listed::Products),
        }
    }
}

impl Resources {
    fn of(page: SitemapPage) -> Arc<Self> {
        let items = page.entries.into_iter().map(|entry| Resource::of(entry) as Arc<dyn Record>).collect();
        Arc::new(Resources { has_next: page.has_next, items })
    }

    fn of_metaobjects(page: MetaobjectsPage) -> Arc<Self> {
        let item = |it: MetaobjectEntry| Arc::new(ResourceMetaobject { it }) as Arc<dyn Record>;
        let items = page.entries.into_iter().map(item).collect();
        Arc::new(Resources { has_next: page.has_next, items })
    }
}

impl Resource {
    fn of(entry: SitemapEntry) -> Arc<Self> {
        let SitemapEntry { handle, title, updated_at, image, image_alt: alt } = entry;
        // Pictures have no date of their own.
        let image = image.map(|path| Arc::new(Image { alt, path: Some(path), updated_at }));
        Arc::new(Resource { handle, title: Some(title), updated_at, image })
    }
}
