//! What a store file says of discounts and gift cards.

use chrono::{DateTime, Utc};
use schemars::JsonSchema;
use serde::Deserialize;

use super::yes;

/// Something taken off prices. Exactly one of `percentage`, `amount`, `freeShipping` and `buyXGetY` says what.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Discount {
    /// What buyers type, in any case; a discount is known by it. Without one it applies by itself.
    pub code: Option<String>,
    /// What it is called; a discount without a code is known by it. With a code it may be left out.
    pub title: Option<String>,
    /// A share of the price: `10` is a tenth. At most two decimals.
    pub percentage: Option<f64>,
    /// An amount in the store's currency, in quotes: `"5.00"`.
    pub amount: Option<String>,
    /// Takes the amount off each piece, instead of once off all together.
    #[serde(default)]
    pub each: bool,
    /// Sending it costs nothing.
    pub free_shipping: Option<FreeShipping>,
    /// Some pieces of what it is given on cost less for whoever buys others.
    pub buy_x_get_y: Option<BuyXGetY>,
    /// Who may have it, by their e-mail addresses; if it is left out: everybody.
    pub customers: Option<Vec<String>>,
    /// What it is given on; if it is left out: on everything.
    pub on: Option<DiscountItems>,
    /// What has to be bought of that.
    pub minimum: Option<DiscountMinimum>,
    /// Which other discounts may apply beside it, if they say the same.
    #[serde(default)]
    pub combines_with: Vec<DiscountClass>,
    /// From when on; if it is left out: from when it was first applied.
    pub starts_at: Option<DateTime<Utc>>,
    /// Until when.
    pub ends_at: Option<DateTime<Utc>>,
    /// So many orders may have it. Only with a code.
    pub usage_limit: Option<i64>,
    /// Nobody may have it twice. Only with a code.
    #[serde(default)]
    pub once_per_customer: bool,
}

/// Which deliveries are free.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct FreeShipping {
    /// Only to these countries, by their two letters.
    pub countries: Vec<String>,
    /// Only ways of sending that cost this much at most, in quotes: `"9.90"`.
    pub maximum_price: Option<String>,
}

/// What has to be bought, and what is then got for less: the cheapest pieces of what the discount is given on.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct BuyXGetY {
    /// So many pieces have to be bought,
    pub buy: i64,
    /// of these; if it is left out: of anything.
    pub of: Option<DiscountItems>,
    /// So many pieces are then got for less.
    pub get: i64,
    /// So much less: `100` is for nothing. At most two decimals.
    pub percentage: f64,
    /// So often in one order; if it is left out: as often as it goes.
    pub uses_per_order: Option<i64>,
}

/// What a discount is given on.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct DiscountItems {
    /// Products, by their handles.
    pub products: Vec<String>,
    /// Collections, by their handles.
    pub collections: Vec<String>,
}

/// What has to be bought: one of the two.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct DiscountMinimum {
    /// Goods worth this much, in quotes: `"50.00"`.
    pub subtotal: Option<String>,
    /// So many pieces.
    pub quantity: Option<i64>,
}

/// What a discount is taken off.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum DiscountClass {
    /// Single lines.
    Product,
    /// The whole order.
    Order,
    /// Sending it.
    Shipping,
}

/// Money that somebody has with the store.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct GiftCard {
    /// 8 to 20 letters and digits, by which the card is known. The store keeps a hash of it only.
    pub code: String,
    /// What it is issued with, in quotes: `"50.00"`. What is on a card that exists is not changed.
    pub value: String,
    /// Whether it can be spent.
    #[serde(default = "yes")]
    pub enabled: bool,
    /// Until when.
    pub expires_at: Option<DateTime<Utc>>,
    /// The merchant's words.
    pub note: Option<String>,
}
