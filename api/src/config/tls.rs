//! Encrypted connections.

use std::{net::SocketAddr, path::PathBuf};

use super::{Environment, Invalid};

/// Whether the process speaks TLS itself, and with whose certificate. Behind a proxy that does, it need not.
#[derive(Debug, Clone)]
pub struct TlsConfig {
    /// `MCOM_TLS_LISTEN`: address and port to listen on for TLS, besides `MCOM_LISTEN`. Without it no TLS is spoken.
    /// Example: 0.0.0.0:8443
    pub listen: Option<SocketAddr>,
    /// `MCOM_TLS_CERTIFICATE`: file with the certificate and those of its issuers, in PEM. It is read once, at the start. Without it the
    /// process makes one that is good for this machine alone.
    /// Example: /etc/mcom/fullchain.pem
    pub certificate: Option<PathBuf>,
    /// `MCOM_TLS_KEY`: file with the certificate's private key, in PEM.
    /// Example: /etc/mcom/privkey.pem
    pub key: Option<PathBuf>,
    /// `MCOM_TLS_DIR`: folder in which a certificate of our own making is kept, beside the `ca.pem` by which clients trust it.
    /// Default: .mcom/tls
    pub folder: PathBuf,
}

impl TlsConfig {
    /// Reads the variables.
    ///
    /// # Errors
    /// Names the variable that is wrong, or that is missing beside another.
    pub fn from_env(env: &Environment) -> Result<Self, Invalid> {
        let listen = env.text("MCOM_TLS_LISTEN").map(|text| {
            let problem = format!("is «{text}»: it must be like 0.0.0.0:8443");
            text.parse().map_err(|_| Invalid { name: "MCOM_TLS_LISTEN", problem })
        });
        let file = |name| env.text(name).map(PathBuf::from);
        let (certificate, key) = (file("MCOM_TLS_CERTIFICATE"), file("MCOM_TLS_KEY"));
        let missing = match (&certificate, &key) {
            (Some(_), None) => Some("MCOM_TLS_KEY"),
            (None, Some(_)) => Some("MCOM_TLS_CERTIFICATE"),
            _ => None,
        };
        if let Some(name) = missing {
            let problem = "is not set: certificate and key belong together".to_owned();
            return Err(Invalid { name, problem });
        }
        let folder = file("MCOM_TLS_DIR").unwrap_or_else(|| PathBuf::from(".mcom/tls"));
        Ok(TlsConfig { listen: listen.transpose()?, certificate, key, folder })
    }
}

#[cfg(test)]
mod tests {
    use super::{Environment, TlsConfig};

    #[test]
    fn a_certificate_without_its_key_is_named_and_so_is_a_wrong_address() {
        for (name, text, wrong) in [
            ("MCOM_TLS_LISTEN", "8443", "MCOM_TLS_LISTEN"),
            ("MCOM_TLS_CERTIFICATE", "a.pem", "MCOM_TLS_KEY"),
            ("MCOM_TLS_KEY", "a.pem", "MCOM_TLS_CERTIFICATE"),
        ] {
            let error = TlsConfig::from_env(&Environment::from_iter([(name, text)])).unwrap_err();
            assert_eq!(error.name, wrong);
        }
    }

    #[test]
    fn no_tls_is_spoken_unless_it_is_asked_for() {
        let config = TlsConfig::from_env(&Environment::default()).unwrap();
        assert!(config.listen.is_none());
    }
}
