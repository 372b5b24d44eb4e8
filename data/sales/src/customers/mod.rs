//! Customers: the people who placed orders or opened an account, one per email address.

mod account;
mod addresses;
mod input;
mod letter;
mod pass;
mod password;
mod query;
mod recovery;
mod row;
mod rule;
mod session;
mod token;
mod tries;

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use mcom_data::{
    Cx, Error, Result, TenantConn,
    load::Batch,
    page::{Page, PageArgs},
};
use mcom_schema::{
    Scope,
    id::{CustomerId, OrderId},
};

use crate::{Address, contact::email_key};

pub use account::{create, update};
pub(crate) use addresses::saved_addresses;
pub use addresses::{
    AddressesOf, MOST_ADDRESSES, choose_default_address, create_address, delete_address, update_address,
};
pub use input::{
    CustomerAccessTokenCreateInput, CustomerAddressInput, CustomerCreateInput, CustomerUpdateInput, Password,
};
pub use letter::{ACTIVATE, RESET, WELCOME, write_letter};
pub(crate) use pass::{MODEL as ADDRESS_MODEL, shown_address};
pub use pass::{Pass, saved_address_id};
pub use password::Passwords;
pub use recovery::{activate, activate_by_url, recover, reset, reset_by_url};
pub use row::{Customer, SavedAddress};
pub use rule::SHORTEST_PASSWORD;
pub use session::{renew, sign_in, sign_out, signed_in};
pub use token::AccessToken;

/// A customer.
///
/// # Errors
/// `Forbidden` without `read_customers`; `Busy` or `Broken` if it cannot be read.
pub async fn get(cx: &Cx, id: CustomerId) -> Result<Option<Customer>> {
    cx.require(Scope::ReadCustomers)?;
    cx.load::<ById>(id).await
}

/// The customer with this e-mail address, case disregarded.
///
/// # Errors
/// `Forbidden` without `read_customers`; `Busy` or `Broken` if it cannot be read.
pub async fn by_email(cx: &Cx, email: &str) -> Result<Option<CustomerId>> {
    cx.require(Scope::ReadCustomers)?;
    let key = email_key(email);
    Ok(cx.read(async |db| query::account::by_email(db, &key).await).await?.map(|(id, _)| id))
}

/// Customers by id, in batches. The asker has checked that they may be seen.
pub struct ById;

impl Batch for ById {
    type Key = CustomerId;
    type Value = Customer;

    async fn load(cx: &Cx, keys: Vec<CustomerId>) -> Result<HashMap<CustomerId, Customer>> {
        let ids: Vec<i64> = keys.iter().map(|id| id.0).collect();
        let rows = cx.read(async |db| query::by_ids(db, &ids).await).await?;
        Ok(rows.into_iter().map(|customer| (customer.id(), customer)).collect())
    }
}

/// One page of the customers, by id.
///
/// # Errors
/// `Forbidden` without `read_customers`; refuses cursors of other lists.
pub async fn page(cx: &Cx, args: &PageArgs) -> Result<Page<Customer>> {
    cx.require(Scope::ReadCustomers)?;
    cx.read(async |db| query::page(db, args).await).await
}

/// The last order of each customer that placed one.
pub struct LastOrder;

impl Batch for LastOrder {
    type Key = CustomerId;
    type Value = OrderId;

    async fn load(cx: &Cx, keys: Vec<CustomerId>) -> Result<HashMap<CustomerId, OrderId>> {
        let ids: Vec<i64> = keys.iter().map(|id| id.0).collect();
        cx.read(async |db| query::last_orders(db, &ids).await).await
    }
}

/// A customer who is there: a change has just found them.
async fn found(cx: &Cx, id: CustomerId) -> Result<Customer> {
    cx.load::<ById>(id).await?.ok_or(Error::NotFound("customer"))
}

/// Forgets tokens and counted tries whose time is over. Tells how many there were.
///
/// # Errors
/// `Forbidden` without `write_customers`; `Busy` or `Broken` if they cannot be reached.
pub async fn forget_old(cx: &Cx) -> Result<usize> {
    cx.require(Scope::WriteCustomers)?;
    let now = cx.now();
    cx.write_quietly(async |db| {
        Ok(query::token::forget_old(db, now).await? + query::tries::forget_old(db, now).await?)
    })
    .await
}

/// Who buys, as the order knows them.
pub(crate) struct Buyer<'a> {
    /// Whoever has signed in.
    pub(crate) known: Option<CustomerId>,
    pub(crate) email: &'a str,
    pub(crate) phone: Option<&'a str>,
    pub(crate) address: Option<&'a Address>,
    pub(crate) spent_minor: i64,
    pub(crate) now: DateTime<Utc>,
}

/// Finds the customer who has signed in or has this address, or makes one, and counts the order.
pub(crate) async fn count_order(db: &mut TenantConn, buyer: &Buyer<'_>) -> Result<CustomerId> {
    if let Some(id) = buyer.known
        && query::count_order_of(db, id, buyer).await?
    {
        return Ok(id);
    }
    query::count_order(db, buyer).await
}

/// Takes back what a cancelled order added to what its customer spent.
pub(crate) async fn count_refund(db: &mut TenantConn, id: i64, minor: i64, now: DateTime<Utc>) -> Result<()> {
    query::count_refund(db, id, minor, now).await
}
