//! Writing variants.

use chrono::{DateTime, Utc};
use diesel::{prelude::*, sql_types::BigInt};
use diesel_async::RunQueryDsl;
use mcom_data::{Result, TenantConn, on_constraint};
use mcom_schema::{Refusal, refuse};
use mcom_tables::product_variants;

use super::super::{quantity::Quantities, row::VariantValues};

fn exists_already() -> Refusal {
    refuse("", "VARIANT_ALREADY_EXISTS", "A variant with these option values already exists")
}

/// Adds variants; answers with their ids in the order of `variants`.
pub(crate) async fn insert(
    db: &mut TenantConn,
    product: i64,
    variants: &[&VariantValues],
) -> Result<Vec<i64>> {
    let tenant = db.tenant_id();
    let rows: Vec<_> = variants
        .iter()
        .map(|values| {
            (
                product_variants::tenant_id.eq(tenant),
                product_variants::product_id.eq(product),
                product_variants::created_at.eq(values.updated_at),
                *values,
            )
        })
        .collect();
    let mut added: Vec<(Vec<i64>, i64)> = diesel::insert_into(product_variants::table)
        .values(rows)
        .returning((product_variants::option_value_ids, product_variants::id))
        .get_results(db.conn())
        .await
        .map_err(on_constraint("product_variants_options", exists_already()))?;
    added.sort_unstable();
    let id_of = |values: &&VariantValues| {
        let found = added.binary_search_by(|(options, _)| options.cmp(&values.option_value_ids));
        found.ok().map(|place| added[place].1)
    };
    Ok(variants.iter().filter_map(id_of).collect())
}

/// Sets all columns of a variant that writing sets.
pub(crate) async fn update(db: &mut TenantConn, id: i64, values: &VariantValues) -> Result<()> {
    let tenant = db.tenant_id();
    diesel::update(product_variants::table.find((tenant, id)))
        .set(values)
        .execute(db.conn())
        .await
        .map_err(on_constraint("product_variants_options", exists_already()))?;
    Ok(())
}

/// Sets how many pieces of a variant of a product are sold at once and what they then cost; answers whether there is such a variant.
pub(in super::super) async fn set_quantities(
    db: &mut TenantConn,
    (product, variant): (i64, i64),
    quantities: &Quantities,
    now: DateTime<Utc>,
) -> Result<bool> {
    use product_variants as v;
    let (tenant, rule) = (db.tenant_id(), quantities.rule);
    let changed = diesel::update(v::table.find((tenant, variant)).filter(v::product_id.eq(product)))
        .set((
            v::quantity_minimum.eq(rule.minimum),
            v::quantity_maximum.eq(rule.maximum),
            v::quantity_increment.eq(rule.increment),
            v::price_breaks.eq(serde_json::to_value(&quantities.breaks)?),
            v::updated_at.eq(now),
        ))
        .execute(db.conn())
        .await?;
    Ok(changed == 1)
}

/// Deletes variants with their items and stock.
pub(crate) async fn delete(db: &mut TenantConn, ids: &[i64]) -> Result<()> {
    use product_variants as v;
    let tenant = db.tenant_id();
    diesel::delete(v::table.filter(v::tenant_id.eq(tenant).and(v::id.eq_any(ids))))
        .execute(db.conn())
        .await?;
    Ok(())
}

/// Deletes those option values of a product that no variant has.
pub(crate) async fn prune_values(db: &mut TenantConn, product: i64) -> Result<()> {
    let tenant = db.tenant_id();
    diesel::sql_query(PRUNE).bind::<BigInt, _>(tenant).bind::<BigInt, _>(product).execute(db.conn()).await?;
    Ok(())
}

const PRUNE: &str = "delete from product_option_values w using product_options o
    where o.tenant_id = $1 and o.product_id = $2 and w.tenant_id = o.tenant_id and w.option_id = o.id
    and not exists (select 1 from product_variants v
                    where v.tenant_id = $1 and v.product_id = $2 and w.id = any(v.option_value_ids))";
