//! Menus. What their items lead to is loaded with the menu, kind by kind, so that a menu costs the same however long it is.

use std::{collections::HashMap, sync::Arc};

use mcom_kit::{Args, Cx, Error, Record, Registry};
use mcom_schema::id::{MenuId, MenuItemId, gid};
use mcom_store::menus::{self, ItemTarget, MenuItemKind};

use crate::{
    node::{self, Target},
    wanted::ByHandle,
};

/// A menu.
pub struct Menu {
    it: Arc<menus::Menu>,
    id: String,
    items: Vec<Arc<MenuItem>>,
    count: i32,
}

mcom_kit::record!(Menu as "Menu" {
    "handle" = it.handle,
    "id" = id,
    "items" = items,
    "itemsCount" = count,
    "title" = it.title,
});

/// An entry of a menu.
pub struct MenuItem {
    id: String,
    title: String,
    kind: &'static str,
    tags: Vec<String>,
    resource: Option<Arc<dyn Record>>,
    resource_id: Option<String>,
    /// Anywhere, or a path of the store; none if what it leads to is gone.
    address: Option<String>,
    items: Vec<Arc<MenuItem>>,
}

mcom_kit::record!(MenuItem as "MenuItem" {
    "id" = id,
    "items" = items,
    "resource" => MenuItem::resource,
    "resourceId" = resource_id,
    "tags" = tags,
    "title" = title,
    "type" = kind,
});

pub(super) fn register(registry: &mut Registry) {
    registry.query("menu", menu);
    registry.on::<MenuItem>().field("url", url);
}

async fn menu(cx: &Cx, wanted: ByHandle) -> Result<Option<Arc<Menu>>, Error> {
    let all = menus::all(cx).await?;
    match all.iter().find(|menu| menu.handle == wanted.handle) {
        Some(menu) => Ok(Some(Menu::load(cx, menu).await?)),
        None => Ok(None),
    }
}

fn url(cx: &Cx, item: &MenuItem, _: &Args) -> Result<Option<String>, Error> {
    Ok(item.address.as_ref().map(|address| cx.origin().absolute(address)))
}

/// The menus with these ids, in their order.
pub(crate) async fn menus_by_ids(cx: &Cx, ids: &[MenuId]) -> Result<Vec<Option<Arc<Menu>>>, Error> {
    let all = menus::all(cx).await?;
    let mut found = Vec::with_capacity(ids.len());
    for id in ids {
        found.push(match all.iter().find(|menu| menu.id == *id) {
            Some(menu) => Some(Menu::load(cx, menu).await?),
            None => None,
        });
    }
    Ok(found)
}

/// The entries with these ids, in their order.
pub(crate) async fn items_by_ids(cx: &Cx, ids: &[MenuItemId]) -> Result<Vec<Option<Arc<MenuItem>>>, Error> {
    let all = menus::all(cx).await?;
    let mut by_id = HashMap::new();
    all.iter().for_each(|menu| gather(&menu.items, &mut by_id));
    let wanted: Vec<&menus::MenuItem> = ids.iter().filter_map(|id| by_id.get(id).copied()).collect();
    let targets = targets(cx, &wanted).await?;
    Ok(ids.iter().map(|id| by_id.get(id).map(|item| MenuItem::of(item, &targets))).collect())
}

fn gather<'m>(items: &'m [menus::MenuItem], by_id: &mut HashMap<MenuItemId, &'m menus::MenuItem>) {
    for item in items {
        by_id.insert(item.id, item);
        gather(&item.items, by_id);
    }
}

/// What items lead to, by global id.
type Targets = HashMap<String, Target>;

/// What these items and those under them lead to.
async fn targets(cx: &Cx, items: &[&menus::MenuItem]) -> Result<Targets, Error> {
    let mut ids = vec![];
    items.iter().for_each(|item| named(item, &mut ids));
    ids.sort_unstable();
    ids.dedup();
    let found = node::by_gids(cx, &ids).await?;
    Ok(ids.into_iter().zip(found).filter_map(|(id, found)| Some((id, found?))).collect())
}

fn named(item: &menus::MenuItem, ids: &mut Vec<String>) {
    ids.extend(global_id(&item.target));
    item.items.iter().for_each(|item| named(item, ids));
}

fn global_id(target: &ItemTarget) -> Option<String> {
    let ItemTarget::Thing(kind, id) = target else { return None };
    let name = match kind {
        MenuItemKind::Article => "Article",
        MenuItemKind::Blog => "Blog",
        MenuItemKind::Collection => "Collection",
        MenuItemKind::Metaobject => "Metaobject",
        MenuItemKind::Page => "Page",
        MenuItemKind::Product => "Product",
        MenuItemKind::ShopPolicy => "ShopPolicy",
        _ => return None,
    };
    Some(gid(name, id))
}

impl Menu {
    async fn load(cx: &Cx, it: &Arc<menus::Menu>) -> Result<Arc<Self>, Error> {
        let items: Vec<_> = it.items.iter().collect();
        // Menus are found by id too, and lead to what is found by id.
        let targets = Box::pin(targets(cx, &items)).await?;
        let items: Vec<_> = it.items.iter().map(|item| MenuItem::of(item, &targets)).collect();
        let count = i32::try_from(items.len()).unwrap_or(i32::MAX);
        Ok(Arc::new(Menu { id: it.id.gid(), items, count, it: it.clone() }))
    }
}

impl MenuItem {
    fn of(it: &menus::MenuItem, targets: &Targets) -> Arc<Self> {
        let resource_id = global_id(&it.target);
        let found = resource_id.as_ref().and_then(|id| targets.get(id));
        let address = match &it.target {
            ItemTarget::Place(kind) => kind.path().map(str::to_owned),
            ItemTarget::Thing(..) => found.and_then(|found| found.path.clone()),
            ItemTarget::Url(url) => Some(url.clone()),
        };
        Arc::new(MenuItem {
            id: it.id.gid(),
            title: it.title.clone(),
            kind: it.target.kind().name(),
            tags: it.tags.clone(),
            resource: found.map(|found| found.record.clone()),
            resource_id,
            address,
            items: it.items.iter().map(|item| MenuItem::of(item, targets)).collect(),
        })
    }

    fn resource(&self) -> Option<Arc<dyn Record>> {
        self.resource.clone()
    }
}
