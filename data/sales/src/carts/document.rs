//! What a cart row keeps: a document without prices and stock, which are looked up whenever the cart is read.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use mcom_schema::id::{CustomerId, GiftCardId, SellingPlanId, VariantId};
use serde::{Deserialize, Deserializer, Serialize};

use crate::{Address, payments::Payment};

/// A key and a value that a storefront attaches to a cart or a line.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Attribute {
    /// Unique within its list.
    pub key: String,
    /// May be absent.
    #[serde(default)]
    pub value: Option<String>,
}

/// The document. New fields need a default, for older rows are read with the same type.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct CartDocument {
    /// In the order in which they were added.
    pub lines: Vec<Line>,
    /// The buyer's words to the merchant.
    pub note: Option<String>,
    /// Of the whole cart.
    pub attributes: Vec<Attribute>,
    /// Who is buying.
    pub identity: Identity,
    /// Where it could go; at most one is selected.
    pub addresses: Vec<CartAddress>,
    /// Chosen delivery option by delivery group.
    pub delivery: BTreeMap<String, String>,
    /// How it will be paid.
    pub payment: Option<Payment>,
    /// Whom the bill names unless the payment says so; where the goods go if absent.
    pub billing_address: Option<Address>,
    /// What storefronts noted down by names and types, each name once.
    pub metafields: Vec<CartMetafield>,
    /// Where the cart came from, in the words of whoever opened it.
    pub source_name: Option<String>,
    /// Codes that the buyer gave, each once, in the order in which they were given.
    pub discount_codes: Vec<String>,
    /// Gift cards whose codes the buyer gave, in the order in which they pay.
    pub gift_cards: Vec<GiftCardId>,
    /// Whether what is in it was put into another cart of its customer.
    pub is_merged: bool,
    /// What was said about availability and still holds.
    pub warnings: Vec<Shortened>,
}

/// So many of one variant.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Line {
    /// Random; names the line within the cart.
    pub id: String,
    /// What is bought.
    pub variant: VariantId,
    /// At least 1.
    pub quantity: i64,
    /// Lines of one variant with different attributes stay apart.
    #[serde(default)]
    pub attributes: Vec<Attribute>,
    /// The line it belongs to and goes with.
    #[serde(default)]
    pub parent: Option<String>,
    /// The plan by which it is bought.
    #[serde(default)]
    pub selling_plan: Option<SellingPlanId>,
    /// What it was called when it was added, to speak of it when it is gone.
    pub title: String,
}

impl Line {
    /// Whether pieces of the two can be put together.
    pub(super) fn is_like(&self, other: &Line) -> bool {
        self.variant == other.variant
            && self.attributes == other.attributes
            && self.parent == other.parent
            && self.selling_plan == other.selling_plan
    }
}

/// Who is buying. A cart that was created without any of this is anonymous.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Identity {
    /// Where the confirmation goes.
    pub email: Option<String>,
    /// Telephone number.
    pub phone: Option<String>,
    /// ISO 3166-1 alpha-2 code of the country the buyer shops from.
    pub country: Option<String>,
    /// The customer who signed in. Only whoever proved to be them is ever entered here: it opens what is known of them.
    pub customer: Option<CustomerId>,
    /// How the buyer would like it to be delivered and paid.
    pub preferences: Option<Preferences>,
}

/// How a buyer would like a cart to be delivered and paid. Storefronts begin from it; nothing here depends on it.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Preferences {
    /// Names of wallets.
    pub wallet: Option<Vec<String>>,
    /// How it should be delivered.
    pub delivery: Option<DeliveryPreference>,
}

/// How a buyer would like a cart to be delivered.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct DeliveryPreference {
    /// Near where it should be picked up.
    pub coordinates: Option<Coordinates>,
    /// Names of `PreferenceDeliveryMethodType`.
    #[serde(deserialize_with = "list")]
    pub delivery_method: Vec<String>,
    /// Where it should be picked up.
    #[serde(deserialize_with = "list")]
    pub pickup_handle: Vec<String>,
}

/// A place on the map.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Coordinates {
    /// ISO 3166-1 alpha-2.
    pub country_code: String,
    /// In degrees north.
    pub latitude: f64,
    /// In degrees east.
    pub longitude: f64,
}

/// A null is an empty list.
fn list<'de, D: Deserializer<'de>>(input: D) -> Result<Vec<String>, D::Error> {
    Ok(Option::deserialize(input)?.unwrap_or_default())
}

/// An address the goods could go to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CartAddress {
    /// Random; names the address within the cart.
    pub id: String,
    /// The address.
    pub address: Address,
    /// Whether the goods go there.
    pub selected: bool,
    /// Not to be remembered for the customer.
    pub one_time_use: bool,
    /// It came with the buyer, and goes when others come.
    #[serde(default)]
    pub preferred: bool,
}

/// A value that a storefront noted down on a cart.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CartMetafield {
    /// Random; names the value within the cart.
    pub id: String,
    /// What keeps keys of different uses apart.
    pub namespace: String,
    /// Its name.
    pub key: String,
    /// The name of its type.
    pub value_type: String,
    /// The value, in the form of its type.
    pub value: String,
    /// When it was first set.
    pub created_at: DateTime<Utc>,
    /// When it was last set.
    pub updated_at: DateTime<Utc>,
}

/// A quantity that was cut down because there is no more.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Shortened {
    /// The line, or nothing if not even one piece was to be had.
    pub line: Option<String>,
    /// What was wanted.
    pub variant: VariantId,
    /// How many were added.
    pub added: i64,
}

impl CartDocument {
    /// Every variant in the cart, each once.
    pub fn variants(&self) -> Vec<VariantId> {
        let mut ids: Vec<VariantId> = self.lines.iter().map(|line| line.variant).collect();
        ids.sort_unstable();
        ids.dedup();
        ids
    }

    /// Forgets who the buyer is, and what only they can know: what is left is what a stranger may have.
    pub fn forget_buyer(&mut self) {
        self.identity = Identity { country: self.identity.country.take(), ..Identity::default() };
        self.addresses.clear();
        self.delivery.clear();
        self.payment = None;
        self.billing_address = None;
        self.gift_cards.clear();
    }

    /// The address the goods go to.
    pub fn destination(&self) -> Option<&CartAddress> {
        self.addresses.iter().find(|address| address.selected)
    }
}
