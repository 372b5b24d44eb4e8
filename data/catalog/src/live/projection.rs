//! The projection: how a product's rows become its document.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use mcom_data::{Error, Result, TenantConn};
use mcom_schema::{
    id::{InventoryItemId, MediaId},
    text::plain,
};

use super::{
    document::{
        DocumentFile, DocumentMedia, DocumentOption, DocumentOptionValue, DocumentSwatch, DocumentVariant,
        MoneyRange, ProductDocument,
    },
    query,
};
use crate::{
    files::File,
    products::{Product, ProductStatus},
    variants::{InventoryPolicy, VariantRow, query::ItemOf},
};

/// What variants are in the warehouse, by variant.
type Items = HashMap<i64, ItemOf>;

/// Writes the documents of products, and removes those of products that are not active or not on the online store. Answers whether
/// anything changed that lists sort or filter by, or what is in them.
pub(crate) async fn project(
    db: &mut TenantConn,
    products: &[Product],
    variants: &HashMap<i64, Vec<VariantRow>>,
    items: &Items,
    files: &HashMap<i64, Vec<File>>,
) -> Result<bool> {
    let mut shown = vec![];
    let mut hidden = vec![];
    for product in products {
        let active = product.row.status == ProductStatus::Active.name();
        match product.published_at.filter(|_| active) {
            Some(published_at) => {
                let variants = variants.get(&product.row.id).map_or(&[][..], Vec::as_slice);
                let mut document = document(product, variants, items, published_at)?;
                document.files = files.get(&product.row.id).into_iter().flatten().filter_map(file).collect();
                shown.push(document);
            }
            None => hidden.push(product.row.id),
        }
    }
    let mut moved = false;
    if !shown.is_empty() {
        moved |= query::put(db, &shown).await?;
    }
    if !hidden.is_empty() {
        moved |= query::remove(db, &hidden).await?;
    }
    Ok(moved)
}

/// The document of a product.
fn document(
    product: &Product,
    variants: &[VariantRow],
    items: &Items,
    published_at: DateTime<Utc>,
) -> Result<ProductDocument> {
    let row = product.row.clone();
    let prices = MoneyRange::of(variants.iter().map(|variant| variant.price_minor));
    Ok(ProductDocument {
        id: row.id(),
        version: row.version,
        description: plain(&row.description_html),
        handle: row.handle,
        title: row.title,
        description_html: row.description_html,
        vendor: row.vendor,
        product_type: row.product_type,
        category: row.category,
        tags: row.tags,
        gift_card: row.gift_card,
        template_suffix: row.template_suffix,
        seo_title: row.seo_title,
        seo_description: row.seo_description,
        options: options(product),
        media: media(product),
        files: vec![],
        variants: self::variants(product, variants, items)?,
        price_range: prices.ok_or_else(|| Error::bug(format!("product {} has no variant", row.id)))?,
        compare_at_range: MoneyRange::of(
            variants.iter().filter_map(|variant| variant.compare_at_price_minor),
        ),
        created_at: row.created_at,
        updated_at: row.updated_at,
        published_at,
    })
}

fn options(product: &Product) -> Vec<DocumentOption> {
    let place = |id: MediaId| product.media.iter().position(|image| image.id == id.0);
    let swatch = |value: &crate::products::ProductOptionValue| {
        let swatch =
            DocumentSwatch { color: value.swatch_color.clone(), media: value.swatch_media.and_then(place) };
        Some(swatch).filter(|swatch| swatch.color.is_some() || swatch.media.is_some())
    };
    let value = |value: &crate::products::ProductOptionValue| DocumentOptionValue {
        id: value.id,
        name: value.name.clone(),
        swatch: swatch(value),
    };
    let option = |option: &crate::products::ProductOption| DocumentOption {
        id: option.id,
        name: option.name.clone(),
        values: option.values.iter().map(value).collect(),
    };
    product.options.iter().map(option).collect()
}

fn media(product: &Product) -> Vec<DocumentMedia> {
    let image = |row: &crate::products::MediaRow| DocumentMedia {
        id: MediaId(row.id),
        url: row.address(),
        alt: row.alt.clone(),
        width: row.width,
        height: row.height,
        thumbhash: row.thumbhash.clone(),
    };
    product.media.iter().map(image).collect()
}

fn file(file: &File) -> Option<DocumentFile> {
    let (_, position) = file.shown?;
    Some(DocumentFile { id: file.id(), position, alt: file.alt.clone(), details: file.details.clone() })
}

fn variants(product: &Product, rows: &[VariantRow], items: &Items) -> Result<Vec<DocumentVariant>> {
    let places: Vec<HashMap<i64, usize>> = product
        .options
        .iter()
        .map(|option| option.values.iter().enumerate().map(|(place, value)| (value.id.0, place)).collect())
        .collect();
    let variant = |row: &VariantRow| {
        let lost = || Error::bug(format!("variant {} has no item or an unknown option value", row.id));
        let item = items.get(&row.id).ok_or_else(lost)?;
        let chosen = places.iter().zip(&row.option_value_ids).map(|(places, id)| places.get(id).copied());
        Ok(DocumentVariant {
            id: row.id(),
            title: row.title.clone(),
            sku: row.sku.clone(),
            barcode: row.barcode.clone(),
            price_minor: row.price_minor,
            compare_at_minor: row.compare_at_price_minor,
            taxable: row.taxable,
            requires_shipping: row.requires_shipping,
            policy: InventoryPolicy::named(&row.inventory_policy),
            weight_grams: row.weight_grams,
            option_values: chosen.collect::<Option<_>>().ok_or_else(lost)?,
            media: product.media.iter().position(|image| Some(image.id) == row.media_id),
            inventory_item_id: InventoryItemId(item.id),
            tracked: item.tracked,
            measure: row.measure(),
            quantities: row.quantities()?,
        })
    };
    rows.iter().map(variant).collect()
}
