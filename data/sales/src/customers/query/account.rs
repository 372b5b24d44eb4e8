//! Accounts: customers who have a password.

use chrono::{DateTime, Utc};
use diesel::{prelude::*, result::Error as DieselError};
use diesel_async::RunQueryDsl;
use mcom_data::{Result, TenantConn};
use mcom_schema::id::CustomerId;
use mcom_tables::{customer_passwords as passwords, customers};

use super::super::{
    input::{CustomerCreateInput, CustomerUpdateInput},
    rule::tidy,
};
use crate::contact::email_key;

/// A customer by e-mail address, and what is kept of their password if they have one.
pub(in super::super) async fn by_email(
    db: &mut TenantConn,
    key: &str,
) -> Result<Option<(CustomerId, Option<String>)>> {
    let found: Option<(i64, Option<String>)> =
        customers::table
            .left_join(passwords::table.on(
                passwords::tenant_id.eq(customers::tenant_id).and(passwords::customer_id.eq(customers::id)),
            ))
            .filter(customers::tenant_id.eq(db.tenant_id()).and(customers::email_key.eq(key)))
            .select((customers::id, passwords::hash.nullable()))
            .first(db.conn())
            .await
            .optional()?;
    Ok(found.map(|(id, hash)| (CustomerId(id), hash)))
}

/// A new customer; `None` if there is one with this e-mail address.
pub(in super::super) async fn insert(
    db: &mut TenantConn,
    new: &CustomerCreateInput,
    now: DateTime<Utc>,
) -> Result<Option<CustomerId>> {
    let id: Option<i64> = diesel::insert_into(customers::table)
        .values((
            customers::tenant_id.eq(db.tenant_id()),
            customers::email.eq(new.email.trim()),
            customers::email_key.eq(email_key(&new.email)),
            customers::phone.eq(tidy(new.phone.as_deref())),
            customers::first_name.eq(tidy(new.first_name.as_deref())),
            customers::last_name.eq(tidy(new.last_name.as_deref())),
            customers::accepts_marketing.eq(new.accepts_marketing.unwrap_or_default()),
            customers::created_at.eq(now),
            customers::updated_at.eq(now),
        ))
        .on_conflict((customers::tenant_id, customers::email_key))
        .do_nothing()
        .returning(customers::id)
        .get_result(db.conn())
        .await
        .optional()?;
    Ok(id.map(CustomerId))
}

/// Gives a customer without a password one. `false` if they have one.
pub(in super::super) async fn open(
    db: &mut TenantConn,
    customer: CustomerId,
    hash: &str,
    now: DateTime<Utc>,
) -> Result<bool> {
    let rows = diesel::insert_into(passwords::table)
        .values((
            passwords::tenant_id.eq(db.tenant_id()),
            passwords::customer_id.eq(customer.0),
            passwords::hash.eq(hash),
            passwords::created_at.eq(now),
            passwords::changed_at.eq(now),
        ))
        .on_conflict((passwords::tenant_id, passwords::customer_id))
        .do_nothing()
        .execute(db.conn())
        .await?;
    Ok(rows == 1)
}

/// Gives a customer who has a password another one.
pub(in super::super) async fn set_password(
    db: &mut TenantConn,
    customer: CustomerId,
    hash: &str,
    now: DateTime<Utc>,
) -> Result<()> {
    diesel::update(passwords::table.find((db.tenant_id(), customer.0)))
        .set((passwords::hash.eq(hash), passwords::changed_at.eq(now)))
        .execute(db.conn())
        .await?;
    Ok(())
}

#[derive(AsChangeset)]
#[diesel(table_name = customers)]
struct Patch {
    email: Option<String>,
    email_key: Option<String>,
    phone: Option<Option<String>>,
    first_name: Option<Option<String>>,
    last_name: Option<Option<String>>,
    accepts_marketing: Option<bool>,
    updated_at: DateTime<Utc>,
}

/// Changes what is given.
///
/// # Errors
/// The violation of `customers_email` if another customer has the e-mail address.
pub(in super::super) async fn update(
    db: &mut TenantConn,
    customer: CustomerId,
    input: &CustomerUpdateInput,
    now: DateTime<Utc>,
) -> Result<(), DieselError> {
    let given = |field: &Option<Option<String>>| field.as_ref().map(|text| tidy(text.as_deref()));
    let patch = Patch {
        email: input.email.as_deref().map(|email| email.trim().to_owned()),
        email_key: input.email.as_deref().map(email_key),
        phone: given(&input.phone),
        first_name: given(&input.first_name),
        last_name: given(&input.last_name),
        accepts_marketing: input.accepts_marketing,
        updated_at: now,
    };
    let row = customers::table.find((db.tenant_id(), customer.0));
    diesel::update(row).set(&patch).execute(db.conn()).await?;
    Ok(())
}
