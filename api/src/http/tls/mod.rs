//! Encrypted connections: HTTP/1.1 and HTTP/2 over TLS, with a certificate that was given or is of our own making.

mod accept;
mod local;

use std::{fs, net::SocketAddr, path::Path, sync::Arc};

use anyhow::Context;
use chrono::{DateTime, Utc};
use rustls::{
    ServerConfig,
    crypto::ring,
    pki_types::{CertificateDer, PrivateKeyDer, pem::PemObject},
};

use crate::config::{HttpConfig, TlsConfig};
pub(super) use accept::TlsAcceptor;

/// What the process proves itself with, and how it speaks.
#[derive(Clone)]
pub struct Identity(Arc<ServerConfig>);

impl Identity {
    /// The identity of the certificate that is configured, or of one of our own making: it is kept and used again as long as it names
    /// the same hosts and is good for another month.
    ///
    /// # Errors
    /// If a file cannot be read or written, or certificate and key do not belong together.
    pub fn open(tls: &TlsConfig, http: &HttpConfig, now: DateTime<Utc>) -> anyhow::Result<Identity> {
        match (&tls.certificate, &tls.key) {
            (Some(certificate), Some(key)) => Identity::read(certificate, key),
            _ => {
                let kept = local::keep(&tls.folder, &local_names(http, tls.listen), now)?;
                tracing::info!(ca = %kept.ca.display(), "this machine's own certificate; clients trust it by its CA");
                Identity::read(&kept.certificate, &kept.key)
            }
        }
    }

    fn read(certificate: &Path, key: &Path) -> anyhow::Result<Identity> {
        let text = |path: &Path| fs::read(path).with_context(|| format!("cannot read {}", path.display()));
        let chain: Vec<_> = CertificateDer::pem_slice_iter(&text(certificate)?)
            .collect::<Result<_, _>>()
            .with_context(|| format!("{} is no certificate in PEM", certificate.display()))?;
        anyhow::ensure!(!chain.is_empty(), "{} holds no certificate", certificate.display());
        let secret = PrivateKeyDer::from_pem_slice(&text(key)?)
            .with_context(|| format!("{} is no private key in PEM", key.display()))?;
        let mut config = ServerConfig::builder_with_provider(Arc::new(ring::default_provider()))
            .with_safe_default_protocol_versions()?
            .with_no_client_auth()
            .with_single_cert(chain, secret)
            .with_context(|| format!("{} does not fit {}", key.display(), certificate.display()))?;
        config.alpn_protocols = vec![b"h2".to_vec(), b"http/1.1".to_vec()];
        // Without it the process would have to remember every session.
        config.ticketer = ring::Ticketer::new()?;
        Ok(Identity(Arc::new(config)))
    }
}

/// The hosts at which a machine's own stores are reached. Clients take no wildcard right below a top-level name such as `localhost`, so
/// there the default store alone is named.
fn local_names(http: &HttpConfig, listen: Option<SocketAddr>) -> Vec<String> {
    let base = &http.base_domain;
    let mut names = vec!["localhost".to_owned()];
    names.extend(http.default_store.iter().map(|handle| format!("{handle}.localhost")));
    if base.contains('.') {
        names.extend([base.clone(), format!("*.{base}")]);
    }
    names.extend(["127.0.0.1".to_owned(), "::1".to_owned()]);
    names.extend(listen.and_then(own_address));
    names
}

/// The address that the process listens on, if it is one that others may know it by.
fn own_address(listen: SocketAddr) -> Option<String> {
    let address = listen.ip();
    (!address.is_unspecified() && !address.is_loopback()).then(|| address.to_string())
}
