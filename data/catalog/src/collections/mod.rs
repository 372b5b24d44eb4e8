//! Collections: products put together by hand, or by rules that are kept true when products change.

mod details;
mod input;
mod live;
mod load;
mod members;
pub(crate) mod query;
mod refresh;
mod row;
mod rule;
mod write;

pub use details::{
    ById, Collection, CollectionList, CollectionSort, by_handle, by_ids, count, has_product,
    of_product_admin, page, products_admin, products_count,
};
pub use input::{
    CollectionInput, CollectionRuleInput, CollectionRuleSetInput, CollectionSortOrder, ImageInput,
};
pub use live::{
    CollectionProductSort, count_of_product, live, live_by_handle, live_count, live_page, of_product,
    products, products_among, sorted_by,
};
pub(crate) use members::{join, keep_true, leave};
pub use refresh::{REFRESH, Refresh, refresh};
pub use row::CollectionRow;
pub use rule::{Rule, RuleColumn, RuleRelation, RuleSet};
pub use write::{create, delete, differs, update};
pub(crate) use write::{lock, settle};
