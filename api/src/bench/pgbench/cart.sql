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
select v.id, p.title, v.price_minor, i.tracked,
    (select sum(l.available) from inventory_levels l where l.tenant_id = :tenant and l.item_id = i.id) as available
    from product_variants v
    join products p on p.tenant_id = v.tenant_id and p.id = v.product_id
    join inventory_items i on i.tenant_id = v.tenant_id and i.variant_id = v.id
    where v.tenant_id = :tenant and v.product_id = :product;
update carts set document = '{"lines":[1]}', version = 2, updated_at = now()
    where tenant_id = :tenant and token = 'pgbench' || :key::text and version = 1;
commit;
\startpipeline
begin read only;
select set_config('app.tenant_id', :tenant::text, true);
\endpipeline
select document, version from carts where tenant_id = :tenant and token = 'pgbench' || :key::text;
commit;
