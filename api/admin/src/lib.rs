//! The admin subgraph: the catalog, its stock and the people who buy, as merchants and their apps manage them.

mod collections;
mod count;
mod customers;
mod film;
mod id;
mod image;
mod inventory;
mod locations;
mod media;
mod node;
mod orders;
mod products;
mod publications;
mod refused;
mod search;
mod seo;
mod shop;
mod user_error;
mod variants;
mod weight;

use mcom_kit::Registry;

/// Every record and function of the subgraph.
pub fn registry() -> Registry {
    let mut registry = Registry::default();
    collections::register(&mut registry);
    customers::register(&mut registry);
    inventory::register(&mut registry);
    locations::register(&mut registry);
    image::register(&mut registry);
    media::register(&mut registry);
    node::register(&mut registry);
    orders::register(&mut registry);
    products::register(&mut registry);
    publications::register(&mut registry);
    shop::register(&mut registry);
    variants::register(&mut registry);
    registry
}

#[cfg(test)]
mod tests {
    use mcom_kit::{Dynamic, Options};

    #[test]
    fn the_sdl_and_the_code_agree() {
        let sdl = include_str!("../../../schema/sdl/subgraph/admin.graphql");
        let built = Dynamic::build(sdl, super::registry(), Options { require_access: true });
        if let Err(complaints) = built {
            panic!("{complaints}");
        }
    }
}
