//! What the merchant writes: pages, blogs with their articles and comments, menus, policies, and redirects.

pub(crate) mod article;
mod blog;
mod comment;
mod menu;
mod page;
mod policy;
mod redirect;
mod term;

use mcom_kit::Registry;

pub(crate) use article::{Article, by_ids as articles};
pub(crate) use blog::{Blog, by_ids as blogs};
pub(crate) use comment::by_ids as comments;
pub(crate) use menu::{items_by_ids as menu_items, menus_by_ids as menus};
pub(crate) use page::{Page, by_ids as pages};
pub(crate) use policy::by_ids as policies;
pub(crate) use redirect::by_ids as redirects;

use crate::seo::Seo;

pub(crate) fn register(registry: &mut Registry) {
    article::register(registry);
    blog::register(registry);
    comment::register(registry);
    menu::register(registry);
    page::register(registry);
    policy::register(registry);
    redirect::register(registry);
}

/// What search engines are told, if anything was written for them.
fn seo(title: Option<&String>, description: Option<&String>) -> Option<Seo> {
    let seo = Seo { title: title.cloned(), description: description.cloned() };
    (seo.title.is_some() || seo.description.is_some()).then_some(seo)
}
