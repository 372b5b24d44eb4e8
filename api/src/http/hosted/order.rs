//! The page of an attempt to buy: what became of it, and of the order.

use mcom_data::{Cx, Result};
use mcom_sales::checkout::{self, AttemptResult, Receipt};
use mcom_schema::Money;

use super::html::{Bought, Page};

/// The page; `None` if there is no attempt of this name.
pub(super) async fn page(cx: &Cx, store: &str, attempt: &str) -> Result<Option<Page>> {
    Ok(checkout::receipt(cx, attempt).await?.map(|receipt| show(store, &receipt)))
}

fn show(store: &str, receipt: &Receipt) -> Page {
    let mut page = begin(store, receipt);
    let lines: Vec<Bought> = receipt
        .lines
        .iter()
        .map(|line| Bought {
            title: line.title.clone(),
            quantity: line.quantity,
            unit: line.unit,
            total: line.total,
        })
        .collect();
    let sums = sums(receipt);
    page.purchase(&lines, &sums.iter().map(|(name, amount)| (name.as_str(), *amount)).collect::<Vec<_>>());
    if let Some(address) = &receipt.shipping_address {
        page.heading("Shipping address");
        page.lines(&address.formatted(true, true));
    }
    page
}

/// What stands below the lines: the total, what it is made of, and who pays it.
fn sums(receipt: &Receipt) -> Vec<(String, Money)> {
    let less = |amount: Money| Money::new(-amount.minor, amount.currency);
    let discounts =
        receipt.discounts.iter().map(|(name, amount)| (format!("Discount ({name})"), less(*amount)));
    let shipping = receipt.shipping.iter().map(|(title, cost)| (format!("Shipping ({title})"), *cost));
    let goods: i64 = receipt.lines.iter().map(|line| line.total.minor).sum();
    let mut sums = vec![("Subtotal".to_owned(), Money::new(goods, receipt.total.currency))];
    sums.extend(discounts.chain(shipping));
    if !receipt.taxes_included {
        sums.extend(receipt.taxes.iter().cloned());
    }
    sums.push(("Total".to_owned(), receipt.total));
    if receipt.taxes_included {
        sums.extend(receipt.taxes.iter().map(|(name, tax)| (format!("Including {name}"), *tax)));
    }
    if receipt.by_gift_cards.minor > 0 {
        sums.push(("Gift cards".to_owned(), less(receipt.by_gift_cards)));
    }
    sums
}

/// The page down to what became of the attempt.
fn begin(store: &str, receipt: &Receipt) -> Page {
    match &receipt.result {
        AttemptResult::Processing { .. } => {
            let mut page = Page::new(store, "Your order is being placed").refreshing();
            page.paragraph("This page shows in a moment what became of it.");
            page
        }
        AttemptResult::ActionRequired { url } => {
            let mut page = Page::new(store, "Please confirm your payment");
            match url {
                Some(url) => page.link(url, "Confirm the payment at your bank"),
                None => page.paragraph("Your bank asks you to confirm it."),
            }
            page
        }
        AttemptResult::Failed { errors } => {
            let mut page = Page::new(store, "Your order was not placed");
            page.paragraph("Nothing was charged.");
            errors.iter().for_each(|error| page.paragraph(&error.message));
            page
        }
        AttemptResult::Success { .. } => placed(store, receipt),
    }
}

fn placed(store: &str, receipt: &Receipt) -> Page {
    let (name, confirmation) = receipt.order.clone().unwrap_or_default();
    let mut page = Page::new(store, &format!("Thank you for your order {name}"));
    page.paragraph(&format!("Confirmation number: {confirmation}"));
    if let Some(email) = &receipt.email {
        page.paragraph(&format!("It was placed with the e-mail address {email}."));
    }
    page
}
