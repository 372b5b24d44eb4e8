//! Who is signed in, and who was sent a mail to set a password.

use chrono::{DateTime, Utc};
use diesel::{
    prelude::*,
    sql_types::{BigInt, Bytea, Text, Timestamptz},
};
use diesel_async::RunQueryDsl;
use mcom_data::{Result, TenantConn};
use mcom_schema::id::{CustomerAddressId, CustomerId, NotificationId};
use mcom_tables::{
    customer_access_tokens as access, customer_addresses as addresses, customer_mailed_tokens as mailed,
    customers,
};

use super::super::{
    Customer,
    token::{AccessToken, Purpose, digest},
};

/// The customer who signed in, while the token is good.
pub(in super::super) async fn owner(
    db: &mut TenantConn,
    secret: &str,
    now: DateTime<Utc>,
) -> Result<Option<Customer>> {
    let tenant = db.tenant_id();
    let found = customers::table
        .inner_join(
            access::table
                .on(access::tenant_id.eq(customers::tenant_id).and(access::customer_id.eq(customers::id))),
        )
        .filter(access::tenant_id.eq(tenant).and(customers::tenant_id.eq(tenant)))
        .filter(access::hash.eq(digest(secret)).and(access::expires_at.gt(now)))
        .select(Customer::as_select())
        .first(db.conn())
        .await
        .optional()?;
    Ok(found)
}

/// The same, and nobody else changes the customer until this transaction ends.
pub(in super::super) async fn lock_owner(
    db: &mut TenantConn,
    secret: &str,
    now: DateTime<Utc>,
) -> Result<Option<CustomerId>> {
    let Some(owner) = owner(db, secret, now).await? else { return Ok(None) };
    customers::table
        .find((db.tenant_id(), owner.id))
        .select(customers::id)
        .for_no_key_update()
        .first::<i64>(db.conn())
        .await?;
    // Whoever held the lock may have signed everybody out.
    Ok(self::owner(db, secret, now).await?.map(|owner| owner.id()))
}

/// The customer in whose address book this address is, with what is kept of each token by which somebody is signed in as them.
pub(in super::super) async fn of_address(
    db: &mut TenantConn,
    address: CustomerAddressId,
    now: DateTime<Utc>,
) -> Result<Vec<(CustomerId, Vec<u8>)>> {
    let tenant = db.tenant_id();
    let theirs =
        access::tenant_id.eq(addresses::tenant_id).and(access::customer_id.eq(addresses::customer_id));
    let rows: Vec<(i64, Vec<u8>)> = addresses::table
        .inner_join(access::table.on(theirs))
        .filter(addresses::tenant_id.eq(tenant).and(access::tenant_id.eq(tenant)))
        .filter(addresses::id.eq(address.0).and(access::expires_at.gt(now)))
        .select((access::customer_id, access::hash))
        .load(db.conn())
        .await?;
    Ok(rows.into_iter().map(|(customer, hash)| (CustomerId(customer), hash)).collect())
}

/// Signs in whoever knew the password of which `hash` was kept; not if it was changed meanwhile.
const SIGN_IN: &str =
    "insert into customer_access_tokens (tenant_id, hash, customer_id, expires_at, created_at)
    select p.tenant_id, $3, p.customer_id, $4, $5 from customer_passwords p
    where p.tenant_id = $1 and p.customer_id = $2 and p.hash = $6 for share";

/// `false` if the password is another one by now.
pub(in super::super) async fn sign_in(
    db: &mut TenantConn,
    (customer, password_hash): (CustomerId, &str),
    token: &AccessToken,
    now: DateTime<Utc>,
) -> Result<bool> {
    let tenant = db.tenant_id();
    let rows = diesel::sql_query(SIGN_IN)
        .bind::<BigInt, _>(tenant)
        .bind::<BigInt, _>(customer.0)
        .bind::<Bytea, _>(digest(&token.secret))
        .bind::<Timestamptz, _>(token.expires_at)
        .bind::<Timestamptz, _>(now)
        .bind::<Text, _>(password_hash)
        .execute(db.conn())
        .await?;
    Ok(rows == 1)
}

pub(in super::super) async fn insert(
    db: &mut TenantConn,
    customer: CustomerId,
    token: &AccessToken,
    now: DateTime<Utc>,
) -> Result<()> {
    diesel::insert_into(access::table)
        .values((
            access::tenant_id.eq(db.tenant_id()),
            access::hash.eq(digest(&token.secret)),
            access::customer_id.eq(customer.0),
            access::expires_at.eq(token.expires_at),
            access::created_at.eq(now),
        ))
        .execute(db.conn())
        .await?;
    Ok(())
}

/// Makes a token that is still good so until `until`. `false` if it is not.
pub(in super::super) async fn renew(
    db: &mut TenantConn,
    secret: &str,
    until: DateTime<Utc>,
    now: DateTime<Utc>,
) -> Result<bool> {
    let rows = diesel::update(access::table.find((db.tenant_id(), digest(secret))))
        .filter(access::expires_at.gt(now))
        .set(access::expires_at.eq(until))
        .execute(db.conn())
        .await?;
    Ok(rows == 1)
}

/// `false` if it was not good any more.
pub(in super::super) async fn delete(db: &mut TenantConn, secret: &str, now: DateTime<Utc>) -> Result<bool> {
    let token = access::table.find((db.tenant_id(), digest(secret)));
    let rows = diesel::delete(token).filter(access::expires_at.gt(now)).execute(db.conn()).await?;
    Ok(rows == 1)
}

/// Signs the customer out everywhere, and makes mails to set another password void.
pub(in super::super) async fn revoke_all(db: &mut TenantConn, customer: CustomerId) -> Result<()> {
    let theirs = access::tenant_id.eq(db.tenant_id()).and(access::customer_id.eq(customer.0));
    diesel::delete(access::table).filter(theirs).execute(db.conn()).await?;
    let theirs = mailed::tenant_id.eq(db.tenant_id()).and(mailed::customer_id.eq(customer.0));
    diesel::delete(mailed::table)
        .filter(theirs.and(mailed::purpose.eq(Purpose::Reset.name())))
        .execute(db.conn())
        .await?;
    Ok(())
}

/// Notes down what is mailed; if the same mail was written before, in the place of what was mailed then.
pub(in super::super) async fn mail(
    db: &mut TenantConn,
    (customer, purpose): (CustomerId, Purpose),
    (notification, secret): (NotificationId, &str),
    now: DateTime<Utc>,
) -> Result<()> {
    let (hash, until) = (digest(secret), now + purpose.life());
    diesel::insert_into(mailed::table)
        .values((
            mailed::tenant_id.eq(db.tenant_id()),
            mailed::hash.eq(&hash),
            mailed::customer_id.eq(customer.0),
            mailed::purpose.eq(purpose.name()),
            mailed::notification_id.eq(notification.0),
            mailed::expires_at.eq(until),
            mailed::created_at.eq(now),
        ))
        .on_conflict((mailed::tenant_id, mailed::notification_id))
        .do_update()
        .set((mailed::hash.eq(&hash), mailed::expires_at.eq(until)))
        .execute(db.conn())
        .await?;
    Ok(())
}

/// Whether a mailed secret is good.
pub(in super::super) async fn is_good(
    db: &mut TenantConn,
    (customer, purpose): (CustomerId, Purpose),
    secret: &str,
    now: DateTime<Utc>,
) -> Result<bool> {
    let good = mailed::table
        .find((db.tenant_id(), digest(secret)))
        .filter(mailed::customer_id.eq(customer.0).and(mailed::purpose.eq(purpose.name())))
        .filter(mailed::expires_at.gt(now));
    Ok(diesel::select(diesel::dsl::exists(good)).get_result(db.conn()).await?)
}

/// Uses a mailed secret up. `false` if it was not good: of several who try at once one succeeds.
pub(in super::super) async fn use_up(
    db: &mut TenantConn,
    (customer, purpose): (CustomerId, Purpose),
    secret: &str,
    now: DateTime<Utc>,
) -> Result<bool> {
    let rows = diesel::delete(mailed::table.find((db.tenant_id(), digest(secret))))
        .filter(mailed::customer_id.eq(customer.0).and(mailed::purpose.eq(purpose.name())))
        .filter(mailed::expires_at.gt(now))
        .execute(db.conn())
        .await?;
    Ok(rows == 1)
}

/// Forgets what is not good any more.
pub(in super::super) async fn forget_old(db: &mut TenantConn, now: DateTime<Utc>) -> Result<usize> {
    let old = access::tenant_id.eq(db.tenant_id()).and(access::expires_at.le(now));
    let signed_in = diesel::delete(access::table).filter(old).execute(db.conn()).await?;
    let old = mailed::tenant_id.eq(db.tenant_id()).and(mailed::expires_at.le(now));
    Ok(signed_in + diesel::delete(mailed::table).filter(old).execute(db.conn()).await?)
}
