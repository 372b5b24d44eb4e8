//! The demo store's customer, with an address and an order that is still to be paid.

use anyhow::Context;
use mcom_catalog::{
    products::{self, AdminProductSort, ProductList},
    variants,
};
use mcom_data::{Cx, Error, page::PageArgs};
use mcom_sales::{carts, checkout, customers};
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

/// By what the customer signs in.
pub(super) const EMAIL: &str = "ada@example.com";
/// With what.
pub(super) const PASSWORD: &str = "analytical";

/// Opens the account and buys something. Whether there was anything to do: where the account is there nothing is changed.
pub(super) async fn move_in(cx: &Cx) -> anyhow::Result<bool> {
    let account =
        input(json!({ "email": EMAIL, "password": PASSWORD, "firstName": "Ada", "lastName": "Lovelace" }));
    match customers::create(cx, &account?).await {
        Ok(_) => {}
        Err(Error::Refused(_)) => return Ok(false),
        Err(error) => return Err(error.into()),
    }
    let login = input(json!({ "email": EMAIL, "password": PASSWORD }))?;
    let token = customers::sign_in(cx, &login).await?.secret;
    customers::create_address(cx, &token, &input(address("province", "country"))?).await?;
    buy(cx, &token).await?;
    customers::sign_out(cx, &token).await?;
    Ok(true)
}

/// Buys the first product of the catalog, to be paid as the merchant arranges it.
async fn buy(cx: &Cx, token: &str) -> anyhow::Result<()> {
    let list = ProductList { sort: AdminProductSort::Id, filter: None, page: PageArgs::first(1) };
    let Some((_, product)) = products::page(cx, &list).await?.items.pop() else { return Ok(()) };
    let offered = variants::of_product(cx, product.row.id(), &PageArgs::first(1)).await?;
    let (_, variant) = offered.items.first().context("the product has no variant")?;
    let goods = json!({
        "lines": [{ "merchandiseId": variant.row.id().gid() }],
        "discountCodes": ["WELCOME10"],
        "buyerIdentity": { "customerAccessToken": token },
        "delivery": { "addresses": [{ "address": { "deliveryAddress": address("provinceCode", "countryCode") } }] },
    });
    let cart = carts::create(cx, &input(goods)?).await?.cart.context("the product cannot be bought")?;
    let id = cart.id.gid();
    let (amount, currency) = (cart.cost.total.decimal(), cart.cost.total.currency.code());
    let payment =
        json!({ "amount": { "amount": amount, "currencyCode": currency }, "sourceIdentifier": "manual" });
    carts::update_payment(cx, &id, &input(payment)?).await?;
    checkout::submit(cx, &id, "demo").await?;
    Ok(())
}

/// Where the customer lives; carts and address books name two of its parts differently.
fn address(province: &str, country: &str) -> Value {
    json!({ "firstName": "Ada", "lastName": "Lovelace", "address1": "150 Elgin St", "city": "Ottawa", "zip": "K2P 1L4",
        province: "ON", country: "CA" })
}

fn input<T: DeserializeOwned>(value: Value) -> anyhow::Result<T> {
    Ok(serde_json::from_value(value)?)
}
