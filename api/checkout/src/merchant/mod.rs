//! The merchant's face of selling: orders, what became of them, and cancelling them.

mod address;
mod cancel;
mod count;
mod customer;
mod id;
mod image;
mod line;
mod money;
mod order;
mod shipping;
mod tax;
mod transaction;

use mcom_kit::Registry;

/// Every record and function of the subgraph.
pub(crate) fn registry() -> Registry {
    let mut registry = Registry::default();
    address::register(&mut registry);
    cancel::register(&mut registry);
    customer::register(&mut registry);
    image::register(&mut registry);
    order::register(&mut registry);
    tax::register(&mut registry);
    transaction::register(&mut registry);
    registry
}

#[cfg(test)]
mod tests {
    use mcom_kit::{Dynamic, Options};

    #[test]
    fn the_sdl_and_the_code_agree() {
        let sdl = include_str!("../../../../schema/sdl/subgraph/orders.graphql");
        let built = Dynamic::build(sdl, super::registry(), Options { require_access: true });
        if let Err(complaints) = built {
            panic!("{complaints}");
        }
    }
}
