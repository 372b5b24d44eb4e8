//! Bundles as buyers see them: what a variant consists of, and which bundles it is in.

use std::sync::Arc;

use mcom_catalog::bundles::BundlesWith;
use mcom_kit::{
    Cx, Error, Registry,
    connection::Paging,
    slice::{self, Place},
};
use mcom_schema::id::VariantId;
use serde::Deserialize;

use super::{
    query::variants_by_ids,
    variant::{Variant, VariantConnection},
    whole,
};

/// So many pieces of a variant in one bundle.
pub struct Component {
    variant: Arc<Variant>,
    quantity: i32,
}

mcom_kit::record!(Component as "ProductVariantComponent" {
    "productVariant" = variant,
    "quantity" = quantity,
});

mcom_kit::connection!(
    ComponentConnection, ComponentEdge of Component
        as "ProductVariantComponentConnection" "ProductVariantComponentEdge"
);

/// The lists are in the merchant's order, and are not turned round.
#[derive(Deserialize)]
struct Part {
    first: Option<i64>,
    after: Option<String>,
    last: Option<i64>,
    before: Option<String>,
}

impl Part {
    fn paging(self) -> Paging {
        let Part { first, after, last, before } = self;
        Paging { first, after, last, before, reverse: None }
    }
}

pub(super) fn register(registry: &mut Registry) {
    registry.on::<Variant>().load("components", components).load("groupedBy", grouped_by);
}

/// Components that are not on the online store are left out; then the bundle cannot be bought either.
async fn components(cx: &Cx, bundle: &Variant, part: Part) -> Result<ComponentConnection, Error> {
    let consists = bundle.consists().map(|consists| consists.of.as_slice()).unwrap_or_default();
    let ids: Vec<VariantId> = consists.iter().map(|component| component.variant_id).collect();
    let found = if ids.is_empty() { vec![] } else { variants_by_ids(cx, &ids).await? };
    let component =
        |(index, (it, variant)): (usize, (&mcom_catalog::bundles::Component, Option<Arc<Variant>>))| {
            let component = Component { variant: variant?, quantity: whole(it.quantity) };
            Some((slice::ordinal(index), it.variant_id.0, Arc::new(component)))
        };
    let all = consists.iter().zip(found).enumerate().filter_map(component).collect();
    Ok(ComponentConnection::of(slice::page_of(all, "POSITION", &part.paging().page()?)?))
}

async fn grouped_by(cx: &Cx, variant: &Variant, part: Part) -> Result<VariantConnection, Error> {
    let ids = cx.load::<BundlesWith>(variant.number()).await?.unwrap_or_default();
    let found = if ids.is_empty() { vec![] } else { variants_by_ids(cx, &ids).await? };
    let bundles: Vec<Arc<Variant>> = found.into_iter().flatten().collect();
    let place = |(index, it): (usize, &Arc<Variant>)| Place { key: it.number().0, id: it.number().0, index };
    let places = bundles.iter().enumerate().map(place).collect();
    let page = slice::page(&part.paging().page()?, "ID", places)?;
    Ok(VariantConnection::of(page.map(|index| bundles[index].clone())))
}
