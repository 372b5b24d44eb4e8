//! One error for every room, split by who may read it. Adapters turn it into answers in one place each.

use std::sync::Arc;

use diesel::result::{DatabaseErrorKind, Error as DieselError};
use mcom_schema::{Refusal, Scope, refuse};

/// What a verb answers.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// Why a verb did nothing.
#[derive(Debug, Clone, thiserror::Error)]
pub enum Error {
    /// There is no such thing in this store.
    #[error("{0} not found")]
    NotFound(&'static str),
    /// The input was not accepted; nothing changed.
    #[error("refused: {}", .0.iter().map(|r| r.message.as_str()).collect::<Vec<_>>().join("; "))]
    Refused(Vec<Refusal>),
    /// The caller lacks a permission.
    #[error("access denied: {0} is needed")]
    Forbidden(Scope),
    /// The caller must identify itself first.
    #[error("signed out")]
    SignedOut,
    /// Somebody else changed it meanwhile; the caller may try again.
    #[error("{0} was changed by somebody else")]
    Conflict(&'static str),
    /// Too much to do at the moment; the caller may try again.
    #[error("busy")]
    Busy,
    /// The caller tried the same thing too often and has to wait; says what was tried.
    #[error("{0}: tried too often")]
    TooOften(&'static str),
    /// Our fault. Nobody outside reads the cause.
    #[error("internal error")]
    Broken(Arc<anyhow::Error>),
}

impl Error {
    /// An internal error with its cause.
    pub fn broken(cause: impl Into<anyhow::Error>) -> Self {
        Error::Broken(Arc::new(cause.into()))
    }

    /// An internal error told in words.
    pub fn bug(what: impl std::fmt::Display) -> Self {
        Error::Broken(Arc::new(anyhow::anyhow!("{what}")))
    }

    /// Whether the transaction may simply be run again: it lost a race that the database noticed.
    pub(crate) fn lost_a_race(&self) -> bool {
        let Error::Broken(cause) = self else { return false };
        match cause.downcast_ref::<DieselError>() {
            Some(DieselError::DatabaseError(DatabaseErrorKind::SerializationFailure, _)) => true,
            // Two writers appended to one aggregate's log at the same time.
            Some(DieselError::DatabaseError(DatabaseErrorKind::UniqueViolation, info)) => {
                info.constraint_name() == Some("events_sequence")
            }
            Some(DieselError::DatabaseError(_, info)) => info.message() == "deadlock detected",
            _ => false,
        }
    }
}

impl From<Refusal> for Error {
    fn from(refusal: Refusal) -> Self {
        Error::Refused(vec![refusal])
    }
}

impl From<DieselError> for Error {
    fn from(error: DieselError) -> Self {
        match &error {
            DieselError::DatabaseError(_, info) if info.message().contains("statement timeout") => {
                Error::Busy
            }
            DieselError::DatabaseError(_, info) if info.message().contains("lock timeout") => Error::Busy,
            // The one character that JSON has and PostgreSQL's text has not. It may be in any argument.
            DieselError::DatabaseError(_, info) if info.message().contains("invalid byte sequence") => {
                refuse("", "INVALID", "Text cannot contain the character U+0000").into()
            }
            _ => Error::broken(error),
        }
    }
}

impl From<mcom_schema::money::MoneyError> for Error {
    fn from(error: mcom_schema::money::MoneyError) -> Self {
        Error::broken(error)
    }
}

impl From<serde_json::Error> for Error {
    fn from(error: serde_json::Error) -> Self {
        Error::broken(error)
    }
}

/// Says at the call site what the violation of a database constraint means:
/// `.map_err(on_constraint("products_handle", refuse("handle", "TAKEN", "…")))`.
pub fn on_constraint(name: &'static str, refusal: Refusal) -> impl FnOnce(DieselError) -> Error {
    move |error| match &error {
        DieselError::DatabaseError(_, info) if info.constraint_name() == Some(name) => Error::from(refusal),
        _ => Error::from(error),
    }
}
