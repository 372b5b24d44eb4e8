//! Rows of variants.

use chrono::{DateTime, Utc};
use diesel::{pg::Pg, prelude::*};
use mcom_data::Result;
use mcom_schema::{
    Measure, MeasuredUnit,
    id::{ProductId, VariantId},
};
use mcom_tables::product_variants;
use serde_json::Value;

use super::quantity::{Quantities, QuantityRule};

/// A variant as merchants keep it.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable)]
#[diesel(table_name = product_variants, check_for_backend(Pg))]
pub struct VariantRow {
    /// The variant's number.
    pub id: i64,
    /// Whose variant it is.
    pub product_id: i64,
    /// Its option values joined by ` / `.
    pub title: String,
    /// The merchant's own number.
    pub sku: Option<String>,
    /// EAN, UPC, ISBN.
    pub barcode: Option<String>,
    /// Minor units of the store's currency.
    pub price_minor: i64,
    /// The former price, if it is reduced.
    pub compare_at_price_minor: Option<i64>,
    /// Whether tax is due on it.
    pub taxable: bool,
    /// Whether it has to be shipped.
    pub requires_shipping: bool,
    /// `DENY` or `CONTINUE`.
    pub inventory_policy: String,
    /// In grams.
    pub weight_grams: i64,
    /// One value per option, in the order of the options.
    pub option_value_ids: Vec<i64>,
    /// Its own image, one of the product's.
    pub media_id: Option<i64>,
    /// Its place among the product's variants, from 1.
    pub position: i32,
    /// When it was made.
    pub created_at: DateTime<Utc>,
    /// When it was last changed.
    pub updated_at: DateTime<Utc>,
    /// How much is in one piece, if prices are to be compared.
    #[diesel(embed)]
    pub(crate) measure: MeasureColumns,
    /// How many pieces are sold at once, and what they then cost.
    #[diesel(embed)]
    pub(crate) quantities: QuantityColumns,
}

impl VariantRow {
    /// The variant.
    pub fn id(&self) -> VariantId {
        VariantId(self.id)
    }

    /// Whose variant it is.
    pub fn product(&self) -> ProductId {
        ProductId(self.product_id)
    }

    /// How many pieces are sold at once, and what they then cost.
    ///
    /// # Errors
    /// `Broken` if what is kept is none.
    pub fn quantities(&self) -> Result<Quantities> {
        self.quantities.clone().read()
    }

    /// How much is in one piece, if prices are to be compared.
    pub fn measure(&self) -> Option<Measure> {
        let columns = &self.measure;
        Some(Measure {
            millionths: columns.measured_millionths?,
            unit: MeasuredUnit::parse(columns.measured_unit.as_deref()?)?,
            reference: columns.reference_value?,
            reference_unit: MeasuredUnit::parse(columns.reference_unit.as_deref()?)?,
        })
    }
}

/// The columns of a measure: all of them are filled, or none.
#[derive(Debug, Clone, Default, PartialEq, Eq, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = product_variants, check_for_backend(Pg), treat_none_as_null = true)]
pub struct MeasureColumns {
    measured_millionths: Option<i64>,
    measured_unit: Option<String>,
    reference_value: Option<i32>,
    reference_unit: Option<String>,
}

impl From<Option<Measure>> for MeasureColumns {
    fn from(measure: Option<Measure>) -> Self {
        MeasureColumns {
            measured_millionths: measure.map(|measure| measure.millionths),
            measured_unit: measure.map(|measure| measure.unit.name().to_owned()),
            reference_value: measure.map(|measure| measure.reference),
            reference_unit: measure.map(|measure| measure.reference_unit.name().to_owned()),
        }
    }
}

/// The columns that say how many pieces are sold at once, and what they then cost.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable)]
#[diesel(table_name = product_variants, check_for_backend(Pg))]
pub struct QuantityColumns {
    pub(super) quantity_minimum: i64,
    pub(super) quantity_maximum: Option<i64>,
    pub(super) quantity_increment: i64,
    pub(super) price_breaks: Value,
}

impl QuantityColumns {
    pub(super) fn read(self) -> Result<Quantities> {
        let rule = QuantityRule {
            minimum: self.quantity_minimum,
            maximum: self.quantity_maximum,
            increment: self.quantity_increment,
        };
        Ok(Quantities { rule, breaks: serde_json::from_value(self.price_breaks)? })
    }
}

/// The columns of a variant that writing sets.
#[derive(Debug, Clone, PartialEq, Eq, Insertable, AsChangeset)]
#[diesel(table_name = product_variants, check_for_backend(Pg), treat_none_as_null = true)]
pub(crate) struct VariantValues {
    pub title: String,
    pub sku: Option<String>,
    pub barcode: Option<String>,
    pub price_minor: i64,
    pub compare_at_price_minor: Option<i64>,
    pub taxable: bool,
    pub requires_shipping: bool,
    pub inventory_policy: String,
    pub weight_grams: i64,
    pub option_value_ids: Vec<i64>,
    pub media_id: Option<i64>,
    pub position: i32,
    pub updated_at: DateTime<Utc>,
    #[diesel(embed)]
    pub measure: MeasureColumns,
}

/// A variant to be made, with its item in the warehouse.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct NewVariant {
    pub values: VariantValues,
    pub item: crate::inventory::ItemValues,
    /// Pieces to begin with, by location.
    pub stock: Vec<(i64, i64)>,
}
