//! Menus: lists of links, nested at most three deep.

mod query;
mod row;
mod write;

use std::sync::Arc;

use mcom_data::{Cx, Result};
use mcom_schema::{Scope, id::MenuId};
use serde_json::json;

use crate::{content, translations};

pub use row::{ItemTarget, Menu, MenuInput, MenuItem, MenuItemInput, MenuItemKind};

/// All menus of the store with their items, by handle. Two statements, none if they are remembered: a store has few menus, and
/// shows most of them on every page.
///
/// # Errors
/// `Busy` or `Broken` if the database cannot be read.
pub async fn all(cx: &Cx) -> Result<Vec<Arc<Menu>>> {
    let read = cx.read(async |db| query::all(db).await);
    let all = content::remembered(cx, "menus".to_owned(), read).await?;
    translations::translated(cx, (*all).clone()).await
}

/// Makes the menu with this handle what `input` says. Items keep their ids where they keep their place and title.
///
/// # Errors
/// `Forbidden` without `write_online_store_navigation`; refuses blank titles, items that lie too deep, and more than 500 of them.
pub async fn put(cx: &Cx, input: &MenuInput) -> Result<MenuId> {
    cx.require(Scope::WriteOnlineStoreNavigation)?;
    let title = content::title(&input.title)?;
    let handle = input.check()?;
    cx.write("menu_put", async |db| {
        let id = query::put(db, &handle, &title, cx.now()).await?;
        let there = query::items(db, Some(id)).await?;
        write::items(db, id, &there, &input.items).await?;
        let payload = json!({ "id": id, "handle": handle, "title": title });
        content::told(cx, db, "menus/update", ("menu", id), &payload).await?;
        Ok(MenuId(id))
    })
    .await
}

impl MenuInput {
    /// Looks at everything, and answers with the handle that the menu gets.
    ///
    /// # Errors
    /// Refuses what [`put`] refuses.
    pub fn check(&self) -> Result<String> {
        let title = content::title(&self.title)?;
        write::check(&self.items)?;
        Ok(content::handle(Some(&self.handle), &title)?)
    }
}

/// Deletes a menu.
///
/// # Errors
/// `NotFound`, `Forbidden` without `write_online_store_navigation`.
pub async fn delete(cx: &Cx, id: MenuId) -> Result<()> {
    cx.require(Scope::WriteOnlineStoreNavigation)?;
    cx.write("menu_delete", async |db| {
        query::delete(db, id.0).await?;
        content::told(cx, db, "menus/delete", ("menu", id.0), &json!({ "id": id })).await
    })
    .await
}
