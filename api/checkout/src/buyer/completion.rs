//! From a cart to an order: whether it can be bought, the wish to buy it, and what became of the wish.

use std::sync::Arc;

use mcom_kit::{Cx, Error, Record, Registry};
use mcom_sales::checkout;
use serde::Deserialize;

use super::{
    attempt::{self, Attempt},
    payload::CartUserError,
    readiness, submission,
};

type Result<T> = std::result::Result<T, Error>;

mcom_kit::payload!(
    CartPrepareForCompletionPayload as "CartPrepareForCompletionPayload" refusing CartUserError {
        "result" = result: Option<Arc<dyn Record>>,
    }
);

mcom_kit::payload!(
    CartSubmitForCompletionPayload as "CartSubmitForCompletionPayload" refusing CartUserError {
        "result" = result: Option<Arc<dyn Record>>,
    }
);

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Prepare {
    cart_id: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Submit {
    cart_id: String,
    attempt_token: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct ById {
    attempt_id: String,
}

pub(super) fn register(registry: &mut Registry) {
    registry
        .mutation("cartPrepareForCompletion", prepare)
        .mutation("cartSubmitForCompletion", submit)
        .query("cartCompletionAttempt", attempt);
    readiness::register(registry);
    submission::register(registry);
    attempt::register(registry);
}

async fn prepare(cx: &Cx, args: Prepare) -> Result<CartPrepareForCompletionPayload> {
    let prepared = checkout::prepare(cx, &args.cart_id).await;
    let result = readiness::show(cx, args.cart_id, prepared)?;
    Ok(CartPrepareForCompletionPayload { result: Some(result), ..Default::default() })
}

async fn submit(cx: &Cx, args: Submit) -> Result<CartSubmitForCompletionPayload> {
    let result = submission::show(cx, checkout::submit(cx, &args.cart_id, &args.attempt_token).await)?;
    Ok(CartSubmitForCompletionPayload { result: Some(result), ..Default::default() })
}

async fn attempt(cx: &Cx, args: ById) -> Result<Option<Attempt>> {
    Ok(checkout::attempt(cx, &args.attempt_id).await?.map(attempt::show))
}
