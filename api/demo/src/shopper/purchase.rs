//! Buying: from what is wanted to an order, paid by card where the provider of the demo listens, otherwise to be paid later.

use std::{sync::Arc, time::Duration};

use anyhow::{Context, bail};
use mcom_data::Cx;
use mcom_sales::{
    carts::{self, CartChange, CartView},
    checkout::{self, AttemptResult, Submitted},
    payments::Providers,
};
use mcom_schema::id::OrderId;
use serde_json::{Value, json};

use super::{at_home, input};

/// How long the vault for cards is waited for.
const PATIENCE: Duration = Duration::from_secs(3);
/// The card that the test provider always charges.
const CARD: &str = "4242424242424242";

/// What card numbers become in the provider's vault; none if there is no provider, or nobody listens there.
pub(super) async fn card(cx: &Cx) -> anyhow::Result<Option<String>> {
    let providers = cx.shared::<Providers>()?;
    let Some(vault) = providers.card_vault_url() else { return Ok(None) };
    let http = reqwest::Client::builder().no_proxy().timeout(PATIENCE).build()?;
    let card = json!({ "credit_card": { "number": CARD } }).to_string();
    let asked = http.post(vault).header("content-type", "application/json").body(card).send().await;
    let Ok(answer) = asked else { return Ok(None) };
    let content = answer.bytes().await.unwrap_or_default();
    let session: Value = serde_json::from_slice(&content).unwrap_or_default();
    Ok(session["id"].as_str().map(str::to_owned))
}

/// Orders what a cart of this input holds.
pub(super) async fn order(cx: &Cx, wish: Value, card: Option<&str>) -> anyhow::Result<OrderId> {
    let cart = made(carts::create(cx, &input(wish)?).await?)?;
    let id = cart.id.gid();
    made(carts::update_payment(cx, &id, &input(payment(&cart, card))?).await?)?;
    let attempt = match checkout::submit(cx, &id, "demo").await? {
        Submitted::Accepted { attempt_id, .. } | Submitted::AlreadyAccepted { attempt_id } => attempt_id,
        Submitted::Failed { errors, .. } => bail!("the cart cannot be bought: {errors:?}"),
    };
    let attempt = checkout::attempt(cx, &attempt).await?.context("the attempt is gone")?;
    match attempt.result {
        AttemptResult::Success { order_id, .. } => Ok(order_id),
        other => bail!("there is no order: {other:?}"),
    }
}

fn payment(cart: &CartView, card: Option<&str>) -> Value {
    let charge = cart.cost.charge;
    let amount = json!({ "amount": charge.decimal(), "currencyCode": charge.currency.code() });
    match card {
        Some(session) => json!({ "amount": amount,
            "directPaymentMethod": { "sessionId": session, "billingAddress": at_home("province", "country") } }),
        None => json!({ "amount": amount, "sourceIdentifier": "manual" }),
    }
}

/// The cart, if nothing about it was refused.
pub(super) fn made(change: CartChange) -> anyhow::Result<Arc<CartView>> {
    match change.cart {
        Some(cart) if change.refusals.is_empty() => Ok(cart),
        _ => bail!("the demo's cart is refused: {:?}", change.refusals),
    }
}
