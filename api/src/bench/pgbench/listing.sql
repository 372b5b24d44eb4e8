\set from random(:first, :last)
\startpipeline
begin read only;
select set_config('app.tenant_id', :tenant::text, true);
\endpipeline
select m.product_id, m.position from collection_products m
    join product_documents d on d.tenant_id = m.tenant_id and d.product_id = m.product_id
    where m.tenant_id = :tenant
    and m.collection_id = (select collection_id from collection_products where tenant_id = :tenant and product_id >= :from limit 1)
    order by m.position, m.product_id limit 25;
select document::text from product_documents
    where tenant_id = :tenant and product_id >= :from order by product_id limit 24;
commit;
