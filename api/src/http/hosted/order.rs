//! The page of an attempt to buy: what became of it, and of the order.

use mcom_data::{Cx, Result};
use mcom_sales::checkout::{self, AttemptResult, Receipt};

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
    let mut sums = vec![("Subtotal", receipt.subtotal)];
    let shipping = receipt.shipping.as_ref().map(|(title, cost)| (format!("Shipping ({title})"), *cost));
    sums.extend(shipping.as_ref().map(|(title, cost)| (title.as_str(), *cost)));
    sums.push(("Total", receipt.total));
    page.purchase(&lines, &sums);
    if let Some(address) = &receipt.shipping_address {
        page.heading("Shipping address");
        page.lines(&address.formatted(true, true));
    }
    page
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
