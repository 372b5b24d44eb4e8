//! SQL for many rows at once: one array per column, which PostgreSQL turns into rows. COPY is refused under row-level security,
//! and this is nearly as fast.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use diesel::{
    QueryableByName,
    sql_types::{Array, BigInt, Bool, Integer, Jsonb, Nullable, Text, Timestamptz},
};
use diesel_async::RunQueryDsl;
use mcom_data::{Cx, Result, TenantConn};
use mcom_schema::text::fold;
use serde_json::json;

use super::{Draft, DraftImage, DraftVariant};

/// Between the tags of a product on their way through a text array.
const SEPARATOR: &str = "\u{1f}";

#[derive(QueryableByName)]
struct Placed {
    #[diesel(sql_type = BigInt)]
    owner: i64,
    #[diesel(sql_type = Integer)]
    position: i32,
    #[diesel(sql_type = BigInt)]
    id: i64,
}

fn placed(rows: Vec<Placed>) -> HashMap<(i64, i32), i64> {
    rows.into_iter().map(|row| ((row.owner, row.position), row.id)).collect()
}

#[derive(Default)]
pub(super) struct ProductColumns {
    handles: Vec<String>,
    titles: Vec<String>,
    bodies: Vec<String>,
    vendors: Vec<String>,
    types: Vec<String>,
    statuses: Vec<&'static str>,
    tags: Vec<String>,
    seo_titles: Vec<Option<String>>,
    seo_descriptions: Vec<Option<String>>,
    gift_cards: Vec<bool>,
    title_keys: Vec<String>,
    vendor_keys: Vec<String>,
    type_keys: Vec<String>,
}

impl ProductColumns {
    pub(super) fn push(&mut self, draft: &Draft) {
        self.handles.push(draft.handle.clone());
        self.titles.push(draft.title.clone());
        self.bodies.push(draft.description_html.clone());
        self.vendors.push(draft.vendor.clone());
        self.types.push(draft.product_type.clone());
        self.statuses.push(draft.status.name());
        self.tags.push(draft.tags.join(SEPARATOR));
        self.seo_titles.push(draft.seo_title.clone());
        self.seo_descriptions.push(draft.seo_description.clone());
        self.gift_cards.push(draft.gift_card);
        self.title_keys.push(fold(&draft.title));
        self.vendor_keys.push(fold(&draft.vendor));
        self.type_keys.push(fold(&draft.product_type));
    }
}

/// Adds products; answers with handle and id of those whose handle was free.
pub(super) async fn products(
    db: &mut TenantConn,
    columns: &ProductColumns,
    now: DateTime<Utc>,
) -> Result<Vec<(String, i64)>> {
    #[derive(QueryableByName)]
    struct Row {
        #[diesel(sql_type = Text)]
        handle: String,
        #[diesel(sql_type = BigInt)]
        id: i64,
    }
    let tenant = db.tenant_id();
    let rows: Vec<Row> = diesel::sql_query(PRODUCTS)
        .bind::<BigInt, _>(tenant)
        .bind::<Timestamptz, _>(now)
        .bind::<Array<Text>, _>(&columns.handles)
        .bind::<Array<Text>, _>(&columns.titles)
        .bind::<Array<Text>, _>(&columns.bodies)
        .bind::<Array<Text>, _>(&columns.vendors)
        .bind::<Array<Text>, _>(&columns.types)
        .bind::<Array<Text>, _>(&columns.statuses)
        .bind::<Array<Text>, _>(&columns.tags)
        .bind::<Array<Nullable<Text>>, _>(&columns.seo_titles)
        .bind::<Array<Nullable<Text>>, _>(&columns.seo_descriptions)
        .bind::<Array<Bool>, _>(&columns.gift_cards)
        .bind::<Array<Text>, _>(&columns.title_keys)
        .bind::<Array<Text>, _>(&columns.vendor_keys)
        .bind::<Array<Text>, _>(&columns.type_keys)
        .load(db.conn())
        .await?;
    Ok(rows.into_iter().map(|row| (row.handle, row.id)).collect())
}

const PRODUCTS: &str = "insert into products (tenant_id, handle, title, description_html, vendor, product_type, status, tags,
        seo_title, seo_description, gift_card, title_key, vendor_key, type_key, created_at, updated_at)
    select $1, t.handle, t.title, t.body, t.vendor, t.type, t.status, string_to_array(t.tags, chr(31)),
        t.seo_title, t.seo_description, t.gift_card, t.title_key, t.vendor_key, t.type_key, $2, $2
    from unnest($3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15) as t(handle, title, body, vendor, type, status, tags,
        seo_title, seo_description, gift_card, title_key, vendor_key, type_key)
    on conflict (tenant_id, handle) do nothing returning handle, id";

#[derive(Default)]
pub(super) struct OptionColumns {
    products: Vec<i64>,
    names: Vec<String>,
    positions: Vec<i32>,
}

impl OptionColumns {
    pub(super) fn push(&mut self, product: i64, name: &str, position: i32) {
        self.products.push(product);
        self.names.push(name.to_owned());
        self.positions.push(position);
    }
}

/// Adds options; answers with their ids by product and position.
pub(super) async fn options(
    db: &mut TenantConn,
    columns: &OptionColumns,
) -> Result<HashMap<(i64, i32), i64>> {
    let tenant = db.tenant_id();
    let rows = diesel::sql_query(OPTIONS)
        .bind::<BigInt, _>(tenant)
        .bind::<Array<BigInt>, _>(&columns.products)
        .bind::<Array<Text>, _>(&columns.names)
        .bind::<Array<Integer>, _>(&columns.positions)
        .load(db.conn())
        .await?;
    Ok(placed(rows))
}

const OPTIONS: &str = "insert into product_options (tenant_id, product_id, name, position)
    select $1, * from unnest($2, $3, $4) returning product_id as owner, position, id";

#[derive(Default)]
pub(super) struct ValueColumns {
    options: Vec<i64>,
    names: Vec<String>,
    positions: Vec<i32>,
}

impl ValueColumns {
    pub(super) fn push(&mut self, option: i64, name: &str, position: i32) {
        self.options.push(option);
        self.names.push(name.to_owned());
        self.positions.push(position);
    }
}

/// Adds values; answers with their ids by option and position.
pub(super) async fn values(db: &mut TenantConn, columns: &ValueColumns) -> Result<HashMap<(i64, i32), i64>> {
    let tenant = db.tenant_id();
    let rows = diesel::sql_query(VALUES)
        .bind::<BigInt, _>(tenant)
        .bind::<Array<BigInt>, _>(&columns.options)
        .bind::<Array<Text>, _>(&columns.names)
        .bind::<Array<Integer>, _>(&columns.positions)
        .load(db.conn())
        .await?;
    Ok(placed(rows))
}

const VALUES: &str = "insert into product_option_values (tenant_id, option_id, name, position)
    select $1, * from unnest($2, $3, $4) returning option_id as owner, position, id";

#[derive(Default)]
pub(super) struct MediaColumns {
    products: Vec<i64>,
    urls: Vec<String>,
    alts: Vec<Option<String>>,
    positions: Vec<i32>,
}

impl MediaColumns {
    pub(super) fn push(&mut self, product: i64, image: &DraftImage, position: i32) {
        self.products.push(product);
        self.urls.push(image.url.clone());
        self.alts.push(image.alt.clone());
        self.positions.push(position);
    }
}

/// Adds images; answers with their ids by product and position.
pub(super) async fn media(db: &mut TenantConn, columns: &MediaColumns) -> Result<HashMap<(i64, i32), i64>> {
    let tenant = db.tenant_id();
    let rows = diesel::sql_query(MEDIA)
        .bind::<BigInt, _>(tenant)
        .bind::<Array<BigInt>, _>(&columns.products)
        .bind::<Array<Text>, _>(&columns.urls)
        .bind::<Array<Nullable<Text>>, _>(&columns.alts)
        .bind::<Array<Integer>, _>(&columns.positions)
        .load(db.conn())
        .await?;
    Ok(placed(rows))
}

const MEDIA: &str = "insert into product_media (tenant_id, product_id, url, alt, position)
    select $1, * from unnest($2, $3, $4, $5) returning product_id as owner, position, id";

#[derive(Default)]
pub(super) struct VariantColumns {
    products: Vec<i64>,
    titles: Vec<String>,
    skus: Vec<Option<String>>,
    barcodes: Vec<Option<String>>,
    prices: Vec<i64>,
    compare_ats: Vec<Option<i64>>,
    taxable: Vec<bool>,
    shipped: Vec<bool>,
    policies: Vec<&'static str>,
    grams: Vec<i64>,
    values: Vec<String>,
    images: Vec<Option<i64>>,
    positions: Vec<i32>,
}

impl VariantColumns {
    /// `chosen`: its value ids, and its image.
    pub(super) fn push(
        &mut self,
        product: i64,
        draft: &Draft,
        (variant, position): (&DraftVariant, i32),
        (chosen, image): (&[i64], Option<i64>),
    ) {
        self.products.push(product);
        self.titles.push(draft.variant_title(variant));
        self.skus.push(variant.sku.clone());
        self.barcodes.push(variant.barcode.clone());
        self.prices.push(variant.price_minor);
        self.compare_ats.push(variant.compare_at_minor);
        self.taxable.push(variant.taxable);
        self.shipped.push(variant.requires_shipping);
        self.policies.push(variant.policy.name());
        self.grams.push(variant.weight_grams);
        // Arrays of arrays lose their inner bounds; the text of one does not.
        let ids: Vec<String> = chosen.iter().map(i64::to_string).collect();
        self.values.push(format!("{{{}}}", ids.join(",")));
        self.images.push(image);
        self.positions.push(position);
    }
}

/// Adds variants; answers with their ids by product and position.
pub(super) async fn variants(
    db: &mut TenantConn,
    columns: &VariantColumns,
    now: DateTime<Utc>,
) -> Result<HashMap<(i64, i32), i64>> {
    let tenant = db.tenant_id();
    let rows = diesel::sql_query(VARIANTS)
        .bind::<BigInt, _>(tenant)
        .bind::<Timestamptz, _>(now)
        .bind::<Array<BigInt>, _>(&columns.products)
        .bind::<Array<Text>, _>(&columns.titles)
        .bind::<Array<Nullable<Text>>, _>(&columns.skus)
        .bind::<Array<Nullable<Text>>, _>(&columns.barcodes)
        .bind::<Array<BigInt>, _>(&columns.prices)
        .bind::<Array<Nullable<BigInt>>, _>(&columns.compare_ats)
        .bind::<Array<Bool>, _>(&columns.taxable)
        .bind::<Array<Bool>, _>(&columns.shipped)
        .bind::<Array<Text>, _>(&columns.policies)
        .bind::<Array<BigInt>, _>(&columns.grams)
        .bind::<Array<Text>, _>(&columns.values)
        .bind::<Array<Nullable<BigInt>>, _>(&columns.images)
        .bind::<Array<Integer>, _>(&columns.positions)
        .load(db.conn())
        .await?;
    Ok(placed(rows))
}

const VARIANTS: &str = "insert into product_variants (tenant_id, product_id, title, sku, barcode, price_minor,
        compare_at_price_minor, taxable, requires_shipping, inventory_policy, weight_grams, option_value_ids, media_id, position,
        created_at, updated_at)
    select $1, t.product, t.title, t.sku, t.barcode, t.price, t.compare_at, t.taxable, t.shipped, t.policy, t.grams,
        t.chosen::bigint[], t.image, t.position, $2, $2
    from unnest($3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15) as t(product, title, sku, barcode, price, compare_at,
        taxable, shipped, policy, grams, chosen, image, position)
    returning product_id as owner, position, id";

#[derive(Default)]
pub(super) struct ItemColumns {
    variants: Vec<i64>,
    products: Vec<i64>,
    tracked: Vec<bool>,
    costs: Vec<Option<i64>>,
}

impl ItemColumns {
    pub(super) fn push(&mut self, id: i64, product: i64, variant: &DraftVariant) {
        self.variants.push(id);
        self.products.push(product);
        self.tracked.push(variant.tracked);
        self.costs.push(variant.cost_minor);
    }
}

/// Adds what variants are in the warehouse.
pub(super) async fn items(db: &mut TenantConn, columns: &ItemColumns, now: DateTime<Utc>) -> Result<()> {
    let tenant = db.tenant_id();
    diesel::sql_query(ITEMS)
        .bind::<BigInt, _>(tenant)
        .bind::<Timestamptz, _>(now)
        .bind::<Array<BigInt>, _>(&columns.variants)
        .bind::<Array<BigInt>, _>(&columns.products)
        .bind::<Array<Bool>, _>(&columns.tracked)
        .bind::<Array<Nullable<BigInt>>, _>(&columns.costs)
        .execute(db.conn())
        .await?;
    Ok(())
}

const ITEMS: &str = "insert into inventory_items
        (tenant_id, variant_id, product_id, tracked, cost_minor, created_at, updated_at)
    select $1, t.variant, t.product, t.tracked, t.cost, $2, $2
    from unnest($3, $4, $5, $6) as t(variant, product, tracked, cost)";

#[derive(Default)]
pub(super) struct LevelColumns {
    variants: Vec<i64>,
    quantities: Vec<i64>,
}

impl LevelColumns {
    pub(super) fn push(&mut self, variant: i64, quantity: i64) {
        self.variants.push(variant);
        self.quantities.push(quantity);
    }
}

/// Adds stock at one location.
pub(super) async fn levels(
    db: &mut TenantConn,
    columns: &LevelColumns,
    location: i64,
    now: DateTime<Utc>,
) -> Result<()> {
    let tenant = db.tenant_id();
    diesel::sql_query(LEVELS)
        .bind::<BigInt, _>(tenant)
        .bind::<Timestamptz, _>(now)
        .bind::<BigInt, _>(location)
        .bind::<Array<BigInt>, _>(&columns.variants)
        .bind::<Array<BigInt>, _>(&columns.quantities)
        .execute(db.conn())
        .await?;
    Ok(())
}

const LEVELS: &str = "insert into inventory_levels (tenant_id, item_id, location_id, available, updated_at)
    select $1, i.id, $3, t.quantity, $2 from unnest($4, $5) as t(variant, quantity)
    join inventory_items i on i.tenant_id = $1 and i.variant_id = t.variant";

/// Puts products on a publication.
pub(super) async fn publish(
    db: &mut TenantConn,
    products: &[i64],
    publication: i64,
    now: DateTime<Utc>,
) -> Result<()> {
    let tenant = db.tenant_id();
    diesel::sql_query(PUBLISH)
        .bind::<BigInt, _>(tenant)
        .bind::<Array<BigInt>, _>(products)
        .bind::<BigInt, _>(publication)
        .bind::<Timestamptz, _>(now)
        .execute(db.conn())
        .await?;
    Ok(())
}

const PUBLISH: &str = "insert into product_publications (tenant_id, product_id, publication_id, published_at)
    select $1, t.id, $3, $4 from unnest($2) as t(id) on conflict do nothing";

/// Appends the first event of each product's life.
pub(super) async fn tell(cx: &Cx, db: &mut TenantConn, drafts: &[Draft], ids: &[i64]) -> Result<()> {
    let payload = |(id, draft): (&i64, &Draft)| json!({ "id": id, "handle": draft.handle, "title": draft.title, "status": draft.status.name(), "version": 1 });
    let payloads: Vec<serde_json::Value> = ids.iter().zip(drafts).map(payload).collect();
    let tenant = db.tenant_id();
    diesel::sql_query(TELL)
        .bind::<BigInt, _>(tenant)
        .bind::<Array<BigInt>, _>(ids)
        .bind::<Array<Jsonb>, _>(&payloads)
        .bind::<Text, _>(cx.actor().to_string())
        .bind::<Text, _>(cx.request().0.to_string())
        .bind::<Timestamptz, _>(cx.now())
        .execute(db.conn())
        .await?;
    Ok(())
}

const TELL: &str = "with appended as (
        insert into events (tenant_id, aggregate, aggregate_id, sequence, topic, version, payload, actor, request_id, created_at)
        select $1, 'product', t.id, 1, 'products/create', 1, t.payload, $4, $5, $6 from unnest($2, $3) as t(id, payload)
        returning tenant_id, id, aggregate, aggregate_id)
    insert into outbox (tenant_id, event_id, aggregate, aggregate_id)
    select tenant_id, id, aggregate, aggregate_id from appended";
