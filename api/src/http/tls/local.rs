//! Certificates of our own making, for machines that nobody else vouches for.

use std::{
    fs::{self, File, OpenOptions},
    io::Write,
    os::unix::fs::OpenOptionsExt,
    path::{Path, PathBuf},
};

use anyhow::Context;
use chrono::{DateTime, Datelike, TimeDelta, Utc};
use rcgen::{
    BasicConstraints, CertificateParams, DistinguishedName, DnType, ExtendedKeyUsagePurpose, IsCa, Issuer,
    KeyPair, KeyUsagePurpose,
};
use serde::{Deserialize, Serialize};

/// How long a certificate is good for: as long as browsers take it from an authority that a user added.
const GOOD_FOR: TimeDelta = TimeDelta::days(820);
/// One that ends sooner is made anew at the start.
const SPARE: TimeDelta = TimeDelta::days(30);

/// Where a certificate of our own making lies.
pub(super) struct Kept {
    /// Whom clients have to trust.
    pub(super) ca: PathBuf,
    /// The certificate of the server.
    pub(super) certificate: PathBuf,
    /// Its private key, readable by its owner alone.
    pub(super) key: PathBuf,
}

/// What a certificate was made for.
#[derive(PartialEq, Serialize, Deserialize)]
struct Made {
    names: Vec<String>,
    until: DateTime<Utc>,
}

/// The certificate for these names in this folder, made now if there is none that is good for another month. Processes that begin
/// at the same time agree on one.
///
/// # Errors
/// If the folder cannot be used, or a name is none.
pub(super) fn keep(folder: &Path, names: &[String], now: DateTime<Utc>) -> anyhow::Result<Kept> {
    fs::create_dir_all(folder).with_context(|| format!("cannot make {}", folder.display()))?;
    let lock =
        File::create(folder.join("lock")).with_context(|| format!("cannot use {}", folder.display()))?;
    lock.lock().with_context(|| format!("cannot lock {}", folder.display()))?;
    let kept = Kept {
        ca: folder.join("ca.pem"),
        certificate: folder.join("certificate.pem"),
        key: folder.join("key.pem"),
    };
    let note = folder.join("made.json");
    let made = fs::read(&note).ok().and_then(|text| serde_json::from_slice::<Made>(&text).ok());
    if !made.is_some_and(|made| made.names == names && made.until > now + SPARE) {
        let until = now + GOOD_FOR;
        make(&kept, names, now, until)?;
        // Written last: what it tells of is there.
        write(&note, serde_json::to_string(&Made { names: names.to_vec(), until })?.as_bytes())?;
    }
    Ok(kept)
}

/// The authority's private key is forgotten as soon as it has signed, so that nobody can make this machine's clients believe anything else.
fn make(kept: &Kept, names: &[String], now: DateTime<Utc>, until: DateTime<Utc>) -> anyhow::Result<()> {
    // Months and days of a calendar are small.
    let day = |at: DateTime<Utc>| rcgen::date_time_ymd(at.year(), at.month() as u8, at.day() as u8);
    let within = |mut params: CertificateParams, name: &str| {
        params.distinguished_name = DistinguishedName::new();
        params.distinguished_name.push(DnType::CommonName, name);
        params.not_before = day(now - TimeDelta::days(1));
        params.not_after = day(until + TimeDelta::days(1));
        params
    };
    let mut authority =
        within(CertificateParams::default(), &format!("mcom on this machine, {}", now.date_naive()));
    authority.is_ca = IsCa::Ca(BasicConstraints::Constrained(0));
    authority.key_usages = vec![KeyUsagePurpose::KeyCertSign];
    let authority_key = KeyPair::generate()?;
    let ca = authority.self_signed(&authority_key)?;
    let mut server = within(CertificateParams::new(names)?, "mcom");
    server.key_usages = vec![KeyUsagePurpose::DigitalSignature];
    server.extended_key_usages = vec![ExtendedKeyUsagePurpose::ServerAuth];
    server.use_authority_key_identifier_extension = true;
    let key = KeyPair::generate()?;
    let certificate = server.signed_by(&key, &Issuer::new(authority, authority_key))?;
    write(&kept.key, key.serialize_pem().as_bytes())?;
    write(&kept.certificate, certificate.pem().as_bytes())?;
    write(&kept.ca, ca.pem().as_bytes())
}

/// Replaces a file as a whole; nobody but the owner reads it.
fn write(path: &Path, text: &[u8]) -> anyhow::Result<()> {
    let new = path.with_extension("new");
    let written = OpenOptions::new().write(true).create(true).truncate(true).mode(0o600).open(&new);
    let written = written.and_then(|mut file| file.write_all(text)).and_then(|()| fs::rename(&new, path));
    written.with_context(|| format!("cannot write {}", path.display()))
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::PermissionsExt;

    use super::*;

    fn names() -> Vec<String> {
        ["localhost", "127.0.0.1"].map(str::to_owned).to_vec()
    }

    fn now() -> DateTime<Utc> {
        DateTime::from_timestamp(1_780_000_000, 0).unwrap()
    }

    fn folder(name: &str) -> PathBuf {
        let folder = std::env::temp_dir().join(format!("mcom-tls-{name}-{}", std::process::id()));
        let _ = fs::remove_dir_all(&folder);
        folder
    }

    #[test]
    fn a_certificate_is_used_again_until_it_ends_or_hosts_change() {
        let folder = folder("again");
        let certificate =
            |names: &[String], now| fs::read(keep(&folder, names, now).unwrap().certificate).unwrap();
        let first = certificate(&names(), now());
        assert_eq!(certificate(&names(), now() + TimeDelta::days(700)), first);
        let renewed = certificate(&names(), now() + TimeDelta::days(800));
        assert_ne!(renewed, first);
        assert_ne!(certificate(&["shop.example".to_owned()], now()), renewed);
        fs::remove_dir_all(folder).unwrap();
    }

    #[test]
    fn processes_that_begin_together_agree_and_keep_the_key_to_themselves() {
        let folder = folder("together");
        let begin = || {
            std::thread::scope(|all| {
                let begun: Vec<_> = (0..8)
                    .map(|_| {
                        all.spawn(|| fs::read(keep(&folder, &names(), now()).unwrap().certificate).unwrap())
                    })
                    .collect();
                begun.into_iter().map(|process| process.join().unwrap()).collect::<Vec<_>>()
            })
        };
        let certificates = begin();
        assert!(certificates.iter().all(|certificate| *certificate == certificates[0]));
        let key = keep(&folder, &names(), now()).unwrap().key;
        assert_eq!(fs::metadata(key).unwrap().permissions().mode() & 0o777, 0o600);
        fs::remove_dir_all(folder).unwrap();
    }
}
