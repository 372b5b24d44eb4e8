//! What the changes of customers answer, and how those are turned away who are not signed in.

use std::sync::Arc;

use chrono::{DateTime, Utc};
use mcom_kit::{Error, Fault, Payload, Refusal, Site, ToFault, answer::access_denied};
use mcom_sales::customers;

use super::{super::address::MailingAddress, Customer};

mcom_kit::user_error!(CustomerUserError as "CustomerUserError");
mcom_kit::user_error!(UserError as "UserError" without code);

/// What somebody holds who signed in.
pub struct CustomerAccessToken {
    access_token: String,
    expires_at: DateTime<Utc>,
}

mcom_kit::record!(CustomerAccessToken as "CustomerAccessToken" {
    "accessToken" = access_token,
    "expiresAt" = expires_at,
});

impl From<customers::AccessToken> for CustomerAccessToken {
    fn from(token: customers::AccessToken) -> Self {
        CustomerAccessToken { access_token: token.secret, expires_at: token.expires_at }
    }
}

/// Declares payloads that tell their errors with codes and, for older clients, once more without.
macro_rules! customer_payloads {
    ($($name:ident as $graphql:literal { $($key:literal = $field:ident: $type:ty),* $(,)? })*) => {$(
        #[doc = concat!("The answer of a mutation: `", $graphql, "`.")]
        #[derive(Default)]
        pub struct $name {
            $(
                #[doc = concat!("`", $key, "`")]
                pub $field: $type,
            )*
            /// Why nothing was changed; empty if something was.
            pub customer_user_errors: Vec<CustomerUserError>,
            /// The same in the older form.
            pub user_errors: Vec<UserError>,
        }

        impl Payload for $name {
            fn refused(refusals: Vec<Refusal>) -> Self {
                $name {
                    user_errors: refusals.iter().cloned().map(Into::into).collect(),
                    customer_user_errors: refusals.into_iter().map(Into::into).collect(),
                    $($field: Default::default(),)*
                }
            }
        }

        mcom_kit::record!($name as $graphql {
            $($key = $field,)* "customerUserErrors" = customer_user_errors, "userErrors" = user_errors
        });
    )*};
}

customer_payloads! {
    CustomerAccessTokenCreatePayload as "CustomerAccessTokenCreatePayload" {
        "customerAccessToken" = customer_access_token: Option<CustomerAccessToken>,
    }
    CustomerActivatePayload as "CustomerActivatePayload" {
        "customer" = customer: Option<Arc<Customer>>,
        "customerAccessToken" = customer_access_token: Option<CustomerAccessToken>,
    }
    CustomerAddressCreatePayload as "CustomerAddressCreatePayload" {
        "customerAddress" = customer_address: Option<Arc<MailingAddress>>,
    }
    CustomerAddressDeletePayload as "CustomerAddressDeletePayload" {
        "deletedCustomerAddressId" = deleted_customer_address_id: Option<String>,
    }
    CustomerAddressUpdatePayload as "CustomerAddressUpdatePayload" {
        "customerAddress" = customer_address: Option<Arc<MailingAddress>>,
    }
    CustomerCreatePayload as "CustomerCreatePayload" {
        "customer" = customer: Option<Arc<Customer>>,
    }
    CustomerDefaultAddressUpdatePayload as "CustomerDefaultAddressUpdatePayload" {
        "customer" = customer: Option<Arc<Customer>>,
    }
    CustomerRecoverPayload as "CustomerRecoverPayload" {}
    CustomerResetPayload as "CustomerResetPayload" {
        "customer" = customer: Option<Arc<Customer>>,
        "customerAccessToken" = customer_access_token: Option<CustomerAccessToken>,
    }
    CustomerResetByUrlPayload as "CustomerResetByUrlPayload" {
        "customer" = customer: Option<Arc<Customer>>,
        "customerAccessToken" = customer_access_token: Option<CustomerAccessToken>,
    }
    CustomerUpdatePayload as "CustomerUpdatePayload" {
        "customer" = customer: Option<Arc<Customer>>,
        "customerAccessToken" = customer_access_token: Option<CustomerAccessToken>,
    }
}

/// The answer of a mutation: `CustomerActivateByUrlPayload`, which has no older form.
#[derive(Default)]
pub struct CustomerActivateByUrlPayload {
    /// `customer`
    pub customer: Option<Arc<Customer>>,
    /// `customerAccessToken`
    pub customer_access_token: Option<CustomerAccessToken>,
    /// Why nothing was changed; empty if something was.
    pub customer_user_errors: Vec<CustomerUserError>,
}

impl Payload for CustomerActivateByUrlPayload {
    fn refused(refusals: Vec<Refusal>) -> Self {
        let customer_user_errors = refusals.into_iter().map(Into::into).collect();
        CustomerActivateByUrlPayload { customer_user_errors, ..Default::default() }
    }
}

mcom_kit::record!(CustomerActivateByUrlPayload as "CustomerActivateByUrlPayload" {
    "customer" = customer,
    "customerAccessToken" = customer_access_token,
    "customerUserErrors" = customer_user_errors,
});

mcom_kit::payload!(CustomerAccessTokenDeletePayload as "CustomerAccessTokenDeletePayload" refusing UserError {
    "deletedAccessToken" = deleted_access_token: Option<String>,
    "deletedCustomerAccessTokenId" = deleted_customer_access_token_id: Option<String>,
});

mcom_kit::payload!(CustomerAccessTokenRenewPayload as "CustomerAccessTokenRenewPayload" refusing UserError {
    "customerAccessToken" = customer_access_token: Option<CustomerAccessToken>,
});

/// Why a customer's own change was not carried out. Who is not signed in is told so at the top of the answer, as clients know it.
pub(super) struct NotCarriedOut(Error);

impl<E: Into<Error>> From<E> for NotCarriedOut {
    fn from(error: E) -> Self {
        NotCarriedOut(error.into())
    }
}

impl ToFault for NotCarriedOut {
    fn to_fault(self, site: &Site<'_>) -> Fault {
        match self.0 {
            Error::SignedOut => access_denied(site.field, "unauthenticated_write_customers"),
            error => error.to_fault(site),
        }
    }

    fn refusals(self) -> Result<Vec<Refusal>, Self> {
        self.0.refusals().map_err(NotCarriedOut)
    }
}
