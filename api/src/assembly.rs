//! Puts a process together: what its requests, jobs and commands share, and the gateways over its subgraphs.

use std::sync::Arc;

use anyhow::Context;
use chrono::TimeDelta;
use mcom_data::{
    Actor, Cx, Db, Directory, RequestId, Services, ServicesBuilder, objects::Objects, redis::Redis,
};
use mcom_kit::Subgraph;
use mcom_sales::{checkout::Pace, payments::Providers};
use mcom_schema::{SystemClock, SystemEntropy};

use crate::{
    bogus::Bogus,
    config::{Config, ObjectsConfig, PaymentsConfig},
    gateway::{Api, Gateway},
    http::PublicApi,
    mail,
    objects::Endpoint,
    role::Part,
};

/// What a process has, with the machine's clock and randomness, the caches of every room and the payment providers.
///
/// # Errors
/// If the database cannot be reached or the role in its URL may bypass row-level security.
pub async fn services(config: &Config) -> anyhow::Result<Arc<Services>> {
    let db = Db::connect(&config.database.to_db()).await?;
    let search = config.search.engine(&db.identity().await?)?;
    let builder = Services::builder(db, Arc::new(SystemClock), Arc::new(SystemEntropy));
    let pace = Pace {
        lease: TimeDelta::from_std(config.payments.lease)?,
        hold: TimeDelta::from_std(config.payments.hold)?,
        ..Pace::default()
    };
    let builder = shared(builder.with(|_| pace).with(|_| search), config.redis.open()?);
    let builder = open_objects(builder, &config.objects).await?;
    let builder = match mail::open(&config.mail, &config.http)? {
        Some(mailer) => builder.with(|_| mailer),
        None => builder,
    };
    Ok(rooms(builder, &config.http.base_domain, providers(&config.payments)).build())
}

/// Adds what processes share besides the database, if there is such a thing.
#[must_use]
pub fn shared(builder: ServicesBuilder, redis: Option<Redis>) -> ServicesBuilder {
    match redis {
        Some(redis) => builder.with(|_| redis),
        None => builder,
    }
}

/// Who takes the money: the test provider if there is one, and always those that need nobody else.
pub fn providers(config: &PaymentsConfig) -> Providers {
    let Some(url) = &config.bogus_url else { return Providers::new() };
    let bogus = Bogus::new(url, config.timeout);
    let vault = bogus.vault_url();
    Providers::with_card(bogus, &vault)
}

/// Adds the directory of stores, with stores at `{handle}.{base_domain}`, what the rooms of data share, and who takes the money.
#[must_use]
pub fn rooms(builder: ServicesBuilder, base_domain: &str, providers: Providers) -> ServicesBuilder {
    let builder = builder.with(|_| providers).with(|services| {
        let directory = Directory::new(services.db.clone(), base_domain);
        directory.heed(&services.changes);
        directory
    });
    mcom_sales::install(mcom_catalog::with_caches(mcom_store::install(builder)))
}

/// A context of somebody at the machine itself, in the store with this handle.
///
/// # Errors
/// If there is no open store of that handle.
pub async fn operator(services: &Arc<Services>, handle: &str, command: &str) -> anyhow::Result<Cx> {
    let directory = services.get::<Directory>().context("started without the directory of stores")?;
    let found = directory.by_handle(handle).await;
    let tenant = found.with_context(|| format!("the store «{handle}» (`mcom store list` shows all)"))?;
    Ok(Cx::new(services.clone(), tenant, Actor::Operator, RequestId(command.into())))
}

/// The gateway of one API over subgraphs of this process.
///
/// # Errors
/// If the schemas and the code do not agree.
pub fn gateway(api: PublicApi) -> anyhow::Result<Gateway> {
    gateway_over(api, Part::build)
}

/// The gateway of one API over the subgraphs that `subgraph` gives for its parts.
///
/// # Errors
/// Those of `subgraph`, and if the supergraph cannot be planned over.
pub fn gateway_over(
    api: PublicApi,
    subgraph: impl Fn(Part) -> anyhow::Result<Arc<dyn Subgraph>>,
) -> anyhow::Result<Gateway> {
    let part = |part: Part| Ok((part.name(), subgraph(part)?));
    let subgraphs = Part::of(api).map(part).collect::<anyhow::Result<Vec<_>>>()?;
    let schemas = match api {
        PublicApi::Storefront => Api::storefront(),
        PublicApi::Admin => Api::admin(),
    };
    Gateway::new(&schemas, subgraphs)
}

/// Adds the object storage, if there is one: that of the configuration, or the endpoint over its folder.
/// A storage elsewhere may come later than this process.
async fn open_objects(builder: ServicesBuilder, config: &ObjectsConfig) -> anyhow::Result<ServicesBuilder> {
    if let Some(storage) = config.storage() {
        let objects = Objects::at(&storage)?;
        if let Err(error) = objects.prepare().await {
            tracing::warn!(error = format!("{error:#}"), "the object storage does not answer");
        }
        return Ok(builder.with(|_| objects));
    }
    let Some(folder) = &config.folder else { return Ok(builder) };
    let endpoint = Endpoint::open(folder, config.listen, &SystemEntropy).await?;
    let objects = Objects::at(&endpoint.storage)?;
    objects.prepare().await?;
    Ok(builder.with(|_| objects).with(|_| endpoint))
}
