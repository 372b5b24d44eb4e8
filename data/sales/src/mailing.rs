//! Postal addresses by the ids under which buyers were shown them: those of an address book, of an order and of a cart.

use mcom_data::{Cx, Result};
use mcom_schema::{Gid, id::CustomerAddressId};

use crate::{Address, carts, customers, orders};

/// A postal address as a buyer was shown it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mailing {
    /// The public id.
    pub id: String,
    /// The address.
    pub address: Address,
}

/// The address that was shown under this id; `None` if it carries no proof of that, or not the right one.
///
/// # Errors
/// `Busy` or `Broken` if it cannot be read.
pub async fn mailing(cx: &Cx, id: &str) -> Result<Option<Mailing>> {
    let Some(id) = Gid::parse(id).filter(|id| id.kind == CustomerAddressId::KIND) else { return Ok(None) };
    Ok(match id.parameter("model_name") {
        Some(customers::ADDRESS_MODEL) => {
            let found = customers::shown_address(cx, &id).await?;
            found.map(|(pass, saved)| Mailing { id: pass.address_gid(saved.id), address: saved.address })
        }
        Some(orders::ADDRESS_MODEL) => orders::shown_address(cx, &id).await?,
        Some(carts::ADDRESS_MODEL) => {
            let found = carts::mailing_address(cx, &id).await?;
            found.map(|(cart, it)| Mailing { id: cart.mailing_gid(&it), address: it.address })
        }
        _ => None,
    })
}
