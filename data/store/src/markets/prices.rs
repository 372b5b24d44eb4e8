//! Prices that are not converted, but as the merchant says.

use std::{collections::HashMap, sync::Arc};

use futures_util::future::try_join_all;
use mcom_data::{Change, Changes, Cx, Result, TenantConn, load::Batch};
use mcom_schema::id::{MarketId, ProductId, VariantId};

use super::{Market, MarketPrice, query};
use crate::fresh::Fresh;

/// So many products are remembered with their prices in a market, of all stores together.
const REMEMBERED: u64 = 100_000;

/// What a variant costs in a market.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FixedPrice {
    /// In minor units of the market's currency.
    pub price_minor: i64,
    /// The former price, if it is reduced there.
    pub compare_at_minor: Option<i64>,
}

/// What the variants of one product cost in a market, as far as the merchant says so.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct FixedPrices(HashMap<VariantId, FixedPrice>);

impl FixedPrices {
    /// What this variant costs; `None`: what it costs in the store, converted.
    pub fn get(&self, variant: VariantId) -> Option<FixedPrice> {
        self.0.get(&variant).copied()
    }
}

/// The prices of these products in a market, in their order. One statement, none for what is remembered or if it has no such prices.
///
/// # Errors
/// `Busy` or `Broken` if the database cannot be read.
pub async fn prices(cx: &Cx, market: &Market, products: &[ProductId]) -> Result<Vec<Arc<FixedPrices>>> {
    let cache = cx.shared::<PricesCache>()?;
    if !market.has_prices {
        return Ok(products.iter().map(|_| cache.none.clone()).collect());
    }
    let of_product = |product: &ProductId| {
        let key = (market.id, *product);
        let load = move || async move { Ok(cx.load::<OfProduct>(key).await?.unwrap_or_default()) };
        cache.prices.get(cx, key, load)
    };
    try_join_all(products.iter().map(of_product)).await
}

/// The prices of these variants in a market, in the transaction of a sale. One statement; none if it has no such prices.
///
/// # Errors
/// `Busy` or `Broken` if the database cannot be read.
pub async fn prices_for_sale(
    db: &mut TenantConn,
    market: &Market,
    variants: &[VariantId],
) -> Result<FixedPrices> {
    if !market.has_prices || variants.is_empty() {
        return Ok(FixedPrices::default());
    }
    let variants: Vec<i64> = variants.iter().map(|id| id.0).collect();
    Ok(query::prices_of_variants(db, market.id.0, &variants).await?.iter().map(entry).collect())
}

fn entry(price: &MarketPrice) -> (VariantId, FixedPrice) {
    let fixed = FixedPrice { price_minor: price.price_minor, compare_at_minor: price.compare_at_minor };
    (price.variant, fixed)
}

impl FromIterator<(VariantId, FixedPrice)> for FixedPrices {
    fn from_iter<T: IntoIterator<Item = (VariantId, FixedPrice)>>(prices: T) -> Self {
        FixedPrices(prices.into_iter().collect())
    }
}

/// Prices by market and product.
struct OfProduct;

impl Batch for OfProduct {
    type Key = (MarketId, ProductId);
    type Value = Arc<FixedPrices>;

    async fn load(cx: &Cx, keys: Vec<Self::Key>) -> Result<HashMap<Self::Key, Self::Value>> {
        let mut markets: Vec<i64> = keys.iter().map(|(market, _)| market.0).collect();
        markets.sort_unstable();
        markets.dedup();
        let products: Vec<i64> = keys.iter().map(|(_, product)| product.0).collect();
        let rows = cx.read(async |db| query::prices_of_products(db, &markets, &products).await).await?;
        let mut found: HashMap<Self::Key, FixedPrices> = HashMap::new();
        for (market, price) in &rows {
            let (variant, fixed) = entry(price);
            found.entry((*market, price.product)).or_default().0.insert(variant, fixed);
        }
        Ok(found.into_iter().map(|(key, prices)| (key, Arc::new(prices))).collect())
    }
}

/// Prices by store, market and product.
pub struct PricesCache {
    prices: Arc<Fresh<(MarketId, ProductId), Arc<FixedPrices>>>,
    /// One for all that have none, so that what is made of it is seen to be made of the same.
    none: Arc<FixedPrices>,
}

impl PricesCache {
    /// An empty cache that forgets a store when its markets change.
    pub(crate) fn new(changes: &Changes) -> Self {
        let prices = Arc::new(Fresh::new(REMEMBERED));
        let heard = prices.clone();
        changes.listen(move |told| match told.change {
            Change::Store => heard.forget(told.tenant),
            Change::Everything => heard.forget_all(),
            _ => {}
        });
        PricesCache { prices, none: Arc::default() }
    }
}
