//! Setting a password with what was mailed.

use mcom_kit::{Cx, Error, Registry};
use mcom_sales::customers::{self, Password};
use mcom_schema::{id::CustomerId, refuse};
use serde::Deserialize;

use super::{
    Customer,
    payload::{
        CustomerActivateByUrlPayload, CustomerActivatePayload, CustomerRecoverPayload,
        CustomerResetByUrlPayload, CustomerResetPayload,
    },
};

#[derive(Deserialize)]
struct Recover {
    email: String,
}

#[derive(Deserialize)]
struct Activate {
    id: String,
    input: ActivateInput,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct ActivateInput {
    activation_token: String,
    password: Password,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct ActivateByUrl {
    activation_url: String,
    password: Password,
}

#[derive(Deserialize)]
struct Reset {
    id: String,
    input: ResetInput,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct ResetInput {
    password: Password,
    reset_token: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct ResetByUrl {
    password: Password,
    reset_url: String,
}

pub(super) fn register(registry: &mut Registry) {
    registry
        .mutation("customerActivate", activate)
        .mutation("customerActivateByUrl", activate_by_url)
        .mutation("customerRecover", recover)
        .mutation("customerReset", reset)
        .mutation("customerResetByUrl", reset_by_url);
}

async fn recover(cx: &Cx, args: Recover) -> Result<CustomerRecoverPayload, Error> {
    customers::recover(cx, &args.email).await?;
    Ok(CustomerRecoverPayload::default())
}

async fn activate(cx: &Cx, args: Activate) -> Result<CustomerActivatePayload, Error> {
    let Activate { id, input } = args;
    let opened = customers::activate(cx, number(&id)?, &input.activation_token, &input.password).await?;
    let (customer, token) = (Some(Customer::signed_in(opened.0, &opened.1.secret)), Some(opened.1.into()));
    Ok(CustomerActivatePayload { customer, customer_access_token: token, ..Default::default() })
}

async fn activate_by_url(cx: &Cx, args: ActivateByUrl) -> Result<CustomerActivateByUrlPayload, Error> {
    let opened = customers::activate_by_url(cx, &args.activation_url, &args.password).await?;
    let (customer, token) = (Some(Customer::signed_in(opened.0, &opened.1.secret)), Some(opened.1.into()));
    Ok(CustomerActivateByUrlPayload { customer, customer_access_token: token, ..Default::default() })
}

async fn reset(cx: &Cx, args: Reset) -> Result<CustomerResetPayload, Error> {
    let Reset { id, input } = args;
    let opened = customers::reset(cx, number(&id)?, &input.reset_token, &input.password).await?;
    let (customer, token) = (Some(Customer::signed_in(opened.0, &opened.1.secret)), Some(opened.1.into()));
    Ok(CustomerResetPayload { customer, customer_access_token: token, ..Default::default() })
}

async fn reset_by_url(cx: &Cx, args: ResetByUrl) -> Result<CustomerResetByUrlPayload, Error> {
    let opened = customers::reset_by_url(cx, &args.reset_url, &args.password).await?;
    let (customer, token) = (Some(Customer::signed_in(opened.0, &opened.1.secret)), Some(opened.1.into()));
    Ok(CustomerResetByUrlPayload { customer, customer_access_token: token, ..Default::default() })
}

fn number(id: &str) -> Result<CustomerId, Error> {
    CustomerId::parse(id).ok_or_else(|| refuse("id", "INVALID", format!("Invalid global id '{id}'")).into())
}
