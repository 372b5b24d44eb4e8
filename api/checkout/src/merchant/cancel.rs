//! Cancelling an order.

use mcom_kit::{Cx, Error, Payload, Refusal, Registry};
use mcom_sales::orders::{self, Cancel, CancelReason};
use mcom_schema::id::gid;
use serde::Deserialize;

use super::id;

mcom_kit::user_error!(OrderCancelUserError as "OrderCancelUserError");
mcom_kit::user_error!(UserError as "UserError" without code);

/// What `orderCancel` answers. The errors appear twice: with codes, and as older clients read them.
#[derive(Default)]
pub struct CancelPayload {
    job: Option<Job>,
    order_cancel_user_errors: Vec<OrderCancelUserError>,
    user_errors: Vec<UserError>,
}

mcom_kit::record!(CancelPayload as "OrderCancelPayload" {
    "job" = job,
    "orderCancelUserErrors" = order_cancel_user_errors,
    "userErrors" = user_errors,
});

impl Payload for CancelPayload {
    fn refused(refusals: Vec<Refusal>) -> Self {
        CancelPayload {
            job: None,
            order_cancel_user_errors: refusals.iter().cloned().map(Into::into).collect(),
            user_errors: refusals.into_iter().map(Into::into).collect(),
        }
    }
}

/// The refund that finishes a cancellation.
pub struct Job {
    id: String,
    done: bool,
}

mcom_kit::record!(Job as "Job" { "done" = done, "id" = id });

pub(super) fn register(registry: &mut Registry) {
    registry.mutation("orderCancel", cancel);
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct CancelArgs {
    order_id: String,
    reason: CancelReason,
    refund: Option<bool>,
    refund_method: Option<RefundMethod>,
    restock: bool,
    staff_note: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct RefundMethod {
    original_payment_methods_refund: Option<bool>,
}

async fn cancel(cx: &Cx, args: CancelArgs) -> Result<CancelPayload, Error> {
    let method = args.refund_method.and_then(|method| method.original_payment_methods_refund);
    let wish = Cancel {
        order: id::order(&args.order_id)?,
        reason: args.reason,
        refund: method.or(args.refund).unwrap_or_default(),
        restock: args.restock,
        staff_note: args.staff_note,
    };
    let done = orders::cancel(cx, &wish).await?;
    let job = Job { id: gid("Job", done.order), done: done.done };
    Ok(CancelPayload { job: Some(job), ..CancelPayload::default() })
}
