//! What a cart comes to: discounts are taken off the lines, off the whole, and off sending it, as the buyer pays least.

use mcom_data::Result;
use mcom_schema::Money;

use super::{
    delivery,
    document::CartDocument,
    prices::Prices,
    view::{CartCost, DeliveryGroup, DiscountCode, LineView},
};
use crate::{
    discounts::{self, AppliedDiscount, Discount, DiscountClass, Goods, Obstacle},
    gift_cards,
    taxes::{self, Place, Taxes},
};

/// No more codes of a cart are weighed against each other.
const MOST_CODES: usize = 10;

/// Sums and what they are made of.
pub(super) struct Quote {
    pub(super) discounts: Vec<AppliedDiscount>,
    pub(super) codes: Vec<DiscountCode>,
    pub(super) groups: Vec<DeliveryGroup>,
    pub(super) taxes: Option<Taxes>,
    pub(super) cost: CartCost,
}

/// What `lines` come to with the best of the discounts that they may have.
///
/// # Errors
/// `Broken` if the sums leave the range of money.
pub(super) fn of(document: &CartDocument, lines: &[LineView], prices: &Prices<'_>) -> Result<Quote> {
    let cart =
        Cart { document, lines, prices, goods: lines.iter().map(|line| goods(line, prices)).collect() };
    let (offered, codes) = cart.offered();
    let price = |set: &[usize]| {
        let set: Vec<&Discount> = set.iter().map(|place| offered[*place]).collect();
        let bill = cart.bill(&set)?;
        Ok((bill.cost.total.minor, bill))
    };
    let (chosen, bill) = discounts::best(&offered, price)?;
    let told = |(code, found): (&String, Result<usize, Obstacle>)| DiscountCode {
        code: code.clone(),
        obstacle: found.map_or_else(Some, |place| {
            if chosen.contains(&place) { bill.missed(offered[place]) } else { Some(Obstacle::Combination) }
        }),
    };
    let codes = document.discount_codes.iter().zip(codes).map(told).collect();
    let discounts = bill.discounts.into_iter().filter(|discount| !discount.parts.is_empty()).collect();
    Ok(Quote { discounts, codes, groups: bill.groups, taxes: bill.taxes, cost: bill.cost })
}

struct Cart<'a> {
    document: &'a CartDocument,
    lines: &'a [LineView],
    prices: &'a Prices<'a>,
    goods: Vec<Goods>,
}

/// What a cart comes to with one set of discounts.
struct Bill {
    discounts: Vec<AppliedDiscount>,
    groups: Vec<DeliveryGroup>,
    taxes: Option<Taxes>,
    cost: CartCost,
}

impl Cart<'_> {
    /// The discounts that the cart may have, and for each of its codes, which of them it stands for or why none.
    fn offered(&self) -> (Vec<&Discount>, Vec<Result<usize, Obstacle>>) {
        let (deals, terms) = (&self.prices.deals, self.prices.terms);
        let mut offered = deals.open(&self.goods, terms);
        let most = offered.len() + MOST_CODES;
        let mut codes = vec![];
        for code in &self.document.discount_codes {
            let found = match deals.of_code(code, &self.goods, terms) {
                Ok(_) if offered.len() == most => Err(Obstacle::Combination),
                found => found,
            };
            codes.push(found.map(|discount| {
                offered.push(discount);
                offered.len() - 1
            }));
        }
        (offered, codes)
    }

    fn bill(&self, set: &[&Discount]) -> Result<Bill> {
        let mut discounts = vec![];
        let mut left: Vec<i64> = self.goods.iter().map(|it| it.total).collect();
        self.take(DiscountClass::Product, set, (&mut left, &mut discounts))?;
        let subtotal = self.sum(&left)?;
        self.take(DiscountClass::Order, set, (&mut left, &mut discounts))?;
        let goods = self.sum(&left)?;
        let groups = delivery::groups(self.document, self.lines, goods, self.prices);
        let costs: Vec<i64> =
            groups.iter().map(|group| group.chosen().map_or(0, |it| it.cost.minor)).collect();
        let shipping = self.sum(&costs)?;
        let countries =
            groups.iter().map(|it| it.address.address.country_code.as_deref().unwrap_or_default());
        let mut parcels: Vec<(&str, i64)> = countries.zip(costs).collect();
        for discount in set.iter().filter(|it| it.details.terms.class() == DiscountClass::Shipping) {
            discounts.push(discounts::off_shipping(discount, &mut parcels));
        }
        let sent: Vec<i64> = parcels.iter().map(|(_, cost)| *cost).collect();
        let sending = self.sum(&sent)?;
        let taxes = self.taxes(&left, sending)?;
        let added = self.prices.terms.money(taxes.as_ref().map_or(0, Taxes::added_minor));
        let total = goods.plus(sending)?.plus(added)?;
        let paid = gift_cards::spread(&self.prices.cards, total, self.prices.terms.exchange())?;
        let by_cards = self.sum(&paid.iter().map(|card| card.used.minor).collect::<Vec<_>>())?;
        let estimated = groups.is_empty() && self.lines.iter().any(|line| line.requires_shipping);
        let charge = total.minus(by_cards)?;
        let tax = taxes.as_ref().map(|taxes| self.prices.terms.money(taxes.total_minor));
        let cost = CartCost { subtotal, goods, shipping, tax, total, charge, estimated };
        Ok(Bill { discounts, groups, taxes, cost })
    }

    /// The taxes on what is left to be paid of each line and on sending them; `None` if the store charges none, or as long as it is
    /// unknown where they go.
    fn taxes(&self, left: &[i64], sending: Money) -> Result<Option<Taxes>> {
        let settings = &self.prices.terms.settings.taxes;
        let Some(place) = self.place().filter(|_| !settings.rates.is_empty()) else { return Ok(None) };
        let offers = &self.prices.offers;
        // A gift card is money: what is bought with it is taxed.
        let is_taxed =
            |line: &LineView| offers.get(line.variant).is_some_and(|offer| offer.taxable && !offer.gift_card);
        let paid = self.lines.iter().zip(left).map(|(line, left)| if is_taxed(line) { *left } else { 0 });
        let paid: Vec<i64> = paid.collect();
        taxes::of(settings, place, (&paid, sending.minor), sending.currency).map(Some)
    }

    /// Where taxes are due: where the goods go. What is not sent goes to where the buyer says to be, or else stays where the store is.
    fn place(&self) -> Option<Place<'_>> {
        if let Some(there) = self.document.destination() {
            let (country, province) = (&there.address.country_code, &there.address.province_code);
            return Some(Place { country: country.as_deref()?, province: province.as_deref() });
        }
        let is_sent = self.lines.iter().any(|line| line.requires_shipping);
        let country = self.document.identity.country.as_deref();
        let country = country.unwrap_or(&self.prices.terms.settings.country);
        (!is_sent).then_some(Place { country, province: None })
    }

    /// Takes the discounts of one class off what is left to be paid of each line.
    fn take(
        &self,
        class: DiscountClass,
        set: &[&Discount],
        (left, applied): (&mut [i64], &mut Vec<AppliedDiscount>),
    ) -> Result<()> {
        let members = self.prices.deals.members();
        for discount in set.iter().filter(|it| it.details.terms.class() == class) {
            let on = (&self.goods[..], members);
            let off = discounts::off_goods(discount, on, applied, (left, self.prices.terms.currency()))?;
            applied.push(off);
        }
        Ok(())
    }

    fn sum(&self, amounts: &[i64]) -> Result<Money> {
        let mut sum = self.prices.terms.money(0);
        for minor in amounts {
            sum = sum.plus(self.prices.terms.money(*minor))?;
        }
        Ok(sum)
    }
}

impl Bill {
    /// Why a discount that was chosen takes nothing off; `None` if it does, or as long as the destination is unknown or sending is free.
    fn missed(&self, discount: &Discount) -> Option<Obstacle> {
        if self.discounts.iter().any(|it| it.id == discount.id && !it.parts.is_empty()) {
            return None;
        }
        if discount.details.terms.class() != DiscountClass::Shipping {
            return Some(Obstacle::Combination);
        }
        let mut chosen = self.groups.iter().filter_map(DeliveryGroup::chosen);
        chosen.any(|option| option.cost.minor > 0).then_some(Obstacle::NoShipping)
    }
}

fn goods(line: &LineView, prices: &Prices<'_>) -> Goods {
    Goods {
        product: line.product,
        quantity: line.quantity,
        total: line.subtotal.minor,
        is_money: prices.offers.get(line.variant).is_some_and(|offer| offer.gift_card),
        requires_shipping: line.requires_shipping,
    }
}
