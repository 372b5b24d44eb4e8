//! Idempotency keys: a write that is asked for twice happens once, and both askers read the same answer.
//!
//! [`begin`] takes the key for one request. Every write of that request marks the key in its own transaction, and fails if
//! the key is not the request's any more; so whatever crashes, the key knows whether something was written.
//! [`Ticket::settle`] keeps the answer. What was written and never answered is not run again. Answers that are settled are kept in
//! Redis too, if there is one: they never change, so that whoever asks again needs no transaction. The table is the truth.

mod copy;

use std::sync::Arc;

use chrono::Duration;
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Binary, Bool, Nullable, Text, Timestamptz};
use diesel_async::RunQueryDsl;
use mcom_tables::idempotency_keys as keys;

use crate::{Cx, Error, Prepare, Result, TenantConn};

/// How long answers are kept, in hours.
const KEPT: i64 = 72;

/// What became of a key.
#[derive(Debug, Clone)]
pub enum Begun {
    /// It is this request's: go on.
    Mine(Ticket),
    /// The same was asked before; this was the answer.
    Answered(String),
    /// The key was used for something else.
    Different,
    /// The same is being done at the moment.
    UnderWay,
    /// The same was done, but its answer was lost in a crash.
    AnswerLost,
}

/// A key in the hands of one request.
#[derive(Debug, Clone, serde::Serialize, serde::Deserialize)]
pub struct Ticket {
    key: Arc<str>,
    holder: Arc<str>,
    fingerprint: Arc<[u8]>,
}

/// Takes `key` for a request with this fingerprint (of operation, variables and caller). The lease must outlast the request.
///
/// # Errors
/// `Busy` or `Broken` if the keys cannot be reached.
pub async fn begin(cx: &Cx, key: &str, fingerprint: &[u8], lease: Duration) -> Result<Begun> {
    if let Some(begun) = copy::find(cx, key, fingerprint).await {
        return Ok(begun);
    }
    let holder = cx.services().entropy.token(12);
    let now = cx.now();
    cx.write_quietly(async |db| {
        let tenant = db.tenant_id();
        diesel::delete(keys::table.find((tenant, key)))
            .filter(keys::created_at.lt(now - Duration::hours(KEPT)))
            .prepared()
            .execute(db.conn())
            .await?;
        let state: State = diesel::sql_query(TAKE)
            .bind::<BigInt, _>(tenant)
            .bind::<Text, _>(key)
            .bind::<Binary, _>(fingerprint)
            .bind::<Timestamptz, _>(now + lease)
            .bind::<Timestamptz, _>(now)
            .bind::<Text, _>(&holder)
            .prepared()
            .get_result(db.conn())
            .await?;
        Ok(state.read(key, &holder, fingerprint))
    })
    .await
}

/// Deletes this store's keys whose time is over, and answers with their number. A key that comes back meanwhile counts as new.
///
/// # Errors
/// `Busy` or `Broken` if the keys cannot be reached.
pub async fn forget_old(cx: &Cx) -> Result<usize> {
    let before = cx.now() - Duration::hours(KEPT);
    cx.write_quietly(async |db| {
        let old = keys::tenant_id.eq(db.tenant_id()).and(keys::created_at.lt(before));
        Ok(diesel::delete(keys::table).filter(old).execute(db.conn()).await?)
    })
    .await
}

/// Takes a key that is new, or whose request crashed before it wrote anything. Tells how the key is, in any case: the update of
/// an unchanged row locks it, so that what is read is what others left.
const TAKE: &str = "insert into idempotency_keys as k (tenant_id, key, fingerprint, locked_until, created_at, holder)
    values ($1, $2, $3, $4, $5, $6)
    on conflict (tenant_id, key) do update set
        holder = case when k.answer is null and not k.written and k.locked_until < $5 and k.fingerprint = $3 then $6 else k.holder end,
        locked_until = case when k.answer is null and not k.written and k.locked_until < $5 and k.fingerprint = $3 then $4 else k.locked_until end
    returning k.holder, k.answer, k.written and k.locked_until < $5 as lost, k.fingerprint = $3 as same";

#[derive(QueryableByName)]
struct State {
    #[diesel(sql_type = Text)]
    holder: String,
    #[diesel(sql_type = Nullable<Text>)]
    answer: Option<String>,
    #[diesel(sql_type = Bool)]
    lost: bool,
    #[diesel(sql_type = Bool)]
    same: bool,
}

impl State {
    fn read(self, key: &str, holder: &str, fingerprint: &[u8]) -> Begun {
        match self.answer {
            _ if !self.same => Begun::Different,
            Some(answer) => Begun::Answered(answer),
            None if self.holder == holder => {
                let (key, holder, fingerprint) = (key.into(), holder.into(), fingerprint.into());
                Begun::Mine(Ticket { key, holder, fingerprint })
            }
            None if self.lost => Begun::AnswerLost,
            None => Begun::UnderWay,
        }
    }
}

impl Ticket {
    #[cfg(test)]
    pub(crate) fn of(key: &str, holder: &str) -> Ticket {
        Ticket { key: key.into(), holder: holder.into(), fingerprint: Arc::from(*b"fingerprint") }
    }

    /// Marks the key as having written, in the transaction that writes.
    pub(crate) async fn mark(&self, db: &mut TenantConn) -> Result<()> {
        let rows = diesel::update(keys::table.find((db.tenant_id(), &*self.key)))
            .filter(keys::holder.eq(&*self.holder))
            .set(keys::written.eq(true))
            .prepared()
            .execute(db.conn())
            .await?;
        if rows == 1 { Ok(()) } else { Err(Error::Conflict("idempotency key")) }
    }

    /// Ends the request. Its answer is kept if it is final, or if something was written; otherwise the key is free again.
    ///
    /// # Errors
    /// `Busy` or `Broken` if the keys cannot be reached.
    pub async fn settle(&self, cx: &Cx, answer: &str, is_final: bool) -> Result<()> {
        let kept = cx
            .write_quietly(async |db| {
                let row = keys::table.find((db.tenant_id(), &*self.key));
                let mine = keys::holder.eq(&*self.holder);
                if !is_final {
                    let unused = diesel::delete(row).filter(mine.and(keys::written.eq(false)));
                    if unused.execute(db.conn()).await? == 1 {
                        return Ok(false);
                    }
                }
                let answered = diesel::update(row).filter(mine).set(keys::answer.eq(answer));
                Ok(answered.prepared().execute(db.conn()).await? == 1)
            })
            .await?;
        if kept {
            copy::keep(cx, &self.key, &self.fingerprint, answer);
        }
        Ok(())
    }
}
