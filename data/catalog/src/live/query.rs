//! SQL of the storefront's view.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use diesel::{
    dsl::sql,
    expression::SqlLiteral,
    prelude::*,
    sql_types::{Array, BigInt, Bool, Text, Timestamptz},
};
use diesel_async::RunQueryDsl;
use mcom_data::{
    Prepare, Result, TenantConn, Transaction, keyset,
    page::{Page, PageArgs},
};
use mcom_schema::{id::ProductId, text::fold};
use mcom_tables::{product_documents, product_variants, products};

use super::{ListQuery, ProductSort, document::ProductDocument, stock::Pieces};
use crate::products::Condition;

/// A document, and how many pieces of its variants are free to sell online.
pub(super) struct Shelf {
    pub(super) document: ProductDocument,
    pub(super) pieces: Pieces,
}

/// The same as the database has it, to be read or passed on.
pub(super) struct ShelfRow {
    pub(super) id: i64,
    pub(super) document: String,
    pub(super) pieces: String,
    /// Every transaction before this one was over when it was read.
    pub(super) snapshot: Transaction,
}

/// The documents of the published ones among `ids`, with their stock. One statement.
pub(super) async fn shelves(db: &mut TenantConn, ids: &[i64]) -> Result<Vec<ShelfRow>> {
    let of_tenant = product_documents::tenant_id.eq(db.tenant_id());
    let rows = product_documents::table
        .filter(of_tenant.and(product_documents::product_id.eq_any(ids)))
        .select(shelf_columns())
        .prepared()
        .load::<ShelfColumns>(db.conn())
        .await?;
    Ok(rows.into_iter().map(ShelfRow::from).collect())
}

/// The published product with this handle, with its stock. One statement.
pub(super) async fn shelf_by_handle(db: &mut TenantConn, handle: &str) -> Result<Option<ShelfRow>> {
    let of_tenant = product_documents::tenant_id.eq(db.tenant_id());
    let row = product_documents::table
        .filter(of_tenant.and(product_documents::handle.eq(handle)))
        .select(shelf_columns())
        .prepared()
        .get_result::<ShelfColumns>(db.conn())
        .await
        .optional()?;
    Ok(row.map(ShelfRow::from))
}

/// All handles of published products, if there are no more than `most`.
pub(super) async fn handles(db: &mut TenantConn, most: u64) -> Result<Option<Vec<String>>> {
    let most = usize::try_from(most).unwrap_or(usize::MAX);
    let limit = i64::try_from(most).unwrap_or(i64::MAX).saturating_add(1);
    let rows: Vec<String> = product_documents::table
        .filter(product_documents::tenant_id.eq(db.tenant_id()))
        .order(product_documents::handle)
        .limit(limit)
        .select(product_documents::handle)
        .load(db.conn())
        .await?;
    Ok((rows.len() <= most).then_some(rows))
}

type ShelfColumns = (i64, String, String, i64);

#[diesel::dsl::auto_type]
fn shelf_columns() -> _ {
    let document: SqlLiteral<Text> = sql::<Text>("document::text");
    let pieces: SqlLiteral<Text> = sql::<Text>(stock_of!("product_documents"));
    let snapshot: SqlLiteral<BigInt> = sql::<BigInt>(SNAPSHOT);
    (product_documents::product_id, document, pieces, snapshot)
}

impl From<ShelfColumns> for ShelfRow {
    fn from((id, document, pieces, snapshot): ShelfColumns) -> Self {
        ShelfRow { id, document, pieces, snapshot: Transaction(snapshot) }
    }
}

impl ShelfRow {
    pub(super) fn read(&self) -> Result<Shelf> {
        let document = serde_json::from_str(&self.document)?;
        Ok(Shelf { document, pieces: serde_json::from_str(&self.pieces)? })
    }
}

const SNAPSHOT: &str = "pg_snapshot_xmin(pg_current_snapshot())::text::bigint";

/// What is free to sell online of the product that the row under this alias is about: [`Pieces`] as JSON.
macro_rules! stock_of {
    ($row:literal) => {
        concat!(
            "(select json_build_object('own', coalesce(json_object_agg(s.variant_id, s.available), '{}'), 'parts', ",
            crate::bundles::query::parts!(concat!(
                "c.tenant_id = ",
                $row,
                ".tenant_id and c.product_id = ",
                $row,
                ".product_id"
            )),
            ")::text from (
                select i.variant_id, sum(l.available)::bigint as available
                from inventory_items i
                join inventory_levels l on l.tenant_id = i.tenant_id and l.item_id = i.id
                join locations p on p.tenant_id = l.tenant_id and p.id = l.location_id
                where i.tenant_id = ",
            $row,
            ".tenant_id and i.product_id = ",
            $row,
            ".product_id and p.is_active and p.fulfills_online_orders
                group by i.variant_id) s)"
        )
    };
}
pub(crate) use stock_of;

/// What is free to sell online of the published ones among these products. One statement.
pub(super) async fn stock(db: &mut TenantConn, products: &[i64]) -> Result<HashMap<i64, Pieces>> {
    let tenant = db.tenant_id();
    let rows: Vec<StockRow> = diesel::sql_query(STOCK)
        .bind::<BigInt, _>(tenant)
        .bind::<Array<BigInt>, _>(products)
        .prepared()
        .load(db.conn())
        .await?;
    rows.into_iter().map(|row| Ok((row.product_id, serde_json::from_str(&row.pieces)?))).collect()
}

const STOCK: &str = concat!(
    "select d.product_id, ",
    stock_of!("d"),
    " as pieces from product_documents d where d.tenant_id = $1 and d.product_id = any($2)"
);

#[derive(QueryableByName)]
struct StockRow {
    #[diesel(sql_type = BigInt)]
    product_id: i64,
    #[diesel(sql_type = Text)]
    pieces: String,
}

/// Which product each of these variants belongs to.
pub(super) async fn owners(db: &mut TenantConn, variants: &[i64]) -> Result<Vec<(i64, i64)>> {
    let of_tenant = product_variants::tenant_id.eq(db.tenant_id());
    let rows = product_variants::table
        .filter(of_tenant.and(product_variants::id.eq_any(variants)))
        .select((product_variants::id, product_variants::product_id))
        .load(db.conn())
        .await?;
    Ok(rows)
}

/// One page of ids, by keyset on the sort's column and the id.
#[expect(
    clippy::cognitive_complexity,
    reason = "a flat list of sorts; what the macro contains is counted for each"
)]
pub(super) async fn page(db: &mut TenantConn, list: &ListQuery) -> Result<Page<ProductId>> {
    use product_documents as d;
    let tenant = db.tenant_id();
    let mut rows = d::table.filter(d::tenant_id.eq(tenant)).into_boxed();
    if let Some(filter) = &list.filter {
        let named = products::table.filter(products::tenant_id.eq(tenant).and(Condition::of(filter)));
        rows = rows.filter(d::product_id.eq_any(named.select(products::id)));
    }
    let args = &list.page;
    let page = match list.sort {
        ProductSort::Title => keyset!(db, rows, args, "TITLE", d::title_key => String, d::product_id),
        ProductSort::Vendor => keyset!(db, rows, args, "VENDOR", d::vendor_key => String, d::product_id),
        ProductSort::ProductType => keyset!(db, rows, args, "TYPE", d::type_key => String, d::product_id),
        ProductSort::BestSelling => {
            let best_first = PageArgs { reverse: !args.reverse, ..args.clone() };
            keyset!(db, rows, &best_first, "SOLD", d::sold => i64, d::product_id)
        }
        ProductSort::Price => keyset!(db, rows, args, "PRICE", d::min_price_minor => i64, d::product_id),
        ProductSort::CreatedAt => {
            keyset!(db, rows, args, "CREATED", d::created_at => DateTime<Utc>, d::product_id)
        }
        ProductSort::UpdatedAt => {
            keyset!(db, rows, args, "UPDATED", d::updated_at => DateTime<Utc>, d::product_id)
        }
        ProductSort::Id => keyset!(db, rows, args, "ID", d::product_id => i64, d::product_id),
    };
    Ok(page.map(ProductId))
}

/// The tags of published products, each once. A tag in two spellings counts as two.
pub(super) async fn tags(db: &mut TenantConn, limit: i64) -> Result<Vec<String>> {
    words(db, TAGS, limit).await
}

/// The types of published products, each once; not the empty one.
pub(super) async fn types(db: &mut TenantConn, limit: i64) -> Result<Vec<String>> {
    words(db, TYPES, limit).await
}

async fn words(db: &mut TenantConn, sql: &'static str, limit: i64) -> Result<Vec<String>> {
    #[derive(QueryableByName)]
    struct Row {
        #[diesel(sql_type = Text)]
        word: String,
    }
    let tenant = db.tenant_id();
    let rows: Vec<Row> =
        diesel::sql_query(sql).bind::<BigInt, _>(tenant).bind::<BigInt, _>(limit).load(db.conn()).await?;
    Ok(rows.into_iter().map(|row| row.word).collect())
}

const TAGS: &str = "select distinct tag as word
    from product_documents d
    join products p on p.tenant_id = d.tenant_id and p.id = d.product_id
    cross join lateral unnest(p.tags) tag
    where d.tenant_id = $1 order by word limit $2";

const TYPES: &str = "select distinct p.product_type as word
    from product_documents d
    join products p on p.tenant_id = d.tenant_id and p.id = d.product_id
    where d.tenant_id = $1 and p.product_type <> '' order by word limit $2";

/// Published products that are bought together with a product, those in most orders first; then those that share collections, type or
/// maker with it, those with the most in common first; then what sells best.
pub(super) async fn related(db: &mut TenantConn, product: i64, limit: i64) -> Result<Vec<ProductId>> {
    beside(db, RELATED, product, limit).await
}

/// Published products that are bought together with a product, those in most orders first; then those of other types that share
/// collections with it, those with the most in common first; then what sells best.
pub(super) async fn complementary(db: &mut TenantConn, product: i64, limit: i64) -> Result<Vec<ProductId>> {
    beside(db, COMPLEMENTARY, product, limit).await
}

async fn beside(db: &mut TenantConn, sql: &'static str, product: i64, limit: i64) -> Result<Vec<ProductId>> {
    #[derive(QueryableByName)]
    struct Row {
        #[diesel(sql_type = BigInt)]
        product_id: i64,
    }
    let tenant = db.tenant_id();
    let rows: Vec<Row> = diesel::sql_query(sql)
        .bind::<BigInt, _>(tenant)
        .bind::<BigInt, _>(product)
        .bind::<BigInt, _>(limit)
        .load(db.conn())
        .await?;
    Ok(rows.into_iter().map(|row| ProductId(row.product_id)).collect())
}

/// The neighbors of a product in its collections. Of each collection, of the type and of the maker, only the nearest ones by id are looked
/// at: a collection may hold a whole store.
macro_rules! beside_in_collections {
    () => {
        "    mine as (
        select collection_id from collection_products where tenant_id = $1 and product_id = $2
        order by collection_id limit 16),
    near as (
        select n.product_id from mine cross join lateral (
            (select product_id from collection_products
             where tenant_id = $1 and collection_id = mine.collection_id and product_id > $2 order by product_id limit 20)
            union all
            (select product_id from collection_products
             where tenant_id = $1 and collection_id = mine.collection_id and product_id < $2
             order by product_id desc limit 20)) n"
    };
}

/// Further neighbors: those of which `$key` is the same.
macro_rules! beside_by {
    ($key:literal) => {
        concat!(
            "
        union all
        select n.product_id from it cross join lateral (
            (select product_id from product_documents
             where tenant_id = $1 and ",
            $key,
            " = it.",
            $key,
            " and product_id > $2 order by product_id limit 20)
            union all
            (select product_id from product_documents
             where tenant_id = $1 and ",
            $key,
            " = it.",
            $key,
            " and product_id < $2
             order by product_id desc limit 20)) n
        where it.",
            $key,
            " <> ''"
        )
    };
}

/// Neighbors in their order, after what is bought together with the product and before what sells best.
macro_rules! ranked {
    () => {
        "    together as (
        select other_id as product_id, orders from product_pairs
        where tenant_id = $1 and product_id = $2 and orders > 0 order by orders desc, other_id desc limit 20),
    best as (
        select product_id from product_documents where tenant_id = $1 order by sold desc, product_id desc limit 20)
    select n.product_id from (
        select product_id, 0 as orders, count(*) as alike from near group by product_id
        union all
        select product_id, orders, 0 from together
        union all
        select product_id, 0, 0 from best) n
    join product_documents d on d.tenant_id = $1 and d.product_id = n.product_id
    where exists (select 1 from it) and n.product_id <> $2
    group by n.product_id order by max(n.orders) desc, sum(n.alike) desc, max(d.sold) desc, n.product_id limit $3"
    };
}

const RELATED: &str = concat!(
    "with it as (
        select product_id, type_key, vendor_key from product_documents where tenant_id = $1 and product_id = $2),
",
    beside_in_collections!(),
    beside_by!("type_key"),
    beside_by!("vendor_key"),
    "),\n",
    ranked!()
);

const COMPLEMENTARY: &str = concat!(
    "with it as (
        select product_id, type_key from product_documents where tenant_id = $1 and product_id = $2),
",
    beside_in_collections!(),
    "
        cross join it join product_documents d on d.tenant_id = $1 and d.product_id = n.product_id
        where d.type_key <> it.type_key),
",
    ranked!()
);

/// Writes documents over those there are. Answers whether one of them is new, or other than before in what lists are made by.
pub(super) async fn put(db: &mut TenantConn, documents: &[ProductDocument]) -> Result<bool> {
    #[derive(QueryableByName)]
    struct Outcome {
        #[diesel(sql_type = Bool)]
        moved: bool,
    }
    let texts = documents.iter().map(serde_json::to_string).collect::<Result<Vec<String>, _>>()?;
    let each = |of: fn(&ProductDocument) -> &str| documents.iter().map(of).collect::<Vec<&str>>();
    let keys = |of: fn(&ProductDocument) -> &str| documents.iter().map(|d| fold(of(d))).collect::<Vec<_>>();
    let numbers = |of: fn(&ProductDocument) -> i64| documents.iter().map(of).collect::<Vec<i64>>();
    let times = |of: fn(&ProductDocument) -> DateTime<Utc>| documents.iter().map(of).collect::<Vec<_>>();
    let tenant = db.tenant_id();
    let outcome: Outcome = diesel::sql_query(PUT)
        .bind::<BigInt, _>(tenant)
        .bind::<Array<BigInt>, _>(numbers(|d| d.id.0))
        .bind::<Array<Text>, _>(each(|d| &d.handle))
        .bind::<Array<Text>, _>(keys(|d| &d.title))
        .bind::<Array<Text>, _>(keys(|d| &d.vendor))
        .bind::<Array<Text>, _>(keys(|d| &d.product_type))
        .bind::<Array<BigInt>, _>(numbers(|d| d.price_range.min_minor))
        .bind::<Array<Timestamptz>, _>(times(|d| d.created_at))
        .bind::<Array<Timestamptz>, _>(times(|d| d.updated_at))
        .bind::<Array<Timestamptz>, _>(times(|d| d.published_at))
        .bind::<Array<BigInt>, _>(numbers(|d| d.version))
        .bind::<Array<Text>, _>(texts)
        .prepared()
        .get_result(db.conn())
        .await?;
    Ok(outcome.moved)
}

/// What was before is read in the same snapshot, before anything is written. No list is made by descriptions, pictures or versions.
const PUT: &str = "with given as (
        select * from unnest($2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
        as t(id, handle, title_key, vendor_key, type_key, price, created_at, updated_at, published_at, version, document)),
    before as (
        select product_id, document::jsonb as document from product_documents where tenant_id = $1 and product_id = any($2)),
    written as (insert into product_documents (tenant_id, product_id, handle, title_key, vendor_key, type_key,
        min_price_minor, created_at, updated_at, published_at, version, document, sold)
    select $1, t.id, t.handle, t.title_key, t.vendor_key, t.type_key, t.price, t.created_at, t.updated_at, t.published_at,
        t.version, t.document::json,
        coalesce((select sum(s.units) from product_sales s where s.tenant_id = $1 and s.product_id = t.id), 0)
    from given t
    on conflict (tenant_id, product_id) do update set handle = excluded.handle, title_key = excluded.title_key,
        vendor_key = excluded.vendor_key, type_key = excluded.type_key, min_price_minor = excluded.min_price_minor,
        updated_at = excluded.updated_at, published_at = excluded.published_at, version = excluded.version,
        document = excluded.document)
    select coalesce(bool_or(case when before.document is null then true else
        before.document - array['version', 'description_html', 'description', 'template_suffix', 'seo_title', 'seo_description',
            'media', 'updated_at']
        <> given.document::jsonb - array['version', 'description_html', 'description', 'template_suffix', 'seo_title', 'seo_description',
            'media', 'updated_at'] end), false) as moved
    from given left join before on before.product_id = given.id";

/// Takes documents away. Answers whether there were any.
pub(super) async fn remove(db: &mut TenantConn, products: &[i64]) -> Result<bool> {
    use product_documents as d;
    let tenant = db.tenant_id();
    let removed =
        diesel::delete(d::table.filter(d::tenant_id.eq(tenant).and(d::product_id.eq_any(products))))
            .execute(db.conn())
            .await?;
    Ok(removed > 0)
}
