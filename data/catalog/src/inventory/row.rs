//! Rows of stock.

use chrono::{DateTime, Utc};
use diesel::{pg::Pg, prelude::*};
use mcom_tables::{inventory_items, inventory_levels, locations};

#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable)]
#[diesel(table_name = inventory_items, check_for_backend(Pg))]
pub(crate) struct ItemRow {
    pub id: i64,
    pub variant_id: i64,
    pub product_id: i64,
    pub tracked: bool,
    pub cost_minor: Option<i64>,
    pub country_of_origin: Option<String>,
    pub harmonized_system_code: Option<String>,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
}

/// The columns of an item that writing sets; `None` keeps what is there.
#[derive(Debug, Clone, Default, PartialEq, Eq, Insertable, AsChangeset)]
#[diesel(table_name = inventory_items, check_for_backend(Pg))]
pub(crate) struct ItemValues {
    pub tracked: Option<bool>,
    pub cost_minor: Option<i64>,
    pub country_of_origin: Option<String>,
    pub harmonized_system_code: Option<String>,
}

/// An item to be made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct NewItem<'a> {
    pub variant: i64,
    pub values: &'a ItemValues,
    /// Pieces to begin with, by location.
    pub stock: &'a [(i64, i64)],
}

#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable)]
#[diesel(table_name = inventory_levels, check_for_backend(Pg))]
pub(crate) struct LevelRow {
    pub item_id: i64,
    pub location_id: i64,
    pub available: i64,
    pub reserved: i64,
    pub committed: i64,
    pub updated_at: DateTime<Utc>,
}

#[derive(Debug, Clone, PartialEq, Queryable, Selectable)]
#[diesel(table_name = locations, check_for_backend(Pg))]
pub(crate) struct LocationRow {
    pub id: i64,
    pub name: String,
    pub address: serde_json::Value,
    pub is_active: bool,
    pub fulfills_online_orders: bool,
    pub position: i32,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
}
