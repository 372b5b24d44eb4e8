//! The variants that the rows of a product name.

use std::collections::HashSet;

use chrono::DateTime;
use mcom_schema::{Currency, UnitPriceMeasurementInput};

use crate::{
    import::{header::Column, row::Row, value},
    patch::Patch,
    products::{LARGEST_VARIANTS, address},
    variants::{
        Amount, DEFAULT_OPTION, DEFAULT_VALUE, InventoryItemInput, InventoryItemMeasurementInput,
        ProductVariantsBulkInput, WeightInput, WeightUnit, rule,
    },
};

/// A variant as the file describes it.
#[derive(Debug)]
pub(in super::super) struct DraftVariant {
    /// Its place among the product's rows with variants, from 1.
    pub position: i32,
    /// One for each option.
    pub values: Vec<String>,
    /// What it costs, weighs and so on; cells of columns that the file lacks are not mentioned.
    pub input: ProductVariantsBulkInput,
    /// Its price cell is empty: one that is there keeps its price, a new one costs nothing.
    pub is_unpriced: bool,
    /// Pieces free to sell; `None` if the file does not say.
    pub quantity: Option<i64>,
    /// Address of its own image, if there is a column for it.
    pub image: Option<Option<String>>,
}

/// The options of a product: which columns are used, and their names.
pub(super) struct Options {
    places: Vec<usize>,
    pub names: Vec<String>,
}

impl Options {
    /// Options that have a value on some row. A name stands on one row only; if it is missing, one is made.
    pub(super) fn of(rows: &[Row]) -> Self {
        let used = |place: &usize| rows.iter().any(|row| row.filled(Column::OptionValue(*place)).is_some());
        let places: Vec<usize> = (0..3).filter(used).collect();
        if places.is_empty() {
            return Options { places, names: vec![DEFAULT_OPTION.to_owned()] };
        }
        let name = |place: &usize| {
            let named = rows.iter().find_map(|row| row.filled(Column::OptionName(*place)));
            let made =
                || if *place == 0 { DEFAULT_OPTION.to_owned() } else { format!("Option {}", place + 1) };
            named.map_or_else(made, str::to_owned)
        };
        Options { names: places.iter().map(name).collect(), places }
    }

    fn values(&self, row: &Row) -> Result<Vec<String>, String> {
        if self.places.is_empty() {
            return Ok(vec![DEFAULT_VALUE.to_owned()]);
        }
        let value = |(place, name): (&usize, &String)| {
            let text = row.filled(Column::OptionValue(*place));
            let text = text.ok_or_else(|| format!("the variant has no value for the option «{name}»"))?;
            let fits = text.chars().count() <= 255;
            fits.then(|| text.to_owned()).ok_or_else(|| format!("a value of the option «{name}» is too long"))
        };
        self.places.iter().zip(&self.names).map(value).collect()
    }
}

/// Whether the row has a variant, and not just another image.
fn has_variant(row: &Row) -> bool {
    [
        Column::OptionValue(0),
        Column::OptionValue(1),
        Column::OptionValue(2),
        Column::Price,
        Column::Sku,
        Column::Barcode,
    ]
    .into_iter()
    .any(|column| row.filled(column).is_some())
}

/// Reads the variants of a product. What is wrong with a row is noted, and the row's variant left out; what its writer
/// should know is noticed, and the variant taken.
pub(super) fn read(
    rows: &[Row],
    options: &Options,
    currency: Currency,
    (note, notice): (&mut impl FnMut(&Row, String), &mut impl FnMut(&Row, String)),
) -> Vec<DraftVariant> {
    let any = rows.iter().any(has_variant);
    let mut position = 0;
    let mut seen = HashSet::new();
    let mut taken: Vec<DraftVariant> = vec![];
    for (index, row) in rows.iter().enumerate() {
        // A product is never without: the first row stands for its only variant.
        if !has_variant(row) && (any || index > 0) {
            let means_something =
                row.filled(Column::ImageUrl).is_some() || row.filled(Column::Title).is_some();
            if !means_something {
                note(row, "the row has neither a variant nor an image".to_owned());
            }
            continue;
        }
        position += 1;
        match one(row, options, currency, position) {
            Ok(variant) if !seen.insert(variant.values.clone()) => {
                note(row, format!("the variant «{}» is there twice", variant.values.join(" / ")));
            }
            Ok(_) if taken.len() == LARGEST_VARIANTS => {
                note(row, "a product has at most 2,048 variants".to_owned());
            }
            Ok(variant) => {
                if variant.is_unpriced {
                    notice(row, "the variant has no price: a new one is taken at 0.00".to_owned());
                }
                taken.push(variant);
            }
            Err(reason) => note(row, reason),
        }
    }
    taken
}

fn one(row: &Row, options: &Options, currency: Currency, position: i32) -> Result<DraftVariant, String> {
    let values = options.values(row)?;
    let input = input(row)?;
    check(&input, currency)?;
    Ok(DraftVariant {
        position,
        values,
        input,
        is_unpriced: row.cell(Column::Price).is_some_and(str::is_empty),
        quantity: row.filled(Column::Quantity).map(value::quantity).transpose()?,
        image: row.cell(Column::VariantImage).map(address),
    })
}

fn input(row: &Row) -> Result<ProductVariantsBulkInput, String> {
    let amount = |text: &str| Amount(text.to_owned());
    let truth = |what, column| row.filled(column).map(|text| value::truth(what, text)).transpose();
    let weight = row.filled(Column::Grams).map(value::grams).transpose()?;
    let price = row.filled(Column::Price).map(amount);
    let former =
        row.cell(Column::CompareAtPrice).map(|text| Some(amount(text)).filter(|price| !price.0.is_empty()));
    let measurement = weight.map(|value| InventoryItemMeasurementInput {
        weight: Some(WeightInput { unit: WeightUnit::Grams, value }),
    });
    let item = InventoryItemInput {
        cost: row.filled(Column::Cost).map(amount),
        measurement,
        requires_shipping: truth("requires shipping", Column::RequiresShipping)?,
        sku: row.cell(Column::Sku).map(|text| Some(text.to_owned())),
        tracked: row.cell(Column::Tracker).map(|tracker| !tracker.is_empty()),
        ..InventoryItemInput::default()
    };
    Ok(ProductVariantsBulkInput {
        price,
        compare_at_price: former,
        barcode: row.cell(Column::Barcode).map(|text| Some(value::code(text).to_owned())),
        taxable: truth("taxable", Column::Taxable)?,
        inventory_policy: row.filled(Column::Policy).map(value::policy).transpose()?,
        inventory_item: Some(item),
        unit_price_measurement: measure(row)?,
        ..ProductVariantsBulkInput::default()
    })
}

/// How much is in one piece; without an amount prices of it are not compared.
fn measure(row: &Row) -> Result<Patch<UnitPriceMeasurementInput>, String> {
    if row.cell(Column::Measured).is_none() {
        return Ok(None);
    }
    let Some(amount) = row.filled(Column::Measured) else { return Ok(Some(None)) };
    let unit = |column| row.filled(column).map(str::to_ascii_uppercase);
    Ok(Some(Some(UnitPriceMeasurementInput {
        quantity_value: Some(value::measure(amount)?),
        quantity_unit: unit(Column::MeasuredUnit),
        reference_value: row.filled(Column::Reference).map(value::reference).transpose()?,
        reference_unit: unit(Column::ReferenceUnit),
    })))
}

/// The checks that every writer of variants makes, with the cell's text in the reason.
fn check(input: &ProductVariantsBulkInput, currency: Currency) -> Result<(), String> {
    let blank = rule::blank(vec![], String::new(), DateTime::UNIX_EPOCH);
    let applied = rule::apply(input, blank, currency).map(drop);
    let checked = applied.and_then(|()| rule::item(input.inventory_item.as_ref(), currency).map(drop));
    checked.map_err(|refusal| {
        let cell = match refusal.field.last().map(String::as_str) {
            Some("price") => input.price.as_ref(),
            Some("compareAtPrice") => input.compare_at_price.as_ref().and_then(Option::as_ref),
            Some("cost") => input.inventory_item.as_ref().and_then(|item| item.cost.as_ref()),
            _ => None,
        };
        match cell {
            Some(Amount(text)) => format!("{} (it is «{text}»)", refusal.message),
            None => refusal.message,
        }
    })
}
