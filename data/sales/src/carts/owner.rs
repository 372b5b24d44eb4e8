//! Whose a cart is: the customer who signed in.

use mcom_data::{Cx, Result};
use mcom_schema::{Refusal, refuse};

use super::{document::Identity, input::CartBuyerIdentityInput};
use crate::customers::{self, Customer};

/// What a change says of who is signed in.
#[derive(Debug, Clone)]
pub(super) enum Owner {
    /// Nothing: it stays as it is.
    Unsaid,
    /// Nobody from now on.
    Nobody,
    /// This customer, who has proved it.
    Known(Box<Customer>),
}

impl Owner {
    /// Looks up the customer whose access token is given. A token that is none's is refused.
    ///
    /// # Errors
    /// `Busy` or `Broken` if it cannot be looked up.
    pub(super) async fn told(
        cx: &Cx,
        input: Option<&CartBuyerIdentityInput>,
    ) -> Result<Result<Owner, Refusal>> {
        let token = match input.and_then(|input| input.customer_access_token.as_ref()) {
            None => return Ok(Ok(Owner::Unsaid)),
            Some(None) => return Ok(Ok(Owner::Nobody)),
            Some(Some(token)) => token,
        };
        let unknown = || refuse("buyerIdentity.customerAccessToken", "INVALID", "Customer is invalid");
        let found = customers::signed_in(cx, token).await?;
        Ok(found.map(|customer| Owner::Known(Box::new(customer))).ok_or_else(unknown))
    }

    /// Enters it into what a cart knows of its buyer.
    pub(super) fn enter(&self, identity: &mut Identity) {
        match self {
            Owner::Unsaid => {}
            Owner::Nobody => identity.customer = None,
            Owner::Known(customer) => {
                identity.customer = Some(customer.id());
                identity.email = identity.email.take().or_else(|| customer.email.clone());
                identity.phone = identity.phone.take().or_else(|| customer.phone.clone());
            }
        }
    }
}
