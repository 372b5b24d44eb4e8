//! Bundles: of what a variant consists, and saying so.

use std::sync::Arc;

use mcom_catalog::bundles::{self, BundleUpdate};
use mcom_kit::{Cx, Error, Registry, connection::Paging, slice};
use mcom_schema::id::{ProductId, VariantId};
use serde::Deserialize;

use super::{ProductVariant, find, shown};
use crate::id;

mcom_kit::user_error!(RelationshipError as "ProductVariantRelationshipBulkUpdateUserError");

mcom_kit::payload!(RelationshipPayload as "ProductVariantRelationshipBulkUpdatePayload" refusing RelationshipError {
    "parentProductVariants" = bundles: Option<Vec<Arc<ProductVariant>>>,
});

/// So many pieces of a variant in one bundle.
pub struct Component {
    it: bundles::Component,
}

mcom_kit::record!(Component as "ProductVariantComponent" { "quantity" = it.quantity });

mcom_kit::connection!(
    ComponentConnection, ComponentEdge of Component
        as "ProductVariantComponentConnection" "ProductVariantComponentEdge"
);

pub(super) fn register(registry: &mut Registry) {
    registry.on::<ProductVariant>().field("productVariantComponents", components);
    registry.on::<Component>().load("productVariant", variant);
    registry.mutation("productVariantRelationshipBulkUpdate", update);
}

fn components(_: &Cx, bundle: &ProductVariant, args: &Paging) -> Result<ComponentConnection, Error> {
    let component = |(index, it): (usize, &bundles::Component)| {
        (slice::ordinal(index), it.variant_id.0, Arc::new(Component { it: *it }))
    };
    let all = bundle.it.components.iter().enumerate().map(component).collect();
    Ok(ComponentConnection::of(slice::page_of(all, "POSITION", &args.page()?)?))
}

async fn variant(cx: &Cx, component: &Component, _: mcom_kit::Args) -> Result<Arc<ProductVariant>, Error> {
    find(cx, component.it.variant_id).await?.ok_or(Error::NotFound("product variant"))
}

#[derive(Deserialize)]
struct UpdateArgs {
    input: Vec<RelationshipUpdate>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct RelationshipUpdate {
    parent_product_id: Option<String>,
    parent_product_variant_id: Option<String>,
    product_variant_relationships_to_create: Option<Vec<Relationship>>,
    product_variant_relationships_to_remove: Option<Vec<String>>,
    product_variant_relationships_to_update: Option<Vec<Relationship>>,
    remove_all_product_variant_relationships: Option<bool>,
}

#[derive(Deserialize)]
struct Relationship {
    id: String,
    quantity: i64,
}

async fn update(cx: &Cx, args: UpdateArgs) -> Result<RelationshipPayload, Error> {
    let updates: Vec<BundleUpdate> = args.input.into_iter().map(read).collect::<Result<_, _>>()?;
    let done = bundles::update(cx, &updates).await?;
    Ok(RelationshipPayload { bundles: Some(shown(cx, &done).await?), ..RelationshipPayload::default() })
}

fn read(input: RelationshipUpdate) -> Result<BundleUpdate, Error> {
    let removed = input.product_variant_relationships_to_remove.unwrap_or_default();
    Ok(BundleUpdate {
        variant: input.parent_product_variant_id.map(|gid| id::read(VariantId::parse, &gid)).transpose()?,
        product: input.parent_product_id.map(|gid| id::read(ProductId::parse, &gid)).transpose()?,
        create: relationships(input.product_variant_relationships_to_create)?,
        update: relationships(input.product_variant_relationships_to_update)?,
        remove: removed.iter().map(|gid| id::read(VariantId::parse, gid)).collect::<Result<_, _>>()?,
        remove_all: input.remove_all_product_variant_relationships.unwrap_or_default(),
    })
}

fn relationships(input: Option<Vec<Relationship>>) -> Result<Vec<bundles::Component>, Error> {
    let component = |it: Relationship| {
        let variant_id = id::read(VariantId::parse, &it.id)?;
        Ok(bundles::Component { variant_id, quantity: it.quantity })
    };
    input.unwrap_or_default().into_iter().map(component).collect()
}
