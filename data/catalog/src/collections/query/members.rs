//! Members of collections.

use std::collections::{HashMap, HashSet};

use chrono::{DateTime, Utc};
use diesel::{
    dsl::exists,
    prelude::*,
    sql_types::{Array, BigInt},
};
use diesel_async::RunQueryDsl;
use mcom_data::{
    Result, TenantConn, keyset,
    page::{Page, PageArgs},
};
use mcom_schema::id::ProductId;
use mcom_tables::{
    collection_products as m, collection_publications as cp, collections as c, product_documents as d,
    product_variants, products,
};

use super::{
    super::{
        CollectionProductSort as Sort, RuleSet,
        rule::{Subject, SubjectVariant},
    },
    read::online,
};

/// Whether the collection fills itself; `None`: there is none.
pub(in super::super) async fn has_rules(db: &mut TenantConn, collection: i64) -> Result<Option<bool>> {
    let tenant = db.tenant_id();
    let row = c::table.find((tenant, collection)).select(c::rule_set.is_not_null());
    Ok(row.first(db.conn()).await.optional()?)
}

/// The rules of a collection, if there is one and it has any.
pub(in super::super) async fn rule_set(db: &mut TenantConn, collection: i64) -> Result<Option<RuleSet>> {
    let tenant = db.tenant_id();
    let row: Option<Option<serde_json::Value>> =
        c::table.find((tenant, collection)).select(c::rule_set).first(db.conn()).await.optional()?;
    Ok(row.flatten().map(serde_json::from_value).transpose()?)
}

/// All collections with rules.
pub(in super::super) async fn rule_sets(db: &mut TenantConn) -> Result<Vec<(i64, RuleSet)>> {
    let rows: Vec<(i64, Option<serde_json::Value>)> = c::table
        .filter(c::tenant_id.eq(db.tenant_id()).and(c::rule_set.is_not_null()))
        .order(c::id)
        .select((c::id, c::rule_set))
        .load(db.conn())
        .await?;
    rows.into_iter().map(|(id, rules)| Ok((id, serde_json::from_value(rules.unwrap_or_default())?))).collect()
}

/// In which collections these products are: pairs of collection and product.
pub(in super::super) async fn memberships(
    db: &mut TenantConn,
    products: &[i64],
) -> Result<HashSet<(i64, i64)>> {
    let mine = m::table.filter(m::tenant_id.eq(db.tenant_id()).and(m::product_id.eq_any(products)));
    let rows: Vec<(i64, i64)> = mine.select((m::collection_id, m::product_id)).load(db.conn()).await?;
    Ok(rows.into_iter().collect())
}

/// Puts products at the end of a collection, in this order; those that are in it stay where they are.
pub(in super::super) async fn add_members(
    db: &mut TenantConn,
    collection: i64,
    products: &[i64],
) -> Result<()> {
    if products.is_empty() {
        return Ok(());
    }
    let tenant = db.tenant_id();
    diesel::sql_query(ADD)
        .bind::<BigInt, _>(tenant)
        .bind::<BigInt, _>(collection)
        .bind::<Array<BigInt>, _>(products)
        .execute(db.conn())
        .await?;
    Ok(())
}

const ADD: &str = "insert into collection_products (tenant_id, collection_id, product_id, position)
    select $1, $2, t.product_id, t.place + coalesce(
        (select max(position) from collection_products where tenant_id = $1 and collection_id = $2), 0)
    from unnest($3) with ordinality as t(product_id, place)
    on conflict do nothing";

/// Takes products out of a collection.
pub(in super::super) async fn remove_members(
    db: &mut TenantConn,
    collection: i64,
    products: &[i64],
) -> Result<()> {
    if products.is_empty() {
        return Ok(());
    }
    let tenant = db.tenant_id();
    let mine = m::table.filter(m::tenant_id.eq(tenant).and(m::collection_id.eq(collection)));
    diesel::delete(mine.filter(m::product_id.eq_any(products))).execute(db.conn()).await?;
    Ok(())
}

/// Those of `ids` that are products.
pub(in super::super) async fn known_products(db: &mut TenantConn, ids: &[i64]) -> Result<Vec<i64>> {
    let tenant = db.tenant_id();
    let known = products::table.filter(products::tenant_id.eq(tenant).and(products::id.eq_any(ids)));
    Ok(known.select(products::id).load(db.conn()).await?)
}

/// One page of ids of a collection's products, published or not, in the merchant's order.
pub(in super::super) async fn members(
    db: &mut TenantConn,
    collection: i64,
    args: &PageArgs,
) -> Result<Page<i64>> {
    let rows =
        m::table.filter(m::tenant_id.eq(db.tenant_id()).and(m::collection_id.eq(collection))).into_boxed();
    Ok(keyset!(db, rows, args, "MANUAL", m::position => i64, m::product_id))
}

/// How many products collections have, by collection; those without any are left out.
pub(in super::super) async fn members_counts(
    db: &mut TenantConn,
    collections: &[i64],
) -> Result<Vec<(i64, i64)>> {
    let mine = m::table.filter(m::tenant_id.eq(db.tenant_id()).and(m::collection_id.eq_any(collections)));
    let counts = mine.group_by(m::collection_id).select((m::collection_id, diesel::dsl::count_star()));
    Ok(counts.load(db.conn()).await?)
}

/// The pairs of collection and product that belong together, among all of `collections` with all of `products`.
pub(in super::super) async fn members_among(
    db: &mut TenantConn,
    collections: &[i64],
    products: &[i64],
) -> Result<Vec<(i64, i64)>> {
    let mine = m::table.filter(m::tenant_id.eq(db.tenant_id()).and(m::collection_id.eq_any(collections)));
    let among = mine.filter(m::product_id.eq_any(products)).select((m::collection_id, m::product_id));
    Ok(among.load(db.conn()).await?)
}

/// One page of ids of the collections a product is in; of the published ones if `published`.
pub(in super::super) async fn of_product(
    db: &mut TenantConn,
    product: i64,
    args: &PageArgs,
    published: bool,
) -> Result<Page<i64>> {
    let mut rows =
        m::table.filter(m::tenant_id.eq(db.tenant_id()).and(m::product_id.eq(product))).into_boxed();
    if published {
        let here = cp::tenant_id.eq(m::tenant_id).and(cp::collection_id.eq(m::collection_id));
        rows = rows.filter(exists(online().filter(here)));
    }
    Ok(keyset!(db, rows, args, "COLLECTION", m::collection_id => i64, m::collection_id))
}

/// How many published collections a product is in.
pub(in super::super) async fn count_of_product(db: &mut TenantConn, product: i64) -> Result<i64> {
    let here = cp::tenant_id.eq(m::tenant_id).and(cp::collection_id.eq(m::collection_id));
    let rows = m::table.filter(m::tenant_id.eq(db.tenant_id()).and(m::product_id.eq(product)));
    Ok(rows.filter(exists(online().filter(here))).count().get_result(db.conn()).await?)
}

/// One page of ids of a collection's published products.
#[expect(
    clippy::cognitive_complexity,
    reason = "a flat list of sorts; what the macro contains is counted for each"
)]
pub(in super::super) async fn products(
    db: &mut TenantConn,
    collection: i64,
    sort: Sort,
    args: &PageArgs,
) -> Result<Page<ProductId>> {
    let tenant = db.tenant_id();
    let rows = m::table
        .inner_join(d::table.on(d::tenant_id.eq(m::tenant_id).and(d::product_id.eq(m::product_id))))
        .filter(m::tenant_id.eq(tenant).and(m::collection_id.eq(collection)))
        .into_boxed();
    let page = match sort {
        Sort::BestSelling => keyset!(db, rows, args, "SOLD", d::sold => i64, d::product_id),
        Sort::Title => keyset!(db, rows, args, "TITLE", d::title_key => String, d::product_id),
        Sort::Price => keyset!(db, rows, args, "PRICE", d::min_price_minor => i64, d::product_id),
        Sort::Created => keyset!(db, rows, args, "CREATED", d::created_at => DateTime<Utc>, d::product_id),
        Sort::Id => keyset!(db, rows, args, "ID", d::product_id => i64, d::product_id),
        Sort::CollectionDefault | Sort::Manual => {
            keyset!(db, rows, args, "MANUAL", m::position => i64, d::product_id)
        }
    };
    Ok(page.map(ProductId))
}

/// One page of those of a collection's published products that are among `ids`, by units sold or in the merchant's order.
pub(in super::super) async fn products_among(
    db: &mut TenantConn,
    collection: i64,
    ids: &[ProductId],
    (sort, args): (Sort, &PageArgs),
) -> Result<Page<ProductId>> {
    let tenant = db.tenant_id();
    let numbers: Vec<i64> = ids.iter().map(|id| id.0).collect();
    let rows = m::table
        .inner_join(d::table.on(d::tenant_id.eq(m::tenant_id).and(d::product_id.eq(m::product_id))))
        .filter(m::tenant_id.eq(tenant).and(m::collection_id.eq(collection)))
        .filter(m::product_id.eq_any(numbers))
        .into_boxed();
    let page = match sort {
        Sort::BestSelling => keyset!(db, rows, args, "SOLD", d::sold => i64, d::product_id),
        _ => keyset!(db, rows, args, "MANUAL", m::position => i64, d::product_id),
    };
    Ok(page.map(ProductId))
}

/// What rules see of the next `limit` products after `after`, by id. Their rows stay as they are until the transaction ends.
pub(in super::super) async fn subjects(
    db: &mut TenantConn,
    after: i64,
    limit: i64,
) -> Result<Vec<(i64, Subject)>> {
    let tenant = db.tenant_id();
    let rows: Vec<(i64, String, String, String, Vec<String>)> = products::table
        .filter(products::tenant_id.eq(tenant).and(products::id.gt(after)))
        .order(products::id)
        .limit(limit)
        .for_share()
        .select((products::id, products::title, products::product_type, products::vendor, products::tags))
        .load(db.conn())
        .await?;
    let ids: Vec<i64> = rows.iter().map(|row| row.0).collect();
    let mut variants = subject_variants(db, &ids).await?;
    let subject = |(id, title, product_type, vendor, tags)| {
        let variants = variants.remove(&id).unwrap_or_default();
        (id, Subject { title, product_type, vendor, tags, variants })
    };
    Ok(rows.into_iter().map(subject).collect())
}

async fn subject_variants(
    db: &mut TenantConn,
    products: &[i64],
) -> Result<HashMap<i64, Vec<SubjectVariant>>> {
    use product_variants as v;
    let tenant = db.tenant_id();
    let rows: Vec<(i64, String, i64, Option<i64>, i64)> = v::table
        .filter(v::tenant_id.eq(tenant).and(v::product_id.eq_any(products)))
        .select((v::product_id, v::title, v::price_minor, v::compare_at_price_minor, v::weight_grams))
        .load(db.conn())
        .await?;
    let mut by_product: HashMap<i64, Vec<SubjectVariant>> = HashMap::new();
    for (product, title, price_minor, compare_at_minor, weight_grams) in rows {
        let variant = SubjectVariant { title, price_minor, compare_at_minor, weight_grams };
        by_product.entry(product).or_default().push(variant);
    }
    Ok(by_product)
}
