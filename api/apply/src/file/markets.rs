//! What a store file says of markets and translations.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Deserialize;

use super::yes;

/// A group of countries that share a currency, prices and languages.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Market {
    /// Its name in programs, by which it is known.
    pub handle: String,
    /// Its name for people.
    pub name: String,
    /// Whether it is the one for buyers in all other countries. It has the prices of the store.
    #[serde(default)]
    pub primary: bool,
    /// Whether buyers are in it.
    #[serde(default = "yes")]
    pub enabled: bool,
    /// Its countries, by their two letters.
    pub countries: Vec<String>,
    /// What texts are offered in beside the store's own language: `DE`, `PT_BR`.
    #[serde(default)]
    pub languages: Vec<String>,
    /// The ISO code of its currency; if it is left out: that of the store.
    pub currency: Option<String>,
    /// What one unit of the store's currency is worth in it, in quotes: `"0.86"`; at most nine decimals. If it is left out: one.
    pub rate: Option<String>,
    /// What converted prices end with: `"0.99"`, or `whole` for whole units. If it is left out they stay as they come out.
    pub rounding: Option<String>,
    /// Prices that are not converted.
    #[serde(default)]
    pub prices: Vec<MarketPrice>,
}

/// What something costs in a market: all variants of a product, or a single one. Of two the later one counts.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct MarketPrice {
    /// A product by its handle.
    pub product: Option<String>,
    /// A variant by the product's handle and its SKU: `red-mug/SKU-1`.
    pub variant: Option<String>,
    /// In the market's currency, in quotes: `"49.00"`.
    pub price: String,
    /// The former price, if it is reduced there.
    pub compare_at_price: Option<String>,
}

/// What something is called in another language. Addresses are the same in every language.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Translation {
    /// What: `shop`, `product:red-mug`, `collection:mugs`, `page:about`, `blog:news`, `article:news/hello`, `menu:main-menu`,
    /// `policy:refund-policy`, or a metafield, as in `product:red-mug/custom.care`.
    pub of: String,
    /// The code of the language: `DE`, `PT_BR`.
    pub language: String,
    /// The texts by what they are of it: `title`, `body_html`, `summary_html`, `meta_title`, `meta_description`, `product_type`; `name` and
    /// `description` of the store; `body` of a policy; `value` of a metafield. Options and their values, and the items of a menu, go by
    /// what they are called in the store's own language: `option.Size`, `option.Size.Small`, `item.About`.
    pub texts: BTreeMap<String, String>,
}
