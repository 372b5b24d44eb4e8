//! Links: how a store file names things, and what their numbers are.

use mcom_catalog::{collections, products};
use mcom_data::Result;
use mcom_store::{
    articles, blogs,
    menus::{ItemTarget, MenuItemKind},
    pages, policies,
    policies::PolicyKind,
};

use super::{run::Run, target};

/// A thing as a file names it: `page:about`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Link<'a> {
    pub kind: MenuItemKind,
    pub name: &'a str,
}

/// What a link leads to.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Found {
    /// To this.
    There(ItemTarget),
    /// To something that the file will make.
    Planned,
    /// To nothing.
    Nowhere,
}

/// Reads where a link leads that needs nothing to be looked up.
pub(super) fn read(text: &str) -> Result<ItemTarget, Option<Link<'_>>> {
    let place = match text {
        "home" => MenuItemKind::Frontpage,
        "catalog" => MenuItemKind::Catalog,
        "collections" => MenuItemKind::Collections,
        "search" => MenuItemKind::Search,
        "account" => MenuItemKind::CustomerAccountPage,
        _ => return thing_or_address(text),
    };
    Ok(ItemTarget::Place(place))
}

fn thing_or_address(text: &str) -> Result<ItemTarget, Option<Link<'_>>> {
    let kind = |name: &str| {
        Some(match name {
            "article" => MenuItemKind::Article,
            "blog" => MenuItemKind::Blog,
            "collection" => MenuItemKind::Collection,
            "metaobject" => MenuItemKind::Metaobject,
            "page" => MenuItemKind::Page,
            "policy" => MenuItemKind::ShopPolicy,
            "product" => MenuItemKind::Product,
            _ => return None,
        })
    };
    match text.split_once(':').and_then(|(before, name)| Some(Link { kind: kind(before)?, name })) {
        Some(link) if !link.name.is_empty() => Err(Some(link)),
        Some(_) => Err(None),
        None if text.starts_with(['/', '#']) || text.contains(':') => Ok(ItemTarget::Url(text.to_owned())),
        None => Err(None),
    }
}

/// Looks up what a link names: in the store, and in what the file is about to make.
pub(super) async fn find(run: &Run<'_>, link: Link<'_>) -> Result<Found> {
    let number = match link.kind {
        MenuItemKind::Product => {
            let found = products::by_handle(run.cx, link.name).await?;
            found.map(|product| product.row.id().0)
        }
        MenuItemKind::Collection => {
            let found = collections::by_handle(run.cx, link.name).await?;
            found.map(|collection| collection.row.id().0)
        }
        MenuItemKind::Page => {
            pages::all(run.cx).await?.iter().find(|page| page.values.handle == link.name).map(|page| page.id)
        }
        MenuItemKind::Metaobject => target::metaobject_id(run, link.name).await?,
        MenuItemKind::Blog => blogs::by_handle(run.cx, link.name).await?.map(|blog| blog.id),
        MenuItemKind::Article => article(run, link.name).await?,
        MenuItemKind::ShopPolicy => {
            let kind = PolicyKind::of_handle(link.name);
            let all = policies::all(run.cx).await?;
            all.iter().find(|policy| kind.is_some() && policy.kind() == kind).map(|policy| policy.id)
        }
        _ => None,
    };
    Ok(match number {
        Some(number) => Found::There(ItemTarget::Thing(link.kind, number)),
        None if run.wish.dry_run && run.plans(link) => Found::Planned,
        None => Found::Nowhere,
    })
}

async fn article(run: &Run<'_>, name: &str) -> Result<Option<i64>> {
    let Some((blog, handle)) = name.split_once('/') else { return Ok(None) };
    let Some(blog) = blogs::by_handle(run.cx, blog).await? else { return Ok(None) };
    let all = articles::all(run.cx, blog.id()).await?;
    Ok(all.iter().find(|article| article.values.handle == handle).map(|article| article.id))
}

#[cfg(test)]
mod tests {
    use super::{ItemTarget, Link, MenuItemKind, read};

    #[test]
    fn links_are_places_things_or_addresses() {
        assert_eq!(read("home"), Ok(ItemTarget::Place(MenuItemKind::Frontpage)));
        assert_eq!(read("page:about"), Err(Some(Link { kind: MenuItemKind::Page, name: "about" })));
        assert_eq!(read("https://example.com"), Ok(ItemTarget::Url("https://example.com".into())));
        assert_eq!(read("/sale"), Ok(ItemTarget::Url("/sale".into())));
        assert_eq!(read("about"), Err(None));
        assert_eq!(read("page:"), Err(None));
    }
}
