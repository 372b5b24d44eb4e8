//! Objects: the S3 endpoint of this process over a folder, and how pictures that lie elsewhere come into it.

mod album;
mod endpoint;
mod fetch;
mod keep;
mod network;
mod shelf;

pub use album::Album;
pub use endpoint::Endpoint;
pub use fetch::{Fetcher, Limits, Totals, fetch_all};
pub use network::Network;
pub use shelf::Shelf;

use mcom_data::{ServicesBuilder, objects::Objects};
use mcom_schema::SystemEntropy;

use crate::config::ObjectsConfig;

/// Adds the object storage, if there is one: that of the configuration, or the endpoint over its folder.
///
/// # Errors
/// If the folder cannot be used. A storage elsewhere may come later than this process.
pub async fn open(builder: ServicesBuilder, config: &ObjectsConfig) -> anyhow::Result<ServicesBuilder> {
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
