//! What a merchant does with selling plans.

use mcom_data::{Change, Cx, Error, Result, event};
use mcom_schema::{Scope, event::Event, id::SellingPlanGroupId};
use serde_json::json;

use super::{details::GroupDetails, query};

/// Makes a group what `details` say, or makes it: it is known by its handle, and its plans by their names. Orders keep what was agreed.
///
/// # Errors
/// `Forbidden` without `write_products`; refuses what [`GroupDetails::check`] does, and products and variants that there are not.
pub async fn put(cx: &Cx, details: &GroupDetails) -> Result<SellingPlanGroupId> {
    cx.require(Scope::WriteProducts)?;
    details.check()?;
    cx.write("selling_plan_group_put", async |db| {
        let id = query::put_group(db, details, cx.now()).await?;
        query::put_plans(db, id, &details.plans).await?;
        query::put_goods(db, id, details).await?;
        let payload = json!({ "admin_graphql_api_id": id.gid(), "name": details.name });
        let told = Event::new("selling_plan_groups/update", "selling_plan_group", id.0, &payload);
        event::emit(cx, db, told).await?;
        db.changed(Change::Store);
        Ok(id)
    })
    .await
}

/// Deletes a group with its plans. Carts lose the lines that were to be bought by them; orders keep what was agreed.
///
/// # Errors
/// `NotFound`; `Forbidden` without `write_products`.
pub async fn delete(cx: &Cx, id: SellingPlanGroupId) -> Result<()> {
    cx.require(Scope::WriteProducts)?;
    cx.write("selling_plan_group_delete", async |db| {
        if !query::delete(db, id).await? {
            return Err(Error::NotFound("selling plan group"));
        }
        let payload = json!({ "admin_graphql_api_id": id.gid() });
        let told = Event::new("selling_plan_groups/delete", "selling_plan_group", id.0, &payload);
        event::emit(cx, db, told).await?;
        db.changed(Change::Store);
        Ok(())
    })
    .await
}
