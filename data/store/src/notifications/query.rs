//! SQL of the notifications.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use mcom_data::{Result, TenantConn};
use mcom_schema::id::NotificationId;
use mcom_tables::notifications;

use super::{NewNotification, Notification, Settled};

pub(super) async fn insert(
    db: &mut TenantConn,
    new: NewNotification<'_>,
    now: DateTime<Utc>,
) -> Result<NotificationId> {
    let id: i64 = diesel::insert_into(notifications::table)
        .values((
            notifications::tenant_id.eq(db.tenant_id()),
            notifications::kind.eq(new.kind),
            notifications::recipient.eq(new.recipient),
            notifications::status.eq("waiting"),
            notifications::created_at.eq(now),
        ))
        .returning(notifications::id)
        .get_result(db.conn())
        .await?;
    Ok(NotificationId(id))
}

pub(super) async fn waiting(db: &mut TenantConn, id: NotificationId) -> Result<Option<Notification>> {
    let row: Option<(String, String, DateTime<Utc>)> = notifications::table
        .find((db.tenant_id(), id.0))
        .filter(notifications::status.eq("waiting"))
        .select((notifications::kind, notifications::recipient, notifications::created_at))
        .first(db.conn())
        .await
        .optional()?;
    Ok(row.map(|(kind, recipient, created_at)| Notification { id, kind, recipient, created_at }))
}

pub(super) async fn settle(
    db: &mut TenantConn,
    id: NotificationId,
    settled: &Settled,
    now: DateTime<Utc>,
) -> Result<()> {
    let (status, reason) = match settled {
        Settled::Sent => ("sent", None),
        Settled::Dropped(reason) => ("dropped", Some(reason)),
    };
    diesel::update(notifications::table.find((db.tenant_id(), id.0)))
        .filter(notifications::status.eq("waiting"))
        .set((
            notifications::status.eq(status),
            notifications::reason.eq(reason),
            notifications::settled_at.eq(now),
        ))
        .execute(db.conn())
        .await?;
    Ok(())
}

pub(super) async fn forget(db: &mut TenantConn, before: DateTime<Utc>) -> Result<usize> {
    let old = notifications::tenant_id.eq(db.tenant_id()).and(notifications::settled_at.lt(before));
    Ok(diesel::delete(notifications::table).filter(old).execute(db.conn()).await?)
}
