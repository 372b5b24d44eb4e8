//! Orders: what was bought, as it was then, and what became of it.

mod cancel;
mod filter;
mod fulfill;
mod fulfillment;
mod give_back;
mod list;
mod load;
mod number;
mod place;
mod query;
mod row;
mod shown;
mod state;

use mcom_data::{Cx, Result, TenantConn};
use mcom_schema::{Scope, id::OrderId};

pub use cancel::{Cancel, CancelReason, Cancelled, FINISH_CANCELLATION, ToCancel, cancel, finish_cancel};
pub use filter::{Compare, OrderFilter, OrderTerm};
pub use fulfill::{Fulfill, fulfill};
pub use fulfillment::{Fulfillment, FulfillmentStatus, Parcel, Tracking};
pub use list::{OrderList, OrderSort, count, count_of_customer, of_customer, page};
pub use load::{AttemptOf, ById, FulfillmentsOf, LinesOf, OriginOf, TaxesOf, TransactionsOf};
pub(crate) use number::FIRST as FIRST_NUMBER;
pub(crate) use place::{NewOrder, place};
pub(crate) use query::of_checkout;
pub use row::{LineOption, Order, OrderLine, OrderOrigin, Transaction};
pub(crate) use shown::{MODEL as ADDRESS_MODEL, order_gid, shown_address};
pub use shown::{OrderAddress, shown};
pub use state::{FinancialStatus, FinancialStep};

/// An order.
///
/// # Errors
/// `Forbidden` without `read_orders`; `Busy` or `Broken` if it cannot be read.
pub async fn get(cx: &Cx, id: OrderId) -> Result<Option<Order>> {
    cx.require(Scope::ReadOrders)?;
    cx.load::<ById>(id).await
}

/// Whether there is such an order; for whoever knows its id.
///
/// # Errors
/// `Busy` or `Broken` if it cannot be read.
pub async fn exists(cx: &Cx, id: OrderId) -> Result<bool> {
    cx.read(async |db: &mut TenantConn| query::exists(db, id).await).await
}
