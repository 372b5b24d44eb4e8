//! Pages.

use std::sync::Arc;

use mcom_kit::{Args, Cx, Error, Registry, connection::Paging};
use mcom_schema::{id::PageId, text::plain};
use mcom_store::{
    metafields::{Owner, OwnerKind},
    pages::{self, PageList, PageRow, PageSort},
};
use serde::Deserialize;

use super::{seo, term};
use crate::{
    metafield::HasMetafields,
    seo::Seo,
    wanted::{ByHandle, Key, Wanted},
};

/// As much of a page as its summary shows, in characters.
const SUMMARY: usize = 150;

/// A published page.
pub struct Page {
    it: Arc<PageRow>,
    id: String,
    summary: String,
    seo: Option<Seo>,
    /// How it was found, for whoever measures searches.
    tracking: Option<Arc<str>>,
}

mcom_kit::record!(Page as "Page" {
    "body" = it.values.body_html,
    "bodySummary" = summary,
    "createdAt" = it.created_at,
    "handle" = it.values.handle,
    "id" = id,
    "seo" = seo,
    "title" = it.values.title,
    "trackingParameters" => Page::tracking,
    "updatedAt" = it.updated_at,
});

mcom_kit::connection!(PageConnection, PageEdge of Page as "PageConnection" "PageEdge");

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
    #[default]
    Id,
    Relevance,
    Title,
    UpdatedAt,
}

pub(super) fn register(registry: &mut Registry) {
    registry.query("page", page).query("pageByHandle", page_by_handle).query("pages", list);
    registry.on::<Page>().field("onlineStoreUrl", url);
}

async fn page(cx: &Cx, wanted: Wanted) -> Result<Option<Arc<Page>>, Error> {
    match wanted.key(PageId::KIND)? {
        Some(Key::Id(id)) => Ok(by_ids(cx, &[PageId(id)]).await?.pop().flatten()),
        Some(Key::Handle(handle)) => page_by_handle(cx, handle).await,
        None => Ok(None),
    }
}

async fn page_by_handle(cx: &Cx, wanted: ByHandle) -> Result<Option<Arc<Page>>, Error> {
    Ok(pages::live_by_handle(cx, &wanted.handle).await?.map(Page::of))
}

async fn list(cx: &Cx, args: ListArgs) -> Result<PageConnection, Error> {
    let mut page = args.paging.page()?;
    let sort = match args.sort_key.unwrap_or_default() {
        Sort::Id => PageSort::Id,
        Sort::Relevance => {
            page.reverse = !page.reverse;
            PageSort::UpdatedAt
        }
        Sort::Title => PageSort::Title,
        Sort::UpdatedAt => PageSort::UpdatedAt,
    };
    let filter = term::filter(cx, "pages", &term::PAGES, args.query.as_deref())?;
    let list = PageList { sort, filter, page };
    Ok(PageConnection::of(pages::live_page(cx, &list).await?.map(Page::of)))
}

fn url(cx: &Cx, page: &Page, _: &Args) -> Result<String, Error> {
    Ok(cx.origin().absolute(&page.path()))
}

/// The published pages with these ids, in their order.
pub(crate) async fn by_ids(cx: &Cx, ids: &[PageId]) -> Result<Vec<Option<Arc<Page>>>, Error> {
    Ok(pages::live(cx, ids).await?.into_iter().map(|found| found.map(Page::of)).collect())
}

impl HasMetafields for Page {
    fn owner(&self, _: &Cx) -> Owner {
        Owner { kind: OwnerKind::Page, id: self.it.id }
    }
}

impl Page {
    fn of(it: Arc<PageRow>) -> Arc<Self> {
        Page::found(it, None)
    }

    /// Shows a page that a search found, with the parameters that its links carry so that the search can be measured.
    pub(crate) fn found(it: Arc<PageRow>, tracking: Option<Arc<str>>) -> Arc<Self> {
        let values = &it.values;
        let seo = seo(values.seo_title.as_ref(), values.seo_description.as_ref());
        let summary = plain(&values.body_html).chars().take(SUMMARY).collect();
        Arc::new(Page { id: it.id().gid(), summary, seo, tracking, it })
    }

    fn tracking(&self) -> Option<&str> {
        self.tracking.as_deref()
    }

    /// Where it is in the store.
    pub(crate) fn path(&self) -> String {
        format!("/pages/{}", self.it.values.handle)
    }
}
