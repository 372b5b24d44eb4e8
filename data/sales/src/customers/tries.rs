//! What may not be tried often: guessing passwords, and having mails sent to others. Counted in the database, which all processes share.

use chrono::TimeDelta;
use mcom_data::{Cx, Error, Result, TenantConn};
use sha2::{Digest, Sha256};

use super::query;

/// For so long tries are counted together.
pub(super) const WINDOW: TimeDelta = TimeDelta::minutes(15);

/// What is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Try {
    /// Of passwords that were wrong.
    SignIn,
    /// Of asking for a mail.
    Mail,
    /// Of opening an account.
    Create,
}

impl Try {
    /// How it is told to whoever tried too often.
    const fn spoken(self) -> &'static str {
        match self {
            Try::SignIn => "Login attempt",
            Try::Mail => "Resetting password",
            Try::Create => "Creating Customer",
        }
    }

    /// How often it may be tried with one e-mail address.
    const fn of_email(self) -> i64 {
        match self {
            Try::SignIn => 10,
            Try::Mail => 5,
            Try::Create => i64::MAX,
        }
    }

    /// How often it may be tried from one place: people share places.
    const fn of_address(self) -> i64 {
        match self {
            Try::SignIn => 300,
            Try::Mail => 50,
            Try::Create => 1_000,
        }
    }

    /// Hashed, so that the table does not tell who lives where.
    fn subject(self, kind: &str, who: &str) -> Vec<u8> {
        Sha256::digest(format!("{} {kind} {who}", self.spoken()).as_bytes()).to_vec()
    }

    fn email(self, key: &str) -> Vec<u8> {
        self.subject("email", key)
    }

    fn address(self, cx: &Cx) -> Option<Vec<u8>> {
        Some(self.subject("address", &cx.address()?.to_string()))
    }

    /// Counts a try with an e-mail address, from where the caller asks.
    ///
    /// # Errors
    /// `TooOften` if there were too many; they are counted all the same.
    pub(super) async fn count(self, cx: &Cx, email_key: &str) -> Result<()> {
        let is_too_much = cx.write_quietly(async |db| self.count_in(cx, db, email_key).await).await?;
        if is_too_much { Err(Error::TooOften(self.spoken())) } else { Ok(()) }
    }

    /// The same in the caller's transaction: whether there were too many.
    pub(super) async fn count_in(self, cx: &Cx, db: &mut TenantConn, email_key: &str) -> Result<bool> {
        let now = cx.now();
        let by_email = query::tries::count(db, &self.email(email_key), now).await?;
        let by_address = match self.address(cx) {
            Some(subject) => query::tries::count(db, &subject, now).await?,
            None => 0,
        };
        Ok(by_email > self.of_email() || by_address > self.of_address())
    }

    /// Takes a try back that was none, and forgets those with the e-mail address.
    pub(super) async fn forgive(self, cx: &Cx, db: &mut TenantConn, email_key: &str) -> Result<()> {
        query::tries::forget(db, &self.email(email_key)).await?;
        match self.address(cx) {
            Some(subject) => query::tries::take_back(db, &subject).await,
            None => Ok(()),
        }
    }
}
