//! Setting a password with what was mailed: to open an account, or to open it again.

use mcom_data::{Cx, Result, TenantConn};
use mcom_schema::{Refusal, id::CustomerId, refuse};
use mcom_store::notifications::{self, NewNotification};

use super::{
    AccessToken, Customer, Password, Passwords,
    account::{replace_password, told},
    found, letter, query, rule,
    token::Purpose,
    tries::Try,
};
use crate::contact::email_key;

/// Asks for a mail with which its reader can set a password. Whether there is such a customer is found out when the mail is written:
/// here it makes no difference, neither in what is said nor in how long it takes.
///
/// # Errors
/// Refuses text that is no address; `TooOften` after too many mails.
pub async fn recover(cx: &Cx, email: &str) -> Result<()> {
    if let Some(refusal) = rule::email(email) {
        return Err(refusal.into());
    }
    Try::Mail.count(cx, &email_key(email)).await?;
    let wish = NewNotification { kind: letter::RESET, recipient: email.trim() };
    cx.write("customer_recover", async |db| notifications::add(cx, db, wish).await).await?;
    Ok(())
}

/// What was mailed, and where it stands in the input.
struct Proof<'a> {
    purpose: Purpose,
    customer: CustomerId,
    secret: &'a str,
    field: &'static str,
}

/// Opens the account of a customer who placed orders before, and signs them in.
///
/// # Errors
/// Refuses passwords that are not taken, secrets that are not good, and accounts that are open already.
pub async fn activate(
    cx: &Cx,
    id: CustomerId,
    secret: &str,
    password: &Password,
) -> Result<(Customer, AccessToken)> {
    check(password, "input")?;
    let field = "input.activationToken";
    set_password(cx, &Proof { purpose: Purpose::Activate, customer: id, secret, field }, password).await
}

/// The same with the address that was mailed.
///
/// # Errors
/// As [`activate`].
pub async fn activate_by_url(cx: &Cx, url: &str, password: &Password) -> Result<(Customer, AccessToken)> {
    by_url(cx, (Purpose::Activate, "activationUrl"), url, password).await
}

/// Sets another password, signs everybody out, and whoever set it in. The secret is used up: of several who try at once one succeeds.
///
/// # Errors
/// Refuses passwords that are not taken, and secrets that are not good.
pub async fn reset(
    cx: &Cx,
    id: CustomerId,
    secret: &str,
    password: &Password,
) -> Result<(Customer, AccessToken)> {
    check(password, "input")?;
    let field = "input.resetToken";
    set_password(cx, &Proof { purpose: Purpose::Reset, customer: id, secret, field }, password).await
}

/// The same with the address that was mailed.
///
/// # Errors
/// As [`reset`].
pub async fn reset_by_url(cx: &Cx, url: &str, password: &Password) -> Result<(Customer, AccessToken)> {
    by_url(cx, (Purpose::Reset, "resetUrl"), url, password).await
}

async fn by_url(
    cx: &Cx,
    (purpose, field): (Purpose, &'static str),
    url: &str,
    password: &Password,
) -> Result<(Customer, AccessToken)> {
    check(password, "")?;
    let (customer, secret) = purpose.read(url).ok_or_else(|| spent(field))?;
    set_password(cx, &Proof { purpose, customer, secret, field }, password).await
}

fn check(password: &Password, within: &str) -> Result<(), Refusal> {
    let within = (!within.is_empty()).then_some(within);
    rule::password(password).map_or(Ok(()), |refusal| Err(refusal.under(within)))
}

async fn set_password(cx: &Cx, proof: &Proof<'_>, password: &Password) -> Result<(Customer, AccessToken)> {
    let (of, now) = ((proof.customer, proof.purpose), cx.now());
    // Whoever only guesses is not worth a hash.
    if !cx.read(async |db| query::token::is_good(db, of, proof.secret, now).await).await? {
        return Err(spent(proof.field).into());
    }
    let hash = Passwords::hash(cx, password).await?;
    let token = match proof.purpose {
        Purpose::Activate => {
            cx.write("customer_activate", async |db| open(cx, db, proof, &hash).await).await?
        }
        Purpose::Reset => cx.write("customer_reset", async |db| change(cx, db, proof, &hash).await).await?,
    };
    Ok((found(cx, proof.customer).await?, token))
}

/// What was mailed stays good, so that whoever follows the link again is told that the account is open.
async fn open(cx: &Cx, db: &mut TenantConn, proof: &Proof<'_>, hash: &str) -> Result<AccessToken> {
    let (id, now) = (proof.customer, cx.now());
    if !query::account::open(db, id, hash, now).await? {
        return Err(refuse("", "ALREADY_ENABLED", "Customer already enabled").into());
    }
    told(cx, db, "customers/enable", id).await?;
    let token = AccessToken::new(&*cx.services().entropy, now);
    query::token::insert(db, id, &token, now).await?;
    Ok(token)
}

async fn change(cx: &Cx, db: &mut TenantConn, proof: &Proof<'_>, hash: &str) -> Result<AccessToken> {
    let (of, now) = ((proof.customer, proof.purpose), cx.now());
    if !query::token::use_up(db, of, proof.secret, now).await? {
        return Err(spent(proof.field).into());
    }
    told(cx, db, "customers/update", proof.customer).await?;
    replace_password(cx, db, proof.customer, hash).await
}

fn spent(field: &str) -> Refusal {
    refuse(field, "TOKEN_INVALID", "This link is not good any more. Ask for another one.")
}
