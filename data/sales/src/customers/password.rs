//! Passwords: kept as argon2id hashes, which cost the same time whether or not there is something to compare with.

use std::{num::NonZero, sync::Arc, thread::available_parallelism, time::Duration};

use argon2::{
    Algorithm, Argon2, Params, PasswordHash, PasswordVerifier, Version,
    password_hash::{PasswordHasher, SaltString},
};
use mcom_data::{Cx, Error, Result};
use tokio::{sync::Semaphore, task::spawn_blocking, time::timeout};

use super::input::Password;

/// Memory of one hash, in KiB; rounds over it; lanes. What OWASP asks of argon2id at least.
const COST: (u32, u32, u32) = (19_456, 2, 1);
/// How long a password waits for its turn before the caller is told to come again.
const PATIENCE: Duration = Duration::from_secs(5);

/// Hashes passwords, no more at once than the machine has processors: each takes tens of milliseconds of one and 19 MiB.
pub struct Passwords {
    turns: Arc<Semaphore>,
}

impl Default for Passwords {
    fn default() -> Self {
        let processors = available_parallelism().map_or(1, NonZero::get);
        Passwords { turns: Arc::new(Semaphore::new(processors)) }
    }
}

impl Passwords {
    /// What is kept of a password.
    ///
    /// # Errors
    /// `Busy` if too many others wait.
    pub(super) async fn hash(cx: &Cx, password: &Password) -> Result<String> {
        let mut salt = [0; 16];
        cx.services().entropy.fill(&mut salt);
        let password = password.0.clone();
        in_turn(cx, move || hash(&password, &salt)).await?
    }

    /// Whether the password is the one of which `kept` was kept. Where nothing was kept, saying no takes as long.
    ///
    /// # Errors
    /// `Busy` if too many others wait; `Broken` if what is kept is no hash.
    pub(super) async fn matches(cx: &Cx, password: &Password, kept: Option<String>) -> Result<bool> {
        let password = password.0.clone();
        let compare = move || match kept {
            Some(kept) => verify(&password, &kept),
            None => hash(&password, &[0; 16]).map(|_| false),
        };
        in_turn(cx, compare).await?
    }
}

/// Waits for a turn and computes. The turn ends with the computation, also if nobody waits for it any more. Meanwhile no connection to
/// the database is held: others need it.
async fn in_turn<T: Send + 'static>(cx: &Cx, work: impl FnOnce() -> T + Send + 'static) -> Result<T> {
    cx.finish().await;
    let turns = cx.shared::<Passwords>()?.turns.clone();
    let turn = timeout(PATIENCE, turns.acquire_owned()).await.map_err(|_| Error::Busy)?;
    let turn = turn.map_err(Error::broken)?;
    let worked = spawn_blocking(move || {
        let done = work();
        drop(turn);
        done
    });
    worked.await.map_err(Error::broken)
}

fn argon2id() -> Result<Argon2<'static>> {
    let (memory, rounds, lanes) = COST;
    let params = Params::new(memory, rounds, lanes, None).map_err(Error::bug)?;
    Ok(Argon2::new(Algorithm::Argon2id, Version::V0x13, params))
}

fn hash(password: &str, salt: &[u8]) -> Result<String> {
    let salt = SaltString::encode_b64(salt).map_err(Error::bug)?;
    let hash = argon2id()?.hash_password(password.as_bytes(), &salt).map_err(Error::bug)?;
    Ok(hash.to_string())
}

/// The parameters are those that the hash names, so that older ones go on to open.
fn verify(password: &str, kept: &str) -> Result<bool> {
    let kept = PasswordHash::new(kept).map_err(Error::bug)?;
    match argon2id()?.verify_password(password.as_bytes(), &kept) {
        Ok(()) => Ok(true),
        Err(argon2::password_hash::Error::Password) => Ok(false),
        Err(error) => Err(Error::bug(error)),
    }
}

#[cfg(test)]
mod tests {
    use super::{hash, verify};

    #[test]
    fn a_hash_names_its_cost_and_opens_to_its_password_only() {
        let kept = hash("analytical", &[7; 16]).unwrap();
        assert!(kept.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{kept}");
        assert!(verify("analytical", &kept).unwrap());
        assert!(!verify("difference", &kept).unwrap());
        assert_ne!(kept, hash("analytical", &[8; 16]).unwrap());
        assert!(verify("analytical", "nonsense").is_err());
    }
}
