//! What was ordered before anybody looks: Ada's orders, and those of guests, by which products sell best or are bought together.

use mcom_data::{Cx, Locale};
use mcom_sales::orders::{self, Cancel, CancelReason, Fulfill, Parcel, Tracking};
use mcom_schema::{Language, id::OrderId};
use serde_json::{Value, json};

use super::{EMAIL, PHONE, at_home, basket, cart::remarks, purchase};

/// Who bought what: numbers of the catalog.
const GUESTS: [(&str, &[&str]); 8] = [
    ("grace@example.com", &["EB-0134", "SM-0091", "SM-0092"]),
    ("linus@example.com", &["FB-0137", "SM-0092"]),
    ("hedy@example.com", &["LS-0008", "LB-0084"]),
    ("alan@example.com", &["LS-0008", "LB-0084", "CT-0087"]),
    ("emmy@example.com", &["LN-0106", "WB-0113", "BC-0115"]),
    ("kurt@example.com", &["S-0140", "SM-0091"]),
    ("rosa@example.com", &["LS-0013", "MS-0038"]),
    ("carl@example.com", &["EB-0134", "S-0140", "BC-0115"]),
];

/// Has all of them order, and Ada change her mind once.
pub(super) async fn place_all(cx: &Cx, token: &str) -> anyhow::Result<()> {
    let card = purchase::card(cx).await?;
    let cx = &read_in_english(cx);
    let sent = purchase::order(cx, first(cx, token, card.is_some()).await?, card.as_deref()).await?;
    send(cx, sent).await?;
    let regretted = purchase::order(cx, plain(cx, token, "MS-0035").await?, card.as_deref()).await?;
    let wish = Cancel {
        order: regretted,
        reason: CancelReason::Customer,
        refund: true,
        restock: true,
        staff_note: Some("Too warm for the summer".to_owned()),
    };
    orders::cancel(cx, &wish).await?;
    purchase::order(cx, plain(cx, token, "BC-0114").await?, None).await?;
    for (email, goods) in GUESTS {
        purchase::order(cx, of_guest(cx, email, goods).await?, None).await?;
    }
    Ok(())
}

/// All of it is on its way, in one parcel.
async fn send(cx: &Cx, order: OrderId) -> anyhow::Result<()> {
    let number = "00340434161094042557";
    let url = Some(format!("https://parcels.example.com/{number}"));
    let parcel = Parcel { number: Some(number.to_owned()), url };
    let tracking = Tracking { company: Some("Parcel Post".to_owned()), parcels: vec![parcel] };
    orders::fulfill(cx, &Fulfill { order, lines: vec![], tracking }).await?;
    Ok(())
}

/// Orders remember in which language they were placed.
fn read_in_english(cx: &Cx) -> Cx {
    let country = Some("DE".to_owned());
    cx.in_locale(Locale { country, languages: vec![Language::ENGLISH], preferred_location: None })
}

/// With discounts by code and by themselves, and where a card pays the rest, a gift card.
async fn first(cx: &Cx, token: &str, with_card: bool) -> anyhow::Result<Value> {
    let mut shirts = basket::line(cx, "LS-0008", 2).await?;
    shirts["attributes"] = json!([{ "key": "care", "value": "Please iron them" }]);
    let coffee = basket::line(cx, "FB-0137", 12).await?;
    let mut wish = of_ada(token, &[shirts, coffee]);
    wish["note"] = json!("Please ring twice");
    wish["attributes"] = json!([{ "key": "gift_wrap", "value": "Brown paper" }]);
    wish["metafields"] = remarks();
    wish["discountCodes"] = json!(["WELCOME10", "LINEN5", "SHIPFREE"]);
    if with_card {
        wish["giftCardCodes"] = json!(["DEMO-SPENT-CARD-2026"]);
    }
    Ok(wish)
}

async fn plain(cx: &Cx, token: &str, sku: &str) -> anyhow::Result<Value> {
    Ok(of_ada(token, &[basket::line(cx, sku, 1).await?]))
}

fn of_ada(token: &str, lines: &[Value]) -> Value {
    json!({
        "lines": lines,
        "buyerIdentity": { "customerAccessToken": token, "email": EMAIL, "phone": PHONE, "countryCode": "DE" },
        "delivery": { "addresses": [{ "address": { "deliveryAddress": at_home("provinceCode", "countryCode") } }] },
    })
}

async fn of_guest(cx: &Cx, email: &str, goods: &[&str]) -> anyhow::Result<Value> {
    let mut lines = vec![];
    for sku in goods {
        lines.push(basket::line(cx, sku, 1).await?);
    }
    let address = json!({ "lastName": "Guest", "address1": "1 Mill Road", "zip": "53111", "city": "Bonn", "countryCode": "DE" });
    Ok(json!({
        "lines": lines,
        "buyerIdentity": { "email": email, "countryCode": "DE" },
        "delivery": { "addresses": [{ "address": { "deliveryAddress": address } }] },
    }))
}
