//! Sends a mail that was asked for.

use std::time::Duration;

use mcom_sales::customers;
use mcom_store::notifications::{self, Delivery, Letter, Mailer, Notification, Settled, Unsent};
use serde::Deserialize;

use crate::{Backoff, Job, JobContext, JobError, Next};

/// Enqueued with the mail. A mail that is handed over twice, as when the worker dies before it has noted that, has the same name
/// both times.
#[derive(Debug, Deserialize)]
#[serde(transparent)]
pub struct DeliverNotification(Delivery);

impl Job for DeliverNotification {
    const KIND: &'static str = notifications::DELIVER;
    /// More than two days: mail servers are away for long.
    const RETRY: Backoff =
        Backoff { first: Duration::from_secs(2), longest: Duration::from_secs(900), attempts: 200 };

    async fn run(&self, job: &JobContext) -> Result<Next, JobError> {
        let (cx, id) = (job.cx(), self.0.notification_id);
        let Some(notification) = notifications::waiting(cx, id).await? else { return Ok(Next::Done) };
        let settled = send(job, &notification).await?;
        if let Settled::Dropped(reason) = &settled {
            tracing::warn!(notification.id = %id, notification.kind = notification.kind, reason, "a mail is not sent");
        }
        notifications::settle(cx, id, &settled).await?;
        Ok(Next::Done)
    }
}

async fn send(job: &JobContext, notification: &Notification) -> Result<Settled, JobError> {
    let cx = job.cx();
    let Some(mailer) = cx.services().get::<Mailer>() else {
        return Ok(Settled::Dropped("no way to send mails is configured".to_owned()));
    };
    let Some(words) = customers::write_letter(cx, &mailer, notification).await? else {
        return Ok(Settled::Dropped("it concerns nobody".to_owned()));
    };
    let letter = Letter::of(cx, notification, words).await?;
    // Nothing outside is called with a transaction open.
    cx.finish().await;
    match mailer.send(&letter).await {
        Ok(()) => Ok(Settled::Sent),
        Err(Unsent::Refused(why)) => Ok(Settled::Dropped(why)),
        Err(away @ Unsent::Away(_)) => Err(JobError::retry(away)),
    }
}
