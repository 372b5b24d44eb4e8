//! The cart with which Ada comes back: one of everything that a cart can hold.

use mcom_data::Cx;
use mcom_sales::carts;
use serde_json::{Value, json};

use super::{EMAIL, PHONE, abroad, at_home, basket, input, purchase::made};

/// Makes the cart. Answers with its id and key.
pub(super) async fn fill(cx: &Cx, token: &str) -> anyhow::Result<String> {
    let wish = json!({
        "lines": lines(cx).await?,
        "note": "Please ring twice",
        "attributes": [{ "key": "gift_wrap", "value": "Brown paper" }, { "key": "care", "value": "This side up" }],
        "metafields": remarks(),
        "discountCodes": ["SPRING5", "LINEN5", "SHIPFREE"],
        "giftCardCodes": ["DEMO-GIFT-CARD-2026"],
        "buyerIdentity": buyer(token),
        "delivery": { "addresses": [
            { "selected": true, "address": { "deliveryAddress": at_home("provinceCode", "countryCode") } },
        ] },
    });
    Ok(made(carts::create(cx, &input(wish)?).await?)?.id.gid())
}

/// Shirts, a subscription, and something that belongs to the shirts.
async fn lines(cx: &Cx) -> anyhow::Result<[Value; 3]> {
    let mut shirts = basket::line(cx, "LS-0004", 2).await?;
    shirts["attributes"] = json!([{ "key": "care", "value": "Please iron them" }]);
    let coffee = basket::subscription(cx, "EB-0132", 12).await?;
    let mut belt = basket::line(cx, "LB-0084", 1).await?;
    belt["attributes"] = json!([{ "key": "gift_wrap", "value": "With a ribbon" }]);
    belt["parent"] = json!({ "merchandiseId": shirts["merchandiseId"] });
    Ok([shirts, coffee, belt])
}

/// What a storefront notes down by names and types.
pub(super) fn remarks() -> Value {
    json!([
        { "key": "gift_wrap", "type": "boolean", "value": "true" },
        { "key": "care", "type": "single_line_text_field", "value": "Handle with care" },
        { "key": "custom.gift_wrap", "type": "boolean", "value": "true" },
    ])
}

fn buyer(token: &str) -> Value {
    let near = json!({ "countryCode": "DE", "latitude": 50.7323, "longitude": 7.0954 });
    let delivery = json!({ "coordinates": near, "deliveryMethod": ["SHIPPING", "PICK_UP"], "pickupHandle": ["workshop"] });
    json!({
        "customerAccessToken": token,
        "email": EMAIL,
        "phone": PHONE,
        "countryCode": "DE",
        "deliveryAddressPreferences": [{ "deliveryAddress": abroad() }],
        "preferences": { "wallet": ["APPLE_PAY"], "delivery": delivery },
    })
}
