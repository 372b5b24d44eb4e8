//! Opening an account and changing it.

use mcom_data::{Cx, Error, Result, TenantConn, event, on_constraint};
use mcom_schema::{event::Event, id::CustomerId, refuse};
use mcom_store::notifications::{self, NewNotification};
use serde_json::json;

use super::{
    AccessToken, Customer, CustomerCreateInput, CustomerUpdateInput, Passwords, found, letter, query, rule,
    tries::Try,
};
use crate::contact::email_key;

/// What became of the wish to open an account.
enum Opened {
    Customer(CustomerId),
    /// Whoever placed orders under this address has to prove that it is theirs.
    HasToProve,
}

/// Opens an account. Somebody who placed orders as a guest is sent a mail instead: their orders are shown only to who reads their mail.
///
/// # Errors
/// Refuses what is not taken as name, address or password, and addresses that have an account; `TooOften`, `Busy` or `Broken`.
pub async fn create(cx: &Cx, input: &CustomerCreateInput) -> Result<Customer> {
    rule::check_new(input)?;
    Try::Create.count(cx, &email_key(&input.email)).await?;
    let hash = Passwords::hash(cx, &input.password).await?;
    match cx.write("customer_create", async |db| open(cx, db, input, &hash).await).await? {
        Opened::Customer(id) => found(cx, id).await,
        Opened::HasToProve => {
            let message = format!(
                "We have sent an email to {}. Follow the link in it to show that the address is yours.",
                input.email.trim()
            );
            Err(refuse("input.email", "CUSTOMER_DISABLED", message).into())
        }
    }
}

async fn open(cx: &Cx, db: &mut TenantConn, input: &CustomerCreateInput, hash: &str) -> Result<Opened> {
    let now = cx.now();
    let key = email_key(&input.email);
    let recipient = input.email.trim();
    if let Some(id) = query::account::insert(db, input, now).await? {
        query::account::open(db, id, hash, now).await?;
        told(cx, db, "customers/create", id).await?;
        notifications::add(cx, db, NewNotification { kind: letter::WELCOME, recipient }).await?;
        return Ok(Opened::Customer(id));
    }
    match query::account::by_email(db, &key).await? {
        Some((_, None)) => {
            if !Try::Mail.count_in(cx, db, &key).await? {
                notifications::add(cx, db, NewNotification { kind: letter::ACTIVATE, recipient }).await?;
            }
            Ok(Opened::HasToProve)
        }
        _ => Err(refuse("input.email", "TAKEN", "Email has already been taken").into()),
    }
}

/// Changes the account of whoever is signed in. A new password signs everybody out, and whoever set it in again.
///
/// # Errors
/// `SignedOut` if the token is not good; refuses what is not taken, and the e-mail address of another customer.
pub async fn update(
    cx: &Cx,
    token: &str,
    input: &CustomerUpdateInput,
) -> Result<(Customer, Option<AccessToken>)> {
    rule::check_change(input)?;
    let now = cx.now();
    let known = cx.read(async |db| query::token::owner(db, token, now).await).await?;
    known.ok_or(Error::SignedOut)?;
    let hash = match &input.password {
        Some(password) => Some(Passwords::hash(cx, password).await?),
        None => None,
    };
    let (id, token) =
        cx.write("customer_update", async |db| change(cx, db, (token, input), hash.as_deref()).await).await?;
    Ok((found(cx, id).await?, token))
}

async fn change(
    cx: &Cx,
    db: &mut TenantConn,
    (token, input): (&str, &CustomerUpdateInput),
    hash: Option<&str>,
) -> Result<(CustomerId, Option<AccessToken>)> {
    let now = cx.now();
    let id = query::token::lock_owner(db, token, now).await?.ok_or(Error::SignedOut)?;
    let taken = refuse("customer.email", "TAKEN", "Email has already been taken");
    query::account::update(db, id, input, now).await.map_err(on_constraint("customers_email", taken))?;
    told(cx, db, "customers/update", id).await?;
    let Some(hash) = hash else { return Ok((id, None)) };
    Ok((id, Some(replace_password(cx, db, id, hash).await?)))
}

/// Sets another password, which signs everybody out, and signs in whoever set it.
pub(super) async fn replace_password(
    cx: &Cx,
    db: &mut TenantConn,
    id: CustomerId,
    hash: &str,
) -> Result<AccessToken> {
    let now = cx.now();
    query::account::set_password(db, id, hash, now).await?;
    query::token::revoke_all(db, id).await?;
    let token = AccessToken::new(&*cx.services().entropy, now);
    query::token::insert(db, id, &token, now).await?;
    Ok(token)
}

/// Tells those who follow events. Who the customer is they ask for: the log is kept for ever, people may be forgotten.
pub(super) async fn told(cx: &Cx, db: &mut TenantConn, topic: &'static str, id: CustomerId) -> Result<()> {
    event::emit(cx, db, Event::new(topic, "customer", id.0, &json!({ "id": id.gid() }))).await?;
    Ok(())
}
