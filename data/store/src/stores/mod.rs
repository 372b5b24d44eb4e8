//! Stores: how one comes to be, ready to sell.

mod query;
mod rule;

use std::sync::Arc;

use mcom_data::{Actor, Change, Cx, Directory, RequestId, Result, Services, Tenant};
use mcom_schema::Scope;

use crate::tokens::{self, Api, Issued};

pub use query::StoreSummary;
pub use rule::NewStore;

/// A store just made, with the secrets that open it; they cannot be had again.
#[derive(Debug, Clone)]
pub struct Created {
    /// The store.
    pub tenant: Tenant,
    /// Opens the Storefront API.
    pub storefront_token: Issued,
    /// Opens the Admin API, with every scope.
    pub admin_token: Issued,
}

/// Makes a store that can sell at once: settings, one location, one publication, two shipping rates and two tokens. All or nothing.
///
/// # Errors
/// Refuses taken and invalid handles, unknown currencies and what else does not fit.
pub async fn create(services: &Arc<Services>, new: NewStore) -> Result<Created> {
    let new = new.checked()?;
    let storefront_token = tokens::make(Api::Storefront, &*services.entropy);
    let admin_token = tokens::make(Api::Admin, &*services.entropy);
    let grants = [
        query::Grant { api: Api::Storefront, title: "Online Store", secret: &storefront_token, scopes: &[] },
        query::Grant { api: Api::Admin, title: "Owner", secret: &admin_token, scopes: &Scope::ALL },
    ];
    query::create(services, &new, &grants).await?;
    let tenant = Directory::new(services.db.clone(), "localhost").by_handle(&new.handle).await?;
    announce(services, &tenant).await?;
    Ok(Created { tenant, storefront_token, admin_token })
}

/// Every store that is not closed, by handle.
///
/// # Errors
/// `Broken` if they cannot be read.
pub async fn list(services: &Services) -> Result<Vec<StoreSummary>> {
    query::list(services).await
}

/// Tells all processes, which may remember that there was no such store.
async fn announce(services: &Arc<Services>, tenant: &Tenant) -> Result<()> {
    let cx = Cx::new(services.clone(), tenant.clone(), Actor::Operator, RequestId("store_create".into()));
    cx.write_quietly(async |db| {
        db.changed(Change::Directory);
        Ok(())
    })
    .await
}
