//! The context: first argument of every verb and the only ticket to tenant, actor, clock and database.

use std::{
    fmt,
    net::IpAddr,
    ops::AsyncFn,
    sync::{
        Arc, Mutex as Lock, PoisonError,
        atomic::{AtomicU32, Ordering},
    },
};

use chrono::{DateTime, Utc};
use mcom_schema::{Language, Scope, SearchRemark, id::LocationId};
use tokio::sync::Mutex;

use crate::{
    Actor, Error, Origin, Result, Services, Tenant, TenantConn, TenantWork, idempotency::Ticket,
    load::Loaders,
};

/// The name of one request, in logs and in answers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RequestId(pub Arc<str>);

impl fmt::Display for RequestId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// What a request says about where its buyer is and what they read.
#[derive(Debug, Clone, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Locale {
    /// ISO 3166-1 alpha-2; `None`: not given.
    pub country: Option<String>,
    /// The languages that are understood, the preferred one first.
    pub languages: Vec<Language>,
    /// Where the buyer would pick things up.
    #[serde(default)]
    pub preferred_location: Option<LocationId>,
}

/// One request or job. Cheap to clone; clones share the read transaction and the loaders.
#[derive(Clone)]
pub struct Cx(Arc<Inner>, Arc<Loaders>);

struct Inner {
    services: Arc<Services>,
    tenant: Tenant,
    actor: Actor,
    request: RequestId,
    locale: Locale,
    origin: Option<Origin>,
    address: Option<IpAddr>,
    idempotency: Option<Ticket>,
    remarks: Lock<Vec<SearchRemark>>,
    reader: Mutex<Option<TenantConn>>,
    statements: Arc<AtomicU32>,
}

impl Cx {
    /// A context for one operation of `actor` in `tenant`.
    pub fn new(services: Arc<Services>, tenant: Tenant, actor: Actor, request: RequestId) -> Self {
        Cx(
            Arc::new(Inner {
                services,
                tenant,
                actor,
                request,
                locale: Locale::default(),
                origin: None,
                address: None,
                idempotency: None,
                remarks: Lock::default(),
                reader: Mutex::default(),
                statements: Arc::default(),
            }),
            Arc::default(),
        )
    }

    /// The same caller, who is and reads as `locale` says, with a fresh transaction and fresh loaders.
    #[must_use]
    pub fn in_locale(&self, locale: Locale) -> Self {
        self.anew(|inner| inner.locale = locale)
    }

    /// The same caller, whose writes happen only as long as the ticket is good.
    #[must_use]
    pub fn holding(&self, ticket: Ticket) -> Self {
        self.anew(|inner| inner.idempotency = Some(ticket))
    }

    /// The same caller, who reached the store at `origin`.
    #[must_use]
    pub fn reached_at(&self, origin: Origin) -> Self {
        self.anew(|inner| inner.origin = Some(origin))
    }

    /// The same caller, who asks from `address`.
    #[must_use]
    pub fn asked_from(&self, address: IpAddr) -> Self {
        self.anew(|inner| inner.address = Some(address))
    }

    fn anew(&self, change: impl FnOnce(&mut Inner)) -> Self {
        let i = &self.0;
        let mut inner = Inner {
            services: i.services.clone(),
            tenant: i.tenant.clone(),
            actor: i.actor.clone(),
            request: i.request.clone(),
            locale: i.locale.clone(),
            origin: i.origin.clone(),
            address: i.address,
            idempotency: i.idempotency.clone(),
            remarks: Lock::default(),
            reader: Mutex::default(),
            statements: Arc::default(),
        };
        change(&mut inner);
        Cx(Arc::new(inner), Arc::default())
    }

    /// The store.
    pub fn tenant(&self) -> &Tenant {
        &self.0.tenant
    }

    /// Who asks.
    pub fn actor(&self) -> &Actor {
        &self.0.actor
    }

    /// The request's name.
    pub fn request(&self) -> &RequestId {
        &self.0.request
    }

    /// Where the buyer is and what they read, as far as the request says.
    pub fn locale(&self) -> &Locale {
        &self.0.locale
    }

    /// How the store was reached; outside of requests, how its primary domain is.
    pub fn origin(&self) -> Origin {
        self.0.origin.clone().unwrap_or_else(|| Origin::of_store(self.tenant()))
    }

    /// Where the buyer asks from, as far as it is known.
    pub fn address(&self) -> Option<IpAddr> {
        self.0.address
    }

    /// Notes what the caller should know about a search, if there is anything, to be told beside the answer.
    pub fn remark(&self, remark: Option<SearchRemark>) {
        let Some(remark) = remark else { return };
        let mut remarks = self.0.remarks.lock().unwrap_or_else(PoisonError::into_inner);
        if !remarks.contains(&remark) {
            remarks.push(remark);
        }
    }

    /// What was noted so far, each once.
    pub fn remarks(&self) -> Vec<SearchRemark> {
        self.0.remarks.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// The idempotency key that the request holds, if one was sent.
    pub(crate) fn ticket(&self) -> Option<&Ticket> {
        self.0.idempotency.as_ref()
    }

    /// What the process has.
    pub fn services(&self) -> &Arc<Services> {
        &self.0.services
    }

    /// The present instant.
    pub fn now(&self) -> DateTime<Utc> {
        self.0.services.clock.now()
    }

    /// A shared thing that the process was started with.
    ///
    /// # Errors
    /// `Broken` if the process was started without it.
    pub fn shared<T: std::any::Any + Send + Sync>(&self) -> Result<Arc<T>> {
        self.services()
            .get()
            .ok_or_else(|| Error::bug(format!("started without {}", std::any::type_name::<T>())))
    }

    /// Lets only those pass who hold `scope`.
    ///
    /// # Errors
    /// `SignedOut` for callers without a token, `Forbidden` for those whose token lacks the scope.
    pub fn require(&self, scope: Scope) -> Result<()> {
        match self.actor() {
            actor if actor.may(scope) => Ok(()),
            Actor::Anonymous => Err(Error::SignedOut),
            _ => Err(Error::Forbidden(scope)),
        }
    }

    /// How many statements this context has run, BEGIN and COMMIT not counted.
    pub fn statements(&self) -> u32 {
        self.0.statements.load(Ordering::Relaxed)
    }

    /// This request's loaders.
    pub(crate) fn loaders(&self) -> &Loaders {
        &self.1
    }

    /// The same request without its loaders: what they hold themselves, so that nothing holds itself.
    pub(crate) fn detached(&self) -> Self {
        Cx(self.0.clone(), Arc::default())
    }

    /// Reads in the operation's one READ ONLY transaction, which is opened when first needed.
    ///
    /// # Errors
    /// Those of `work`, and `Busy` if no connection is free in time.
    pub async fn read<T, F>(&self, work: F) -> Result<T>
    where
        for<'c> F: AsyncFn(&'c mut TenantConn) -> Result<T>
            + TenantWork<&'c mut TenantConn, Result<T>, Future: Send>,
    {
        let mut reader = self.0.reader.lock().await;
        let mut db = match reader.take() {
            Some(open) => open,
            None => self.0.services.db.read(&self.0.tenant, &self.0.statements).await?,
        };
        let answer = work(&mut db).await;
        match &answer {
            // A failed statement spoils the transaction; a refusal or an absence does not.
            Err(Error::Broken(_) | Error::Busy) => drop(db),
            _ => *reader = Some(db),
        }
        answer
    }

    /// Ends the operation: gives the read transaction's connection back.
    pub async fn finish(&self) {
        if let Some(db) = self.0.reader.lock().await.take()
            && let Err(error) = db.commit().await
        {
            tracing::debug!(%error, "a read transaction did not end cleanly; its connection is dropped");
        }
    }

    /// A writing transaction. An open read transaction is ended first: one connection per operation.
    pub(crate) async fn begin_write(&self) -> Result<TenantConn> {
        self.finish().await;
        self.0.services.db.begin_write(&self.0.tenant, &self.0.statements).await
    }
}
