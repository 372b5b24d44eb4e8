//! Signing in and out.

use mcom_data::{Cx, Error, Result};
use mcom_schema::refuse;

use super::{
    AccessToken, Customer, CustomerAccessTokenCreateInput, Passwords, query, token::SIGNED_IN, tries::Try,
};
use crate::contact::email_key;

/// Signs in. An address without an account is told nothing else than a wrong password, and no sooner.
///
/// # Errors
/// Refuses both as `UNIDENTIFIED_CUSTOMER`; `TooOften` after too many wrong passwords, from then on right ones too.
pub async fn sign_in(cx: &Cx, input: &CustomerAccessTokenCreateInput) -> Result<AccessToken> {
    let key = email_key(&input.email);
    Try::SignIn.count(cx, &key).await?;
    let known = cx.read(async |db| query::account::by_email(db, &key).await).await?;
    let (id, kept) = known.map_or((None, None), |(id, kept)| (Some(id), kept));
    let is_right = Passwords::matches(cx, &input.password, kept.clone()).await?;
    let unidentified = || Error::from(refuse("", "UNIDENTIFIED_CUSTOMER", "Unidentified customer"));
    let (Some(id), Some(kept), true) = (id, kept, is_right) else { return Err(unidentified()) };
    let now = cx.now();
    let token = AccessToken::new(&*cx.services().entropy, now);
    let is_still_right = cx
        .write_quietly(async |db| {
            Try::SignIn.forgive(cx, db, &key).await?;
            query::token::sign_in(db, (id, &kept), &token, now).await
        })
        .await?;
    if is_still_right { Ok(token) } else { Err(unidentified()) }
}

/// Lets somebody who is signed in stay so, as if they had just signed in.
///
/// # Errors
/// `SignedOut` if the token is not good.
pub async fn renew(cx: &Cx, token: &str) -> Result<AccessToken> {
    let now = cx.now();
    let expires_at = now + SIGNED_IN;
    let is_good = cx.write_quietly(async |db| query::token::renew(db, token, expires_at, now).await).await?;
    if is_good { Ok(AccessToken { secret: token.to_owned(), expires_at }) } else { Err(Error::SignedOut) }
}

/// Signs out: the token opens nothing any more.
///
/// # Errors
/// `SignedOut` if it was not good.
pub async fn sign_out(cx: &Cx, token: &str) -> Result<()> {
    let now = cx.now();
    let was_good = cx.write_quietly(async |db| query::token::delete(db, token, now).await).await?;
    if was_good { Ok(()) } else { Err(Error::SignedOut) }
}

/// The customer who holds this token; `None` if it is not good.
///
/// # Errors
/// `Busy` or `Broken` if it cannot be looked up.
pub async fn signed_in(cx: &Cx, token: &str) -> Result<Option<Customer>> {
    let now = cx.now();
    cx.read(async |db| query::token::owner(db, token, now).await).await
}
