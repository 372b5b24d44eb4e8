//! Passes: what the ids of a customer's addresses carry, so that who was shown them finds them again, as long as they may.

use mcom_data::{Cx, Result};
use mcom_schema::{
    Gid,
    id::{CustomerAddressId, CustomerId, gid},
};

use super::{AddressesOf, SavedAddress, query, token::digest};
use crate::{
    carts::{self, CartView},
    proof,
};

/// What ids of postal addresses call those of address books.
pub(crate) const MODEL: &str = "CustomerAddress";

/// How somebody came to see a customer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Pass {
    /// They signed in as the customer: what proves the token, and is good as long as that is.
    SignedIn(String),
    /// They have the key of a cart that the customer buys: what ids of its parts say.
    Cart(String),
}

impl Pass {
    /// For whoever holds this access token.
    pub fn of_token(secret: &str) -> Self {
        Pass::SignedIn(prove(&digest(secret)))
    }

    /// For whoever sees the private parts of this cart; `None` for others.
    pub fn of_cart(cart: &CartView) -> Option<Self> {
        cart.proof.as_ref().map(|_| Pass::Cart(cart.opening()))
    }

    /// The public id of an address of the customer.
    pub fn address_gid(&self, id: CustomerAddressId) -> String {
        let address = gid(CustomerAddressId::KIND, id);
        match self {
            Pass::SignedIn(proof) => format!("{address}?model_name={MODEL}&customer_access_token={proof}"),
            Pass::Cart(opening) => format!("{address}?model_name={MODEL}&{opening}"),
        }
    }
}

/// Of 192 random bits: the token cannot be told from it, and it opens nothing but addresses.
fn prove(token_hash: &[u8]) -> String {
    proof::of("customer_access_token", &[token_hash])
}

/// The number in the id of an address of an address book, in the forms that clients send; none if it is an address of something else.
pub fn saved_address_id(id: &str) -> Option<CustomerAddressId> {
    let is_elsewhere = |id: Gid<'_>| !id.query.is_empty() && id.parameter("model_name") != Some(MODEL);
    CustomerAddressId::parse(id).filter(|_| !Gid::parse(id).is_some_and(is_elsewhere))
}

/// The address of an address book under this id, with the pass by which it is shown.
pub(crate) async fn shown_address(cx: &Cx, id: &Gid<'_>) -> Result<Option<(Pass, SavedAddress)>> {
    let Some(number) = id.number().map(CustomerAddressId) else { return Ok(None) };
    let found = match id.parameter("customer_access_token") {
        Some(proof) => signed_in(cx, number, proof).await?,
        None => carts::buyer(cx, id).await?.and_then(|(cart, buyer)| Some((Pass::of_cart(&cart)?, buyer))),
    };
    let Some((pass, customer)) = found else { return Ok(None) };
    let book = cx.load::<AddressesOf>(customer).await?.unwrap_or_default();
    Ok(book.iter().find(|saved| saved.id == number).cloned().map(|saved| (pass, saved)))
}

/// The customer whose address it is, if one of those who are signed in as them was given this proof.
async fn signed_in(cx: &Cx, address: CustomerAddressId, proof: &str) -> Result<Option<(Pass, CustomerId)>> {
    let now = cx.now();
    let tokens = cx.read(async |db| query::token::of_address(db, address, now).await).await?;
    let known = tokens.into_iter().find(|(_, hash)| prove(hash) == proof);
    Ok(known.map(|(customer, _)| (Pass::SignedIn(proof.to_owned()), customer)))
}

#[cfg(test)]
mod tests {
    use mcom_schema::id::CustomerAddressId;

    use super::{Pass, saved_address_id};

    #[test]
    fn an_id_is_taken_as_it_is_given_out_and_bare() {
        let pass = Pass::of_token("s3cret");
        let id = pass.address_gid(CustomerAddressId(7));
        assert!(!id.contains("s3cret"));
        for id in [id.as_str(), "gid://shopify/MailingAddress/7", "7"] {
            assert_eq!(saved_address_id(id), Some(CustomerAddressId(7)), "{id}");
        }
        for other in ["7?model_name=OrderAddress&part=billing", "7?part=billing", "x", ""] {
            assert_eq!(saved_address_id(&format!("gid://shopify/MailingAddress/{other}")), None, "{other}");
        }
    }
}
