//! Reading products.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use diesel::{
    prelude::*,
    sql_types::{Array, BigInt, Bool, Nullable},
};
use diesel_async::RunQueryDsl;
use mcom_data::{Prepare, Result, TenantConn, keyset, page::Page};
use mcom_schema::id::{MediaId, ProductId, ProductOptionValueId};
use mcom_tables::{
    product_documents as d, product_media, product_options, product_publications, products, publications,
};

use super::super::{
    AdminProductSort, Condition, Filter, Product, ProductList, ProductOptionValue,
    details::{Parts, Totals, assemble},
    row::{MediaRow, OptionRow, ProductRow},
};
use crate::{MoneyRange, publications::ONLINE_STORE};

/// The product with this handle.
pub(crate) async fn id_by_handle(db: &mut TenantConn, handle: &str) -> Result<Option<i64>> {
    let of_tenant = products::tenant_id.eq(db.tenant_id());
    let id = products::table
        .filter(of_tenant.and(products::handle.eq(handle)))
        .select(products::id)
        .first(db.conn())
        .await
        .optional()?;
    Ok(id)
}

/// Those of `handles` that products have.
pub(in super::super) async fn taken_handles(db: &mut TenantConn, handles: &[String]) -> Result<Vec<String>> {
    let of_tenant = products::tenant_id.eq(db.tenant_id());
    let taken = products::table
        .filter(of_tenant.and(products::handle.eq_any(handles)))
        .select(products::handle)
        .load(db.conn())
        .await?;
    Ok(taken)
}

/// The place of a product's last image; 0 if it has none.
pub(crate) async fn last_image(db: &mut TenantConn, product: i64) -> Result<i32> {
    let tenant = db.tenant_id();
    let last: Option<i32> = product_media::table
        .filter(product_media::tenant_id.eq(tenant).and(product_media::product_id.eq(product)))
        .select(diesel::dsl::max(product_media::position))
        .first(db.conn())
        .await?;
    Ok(last.unwrap_or_default())
}

/// The different categories of published products.
pub(in super::super) async fn categories(db: &mut TenantConn) -> Result<Vec<String>> {
    let published = d::table.on(d::tenant_id.eq(products::tenant_id).and(d::product_id.eq(products::id)));
    let found: Vec<Option<String>> = products::table
        .inner_join(published)
        .filter(products::tenant_id.eq(db.tenant_id()).and(products::category.is_not_null()))
        .select(products::category)
        .distinct()
        .load(db.conn())
        .await?;
    Ok(found.into_iter().flatten().collect())
}

/// How many products there are.
pub(in super::super) async fn count(db: &mut TenantConn, filter: Option<&Filter>) -> Result<i64> {
    let tenant = db.tenant_id();
    let mut rows = products::table.filter(products::tenant_id.eq(tenant)).into_boxed();
    if let Some(filter) = filter {
        rows = rows.filter(Condition::of(filter));
    }
    Ok(rows.count().get_result(db.conn()).await?)
}

/// One page of ids, by keyset on the sort's column and the id.
#[expect(
    clippy::cognitive_complexity,
    reason = "a flat list of sorts; what the macro contains is counted for each"
)]
pub(in super::super) async fn page(db: &mut TenantConn, list: &ProductList) -> Result<Page<ProductId>> {
    use products as p;
    let tenant = db.tenant_id();
    let mut rows = p::table.filter(p::tenant_id.eq(tenant)).into_boxed();
    if let Some(filter) = &list.filter {
        rows = rows.filter(Condition::of(filter));
    }
    let args = &list.page;
    let page = match list.sort {
        AdminProductSort::Title => keyset!(db, rows, args, "TITLE", p::title_key => String, p::id),
        AdminProductSort::Vendor => keyset!(db, rows, args, "VENDOR", p::vendor_key => String, p::id),
        AdminProductSort::ProductType => keyset!(db, rows, args, "TYPE", p::type_key => String, p::id),
        AdminProductSort::CreatedAt => {
            keyset!(db, rows, args, "CREATED", p::created_at => DateTime<Utc>, p::id)
        }
        AdminProductSort::UpdatedAt => {
            keyset!(db, rows, args, "UPDATED", p::updated_at => DateTime<Utc>, p::id)
        }
        AdminProductSort::Id => keyset!(db, rows, args, "ID", p::id => i64, p::id),
    };
    Ok(page.map(ProductId))
}

/// The products there are among `ids`, with what belongs to them, in no particular order. Six statements.
pub(crate) async fn details(db: &mut TenantConn, ids: &[i64]) -> Result<Vec<Product>> {
    let tenant = db.tenant_id();
    let rows: Vec<ProductRow> = products::table
        .filter(products::tenant_id.eq(tenant).and(products::id.eq_any(ids)))
        .select(ProductRow::as_select())
        .load(db.conn())
        .await?;
    if rows.is_empty() {
        return Ok(vec![]);
    }
    let options = product_options::table
        .filter(product_options::tenant_id.eq(tenant).and(product_options::product_id.eq_any(ids)))
        .order((product_options::position, product_options::id))
        .select(OptionRow::as_select())
        .load(db.conn())
        .await?;
    let media = product_media::table
        .filter(product_media::tenant_id.eq(tenant).and(product_media::product_id.eq_any(ids)))
        .order((product_media::position, product_media::id))
        .select(MediaRow::as_select())
        .load(db.conn())
        .await?;
    let values = values(db, ids).await?;
    let totals = totals(db, ids).await?;
    let published = published(db, ids).await?;
    Ok(assemble(rows, Parts { options, values, media, totals, published }))
}

async fn values(db: &mut TenantConn, products: &[i64]) -> Result<Vec<(i64, ProductOptionValue)>> {
    #[derive(QueryableByName)]
    struct Row {
        #[diesel(sql_type = BigInt)]
        option_id: i64,
        #[diesel(sql_type = BigInt)]
        id: i64,
        #[diesel(sql_type = diesel::sql_types::Text)]
        name: String,
        #[diesel(sql_type = Bool)]
        has_variants: bool,
        #[diesel(sql_type = Nullable<diesel::sql_types::Text>)]
        swatch_color: Option<String>,
        #[diesel(sql_type = Nullable<BigInt>)]
        swatch_media_id: Option<i64>,
    }
    let tenant = db.tenant_id();
    let rows: Vec<Row> = diesel::sql_query(VALUES)
        .bind::<BigInt, _>(tenant)
        .bind::<Array<BigInt>, _>(products)
        .prepared()
        .load(db.conn())
        .await?;
    let value = |row: Row| {
        let value = ProductOptionValue {
            id: ProductOptionValueId(row.id),
            name: row.name,
            has_variants: row.has_variants,
            swatch_color: row.swatch_color,
            swatch_media: row.swatch_media_id.map(MediaId),
        };
        (row.option_id, value)
    };
    Ok(rows.into_iter().map(value).collect())
}

/// Product by product, for the reason told at `TOTALS`.
const VALUES: &str = "select w.option_id, w.id, w.name, w.swatch_color, w.swatch_media_id, w.has_variants
    from (select distinct unnest($2) as id) product
    cross join lateral (
        select w.*, used.id is not null as has_variants
        from (select w.* from product_options o
              cross join lateral (
                  select option_id, id, name, position, swatch_color, swatch_media_id from product_option_values
                  where tenant_id = $1 and option_id = o.id offset 0) w
              where o.tenant_id = $1 and o.product_id = product.id offset 0) w
        left join (select distinct unnest(option_value_ids) as id from product_variants
                   where tenant_id = $1 and product_id = product.id offset 0) used on used.id = w.id offset 0) w
    order by w.option_id, w.position, w.id";

async fn totals(db: &mut TenantConn, products: &[i64]) -> Result<HashMap<i64, Totals>> {
    #[derive(QueryableByName)]
    struct Row {
        #[diesel(sql_type = BigInt)]
        product_id: i64,
        #[diesel(sql_type = BigInt)]
        variants: i64,
        #[diesel(sql_type = BigInt)]
        inventory: i64,
        #[diesel(sql_type = Bool)]
        tracked: bool,
        #[diesel(sql_type = Array<Nullable<BigInt>>)]
        prices: Vec<Option<i64>>,
        #[diesel(sql_type = Array<Nullable<BigInt>>)]
        former_prices: Vec<Option<i64>>,
    }
    let tenant = db.tenant_id();
    let rows: Vec<Row> = diesel::sql_query(TOTALS)
        .bind::<BigInt, _>(tenant)
        .bind::<Array<BigInt>, _>(products)
        .prepared()
        .load(db.conn())
        .await?;
    let totals = |row: Row| {
        let range = |ends: Vec<Option<i64>>| MoneyRange::of(ends.into_iter().flatten());
        let (prices, former_prices) = (range(row.prices), range(row.former_prices));
        let Row { product_id, variants, inventory, tracked, .. } = row;
        (product_id, Totals { variants, prices, former_prices, inventory, tracked })
    };
    Ok(rows.into_iter().map(totals).collect())
}

/// Each OFFSET 0 keeps the planner from joining whole stores: on rows that were just written in bulk it has no statistics, and
/// believes that a store is small.
const TOTALS: &str =
    "select product.id as product_id, count(*) as variants, bool_or(item.tracked) as tracked,
        coalesce(sum(item.inventory), 0)::bigint as inventory,
        array[min(item.price_minor), max(item.price_minor)] as prices,
        array[min(item.compare_at_price_minor), max(item.compare_at_price_minor)] as former_prices
    from (select distinct unnest($2) as id) product
    cross join lateral (
        select i.tracked, v.price_minor, v.compare_at_price_minor,
            (select sum(l.available) from inventory_levels l
             join locations p on p.tenant_id = l.tenant_id and p.id = l.location_id
             where l.tenant_id = $1 and l.item_id = i.id and i.tracked and p.is_active) as inventory
        from inventory_items i
        cross join lateral (
            select price_minor, compare_at_price_minor from product_variants
            where tenant_id = $1 and id = i.variant_id offset 0) v
        where i.tenant_id = $1 and i.product_id = product.id offset 0) item
    group by product.id";

async fn published(db: &mut TenantConn, products: &[i64]) -> Result<HashMap<i64, DateTime<Utc>>> {
    use product_publications as pp;
    let tenant = db.tenant_id();
    let rows: Vec<(i64, DateTime<Utc>)> = pp::table
        .inner_join(
            publications::table
                .on(publications::tenant_id.eq(pp::tenant_id).and(publications::id.eq(pp::publication_id))),
        )
        .filter(pp::tenant_id.eq(tenant).and(pp::product_id.eq_any(products)))
        .filter(publications::handle.eq(ONLINE_STORE))
        .select((pp::product_id, pp::published_at))
        .load(db.conn())
        .await?;
    Ok(rows.into_iter().collect())
}
