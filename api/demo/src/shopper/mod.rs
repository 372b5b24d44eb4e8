//! Ada, the demo store's customer: her account, what she and others ordered, and the cart with which she comes back.

mod basket;
mod cart;
mod orders;
mod purchase;

use anyhow::Context;
use futures_util::future::BoxFuture;
use mcom_data::{Cx, Error};
use mcom_sales::customers::{self, Customer};
use mcom_store::metafields::{self, MetafieldInput, Owner, OwnerKind};
use serde::{Serialize, de::DeserializeOwned};
use serde_json::{Value, json};

/// By what she signs in.
pub const EMAIL: &str = "ada@example.com";
/// With what.
pub const PASSWORD: &str = "analytical";
/// Where she can be called.
const PHONE: &str = "+49 228 1815";

/// What Ada comes with.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Visit {
    /// Shows who she is; good for some weeks.
    pub customer_token: String,
    /// Id of a cart that holds something of everything, with its key.
    pub cart: String,
}

/// Opens the account, and has Ada and others order. Whether there was anything to do: where the account is there nothing is changed.
///
/// # Errors
/// If the catalog of the demo is not there, or the database cannot be written.
pub fn move_in(cx: &Cx) -> BoxFuture<'_, anyhow::Result<bool>> {
    Box::pin(moved_in(cx))
}

async fn moved_in(cx: &Cx) -> anyhow::Result<bool> {
    let account = json!({ "email": EMAIL, "password": PASSWORD, "firstName": "Ada", "lastName": "Lovelace", "phone": PHONE,
        "acceptsMarketing": true });
    let customer = match customers::create(cx, &input(account)?).await {
        Ok(customer) => customer,
        Err(Error::Refused(_)) => return Ok(false),
        Err(error) => return Err(error.into()),
    };
    note_down(cx, &customer).await?;
    let token = sign_in(cx).await?;
    for home in [at_home("province", "country"), abroad()] {
        customers::create_address(cx, &token, &input(home)?).await?;
    }
    orders::place_all(cx, &token).await?;
    customers::sign_out(cx, &token).await?;
    Ok(true)
}

/// Signs Ada in and fills a cart for her.
///
/// # Errors
/// If she has no account, or the catalog of the demo is not there.
pub fn visit(cx: &Cx) -> BoxFuture<'_, anyhow::Result<Visit>> {
    Box::pin(visited(cx))
}

async fn visited(cx: &Cx) -> anyhow::Result<Visit> {
    let customer_token = sign_in(cx).await.context("the store has no customer yet: `mcom demo` makes her")?;
    let cart = cart::fill(cx, &customer_token).await?;
    Ok(Visit { customer_token, cart })
}

async fn sign_in(cx: &Cx) -> anyhow::Result<String> {
    let login = input(json!({ "email": EMAIL, "password": PASSWORD }))?;
    Ok(customers::sign_in(cx, &login).await?.secret)
}

/// What the merchant remembers of her.
async fn note_down(cx: &Cx, customer: &Customer) -> anyhow::Result<()> {
    let remark = |key: &str, value: &str| MetafieldInput {
        owner: Owner { kind: OwnerKind::Customer, id: customer.id().0 },
        namespace: "$app".to_owned(),
        key: key.to_owned(),
        value_type: None,
        value: value.to_owned(),
    };
    metafields::set(cx, &[remark("care", "Likes her parcels plain"), remark("gift_wrap", "false")]).await?;
    Ok(())
}

/// Where she lives; carts and address books name two of its parts differently.
fn at_home(province: &str, country: &str) -> Value {
    json!({ "firstName": "Ada", "lastName": "Lovelace", "company": "Analytical Engines", "address1": "12 Poppelsdorfer Allee",
        "address2": "Second floor", "zip": "53115", "city": "Bonn", province: "NW", country: "DE", "phone": PHONE })
}

/// Where she spends the summer.
fn abroad() -> Value {
    json!({ "firstName": "Ada", "lastName": "Lovelace", "company": "Elgin Looms", "address1": "150 Elgin St", "address2": "Apartment 4",
        "zip": "K2P 1L4", "city": "Ottawa", "province": "ON", "country": "CA", "phone": "+1 613 555 0134" })
}

fn input<T: DeserializeOwned>(value: Value) -> anyhow::Result<T> {
    Ok(serde_json::from_value(value)?)
}
