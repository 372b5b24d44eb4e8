//! What a merchant says of the store for those who build its storefront: its brand, what it takes in payment, where customers sign in.

mod query;
mod row;
mod rule;

use std::sync::Arc;

use mcom_data::{Cx, Result};
use mcom_schema::Scope;
use serde_json::json;

use crate::content;

pub use row::{Brand, BrandColors, ColorPair, Storefront};

/// What payment cards can be accepted, as the published APIs name them.
pub const CARD_BRANDS: [&str; 6] =
    ["AMERICAN_EXPRESS", "DINERS_CLUB", "DISCOVER", "JCB", "MASTERCARD", "VISA"];
/// What wallets can be accepted, as the published APIs name them.
pub const DIGITAL_WALLETS: [&str; 4] = ["ANDROID_PAY", "APPLE_PAY", "GOOGLE_PAY", "SHOPIFY_PAY"];

/// What was said; nothing of a store that never said anything. One statement, none for what is remembered.
///
/// # Errors
/// `Busy` or `Broken` if the database cannot be read.
pub async fn get(cx: &Cx) -> Result<Arc<Storefront>> {
    let read = async { Ok(cx.read(async |db| query::get(db).await).await?.unwrap_or_default()) };
    content::remembered(cx, "storefront".to_owned(), read).await
}

/// Says all of it anew.
///
/// # Errors
/// `Forbidden` without `write_content`; refuses long texts, colors that are none, unknown card brands and wallets, addresses that
/// are not on the web, and files that are no pictures of the store.
pub async fn set(cx: &Cx, storefront: &Storefront) -> Result<()> {
    cx.require(Scope::WriteContent)?;
    let storefront = storefront.checked()?;
    cx.write("storefront_set", async |db| {
        let pictures = query::pictures(db, &storefront.brand.pictures()).await?;
        rule::shows_pictures(&storefront.brand, &pictures)?;
        query::set(db, &storefront, cx.now()).await?;
        let store = cx.tenant().store().0;
        content::told(cx, db, "storefront/update", ("shop", store), &json!({ "id": store })).await
    })
    .await
}
