//! The address book.

use std::{collections::HashMap, sync::Arc};

use mcom_data::{Cx, Error, Result, TenantConn, load::Batch};
use mcom_schema::{
    id::{CustomerAddressId, CustomerId},
    refuse,
};

use super::{
    Customer, CustomerAddressInput, SavedAddress, account::told, found, query, row::AddressRow, rule,
};
use crate::Address;

/// An address book has no more addresses than this.
pub const MOST_ADDRESSES: i64 = 100;

/// The addresses of a customer, oldest first. The asker has checked that they may be seen.
pub struct AddressesOf;

impl Batch for AddressesOf {
    type Key = CustomerId;
    type Value = Arc<[SavedAddress]>;

    async fn load(cx: &Cx, keys: Vec<CustomerId>) -> Result<HashMap<CustomerId, Arc<[SavedAddress]>>> {
        let ids: Vec<i64> = keys.iter().map(|id| id.0).collect();
        let mut books: HashMap<CustomerId, Vec<SavedAddress>> = HashMap::new();
        for row in cx.read(async |db| query::address::of_customers(db, &ids).await).await? {
            books.entry(CustomerId(row.customer_id)).or_default().push(row.read()?);
        }
        Ok(books.into_iter().map(|(customer, book)| (customer, book.into())).collect())
    }
}

/// Addresses by id, each with the customer whose it is. The asker shows them to nobody else.
pub(crate) async fn saved_addresses(
    cx: &Cx,
    ids: &[CustomerAddressId],
) -> Result<Vec<(CustomerId, CustomerAddressId, Address)>> {
    let ids: Vec<i64> = ids.iter().map(|id| id.0).collect();
    let rows = cx.read(async |db| query::address::by_ids(db, &ids).await).await?;
    let named = |row: AddressRow| {
        let customer = CustomerId(row.customer_id);
        row.read().map(|saved| (customer, saved.id, saved.address))
    };
    rows.into_iter().map(named).collect()
}

/// Adds an address to the book of whoever is signed in; the first one is the default.
///
/// # Errors
/// `SignedOut` if the token is not good; refuses addresses that are not taken, and full books.
pub async fn create_address(cx: &Cx, token: &str, input: &CustomerAddressInput) -> Result<SavedAddress> {
    let address = input.onto(Address::default());
    rule::check_address(&address)?;
    cx.write("customer_address_create", async |db| {
        let customer = owner(cx, db, token).await?;
        let count = query::address::count(db, customer).await?;
        if count >= MOST_ADDRESSES {
            let message = format!("An address book has at most {MOST_ADDRESSES} addresses");
            return Err(refuse("address", "INVALID", message).into());
        }
        let is_default = count == 0;
        let id = query::address::insert(db, customer, (&address, is_default), cx.now()).await?;
        told(cx, db, "customers/update", customer).await?;
        Ok(SavedAddress { id, address: address.clone(), is_default })
    })
    .await
}

/// Changes an address in the book of whoever is signed in.
///
/// # Errors
/// `SignedOut` if the token is not good; refuses addresses that are not in the book or not taken.
pub async fn update_address(
    cx: &Cx,
    token: &str,
    id: CustomerAddressId,
    input: &CustomerAddressInput,
) -> Result<SavedAddress> {
    cx.write("customer_address_update", async |db| {
        let customer = owner(cx, db, token).await?;
        let saved = saved(db, customer, id, "id").await?;
        let address = input.onto(saved.address);
        rule::check_address(&address)?;
        query::address::replace(db, id, &address, cx.now()).await?;
        told(cx, db, "customers/update", customer).await?;
        Ok(SavedAddress { address, ..saved })
    })
    .await
}

/// Takes an address out of the book of whoever is signed in. If it was the default, the oldest that is left is it then.
///
/// # Errors
/// `SignedOut` if the token is not good; refuses addresses that are not in the book.
pub async fn delete_address(cx: &Cx, token: &str, id: CustomerAddressId) -> Result<()> {
    cx.write("customer_address_delete", async |db| {
        let customer = owner(cx, db, token).await?;
        let saved = saved(db, customer, id, "id").await?;
        query::address::delete(db, id).await?;
        if saved.is_default {
            query::address::set_default(db, customer, None).await?;
        }
        told(cx, db, "customers/update", customer).await
    })
    .await
}

/// Makes an address the one to begin with.
///
/// # Errors
/// `SignedOut` if the token is not good; refuses addresses that are not in the book.
pub async fn choose_default_address(cx: &Cx, token: &str, id: CustomerAddressId) -> Result<Customer> {
    let chosen = cx.write("customer_default_address_update", async |db| {
        let customer = owner(cx, db, token).await?;
        saved(db, customer, id, "addressId").await?;
        query::address::set_default(db, customer, Some(id)).await?;
        told(cx, db, "customers/update", customer).await?;
        Ok(customer)
    });
    found(cx, chosen.await?).await
}

/// Whoever is signed in; nobody else changes them until this transaction ends.
async fn owner(cx: &Cx, db: &mut TenantConn, token: &str) -> Result<CustomerId> {
    query::token::lock_owner(db, token, cx.now()).await?.ok_or(Error::SignedOut)
}

async fn saved(
    db: &mut TenantConn,
    customer: CustomerId,
    id: CustomerAddressId,
    field: &str,
) -> Result<SavedAddress> {
    match query::address::find(db, customer, id).await? {
        Some(row) => row.read(),
        None => Err(refuse(field, "NOT_FOUND", "Address does not exist").into()),
    }
}
