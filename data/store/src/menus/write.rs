//! The rules of a menu's entries, and how they are written.

use std::collections::HashMap;

use mcom_data::{Result, TenantConn};
use mcom_schema::{Refusal, refuse};

use super::{ItemTarget, MenuItemInput, query};
use crate::content;

/// How deep entries may lie in each other.
const DEEPEST: usize = 3;
/// More would slow down every page of a storefront.
const MOST: usize = 500;

/// Looks at every entry.
pub(super) fn check(items: &[MenuItemInput]) -> Result<(), Refusal> {
    if count(items) > MOST {
        return Err(refuse("items", "TOO_MANY", format!("a menu has {MOST} items at most")));
    }
    check_level(items, 1)
}

fn count(items: &[MenuItemInput]) -> usize {
    items.iter().map(|item| 1 + count(&item.items)).sum()
}

fn check_level(items: &[MenuItemInput], level: usize) -> Result<(), Refusal> {
    for (index, item) in items.iter().enumerate() {
        let under = |refusal: Refusal| refusal.under(["items".to_owned(), index.to_string()]);
        content::title(&item.title).map_err(under)?;
        if matches!(&item.target, ItemTarget::Url(url) if !is_address(url)) {
            let wrong = "an address begins with a scheme or with a slash";
            return Err(under(refuse("url", "INVALID", wrong)));
        }
        if level == DEEPEST && !item.items.is_empty() {
            let wrong = format!("items are nested {DEEPEST} deep at most");
            return Err(under(refuse("items", "TOO_DEEP", wrong)));
        }
        check_level(&item.items, level + 1).map_err(under)?;
    }
    Ok(())
}

fn is_address(url: &str) -> bool {
    let begins = ["/", "#", "http://", "https://", "mailto:", "tel:"];
    begins.iter().any(|start| url.starts_with(start)) && !url.contains(char::is_whitespace)
}

/// An entry's place: the titles on the way to it.
type Path = Vec<String>;

/// Writes the entries over those that are there.
pub(super) async fn items(
    db: &mut TenantConn,
    menu: i64,
    there: &[query::ItemRow],
    wanted: &[MenuItemInput],
) -> Result<()> {
    let mut known = paths(there);
    // Level by level, so that an entry is there before those under it.
    let mut level: Vec<(Option<i64>, Path, &[MenuItemInput])> = vec![(None, vec![], wanted)];
    while !level.is_empty() {
        let mut below = vec![];
        for (parent, path, items) in level {
            for (position, item) in items.iter().enumerate() {
                let mut place = path.clone();
                place.push(item.title.clone());
                let id = known.remove(&place);
                let values = query::ItemValues::of(item, parent, position);
                let id = query::put_item(db, menu, id, &values).await?;
                below.push((Some(id), place, item.items.as_slice()));
            }
        }
        level = below;
    }
    let gone: Vec<i64> = known.into_values().collect();
    query::delete_items(db, &gone).await
}

/// The entries there are, by their places; of two at the same place the later one.
fn paths(there: &[query::ItemRow]) -> HashMap<Path, i64> {
    let by_id: HashMap<i64, &query::ItemRow> = there.iter().map(|row| (row.id, row)).collect();
    let path = |row: &query::ItemRow| {
        let mut path = vec![row.values.title.clone()];
        let mut parent = row.values.parent_id;
        while let Some(above) = parent.and_then(|id| by_id.get(&id)) {
            path.insert(0, above.values.title.clone());
            parent = above.values.parent_id;
        }
        path
    };
    there.iter().map(|row| (path(row), row.id)).collect()
}

#[cfg(test)]
mod tests {
    use super::{ItemTarget, MenuItemInput, check};

    fn item(url: &str, items: Vec<MenuItemInput>) -> MenuItemInput {
        MenuItemInput { title: "x".into(), target: ItemTarget::Url(url.into()), tags: vec![], items }
    }

    #[test]
    fn items_are_nested_three_deep_at_most() {
        let three = item("/", vec![item("/", vec![item("/", vec![])])]);
        assert!(check(std::slice::from_ref(&three)).is_ok());
        let refused = check(&[item("/", vec![three])]).unwrap_err();
        assert_eq!(refused.field, ["items", "0", "items", "0", "items", "0", "items"]);
    }

    #[test]
    fn an_address_is_one() {
        assert!(check(&[item("https://example.com/a", vec![])]).is_ok());
        for wrong in ["example.com", "javascript:alert(1)", "/a b", ""] {
            assert!(check(&[item(wrong, vec![])]).is_err(), "{wrong}");
        }
    }
}
