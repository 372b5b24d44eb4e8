//! Targets: the things that metafields belong to, and that they refer to, as a store file names them.

use mcom_catalog::{files, products, variants};
use mcom_data::{Result, page::PageArgs};
use mcom_sales::{
    customers,
    orders::{self, OrderFilter, OrderList, OrderSort, OrderTerm},
};
use mcom_schema::{
    Gid,
    id::{
        ArticleId, BlogId, CollectionId, CustomerId, LARGEST, LocationId, MarketId, MediaId, MetaobjectId,
        OrderId, PageId, ProductId, VariantId, gid,
    },
};
use mcom_store::{
    locations, markets,
    menus::{ItemTarget, MenuItemKind},
    metafields::Owner,
    metaobjects,
};

use super::{
    link::{self, Found, Link},
    run::Run,
    section::files::content,
};

/// Something that a file names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Target {
    /// Its global id; of what is only planned, one that nothing has.
    pub gid: String,
    /// Whether the file is about to make it.
    pub is_planned: bool,
}

impl Target {
    /// The number that nothing has.
    const PLANNED: i64 = LARGEST;

    fn there(kind: &str, number: i64) -> Self {
        Target { gid: gid(kind, number), is_planned: false }
    }

    fn planned(kind: &str) -> Self {
        Target { gid: gid(kind, Target::PLANNED), is_planned: true }
    }

    /// As something that metafields belong to.
    pub(super) fn owner(&self) -> Option<Owner> {
        Owner::parse(&self.gid)
    }
}

/// The kind and the name in `metaobject:maker/ada`.
pub(super) fn metaobject(text: &str) -> Option<(&str, &str)> {
    text.strip_prefix("metaobject:")?.split_once('/')
}

/// Looks up what a text names: in the store, and in what the file is about to make.
pub(super) async fn find(run: &Run<'_>, text: &str) -> Result<Option<Target>> {
    if text == "shop" {
        return Ok(Some(Target { gid: Owner::shop(run.cx).gid(), is_planned: false }));
    }
    let Some((kind, name)) = text.split_once(':') else { return Ok(None) };
    let (link, kind) = match kind {
        "article" => (MenuItemKind::Article, ArticleId::KIND),
        "blog" => (MenuItemKind::Blog, BlogId::KIND),
        "collection" => (MenuItemKind::Collection, CollectionId::KIND),
        "page" => (MenuItemKind::Page, PageId::KIND),
        "product" => (MenuItemKind::Product, ProductId::KIND),
        "customer" => {
            let found = customers::by_email(run.cx, name).await?;
            return Ok(found.map(|id| Target::there(CustomerId::KIND, id.0)));
        }
        "location" => return location(run, name).await,
        "market" => return market(run, name).await,
        "order" => return order(run, name).await,
        "variant" => return variant(run, name).await,
        "image" => return image(run, name).await,
        "file" => return file(run, name).await,
        "metaobject" => return made_up(run, text).await,
        _ => return Ok(None),
    };
    Ok(match link::find(run, Link { kind: link, name }).await? {
        Found::There(ItemTarget::Thing(_, number)) => Some(Target::there(kind, number)),
        Found::Planned => Some(Target::planned(kind)),
        Found::There(_) | Found::Nowhere => None,
    })
}

/// `uk`.
async fn market(run: &Run<'_>, name: &str) -> Result<Option<Target>> {
    let there = markets::all(run.cx).await?;
    if let Some(market) = there.iter().find(|market| market.handle == name) {
        return Ok(Some(Target::there(MarketId::KIND, market.id.0)));
    }
    let mut planned = run.file.markets.iter().flatten();
    let is_planned = run.wish.dry_run && planned.any(|market| market.handle == name);
    Ok(is_planned.then(|| Target::planned(MarketId::KIND)))
}

/// `Workshop`.
async fn location(run: &Run<'_>, name: &str) -> Result<Option<Target>> {
    let all = locations::all(run.cx).await?;
    if let Some(found) = all.iter().find(|it| it.name == name) {
        return Ok(Some(Target::there(LocationId::KIND, found.id.0)));
    }
    let is_planned = run.wish.dry_run && run.file.locations.iter().flatten().any(|it| it.name == name);
    Ok(is_planned.then(|| Target::planned(LocationId::KIND)))
}

/// `#1001`.
async fn order(run: &Run<'_>, name: &str) -> Result<Option<Target>> {
    let filter = Some(OrderFilter::Is(OrderTerm::Name(name.to_owned())));
    let list = OrderList { sort: OrderSort::Id, filter, page: PageArgs::first(1) };
    let found = orders::page(run.cx, &list).await?.items.into_iter().next();
    Ok(found.map(|(_, order)| Target::there(OrderId::KIND, order.id.0)))
}

/// `red-mug/SKU-1`.
async fn variant(run: &Run<'_>, name: &str) -> Result<Option<Target>> {
    let Some((handle, sku)) = name.split_once('/') else { return Ok(None) };
    let Some(product) = products::by_handle(run.cx, handle).await? else { return Ok(None) };
    let mut page = PageArgs::first(250);
    loop {
        let part = variants::of_product(run.cx, product.row.id(), &page).await?;
        let found = part.items.iter().find(|(_, variant)| variant.row.sku.as_deref() == Some(sku));
        if let Some((_, variant)) = found {
            return Ok(Some(Target::there(VariantId::KIND, variant.row.id().0)));
        }
        page.cursor = part.items.last().map(|(cursor, _)| cursor.clone());
        if !part.has_next {
            return Ok(None);
        }
    }
}

/// `red-mug/2`.
async fn image(run: &Run<'_>, name: &str) -> Result<Option<Target>> {
    let Some((handle, place)) = name.split_once('/') else { return Ok(None) };
    let Some(product) = products::by_handle(run.cx, handle).await? else { return Ok(None) };
    let index = place.parse::<usize>().ok().and_then(|place| place.checked_sub(1));
    let media = index.and_then(|index| product.media.get(index));
    Ok(media.map(|media| Target::there(MediaId::KIND, media.id)))
}

/// `logo`.
async fn file(run: &Run<'_>, handle: &str) -> Result<Option<Target>> {
    let all = files::all(run.cx).await?;
    if let Some(file) = all.iter().find(|file| file.handle.as_deref() == Some(handle)) {
        return Ok(Some(Target { gid: file.gid(), is_planned: false }));
    }
    let planned = run.file.files.iter().flatten().find(|file| file.handle == handle);
    let content = planned.filter(|_| run.wish.dry_run).and_then(content);
    Ok(content.map(|content| Target::planned(content.type_name())))
}

/// `metaobject:maker/ada`.
async fn made_up(run: &Run<'_>, text: &str) -> Result<Option<Target>> {
    let Some((type_name, handle)) = metaobject(text) else { return Ok(None) };
    if let Some(id) = metaobject_id(run, &format!("{type_name}/{handle}")).await? {
        return Ok(Some(Target::there(MetaobjectId::KIND, id)));
    }
    let mut planned = run.file.metaobjects.iter().flatten();
    let is_planned = run.wish.dry_run && planned.any(|it| it.r#type == type_name && it.handle == handle);
    Ok(is_planned.then(|| Target::planned(MetaobjectId::KIND)))
}

/// The number of `maker/ada`, if it is there.
pub(super) async fn metaobject_id(run: &Run<'_>, name: &str) -> Result<Option<i64>> {
    let Some((type_name, handle)) = name.split_once('/') else { return Ok(None) };
    let definitions = metaobjects::definitions(run.cx).await?;
    let Some(definition) = definitions.iter().find(|row| row.values.type_name == type_name) else {
        return Ok(None);
    };
    let all = metaobjects::all(run.cx, definition.id()).await?;
    Ok(all.iter().find(|row| row.values.handle == handle).map(|row| row.id))
}

/// Whether a text is a global id, which a file does not use: another store has others.
pub(super) fn is_gid(text: &str) -> bool {
    Gid::parse(text).is_some()
}
