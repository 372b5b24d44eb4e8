//! Notifications: mails to be sent, written down in the transaction of what they tell and sent by a job.

mod letter;
mod mailer;
mod query;

use chrono::{DateTime, TimeDelta, Utc};
use mcom_data::{
    Cx, Result, TenantConn,
    job::{self, NewJob},
};
use mcom_schema::{Scope, id::NotificationId};
use serde::{Deserialize, Serialize};

pub use letter::{Letter, Words};
pub use mailer::{Mailer, Post, Unsent};

/// The kind of the job that sends a mail.
pub const DELIVER: &str = "deliver_notification";

/// How long is kept which mails were sent.
const KEPT: TimeDelta = TimeDelta::days(30);

/// What the job needs to know.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
pub struct Delivery {
    /// Which mail.
    pub notification_id: NotificationId,
}

/// A mail to be sent. What is secret in it is not kept: whoever writes the letter makes it then.
#[derive(Debug, Clone, Copy)]
pub struct NewNotification<'a> {
    /// Which letter is written.
    pub kind: &'static str,
    /// The address it goes to.
    pub recipient: &'a str,
}

/// A mail that waits to be sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notification {
    /// Its id. What was sent twice carries the same one.
    pub id: NotificationId,
    /// Which letter is written.
    pub kind: String,
    /// The address it goes to.
    pub recipient: String,
    /// When it was asked for.
    pub created_at: DateTime<Utc>,
}

/// What became of a mail.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Settled {
    /// It was handed over.
    Sent,
    /// It never will be, and why.
    Dropped(String),
}

/// Notes down a mail in the caller's transaction, and asks for it to be sent.
///
/// # Errors
/// `Broken` if it cannot be written.
pub async fn add(cx: &Cx, db: &mut TenantConn, new: NewNotification<'_>) -> Result<NotificationId> {
    let id = query::insert(db, new, cx.now()).await?;
    let payload = Delivery { notification_id: id };
    let job = NewJob { kind: DELIVER, payload: &payload, unique_key: Some(id.to_string()), run_at: cx.now() };
    job::enqueue(cx, db, job).await?;
    Ok(id)
}

/// The mail with this id, while it waits.
///
/// # Errors
/// `Forbidden` without `read_customers`; `Busy` or `Broken` if it cannot be read.
pub async fn waiting(cx: &Cx, id: NotificationId) -> Result<Option<Notification>> {
    cx.require(Scope::ReadCustomers)?;
    cx.read(async |db| query::waiting(db, id).await).await
}

/// Notes down what became of a mail. What is settled stays so.
///
/// # Errors
/// `Forbidden` without `write_customers`; `Busy` or `Broken` if it cannot be written.
pub async fn settle(cx: &Cx, id: NotificationId, settled: &Settled) -> Result<()> {
    cx.require(Scope::WriteCustomers)?;
    let now = cx.now();
    cx.write_quietly(async |db| query::settle(db, id, settled, now).await).await
}

/// Deletes what was settled a month ago. Tells how many there were.
///
/// # Errors
/// `Forbidden` without `write_customers`; `Busy` or `Broken` if they cannot be reached.
pub async fn forget_old(cx: &Cx) -> Result<usize> {
    cx.require(Scope::WriteCustomers)?;
    let before = cx.now() - KEPT;
    cx.write_quietly(async |db| query::forget(db, before).await).await
}
