//! Markets.

use std::collections::{BTreeMap, HashMap};

use mcom_catalog::{products, variants};
use mcom_data::{Result, page::PageArgs};
use mcom_schema::{
    Currency, Money, Rate, Rounding,
    id::{ProductId, VariantId},
};
use mcom_store::{
    markets::{self, Market, MarketInput, MarketPrice},
    settings,
};

use crate::{
    file,
    run::{Action, Run},
};

pub(crate) async fn apply(run: &mut Run<'_>) -> Result<()> {
    let Some(section) = &run.file.markets else { return Ok(()) };
    run.named_once("markets", section.iter().map(|market| market.handle.as_str()));
    places(run, section);
    let there = markets::all(run.cx).await?;
    for (index, market) in section.iter().enumerate() {
        let before = there.iter().find(|known| known.handle == market.handle);
        put(run, &format!("markets.{index}"), market, before).await?;
    }
    for market in there.iter().filter(|known| !section.iter().any(|market| market.handle == known.handle)) {
        if run.passes("market", &market.handle) {
            markets::delete(run.cx, market.id).await?;
        }
    }
    Ok(())
}

/// Tells of countries in two markets, and of two primary ones.
fn places(run: &mut Run<'_>, section: &[file::markets::Market]) {
    let mut known: HashMap<&str, &str> = HashMap::new();
    let mut primary = None;
    for (index, market) in section.iter().enumerate() {
        for (place, country) in market.countries.iter().enumerate() {
            if let Some(other) = known.insert(country, &market.handle) {
                let path = format!("markets.{index}.countries.{place}");
                run.fault(&path, format!("{country} is in the market «{other}» already"));
            }
        }
        if let Some(other) = primary.filter(|_| market.primary) {
            run.fault(
                &format!("markets.{index}.primary"),
                format!("«{other}» is the primary market already"),
            );
        }
        primary = primary.or(market.primary.then_some(&market.handle));
    }
}

async fn put(
    run: &mut Run<'_>,
    path: &str,
    market: &file::markets::Market,
    before: Option<&Market>,
) -> Result<()> {
    let own = settings::get(run.cx).await?.currency;
    let Some(input) = input(run, path, (market, own)).await? else { return Ok(()) };
    let Some(input) = run.heed(path, input.check(own))? else { return Ok(()) };
    if input.handle != market.handle {
        run.fault(&format!("{path}.handle"), format!("a handle is written like «{}»", input.handle));
        return Ok(());
    }
    let does = match before {
        Some(known) if known.input(markets::fixed_prices(run.cx, known.id).await?) == input => {
            run.keeps();
            false
        }
        Some(_) => run.does(Action::Update, "market", &market.handle),
        None => run.does(Action::Create, "market", &market.handle),
    };
    if does {
        let done = markets::put(run.cx, &input).await;
        run.heed(path, done)?;
    }
    Ok(())
}

/// What an entry means; `None` if it means nothing, of which the faults tell.
async fn input(
    run: &mut Run<'_>,
    path: &str,
    (market, own): (&file::markets::Market, Currency),
) -> Result<Option<MarketInput>> {
    let currency = match market.currency.as_deref().map(Currency::parse) {
        None => own,
        Some(Some(currency)) => currency,
        Some(None) => {
            run.fault(&format!("{path}.currency"), "there is no such currency");
            return Ok(None);
        }
    };
    let rate = market.rate.as_deref().map_or(Some(Rate::ONE), Rate::parse);
    if rate.is_none() {
        run.fault(&format!("{path}.rate"), "a rate is a decimal number above 0, in quotes");
    }
    let rounding = rounding(market.rounding.as_deref(), currency);
    if rounding.is_none() {
        run.fault(&format!("{path}.rounding"), "prices end like \"0.99\", or are `whole`");
    }
    let prices = prices(run, path, (&market.prices, currency)).await?;
    let (Some(rate), Some(rounding), Some(prices)) = (rate, rounding, prices) else { return Ok(None) };
    Ok(Some(MarketInput {
        handle: market.handle.clone(),
        name: market.name.clone(),
        enabled: market.enabled,
        primary: market.primary,
        countries: market.countries.clone(),
        languages: market.languages.clone(),
        currency,
        rate,
        rounding,
        prices,
    }))
}

fn rounding(said: Option<&str>, currency: Currency) -> Option<Rounding> {
    match said {
        None => Some(Rounding::Exact),
        Some("whole") => Some(Rounding::Ending(0)),
        Some(ending) => {
            let minor = Money::parse(ending, currency).ok()?.minor;
            (1..10_i64.pow(currency.exponent())).contains(&minor).then_some(Rounding::Ending(minor))
        }
    }
}

async fn prices(
    run: &mut Run<'_>,
    path: &str,
    (section, currency): (&[file::markets::MarketPrice], Currency),
) -> Result<Option<Vec<MarketPrice>>> {
    let mut prices: BTreeMap<VariantId, MarketPrice> = BTreeMap::new();
    let mut is_complete = true;
    for (index, said) in section.iter().enumerate() {
        let path = format!("{path}.prices.{index}");
        let goods = goods(run, &path, said).await?;
        let price = money(run, &format!("{path}.price"), (Some(&said.price), currency));
        let former =
            money(run, &format!("{path}.compareAtPrice"), (said.compare_at_price.as_deref(), currency));
        let (Some(goods), Some(Some(price_minor)), Some(compare_at_minor)) = (goods, price, former) else {
            is_complete = false;
            continue;
        };
        let priced =
            |(product, variant)| (variant, MarketPrice { variant, product, price_minor, compare_at_minor });
        prices.extend(goods.into_iter().map(priced));
    }
    Ok(is_complete.then(|| prices.into_values().collect()))
}

/// An amount, if there is one; `None` if it is none.
fn money(run: &mut Run<'_>, path: &str, (said, currency): (Option<&str>, Currency)) -> Option<Option<i64>> {
    let Some(said) = said else { return Some(None) };
    let amount = Money::parse(said, currency).ok().filter(|amount| amount.minor >= 0);
    if amount.is_none() {
        run.fault(path, "not an amount in the market's currency");
    }
    amount.map(|amount| Some(amount.minor))
}

/// The variants that a price is for.
async fn goods(
    run: &mut Run<'_>,
    path: &str,
    said: &file::markets::MarketPrice,
) -> Result<Option<Vec<(ProductId, VariantId)>>> {
    let (handle, sku) = match (&said.product, &said.variant) {
        (Some(handle), None) => (handle.as_str(), None),
        (None, Some(variant)) => match variant.split_once('/') {
            Some((handle, sku)) => (handle, Some(sku)),
            None => (variant.as_str(), Some("")),
        },
        _ => {
            run.fault(path, "either a product or a variant is needed");
            return Ok(None);
        }
    };
    let Some(product) = products::by_handle(run.cx, handle).await? else {
        run.fault(path, format!("there is no product «{handle}»"));
        return Ok(None);
    };
    let id = product.row.id();
    let (mut found, mut page) = (vec![], PageArgs::first(250));
    loop {
        let part = variants::of_product(run.cx, id, &page).await?;
        let wanted = part.items.iter().filter(|(_, it)| sku.is_none() || it.row.sku.as_deref() == sku);
        found.extend(wanted.map(|(_, it)| (id, it.row.id())));
        page.cursor = part.items.last().map(|(cursor, _)| cursor.clone());
        if !part.has_next {
            break;
        }
    }
    if found.is_empty() {
        run.fault(path, format!("there is no variant «{}»", said.variant.as_deref().unwrap_or_default()));
        return Ok(None);
    }
    Ok(Some(found))
}

#[cfg(test)]
mod tests {
    use mcom_schema::{Currency, Rounding};

    use super::rounding;

    #[test]
    fn prices_end_as_their_currency_lets_them() {
        let read = |said| rounding(Some(said), Currency::GBP);
        assert_eq!(
            (read("0.99"), read("0.5"), read("whole")),
            (Some(Rounding::Ending(99)), Some(Rounding::Ending(50)), Some(Rounding::Ending(0)))
        );
        assert_eq!((read("1.00"), read("x"), rounding(Some("0.99"), Currency::JPY)), (None, None, None));
        assert_eq!(rounding(None, Currency::JPY), Some(Rounding::Exact));
    }
}
