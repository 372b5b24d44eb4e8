//! Variants: what can be bought, in up to 2,048 combinations of a product's option values.

mod bulk_create;
mod bulk_delete;
mod bulk_update;
mod details;
mod input;
mod options;
mod policy;
mod quantity;
pub(crate) mod query;
mod row;
pub(crate) mod rule;
mod sale;
mod set_quantities;
mod workbench;

pub use crate::live::by_variants as live;
pub use bulk_create::bulk_create;
pub(crate) use bulk_create::{add, add_first};
pub use bulk_delete::bulk_delete;
pub use bulk_update::bulk_update;
pub use details::{ById, SelectedOption, Variant, VariantList, by_ids, of_product, page};
pub use input::{
    Amount, InventoryItemInput, InventoryItemMeasurementInput, InventoryLevelInput,
    ProductVariantsBulkCreateStrategy, ProductVariantsBulkInput, VariantOptionValueInput, WeightInput,
    WeightUnit,
};
pub use policy::InventoryPolicy;
pub use quantity::{PriceBreak, Quantities, QuantityRule, WrongQuantity};
pub use row::VariantRow;
pub(crate) use row::{NewVariant, VariantValues};
pub(crate) use rule::{DEFAULT_OPTION, DEFAULT_VALUE, amount};
pub use sale::{SaleVariant, for_sale};
pub use set_quantities::{set_quantities, with_quantities};
