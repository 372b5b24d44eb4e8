//! The rows of one product: one for each variant, and more if it has more images than variants.

use std::{collections::HashMap, io::Write};

use mcom_schema::{Currency, MeasuredUnit, Money};

use crate::{
    products::{MediaRow, Product, ProductOption},
    variants::VariantRow,
};

/// The columns, under the names of the standard export: of the product, which stand on its first row only, of the variant, and of the
/// image.
pub(super) const COLUMNS: [&str; 36] = [
    "Handle",
    "Title",
    "Body (HTML)",
    "Vendor",
    "Type",
    "Tags",
    "Published",
    "Status",
    "Gift Card",
    "SEO Title",
    "SEO Description",
    "Option1 Name",
    "Option2 Name",
    "Option3 Name",
    "Option1 Value",
    "Option2 Value",
    "Option3 Value",
    "Variant SKU",
    "Variant Barcode",
    "Variant Price",
    "Variant Compare At Price",
    "Cost per item",
    "Variant Grams",
    "Variant Inventory Tracker",
    "Variant Inventory Qty",
    "Variant Inventory Policy",
    "Variant Requires Shipping",
    "Variant Taxable",
    "Unit Price Total Measure",
    "Unit Price Total Measure Unit",
    "Unit Price Base Measure",
    "Unit Price Base Measure Unit",
    "Variant Image",
    "Image Src",
    "Image Position",
    "Image Alt Text",
];
/// How many columns each of the three parts has, behind the handle.
const PARTS: (usize, usize, usize) = (13, 19, 3);

/// A variant in the warehouse.
#[derive(Debug, Clone, Copy)]
pub(super) struct Item {
    pub tracked: bool,
    pub cost_minor: Option<i64>,
    /// At the main location; none if it was never there.
    pub available: Option<i64>,
}

/// A product with everything that the file has of it.
pub(super) struct Whole<'w> {
    pub product: &'w Product,
    pub variants: &'w [VariantRow],
    /// By variant.
    pub items: &'w HashMap<i64, Item>,
    pub currency: Currency,
}

impl Whole<'_> {
    /// Writes its rows.
    pub(super) fn write(&self, sheet: &mut csv::Writer<impl Write>) -> csv::Result<()> {
        let media = &self.product.media;
        for index in 0..self.variants.len().max(media.len()) {
            let mut row = vec![self.product.row.handle.clone()];
            row.extend(if index == 0 { self.of_product() } else { empty(PARTS.0) });
            row.extend(self.variants.get(index).map_or_else(|| empty(PARTS.1), |it| self.of_variant(it)));
            row.extend(media.get(index).map_or_else(|| empty(PARTS.2), |it| of_image(it, index)));
            sheet.write_record(&row)?;
        }
        Ok(())
    }

    fn of_product(&self) -> Vec<String> {
        let row = &self.product.row;
        let text = |text: &Option<String>| text.clone().unwrap_or_default();
        let mut cells = vec![
            row.title.clone(),
            row.description_html.clone(),
            row.vendor.clone(),
            row.product_type.clone(),
            row.tags.join(", "),
            self.product.published_at.is_some().to_string(),
            row.status.to_ascii_lowercase(),
            row.gift_card.to_string(),
            text(&row.seo_title),
            text(&row.seo_description),
        ];
        cells.extend(three(self.product.options.iter().map(|option| option.name.clone())));
        cells
    }

    fn of_variant(&self, variant: &VariantRow) -> Vec<String> {
        let item = self.items.get(&variant.id);
        let price = |minor: Option<i64>| {
            minor.map(|minor| Money::new(minor, self.currency).decimal()).unwrap_or_default()
        };
        let options = self.product.options.iter().zip(&variant.option_value_ids);
        let mut cells = three(options.map(|(option, id)| value(option, *id)));
        let tracker = if item.is_some_and(|item| item.tracked) { "shopify" } else { "" };
        let quantity = item.and_then(|item| item.available);
        let image = self.product.media.iter().find(|image| Some(image.id) == variant.media_id);
        cells.extend([
            variant.sku.clone().unwrap_or_default(),
            barcode(variant.barcode.as_deref().unwrap_or_default()),
            price(Some(variant.price_minor)),
            price(variant.compare_at_price_minor),
            price(item.and_then(|item| item.cost_minor)),
            variant.weight_grams.to_string(),
            tracker.to_owned(),
            quantity.map(|pieces| pieces.to_string()).unwrap_or_default(),
            variant.inventory_policy.to_ascii_lowercase(),
            variant.requires_shipping.to_string(),
            variant.taxable.to_string(),
        ]);
        cells.extend(measured(variant));
        cells.push(image.map(|image| image.url.clone()).unwrap_or_default());
        cells
    }
}

/// How much is in one piece, and how much its unit price is for.
fn measured(variant: &VariantRow) -> [String; 4] {
    let Some(measure) = variant.measure() else { return Default::default() };
    let unit = |unit: MeasuredUnit| unit.name().to_ascii_lowercase();
    let (amount, reference) = (measure.quantity().to_string(), measure.reference.to_string());
    [amount, unit(measure.unit), reference, unit(measure.reference_unit)]
}

fn of_image(image: &MediaRow, index: usize) -> Vec<String> {
    vec![image.url.clone(), (index + 1).to_string(), image.alt.clone().unwrap_or_default()]
}

fn value(option: &ProductOption, id: i64) -> String {
    let value = option.values.iter().find(|value| value.id.0 == id);
    value.map(|value| value.name.clone()).unwrap_or_default()
}

/// A reader takes one apostrophe in front for a spreadsheet's.
fn barcode(code: &str) -> String {
    if code.starts_with('\'') { format!("'{code}") } else { code.to_owned() }
}

/// A product has at most three options.
fn three(cells: impl Iterator<Item = String>) -> Vec<String> {
    cells.chain(std::iter::repeat(String::new())).take(3).collect()
}

fn empty(count: usize) -> Vec<String> {
    vec![String::new(); count]
}

#[cfg(test)]
mod tests {
    use super::{COLUMNS, PARTS, barcode};

    #[test]
    fn every_column_belongs_to_a_part() {
        assert_eq!(1 + PARTS.0 + PARTS.1 + PARTS.2, COLUMNS.len());
    }

    #[test]
    fn an_apostrophe_in_front_survives_its_reader() {
        assert_eq!((barcode("0123"), barcode("'9")), ("0123".to_owned(), "''9".to_owned()));
    }
}
