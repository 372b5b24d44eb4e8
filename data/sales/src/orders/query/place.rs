//! Placing an order: all that is written of it, in one statement.

use chrono::{DateTime, Utc};
use diesel::{
    prelude::*,
    sql_types::{BigInt, Jsonb, Nullable, Text, Timestamptz},
};
use diesel_async::RunQueryDsl;
use mcom_data::{Actor, Error, Prepare, Result, TenantConn};
use mcom_schema::id::{CustomerId, OrderId};

use super::super::place::NewOrder;
use crate::gift_cards::GATEWAY;

/// What an order is called, whose it is and who placed it.
pub(in super::super) struct Ids<'a> {
    pub(in super::super) confirmation: &'a str,
    pub(in super::super) customer: Option<CustomerId>,
    pub(in super::super) actor: &'a Actor,
    pub(in super::super) now: DateTime<Utc>,
}

/// Writes the order with its number, its lines, what the cart had noted down, the movement of money that it was paid with, where its stock comes from,
/// and the first entry of its history. Answers with its id.
///
/// # Errors
/// `Conflict` if the cart has an order already: this one can never be placed.
pub(in super::super) async fn insert(
    db: &mut TenantConn,
    new: &NewOrder<'_>,
    ids: &Ids<'_>,
) -> Result<OrderId> {
    let placed: Option<Placed> = diesel::sql_query(PLACE)
        .bind::<BigInt, _>(db.tenant_id())
        .bind::<BigInt, _>(new.number)
        .bind::<Jsonb, _>(serde_json::to_value(new.snapshot)?)
        .bind::<Text, _>(ids.confirmation)
        .bind::<BigInt, _>(new.checkout.id)
        .bind::<Text, _>(&new.checkout.cart_token)
        .bind::<Nullable<BigInt>, _>(ids.customer.map(|id| id.0))
        .bind::<Text, _>(new.financial_status().name())
        .bind::<Timestamptz, _>(ids.now)
        .bind::<Text, _>(if new.paid.is_some() { "SUCCESS" } else { "PENDING" })
        .bind::<Text, _>(&new.payment.provider)
        .bind::<Nullable<Text>, _>(new.paid)
        .bind::<Text, _>(&new.payment.idempotency_key)
        .bind::<Text, _>(ids.actor.to_string())
        .bind::<BigInt, _>(new.payment.amount_minor)
        .bind::<Text, _>(GATEWAY)
        .prepared()
        .get_result(db.conn())
        .await
        .optional()?;
    placed.map(|placed| OrderId(placed.id)).ok_or(Error::Conflict("order"))
}

#[derive(QueryableByName)]
struct Placed {
    #[diesel(sql_type = BigInt)]
    id: i64,
}

// Products and variants that were deleted while the buyer paid leave their lines without a link. What costs nothing has no movement of money.
const PLACE: &str = "with sold as materialized (
        select * from jsonb_to_record($3) as s (order_prefix text, email text, phone text, currency text, exchange jsonb, subtotal_minor bigint,
            total_minor bigint, discounts jsonb, shipping_discount_minor bigint, gift_cards jsonb, taxes jsonb, shipping jsonb, shipping_address jsonb,
            billing_address jsonb, note text, attributes jsonb, metafields jsonb, lines jsonb)),
    placed as (
        insert into orders (tenant_id, number, name, confirmation_number, checkout_id, cart_token, customer_id, email, phone, currency, exchange,
            subtotal_minor, shipping_minor, shipping_discount_minor, total_minor, discounts, financial_status, fulfillment_status, shipping_line, shipping_address,
            billing_address, note, attributes, processed_at, created_at, updated_at)
        select $1, $2, sold.order_prefix || $2::bigint, $4, $5, $6, $7, sold.email, sold.phone, sold.currency, sold.exchange,
            sold.subtotal_minor, coalesce((sold.shipping ->> 'price_minor')::bigint, 0), sold.shipping_discount_minor, sold.total_minor,
            sold.discounts, $8, 'UNFULFILLED', sold.shipping,
            sold.shipping_address, sold.billing_address, sold.note, sold.attributes, $9, $9, $9
        from sold
        on conflict (tenant_id, cart_token) do nothing
        returning id),
    lines as (
        insert into order_lines (tenant_id, order_id, position, product_id, variant_id, title, variant_title, sku, vendor, quantity,
            unit_price_minor, total_minor, requires_shipping, taxable, image_url, options, attributes, selling_plan)
        select $1, placed.id, line.position, p.id, v.id, line.title, nullif(line.variant_title, 'Default Title'), line.sku, line.vendor,
            line.quantity, line.unit_price_minor, line.quantity * line.unit_price_minor, line.requires_shipping, line.taxable,
            line.image_url, line.options, line.attributes, line.selling_plan
        from placed cross join sold cross join lateral rows from (jsonb_to_recordset(sold.lines) as (product_id bigint, variant_id bigint,
                title text, variant_title text, sku text, vendor text, quantity bigint, unit_price_minor bigint, requires_shipping boolean,
                taxable boolean, image_url text, options jsonb, attributes jsonb, selling_plan jsonb)) with ordinality
            as line (product_id, variant_id, title, variant_title, sku, vendor, quantity, unit_price_minor, requires_shipping, taxable,
                image_url, options, attributes, selling_plan, position)
        left join lateral (select id from products where tenant_id = $1 and id = line.product_id offset 0) p on true
        left join lateral (select id from product_variants where tenant_id = $1 and id = line.variant_id offset 0) v on true),
    taxed as (
        insert into order_taxes (tenant_id, order_id, included, total_minor, lines, shipping)
        select $1, placed.id, tax.included, tax.total_minor, tax.lines, tax.shipping
        from placed cross join sold cross join lateral
            jsonb_to_record(sold.taxes) as tax (included boolean, total_minor bigint, lines jsonb, shipping jsonb)
        where sold.taxes is not null),
    movement as (
        insert into order_transactions (tenant_id, order_id, kind, status, gateway, amount_minor, currency, reference, idempotency_key,
            created_at)
        select $1, placed.id, 'SALE', $10, $11, $15, sold.currency, $12, $13, $9 from placed, sold where $15 > 0
        union all
        select $1, placed.id, 'SALE', 'SUCCESS', $16, card.minor, sold.currency, null, $13 || ':' || $16 || ':' || card.card, $9
        from placed, sold, lateral jsonb_to_recordset(sold.gift_cards) as card (card bigint, minor bigint)),
    allocated as (
        insert into order_allocations (tenant_id, order_id, item_id, location_id, quantity, status)
        select $1, placed.id, r.item_id, r.location_id, r.quantity, 'committed' from placed cross join lateral (
            select item_id, location_id, quantity from reservations
            where tenant_id = $1 and checkout_id = $5 and status = 'held' offset 0) r),
    fields as (
        insert into metafields (tenant_id, owner_type, owner_id, namespace, key, value_type, value, created_at, updated_at)
        select $1, 'ORDER', placed.id, field.namespace, field.key, field.value_type, field.value, $9, $9
        from placed, sold, lateral jsonb_to_recordset(sold.metafields) as field (namespace text, key text, value_type text, value text)
        on conflict do nothing),
    history as (
        insert into order_history (tenant_id, order_id, step, from_status, to_status, actor, created_at)
        select $1, placed.id, 'place', null, $8, $14, $9 from placed)
    select id from placed";
