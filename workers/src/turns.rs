//! In which order jobs are claimed: the oldest first while all that is due can be taken on, store by store when it cannot.

use std::collections::VecDeque;

use mcom_data::{
    Result, Services, TenantId,
    job::{self, Ask, Claim},
};

/// Where a worker is in its round through the stores.
#[derive(Debug, Default)]
pub(crate) struct Turns {
    /// Whether more was due than could be taken on.
    is_behind: bool,
    /// Stores with something due that come next.
    ready: VecDeque<TenantId>,
    /// After which store to look for more of them.
    after: Option<TenantId>,
    /// Jobs claimed in this round.
    claimed: usize,
}

impl Turns {
    /// Claims up to `ask.limit` jobs. The second answer: whether to ask again at once for what there is room for.
    pub(crate) async fn claim(&mut self, services: &Services, ask: Ask<'_>) -> Result<(Vec<Claim>, bool)> {
        let (db, now) = (&services.db, services.clock.now());
        if !self.is_behind {
            let claims = job::claim(db, now, ask).await?;
            self.is_behind = is_full(&claims, ask);
            return Ok((claims, self.is_behind));
        }
        if self.ready.is_empty() {
            let turn = job::stores_in_turn(db, now, self.after).await?;
            self.ready = turn.ready.into();
            self.after = turn.after;
        }
        let served = self.ready.len().min(usize::try_from(ask.limit).unwrap_or(usize::MAX));
        let stores: Vec<TenantId> = self.ready.drain(..served).collect();
        let claims = match stores.is_empty() {
            true => vec![],
            false => job::claim_in_turn(db, now, ask, &stores).await?,
        };
        self.claimed += claims.len();
        if self.ready.is_empty() && self.after.is_none() {
            // A round that found nothing ends the haste.
            self.is_behind = std::mem::take(&mut self.claimed) > 0;
        }
        Ok((claims, true))
    }
}

fn is_full(claims: &[Claim], ask: Ask<'_>) -> bool {
    i64::try_from(claims.len()).is_ok_and(|claimed| claimed >= ask.limit)
}
