drop index metafields_location;
delete from metafields where owner_type = 'LOCATION';
alter table metafields drop column location_id;
alter table metafields drop constraint metafields_owner_type_check;
alter table metafields add constraint metafields_owner_type_check check (owner_type in
    ('ARTICLE', 'BLOG', 'COLLECTION', 'CUSTOMER', 'MARKET', 'ORDER', 'PAGE', 'PRODUCT', 'PRODUCTVARIANT', 'SHOP'));
delete from metafield_definitions where owner_type in ('CART', 'LOCATION');
alter table metafield_definitions drop constraint metafield_definitions_owner_type_check;
alter table metafield_definitions add constraint metafield_definitions_owner_type_check check (owner_type in
    ('ARTICLE', 'BLOG', 'COLLECTION', 'CUSTOMER', 'MARKET', 'ORDER', 'PAGE', 'PRODUCT', 'PRODUCTVARIANT', 'SHOP'));

drop index locations_pickup;
alter table locations drop constraint locations_on_map;
alter table locations drop column pickup_time;
alter table locations drop column pickup_enabled;
alter table locations drop column longitude;
alter table locations drop column latitude;
