//! Variants: what can be put into a cart.

use std::sync::Arc;

use mcom_catalog::{DocumentVariant, VariantStock, bundles::Consists};
use mcom_kit::{
    Cx, Error, Registry,
    connection::Paging,
    record::Shown,
    shown,
    slice::{self, Place},
};
use mcom_schema::{
    Money,
    id::{ProductId, VariantId},
};
use mcom_store::metafields::{Owner, OwnerKind};
use serde::Deserialize;

use super::{Product, choice::Choice, face::Face, weight};
use crate::{image::Image, metafield::HasMetafields};

/// A variant, by its place in its product.
pub struct Variant {
    face: Arc<Face>,
    index: usize,
}

mcom_kit::record!(Variant as "ProductVariant" {
    "availableForSale" => Variant::for_sale,
    "barcode" => Variant::barcode,
    "compareAtPrice" => Variant::compare_at_price,
    "compareAtPriceV2" => Variant::compare_at_price,
    "currentlyNotInStock" => Variant::on_back_order,
    "id" => Variant::id,
    "image" => Variant::image,
    "price" => Variant::price,
    "priceV2" => Variant::price,
    "product" => Variant::product,
    "quantityAvailable" => Variant::quantity,
    "quantityRule" => Variant::quantity_rule,
    "requiresComponents" => Variant::requires_components,
    "requiresShipping" => Variant::requires_shipping,
    "selectedOptions" => Variant::selected_options,
    "sku" => Variant::sku,
    "taxable" => Variant::taxable,
    "title" => Variant::title,
    "unitPrice" => Variant::unit_price,
    "unitPriceMeasurement" => Variant::unit_price_measurement,
});

mcom_kit::connection!(VariantConnection, VariantEdge of Variant as "ProductVariantConnection" "ProductVariantEdge");

/// The value that a variant has for an option.
pub struct SelectedOption {
    name: String,
    value: String,
}

mcom_kit::record!(SelectedOption as "SelectedOption" { "name" = name, "value" = value });

#[derive(Clone, Copy, Default, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
enum Sort {
    Id,
    #[default]
    #[serde(alias = "RELEVANCE")]
    Position,
    Sku,
    Title,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct ListArgs {
    #[serde(flatten)]
    paging: Paging,
    sort_key: Option<Sort>,
}

pub(super) fn register(registry: &mut Registry) {
    registry
        .on::<Product>()
        .field("adjacentVariants", adjacent)
        .field("selectedOrFirstAvailableVariant", selected_or_first)
        .field("variantBySelectedOptions", selected)
        .field("variants", list);
    weight::register(registry);
}

impl Variant {
    /// The variant at `index` of a product's document; none if there is no such place.
    pub(crate) fn at(face: &Arc<Face>, index: usize) -> Option<Arc<Self>> {
        (index < face.document.variants.len()).then(|| Arc::new(Variant { face: face.clone(), index }))
    }

    /// What is told of it.
    pub(crate) fn it(&self) -> &DocumentVariant {
        &self.face.document.variants[self.index]
    }

    /// Of what it consists, if it is a bundle.
    pub(crate) fn consists(&self) -> Option<&Consists> {
        self.face.stock.bundles.get(self.it().id)
    }

    /// How much there is of it.
    pub(crate) fn stock(&self) -> VariantStock {
        self.face.stock.variants[self.index]
    }

    pub(super) fn money(&self, minor: i64) -> Money {
        Money::new(minor, self.face.currency)
    }

    fn id(&self) -> String {
        self.it().id.gid()
    }

    fn title(&self) -> &str {
        &self.it().title
    }

    fn sku(&self) -> Option<&str> {
        self.it().sku.as_deref()
    }

    fn barcode(&self) -> Option<&str> {
        self.it().barcode.as_deref()
    }

    /// What the catalog knows it by.
    pub(crate) fn number(&self) -> VariantId {
        self.it().id
    }

    /// What the catalog knows its product by.
    pub(crate) fn product_number(&self) -> ProductId {
        self.face.document.id
    }

    /// What one piece costs.
    pub(crate) fn price(&self) -> Money {
        self.money(self.it().price_minor)
    }

    fn compare_at_price(&self) -> Option<Money> {
        self.it().compare_at_minor.map(|minor| self.money(minor))
    }

    fn taxable(&self) -> bool {
        self.it().taxable
    }

    fn requires_components(&self) -> bool {
        self.consists().is_some()
    }

    fn requires_shipping(&self) -> bool {
        self.it().requires_shipping
    }

    fn for_sale(&self) -> bool {
        self.stock().for_sale
    }

    fn on_back_order(&self) -> bool {
        self.stock().tracked && self.stock().for_sale && self.stock().available <= 0
    }

    fn quantity(&self) -> Option<i32> {
        self.stock().tracked.then(|| super::whole(self.stock().available))
    }

    fn image(&self) -> Option<Shown<'_, Arc<Image>>> {
        let media =
            self.it().media.map_or_else(|| self.face.media.first(), |place| self.face.media.get(place));
        media.map(|media| shown(&media.image))
    }

    fn product(&self) -> Product {
        Product { face: self.face.clone(), tracking: None }
    }

    fn selected_options(&self) -> Vec<SelectedOption> {
        let chosen = self.it().chosen(&self.face.document.options);
        chosen
            .map(|(name, value)| SelectedOption { name: name.to_owned(), value: value.to_owned() })
            .collect()
    }
}

impl HasMetafields for Variant {
    fn owner(&self, _: &Cx) -> Owner {
        Owner { kind: OwnerKind::Variant, id: self.it().id.0 }
    }
}

fn selected(_: &Cx, product: &Product, choice: &Choice) -> Result<Option<Arc<Variant>>, Error> {
    Ok(choice.variant(&product.face).and_then(|index| Variant::at(&product.face, index)))
}

fn selected_or_first(_: &Cx, product: &Product, choice: &Choice) -> Result<Option<Arc<Variant>>, Error> {
    Ok(choice.variant_or_first(&product.face).and_then(|index| Variant::at(&product.face, index)))
}

fn adjacent(_: &Cx, product: &Product, choice: &Choice) -> Result<Vec<Arc<Variant>>, Error> {
    let near = choice.adjacent(&product.face);
    Ok(near.into_iter().filter_map(|index| Variant::at(&product.face, index)).collect())
}

fn list(_: &Cx, product: &Product, args: &ListArgs) -> Result<VariantConnection, Error> {
    let page = args.paging.page()?;
    let page = match args.sort_key.unwrap_or_default() {
        Sort::Position => slice::page(&page, "POSITION", places(product, |index, _| slice::ordinal(index))),
        Sort::Id => slice::page(&page, "ID", places(product, |_, variant| variant.id.0)),
        Sort::Sku => {
            let sku = |variant: &DocumentVariant| variant.sku.as_deref().unwrap_or_default().to_lowercase();
            slice::page(&page, "SKU", places(product, |_, variant| sku(variant)))
        }
        Sort::Title => {
            slice::page(&page, "TITLE", places(product, |_, variant| variant.title.to_lowercase()))
        }
    }?;
    let variant = |index| Arc::new(Variant { face: product.face.clone(), index });
    Ok(VariantConnection::of(page.map(variant)))
}

fn places<K>(product: &Product, key: impl Fn(usize, &DocumentVariant) -> K) -> Vec<Place<K>> {
    let variants = product.face.document.variants.iter().enumerate();
    variants.map(|(index, variant)| Place { key: key(index, variant), id: variant.id.0, index }).collect()
}
