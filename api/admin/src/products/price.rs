//! What a product costs, over all of its variants.

use mcom_catalog::MoneyRange;
use mcom_kit::{Args, Cx, Error, Registry};
use mcom_schema::{Currency, Money};
use mcom_store::settings;

use super::Product;

/// From the cheapest to the dearest variant, under its older name.
pub struct ProductPriceRange {
    lowest: Money,
    highest: Money,
}

mcom_kit::record!(ProductPriceRange as "ProductPriceRange" {
    "maxVariantPrice" = highest,
    "minVariantPrice" = lowest,
});

/// From the cheapest to the dearest variant.
pub struct ProductPriceRangeV2 {
    lowest: Money,
    highest: Money,
}

mcom_kit::record!(ProductPriceRangeV2 as "ProductPriceRangeV2" {
    "maxVariantPrice" = highest,
    "minVariantPrice" = lowest,
});

/// From the lowest to the highest price that is crossed out.
pub struct ProductCompareAtPriceRange {
    lowest: Money,
    highest: Money,
}

mcom_kit::record!(ProductCompareAtPriceRange as "ProductCompareAtPriceRange" {
    "maxVariantCompareAtPrice" = highest,
    "minVariantCompareAtPrice" = lowest,
});

pub(super) fn register(registry: &mut Registry) {
    registry
        .on::<Product>()
        .load("compareAtPriceRange", compare_at_price_range)
        .load("priceRange", price_range)
        .load("priceRangeV2", price_range_v2);
}

async fn price_range(cx: &Cx, product: &Product, _: Args) -> Result<ProductPriceRange, Error> {
    let (lowest, highest) = prices(cx, product).await?;
    Ok(ProductPriceRange { lowest, highest })
}

async fn price_range_v2(cx: &Cx, product: &Product, _: Args) -> Result<ProductPriceRangeV2, Error> {
    let (lowest, highest) = prices(cx, product).await?;
    Ok(ProductPriceRangeV2 { lowest, highest })
}

async fn compare_at_price_range(
    cx: &Cx,
    product: &Product,
    _: Args,
) -> Result<Option<ProductCompareAtPriceRange>, Error> {
    let Some(range) = product.it.former_prices else { return Ok(None) };
    let (lowest, highest) = ends(range, settings::get(cx).await?.currency);
    Ok(Some(ProductCompareAtPriceRange { lowest, highest }))
}

/// Every product has a variant, and every variant a price.
async fn prices(cx: &Cx, product: &Product) -> Result<(Money, Money), Error> {
    let range = product.it.prices.ok_or_else(|| Error::bug("a product without variants"))?;
    Ok(ends(range, settings::get(cx).await?.currency))
}

fn ends(range: MoneyRange, currency: Currency) -> (Money, Money) {
    (Money::new(range.min_minor, currency), Money::new(range.max_minor, currency))
}
