//! What a store file says of taxes.

use schemars::JsonSchema;
use serde::Deserialize;

use super::yes;

/// Which taxes the store charges.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Taxes {
    /// Prices contain them; else they are added when it is known where the goods go.
    #[serde(default = "yes")]
    pub included_in_prices: bool,
    /// They are due on sending things, too.
    #[serde(default)]
    pub on_shipping: bool,
    /// What is due where. Goods that go anywhere else are not taxed.
    #[serde(default)]
    pub rates: Vec<TaxRate>,
}

/// A tax, and where it is due.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct TaxRate {
    /// The country, by its two letters.
    pub country: String,
    /// Only in this province, by its code: `CA` of the US is California. It is charged beside that of the whole country.
    pub province: Option<String>,
    /// What it is called.
    pub title: String,
    /// So much of the price without taxes: `19`. At most four decimals.
    pub percentage: f64,
}
