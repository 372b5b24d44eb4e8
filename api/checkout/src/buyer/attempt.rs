//! How an attempt to buy stands.

use std::sync::Arc;

use chrono::{DateTime, Utc};
use mcom_kit::{Record, Refusal, Registry};
use mcom_sales::checkout::{self, AttemptResult};

/// One of the four ways in which it can stand.
pub(super) type Attempt = Arc<dyn Record>;

/// It is under way.
pub struct Processing {
    id: String,
    poll_delay: i64,
}

mcom_kit::record!(Processing as "CartCompletionProcessing" { "id" = id, "pollDelay" = poll_delay });

/// The buyer has to do something.
pub struct ActionRequired {
    id: String,
    action: Challenge,
}

mcom_kit::record!(ActionRequired as "CartCompletionActionRequired" { "action" = action, "id" = id });

/// The buyer has to confirm the payment.
pub struct Challenge {
    redirect_url: Option<String>,
}

mcom_kit::record!(Challenge as "CompletePaymentChallenge" { "redirectUrl" = redirect_url });

/// It failed.
pub struct Failed {
    id: String,
    errors: Vec<CompletionError>,
}

mcom_kit::record!(Failed as "CartCompletionFailed" { "errors" = errors, "id" = id });

/// Why.
pub struct CompletionError(Refusal);

mcom_kit::record!(CompletionError as "CompletionError" {
    "code" => CompletionError::code,
    "message" => CompletionError::message,
});

/// The order is placed.
pub struct Success {
    id: String,
    order_id: String,
    order_url: String,
    completed_at: Option<DateTime<Utc>>,
}

mcom_kit::record!(Success as "CartCompletionSuccess" {
    "completedAt" = completed_at,
    "id" = id,
    "orderId" = order_id,
    "orderUrl" = order_url,
});

pub(super) fn register(registry: &mut Registry) {
    registry.record::<Processing>().record::<ActionRequired>().record::<Failed>().record::<Success>();
}

/// Shows an attempt.
pub(super) fn show(attempt: checkout::Attempt) -> Attempt {
    let id = attempt.id;
    match attempt.result {
        AttemptResult::Processing { poll_delay_ms } => Arc::new(Processing { id, poll_delay: poll_delay_ms }),
        AttemptResult::ActionRequired { url } => {
            Arc::new(ActionRequired { id, action: Challenge { redirect_url: url } })
        }
        AttemptResult::Failed { errors } => {
            Arc::new(Failed { id, errors: errors.into_iter().map(CompletionError).collect() })
        }
        AttemptResult::Success { order_gid, order_url, completed_at, .. } => {
            Arc::new(Success { id, order_id: order_gid, order_url, completed_at })
        }
    }
}

impl CompletionError {
    fn code(&self) -> &str {
        &self.0.code
    }

    fn message(&self) -> &str {
        &self.0.message
    }
}
