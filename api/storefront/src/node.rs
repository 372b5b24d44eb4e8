//! Anything by its global id, one load for each type.

use std::sync::Arc;

use futures_util::future::try_join_all;
use mcom_kit::{Cx, Error, Record, Registry};
use mcom_schema::{
    Gid,
    id::{
        ArticleId, BlogId, CollectionId, CommentId, LocationId, MarketId, MediaId, MenuId, MenuItemId,
        MetafieldId, MetaobjectId, PageId, ProductId, ProductOptionId, ProductOptionValueId, ShopPolicyId,
        StoreId, UrlRedirectId, VariantId,
    },
    refuse,
};
use serde::Deserialize;

use crate::{buyer, collection, content, localization, location, media, metafield, product, shop::Shop};

type Node = Option<Arc<dyn Record>>;

/// Something found by its global id.
#[derive(Clone)]
pub(crate) struct Target {
    /// What it is.
    pub record: Arc<dyn Record>,
    /// Where it is in the store, if it has a page there.
    pub path: Option<String>,
}

#[derive(Deserialize)]
struct ById {
    id: String,
}

#[derive(Deserialize)]
struct ByIds {
    ids: Vec<String>,
}

pub(crate) fn register(registry: &mut Registry) {
    registry.query("node", node).query("nodes", nodes);
}

async fn node(cx: &Cx, args: ById) -> Result<Node, Error> {
    Ok(nodes(cx, ByIds { ids: vec![args.id] }).await?.pop().flatten())
}

async fn nodes(cx: &Cx, args: ByIds) -> Result<Vec<Node>, Error> {
    let mut found = by_gids(cx, &args.ids).await?;
    menus(cx, &args.ids, &mut found).await?;
    Ok(found.into_iter().map(|found| found.map(|found| found.record)).collect())
}

/// Looks up every id of a kind by one load, and says where in the store such a thing is.
macro_rules! look_up {
    ($cx:ident, $ids:ident, $found:ident: $($id:ident by $load:path, at $path:expr;)*) => {$(
        let (places, wanted) = of_kind($ids, $id::KIND, $id);
        if !wanted.is_empty() {
            // On the heap: the futures of all kinds side by side are half a stack.
            place($found, places, Box::pin($load($cx, &wanted)).await?, $path);
        }
    )*};
}

/// Looks up what is sold.
async fn goods(cx: &Cx, ids: &[Gid<'_>], found: &mut [Option<Target>]) -> Result<(), Error> {
    look_up! { cx, ids, found:
        ProductId by product::by_ids, at |it| Some(it.path());
        VariantId by product::variants_by_ids, at |_| None;
        CollectionId by collection::by_ids, at |it| Some(it.path());
        MediaId by product::media_by_ids, at |_| None;
        LocationId by location::by_ids, at |_| None;
        MarketId by localization::markets_by_ids, at |_| None;
        ProductOptionId by product::options_by_ids, at |_| None;
        ProductOptionValueId by product::option_values_by_ids, at |_| None;
    }
    Ok(())
}

/// Looks up what lies among the files of the store.
async fn files(cx: &Cx, ids: &[Gid<'_>], found: &mut [Option<Target>]) -> Result<(), Error> {
    let missing: Vec<usize> = (0..ids.len()).filter(|index| found[*index].is_none()).collect();
    let wanted: Vec<Gid<'_>> = missing.iter().map(|index| ids[*index]).collect();
    for (index, record) in missing.into_iter().zip(Box::pin(media::by_gids(cx, &wanted)).await?) {
        found[index] = record.map(|record| Target { record, path: None });
    }
    Ok(())
}

/// Looks up what is written.
async fn texts(cx: &Cx, ids: &[Gid<'_>], found: &mut [Option<Target>]) -> Result<(), Error> {
    look_up! { cx, ids, found:
        PageId by content::pages, at |it| Some(it.path());
        BlogId by content::blogs, at |it| Some(it.path());
        ArticleId by content::articles, at |it| Some(it.path());
        CommentId by content::comments, at |_| None;
        ShopPolicyId by content::policies, at |it| Some(it.path());
        UrlRedirectId by content::redirects, at |_| None;
        MetafieldId by metafield::by_ids, at |_| None;
        MetaobjectId by metafield::metaobjects, at |it| it.path();
    }
    Ok(())
}

/// Looks up menus and their items, apart from what they lead to.
async fn menus(cx: &Cx, gids: &[String], found: &mut [Option<Target>]) -> Result<(), Error> {
    let ids = &read_all(gids)?;
    look_up! { cx, ids, found:
        MenuId by content::menus, at |_| None;
        MenuItemId by content::menu_items, at |_| None;
    }
    Ok(())
}

/// What there is under these ids, in their order, each kind by one load; menus are not looked for.
///
/// # Errors
/// Refuses what is no id at all.
pub(crate) async fn by_gids(cx: &Cx, gids: &[String]) -> Result<Vec<Option<Target>>, Error> {
    let ids = read_all(gids)?;
    let mut found: Vec<Option<Target>> = vec![None; ids.len()];
    goods(cx, &ids, &mut found).await?;
    files(cx, &ids, &mut found).await?;
    texts(cx, &ids, &mut found).await?;
    // Side by side, so that loads of one kind are made together.
    let others = ids.iter().zip(gids).map(|(id, gid)| Box::pin(other(cx, id, gid)));
    for (place, record) in found.iter_mut().zip(try_join_all(others).await?) {
        if let Some(record) = record {
            *place = Some(Target { record, path: None });
        }
    }
    Ok(found)
}

/// What is neither sold nor written; none of other kinds.
async fn other(cx: &Cx, id: &Gid<'_>, gid: &str) -> Result<Node, Error> {
    match id.kind {
        StoreId::KIND => shop(cx, id).await,
        product::category::KIND => product::category::by_key(cx, id.key).await,
        kind => buyer::by_gid(cx, kind, gid).await,
    }
}

/// A store knows only itself.
async fn shop(cx: &Cx, id: &Gid<'_>) -> Result<Node, Error> {
    if id.number() != Some(cx.tenant().store().0) {
        return Ok(None);
    }
    Ok(Some(Arc::new(Shop::load(cx).await?)))
}

/// Where ids of a kind stand in the list, and their numbers.
fn of_kind<T>(ids: &[Gid<'_>], kind: &str, make: impl Fn(i64) -> T) -> (Vec<usize>, Vec<T>) {
    let numbered = ids.iter().enumerate().filter(|(_, id)| id.kind == kind);
    numbered.filter_map(|(index, id)| Some((index, make(id.number()?)))).unzip()
}

fn place<T: Record>(
    targets: &mut [Option<Target>],
    places: Vec<usize>,
    found: Vec<Option<Arc<T>>>,
    path: impl Fn(&T) -> Option<String>,
) {
    for (index, found) in places.into_iter().zip(found) {
        targets[index] = found.map(|it| Target { path: path(&it), record: it });
    }
}

/// Takes ids apart.
fn read_all(ids: &[String]) -> Result<Vec<Gid<'_>>, Error> {
    ids.iter().map(|id| read(id)).collect()
}

/// Takes an id apart.
fn read(id: &str) -> Result<Gid<'_>, Error> {
    Gid::parse(id).ok_or_else(|| refuse("id", "INVALID", format!("Invalid global id '{id}'")).into())
}

/// The number in an id of this kind, which may also be sent bare; none if it is of another kind.
///
/// # Errors
/// Refuses what is no id at all.
pub(crate) fn number(id: &str, kind: &str) -> Result<Option<i64>, Error> {
    let bare = Gid { kind, key: id, query: "" }.number();
    if bare.is_some() {
        return Ok(bare);
    }
    let id = read(id)?;
    Ok(if id.kind == kind { id.number() } else { None })
}

/// Puts what was found of the ids that are ids back into the places of all.
pub(crate) fn spread<I, T>(ids: &[Option<I>], found: Vec<Option<Arc<T>>>) -> Vec<Option<Arc<T>>> {
    let mut found = found.into_iter();
    ids.iter().map(|id| id.as_ref().and_then(|_| found.next().flatten())).collect()
}
