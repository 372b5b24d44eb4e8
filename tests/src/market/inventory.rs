//! The market's stock: adds to variants, and needs their weight from the catalog to estimate shipping.

use std::sync::Arc;

use mcom_kit::{Args, Cx, Fault, Registry};
use serde::Deserialize;

use super::storefront::{Money, money};

struct Stock {
    id: String,
    quantity: Option<i64>,
    estimate: Option<Money>,
}
mcom_kit::record!(Stock as "ProductVariant" { "id" = id, "quantityAvailable" = quantity });

#[derive(Deserialize)]
struct Weighed {
    id: String,
    weight: Option<f64>,
}

async fn load_stock(_: &Cx, keys: Vec<Weighed>) -> Result<Vec<Option<Arc<Stock>>>, Fault> {
    let stock = |Weighed { id, weight }: Weighed| {
        if id.ends_with("/132") {
            return None;
        }
        let quantity = (!id.ends_with('2')).then_some(id.len() as i64);
        let estimate = weight.map(|w| money((w * 1000.0) as i64 + 490));
        Some(Arc::new(Stock { id, quantity, estimate }))
    };
    Ok(keys.into_iter().map(stock).collect())
}

async fn stock_sum(_: &Cx, _: Args) -> Result<i64, Fault> {
    Ok(42)
}

fn shipping_estimate<'a>(
    _: &'a Cx,
    stock: &'a Stock,
    _: &Args,
) -> Result<mcom_kit::record::Shown<'a, Money>, Fault> {
    let estimate = stock.estimate.as_ref().ok_or_else(|| Fault::new("NOT_FOUND", "weight"))?;
    Ok(mcom_kit::shown(estimate))
}

pub(super) fn registry() -> Registry {
    let mut registry = Registry::default();
    registry.query("stockSum", stock_sum).entity(load_stock);
    registry.on::<Stock>().field("shippingEstimate", shipping_estimate);
    registry
}
