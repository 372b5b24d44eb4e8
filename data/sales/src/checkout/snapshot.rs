//! What is bought, for how much and where it goes, frozen when the buyer submits: later changes of cart or catalog do not reach it.

use mcom_catalog::{
    inventory::Want,
    variants::{InventoryPolicy, SaleVariant},
};
use mcom_data::{Error, Result};
use mcom_schema::{
    Currency, Exchange, Language, Money,
    id::{CustomerId, InventoryItemId, LocationId, ProductId, SellingPlanId, VariantId},
};
use serde::{Deserialize, Serialize};

use crate::{
    Address,
    carts::{Attribute, CartDocument, CartMetafield, CartView, LineView, Offers, Prices},
    discounts::{AppliedDiscount, Buyer, DiscountClass},
    gift_cards::{AppliedGiftCard, GiftCardPayment},
    payments::Method,
    taxes::Taxes,
};

/// A frozen purchase.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct Snapshot {
    pub(crate) lines: Vec<SoldLine>,
    pub(crate) currency: Currency,
    /// From the store's currency to this one, if it is another.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) exchange: Option<Exchange>,
    /// The lines, discounts taken off.
    pub(crate) subtotal_minor: i64,
    /// The lines and shipping, discounts taken off, with the taxes that prices do not contain.
    pub(crate) total_minor: i64,
    /// What of it is tax; none if the store charges none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) taxes: Option<Taxes>,
    #[serde(default)]
    pub(crate) discounts: Vec<AppliedDiscount>,
    /// What is taken off shipping.
    #[serde(default)]
    pub(crate) shipping_discount_minor: i64,
    /// What gift cards pay of the total.
    #[serde(default)]
    pub(crate) gift_cards: Vec<GiftCardPayment>,
    pub(crate) shipping: Option<ShippingLine>,
    pub(crate) shipping_address: Option<Address>,
    pub(crate) billing_address: Option<Address>,
    /// Whoever has signed in.
    #[serde(default)]
    pub(crate) customer: Option<CustomerId>,
    pub(crate) email: Option<String>,
    pub(crate) phone: Option<String>,
    pub(crate) note: Option<String>,
    pub(crate) attributes: Vec<Attribute>,
    /// What storefronts noted down by names and types: the order's from now on.
    #[serde(default)]
    pub(crate) metafields: Vec<CartMetafield>,
    /// Where the cart came from, in the words of whoever opened it.
    #[serde(default)]
    pub(crate) source_name: Option<String>,
    /// What the buyer read, as a tag of BCP 47.
    #[serde(default)]
    pub(crate) locale: Option<String>,
    pub(crate) method: Method,
    /// What the order's number will begin with.
    pub(crate) order_prefix: String,
}

/// A line as it is sold.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct SoldLine {
    pub(crate) product_id: ProductId,
    pub(crate) variant_id: VariantId,
    pub(crate) title: String,
    pub(crate) variant_title: String,
    pub(crate) sku: Option<String>,
    pub(crate) vendor: String,
    pub(crate) quantity: i64,
    pub(crate) unit_price_minor: i64,
    pub(crate) requires_shipping: bool,
    pub(crate) taxable: bool,
    pub(crate) image_url: Option<String>,
    pub(crate) options: serde_json::Value,
    pub(crate) attributes: Vec<Attribute>,
    pub(crate) item_id: InventoryItemId,
    pub(crate) tracked: bool,
    pub(crate) allow_oversell: bool,
    /// The plan by which it is bought.
    #[serde(default)]
    pub(crate) selling_plan: Option<SoldPlan>,
    /// What it is put together from, if it is a bundle: all pieces of the line.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) components: Vec<SoldComponent>,
}

/// Pieces that are put into a bundle.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct SoldComponent {
    pub(crate) item_id: InventoryItemId,
    pub(crate) quantity: i64,
    pub(crate) tracked: bool,
    pub(crate) allow_oversell: bool,
}

impl SoldLine {
    /// What it takes from the shelf, as far as that is counted.
    pub(super) fn wants(&self) -> Vec<Want> {
        let of_components = self.components.iter().filter(|it| it.tracked).map(|it| Want {
            item_id: it.item_id,
            quantity: it.quantity,
            allow_oversell: it.allow_oversell,
        });
        if !self.components.is_empty() {
            return of_components.collect();
        }
        let (item_id, quantity, allow_oversell) = (self.item_id, self.quantity, self.allow_oversell);
        if self.tracked { vec![Want { item_id, quantity, allow_oversell }] } else { vec![] }
    }
}

/// A plan by which a line was bought, as it was called then.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SoldPlan {
    /// Its id, while there is one.
    pub id: SellingPlanId,
    /// Its name for buyers.
    pub name: String,
}

/// How it is sent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ShippingLine {
    /// The delivery option's name for buyers.
    pub title: String,
    /// Its name for machines.
    pub code: String,
    /// What it costs, in minor units of the order's currency.
    pub price_minor: i64,
    /// Where the buyer picks it up instead.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pickup: Option<LocationId>,
}

impl Snapshot {
    /// Freezes a cart that is ready to be bought.
    ///
    /// # Errors
    /// `Broken` if `prices` lack a line of the view.
    pub(super) fn freeze(view: &CartView, document: &CartDocument, prices: &Prices<'_>) -> Result<Self> {
        let lines: Result<Vec<SoldLine>> = view.lines.iter().map(|line| sold(line, &prices.offers)).collect();
        let group = view.delivery_groups.first();
        let shipping = group.and_then(|group| group.chosen()).map(|option| ShippingLine {
            title: option.title.clone(),
            code: option.handle.clone(),
            price_minor: option.cost.minor,
            pickup: option.method.location(),
        });
        let destination = group.map(|group| group.address.address.clone());
        let is_picked_up = shipping.as_ref().is_some_and(|line| line.pickup.is_some());
        // Nothing goes to the address of a buyer who comes for it.
        let shipping_address = destination.clone().filter(|_| !is_picked_up);
        let payment = document.payment.as_ref();
        let billing_address = payment.and_then(|payment| payment.billing_address.clone());
        let billing_address = billing_address.or_else(|| document.billing_address.clone());
        Ok(Snapshot {
            lines: lines?,
            currency: view.cost.total.currency,
            exchange: Some(*prices.terms.exchange()).filter(|exchange| !exchange.is_none()),
            subtotal_minor: view.cost.goods.minor,
            total_minor: view.cost.total.minor,
            taxes: view.taxes.clone(),
            shipping_discount_minor: off_shipping(view),
            discounts: view.discounts.to_vec(),
            gift_cards: gift_cards(view),
            shipping,
            billing_address: billing_address.or(destination),
            shipping_address,
            customer: document.identity.customer,
            email: document.identity.email.clone(),
            phone: document.identity.phone.clone(),
            note: document.note.clone(),
            attributes: document.attributes.clone(),
            metafields: document.metafields.clone(),
            source_name: document.source_name.clone(),
            locale: prices.terms.language.map(Language::tag),
            method: method(view, document),
            order_prefix: prices.terms.settings.order_prefix.clone(),
        })
    }

    /// What the order comes to.
    pub(crate) fn total(&self) -> Money {
        Money::new(self.total_minor, self.currency)
    }

    /// What an amount of it is worth in the store's currency, in minor units.
    pub(crate) fn at_home(&self, minor: i64) -> i64 {
        self.exchange.map_or(minor, |exchange| exchange.back(minor))
    }

    /// What the provider is asked for: what gift cards do not pay.
    pub(crate) fn charge(&self) -> Money {
        let paid: i64 = self.gift_cards.iter().map(|card| card.minor).sum();
        Money::new(self.total_minor - paid, self.currency)
    }

    /// Who has its discounts.
    pub(super) fn buyer(&self) -> Buyer<'_> {
        Buyer { email: self.email.as_deref(), customer: self.customer }
    }
}

fn off_shipping(view: &CartView) -> i64 {
    let of_shipping = view.discounts.iter().filter(|discount| discount.class == DiscountClass::Shipping);
    of_shipping.map(AppliedDiscount::total_minor).sum()
}

fn gift_cards(view: &CartView) -> Vec<GiftCardPayment> {
    let paying = view.gift_cards.iter().filter(|card| card.used.minor > 0);
    let payment = |card: &AppliedGiftCard| GiftCardPayment {
        card: card.id,
        minor: card.used.minor,
        taken_minor: (card.taken != card.used).then_some(card.taken.minor),
    };
    paying.map(payment).collect()
}

/// A cart of which nothing is left to be paid is free, whatever was said about its payment.
pub(super) fn method(view: &CartView, document: &CartDocument) -> Method {
    match &document.payment {
        Some(payment) if view.cost.charge.minor > 0 => payment.method.clone(),
        _ => Method::Free,
    }
}

fn sold(line: &LineView, offers: &Offers) -> Result<SoldLine> {
    let offer: &SaleVariant =
        offers.get(line.variant).ok_or_else(|| Error::bug("a priced line without an offer"))?;
    Ok(SoldLine {
        product_id: offer.product_id,
        variant_id: offer.variant_id,
        title: offer.product_title.clone(),
        variant_title: offer.variant_title.clone(),
        sku: offer.sku.clone(),
        vendor: offer.vendor.clone(),
        quantity: line.quantity,
        unit_price_minor: line.unit.minor,
        requires_shipping: offer.requires_shipping,
        taxable: offer.taxable,
        image_url: offer.image_url.clone(),
        options: serde_json::to_value(&offer.options)?,
        attributes: line.attributes.clone(),
        item_id: offer.inventory_item_id,
        tracked: offer.tracked,
        allow_oversell: offer.policy == InventoryPolicy::Continue,
        selling_plan: line.plan.as_ref().map(|plan| SoldPlan { id: plan.id, name: plan.name.clone() }),
        components: line.components.iter().map(|it| component(&it.line, offers)).collect::<Result<_>>()?,
    })
}

fn component(line: &LineView, offers: &Offers) -> Result<SoldComponent> {
    let offer = offers.get(line.variant).ok_or_else(|| Error::bug("a component without an offer"))?;
    Ok(SoldComponent {
        item_id: offer.inventory_item_id,
        quantity: line.quantity,
        tracked: offer.tracked,
        allow_oversell: offer.policy == InventoryPolicy::Continue,
    })
}
