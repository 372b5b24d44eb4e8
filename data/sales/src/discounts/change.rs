//! What a merchant does with discounts.

use mcom_data::{Change, Cx, Error, Result, TenantConn, event};
use mcom_schema::{Scope, event::Event, id::DiscountId, refuse};
use serde_json::json;

use super::{details::DiscountDetails, query};

/// So many discounts of a store apply by themselves at most: each of them is looked at for every cart.
const MOST_AUTOMATIC: i64 = 25;

/// Makes a discount.
///
/// # Errors
/// `Forbidden` without `write_discounts`; refuses what [`DiscountDetails::check`] does, a code or a title that is taken, and more
/// than 25 discounts without a code.
pub async fn create(cx: &Cx, details: &DiscountDetails) -> Result<DiscountId> {
    cx.require(Scope::WriteDiscounts)?;
    details.check()?;
    cx.write("discount_create", async |db| {
        if details.code.is_none() && query::count_automatic(db).await? >= MOST_AUTOMATIC {
            let message = format!("At most {MOST_AUTOMATIC} discounts can apply by themselves");
            return Err(refuse("code", "MAX_APP_DISCOUNTS", message).into());
        }
        let id = query::insert(db, details, cx.now()).await?;
        told(cx, db, "discounts/create", (id, details)).await?;
        Ok(id)
    })
    .await
}

/// Makes a discount what `details` say. Whoever is buying with it keeps what they were promised.
///
/// # Errors
/// `NotFound`, and what [`create`] answers.
pub async fn update(cx: &Cx, id: DiscountId, details: &DiscountDetails) -> Result<()> {
    cx.require(Scope::WriteDiscounts)?;
    details.check()?;
    cx.write("discount_update", async |db| {
        if !query::update(db, id, details, cx.now()).await? {
            return Err(Error::NotFound("discount"));
        }
        told(cx, db, "discounts/update", (id, details)).await
    })
    .await
}

/// Deletes a discount. Orders keep what was taken off them.
///
/// # Errors
/// `NotFound`; `Forbidden` without `write_discounts`.
pub async fn delete(cx: &Cx, id: DiscountId) -> Result<()> {
    cx.require(Scope::WriteDiscounts)?;
    cx.write("discount_delete", async |db| {
        if !query::delete(db, id).await? {
            return Err(Error::NotFound("discount"));
        }
        let payload = json!({ "admin_graphql_api_id": id.gid() });
        event::emit(cx, db, Event::new("discounts/delete", "discount", id.0, &payload)).await?;
        db.changed(Change::Store);
        Ok(())
    })
    .await
}

async fn told(
    cx: &Cx,
    db: &mut TenantConn,
    topic: &'static str,
    (id, details): (DiscountId, &DiscountDetails),
) -> Result<()> {
    let payload =
        json!({ "admin_graphql_api_id": id.gid(), "title": details.title, "code": details.code.is_some() });
    event::emit(cx, db, Event::new(topic, "discount", id.0, &payload)).await?;
    db.changed(Change::Store);
    Ok(())
}
