//! Where large content is kept.

use std::{
    net::{IpAddr, SocketAddr},
    path::PathBuf,
};

use mcom_data::objects::Storage;
use secrecy::{ExposeSecret, SecretString};

use super::{Environment, Invalid};

/// The object storage: a folder, or any that speaks S3.
#[derive(Debug, Clone)]
pub struct ObjectsConfig {
    /// `MCOM_OBJECTS_DIR`: folder for pictures and files, served to this process by an S3 endpoint of its own. Not used if there is an
    /// MCOM_S3_ENDPOINT. Processes on one machine share it.
    /// Example: .mcom/objects
    pub folder: Option<PathBuf>,
    /// `MCOM_OBJECTS_LISTEN`: where that endpoint listens; port 0 takes any that is free.
    /// Default: 127.0.0.1:0
    pub listen: SocketAddr,
    /// `MCOM_S3_ENDPOINT`: an S3 storage instead of a folder.
    /// Example: https://s3.eu-central-1.amazonaws.com
    pub endpoint: Option<String>,
    /// `MCOM_S3_BUCKET`: its bucket, which is made if it is not there.
    /// Default: mcom
    pub bucket: String,
    /// `MCOM_S3_REGION`: its region.
    /// Default: us-east-1
    pub region: String,
    /// `MCOM_S3_KEY`: who signs.
    /// Example: AKIA...
    pub key: Option<String>,
    /// `MCOM_S3_SECRET`: with what.
    /// Example: ...
    pub secret: Option<SecretString>,
    /// `MCOM_FETCH_ALSO`: addresses that pictures may be fetched from although they are not public, with commas between them.
    /// Example: 127.0.0.1
    pub also: Vec<IpAddr>,
}

impl ObjectsConfig {
    /// Reads the variables.
    ///
    /// # Errors
    /// Names the variable that is wrong, or is missing beside another.
    pub fn from_env(env: &Environment) -> Result<Self, Invalid> {
        let config = ObjectsConfig {
            folder: env.text("MCOM_OBJECTS_DIR").map(PathBuf::from),
            listen: env.value("MCOM_OBJECTS_LISTEN", SocketAddr::from(([127, 0, 0, 1], 0)))?,
            endpoint: env.text("MCOM_S3_ENDPOINT"),
            bucket: env.text("MCOM_S3_BUCKET").unwrap_or_else(|| "mcom".to_owned()),
            region: env.text("MCOM_S3_REGION").unwrap_or_else(|| "us-east-1".to_owned()),
            key: env.text("MCOM_S3_KEY"),
            secret: env.secret("MCOM_S3_SECRET"),
            also: addresses(env)?,
        };
        let missing = |name| Invalid { name, problem: "is not set beside MCOM_S3_ENDPOINT".to_owned() };
        match (&config.endpoint, &config.key, &config.secret) {
            (Some(_), None, _) => Err(missing("MCOM_S3_KEY")),
            (Some(_), _, None) => Err(missing("MCOM_S3_SECRET")),
            _ => Ok(config),
        }
    }

    /// The S3 storage, if there is one.
    pub fn storage(&self) -> Option<Storage> {
        let (endpoint, key, secret) = (self.endpoint.clone()?, self.key.clone()?, self.secret.as_ref()?);
        let secret = secret.expose_secret().to_owned();
        Some(Storage { endpoint, bucket: self.bucket.clone(), region: self.region.clone(), key, secret })
    }
}

fn addresses(env: &Environment) -> Result<Vec<IpAddr>, Invalid> {
    let text = env.text("MCOM_FETCH_ALSO").unwrap_or_default();
    let parse = |address: &str| {
        let problem = format!("names «{address}», which is no address");
        address.parse().map_err(|_| Invalid { name: "MCOM_FETCH_ALSO", problem })
    };
    text.split(',').map(str::trim).filter(|address| !address.is_empty()).map(parse).collect()
}
