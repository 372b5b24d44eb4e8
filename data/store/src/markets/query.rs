//! SQL of markets.

use chrono::{DateTime, Utc};
use diesel::{
    prelude::*,
    sql_types::{Array, BigInt, Nullable},
};
use diesel_async::RunQueryDsl;
use mcom_data::{Result, TenantConn, on_constraint};
use mcom_schema::{
    Rounding,
    id::{MarketId, ProductId, VariantId},
    refuse,
};
use mcom_tables::{market_prices as p, market_regions as r, markets as m, store_settings};

use super::{MarketInput, MarketPrice, row::MarketRow};

/// The markets of the store whose settings are read, as JSON; the primary one first.
pub(crate) const OF_STORE: &str = "(select coalesce(json_agg(json_build_object('id', m.id, 'handle', m.handle, 'name', m.name,
        'enabled', m.enabled, 'primary', m.is_primary, 'languages', m.languages, 'currency', m.currency, 'rate', m.rate_billionths,
        'ending', m.price_ending_minor,
        'countries', (select coalesce(json_agg(r.country order by r.country), '[]') from market_regions r
            where r.tenant_id = m.tenant_id and r.market_id = m.id),
        'priced', exists (select from market_prices p where p.tenant_id = m.tenant_id and p.market_id = m.id))
        order by m.is_primary desc, m.id), '[]')
    from markets m where m.tenant_id = store_settings.tenant_id)";

pub(super) async fn all(db: &mut TenantConn) -> Result<Vec<MarketRow>> {
    let found: serde_json::Value = store_settings::table
        .find(db.tenant_id())
        .select(diesel::dsl::sql::<diesel::sql_types::Json>(OF_STORE))
        .first(db.conn())
        .await?;
    Ok(serde_json::from_value(found)?)
}

/// Takes the first place from every market but the one with this handle.
pub(super) async fn dethrone(db: &mut TenantConn, handle: &str) -> Result<()> {
    let others = m::tenant_id.eq(db.tenant_id()).and(m::is_primary).and(m::handle.ne(handle));
    diesel::update(m::table.filter(others)).set(m::is_primary.eq(false)).execute(db.conn()).await?;
    Ok(())
}

/// Writes a market over the one with its handle, if there is one.
pub(super) async fn put(db: &mut TenantConn, input: &MarketInput, now: DateTime<Utc>) -> Result<i64> {
    let tenant = db.tenant_id();
    let ending = match input.rounding {
        Rounding::Exact => None,
        Rounding::Ending(minor) => Some(minor),
    };
    let values = (
        (m::name.eq(&input.name), m::enabled.eq(input.enabled), m::is_primary.eq(input.primary)),
        (m::currency.eq(input.currency.code()), m::rate_billionths.eq(input.rate.billionths())),
        (m::price_ending_minor.eq(ending), m::languages.eq(&input.languages), m::updated_at.eq(now)),
    );
    Ok(diesel::insert_into(m::table)
        .values((m::tenant_id.eq(tenant), m::handle.eq(&input.handle), m::created_at.eq(now), values))
        .on_conflict((m::tenant_id, m::handle))
        .do_update()
        .set(values)
        .returning(m::id)
        .get_result(db.conn())
        .await?)
}

/// Puts these countries, and no others, into a market; they leave the ones that they were in.
pub(super) async fn put_countries(db: &mut TenantConn, market: i64, countries: &[String]) -> Result<()> {
    let tenant = db.tenant_id();
    let others = r::tenant_id.eq(tenant).and(r::market_id.eq(market)).and(r::country.ne_all(countries));
    diesel::delete(r::table.filter(others)).execute(db.conn()).await?;
    if countries.is_empty() {
        return Ok(());
    }
    let row =
        |country: &String| (r::tenant_id.eq(tenant), r::country.eq(country.clone()), r::market_id.eq(market));
    diesel::insert_into(r::table)
        .values(countries.iter().map(row).collect::<Vec<_>>())
        .on_conflict((r::tenant_id, r::country))
        .do_update()
        .set(r::market_id.eq(market))
        .execute(db.conn())
        .await?;
    Ok(())
}

/// Gives a market these prices and no others.
pub(super) async fn put_prices(db: &mut TenantConn, market: i64, prices: &[MarketPrice]) -> Result<()> {
    let tenant = db.tenant_id();
    let variants: Vec<i64> = prices.iter().map(|price| price.variant.0).collect();
    let others = p::tenant_id.eq(tenant).and(p::market_id.eq(market)).and(p::variant_id.ne_all(&variants));
    diesel::delete(p::table.filter(others)).execute(db.conn()).await?;
    let gone = || refuse("prices", "NOT_FOUND", "one of the variants is not there any more");
    diesel::sql_query(PUT_PRICES)
        .bind::<BigInt, _>(tenant)
        .bind::<BigInt, _>(market)
        .bind::<Array<BigInt>, _>(variants)
        .bind::<Array<BigInt>, _>(prices.iter().map(|price| price.product.0).collect::<Vec<_>>())
        .bind::<Array<BigInt>, _>(prices.iter().map(|price| price.price_minor).collect::<Vec<_>>())
        .bind::<Array<Nullable<BigInt>>, _>(
            prices.iter().map(|price| price.compare_at_minor).collect::<Vec<_>>(),
        )
        .execute(db.conn())
        .await
        .map_err(on_constraint("market_prices_variant", gone()))?;
    Ok(())
}

const PUT_PRICES: &str = "insert into market_prices (tenant_id, market_id, variant_id, product_id, price_minor, compare_at_price_minor)
    select $1, $2, t.* from unnest($3, $4, $5, $6) as t
    on conflict (tenant_id, market_id, variant_id) do update set price_minor = excluded.price_minor,
        compare_at_price_minor = excluded.compare_at_price_minor";

pub(super) async fn delete(db: &mut TenantConn, id: i64) -> Result<bool> {
    let deleted = diesel::delete(m::table.find((db.tenant_id(), id))).execute(db.conn()).await?;
    Ok(deleted > 0)
}

type PriceColumns = (i64, i64, i64, Option<i64>);

fn price((variant, product, price_minor, compare_at_minor): PriceColumns) -> MarketPrice {
    MarketPrice { variant: VariantId(variant), product: ProductId(product), price_minor, compare_at_minor }
}

/// Every price of a market, by variant.
pub(super) async fn prices(db: &mut TenantConn, market: i64) -> Result<Vec<MarketPrice>> {
    let of_market = p::tenant_id.eq(db.tenant_id()).and(p::market_id.eq(market));
    let columns = (p::variant_id, p::product_id, p::price_minor, p::compare_at_price_minor);
    let rows: Vec<PriceColumns> =
        p::table.filter(of_market).order(p::variant_id).select(columns).load(db.conn()).await?;
    Ok(rows.into_iter().map(price).collect())
}

/// The prices of these variants in a market.
pub(super) async fn prices_of_variants(
    db: &mut TenantConn,
    market: i64,
    variants: &[i64],
) -> Result<Vec<MarketPrice>> {
    let of_market = p::tenant_id.eq(db.tenant_id()).and(p::market_id.eq(market));
    let columns = (p::variant_id, p::product_id, p::price_minor, p::compare_at_price_minor);
    let wanted = p::table.filter(of_market.and(p::variant_id.eq_any(variants))).select(columns);
    let rows: Vec<PriceColumns> = wanted.load(db.conn()).await?;
    Ok(rows.into_iter().map(price).collect())
}

/// The prices of these products in some markets.
pub(super) async fn prices_of_products(
    db: &mut TenantConn,
    markets: &[i64],
    products: &[i64],
) -> Result<Vec<(MarketId, MarketPrice)>> {
    let wanted =
        p::tenant_id.eq(db.tenant_id()).and(p::product_id.eq_any(products)).and(p::market_id.eq_any(markets));
    let columns = (p::market_id, (p::variant_id, p::product_id, p::price_minor, p::compare_at_price_minor));
    let rows: Vec<(i64, PriceColumns)> = p::table.filter(wanted).select(columns).load(db.conn()).await?;
    Ok(rows.into_iter().map(|(market, row)| (MarketId(market), price(row))).collect())
}
