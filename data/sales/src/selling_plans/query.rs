//! SQL of selling plans.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use mcom_data::{Result, TenantConn, on_constraint};
use mcom_schema::{
    id::{ProductId, SellingPlanGroupId, SellingPlanId, VariantId},
    refuse,
};
use mcom_tables::{
    selling_plan_group_products as gp, selling_plan_group_variants as gv, selling_plan_groups as g,
    selling_plans as p,
};
use serde_json::Value;

use super::{
    details::{GroupDetails, PlanDetails},
    shelf::SellingPlanGroup,
};

/// Id, handle, name, app and options.
type Row = (i64, String, String, Option<String>, Vec<String>);

/// Every group, oldest first. One statement if there are none.
pub(super) async fn all(db: &mut TenantConn) -> Result<Vec<SellingPlanGroup>> {
    let tenant = db.tenant_id();
    let rows: Vec<Row> = g::table
        .filter(g::tenant_id.eq(tenant))
        .order(g::id)
        .select((g::id, g::handle, g::name, g::app_name, g::options))
        .load(db.conn())
        .await?;
    if rows.is_empty() {
        return Ok(vec![]);
    }
    let mut plans = plans(db).await?;
    let (mut products, mut variants) = goods(db).await?;
    let group = |(id, handle, name, app_name, options): Row| {
        let (ids, plans) = plans.remove(&id).unwrap_or_default().into_iter().unzip();
        let products = products.remove(&id).unwrap_or_default();
        let variants = variants.remove(&id).unwrap_or_default();
        let details = GroupDetails { handle, name, app_name, options, plans, products, variants };
        SellingPlanGroup { id: SellingPlanGroupId(id), details, plans: ids }
    };
    Ok(rows.into_iter().map(group).collect())
}

async fn plans(db: &mut TenantConn) -> Result<HashMap<i64, Vec<(SellingPlanId, PlanDetails)>>> {
    let rows: Vec<(i64, i64, String, Option<String>, Value)> = p::table
        .filter(p::tenant_id.eq(db.tenant_id()))
        .order((p::group_id, p::position, p::id))
        .select((p::group_id, p::id, p::name, p::description, p::terms))
        .load(db.conn())
        .await?;
    let mut plans: HashMap<i64, Vec<(SellingPlanId, PlanDetails)>> = HashMap::new();
    for (group, id, name, description, terms) in rows {
        let terms = serde_json::from_value(terms)?;
        plans.entry(group).or_default().push((SellingPlanId(id), PlanDetails { name, description, terms }));
    }
    Ok(plans)
}

type Goods = (HashMap<i64, Vec<(ProductId, bool)>>, HashMap<i64, Vec<VariantId>>);

/// The products and variants of each group, by their ids.
async fn goods(db: &mut TenantConn) -> Result<Goods> {
    let tenant = db.tenant_id();
    let rows: Vec<(i64, i64, bool)> = gp::table
        .filter(gp::tenant_id.eq(tenant))
        .order((gp::group_id, gp::product_id))
        .select((gp::group_id, gp::product_id, gp::required))
        .load(db.conn())
        .await?;
    let mut goods = Goods::default();
    for (group, product, required) in rows {
        goods.0.entry(group).or_default().push((ProductId(product), required));
    }
    let rows: Vec<(i64, i64)> = gv::table
        .filter(gv::tenant_id.eq(tenant))
        .order((gv::group_id, gv::variant_id))
        .select((gv::group_id, gv::variant_id))
        .load(db.conn())
        .await?;
    for (group, variant) in rows {
        goods.1.entry(group).or_default().push(VariantId(variant));
    }
    Ok(goods)
}

pub(super) async fn put_group(
    db: &mut TenantConn,
    details: &GroupDetails,
    now: DateTime<Utc>,
) -> Result<SellingPlanGroupId> {
    let tenant = db.tenant_id();
    let said =
        (g::name.eq(&details.name), g::app_name.eq(&details.app_name), g::options.eq(&details.options));
    let id = diesel::insert_into(g::table)
        .values((
            g::tenant_id.eq(tenant),
            g::handle.eq(&details.handle),
            said,
            g::created_at.eq(now),
            g::updated_at.eq(now),
        ))
        .on_conflict((g::tenant_id, g::handle))
        .do_update()
        .set((said, g::updated_at.eq(now)))
        .returning(g::id)
        .get_result(db.conn())
        .await?;
    Ok(SellingPlanGroupId(id))
}

/// Those of a name that is there keep their ids; the others go.
pub(super) async fn put_plans(
    db: &mut TenantConn,
    group: SellingPlanGroupId,
    plans: &[PlanDetails],
) -> Result<()> {
    let tenant = db.tenant_id();
    let names: Vec<&str> = plans.iter().map(|plan| plan.name.as_str()).collect();
    let of_group = p::tenant_id.eq(tenant).and(p::group_id.eq(group.0));
    diesel::delete(p::table.filter(of_group).filter(p::name.ne_all(names))).execute(db.conn()).await?;
    for (position, plan) in (1i32..).zip(plans) {
        let terms = serde_json::to_value(&plan.terms)?;
        let said = (p::position.eq(position), p::description.eq(&plan.description), p::terms.eq(&terms));
        diesel::insert_into(p::table)
            .values((p::tenant_id.eq(tenant), p::group_id.eq(group.0), p::name.eq(&plan.name), said))
            .on_conflict((p::tenant_id, p::group_id, p::name))
            .do_update()
            .set(said)
            .execute(db.conn())
            .await?;
    }
    Ok(())
}

/// What is sold by the plans of a group, instead of what was before.
pub(super) async fn put_goods(
    db: &mut TenantConn,
    group: SellingPlanGroupId,
    details: &GroupDetails,
) -> Result<()> {
    let tenant = db.tenant_id();
    let of_group = gp::tenant_id.eq(tenant).and(gp::group_id.eq(group.0));
    diesel::delete(gp::table.filter(of_group)).execute(db.conn()).await?;
    let of_group = gv::tenant_id.eq(tenant).and(gv::group_id.eq(group.0));
    diesel::delete(gv::table.filter(of_group)).execute(db.conn()).await?;
    let unknown = || refuse("products", "INVALID", "There is no such product or variant");
    let products: Vec<_> = details
        .products
        .iter()
        .map(|(id, required)| {
            (
                gp::tenant_id.eq(tenant),
                gp::group_id.eq(group.0),
                gp::product_id.eq(id.0),
                gp::required.eq(*required),
            )
        })
        .collect();
    diesel::insert_into(gp::table)
        .values(products)
        .execute(db.conn())
        .await
        .map_err(on_constraint("selling_plan_group_products_tenant_id_product_id_fkey", unknown()))?;
    let variants: Vec<_> = details
        .variants
        .iter()
        .map(|id| (gv::tenant_id.eq(tenant), gv::group_id.eq(group.0), gv::variant_id.eq(id.0)))
        .collect();
    diesel::insert_into(gv::table)
        .values(variants)
        .execute(db.conn())
        .await
        .map_err(on_constraint("selling_plan_group_variants_tenant_id_variant_id_fkey", unknown()))?;
    Ok(())
}

pub(super) async fn delete(db: &mut TenantConn, id: SellingPlanGroupId) -> Result<bool> {
    let group = g::table.find((db.tenant_id(), id.0));
    Ok(diesel::delete(group).execute(db.conn()).await? == 1)
}
