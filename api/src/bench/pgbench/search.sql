\set from random(:first, :last)
\startpipeline
begin read only;
select set_config('app.tenant_id', :tenant::text, true);
\endpipeline
select document::text, (select coalesce(json_object_agg(s.variant_id, s.available), '{}')::text from (
    select i.variant_id, sum(l.available)::bigint as available
    from inventory_items i
    join inventory_levels l on l.tenant_id = i.tenant_id and l.item_id = i.id
    join locations p on p.tenant_id = l.tenant_id and p.id = l.location_id
    where i.tenant_id = product_documents.tenant_id and i.product_id = product_documents.product_id
    and p.is_active and p.fulfills_online_orders
    group by i.variant_id) s)
    from product_documents where tenant_id = :tenant and product_id >= :from order by product_id limit 24;
commit;
