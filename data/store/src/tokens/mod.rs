//! Access tokens: the secrets with which storefronts and apps come in. Only hashes are kept.

mod query;
mod rule;

use std::{sync::Arc, time::Duration};

use mcom_data::{Actor, Change, Changes, Cx, Error, RequestId, Result, Services, Tenant};
use mcom_schema::Scope;

use crate::fresh::Fresh;

pub use rule::{Api, Issued};
pub(crate) use rule::{digest, make};

/// Who holds `secret` in this store and API; `None` if nobody does. Known answers, wrong secrets too, come from memory.
///
/// # Errors
/// `Busy` or `Broken` if the tokens cannot be read.
pub async fn verify(
    services: &Arc<Services>,
    tenant: &Tenant,
    api: Api,
    secret: &str,
) -> Result<Option<Actor>> {
    let bug = || Error::bug("started without the token cache");
    let cache = services.get::<TokenCache>().ok_or_else(bug)?;
    let hash = digest(secret);
    let cx = Cx::new(services.clone(), tenant.clone(), Actor::Anonymous, RequestId("token".into()));
    let load = || async {
        let found = cx.read(async |db| query::find(db, api, &hash).await).await;
        cx.finish().await;
        Ok(found?.map(|(token, scopes)| rule::actor(api, token, &scopes)))
    };
    cache.0.get(&cx, (api, hash), load).await
}

/// Makes a token for `api` that may do what `scopes` say; storefront tokens need none.
///
/// # Errors
/// `Broken` if it cannot be written.
pub async fn issue(cx: &Cx, api: Api, title: &str, scopes: &[Scope]) -> Result<Issued> {
    let secret = make(api, &*cx.services().entropy);
    let hash = digest(secret.as_str());
    let now = cx.now();
    cx.write("token_issue", async |db| {
        query::insert(db, query::NewToken { api, title, hash: &hash, scopes, created_at: now }).await
    })
    .await?;
    Ok(secret)
}

/// Ends a token: requests that come with it are refused from now on.
///
/// # Errors
/// `NotFound` if there is no such token or it has ended already.
pub async fn revoke(cx: &Cx, token: i64) -> Result<()> {
    let now = cx.now();
    cx.write("token_revoke", async |db| {
        db.changed(Change::Tokens);
        if query::revoke(db, token, now).await? { Ok(()) } else { Err(Error::NotFound("token")) }
    })
    .await
}

type Key = (Api, [u8; 32]);

/// How long a secret that opens nothing is known to do so: a new token must work soon even if nobody told of it.
const WRONG: Duration = Duration::from_secs(5);
/// How long an actor is known without looking.
const KNOWN: Duration = Duration::from_secs(60);

/// Actors by store, API and hash of the secret.
pub struct TokenCache(Arc<Fresh<Key, Option<Actor>>>);

impl TokenCache {
    /// An empty cache that forgets a store when one of its tokens changes.
    pub(crate) fn new(changes: &Changes) -> Self {
        let known = |actor: &Option<Actor>| if actor.is_some() { KNOWN } else { WRONG };
        let cache = Arc::new(Fresh::remembering(100_000, known));
        let heard = cache.clone();
        changes.listen(move |told| match told.change {
            Change::Tokens => heard.forget(told.tenant),
            Change::Everything => heard.forget_all(),
            _ => {}
        });
        TokenCache(cache)
    }
}
