//! A worker whose consumers write down what they hear, so that a test can kill it and look at what it heard.
//! Arguments: the URLs of the serving and the platform role, and the length of a lease in milliseconds.

use std::{sync::Arc, time::Duration};

use mcom_data::{Db, DbConfig, Services};
use mcom_schema::{SystemClock, SystemEntropy};
use mcom_tests::hearer;
use mcom_workers::{Runner, Settings};

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    let arguments: Vec<String> = std::env::args().collect();
    let [_, app_url, platform_url, lease] = arguments.as_slice() else { anyhow::bail!("three arguments") };
    let config = DbConfig {
        app_url: app_url.clone(),
        platform_url: platform_url.clone(),
        pool_size: 8,
        acquire_timeout: Duration::from_secs(10),
        statement_timeout: Duration::from_secs(20),
    };
    let db = Db::connect(&config).await?;
    let services = Services::builder(db, Arc::new(SystemClock), Arc::new(SystemEntropy)).build();
    let settings = Settings { lease: Duration::from_millis(lease.parse()?), ..Settings::default() };
    let runner = Runner::new(services.clone(), hearer::registry(), settings);
    tokio::join!(mcom_data::listen(&services), runner.run(std::future::pending()));
    Ok(())
}
