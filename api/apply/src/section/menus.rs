//! Menus.

use mcom_data::Result;
use mcom_store::menus::{self, ItemTarget, Menu, MenuInput, MenuItem, MenuItemInput};

use crate::{
    file,
    link::{self, Found},
    run::{Action, Run},
};

pub(crate) async fn apply(run: &mut Run<'_>) -> Result<()> {
    let Some(section) = &run.file.menus else { return Ok(()) };
    run.named_once("menus", section.iter().map(|menu| menu.handle.as_str()));
    let there = menus::all(run.cx).await?;
    for (index, menu) in section.iter().enumerate() {
        let before = there.iter().find(|row| row.handle == menu.handle);
        put(run, &format!("menus.{index}"), menu, before.map(|row| &**row)).await?;
    }
    for row in there.iter().filter(|row| !section.iter().any(|menu| menu.handle == row.handle)) {
        if run.passes("menu", &row.handle) {
            menus::delete(run.cx, row.id).await?;
        }
    }
    Ok(())
}

async fn put(run: &mut Run<'_>, path: &str, menu: &file::Menu, before: Option<&Menu>) -> Result<()> {
    let Some(items) = items(run, path, &menu.items).await? else { return Ok(()) };
    let input = MenuInput { handle: menu.handle.clone(), title: menu.title.clone(), items };
    let Some(handle) = run.heed(path, input.check())? else { return Ok(()) };
    if handle != menu.handle {
        run.fault(&format!("{path}.handle"), format!("a handle is written like «{handle}»"));
        return Ok(());
    }
    let same = |row: &Menu| {
        let there: Vec<MenuItemInput> = row.items.iter().map(MenuItem::input).collect();
        row.title == input.title && there == input.items
    };
    let does = match before {
        Some(row) if same(row) => {
            run.keeps();
            false
        }
        Some(_) => run.does(Action::Update, "menu", &menu.handle),
        None => run.does(Action::Create, "menu", &menu.handle),
    };
    if does {
        let done = menus::put(run.cx, &input).await;
        run.heed(path, done)?;
    }
    Ok(())
}

/// The entries with what they lead to; none if one of them leads nowhere.
async fn items(
    run: &mut Run<'_>,
    path: &str,
    section: &[file::MenuItem],
) -> Result<Option<Vec<MenuItemInput>>> {
    let mut items = Vec::with_capacity(section.len());
    for (index, item) in section.iter().enumerate() {
        let path = format!("{path}.items.{index}");
        let target = target(run, &path, &item.link).await?;
        let below = Box::pin(self::items(run, &path, &item.items)).await?;
        if let (Some(target), Some(below)) = (target, below) {
            items.push(MenuItemInput {
                title: item.title.clone(),
                target,
                tags: item.tags.clone(),
                items: below,
            });
        }
    }
    Ok((items.len() == section.len()).then_some(items))
}

async fn target(run: &mut Run<'_>, path: &str, text: &str) -> Result<Option<ItemTarget>> {
    let link = match link::read(text) {
        Ok(target) => return Ok(Some(target)),
        Err(Some(link)) => link,
        Err(None) => {
            run.fault(
                &format!("{path}.link"),
                format!("«{text}» is neither a thing nor a place nor an address"),
            );
            return Ok(None);
        }
    };
    Ok(match link::find(run, link).await? {
        Found::There(target) => Some(target),
        // Differs from whatever is there, as what it leads to is new.
        Found::Planned => Some(ItemTarget::Thing(link.kind, 0)),
        Found::Nowhere => {
            run.fault(&format!("{path}.link"), format!("there is no «{text}»"));
            None
        }
    })
}
