//! The saga: from reserved stock to a paid order, or back to nothing.
//!
//! | step    | act                                   | undo                     | once because                                  |
//! |---------|---------------------------------------|--------------------------|-----------------------------------------------|
//! | reserve | take stock, uses of codes and gift cards' money, with the attempt itself | put it back | only what is still held is put back |
//! | charge  | ask the provider, outside transactions| void the key             | the provider deduplicates by the attempt's key |
//! | place   | write the order and hand it the stock | none: nothing comes after| one order per attempt and per cart            |
//!
//! The state is saved by compare-and-set under a lease, so that whoever lost the lease cannot move on. A charge is not saved on
//! its own: the provider's ledger is its record and is asked again, by the same key, by whoever resumes.

use std::sync::Arc;

use mcom_data::{Cx, Error, Result, TenantConn, job};
use mcom_schema::{Refusal, refuse};

use super::{
    CheckoutState, CheckoutStep, EXPIRE, Pace, Subject, hold,
    query::{self, Lease, Trace},
    row::CheckoutRow,
    snapshot::Snapshot,
    stock,
};
use crate::{
    orders,
    payments::{self, Charge, Decline, NoAnswer, Outcome, PaymentStep, Provider, Providers},
    terms::Terms,
};

/// An attempt in the hands of whoever holds its lease.
pub(super) struct Flow {
    cx: Cx,
    lease: Lease,
    checkout: CheckoutRow,
    snapshot: Snapshot,
    provider: Arc<dyn Provider>,
    return_url: String,
}

impl Flow {
    /// Takes up an attempt whose lease the caller holds.
    pub(super) async fn take_up(cx: &Cx, checkout: CheckoutRow, lease: Lease) -> Result<Self> {
        let snapshot = checkout.snapshot()?;
        let providers = cx.shared::<Providers>()?;
        let gone = || Error::bug("started without the provider of a payment under way");
        let provider = providers.of(&snapshot.method).ok_or_else(gone)?;
        let return_url = Terms::of(cx).await?.url(&format!("checkouts/{}", checkout.attempt_id));
        Ok(Flow { cx: cx.clone(), lease, checkout, snapshot, provider, return_url })
    }

    /// Drives the attempt as far as it goes without the buyer.
    pub(super) async fn drive(mut self) -> Result<CheckoutState> {
        let state = self.checkout.state()?;
        match state {
            CheckoutState::Reserved if self.is_overdue() => self.give_up(&overdue()).await,
            CheckoutState::Reserved => {
                let outcome = self.charge().await?;
                self.settle(outcome).await
            }
            CheckoutState::ActionRequired => self.ask().await,
            CheckoutState::Unwinding => self.unwind().await,
            CheckoutState::Placed | CheckoutState::Failed => Ok(state),
        }
    }

    fn is_overdue(&self) -> bool {
        self.cx.now() > self.checkout.created_at + Pace::of(&self.cx).patience
    }

    /// Asks for the money. A provider that stays silent is asked what it did; what it has not done by then is forbidden to it.
    async fn charge(&self) -> Result<Outcome> {
        let key = self.checkout.charge_key();
        let charge = Charge {
            key: &key,
            amount: self.snapshot.charge(),
            session: self.snapshot.method.session(),
            return_url: &self.return_url,
        };
        match self.provider.charge(&charge).await {
            Ok(outcome) => Ok(outcome),
            Err(silence) => {
                tracing::warn!(checkout.id = self.checkout.id, %silence, "asking the provider what became of a charge");
                self.after_silence(&key).await
            }
        }
    }

    async fn after_silence(&self, key: &str) -> Result<Outcome> {
        if let Some(outcome) = self.provider.find(key).await.map_err(|silence| not_now(&silence))? {
            return Ok(outcome);
        }
        self.provider.void(key).await.map_err(|silence| not_now(&silence))?;
        Ok(Outcome::Declined(Decline::Unreachable))
    }

    /// Asks whether the buyer has confirmed. Past its time the attempt is unwound, unless the money came at last.
    async fn ask(&mut self) -> Result<CheckoutState> {
        let key = self.checkout.charge_key();
        match self.provider.find(&key).await.map_err(|silence| not_now(&silence))? {
            None | Some(Outcome::ActionRequired { .. }) => {}
            Some(outcome) => return self.settle(outcome).await,
        }
        if self.cx.now() >= self.checkout.expires_at {
            return self.give_up(&declined(Decline::Unconfirmed)).await;
        }
        let (id, lease) = (self.checkout.id, &self.lease);
        self.cx.write_quietly(async |db| query::release(db, id, lease).await).await?;
        Ok(CheckoutState::ActionRequired)
    }

    async fn settle(&mut self, outcome: Outcome) -> Result<CheckoutState> {
        match outcome {
            Outcome::Paid { reference } => self.place(Some(reference)).await,
            Outcome::Deferred => self.place(None).await,
            Outcome::ActionRequired { url } => self.challenge(&url).await,
            Outcome::Declined(why) => self.fail(&declined(why), PaymentStep::Decline).await,
        }
    }

    /// Writes the order. What can never succeed is unwound; what may succeed later is left to whoever resumes.
    async fn place(&mut self, paid: Option<String>) -> Result<CheckoutState> {
        let number = self.number().await?;
        let placed =
            self.cx.write("order_place", async |db| self.place_in(db, number, paid.as_deref()).await).await;
        match placed {
            Err(error @ (Error::Refused(_) | Error::NotFound(_) | Error::Conflict(_))) => {
                tracing::warn!(checkout.id = self.checkout.id, %error, "a paid order cannot be placed");
                self.give_up(&refuse("", "ERROR", "The order could not be placed. Nothing was charged."))
                    .await
            }
            done => done,
        }
    }

    /// What the order will be called: drawn once, before the order is written, so that the store's next order need not wait until this one
    /// is on disk. Should this attempt fail after all, its number is never used.
    async fn number(&mut self) -> Result<i64> {
        if let Some(number) = self.checkout.order_number {
            return Ok(number);
        }
        let (id, lease) = (self.checkout.id, &self.lease);
        let number = self.cx.write_quietly(async |db| query::draw_number(db, id, lease).await).await?;
        self.checkout.order_number = Some(number);
        Ok(number)
    }

    async fn place_in(&self, db: &mut TenantConn, number: i64, paid: Option<&str>) -> Result<CheckoutState> {
        let (cx, now) = (&self.cx, self.cx.now());
        let state = self.step(db, CheckoutStep::Place, Trace::default()).await?;
        let payment = match paid {
            Some(reference) => {
                let trace = payments::query::Trace { reference: Some(reference), action_url: None };
                payments::query::step(db, self.checkout.id, PaymentStep::Pay, trace, now).await?
            }
            None => payments::query::of_checkout(db, self.checkout.id).await?,
        };
        let order = orders::NewOrder {
            checkout: &self.checkout,
            snapshot: &self.snapshot,
            payment: &payment,
            number,
            paid,
        };
        orders::place(cx, db, &order).await?;
        // Last, for others wait for these rows until this transaction ends.
        stock::claim(cx, db, self.checkout.id).await?;
        Ok(state)
    }

    async fn challenge(&mut self, url: &str) -> Result<CheckoutState> {
        let (cx, id) = (&self.cx, self.checkout.id);
        let until = cx.now() + Pace::of(cx).hold;
        cx.write_quietly(async |db| {
            let trace = Trace { expires_at: Some(until), ..Trace::default() };
            let state = self.step(db, CheckoutStep::Challenge, trace).await?;
            let trace = payments::query::Trace { action_url: Some(url), reference: None };
            payments::query::step(db, id, PaymentStep::Challenge, trace, cx.now()).await?;
            let payload = Subject { checkout_id: id };
            let unique_key = Some(id.to_string());
            let expire = job::NewJob { kind: EXPIRE, payload: &payload, unique_key, run_at: until };
            job::enqueue(cx, db, expire).await?;
            Ok(state)
        })
        .await
    }

    /// Saves that there will be no order, then undoes what was done.
    async fn give_up(&mut self, why: &Refusal) -> Result<CheckoutState> {
        let trace = || Trace { failure: Some(why), ..Trace::default() };
        self.cx.write_quietly(async |db| self.step(db, CheckoutStep::GiveUp, trace()).await).await?;
        self.checkout.status = CheckoutState::Unwinding.name().to_owned();
        self.unwind().await
    }

    /// Undoes the steps, last one first: the charge at the provider, then the reservation here.
    async fn unwind(&mut self) -> Result<CheckoutState> {
        self.provider.void(&self.checkout.charge_key()).await.map_err(|silence| not_now(&silence))?;
        let why = self.checkout.failure()?;
        self.fail_with(why.as_ref(), PaymentStep::Void).await
    }

    async fn fail(&mut self, why: &Refusal, payment: PaymentStep) -> Result<CheckoutState> {
        self.fail_with(Some(why), payment).await
    }

    async fn fail_with(&self, why: Option<&Refusal>, payment_step: PaymentStep) -> Result<CheckoutState> {
        let (cx, id) = (&self.cx, self.checkout.id);
        cx.write_quietly(async |db| {
            let trace = Trace { failure: why, ..Trace::default() };
            let state = self.step(db, CheckoutStep::Fail, trace).await?;
            payments::query::step(db, id, payment_step, Default::default(), cx.now()).await?;
            hold::release(cx, db, id, &self.snapshot).await?;
            Ok(state)
        })
        .await
    }

    async fn step(&self, db: &mut TenantConn, step: CheckoutStep, trace: Trace<'_>) -> Result<CheckoutState> {
        query::step(db, (&self.checkout, &self.lease), step, trace, self.cx.now()).await
    }
}

fn declined(why: Decline) -> Refusal {
    refuse("", why.code(), why.message())
}

fn overdue() -> Refusal {
    refuse("", "ERROR", "The order could not be placed in time. Nothing was charged.")
}

/// The lease lapses and the attempt is resumed later.
fn not_now(silence: &NoAnswer) -> Error {
    tracing::warn!(%silence, "a payment provider is silent; its attempt is left for later");
    Error::Busy
}
