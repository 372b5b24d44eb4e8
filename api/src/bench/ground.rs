//! The store that is asked: made once for each size of catalog, and kept for the next run.

use std::sync::Arc;

use mcom_catalog::seed;
use mcom_data::{Cx, Directory, Services};
use mcom_schema::{Currency, Scope};
use mcom_store::{
    Api,
    stores::{self, NewStore},
    tokens,
};

use super::{Wish, Workload};
use crate::{assembly, config::Config};

/// Storefront tokens: limits are per token, and one storefront of a busy shop has many servers.
const TOKENS: usize = 8;
/// Pieces on every shelf: more than all buyers of a run together can buy.
const PIECES: i64 = 1_000_000;

/// Tokens that open the store.
#[derive(Debug, Clone)]
pub(super) struct Tokens {
    /// For buyers.
    pub storefront: Arc<[String]>,
    /// For the merchant.
    pub admin: String,
}

/// A store with a catalog, and what it takes to ask it.
pub(super) struct Ground {
    /// What this process has.
    pub services: Arc<Services>,
    /// Somebody at the machine itself, in the store.
    pub cx: Cx,
    /// The store's host.
    pub host: Arc<str>,
    /// What opens it.
    pub tokens: Tokens,
}

impl Ground {
    /// Finds or makes the store, and fills it up to the wished number of products.
    ///
    /// # Errors
    /// If the database cannot be reached or written.
    pub async fn prepare(wish: &Wish, config: &Config, tell: fn(&str)) -> anyhow::Result<Self> {
        let services = assembly::services(config).await?;
        let handle = format!("bench-{}", wish.products);
        open(&services, &handle).await?;
        let cx = assembly::operator(&services, &handle, "bench").await?;
        let there = mcom_catalog::products::count(&cx, None).await?;
        let missing = wish.products.saturating_sub(u64::try_from(there)?);
        if missing > 0 {
            tell(&format!("adding {missing} products to the store {handle}"));
            seed::products(&cx, missing, &mut |_| {}).await?;
        }
        let buys =
            |workload: &Workload| matches!(workload, Workload::Cart | Workload::Checkout | Workload::Mix);
        if wish.workloads.iter().any(buys) {
            tell("filling the shelves");
            seed::restock(&cx, PIECES).await?;
        }
        let host = cx.tenant().host().into();
        let tokens = Tokens { storefront: storefront(&cx).await?, admin: admin(&cx).await? };
        Ok(Ground { services, cx, host, tokens })
    }
}

async fn open(services: &Arc<Services>, handle: &str) -> anyhow::Result<()> {
    let known = match services.get::<Directory>() {
        Some(directory) => directory.by_handle(handle).await.is_ok(),
        None => false,
    };
    if !known {
        let new = NewStore {
            name: handle.to_owned(),
            email: format!("owner@{handle}.localhost"),
            handle: handle.to_owned(),
            currency: Currency::EUR,
            country: "DE".to_owned(),
            language: "EN".to_owned(),
            timezone: "Europe/Berlin".to_owned(),
        };
        stores::create(services, new).await?;
    }
    Ok(())
}

async fn storefront(cx: &Cx) -> anyhow::Result<Arc<[String]>> {
    let mut issued = vec![];
    for _ in 0..TOKENS {
        issued.push(tokens::issue(cx, Api::Storefront, "Benchmark", &[]).await?.as_str().to_owned());
    }
    Ok(issued.into())
}

async fn admin(cx: &Cx) -> anyhow::Result<String> {
    Ok(tokens::issue(cx, Api::Admin, "Benchmark", &Scope::ALL).await?.as_str().to_owned())
}
