\set product random(:first, :last)
\set key random(1, 9000000000000000)
\startpipeline
begin;
select set_config('app.tenant_id', :tenant::text, true);
\endpipeline
insert into carts (tenant_id, token, key_hash, document, version, created_at, updated_at)
    values (:tenant, 'pgbench' || :key::text, decode(md5(:key::text), 'hex'), '{"lines":[]}', 1, now(), now());
commit;
\startpipeline
begin;
select set_config('app.tenant_id', :tenant::text, true);
\endpipeline
select document, version from carts where tenant_id = :tenant and token = 'pgbench' || :key::text;
update carts set document = '{"lines":[1]}', version = 2, updated_at = now()
    where tenant_id = :tenant and token = 'pgbench' || :key::text and version = 1;
commit;
\startpipeline
begin;
select set_config('app.tenant_id', :tenant::text, true);
\endpipeline
select document, version from carts where tenant_id = :tenant and token = 'pgbench' || :key::text;
update carts set document = '{"lines":[1]}', version = 3, updated_at = now()
    where tenant_id = :tenant and token = 'pgbench' || :key::text and version = 2;
commit;
\startpipeline
begin;
select set_config('app.tenant_id', :tenant::text, true);
\endpipeline
select document, version from carts where tenant_id = :tenant and token = 'pgbench' || :key::text;
update carts set document = '{"lines":[1]}', version = 4, updated_at = now()
    where tenant_id = :tenant and token = 'pgbench' || :key::text and version = 3;
commit;
\startpipeline
begin read only;
select set_config('app.tenant_id', :tenant::text, true);
\endpipeline
select document, version from carts where tenant_id = :tenant and token = 'pgbench' || :key::text;
commit;
\startpipeline
begin;
select set_config('app.tenant_id', :tenant::text, true);
\endpipeline
select v.id as variant, i.id as item, v.price_minor as price, l.location_id as location
    from product_variants v
    join products p on p.tenant_id = v.tenant_id and p.id = v.product_id
    join inventory_items i on i.tenant_id = v.tenant_id and i.variant_id = v.id
    join inventory_levels l on l.tenant_id = i.tenant_id and l.item_id = i.id
    where v.tenant_id = :tenant and v.product_id >= :product order by v.product_id, v.id limit 1 \gset
insert into checkouts (tenant_id, attempt_id, cart_token, cart_version, attempt_token, round, status, snapshot, expires_at, created_at, updated_at)
    values (:tenant, 'pgbench' || :key::text, 'pgbench' || :key::text, 4, '1', 1, 'reserved', '{}', now(), now(), now())
    returning id as checkout \gset
update inventory_levels set available = available - 1, reserved = reserved + 1, updated_at = now()
    where tenant_id = :tenant and item_id = :item and location_id = :location;
insert into reservations (tenant_id, checkout_id, item_id, location_id, quantity, status, created_at)
    values (:tenant, :checkout, :item, :location, 1, 'held', now());
commit;
\startpipeline
begin;
select set_config('app.tenant_id', :tenant::text, true);
\endpipeline
insert into counters as c (tenant_id, series, value) values (:tenant, 'orders', 1001)
    on conflict (tenant_id, series) do update set value = c.value + 1 returning value as number, set_config('synchronous_commit', 'off', true) \gset
commit;
\startpipeline
begin;
select set_config('app.tenant_id', :tenant::text, true);
\endpipeline
insert into orders (tenant_id, number, name, confirmation_number, checkout_id, cart_token, currency, subtotal_minor, shipping_minor,
        total_minor, financial_status, fulfillment_status, processed_at, created_at, updated_at)
    values (:tenant, :number, '#' || :number::text, 'pgbench' || :key::text, :checkout, 'pgbench' || :key::text, 'EUR', :price, 0,
        :price, 'PAID', 'UNFULFILLED', now(), now(), now())
    returning id as placed \gset
insert into order_lines (tenant_id, order_id, product_id, variant_id, title, vendor, quantity, unit_price_minor, total_minor,
        requires_shipping, taxable, options, attributes, position)
    values (:tenant, :placed, null, :variant, 'pgbench', '', 1, :price, :price, false, false, '[]', '[]', 0);
update reservations set status = 'claimed' where tenant_id = :tenant and checkout_id = :checkout;
update inventory_levels set reserved = reserved - 1, available = available + 1, updated_at = now()
    where tenant_id = :tenant and item_id = :item and location_id = :location;
update checkouts set status = 'placed', completed_at = now() where tenant_id = :tenant and id = :checkout;
update carts set ordered_at = now() where tenant_id = :tenant and token = 'pgbench' || :key::text;
commit;
\startpipeline
begin read only;
select set_config('app.tenant_id', :tenant::text, true);
\endpipeline
select document, version from carts where tenant_id = :tenant and token = 'pgbench' || :key::text;
commit;
