//! Addresses that a cart takes from the address book of the customer who signed in.

use mcom_data::{Cx, Result};
use mcom_schema::id::{CustomerAddressId, CustomerId};

use super::input::CartAddressInput;
use crate::{Address, customers};

/// The addresses that are named, and whose they are.
#[derive(Debug, Default)]
pub(super) struct Book(Vec<(CustomerId, CustomerAddressId, Address)>);

impl Book {
    /// Looks up the addresses that are named by id.
    ///
    /// # Errors
    /// `Busy` or `Broken` if they cannot be looked up.
    pub(super) async fn named<'a>(
        cx: &Cx,
        inputs: impl IntoIterator<Item = &'a CartAddressInput>,
    ) -> Result<Book> {
        let named = |input: &CartAddressInput| {
            customers::saved_address_id(input.copy_from_customer_address_id.as_deref()?)
        };
        let ids: Vec<CustomerAddressId> = inputs.into_iter().filter_map(named).collect();
        if ids.is_empty() {
            Ok(Book::default())
        } else {
            Ok(Book(customers::saved_addresses(cx, &ids).await?))
        }
    }

    /// The address of this id, if it is in the book of `owner`.
    pub(super) fn find(&self, id: &str, owner: Option<CustomerId>) -> Option<Address> {
        let (owner, id) = (owner?, customers::saved_address_id(id)?);
        let found = self.0.iter().find(|(customer, address, _)| *customer == owner && *address == id);
        found.map(|(_, _, address)| address.clone())
    }
}
