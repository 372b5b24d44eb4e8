//! A cart as it is shown: priced, with its delivery options, at one instant.

use std::{fmt::Display, sync::Arc};

use chrono::{DateTime, Utc};
use mcom_catalog::variants::QuantityRule;
use mcom_schema::{
    Money,
    id::{CustomerAddressId, LocationId, ProductId, SellingPlanId, VariantId, gid},
};

use super::{
    CartId,
    document::{Attribute, CartAddress, CartMetafield, Identity},
    part::MODEL,
};
use crate::{
    discounts::{AppliedDiscount, Obstacle},
    gift_cards::AppliedGiftCard,
    selling_plans::PlanPrice,
    taxes::Taxes,
};

/// A priced cart.
#[derive(Debug, Clone, PartialEq)]
pub struct CartView {
    /// With its key if the caller had the right one.
    pub id: CartId,
    /// What the ids of its parts carry, if the caller may see its private ones: as much opens them, and changes nothing.
    pub(crate) proof: Option<String>,
    /// Grows with every change.
    pub version: i64,
    /// What can still be bought of what was put in, oldest first.
    pub lines: Vec<LineView>,
    /// Lines that are no longer sold and therefore not shown.
    pub dropped: Vec<Dropped>,
    /// What it costs.
    pub cost: CartCost,
    /// What of that is tax, line by line.
    pub taxes: Option<Taxes>,
    /// One per destination; none before there is an address or if nothing is to be sent.
    pub delivery_groups: Vec<DeliveryGroup>,
    /// What is taken off, which tells of codes. Only with the key; the sums are right without it.
    pub discounts: Arc<[AppliedDiscount]>,
    /// The codes that the buyer gave. Only with the key.
    pub discount_codes: Vec<DiscountCode>,
    /// The gift cards that pay, in the order in which they do. Only with the key.
    pub gift_cards: Vec<AppliedGiftCard>,
    /// The buyer's words to the merchant. Only with the key.
    pub note: Option<String>,
    /// Of the whole cart. Only with the key.
    pub attributes: Vec<Attribute>,
    /// Who is buying. Only with the key.
    pub identity: Identity,
    /// Where it could go. Only with the key.
    pub addresses: Vec<CartAddress>,
    /// What storefronts noted down by names and types. Only with the key.
    pub metafields: Vec<CartMetafield>,
    /// Where the buyer goes on to the checkout.
    pub checkout_url: String,
    /// When it was made.
    pub created_at: DateTime<Utc>,
    /// When it was last changed.
    pub updated_at: DateTime<Utc>,
}

/// A code that a buyer gave.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DiscountCode {
    /// As it was given.
    pub code: String,
    /// Why it does not apply; `None` if it does.
    pub obstacle: Option<Obstacle>,
}

/// A line with its price.
#[derive(Debug, Clone, PartialEq)]
pub struct LineView {
    /// Names the line within the cart.
    pub id: String,
    /// What is bought.
    pub variant: VariantId,
    /// The product it is a variant of.
    pub product: ProductId,
    /// The product's title.
    pub title: String,
    /// The variant's title, its option values; `Default Title` where there is no choice.
    pub variant_title: String,
    /// How many.
    pub quantity: i64,
    /// What sets this line apart.
    pub attributes: Vec<Attribute>,
    /// The line it belongs to, by its id; also if that is not shown.
    pub parent: Option<String>,
    /// Price of one.
    pub unit: Money,
    /// What one cost before, if the merchant says so.
    pub compare_at: Option<Money>,
    /// The plan by which it is bought.
    pub plan: Option<LinePlan>,
    /// How many pieces are sold at once.
    pub quantity_rule: QuantityRule,
    /// Price of all.
    pub subtotal: Money,
    /// The same, with what discounts of single lines take off.
    pub total: Money,
    /// Whether it has to be sent.
    pub requires_shipping: bool,
    /// How many can be had; `None`: as many as wanted.
    pub available: Option<i64>,
    /// What it is put together from, if it is a bundle.
    pub components: Vec<LineComponent>,
}

/// What a bundle has of one variant.
#[derive(Debug, Clone, PartialEq)]
pub struct LineComponent {
    /// All pieces of it in the bundle's line, at the part of the line's price that falls to them.
    pub line: LineView,
    /// What falls to them of what the cart's discounts take off, in minor units, by the discounts' places.
    pub off: Vec<i64>,
}

/// A plan by which a line is bought.
#[derive(Debug, Clone, PartialEq)]
pub struct LinePlan {
    /// Its id.
    pub id: SellingPlanId,
    /// Its name for buyers.
    pub name: String,
    /// Whether it is delivered again and again.
    pub recurs: bool,
    /// What a piece costs: at first, and what it costs later if that is something else.
    pub prices: Vec<PlanPrice>,
}

/// A line that is hidden because its variant is gone or no longer published.
#[derive(Debug, Clone, PartialEq)]
pub struct Dropped {
    /// What it was called.
    pub title: String,
    /// The variant that is no longer sold.
    pub variant: VariantId,
}

/// What a cart costs.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct CartCost {
    /// All lines, with what discounts of single lines take off.
    pub subtotal: Money,
    /// The same, with what discounts of the whole order take off.
    pub goods: Money,
    /// All selected delivery options, before anything is taken off.
    pub shipping: Money,
    /// What of it is tax; `None` if the store charges none, or as long as it is unknown where the goods go.
    pub tax: Option<Money>,
    /// Goods and shipping, discounts taken off, and the taxes that prices do not contain: what the buyer pays.
    pub total: Money,
    /// The part of the total that gift cards do not pay.
    pub charge: Money,
    /// The total may still change because the goods are to be sent and no destination is known.
    pub estimated: bool,
}

/// Lines that are sent together.
#[derive(Debug, Clone, PartialEq)]
pub struct DeliveryGroup {
    /// Names the group within the cart.
    pub id: String,
    /// Where they go.
    pub address: CartAddress,
    /// Which lines, by their place in [`CartView::lines`].
    pub lines: Vec<usize>,
    /// How they can be sent; empty if the store does not ship there.
    pub options: Vec<DeliveryOption>,
    /// The chosen one of the options; the first until the buyer chooses.
    pub selected: Option<usize>,
}

/// A way of sending a group.
#[derive(Debug, Clone, PartialEq)]
pub struct DeliveryOption {
    /// Its name for machines.
    pub handle: String,
    /// Its name for buyers.
    pub title: String,
    /// What buyers should know about it.
    pub description: Option<String>,
    /// What it costs.
    pub cost: Money,
    /// By which way.
    pub method: DeliveryMethod,
}

/// By which way goods come to their buyer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DeliveryMethod {
    /// A carrier brings them.
    Shipping,
    /// The buyer comes for them.
    PickUp(LocationId),
}

impl DeliveryMethod {
    /// Its name in the contract's `DeliveryMethodType`.
    pub const fn name(self) -> &'static str {
        match self {
            DeliveryMethod::Shipping => "SHIPPING",
            DeliveryMethod::PickUp(_) => "PICK_UP",
        }
    }

    /// Where the buyer picks them up.
    pub const fn location(self) -> Option<LocationId> {
        match self {
            DeliveryMethod::Shipping => None,
            DeliveryMethod::PickUp(location) => Some(location),
        }
    }
}

impl LineView {
    /// The product's name and, where there is a choice, the variant's; and the plan by which it is bought.
    pub fn full_title(&self) -> String {
        let plan = self.plan.as_ref().map(|plan| plan.name.as_str());
        full_title(&self.title, &self.variant_title, plan)
    }

    /// What it takes from the shelf: itself, or what it is put together from.
    pub(crate) fn pieces(&self) -> impl Iterator<Item = &LineView> {
        let own = self.components.is_empty().then_some(self);
        own.into_iter().chain(self.components.iter().map(|component| &component.line))
    }
}

/// The name of a variant of a product, and of the plan by which it is bought.
pub(crate) fn full_title(product: &str, variant: &str, plan: Option<&str>) -> String {
    let title = match variant {
        "" | "Default Title" => product.to_owned(),
        variant => format!("{product} – {variant}"),
    };
    match plan {
        Some(plan) => format!("{title} ({plan})"),
        None => title,
    }
}

impl CartView {
    /// How many pieces are in it.
    pub fn total_quantity(&self) -> i64 {
        self.lines.iter().map(|line| line.quantity).sum()
    }

    /// All that discounts take off, in minor units.
    pub fn discount_minor(&self) -> i64 {
        self.discounts.iter().map(AppliedDiscount::total_minor).sum()
    }

    /// The public id of one of its lines.
    pub fn line_gid(&self, line: &LineView) -> String {
        self.part_gid(
            if line.components.is_empty() { "CartLine" } else { "ComponentizableCartLine" },
            &line.id,
        )
    }

    /// The public id of one of its delivery groups.
    pub fn group_gid(&self, group: &DeliveryGroup) -> String {
        self.part_gid("CartDeliveryGroup", &group.id)
    }

    /// The public id of one of its addresses.
    pub fn address_gid(&self, address: &CartAddress) -> String {
        self.part_gid("CartSelectableAddress", &address.id)
    }

    /// The same as a postal address.
    pub fn mailing_gid(&self, address: &CartAddress) -> String {
        format!("{}?model_name={MODEL}&{}", gid(CustomerAddressId::KIND, &address.id), self.opening())
    }

    /// The public id of one of the gift cards that pay for it.
    pub fn gift_card_gid(&self, card: &AppliedGiftCard) -> String {
        self.part_gid(AppliedGiftCard::KIND, card.id)
    }

    /// The public id of a value that is noted down on it.
    pub fn metafield_gid(&self, noted: &CartMetafield) -> String {
        noted.gid(&self.opening())
    }

    /// The public id of the part `key`: it names the cart, and opens what the asker may see of it.
    pub(super) fn part_gid(&self, kind: &str, key: impl Display) -> String {
        format!("{}?{}", gid(kind, key), self.opening())
    }

    /// What ids say of the cart whose parts they name.
    pub(crate) fn opening(&self) -> String {
        opening(&self.id.token, self.proof.as_deref())
    }
}

/// What ids say of the cart `token` whose parts they name.
pub(super) fn opening(token: &str, proof: Option<&str>) -> String {
    match proof {
        Some(proof) => format!("cart={token}&key={proof}"),
        None => format!("cart={token}"),
    }
}

impl DeliveryGroup {
    /// The option that was chosen.
    pub fn chosen(&self) -> Option<&DeliveryOption> {
        self.options.get(self.selected?)
    }
}

/// Something the buyer should know although the change was made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Warning {
    /// A `CartWarningCode` of the contract.
    pub code: &'static str,
    /// A sentence for the buyer.
    pub message: String,
    /// Public id of what it is about: a line, or a variant that is in no line.
    pub target: String,
}
