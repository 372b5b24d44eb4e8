//! The beginning of an attempt: judged, frozen and reserved in one transaction.

use mcom_data::{Cx, Error, Result, TenantConn, job};
use mcom_schema::Refusal;

use super::{
    Pace, RESUME, Subject, hold,
    query::{self, Lease, NewCheckout},
    ready,
    row::{CheckoutRow, Earlier},
    snapshot::Snapshot,
};
use crate::{
    carts::{self, CartId, Prices},
    payments::{self, Providers},
    terms::Terms,
};

/// What became of a submission.
pub(super) enum Accepted {
    /// A new attempt began; the caller holds its lease.
    Begun(Box<CheckoutRow>, Lease),
    /// An attempt stands already.
    Standing(Earlier),
    /// The cart does not exist, or the key is not its key.
    NoCart,
    /// The cart cannot be bought as it is.
    NotReady(Vec<Refusal>),
}

/// A buyer's wish to buy a cart.
pub(super) struct Submission<'a> {
    pub(super) cart: &'a CartId,
    pub(super) attempt_token: &'a str,
    pub(super) terms: &'a Terms,
    pub(super) providers: &'a Providers,
}

/// Begins an attempt, unless one stands or something is missing.
pub(super) async fn accept(cx: &Cx, submission: &Submission<'_>) -> Result<Accepted> {
    let tried = cx.write_quietly(async |db| attempt(cx, db, submission).await).await;
    match tried {
        // Rolled back with what was reserved so far.
        Err(Error::Refused(reasons)) => Ok(Accepted::NotReady(reasons)),
        done => done,
    }
}

async fn attempt(cx: &Cx, db: &mut TenantConn, submission: &Submission<'_>) -> Result<Accepted> {
    let Some((stored, ordered)) = carts::query::find_any(db, submission.cart).await? else {
        return Ok(Accepted::NoCart);
    };
    if stored.id.key.is_none() {
        return Ok(Accepted::NoCart);
    }
    let earlier = query::earlier(db, &stored.id.token, submission.attempt_token).await?;
    if let Some(standing) = earlier.as_ref().filter(|e| e.stands().unwrap_or(true)) {
        return Ok(Accepted::Standing(standing.clone()));
    }
    if ordered {
        return Ok(Accepted::NoCart);
    }
    let prices = Prices::of_sale(db, submission.terms, &stored.document).await?;
    let view = carts::priced(&stored, &prices)?;
    let missing = ready::missing(&view, &stored.document, submission.providers);
    if !missing.is_empty() {
        return Err(Error::Refused(missing));
    }
    let snapshot = Snapshot::freeze(&view, &stored.document, &prices)?;
    let round = earlier.map_or(0, |failed| failed.round) + 1;
    begin(cx, db, submission, (&stored, &snapshot, round)).await
}

async fn begin(
    cx: &Cx,
    db: &mut TenantConn,
    submission: &Submission<'_>,
    (stored, snapshot, round): (&carts::query::Stored, &Snapshot, i32),
) -> Result<Accepted> {
    let (now, pace, entropy) = (cx.now(), Pace::of(cx), &cx.services().entropy);
    let lease = Lease::new(cx, &pace);
    let new = NewCheckout {
        attempt_id: &entropy.token(16),
        cart_token: &stored.id.token,
        cart_version: stored.version,
        attempt_token: submission.attempt_token,
        round,
        snapshot,
        expires_at: now + pace.hold,
        lease: &lease,
        created_at: now,
    };
    let Some(checkout) = query::insert(db, new).await? else {
        // Another request of the same buyer was faster: its attempt is the one.
        let earlier = query::earlier(db, &stored.id.token, submission.attempt_token).await?;
        return earlier.map(Accepted::Standing).ok_or(Error::Conflict("checkout"));
    };
    intend_payment(db, &checkout, snapshot, submission.providers).await?;
    let payload = Subject { checkout_id: checkout.id };
    let unique_key = Some(checkout.id.to_string());
    let resume = job::NewJob { kind: RESUME, payload: &payload, unique_key, run_at: lease.until };
    job::enqueue(cx, db, resume).await?;
    // Last, for others wait for these rows until this transaction ends.
    if let Err(refusals) = hold::hold(cx, db, checkout.id, snapshot).await? {
        return Err(Error::Refused(refusals));
    }
    Ok(Accepted::Begun(Box::new(checkout), lease))
}

async fn intend_payment(
    db: &mut TenantConn,
    checkout: &CheckoutRow,
    snapshot: &Snapshot,
    providers: &Providers,
) -> Result<()> {
    let provider = providers.of(&snapshot.method).ok_or_else(|| Error::bug("a method without a provider"))?;
    let payment = payments::query::NewPayment {
        checkout_id: checkout.id,
        provider: provider.name(),
        idempotency_key: &checkout.charge_key(),
        amount: snapshot.charge(),
        created_at: checkout.created_at,
    };
    payments::query::insert(db, payment).await
}
