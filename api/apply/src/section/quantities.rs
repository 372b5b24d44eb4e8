//! How many pieces of variants are sold at once, and what they then cost.

use mcom_catalog::variants::{self, PriceBreak, Quantities, QuantityRule};
use mcom_data::Result;
use mcom_schema::{Money, id::VariantId};
use mcom_store::settings;

use crate::{
    file::plans,
    run::{Action, Run},
    target,
};

pub(crate) async fn apply(run: &mut Run<'_>) -> Result<()> {
    let Some(section) = &run.file.quantities else { return Ok(()) };
    run.named_once("quantities", section.iter().map(|entry| entry.variant.as_str()));
    let mut named = vec![];
    for (index, entry) in section.iter().enumerate() {
        named.extend(put(run, &format!("quantities.{index}"), entry).await?);
    }
    let unnamed: Vec<VariantId> =
        variants::with_quantities(run.cx).await?.into_iter().filter(|id| !named.contains(id)).collect();
    for variant in variants::by_ids(run.cx, &unnamed).await?.into_iter().flatten() {
        let name = variant.row.sku.clone().unwrap_or_else(|| variant.row.id().gid());
        if run.passes("quantities", &name) {
            let plain = [(variant.row.id(), Quantities::default())];
            variants::set_quantities(run.cx, variant.row.product(), &plain).await?;
        }
    }
    Ok(())
}

async fn put(run: &mut Run<'_>, path: &str, entry: &plans::Quantities) -> Result<Option<VariantId>> {
    let found = target::find(run, &format!("variant:{}", entry.variant)).await?;
    let Some(id) = found.and_then(|found| VariantId::parse(&found.gid)) else {
        run.fault(&format!("{path}.variant"), format!("there is no variant «{}»", entry.variant));
        return Ok(None);
    };
    let Some(wanted) = read(run, path, entry).await? else { return Ok(None) };
    if run.heed(path, wanted.check().map_err(Into::into))?.is_none() {
        return Ok(None);
    }
    let Some(there) = variants::by_ids(run.cx, &[id]).await?.into_iter().flatten().next() else {
        return Ok(None);
    };
    if there.row.quantities()? == wanted {
        run.keeps();
    } else if run.does(Action::Update, "quantities", &entry.variant) {
        let done = variants::set_quantities(run.cx, there.row.product(), &[(id, wanted)]).await;
        run.heed(path, done)?;
    }
    Ok(Some(id))
}

/// What an entry means; `None` if it means nothing, of which the faults tell.
async fn read(run: &mut Run<'_>, path: &str, entry: &plans::Quantities) -> Result<Option<Quantities>> {
    let currency = settings::get(run.cx).await?.currency;
    let mut breaks = Vec::with_capacity(entry.price_breaks.len());
    for (index, it) in entry.price_breaks.iter().enumerate() {
        match Money::parse(&it.price, currency) {
            Ok(price) => breaks.push(PriceBreak { from: it.from, price_minor: price.minor }),
            Err(_) => {
                let place = format!("{path}.priceBreaks.{index}.price");
                run.fault(&place, "not an amount in the store's currency");
            }
        }
    }
    let increment = entry.increment.unwrap_or(1);
    let minimum = entry.minimum.unwrap_or(increment);
    let rule = QuantityRule { minimum, maximum: entry.maximum, increment };
    Ok((breaks.len() == entry.price_breaks.len()).then_some(Quantities { rule, breaks }))
}
