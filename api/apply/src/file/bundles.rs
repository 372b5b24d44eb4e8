//! What a store file says of bundles.

use schemars::JsonSchema;
use serde::Deserialize;

/// A variant that is sold as so many pieces of others.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Bundle {
    /// The variant, as in `gift-box/BOX-1`.
    pub variant: String,
    /// Of what it consists: other variants, which are no bundles themselves. At least one, 30 at most.
    pub components: Vec<Component>,
}

/// So many pieces of a variant.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Component {
    /// The variant, as in `red-mug/SKU-1`.
    pub variant: String,
    /// How many pieces are in one bundle; one if it is left out.
    #[serde(default = "one")]
    pub quantity: i64,
}

fn one() -> i64 {
    1
}
