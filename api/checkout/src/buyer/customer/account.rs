//! Opening an account and changing it.

use mcom_kit::{Cx, Error, Registry};
use mcom_sales::customers::{self, CustomerCreateInput, CustomerUpdateInput};
use serde::Deserialize;

use super::{
    Customer,
    payload::{CustomerCreatePayload, CustomerUpdatePayload, NotCarriedOut},
};

#[derive(Deserialize)]
struct Create {
    input: CustomerCreateInput,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Update {
    customer: CustomerUpdateInput,
    customer_access_token: String,
}

pub(super) fn register(registry: &mut Registry) {
    registry.mutation("customerCreate", create).mutation("customerUpdate", update);
}

async fn create(cx: &Cx, args: Create) -> Result<CustomerCreatePayload, Error> {
    let customer = Some(Customer::of(customers::create(cx, &args.input).await?));
    Ok(CustomerCreatePayload { customer, ..Default::default() })
}

async fn update(cx: &Cx, args: Update) -> Result<CustomerUpdatePayload, NotCarriedOut> {
    let (customer, token) = customers::update(cx, &args.customer_access_token, &args.customer).await?;
    let good = token.as_ref().map_or(&args.customer_access_token, |token| &token.secret);
    Ok(CustomerUpdatePayload {
        customer: Some(Customer::signed_in(customer, good)),
        customer_access_token: token.map(Into::into),
        ..Default::default()
    })
}
