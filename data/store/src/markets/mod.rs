//! Markets: groups of countries that share a currency, prices and languages, and which of them a buyer is in.

mod input;
mod localization;
mod prices;
pub(crate) mod query;
mod row;

use mcom_data::{Change, Cx, Error, Result, TenantConn, event};
use mcom_schema::{Scope, event::Event, id::MarketId};
use serde_json::json;

pub use input::{MarketInput, MarketPrice};
pub use localization::Localization;
pub(crate) use prices::PricesCache;
pub use prices::{FixedPrice, FixedPrices, prices, prices_for_sale};
pub(crate) use row::{Home, MarketRow};
pub use row::{Market, Markets};

use crate::settings;

/// Every market, also those that are closed, the primary one first.
///
/// # Errors
/// `Forbidden` without `read_markets`.
pub async fn all(cx: &Cx) -> Result<Vec<Market>> {
    cx.require(Scope::ReadMarkets)?;
    let currency = settings::get(cx).await?.currency;
    let rows = cx.read(async |db| query::all(db).await).await?;
    rows.into_iter().map(|row| row.read(currency)).collect()
}

/// The prices of a market that are not converted, by variant.
///
/// # Errors
/// `Forbidden` without `read_markets`.
pub async fn fixed_prices(cx: &Cx, market: MarketId) -> Result<Vec<MarketPrice>> {
    cx.require(Scope::ReadMarkets)?;
    cx.read(async |db| query::prices(db, market.0).await).await
}

/// Makes the market with this handle what `input` says. Its countries leave the markets that they were in; if it is the primary one,
/// no other is any more.
///
/// # Errors
/// `Forbidden` without `write_markets`; refuses what [`MarketInput::check`] refuses, and prices of variants that are not there.
pub async fn put(cx: &Cx, input: &MarketInput) -> Result<MarketId> {
    cx.require(Scope::WriteMarkets)?;
    let input = input.check(settings::get(cx).await?.currency)?;
    cx.write("market_put", async |db| {
        if input.primary {
            query::dethrone(db, &input.handle).await?;
        }
        let id = query::put(db, &input, cx.now()).await?;
        query::put_countries(db, id, &input.countries).await?;
        query::put_prices(db, id, &input.prices).await?;
        let payload = json!({ "id": MarketId(id).gid(), "handle": input.handle, "name": input.name });
        told(cx, db, "markets/update", id, &payload).await?;
        Ok(MarketId(id))
    })
    .await
}

/// Deletes a market with its prices. Buyers in its countries are then in the primary one.
///
/// # Errors
/// `NotFound`, `Forbidden` without `write_markets`.
pub async fn delete(cx: &Cx, id: MarketId) -> Result<()> {
    cx.require(Scope::WriteMarkets)?;
    cx.write("market_delete", async |db| {
        if !query::delete(db, id.0).await? {
            return Err(Error::NotFound("market"));
        }
        told(cx, db, "markets/delete", id.0, &json!({ "id": id.gid() })).await
    })
    .await
}

/// Markets are kept with the settings of their store, and forgotten with them.
async fn told(
    cx: &Cx,
    db: &mut TenantConn,
    topic: &'static str,
    id: i64,
    payload: &serde_json::Value,
) -> Result<()> {
    event::emit(cx, db, Event::new(topic, "market", id, payload)).await?;
    db.changed(Change::Store);
    Ok(())
}
