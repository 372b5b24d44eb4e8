//! The way to the database, encrypted as its URL says.

use std::{fs, path::PathBuf, sync::Arc};

use mcom_data::{Db, DbConfig};
use mcom_tests::Database;
use rcgen::{CertifiedKey, generate_simple_self_signed};
use rustls::{ServerConfig, crypto::ring, pki_types::PrivateKeyDer};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt, copy_bidirectional},
    net::{TcpListener, TcpStream},
    task::JoinSet,
};
use tokio_rustls::TlsAcceptor;

/// What a client asks before anything else if it wants to encrypt.
const QUESTION: [u8; 8] = [0, 0, 0, 8, 4, 210, 22, 47];

/// The test server behind a door that only lets encrypted connections in.
struct Door {
    address: String,
    certificate: String,
    _open: JoinSet<()>,
}

impl Door {
    async fn of(database: &Database, host: &str) -> Door {
        let url = database.url("MCOM_TEST_DATABASE_URL");
        let server = server(&url).to_owned();
        let CertifiedKey { cert, signing_key } = generate_simple_self_signed([host.to_owned()]).unwrap();
        let key = PrivateKeyDer::try_from(signing_key.serialize_der()).unwrap();
        let config = ServerConfig::builder_with_provider(Arc::new(ring::default_provider()));
        let config = config.with_safe_default_protocol_versions().unwrap().with_no_client_auth();
        let config = config.with_single_cert(vec![cert.der().clone()], key).unwrap();
        let acceptor = TlsAcceptor::from(Arc::new(config));
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap().to_string();
        let mut open = JoinSet::new();
        open.spawn(async move {
            let mut lines = JoinSet::new();
            while let Ok((client, _)) = listener.accept().await {
                lines.spawn(carry(client, server.clone(), acceptor.clone()));
            }
        });
        Door { address, certificate: cert.pem(), _open: open }
    }

    /// Connects through the door, encrypted in this way.
    async fn enter(&self, database: &Database, how: &str) -> anyhow::Result<Db> {
        let config = database.config(1);
        let through = |url: &str| format!("{}?{how}", url.replace(server(url), &self.address));
        let (app_url, platform_url) = (through(&config.app_url), through(&config.platform_url));
        Db::connect(&DbConfig { app_url, platform_url, ..config }).await
    }

    /// A file with its certificate.
    fn file(&self) -> PathBuf {
        let path = std::env::temp_dir().join(format!("mcom-door-{}.pem", self.address.replace(':', "-")));
        fs::write(&path, &self.certificate).unwrap();
        path
    }
}

/// Host and port of a URL.
fn server(url: &str) -> &str {
    url.rsplit_once('@').unwrap().1.split_once('/').unwrap().0
}

async fn carry(mut client: TcpStream, server: String, acceptor: TlsAcceptor) {
    let mut question = [0; QUESTION.len()];
    client.read_exact(&mut question).await.unwrap();
    if question != QUESTION {
        return;
    }
    client.write_all(b"S").await.unwrap();
    // Whoever does not trust the certificate hangs up here.
    let Ok(mut client) = acceptor.accept(client).await else { return };
    let mut server = TcpStream::connect(server).await.unwrap();
    // How a connection ends is not the matter here.
    let _ = copy_bidirectional(&mut client, &mut server).await;
}

/// Why it could not be entered.
fn why(refused: anyhow::Result<Db>) -> String {
    format!("{:#}", refused.err().unwrap())
}

#[tokio::test]
async fn a_database_is_reached_encrypted_and_only_if_it_is_the_right_one() {
    let database = Database::shared().await;
    let door = Door::of(&database, "127.0.0.1").await;
    let trusted = format!("sslmode=verify-full&sslrootcert={}", door.file().display());
    door.enter(&database, &trusted).await.unwrap().ping().await.unwrap();
    door.enter(&database, "sslmode=require").await.unwrap().ping().await.unwrap();
    door.enter(&database, "").await.unwrap().ping().await.unwrap();
    door.enter(&database, "sslmode=disable").await.err().unwrap();

    let why_not = why(door.enter(&database, "sslmode=verify-full").await);
    assert!(why_not.contains("invalid peer certificate"), "{why_not}");
    let other = Door::of(&database, "db.example.com").await;
    let its_own = format!("sslmode=verify-full&sslrootcert={}", other.file().display());
    let why_not = why(other.enter(&database, &its_own).await);
    assert!(why_not.contains("not valid for name"), "{why_not}");
}

#[tokio::test]
async fn a_server_that_cannot_encrypt_is_refused_if_it_must() {
    let database = Database::shared().await;
    let config = database.config(1);
    let app_url = format!("{}?sslmode=require", config.app_url);
    let why_not = why(Db::connect(&DbConfig { app_url, ..config }).await);
    assert!(why_not.contains("TLS"), "{why_not}");
}
