//! SQL of bundles.

use diesel::{dsl::exists, pg::Pg, prelude::*};
use diesel_async::RunQueryDsl;
use mcom_data::{Result, TenantConn};
use mcom_tables::{product_variants as v, products as p, variant_components as c};

use super::Component;

/// The parts of bundles as JSON, null if there are none: of the rows `c` of `variant_components` for which the condition holds.
macro_rules! parts {
    ($($of:tt)+) => {
        concat!(
            "(select json_agg(json_build_object('variant_id', c.variant_id, 'component_id', c.component_id,
                'product_id', cv.product_id, 'quantity', c.quantity, 'available', coalesce(cs.available, 0),
                'tracked', ci.tracked, 'policy', cv.inventory_policy, 'published', cd.product_id is not null)
                order by c.variant_id, c.position)
            from variant_components c
            left join product_variants cv on cv.tenant_id = c.tenant_id and cv.id = c.component_id
            left join product_documents cd on cd.tenant_id = cv.tenant_id and cd.product_id = cv.product_id
            left join inventory_items ci on ci.tenant_id = cv.tenant_id and ci.variant_id = cv.id
            left join lateral (
                select sum(cl.available)::bigint as available from inventory_levels cl
                join locations cp on cp.tenant_id = cl.tenant_id and cp.id = cl.location_id
                where cl.tenant_id = ci.tenant_id and cl.item_id = ci.id and cp.is_active and cp.fulfills_online_orders) cs on true
            where ",
            $($of)+,
            ")"
        )
    };
}
pub(crate) use parts;

/// A component of a bundle.
#[derive(Debug, Clone, Copy, Queryable, Selectable)]
#[diesel(table_name = c, check_for_backend(Pg))]
pub(super) struct Row {
    pub variant_id: i64,
    pub component_id: Option<i64>,
    pub quantity: i64,
}

/// Every component, bundle by bundle, in the merchant's order.
pub(super) async fn all(db: &mut TenantConn) -> Result<Vec<Row>> {
    let rows = c::table
        .filter(c::tenant_id.eq(db.tenant_id()))
        .order((c::variant_id, c::position))
        .select(Row::as_select())
        .load(db.conn())
        .await?;
    Ok(rows)
}

/// The components of one bundle, in the merchant's order.
pub(super) async fn of_bundle(db: &mut TenantConn, bundle: i64) -> Result<Vec<Row>> {
    let rows = c::table
        .filter(c::tenant_id.eq(db.tenant_id()).and(c::variant_id.eq(bundle)))
        .order(c::position)
        .select(Row::as_select())
        .load(db.conn())
        .await?;
    Ok(rows)
}

/// Components among `variants`, each with a bundle that it is in.
pub(super) async fn with(db: &mut TenantConn, variants: &[i64]) -> Result<Vec<(i64, i64)>> {
    let rows: Vec<(Option<i64>, i64)> = c::table
        .filter(c::tenant_id.eq(db.tenant_id()).and(c::component_id.eq_any(variants)))
        .order((c::component_id, c::variant_id))
        .select((c::component_id, c::variant_id))
        .load(db.conn())
        .await?;
    Ok(rows.into_iter().filter_map(|(component, bundle)| Some((component?, bundle))).collect())
}

/// Variants with their products, and whether these are gift cards.
pub(super) async fn owners(db: &mut TenantConn, variants: &[i64]) -> Result<Vec<(i64, i64, bool)>> {
    let of_product = p::table.on(p::tenant_id.eq(v::tenant_id).and(p::id.eq(v::product_id)));
    let rows = v::table
        .inner_join(of_product)
        .filter(v::tenant_id.eq(db.tenant_id()).and(v::id.eq_any(variants)))
        .select((v::id, v::product_id, p::gift_card))
        .load(db.conn())
        .await?;
    Ok(rows)
}

/// The first variants of a product, two at most.
pub(super) async fn variants(db: &mut TenantConn, product: i64) -> Result<Vec<i64>> {
    let ids = v::table
        .filter(v::tenant_id.eq(db.tenant_id()).and(v::product_id.eq(product)))
        .order(v::id)
        .limit(2)
        .select(v::id)
        .load(db.conn())
        .await?;
    Ok(ids)
}

/// Which of `variants` are bundles.
pub(super) async fn bundles_among(db: &mut TenantConn, variants: &[i64]) -> Result<Vec<i64>> {
    let ids = c::table
        .filter(c::tenant_id.eq(db.tenant_id()).and(c::variant_id.eq_any(variants)))
        .select(c::variant_id)
        .distinct()
        .load(db.conn())
        .await?;
    Ok(ids)
}

/// Whether a variant is a component of a bundle.
pub(super) async fn is_component(db: &mut TenantConn, variant: i64) -> Result<bool> {
    let there = c::table.filter(c::tenant_id.eq(db.tenant_id()).and(c::component_id.eq(variant)));
    Ok(diesel::select(exists(there)).get_result(db.conn()).await?)
}

/// Has a bundle of a product consist of `components`, whatever it consisted of before.
pub(super) async fn put(
    db: &mut TenantConn,
    (bundle, product): (i64, i64),
    components: &[Component],
) -> Result<()> {
    let tenant = db.tenant_id();
    let before = c::table.filter(c::tenant_id.eq(tenant).and(c::variant_id.eq(bundle)));
    diesel::delete(before).execute(db.conn()).await?;
    let rows: Vec<_> = (1i32..)
        .zip(components)
        .map(|(position, component)| {
            (
                c::tenant_id.eq(tenant),
                c::variant_id.eq(bundle),
                c::position.eq(position),
                c::product_id.eq(product),
                c::component_id.eq(component.variant_id.0),
                c::quantity.eq(component.quantity),
            )
        })
        .collect();
    diesel::insert_into(c::table).values(rows).execute(db.conn()).await?;
    Ok(())
}

/// The products of bundles with a component among these products.
pub(crate) async fn products_with(db: &mut TenantConn, products: &[i64]) -> Result<Vec<i64>> {
    let component = v::table.on(v::tenant_id.eq(c::tenant_id).and(c::component_id.eq(v::id.nullable())));
    let ids = c::table
        .inner_join(component)
        .filter(c::tenant_id.eq(db.tenant_id()).and(v::product_id.eq_any(products)))
        .select(c::product_id)
        .distinct()
        .load(db.conn())
        .await?;
    Ok(ids)
}
