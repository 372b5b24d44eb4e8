//! What goes into a cart, named by the numbers that the catalog of the demo gives its variants.

use std::sync::Arc;

use anyhow::Context;
use mcom_catalog::variants::{self, Variant, VariantList};
use mcom_data::{Cx, page::PageArgs};
use mcom_sales::selling_plans;
use mcom_schema::id::ProductId;
use serde_json::{Value, json};

/// A line of so many pieces of the variant with this number.
pub(super) async fn line(cx: &Cx, sku: &str, quantity: i64) -> anyhow::Result<Value> {
    let variant = variant(cx, sku).await?;
    Ok(json!({ "merchandiseId": variant.row.id().gid(), "quantity": quantity }))
}

/// The same, by the first plan by which it is sold.
pub(super) async fn subscription(cx: &Cx, sku: &str, quantity: i64) -> anyhow::Result<Value> {
    let variant = variant(cx, sku).await?;
    let plans = selling_plans::all(cx).await?;
    let places = plans.plans_of(ProductId(variant.row.product_id), variant.row.id());
    let plan = places.into_iter().find_map(|place| plans.at(place));
    let (plan, _) = plan.with_context(|| format!("{sku} is not sold by a plan"))?;
    Ok(json!({ "merchandiseId": variant.row.id().gid(), "quantity": quantity, "sellingPlanId": plan.gid() }))
}

async fn variant(cx: &Cx, sku: &str) -> anyhow::Result<Arc<Variant>> {
    let list = VariantList { products: None, sku: Some(sku.to_owned()), page: PageArgs::first(1) };
    let found = variants::page(cx, &list).await?.items.pop();
    Ok(found.with_context(|| format!("the catalog has no {sku}"))?.1)
}
