//! What happens when nothing is left of a variant.

use serde::{Deserialize, Serialize};

/// Whether selling goes on without stock.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum InventoryPolicy {
    /// It does not.
    #[default]
    Deny,
    /// It does, and stock goes below zero.
    Continue,
}

impl InventoryPolicy {
    /// As it is kept.
    pub const fn name(self) -> &'static str {
        match self {
            InventoryPolicy::Deny => "DENY",
            InventoryPolicy::Continue => "CONTINUE",
        }
    }

    /// The policy with this name; what is unknown does not oversell.
    pub fn named(name: &str) -> Self {
        if name == "CONTINUE" { InventoryPolicy::Continue } else { InventoryPolicy::Deny }
    }
}
