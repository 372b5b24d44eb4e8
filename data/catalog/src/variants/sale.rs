//! Variants as a sale needs them: straight from the tables, inside the transaction of the sale.

use mcom_data::{Result, TenantConn};
use mcom_schema::id::{InventoryItemId, ProductId, VariantId};

use super::{InventoryPolicy, Quantities, SelectedOption, query};
use crate::bundles::Component;

/// All that a cart or an order has to know of a variant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SaleVariant {
    /// The variant.
    pub variant_id: VariantId,
    /// Its product.
    pub product_id: ProductId,
    /// Name of the product.
    pub product_title: String,
    /// Address of the product.
    pub product_handle: String,
    /// Kind of the product.
    pub product_type: String,
    /// Name of the variant.
    pub variant_title: String,
    /// The merchant's own number.
    pub sku: Option<String>,
    /// Who makes it.
    pub vendor: String,
    /// Minor units of the store's currency.
    pub price_minor: i64,
    /// The former price, if it is reduced.
    pub compare_at_minor: Option<i64>,
    /// Its own image, or the product's first.
    pub image_url: Option<String>,
    /// What was chosen, in the order of the options.
    pub options: Vec<SelectedOption>,
    /// Whether it has to be shipped.
    pub requires_shipping: bool,
    /// Whether tax is due on it.
    pub taxable: bool,
    /// Whether it is a gift card.
    pub gift_card: bool,
    /// In grams.
    pub weight_grams: i64,
    /// What it is in the warehouse.
    pub inventory_item_id: InventoryItemId,
    /// Whether its stock is counted.
    pub tracked: bool,
    /// What happens when nothing is left.
    pub policy: InventoryPolicy,
    /// Pieces free to sell at the active locations that fulfill online orders.
    pub available: i64,
    /// How many pieces are sold at once, and what they then cost.
    pub quantities: Quantities,
    /// Of what it consists, if it is a bundle. Then `available`, `tracked` and `requires_shipping` are those of its components.
    pub components: Vec<Component>,
    /// Whether its product is on the online store, and of a bundle also those of its components.
    pub published: bool,
}

impl SaleVariant {
    /// How many of `wanted` pieces a buyer may have now.
    pub fn sellable(&self, wanted: i64) -> i64 {
        if !self.tracked || self.policy == InventoryPolicy::Continue {
            wanted
        } else {
            self.available.clamp(0, wanted.max(0))
        }
    }
}

/// The variants there are among `ids`, in the order of `ids`; published or not. One statement.
///
/// # Errors
/// `Broken` if the database cannot be read.
pub async fn for_sale(db: &mut TenantConn, ids: &[VariantId]) -> Result<Vec<Option<SaleVariant>>> {
    let numbers: Vec<i64> = ids.iter().map(|id| id.0).collect();
    let mut found = query::for_sale(db, &numbers).await?;
    Ok(ids.iter().map(|id| found.remove(&id.0)).collect())
}
