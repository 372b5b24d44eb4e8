//! What became of the wish to buy.

use std::sync::Arc;

use chrono::{DateTime, Utc};
use mcom_kit::{Cx, Error, Record, Refusal, Registry};
use mcom_sales::checkout::Submitted;

use super::readiness;

/// An attempt has begun.
pub struct Success {
    attempt_id: String,
    redirect_url: String,
}

mcom_kit::record!(Success as "SubmitSuccess" { "attemptId" = attempt_id, "redirectUrl" = redirect_url });

/// An attempt stands already.
pub struct AlreadyAccepted {
    attempt_id: String,
}

mcom_kit::record!(AlreadyAccepted as "SubmitAlreadyAccepted" { "attemptId" = attempt_id });

/// No attempt was begun.
pub struct Failed {
    checkout_url: String,
    errors: Vec<SubmissionError>,
}

mcom_kit::record!(Failed as "SubmitFailed" { "checkoutUrl" = checkout_url, "errors" = errors });

/// Why not.
pub struct SubmissionError(Refusal);

mcom_kit::record!(SubmissionError as "SubmissionError" {
    "code" => SubmissionError::code,
    "message" => SubmissionError::message,
});

/// The store is too busy to begin.
pub struct Throttled {
    poll_after: DateTime<Utc>,
}

mcom_kit::record!(Throttled as "SubmitThrottled" { "pollAfter" = poll_after });

pub(super) fn register(registry: &mut Registry) {
    registry.record::<Success>().record::<AlreadyAccepted>().record::<Failed>().record::<Throttled>();
}

/// Shows what became of it.
///
/// # Errors
/// What kept it from being judged, unless that was lack of time: the same token may then be sent again.
pub(super) fn show(cx: &Cx, submitted: Result<Submitted, Error>) -> Result<Arc<dyn Record>, Error> {
    Ok(match submitted {
        Ok(Submitted::Accepted { attempt_id, redirect_url }) => {
            Arc::new(Success { attempt_id, redirect_url })
        }
        Ok(Submitted::AlreadyAccepted { attempt_id }) => Arc::new(AlreadyAccepted { attempt_id }),
        Ok(Submitted::Failed { errors, checkout_url }) => {
            let errors = errors.into_iter().map(SubmissionError).collect();
            Arc::new(Failed { checkout_url, errors })
        }
        Err(Error::Busy) => Arc::new(Throttled { poll_after: readiness::soon(cx) }),
        Err(error) => return Err(error),
    })
}

impl SubmissionError {
    fn code(&self) -> &str {
        &self.0.code
    }

    fn message(&self) -> &str {
        &self.0.message
    }
}
