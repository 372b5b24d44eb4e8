//! The checkout's two subgraphs: what a buyer sees of carts and their completion, and what a merchant sees of orders.

mod buyer;
mod merchant;
mod search;

/// The buyer's face: carts, and how they become orders.
pub fn buyer() -> mcom_kit::Registry {
    buyer::registry()
}

/// The merchant's face: orders, and what becomes of them.
pub fn merchant() -> mcom_kit::Registry {
    merchant::registry()
}
