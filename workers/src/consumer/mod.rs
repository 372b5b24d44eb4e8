//! One file per consumer of events. They are listed where the jobs are, in `job::registry`.

mod count_sales;
mod index_products;

pub use count_sales::CountSales;
pub use index_products::IndexProducts;
