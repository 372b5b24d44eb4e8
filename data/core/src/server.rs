//! The database server: what its URL says of encryption, and connections that keep to it.

use std::{fs, sync::Arc};

use anyhow::{Context, bail};
use diesel::{ConnectionError, ConnectionResult};
use diesel_async::AsyncPgConnection;
use rustls::{
    ClientConfig, RootCertStore,
    client::WebPkiServerVerifier,
    crypto::{CryptoProvider, ring},
    pki_types::{CertificateDer, pem::PemObject},
};
use tokio_postgres::{Config, config::SslMode};
use tokio_postgres_rustls::MakeRustlsConnect;

use self::anyone::Anyone;

mod anyone;

/// A server, as its URL names it. `sslmode` means what it means to PostgreSQL's own clients: `disable`; `prefer`, which encrypts if the
/// server can; `require`, which encrypts or fails; `verify-full`, which also wants a certificate that names the host and that an
/// authority vouches for: one of the machine's, or of those in the file `sslrootcert`.
#[derive(Clone)]
pub(crate) struct Server {
    config: Config,
    tls: MakeRustlsConnect,
}

impl Server {
    /// Reads a URL.
    ///
    /// # Errors
    /// If it is none, or names authorities that cannot be read.
    pub(crate) fn parse(url: &str) -> anyhow::Result<Server> {
        let Asked { url, mode, authorities } = Asked::read(url)?;
        let mut config: Config = url.parse().context("this is no URL of a PostgreSQL database")?;
        config.ssl_mode(mode);
        Ok(Server { config, tls: MakeRustlsConnect::new(tls(authorities)?) })
    }

    /// A new connection.
    pub(crate) async fn connect(&self) -> ConnectionResult<AsyncPgConnection> {
        let connected = self.config.connect(self.tls.clone()).await;
        // Its own text says what failed, but not why.
        let explained = connected
            .map_err(|error| ConnectionError::BadConnection(format!("{:#}", anyhow::Error::new(error))));
        let (client, connection) = explained?;
        AsyncPgConnection::try_from_client_and_connection(client, connection).await
    }
}

/// Who has to vouch for the server.
enum Authorities {
    Nobody,
    OfThisMachine,
    InFile(String),
}

/// A URL without what the driver does not know.
struct Asked {
    url: String,
    mode: SslMode,
    authorities: Authorities,
}

impl Asked {
    fn read(url: &str) -> anyhow::Result<Asked> {
        let (server, parameters) = url.split_once('?').unwrap_or((url, ""));
        let (mut kept, mut mode, mut file) = (vec![], None, None);
        for parameter in parameters.split('&').filter(|parameter| !parameter.is_empty()) {
            match parameter.split_once('=') {
                Some(("sslmode", value)) => mode = Some(value),
                Some(("sslrootcert", value)) => file = Some(value.to_owned()),
                _ => kept.push(parameter),
            }
        }
        let (mode, authorities) = match mode {
            Some("disable") => (SslMode::Disable, Authorities::Nobody),
            None | Some("prefer") => (SslMode::Prefer, Authorities::Nobody),
            Some("require") => (SslMode::Require, Authorities::Nobody),
            Some("verify-full") => {
                (SslMode::Require, file.map_or(Authorities::OfThisMachine, Authorities::InFile))
            }
            Some(other) => bail!("sslmode is «{other}»; it may be disable, prefer, require or verify-full"),
        };
        let url = if kept.is_empty() { server.to_owned() } else { format!("{server}?{}", kept.join("&")) };
        Ok(Asked { url, mode, authorities })
    }
}

fn tls(authorities: Authorities) -> anyhow::Result<ClientConfig> {
    let provider = Arc::new(ring::default_provider());
    let config =
        ClientConfig::builder_with_provider(provider.clone()).with_safe_default_protocol_versions()?;
    let roots = match authorities {
        Authorities::Nobody => {
            let anyone = Arc::new(Anyone(provider.signature_verification_algorithms));
            return Ok(config.dangerous().with_custom_certificate_verifier(anyone).with_no_client_auth());
        }
        Authorities::OfThisMachine => rustls_native_certs::load_native_certs().certs,
        Authorities::InFile(path) => {
            let text = fs::read(&path).with_context(|| format!("sslrootcert: cannot read {path}"))?;
            CertificateDer::pem_slice_iter(&text)
                .collect::<Result<_, _>>()
                .with_context(|| format!("sslrootcert: {path} is no certificate in PEM"))?
        }
    };
    Ok(config.with_webpki_verifier(vouched(roots, provider)?).with_no_client_auth())
}

fn vouched(
    roots: Vec<CertificateDer<'static>>,
    provider: Arc<CryptoProvider>,
) -> anyhow::Result<Arc<WebPkiServerVerifier>> {
    let mut store = RootCertStore::empty();
    store.add_parsable_certificates(roots);
    let verifier = WebPkiServerVerifier::builder_with_provider(Arc::new(store), provider).build();
    verifier.context("there is no authority that could vouch for the database's certificate")
}

#[cfg(test)]
mod tests {
    use tokio_postgres::config::SslMode;

    use super::{Asked, Authorities};

    #[test]
    fn encryption_is_asked_for_as_postgresql_does() {
        let read = |url| Asked::read(url).unwrap();
        let plain = read("postgres://me@host/db");
        assert_eq!((plain.url.as_str(), plain.mode), ("postgres://me@host/db", SslMode::Prefer));
        let asked =
            read("postgres://me@host/db?sslmode=verify-full&application_name=shop&sslrootcert=/ca.pem");
        assert_eq!(asked.url, "postgres://me@host/db?application_name=shop");
        assert_eq!(asked.mode, SslMode::Require);
        assert!(matches!(asked.authorities, Authorities::InFile(path) if path == "/ca.pem"));
        assert!(matches!(read("postgres://h/d?sslmode=verify-full").authorities, Authorities::OfThisMachine));
        assert!(matches!(read("postgres://h/d?sslmode=require").authorities, Authorities::Nobody));
        let refused = Asked::read("postgres://h/d?sslmode=verify-ca").err().unwrap().to_string();
        assert!(refused.contains("verify-ca") && refused.contains("verify-full"), "{refused}");
    }
}
