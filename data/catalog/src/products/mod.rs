//! Products: made, changed and deleted by merchants, with a redirect where an address changed and the storefront's document kept true.

mod categories;
pub mod category;
mod condition;
mod create;
mod delete;
mod details;
mod filter;
mod input;
mod list;
mod option;
mod owner;
pub(crate) mod query;
mod row;
mod rule;
mod settle;
mod shown;
mod swatch;
mod update;

pub use crate::live::{
    ListQuery, Part, ProductSort, by_handle as live_by_handle, by_ids as live, complementary,
    page as live_page, related, seen_from, tags, types,
};
pub use categories::categories;
pub(crate) use condition::Condition;
pub use create::create;
pub use delete::delete;
pub use details::{ById, Product, ProductOption, ProductOptionValue, by_ids};
pub use filter::{Compare, Filter, Match, ProductTerm};
pub use input::{
    CreateMediaInput, OptionCreateInput, OptionValueCreateInput, ProductInput, ProductStatus, SeoInput,
};
pub use list::{AdminProductSort, ProductList, by_handle, count, page};
pub use option::{OptionUpdateInput, OptionValueUpdateInput, SwatchInput, color, update_option};
pub use owner::{of_option_values, of_options};
pub(crate) use row::ProductValues;
pub use row::{MediaRow, ProductRow};
pub(crate) use rule::{LARGEST_VARIANTS, address, seo, values};
pub(crate) use settle::{Settled, derive, settle};
pub(crate) use shown::NewShown;
pub use swatch::{ValueSwatch, swatches};
pub use update::update;
