//! Signing in, staying so, and signing out.

use mcom_kit::{Cx, Error, Registry};
use mcom_sales::customers::{self, CustomerAccessTokenCreateInput};
use serde::Deserialize;

use super::{
    SignedIn,
    payload::{
        CustomerAccessTokenCreatePayload, CustomerAccessTokenDeletePayload, CustomerAccessTokenRenewPayload,
        NotCarriedOut,
    },
};

#[derive(Deserialize)]
struct SignIn {
    input: CustomerAccessTokenCreateInput,
}

pub(super) fn register(registry: &mut Registry) {
    registry
        .mutation("customerAccessTokenCreate", sign_in)
        .mutation("customerAccessTokenDelete", sign_out)
        .mutation("customerAccessTokenRenew", renew);
}

async fn sign_in(cx: &Cx, args: SignIn) -> Result<CustomerAccessTokenCreatePayload, Error> {
    let customer_access_token = Some(customers::sign_in(cx, &args.input).await?.into());
    Ok(CustomerAccessTokenCreatePayload { customer_access_token, ..Default::default() })
}

async fn sign_out(cx: &Cx, args: SignedIn) -> Result<CustomerAccessTokenDeletePayload, NotCarriedOut> {
    customers::sign_out(cx, &args.customer_access_token).await?;
    Ok(CustomerAccessTokenDeletePayload {
        deleted_access_token: Some(args.customer_access_token.clone()),
        deleted_customer_access_token_id: Some(args.customer_access_token),
        ..Default::default()
    })
}

async fn renew(cx: &Cx, args: SignedIn) -> Result<CustomerAccessTokenRenewPayload, NotCarriedOut> {
    let customer_access_token = Some(customers::renew(cx, &args.customer_access_token).await?.into());
    Ok(CustomerAccessTokenRenewPayload { customer_access_token, ..Default::default() })
}
