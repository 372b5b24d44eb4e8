alter table orders drop column exchange;

drop index metafields_market;
alter table metafields drop column market_id;
alter table metafields drop constraint metafields_owner_type_check;
alter table metafields add constraint metafields_owner_type_check check (owner_type in
    ('ARTICLE', 'BLOG', 'COLLECTION', 'CUSTOMER', 'ORDER', 'PAGE', 'PRODUCT', 'PRODUCTVARIANT', 'SHOP'));
alter table metafield_definitions drop constraint metafield_definitions_owner_type_check;
alter table metafield_definitions add constraint metafield_definitions_owner_type_check check (owner_type in
    ('ARTICLE', 'BLOG', 'COLLECTION', 'CUSTOMER', 'ORDER', 'PAGE', 'PRODUCT', 'PRODUCTVARIANT', 'SHOP'));

drop table market_prices;
drop table market_regions;
drop table markets;
