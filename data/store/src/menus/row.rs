//! Menus as they are kept, and what a merchant says of one.

use mcom_schema::id::{MenuId, MenuItemId};

/// A menu.
#[derive(Debug, Clone, PartialEq)]
pub struct Menu {
    /// The menu.
    pub id: MenuId,
    /// Its name in programs.
    pub handle: String,
    /// Its name for people.
    pub title: String,
    /// Its entries, in order.
    pub items: Vec<MenuItem>,
}

/// An entry of a menu.
#[derive(Debug, Clone, PartialEq)]
pub struct MenuItem {
    /// The entry.
    pub id: MenuItemId,
    /// What stands there.
    pub title: String,
    /// Where it leads.
    pub target: ItemTarget,
    /// Of collections: only what is labelled with these.
    pub tags: Vec<String>,
    /// The entries folded under it.
    pub items: Vec<MenuItem>,
}

impl MenuItem {
    /// What would make it again.
    pub fn input(&self) -> MenuItemInput {
        MenuItemInput {
            title: self.title.clone(),
            target: self.target.clone(),
            tags: self.tags.clone(),
            items: self.items.iter().map(MenuItem::input).collect(),
        }
    }
}

/// What a menu shall be.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct MenuInput {
    /// Its name in programs.
    pub handle: String,
    /// Its name for people.
    pub title: String,
    /// Its entries, in order.
    pub items: Vec<MenuItemInput>,
}

/// What an entry shall be.
#[derive(Debug, Clone, PartialEq)]
pub struct MenuItemInput {
    /// What stands there.
    pub title: String,
    /// Where it leads.
    pub target: ItemTarget,
    /// Of collections: only what is labelled with these.
    pub tags: Vec<String>,
    /// The entries folded under it.
    pub items: Vec<MenuItemInput>,
}

/// Where an entry leads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ItemTarget {
    /// To a place that every store has.
    Place(MenuItemKind),
    /// To the thing of this kind with this number.
    Thing(MenuItemKind, i64),
    /// Anywhere: an address, or a path of the store.
    Url(String),
}

impl ItemTarget {
    /// Of which kind the entry is.
    pub const fn kind(&self) -> MenuItemKind {
        match self {
            ItemTarget::Place(kind) | ItemTarget::Thing(kind, _) => *kind,
            ItemTarget::Url(_) => MenuItemKind::Http,
        }
    }
}

/// What entries lead to, spelled as the published APIs do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MenuItemKind {
    /// An article.
    Article,
    /// A blog.
    Blog,
    /// All products.
    Catalog,
    /// A collection.
    Collection,
    /// All collections.
    Collections,
    /// Where a buyer signs in.
    CustomerAccountPage,
    /// The first page of the store.
    Frontpage,
    /// Any address.
    Http,
    /// A metaobject.
    Metaobject,
    /// A page.
    Page,
    /// A product.
    Product,
    /// The search.
    Search,
    /// One of the store's policies.
    ShopPolicy,
}

impl MenuItemKind {
    const ALL: [MenuItemKind; 13] = [
        MenuItemKind::Article,
        MenuItemKind::Blog,
        MenuItemKind::Catalog,
        MenuItemKind::Collection,
        MenuItemKind::Collections,
        MenuItemKind::CustomerAccountPage,
        MenuItemKind::Frontpage,
        MenuItemKind::Http,
        MenuItemKind::Metaobject,
        MenuItemKind::Page,
        MenuItemKind::Product,
        MenuItemKind::Search,
        MenuItemKind::ShopPolicy,
    ];

    /// The name in the database and in the APIs.
    pub const fn name(self) -> &'static str {
        match self {
            MenuItemKind::Article => "ARTICLE",
            MenuItemKind::Blog => "BLOG",
            MenuItemKind::Catalog => "CATALOG",
            MenuItemKind::Collection => "COLLECTION",
            MenuItemKind::Collections => "COLLECTIONS",
            MenuItemKind::CustomerAccountPage => "CUSTOMER_ACCOUNT_PAGE",
            MenuItemKind::Frontpage => "FRONTPAGE",
            MenuItemKind::Http => "HTTP",
            MenuItemKind::Metaobject => "METAOBJECT",
            MenuItemKind::Page => "PAGE",
            MenuItemKind::Product => "PRODUCT",
            MenuItemKind::Search => "SEARCH",
            MenuItemKind::ShopPolicy => "SHOP_POLICY",
        }
    }

    /// The kind with this name.
    pub fn parse(name: &str) -> Option<Self> {
        MenuItemKind::ALL.into_iter().find(|kind| kind.name() == name)
    }

    /// The path of a place that every store has.
    pub const fn path(self) -> Option<&'static str> {
        match self {
            MenuItemKind::Catalog => Some("/collections/all"),
            MenuItemKind::Collections => Some("/collections"),
            MenuItemKind::CustomerAccountPage => Some("/account"),
            MenuItemKind::Frontpage => Some("/"),
            MenuItemKind::Search => Some("/search"),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::MenuItemKind;

    #[test]
    fn every_kind_is_found_by_its_name() {
        for kind in MenuItemKind::ALL {
            assert_eq!(MenuItemKind::parse(kind.name()), Some(kind));
        }
    }
}
