//! Discounts.

use chrono::{DateTime, Utc};
use mcom_catalog::{collections, products};
use mcom_data::Result;
use mcom_sales::{
    customers,
    discounts::{
        self, CombinesWith, Discount, DiscountDetails, DiscountEffect, DiscountItems, DiscountMinimum,
        DiscountTerms,
    },
};
use mcom_schema::{
    Currency, Money,
    id::{CollectionId, CustomerId, LARGEST},
};
use mcom_store::{menus::MenuItemKind, settings};

use crate::{
    file::sales::{self, DiscountClass},
    link::Link,
    run::{Action, Run},
};

/// How a discount is known: by its code in lower case, or by its title.
#[derive(PartialEq, Eq)]
enum Known {
    Code(String),
    Title(String),
}

pub(crate) async fn apply(run: &mut Run<'_>) -> Result<()> {
    let Some(section) = &run.file.discounts else { return Ok(()) };
    let names: Vec<&str> = section.iter().map(name).collect();
    run.named_once("discounts", names.iter().copied());
    let there = discounts::all(run.cx).await?;
    let mut named = vec![];
    for (index, discount) in section.iter().enumerate() {
        let known = known(discount.code.as_deref(), name(discount));
        let before = there.iter().find(|row| known_of(row) == known);
        put(run, &format!("discounts.{index}"), discount, before).await?;
        named.push(known);
    }
    for row in there.iter().filter(|row| !named.contains(&known_of(row))) {
        if run.passes("discount", row.details.code.as_deref().unwrap_or(&row.details.title)) {
            discounts::delete(run.cx, row.id).await?;
        }
    }
    Ok(())
}

fn name(discount: &sales::Discount) -> &str {
    discount.code.as_deref().or(discount.title.as_deref()).unwrap_or_default()
}

fn known(code: Option<&str>, title: &str) -> Known {
    code.map_or_else(|| Known::Title(title.to_owned()), |code| Known::Code(code.to_lowercase()))
}

fn known_of(row: &Discount) -> Known {
    known(row.details.code.as_deref(), &row.details.title)
}

async fn put(
    run: &mut Run<'_>,
    path: &str,
    discount: &sales::Discount,
    before: Option<&Discount>,
) -> Result<()> {
    let since = before.map_or_else(|| run.cx.now(), |row| row.details.starts_at);
    let Some(details) = details(run, path, discount, since).await? else { return Ok(()) };
    if run.heed(path, details.check().map_err(Into::into))?.is_none() {
        return Ok(());
    }
    match before {
        Some(row) if row.details == details => run.keeps(),
        Some(row) => {
            if run.does(Action::Update, "discount", name(discount)) {
                let done = discounts::update(run.cx, row.id, &details).await;
                run.heed(path, done)?;
            }
        }
        None => {
            if run.does(Action::Create, "discount", name(discount)) {
                let done = discounts::create(run.cx, &details).await;
                run.heed(path, done)?;
            }
        }
    }
    Ok(())
}

/// What an entry means; `None` if it means nothing, of which the faults tell.
async fn details(
    run: &mut Run<'_>,
    path: &str,
    discount: &sales::Discount,
    since: DateTime<Utc>,
) -> Result<Option<DiscountDetails>> {
    let currency = settings::get(run.cx).await?.currency;
    let effect = effect(run, path, (discount, currency)).await?;
    let items = items(run, &format!("{path}.on"), discount.on.as_ref()).await?;
    let customers = customers(run, path, discount.customers.as_deref()).await?;
    let minimum = minimum(run, path, (discount.minimum.as_ref(), currency));
    let (Some(effect), Some(items), Some(minimum), Some(customers)) = (effect, items, minimum, customers)
    else {
        return Ok(None);
    };
    let beside = |class| discount.combines_with.contains(&class);
    let combines_with = CombinesWith {
        product: beside(DiscountClass::Product),
        order: beside(DiscountClass::Order),
        shipping: beside(DiscountClass::Shipping),
    };
    Ok(Some(DiscountDetails {
        code: discount.code.clone(),
        title: discount.title.clone().unwrap_or_else(|| name(discount).to_owned()),
        terms: DiscountTerms { effect, items, minimum, combines_with, customers },
        starts_at: discount.starts_at.unwrap_or(since),
        ends_at: discount.ends_at,
        usage_limit: discount.usage_limit,
        once_per_customer: discount.once_per_customer,
    }))
}

async fn effect(
    run: &mut Run<'_>,
    path: &str,
    (discount, currency): (&sales::Discount, Currency),
) -> Result<Option<DiscountEffect>> {
    let Some(deal) = &discount.buy_x_get_y else { return Ok(taken_off(run, path, (discount, currency))) };
    if discount.percentage.is_some() || discount.amount.is_some() || discount.free_shipping.is_some() {
        run.fault(path, ONE_EFFECT);
        return Ok(None);
    }
    let path = format!("{path}.buyXGetY");
    let buys = items(run, &format!("{path}.of"), deal.of.as_ref()).await?;
    let hundredths = share(run, &format!("{path}.percentage"), deal.percentage);
    let (Some(buys), Some(hundredths)) = (buys, hundredths) else { return Ok(None) };
    let (pieces, gets, most) = (deal.buy, deal.get, deal.uses_per_order);
    Ok(Some(DiscountEffect::BuyGet { buys, pieces, gets, hundredths, most }))
}

const ONE_EFFECT: &str = "exactly one of percentage, amount, freeShipping and buyXGetY is needed";

fn share(run: &mut Run<'_>, path: &str, percentage: f64) -> Option<i64> {
    let hundredths = hundredths(percentage);
    if hundredths.is_none() {
        run.fault(path, "a percentage has at most two decimals");
    }
    hundredths
}

fn taken_off(
    run: &mut Run<'_>,
    path: &str,
    (discount, currency): (&sales::Discount, Currency),
) -> Option<DiscountEffect> {
    match (discount.percentage, &discount.amount, &discount.free_shipping) {
        (Some(percentage), None, None) => {
            let hundredths = share(run, &format!("{path}.percentage"), percentage)?;
            Some(DiscountEffect::Percentage { hundredths })
        }
        (None, Some(amount), None) => {
            let minor = money(run, &format!("{path}.amount"), (amount, currency))?;
            Some(DiscountEffect::Amount { minor, each: discount.each })
        }
        (None, None, Some(free)) => {
            let place = format!("{path}.freeShipping.maximumPrice");
            let most = match &free.maximum_price {
                Some(most) => Some(money(run, &place, (most, currency))?),
                None => None,
            };
            Some(DiscountEffect::FreeShipping { countries: free.countries.clone(), max_price_minor: most })
        }
        _ => {
            run.fault(path, ONE_EFFECT);
            None
        }
    }
}

/// A percentage as a whole number of hundredths; `None` if it is none.
pub(super) fn hundredths(percentage: f64) -> Option<i64> {
    let exact = percentage * 100.0;
    let is_whole = (exact - exact.round()).abs() < 1e-6 && exact.abs() <= 1e6;
    is_whole.then(|| exact.round() as i64)
}

fn money(run: &mut Run<'_>, path: &str, (text, currency): (&str, Currency)) -> Option<i64> {
    let amount = Money::parse(text, currency).ok();
    if amount.is_none() {
        run.fault(path, "not an amount in the store's currency");
    }
    amount.map(|amount| amount.minor)
}

async fn items(
    run: &mut Run<'_>,
    path: &str,
    on: Option<&sales::DiscountItems>,
) -> Result<Option<DiscountItems>> {
    let Some(on) = on else { return Ok(Some(DiscountItems::All)) };
    let (mut products, mut collections, mut is_complete) = (vec![], vec![], true);
    for (index, handle) in on.products.iter().enumerate() {
        match products::by_handle(run.cx, handle).await? {
            Some(product) => products.push(product.row.id()),
            None => {
                is_complete = false;
                run.fault(&format!("{path}.products.{index}"), format!("there is no product «{handle}»"));
            }
        }
    }
    for (index, handle) in on.collections.iter().enumerate() {
        match collections::by_handle(run.cx, handle).await? {
            Some(collection) => collections.push(collection.row.id()),
            None if run.wish.dry_run && run.plans(Link { kind: MenuItemKind::Collection, name: handle }) => {
                collections.push(CollectionId(LARGEST));
            }
            None => {
                is_complete = false;
                let place = format!("{path}.collections.{index}");
                run.fault(&place, format!("there is no collection «{handle}»"));
            }
        }
    }
    Ok(is_complete.then_some(DiscountItems::Only { products, collections }))
}

/// Whom it is for; `None` if somebody is not known, of which the faults tell.
async fn customers(
    run: &mut Run<'_>,
    path: &str,
    emails: Option<&[String]>,
) -> Result<Option<Option<Vec<CustomerId>>>> {
    let Some(emails) = emails else { return Ok(Some(None)) };
    let mut chosen = vec![];
    for (index, email) in emails.iter().enumerate() {
        match customers::by_email(run.cx, email).await? {
            Some(customer) => chosen.push(customer),
            None => {
                run.fault(&format!("{path}.customers.{index}"), format!("there is no customer «{email}»"));
            }
        }
    }
    Ok((chosen.len() == emails.len()).then_some(Some(chosen)))
}

fn minimum(
    run: &mut Run<'_>,
    path: &str,
    (minimum, currency): (Option<&sales::DiscountMinimum>, Currency),
) -> Option<DiscountMinimum> {
    let Some(minimum) = minimum else { return Some(DiscountMinimum::None) };
    match (&minimum.subtotal, minimum.quantity) {
        (Some(subtotal), None) => {
            let minor = money(run, &format!("{path}.minimum.subtotal"), (subtotal, currency))?;
            Some(DiscountMinimum::Subtotal { minor })
        }
        (None, Some(pieces)) => Some(DiscountMinimum::Quantity { pieces }),
        _ => {
            run.fault(&format!("{path}.minimum"), "a minimum is either a subtotal or a quantity");
            None
        }
    }
}

#[cfg(test)]
mod tests {
    use super::hundredths;

    #[test]
    fn percentages_have_two_decimals_at_most() {
        assert_eq!(
            (hundredths(10.0), hundredths(12.35), hundredths(0.07)),
            (Some(1000), Some(1235), Some(7))
        );
        assert_eq!((hundredths(12.345), hundredths(f64::NAN), hundredths(1e300)), (None, None, None));
    }
}
