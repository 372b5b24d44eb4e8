//! What the store has of a product before its rows are applied.

use std::collections::HashMap;

use mcom_data::{Result, TenantConn};
use mcom_schema::Currency;

use super::query;
use crate::{
    inventory, products,
    products::Product,
    publications, store,
    variants::{self, VariantRow},
};

/// Where things go, the same for the whole file.
#[derive(Debug, Clone, Copy)]
pub(super) struct Place {
    pub currency: Currency,
    /// The location that the file's quantities are about.
    pub location: Option<i64>,
    /// The publication that the storefront shows.
    pub online_store: i64,
}

impl Place {
    pub(super) async fn of(db: &mut TenantConn) -> Result<Self> {
        Ok(Place {
            currency: store::currency(db).await?,
            location: inventory::query::main_location(db).await?,
            online_store: publications::online_store(db).await?,
        })
    }
}

/// A variant's item in the warehouse, and its stock at the main location.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Item {
    pub id: i64,
    pub tracked: bool,
    pub cost_minor: Option<i64>,
    pub available: Option<i64>,
}

/// A product with everything that a file may change of it.
#[derive(Debug)]
pub(super) struct State {
    pub product: Product,
    pub variants: Vec<VariantRow>,
    /// By variant.
    pub items: HashMap<i64, Item>,
}

impl State {
    /// Reads the product with this handle.
    pub(super) async fn by_handle(db: &mut TenantConn, place: Place, handle: &str) -> Result<Option<Self>> {
        match products::query::id_by_handle(db, handle).await? {
            Some(id) => State::by_id(db, place, id).await,
            None => Ok(None),
        }
    }

    async fn by_id(db: &mut TenantConn, place: Place, id: i64) -> Result<Option<Self>> {
        let Some(product) = products::query::details(db, &[id]).await?.pop() else { return Ok(None) };
        let variants = variants::query::of_product(db, id).await?;
        let items = query::items(db, id, place.location).await?;
        Ok(Some(State { product, variants, items }))
    }

    /// The product with this handle, its row locked before anything of it is read.
    pub(super) async fn locked(db: &mut TenantConn, place: Place, handle: &str) -> Result<Option<Self>> {
        let Some(id) = products::query::id_by_handle(db, handle).await? else { return Ok(None) };
        products::query::lock(db, id).await?;
        State::by_id(db, place, id).await
    }

    pub(super) fn option_names(&self) -> Vec<&str> {
        self.product.options.iter().map(|option| option.name.as_str()).collect()
    }

    /// Names of a variant's option values, in the order of the options.
    pub(super) fn values(&self, variant: &VariantRow) -> Vec<String> {
        let name = |(option, id): (&products::ProductOption, &i64)| {
            let value = option.values.iter().find(|value| value.id.0 == *id);
            value.map(|value| value.name.clone()).unwrap_or_default()
        };
        self.product.options.iter().zip(&variant.option_value_ids).map(name).collect()
    }

    pub(super) fn image_url(&self, id: Option<i64>) -> Option<&str> {
        let image = self.product.media.iter().find(|image| Some(image.id) == id);
        image.map(|image| image.url.as_str())
    }
}
