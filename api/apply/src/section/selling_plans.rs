//! Selling plans.

use mcom_catalog::products;
use mcom_data::Result;
use mcom_sales::selling_plans::{
    self, Adjustment, GroupDetails, Interval, IntervalUnit, PlanDetails, PlanTerms, PriceAdjustment,
};
use mcom_schema::{
    Currency, Money,
    id::{ProductId, VariantId},
};
use mcom_store::settings;

use super::discounts::hundredths;
use crate::{
    file::plans::{self, Period, PeriodUnit, SellingPlanGroup},
    run::{Action, Run},
    target,
};

pub(crate) async fn apply(run: &mut Run<'_>) -> Result<()> {
    let Some(section) = &run.file.selling_plans else { return Ok(()) };
    run.named_once("sellingPlans", section.iter().map(|group| group.handle.as_str()));
    let there = selling_plans::all(run.cx).await?;
    for (index, group) in section.iter().enumerate() {
        put(run, &format!("sellingPlans.{index}"), (group, there.groups())).await?;
    }
    let is_named = |handle: &str| section.iter().any(|group| group.handle == handle);
    for group in there.groups().iter().filter(|group| !is_named(&group.details.handle)) {
        if run.passes("selling plan group", &group.details.handle) {
            selling_plans::delete(run.cx, group.id).await?;
        }
    }
    Ok(())
}

async fn put(
    run: &mut Run<'_>,
    path: &str,
    (group, there): (&SellingPlanGroup, &[selling_plans::SellingPlanGroup]),
) -> Result<()> {
    let Some(wanted) = details(run, path, group).await? else { return Ok(()) };
    if run.heed(path, wanted.check().map_err(Into::into))?.is_none() {
        return Ok(());
    }
    let action = match there.iter().find(|known| known.details.handle == wanted.handle) {
        Some(known) if known.details == wanted => {
            run.keeps();
            return Ok(());
        }
        Some(_) => Action::Update,
        None => Action::Create,
    };
    if run.does(action, "selling plan group", &group.handle) {
        let done = selling_plans::put(run.cx, &wanted).await;
        run.heed(path, done)?;
    }
    Ok(())
}

/// What an entry means; `None` if it means nothing, of which the faults tell.
async fn details(run: &mut Run<'_>, path: &str, group: &SellingPlanGroup) -> Result<Option<GroupDetails>> {
    let currency = settings::get(run.cx).await?.currency;
    let mut plans = vec![];
    for (index, plan) in group.plans.iter().enumerate() {
        plans.extend(self::plan(run, &format!("{path}.plans.{index}"), (plan, currency)));
    }
    let products = products(run, path, group).await?;
    let variants = variants(run, path, group).await?;
    let is_complete = plans.len() == group.plans.len()
        && products.len() == group.products.len()
        && variants.len() == group.variants.len();
    Ok(is_complete.then(|| GroupDetails {
        handle: group.handle.clone(),
        name: group.name.clone(),
        app_name: group.app_name.clone(),
        options: group.options.clone(),
        plans,
        products,
        variants,
    }))
}

async fn products(run: &mut Run<'_>, path: &str, group: &SellingPlanGroup) -> Result<Vec<(ProductId, bool)>> {
    let mut found = vec![];
    for (index, handle) in group.products.iter().enumerate() {
        match products::by_handle(run.cx, handle).await? {
            Some(product) => found.push((product.row.id(), group.required)),
            None => run.fault(&format!("{path}.products.{index}"), format!("there is no product «{handle}»")),
        }
    }
    found.sort_unstable();
    Ok(found)
}

async fn variants(run: &mut Run<'_>, path: &str, group: &SellingPlanGroup) -> Result<Vec<VariantId>> {
    let mut found = vec![];
    for (index, name) in group.variants.iter().enumerate() {
        let there = target::find(run, &format!("variant:{name}")).await?;
        match there.and_then(|there| VariantId::parse(&there.gid)) {
            Some(variant) => found.push(variant),
            None => run.fault(&format!("{path}.variants.{index}"), format!("there is no variant «{name}»")),
        }
    }
    found.sort_unstable();
    Ok(found)
}

fn plan(
    run: &mut Run<'_>,
    path: &str,
    (plan, currency): (&plans::SellingPlan, Currency),
) -> Option<PlanDetails> {
    let mut adjustments = vec![];
    for (index, it) in plan.price_adjustments.iter().enumerate() {
        adjustments.extend(adjustment(run, &format!("{path}.priceAdjustments.{index}"), (it, currency)));
    }
    if adjustments.len() < plan.price_adjustments.len() {
        return None;
    }
    let (billing, delivery) = (plan.billing.map(interval), plan.delivery.map(interval));
    let terms = PlanTerms { options: plan.options.clone(), billing, delivery, adjustments };
    Some(PlanDetails { name: plan.name.clone(), description: plan.description.clone(), terms })
}

fn interval(period: Period) -> Interval {
    let unit = match period.unit {
        PeriodUnit::Day => IntervalUnit::Day,
        PeriodUnit::Week => IntervalUnit::Week,
        PeriodUnit::Month => IntervalUnit::Month,
        PeriodUnit::Year => IntervalUnit::Year,
    };
    Interval { unit, count: period.every }
}

fn adjustment(
    run: &mut Run<'_>,
    path: &str,
    (told, currency): (&plans::PriceAdjustment, Currency),
) -> Option<PriceAdjustment> {
    let money = |text: &str| Money::parse(text, currency).ok().map(|money| money.minor);
    let (value, problem) = match (told.percentage, &told.amount, &told.price) {
        (Some(percentage), None, None) => {
            let value = hundredths(percentage).map(|hundredths| Adjustment::Percentage { hundredths });
            (value, "a percentage has at most two decimals")
        }
        (None, Some(amount), None) => {
            let value = money(amount).map(|minor| Adjustment::Amount { minor });
            (value, "not an amount in the store's currency")
        }
        (None, None, Some(price)) => {
            let value = money(price).map(|minor| Adjustment::Price { minor });
            (value, "not an amount in the store's currency")
        }
        _ => (None, "exactly one of percentage, amount and price is needed"),
    };
    if value.is_none() {
        run.fault(path, problem);
    }
    value.map(|value| PriceAdjustment { value, orders: told.orders })
}
