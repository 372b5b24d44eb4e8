//! Reading variants.

use std::collections::HashMap;

use diesel::{
    prelude::*,
    sql_types::{Array, BigInt, Bool, Jsonb, Nullable, Text},
};
use diesel_async::RunQueryDsl;
use mcom_data::{Prepare, Result, TenantConn, keyset, page::Page};
use mcom_schema::id::{InventoryItemId, ProductId, VariantId};
use mcom_tables::{inventory_items, product_media, product_variants, products};
use serde_json::Value;

use super::super::{
    InventoryPolicy, SaleVariant, SelectedOption, Variant, VariantList,
    row::{QuantityColumns, VariantRow},
};
use crate::{
    bundles::{self, Consists, Part, query::parts},
    live::{self, VariantStock},
    products::{Condition, MediaRow},
};

/// All variants of a product, in their order.
pub(crate) async fn of_product(db: &mut TenantConn, product: i64) -> Result<Vec<VariantRow>> {
    let tenant = db.tenant_id();
    let rows = product_variants::table
        .filter(product_variants::tenant_id.eq(tenant).and(product_variants::product_id.eq(product)))
        .order((product_variants::position, product_variants::id))
        .select(VariantRow::as_select())
        .load(db.conn())
        .await?;
    Ok(rows)
}

/// All variants of several products, by product, in their order.
pub(crate) async fn of_products(
    db: &mut TenantConn,
    products: &[i64],
) -> Result<HashMap<i64, Vec<VariantRow>>> {
    let tenant = db.tenant_id();
    let rows: Vec<VariantRow> = product_variants::table
        .filter(product_variants::tenant_id.eq(tenant).and(product_variants::product_id.eq_any(products)))
        .order((product_variants::product_id, product_variants::position, product_variants::id))
        .select(VariantRow::as_select())
        .load(db.conn())
        .await?;
    let mut by_product: HashMap<i64, Vec<VariantRow>> = HashMap::with_capacity(products.len());
    for row in rows {
        by_product.entry(row.product_id).or_default().push(row);
    }
    Ok(by_product)
}

/// What variants are in the warehouse, by variant, of all variants of several products.
pub(crate) async fn items(db: &mut TenantConn, products: &[i64]) -> Result<HashMap<i64, ItemOf>> {
    use inventory_items as i;
    let tenant = db.tenant_id();
    let rows: Vec<(i64, i64, bool, Option<i64>)> = i::table
        .filter(i::tenant_id.eq(tenant).and(i::product_id.eq_any(products)))
        .select((i::variant_id, i::id, i::tracked, i::cost_minor))
        .load(db.conn())
        .await?;
    let item = |(variant, id, tracked, cost_minor)| (variant, ItemOf { id, tracked, cost_minor });
    Ok(rows.into_iter().map(item).collect())
}

/// What a variant is in the warehouse.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct ItemOf {
    pub id: i64,
    pub tracked: bool,
    pub cost_minor: Option<i64>,
}

/// One page of ids of a product's variants, in their order.
pub(in super::super) async fn page_of_product(
    db: &mut TenantConn,
    product: i64,
    args: &mcom_data::page::PageArgs,
) -> Result<Page<i64>> {
    use product_variants as v;
    let rows = v::table.filter(v::tenant_id.eq(db.tenant_id()).and(v::product_id.eq(product))).into_boxed();
    Ok(keyset!(db, rows, args, "POSITION", v::position => i32, v::id))
}

/// One page of ids of all variants.
pub(in super::super) async fn page(db: &mut TenantConn, list: &VariantList) -> Result<Page<i64>> {
    use product_variants as v;
    let tenant = db.tenant_id();
    let mut rows = v::table.filter(v::tenant_id.eq(tenant)).into_boxed();
    if let Some(filter) = &list.products {
        let of_products = products::table.filter(products::tenant_id.eq(tenant).and(Condition::of(filter)));
        rows = rows.filter(v::product_id.eq_any(of_products.select(products::id)));
    }
    if let Some(sku) = &list.sku {
        rows = rows.filter(v::sku.eq(sku));
    }
    Ok(keyset!(db, rows, &list.page, "ID", v::id => i64, v::id))
}

/// The variants there are among `ids`, with what belongs to them, in no particular order.
pub(in super::super) async fn details(db: &mut TenantConn, ids: &[i64]) -> Result<Vec<Variant>> {
    let tenant = db.tenant_id();
    let rows: Vec<VariantRow> = product_variants::table
        .filter(product_variants::tenant_id.eq(tenant).and(product_variants::id.eq_any(ids)))
        .select(VariantRow::as_select())
        .load(db.conn())
        .await?;
    let wanted: Vec<i64> = rows.iter().filter_map(|row| row.media_id).collect();
    let media = images(db, &wanted).await?;
    let mut others = sale_rows(db, ids).await?;
    let variant = |row: VariantRow| {
        let other = others.remove(&row.id)?;
        let (stock, consists) = other.stock();
        let other = other.row;
        Some(Variant {
            components: consists.map(|it| it.of).unwrap_or_default(),
            for_sale: stock.for_sale,
            media: row.media_id.and_then(|id| media.get(&id).cloned()),
            options: other.options(),
            product_title: other.product_title,
            inventory_item_id: InventoryItemId(other.item_id),
            tracked: stock.tracked,
            inventory_quantity: other.total,
            online_quantity: stock.available,
            row,
        })
    };
    Ok(rows.into_iter().filter_map(variant).collect())
}

async fn images(db: &mut TenantConn, ids: &[i64]) -> Result<HashMap<i64, MediaRow>> {
    if ids.is_empty() {
        return Ok(HashMap::new());
    }
    let tenant = db.tenant_id();
    let rows: Vec<MediaRow> = product_media::table
        .filter(product_media::tenant_id.eq(tenant).and(product_media::id.eq_any(ids)))
        .select(MediaRow::as_select())
        .load(db.conn())
        .await?;
    Ok(rows.into_iter().map(|row| (row.id, row)).collect())
}

/// The variants that are not sold in any number at one price.
pub(in super::super) async fn with_quantities(db: &mut TenantConn) -> Result<Vec<VariantId>> {
    use product_variants as v;
    let is_ruled =
        v::quantity_minimum.ne(1).or(v::quantity_increment.ne(1)).or(v::quantity_maximum.is_not_null());
    let ids: Vec<i64> = v::table
        .filter(v::tenant_id.eq(db.tenant_id()))
        .filter(is_ruled.or(v::price_breaks.ne(serde_json::json!([]))))
        .order(v::id)
        .select(v::id)
        .load(db.conn())
        .await?;
    Ok(ids.into_iter().map(VariantId).collect())
}

/// The variants there are among `ids`, by id, as a sale needs them.
pub(in super::super) async fn for_sale(
    db: &mut TenantConn,
    ids: &[i64],
) -> Result<HashMap<i64, SaleVariant>> {
    let rows = sale_rows(db, ids).await?;
    rows.into_iter().map(|(id, row)| Ok((id, row.into_sale()?))).collect()
}

/// A row, and of what it consists if it is a bundle.
struct OnSale {
    row: SaleRow,
    parts: Vec<Part>,
}

/// One statement, and another if there are bundles among them: to ask each variant for its parts costs a third of reading it.
async fn sale_rows(db: &mut TenantConn, ids: &[i64]) -> Result<HashMap<i64, OnSale>> {
    let tenant = db.tenant_id();
    let rows: Vec<SaleRow> = diesel::sql_query(SALE)
        .bind::<BigInt, _>(tenant)
        .bind::<Array<BigInt>, _>(ids)
        .prepared()
        .load(db.conn())
        .await?;
    let bundles: Vec<i64> = rows.iter().filter(|row| row.is_bundle).map(|row| row.id).collect();
    let mut parts = if bundles.is_empty() { HashMap::new() } else { parts_of(db, &bundles).await? };
    let with_parts =
        |row: SaleRow| (row.id, OnSale { parts: parts.remove(&row.id).unwrap_or_default(), row });
    Ok(rows.into_iter().map(with_parts).collect())
}

/// Of what these bundles consist, by bundle.
async fn parts_of(db: &mut TenantConn, bundles: &[i64]) -> Result<HashMap<i64, Vec<Part>>> {
    #[derive(QueryableByName)]
    struct Found {
        #[diesel(sql_type = Text)]
        parts: String,
    }
    let tenant = db.tenant_id();
    let found: Found = diesel::sql_query(PARTS)
        .bind::<BigInt, _>(tenant)
        .bind::<Array<BigInt>, _>(bundles)
        .prepared()
        .get_result(db.conn())
        .await?;
    let mut by_bundle: HashMap<i64, Vec<Part>> = HashMap::new();
    for part in serde_json::from_str::<Vec<Part>>(&found.parts)? {
        by_bundle.entry(part.bundle()).or_default().push(part);
    }
    Ok(by_bundle)
}

const PARTS: &str = concat!(
    "select coalesce(",
    parts!("c.tenant_id = $1 and c.variant_id = any($2)"),
    ", '[]')::text as parts"
);

const SALE: &str = "select v.id, v.product_id, p.title as product_title, p.handle as product_handle, p.product_type,
        v.title, v.sku, p.vendor, v.price_minor, v.compare_at_price_minor, v.requires_shipping, v.taxable, p.gift_card,
        v.weight_grams, v.inventory_policy, v.quantity_minimum, v.quantity_maximum, v.quantity_increment, v.price_breaks,
        i.id as item_id, i.tracked,
        coalesce('/cdn/' || m.file_hash || m.file_suffix, m.url, '/cdn/' || first.file_hash || first.file_suffix, first.url) as image_url,
        d.product_id is not null as published,
        coalesce(stock.total, 0) as total, coalesce(stock.online, 0) as online,
        coalesce(chosen.names, '{}') as names, coalesce(chosen.values, '{}') as values,
        exists (select from variant_components c where c.tenant_id = v.tenant_id and c.variant_id = v.id) as is_bundle
    from product_variants v
    join products p on p.tenant_id = v.tenant_id and p.id = v.product_id
    join inventory_items i on i.tenant_id = v.tenant_id and i.variant_id = v.id
    left join product_documents d on d.tenant_id = v.tenant_id and d.product_id = v.product_id
    left join product_media m on m.tenant_id = v.tenant_id and m.id = v.media_id
    left join lateral (
        select url, file_hash, file_suffix from product_media where tenant_id = v.tenant_id and product_id = v.product_id
        order by position, id limit 1) first on true
    left join lateral (
        select sum(l.available)::bigint as total, (sum(l.available) filter (where a.fulfills_online_orders))::bigint as online
        from inventory_levels l join locations a on a.tenant_id = l.tenant_id and a.id = l.location_id and a.is_active
        where l.tenant_id = i.tenant_id and l.item_id = i.id) stock on true
    left join lateral (
        select array_agg(o.name order by o.position) as names, array_agg(w.name order by o.position) as values
        from product_option_values w join product_options o on o.tenant_id = w.tenant_id and o.id = w.option_id
        where w.tenant_id = v.tenant_id and w.id = any(v.option_value_ids)) chosen on true
    where v.tenant_id = $1 and v.id = any($2)";

#[derive(QueryableByName)]
struct SaleRow {
    #[diesel(sql_type = BigInt)]
    id: i64,
    #[diesel(sql_type = BigInt)]
    product_id: i64,
    #[diesel(sql_type = Text)]
    product_title: String,
    #[diesel(sql_type = Text)]
    product_handle: String,
    #[diesel(sql_type = Text)]
    product_type: String,
    #[diesel(sql_type = Text)]
    title: String,
    #[diesel(sql_type = Nullable<Text>)]
    sku: Option<String>,
    #[diesel(sql_type = Text)]
    vendor: String,
    #[diesel(sql_type = BigInt)]
    price_minor: i64,
    #[diesel(sql_type = Nullable<BigInt>)]
    compare_at_price_minor: Option<i64>,
    #[diesel(sql_type = Bool)]
    requires_shipping: bool,
    #[diesel(sql_type = Bool)]
    taxable: bool,
    #[diesel(sql_type = Bool)]
    gift_card: bool,
    #[diesel(sql_type = BigInt)]
    weight_grams: i64,
    #[diesel(sql_type = Text)]
    inventory_policy: String,
    #[diesel(sql_type = BigInt)]
    quantity_minimum: i64,
    #[diesel(sql_type = Nullable<BigInt>)]
    quantity_maximum: Option<i64>,
    #[diesel(sql_type = BigInt)]
    quantity_increment: i64,
    #[diesel(sql_type = Jsonb)]
    price_breaks: Value,
    #[diesel(sql_type = BigInt)]
    item_id: i64,
    #[diesel(sql_type = Bool)]
    tracked: bool,
    #[diesel(sql_type = Nullable<Text>)]
    image_url: Option<String>,
    #[diesel(sql_type = Bool)]
    published: bool,
    #[diesel(sql_type = BigInt)]
    total: i64,
    #[diesel(sql_type = BigInt)]
    online: i64,
    #[diesel(sql_type = Array<Text>)]
    names: Vec<String>,
    #[diesel(sql_type = Array<Text>)]
    values: Vec<String>,
    #[diesel(sql_type = Bool)]
    is_bundle: bool,
}

impl SaleRow {
    fn options(&self) -> Vec<SelectedOption> {
        let chosen = self.names.iter().cloned().zip(self.values.iter().cloned());
        chosen.map(|(name, value)| SelectedOption { name, value }).collect()
    }

    fn own_stock(&self) -> VariantStock {
        let policy = InventoryPolicy::named(&self.inventory_policy);
        VariantStock {
            available: self.online,
            for_sale: live::sellable(self.tracked, policy, self.online),
            tracked: self.tracked,
        }
    }
}

impl OnSale {
    /// How much there is of it, and of what it consists if it is a bundle.
    fn stock(&self) -> (VariantStock, Option<Consists>) {
        let consists = Consists::of(&self.parts);
        (if consists.is_some() { bundles::supply(&self.parts) } else { self.row.own_stock() }, consists)
    }

    fn into_sale(self) -> Result<SaleVariant> {
        let (stock, consists) = self.stock();
        self.row.into_sale(stock, consists)
    }
}

impl SaleRow {
    fn into_sale(self, stock: VariantStock, consists: Option<Consists>) -> Result<SaleVariant> {
        let options = self.options();
        let quantities = QuantityColumns {
            quantity_minimum: self.quantity_minimum,
            quantity_maximum: self.quantity_maximum,
            quantity_increment: self.quantity_increment,
            price_breaks: self.price_breaks,
        };
        Ok(SaleVariant {
            options,
            quantities: quantities.read()?,
            variant_id: VariantId(self.id),
            product_id: ProductId(self.product_id),
            product_title: self.product_title,
            product_handle: self.product_handle,
            product_type: self.product_type,
            variant_title: self.title,
            sku: self.sku,
            vendor: self.vendor,
            price_minor: self.price_minor,
            compare_at_minor: self.compare_at_price_minor,
            image_url: self.image_url,
            requires_shipping: self.requires_shipping,
            taxable: self.taxable,
            gift_card: self.gift_card,
            weight_grams: self.weight_grams,
            inventory_item_id: InventoryItemId(self.item_id),
            tracked: stock.tracked,
            policy: InventoryPolicy::named(&self.inventory_policy),
            available: stock.available,
            published: self.published && consists.as_ref().is_none_or(|it| it.is_whole),
            components: consists.map(|it| it.of).unwrap_or_default(),
        })
    }
}
