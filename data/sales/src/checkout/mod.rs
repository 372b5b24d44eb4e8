//! Checkout: one command that turns a cart into a paid order, whoever calls it and however often.
//!
//! An attempt is named by the buyer's token. While it is under way or has succeeded, the same cart has no other; once it has
//! failed, the same token begins a new round of it, with an id and a charge of its own, so that a buyer can go on trying.

mod accept;
mod flow;
mod hold;
mod pace;
mod query;
mod ready;
mod receipt;
mod row;
pub(crate) mod snapshot;
mod state;
mod stock;

use std::sync::Arc;

use chrono::{DateTime, Utc};
use mcom_data::{Cx, Error, Result};
use mcom_schema::{Refusal, id::OrderId, refuse};
use serde::{Deserialize, Serialize};

use crate::{
    carts::{self, CartId, CartView, Prices},
    orders, payments,
    payments::Providers,
    terms::Terms,
};
use accept::{Accepted, Submission};
use flow::Flow;
use query::Lease;

pub use pace::Pace;
pub use receipt::{Receipt, ReceiptLine, receipt};
pub(crate) use row::CheckoutRow;
pub use snapshot::{ShippingLine, SoldPlan};
pub use state::{CheckoutState, CheckoutStep};

/// Kind of the job that takes up an attempt whose process is gone.
pub const RESUME: &str = "resume_checkout";
/// Kind of the job that ends an attempt whose buyer did not confirm in time.
pub const EXPIRE: &str = "expire_reservations";

/// Payload of both jobs.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Subject {
    /// Which attempt.
    pub checkout_id: i64,
}

/// Whether a cart can be bought as it is.
#[derive(Debug, Clone)]
pub enum Prepared {
    /// It can.
    Ready(Arc<CartView>),
    /// It cannot, for these reasons.
    NotReady(Arc<CartView>, Vec<Refusal>),
}

/// The answer to a submission.
#[derive(Debug, Clone)]
pub enum Submitted {
    /// An attempt began; what became of it is asked with [`attempt`].
    Accepted {
        /// Names the attempt.
        attempt_id: String,
        /// Where the buyer can watch it.
        redirect_url: String,
    },
    /// This attempt, or another one of the same cart, was accepted before.
    AlreadyAccepted {
        /// Names the attempt that stands.
        attempt_id: String,
    },
    /// The cart cannot be bought as it is.
    Failed {
        /// Why, in codes of `SubmissionErrorCode`.
        errors: Vec<Refusal>,
        /// Where the buyer can complete what is missing.
        checkout_url: String,
    },
}

/// What became of an attempt.
#[derive(Debug, Clone)]
pub struct Attempt {
    /// Names it.
    pub id: String,
    /// Where it stands.
    pub result: AttemptResult,
}

/// Where an attempt stands, as the buyer sees it.
#[derive(Debug, Clone)]
pub enum AttemptResult {
    /// Under way: ask again.
    Processing {
        /// After this many milliseconds.
        poll_delay_ms: i64,
    },
    /// The buyer must confirm the payment.
    ActionRequired {
        /// On this page of the provider.
        url: Option<String>,
    },
    /// There is no order and nothing was charged.
    Failed {
        /// Why, in codes of `CompletionErrorCode`.
        errors: Vec<Refusal>,
    },
    /// There is an order.
    Success {
        /// Which.
        order_id: OrderId,
        /// Its public id as its buyer sees it.
        order_gid: String,
        /// Where the buyer sees it.
        order_url: String,
        /// Since when.
        completed_at: Option<DateTime<Utc>>,
    },
}

/// What a job is to do next with an attempt.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Resumed {
    /// Nothing more.
    Settled,
    /// Look again then.
    Again(DateTime<Utc>),
}

/// How long a buyer waits before asking again.
const POLL_DELAY_MS: i64 = 500;
/// No attempt token is longer.
const LONGEST_TOKEN: usize = 255;

/// Whether the cart can be bought as it is.
///
/// # Errors
/// `Refused` if there is no such cart, or the key is not its key.
pub async fn prepare(cx: &Cx, cart_id: &str) -> Result<Prepared> {
    let id = CartId::parse(cart_id).ok_or_else(no_cart)?;
    let (terms, providers) = (Terms::of(cx).await?, cx.shared::<Providers>()?);
    cx.read(async |db| {
        let found = carts::query::find(db, &id).await?.filter(|stored| stored.id.key.is_some());
        let stored = found.ok_or_else(no_cart)?;
        let prices = Prices::load(db, &terms, &stored.document, &[]).await?;
        let view = Arc::new(carts::priced(&stored, &prices)?);
        let missing = ready::missing(&view, &stored.document, &providers);
        Ok(if missing.is_empty() { Prepared::Ready(view) } else { Prepared::NotReady(view, missing) })
    })
    .await
}

/// Buys the cart: reserves stock, asks for the money, places the order. Answers when the attempt is settled or waits for the buyer;
/// the attempt goes on if the caller leaves, and is resumed by a job if the process dies.
///
/// # Errors
/// `Refused` if there is no such cart, the key is not its key, or the token is none.
pub async fn submit(cx: &Cx, cart_id: &str, attempt_token: &str) -> Result<Submitted> {
    let cart = CartId::parse(cart_id).ok_or_else(no_cart)?;
    if attempt_token.is_empty() || attempt_token.len() > LONGEST_TOKEN {
        let message = "the attempt token must have 1 to 255 bytes";
        return Err(refuse("attemptToken", "INVALID", message).into());
    }
    let (terms, providers) = (Terms::of(cx).await?, cx.shared::<Providers>()?);
    let submission = Submission { cart: &cart, attempt_token, terms: &terms, providers: &providers };
    match accept::accept(cx, &submission).await? {
        Accepted::Begun(checkout, lease) => {
            let attempt_id = checkout.attempt_id.clone();
            let redirect_url = terms.url(&format!("checkouts/{attempt_id}"));
            drive(cx, *checkout, lease).await;
            Ok(Submitted::Accepted { attempt_id, redirect_url })
        }
        Accepted::Standing(standing) => {
            look_after(cx, standing.id).await;
            Ok(Submitted::AlreadyAccepted { attempt_id: standing.attempt_id })
        }
        Accepted::NoCart => Err(no_cart()),
        Accepted::NotReady(errors) => {
            Ok(Submitted::Failed { errors, checkout_url: terms.url(&format!("cart/c/{}", cart.path())) })
        }
    }
}

/// What became of an attempt; `None` if there is none of this id. Asking moves an attempt on that waits for the buyer's
/// confirmation, or whose process is gone.
///
/// # Errors
/// `Busy` or `Broken` if it cannot be read.
pub async fn attempt(cx: &Cx, attempt_id: &str) -> Result<Option<Attempt>> {
    let Some(known) = cx.read(async |db| query::by_attempt(db, attempt_id).await).await? else {
        return Ok(None);
    };
    let checkout = if known.state()?.is_settled() {
        known
    } else {
        look_after(cx, known.id).await;
        let moved = cx.read(async |db| query::find(db, known.id).await).await?;
        moved.ok_or(Error::NotFound("checkout"))?
    };
    let result = result(cx, &checkout).await?;
    Ok(Some(Attempt { id: attempt_id.to_owned(), result }))
}

/// Drives an attempt on that nobody else drives: for the job that was left with it.
///
/// # Errors
/// `Busy` if a provider is silent, so that the job is tried again later.
pub async fn resume(cx: &Cx, checkout_id: i64) -> Result<Resumed> {
    if let Some((checkout, lease)) = take(cx, checkout_id).await? {
        Flow::take_up(cx, checkout, lease).await?.drive().await?;
    }
    let Some(checkout) = cx.read(async |db| query::find(db, checkout_id).await).await? else {
        return Ok(Resumed::Settled);
    };
    Ok(match checkout.state()? {
        CheckoutState::Placed | CheckoutState::Failed => Resumed::Settled,
        // From here on the other job looks after it.
        CheckoutState::ActionRequired if cx.now() < checkout.expires_at => {
            Resumed::Again(checkout.expires_at)
        }
        _ => Resumed::Again(checkout.locked_until.unwrap_or_else(|| cx.now() + Pace::of(cx).lease)),
    })
}

async fn result(cx: &Cx, checkout: &CheckoutRow) -> Result<AttemptResult> {
    let terms = Terms::of(cx).await?;
    cx.read(async |db| {
        Ok(match checkout.state()? {
            CheckoutState::Reserved | CheckoutState::Unwinding => {
                AttemptResult::Processing { poll_delay_ms: POLL_DELAY_MS }
            }
            CheckoutState::ActionRequired => AttemptResult::ActionRequired {
                url: payments::query::of_checkout(db, checkout.id).await?.action_url,
            },
            CheckoutState::Failed => {
                AttemptResult::Failed { errors: checkout.failure()?.into_iter().collect() }
            }
            CheckoutState::Placed => {
                let (order_id, confirmation) = orders::of_checkout(db, checkout.id).await?;
                AttemptResult::Success {
                    order_id,
                    order_gid: orders::order_gid(order_id, &checkout.cart_token, &confirmation),
                    order_url: terms.url(&format!("checkouts/{}", checkout.attempt_id)),
                    completed_at: checkout.completed_at,
                }
            }
        })
    })
    .await
}

/// Takes up the attempt if nobody drives it. Whatever goes wrong is left to its job.
async fn look_after(cx: &Cx, checkout_id: i64) {
    match take(cx, checkout_id).await {
        Ok(Some((checkout, lease))) => drive(cx, checkout, lease).await,
        Ok(None) => {}
        Err(error) => tracing::warn!(checkout.id = checkout_id, %error, "an attempt could not be taken up"),
    }
}

async fn take(cx: &Cx, checkout_id: i64) -> Result<Option<(CheckoutRow, Lease)>> {
    let lease = Lease::new(cx, &Pace::of(cx));
    let now = cx.now();
    let taken = cx.write_quietly(async |db| query::take(db, checkout_id, &lease, now).await).await?;
    Ok(taken.map(|checkout| (checkout, lease)))
}

/// Drives an attempt in a task of its own, for a buyer who leaves in the middle must not stop it.
async fn drive(cx: &Cx, checkout: CheckoutRow, lease: Lease) {
    let (id, own) = (checkout.id, cx.clone());
    let task = tokio::spawn(async move { Flow::take_up(&own, checkout, lease).await?.drive().await });
    match task.await {
        Ok(Ok(state)) => tracing::debug!(checkout.id = id, state = state.name(), "an attempt was driven on"),
        Ok(Err(error)) => tracing::warn!(checkout.id = id, %error, "an attempt is left to its job"),
        Err(error) => tracing::error!(checkout.id = id, %error, "an attempt is left to its job"),
    }
}

fn no_cart() -> Error {
    refuse("cartId", "INVALID", "The specified cart does not exist.").into()
}
