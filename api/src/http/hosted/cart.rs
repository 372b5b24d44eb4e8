//! The page of a cart: what is in it, and how an app completes the purchase.

use mcom_data::{Cx, Result};
use mcom_sales::{
    carts::{self, CartView},
    discounts::AppliedDiscount,
    gift_cards::AppliedGiftCard,
    taxes::TaxLine,
};
use mcom_schema::Money;

use super::html::{Bought, Page};

/// How the purchase is completed through the API.
const STEPS: [&str; 5] = [
    "`cartBuyerIdentityUpdate` says who buys: an e-mail address for the confirmation.",
    "`cartDeliveryAddressesAdd` says where it goes; the cart then offers ways of sending it in `deliveryGroups`, of which \
     `cartSelectedDeliveryOptionsUpdate` takes one.",
    "`cartPaymentUpdate` says how it is paid, with the amount that the buyer agrees to.",
    "`cartPrepareForCompletion` tells what is still missing, if anything is.",
    "`cartSubmitForCompletion` places the order, and answers with the address of the page that shows what becomes of it.",
];

/// The page; `None` if there is no such cart, or the key in `id` is not its key.
pub(super) async fn page(cx: &Cx, store: &str, id: &str) -> Result<Option<Page>> {
    let found = carts::read(cx, id).await?.filter(|cart| cart.id.key.is_some());
    Ok(found.map(|cart| show(store, &cart)))
}

fn show(store: &str, cart: &CartView) -> Page {
    let mut page = Page::new(store, "Your cart");
    if cart.lines.is_empty() {
        page.paragraph("There is nothing in it yet.");
        return page;
    }
    let bought = |line: &carts::LineView| Bought {
        title: line.full_title(),
        quantity: line.quantity,
        unit: line.unit,
        total: line.subtotal,
    };
    let lines: Vec<Bought> = cart.lines.iter().map(bought).collect();
    let currency = cart.cost.total.currency;
    let off =
        |it: &AppliedDiscount| (format!("Discount ({})", it.name()), Money::new(-it.total_minor(), currency));
    let discounts: Vec<(String, Money)> = cart.discounts.iter().map(off).collect();
    let paid = |it: &AppliedGiftCard| {
        (format!("Gift card ({})", it.last_characters), Money::new(-it.used.minor, currency))
    };
    let cards: Vec<(String, Money)> = cart.gift_cards.iter().map(paid).collect();
    let goods = cart.lines.iter().map(|line| line.subtotal.minor).sum();
    let mut sums = vec![("Subtotal", Money::new(goods, currency))];
    sums.extend(discounts.iter().map(|(name, amount)| (name.as_str(), *amount)));
    if cart.delivery_groups.iter().any(|group| group.chosen().is_some()) {
        sums.push(("Shipping", cart.cost.shipping));
    }
    let taxes = taxes(cart);
    let is_contained = cart.taxes.as_ref().is_some_and(|taxes| taxes.included);
    let shown = || taxes.iter().map(|(name, amount)| (name.as_str(), *amount));
    if !is_contained {
        sums.extend(shown());
    }
    sums.push((if cart.cost.estimated { "Total before shipping" } else { "Total" }, cart.cost.total));
    if is_contained {
        sums.extend(shown());
    }
    sums.extend(cards.iter().map(|(name, amount)| (name.as_str(), *amount)));
    page.purchase(&lines, &sums);
    for dropped in &cart.dropped {
        page.paragraph(&format!("{} is no longer sold and was left out.", dropped.title));
    }
    page.heading("Completing the purchase");
    page.paragraph("The app that led you here completes it, through the store's Storefront API:");
    page.steps(&STEPS);
    page
}

/// The taxes by name. Those that prices contain are told beside the total, not added up to it.
fn taxes(cart: &CartView) -> Vec<(String, Money)> {
    let Some(taxes) = &cart.taxes else { return vec![] };
    let name = |tax: &TaxLine| if taxes.included { format!("Including {}", tax.name()) } else { tax.name() };
    let currency = cart.cost.total.currency;
    taxes.by_tax().iter().map(|tax| (name(tax), Money::new(tax.minor, currency))).collect()
}
