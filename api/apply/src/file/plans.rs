//! What a store file says of selling plans and of how many pieces are sold at once.

use schemars::JsonSchema;
use serde::Deserialize;

/// Plans that have something in common, and what is sold by them.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct SellingPlanGroup {
    /// Its name for machines, by which the group is known.
    pub handle: String,
    /// Its name for buyers.
    pub name: String,
    /// Whose it is, if an app made it.
    pub app_name: Option<String>,
    /// What its plans differ in: `[Deliver every]`.
    pub options: Vec<String>,
    /// In the order in which they are offered; each is known by its name.
    pub plans: Vec<SellingPlan>,
    /// Products that are sold by these plans, by their handles.
    #[serde(default)]
    pub products: Vec<String>,
    /// These products are sold by plans only.
    #[serde(default)]
    pub required: bool,
    /// Single variants that are sold by these plans, as in `red-mug/SKU-1`.
    #[serde(default)]
    pub variants: Vec<String>,
}

/// A plan.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct SellingPlan {
    /// Its name for buyers.
    pub name: String,
    /// What buyers should know of it.
    pub description: Option<String>,
    /// Its value for each option of the group: `[1 month]`.
    pub options: Vec<String>,
    /// How often it is billed; if it is left out: once.
    pub billing: Option<Period>,
    /// How often it is delivered; if it is left out: once.
    pub delivery: Option<Period>,
    /// What it does to the price, one after the other.
    #[serde(default)]
    pub price_adjustments: Vec<PriceAdjustment>,
}

/// A period.
#[derive(Debug, Clone, Copy, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Period {
    /// So many of the unit.
    pub every: i64,
    /// What is counted.
    pub unit: PeriodUnit,
}

/// What periods are counted in.
#[derive(Debug, Clone, Copy, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum PeriodUnit {
    /// Days.
    Day,
    /// Weeks.
    Week,
    /// Months.
    Month,
    /// Years.
    Year,
}

/// What a plan does to the price: exactly one of `percentage`, `amount` and `price`.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct PriceAdjustment {
    /// A share is taken off: `10` is a tenth. At most two decimals.
    pub percentage: Option<f64>,
    /// An amount is taken off, in quotes: `"5.00"`.
    pub amount: Option<String>,
    /// The price is this one, in quotes: `"25.00"`.
    pub price: Option<String>,
    /// For so many orders, after which the next one counts; if it is left out: for ever.
    pub orders: Option<i64>,
}

/// How many pieces of a variant are sold at once, and from how many on one of them costs less.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Quantities {
    /// The variant, as in `red-mug/SKU-1`.
    pub variant: String,
    /// At least so many: a multiple of the increment.
    pub minimum: Option<i64>,
    /// At most so many: a multiple of the increment.
    pub maximum: Option<i64>,
    /// Only in multiples of this.
    pub increment: Option<i64>,
    /// The fewest pieces first.
    #[serde(default)]
    pub price_breaks: Vec<PriceBreak>,
}

/// From how many pieces on one of them costs what.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct PriceBreak {
    /// From so many on.
    pub from: i64,
    /// What one then costs, in quotes: `"8.00"`.
    pub price: String,
}
