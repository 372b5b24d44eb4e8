//! An S3 endpoint in this process over a folder. Any number of processes may do so over the same one.

use std::{
    fs,
    io::{ErrorKind, Write},
    net::SocketAddr,
    os::unix::fs::OpenOptionsExt,
    path::Path,
};

use anyhow::Context;
use hyper_util::rt::TokioIo;
use mcom_data::objects::Storage;
use mcom_schema::Entropy;
use s3s::{
    auth::SimpleAuth,
    service::{S3Service, S3ServiceBuilder},
};
use tokio::{net::TcpListener, task::JoinHandle};

/// The region that a folder is in.
const REGION: &str = "local";
const BUCKET: &str = "mcom";

/// The endpoint; it ends when this is dropped.
pub struct Endpoint {
    /// How to reach it.
    pub storage: Storage,
    serving: JoinHandle<()>,
}

impl Endpoint {
    /// Listens at `listen` and keeps objects in `folder`, which is made with credentials of its own if it is not there.
    ///
    /// # Errors
    /// If the folder cannot be written or the address is taken.
    pub async fn open(folder: &Path, listen: SocketAddr, entropy: &dyn Entropy) -> anyhow::Result<Endpoint> {
        let content = folder.join("content");
        fs::create_dir_all(&content).with_context(|| format!("cannot make {}", content.display()))?;
        let (key, secret) = credentials(folder, entropy)?;
        let files = s3s_fs::FileSystem::new(&content).map_err(|error| anyhow::anyhow!("{error:?}"))?;
        let mut service = S3ServiceBuilder::new(files);
        service.set_auth(SimpleAuth::from_single(key.clone(), secret.clone()));
        let listener =
            TcpListener::bind(listen).await.with_context(|| format!("cannot listen on {listen}"))?;
        let endpoint = format!("http://{}", listener.local_addr()?);
        let serving = tokio::spawn(serve(listener, service.build()));
        let storage = Storage { endpoint, bucket: BUCKET.to_owned(), region: REGION.to_owned(), key, secret };
        Ok(Endpoint { storage, serving })
    }
}

impl Drop for Endpoint {
    fn drop(&mut self) {
        self.serving.abort();
    }
}

async fn serve(listener: TcpListener, service: S3Service) {
    loop {
        let Ok((socket, _)) = listener.accept().await else {
            // Too many open files, most likely: some will be closed soon.
            tokio::time::sleep(std::time::Duration::from_millis(50)).await;
            continue;
        };
        // A connection that does not take it is gone already.
        let _ = socket.set_nodelay(true);
        let connection = hyper::server::conn::http1::Builder::new()
            .serve_connection(TokioIo::new(socket), service.clone());
        tokio::spawn(async move {
            if let Err(error) = connection.await {
                tracing::debug!(%error, "a connection to the object storage broke");
            }
        });
    }
}

/// Key and secret of the folder, made at the first time.
fn credentials(folder: &Path, entropy: &dyn Entropy) -> anyhow::Result<(String, String)> {
    let path = folder.join("credentials");
    let fresh = folder.join(format!("credentials.{}", entropy.token(9)));
    if !path.exists() {
        let mut file = fs::OpenOptions::new().write(true).create_new(true).mode(0o600).open(&fresh)?;
        writeln!(file, "mcom {}", entropy.token(32))?;
        file.sync_all()?;
        // Of several processes that start together, one makes them.
        match fs::hard_link(&fresh, &path) {
            Err(error) if error.kind() != ErrorKind::AlreadyExists => return Err(error.into()),
            _ => fs::remove_file(&fresh)?,
        }
    }
    let text = fs::read_to_string(&path).with_context(|| format!("cannot read {}", path.display()))?;
    let (key, secret) =
        text.trim().split_once(' ').with_context(|| format!("{} is damaged", path.display()))?;
    Ok((key.to_owned(), secret.to_owned()))
}
