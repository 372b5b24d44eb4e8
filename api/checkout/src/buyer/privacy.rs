//! Carts without their buyer.

use mcom_kit::{Cx, Error, Registry};
use mcom_sales::carts;
use serde::Deserialize;

use super::payload::{CartClonePayload, CartRemovePersonalDataPayload};

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Which {
    cart_id: String,
}

pub(super) fn register(registry: &mut Registry) {
    registry.mutation("cartClone", copy).mutation("cartRemovePersonalData", forget_buyer);
}

async fn copy(cx: &Cx, which: Which) -> Result<CartClonePayload, Error> {
    Ok(carts::copy(cx, &which.cart_id).await?.into())
}

async fn forget_buyer(cx: &Cx, which: Which) -> Result<CartRemovePersonalDataPayload, Error> {
    Ok(carts::forget_buyer(cx, &which.cart_id).await?.into())
}
