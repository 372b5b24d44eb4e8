//! Objects: large content kept outside the database, behind the S3 protocol. Everything goes through presigned addresses.

mod key;

use std::time::Duration;

use anyhow::Context;
use reqwest::{Client, RequestBuilder, Response, StatusCode, Url, header};
use rusty_s3::{Bucket, Credentials, S3Action, UrlStyle, actions::ListObjectsV2};

use crate::{Error, Result};
pub use key::{ObjectKey, Prefix};

/// An object, or a part of it, as it comes in.
pub use reqwest::Response as Received;

/// How long an address is good that this process uses itself at once.
const AT_ONCE: Duration = Duration::from_secs(60);
/// How long connecting may take, and how long the storage may be silent.
const PATIENCE: (Duration, Duration) = (Duration::from_secs(2), Duration::from_secs(20));

/// Where objects are kept.
#[derive(Debug, Clone)]
pub struct Storage {
    /// Scheme, host and port.
    pub endpoint: String,
    /// The bucket.
    pub bucket: String,
    /// The region that signatures name.
    pub region: String,
    /// Who signs.
    pub key: String,
    /// With what.
    pub secret: String,
}

/// The object storage. Cheap to clone.
#[derive(Clone)]
pub struct Objects {
    bucket: Bucket,
    credentials: Credentials,
    http: Client,
}

impl Objects {
    /// A client of this storage. Nothing is asked yet.
    ///
    /// # Errors
    /// If the endpoint is no URL.
    pub fn at(storage: &Storage) -> anyhow::Result<Objects> {
        let endpoint: Url =
            storage.endpoint.parse().context("the endpoint of the object storage is no URL")?;
        let bucket = Bucket::new(endpoint, UrlStyle::Path, storage.bucket.clone(), storage.region.clone())?;
        let http = Client::builder().no_proxy().connect_timeout(PATIENCE.0).read_timeout(PATIENCE.1);
        let credentials = Credentials::new(storage.key.clone(), storage.secret.clone());
        Ok(Objects { bucket, credentials, http: http.build()? })
    }

    /// Makes the bucket if it is not there.
    ///
    /// # Errors
    /// If the storage does not answer, or refuses.
    pub async fn prepare(&self) -> anyhow::Result<()> {
        let head = self.bucket.head_bucket(Some(&self.credentials)).sign(AT_ONCE);
        if self.http.head(head).send().await?.status().is_success() {
            return Ok(());
        }
        let create = self.bucket.create_bucket(&self.credentials).sign(AT_ONCE);
        let made = self.http.put(create).header(header::CONTENT_LENGTH, 0).send().await?;
        // Somebody else may have made it meanwhile.
        let fine = made.status().is_success() || made.status() == StatusCode::CONFLICT;
        anyhow::ensure!(fine, "the bucket «{}» cannot be made: {}", self.bucket.name(), made.status());
        Ok(())
    }

    /// An address at which anybody may read the object for as long as `lifetime`.
    pub fn address_to_read(&self, key: &ObjectKey, lifetime: Duration) -> Url {
        self.bucket.get_object(Some(&self.credentials), key.as_str()).sign(lifetime)
    }

    /// An address to which anybody may write the object for as long as `lifetime`, if it is of this content type.
    pub fn address_to_write(&self, key: &ObjectKey, content_type: &str, lifetime: Duration) -> Url {
        let mut put = self.bucket.put_object(Some(&self.credentials), key.as_str());
        put.headers_mut().insert("content-type", content_type.to_owned());
        put.sign(lifetime)
    }

    /// Writes an object over what is there.
    ///
    /// # Errors
    /// `Broken` if the storage does not take it.
    pub async fn put(&self, key: &ObjectKey, content_type: &str, content: Vec<u8>) -> Result<()> {
        let address = self.address_to_write(key, content_type, AT_ONCE);
        let request = self
            .http
            .put(address)
            .header(header::CONTENT_TYPE, content_type)
            .header(header::CONTENT_LENGTH, content.len())
            .body(content);
        let answer = send(request).await?;
        if answer.status().is_success() { Ok(()) } else { Err(refused("write", &answer)) }
    }

    /// Reads an object, or the part of it that a Range header asks for. The answer may be 200, 206 or 416; `None`: there is no
    /// such object.
    ///
    /// # Errors
    /// `Broken` if the storage does not answer.
    pub async fn get(&self, key: &ObjectKey, range: Option<&str>) -> Result<Option<Response>> {
        let mut request = self.http.get(self.address_to_read(key, AT_ONCE));
        if let Some(range) = range {
            request = request.header(header::RANGE, range);
        }
        let answer = send(request).await?;
        match answer.status() {
            StatusCode::OK | StatusCode::PARTIAL_CONTENT | StatusCode::RANGE_NOT_SATISFIABLE => {
                Ok(Some(answer))
            }
            StatusCode::NOT_FOUND => Ok(None),
            _ => Err(refused("read", &answer)),
        }
    }

    /// How many objects there are whose names begin so, counted up to `most` (a thousand at the most).
    ///
    /// # Errors
    /// `Broken` if the storage does not answer, or refuses.
    pub async fn count(&self, prefix: &Prefix, most: usize) -> Result<usize> {
        let mut list = self.bucket.list_objects_v2(Some(&self.credentials));
        list.with_prefix(prefix.as_str());
        // Without it a folder is walked from its root.
        list.with_delimiter("/");
        list.with_max_keys(most);
        let answer = send(self.http.get(list.sign(AT_ONCE))).await?;
        if !answer.status().is_success() {
            return Err(refused("list", &answer));
        }
        let text = answer.text().await.map_err(|error| Error::broken(error.without_url()))?;
        Ok(ListObjectsV2::parse_response(&text).map_err(Error::broken)?.contents.len())
    }

    /// Removes an object; it does not matter whether it is there.
    ///
    /// # Errors
    /// `Broken` if the storage does not answer, or refuses.
    pub async fn delete(&self, key: &ObjectKey) -> Result<()> {
        let address = self.bucket.delete_object(Some(&self.credentials), key.as_str()).sign(AT_ONCE);
        let answer = send(self.http.delete(address)).await?;
        let gone = answer.status().is_success() || answer.status() == StatusCode::NOT_FOUND;
        if gone { Ok(()) } else { Err(refused("delete", &answer)) }
    }
}

async fn send(request: RequestBuilder) -> Result<Response> {
    // The error quotes the address, which is signed.
    request.send().await.map_err(|error| Error::broken(error.without_url()))
}

fn refused(what: &str, answer: &Response) -> Error {
    Error::bug(format!("the object storage refused to {what}: {}", answer.status()))
}
