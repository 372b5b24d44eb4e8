-- Where locations are on the map, and whether buyers pick up there.
alter table locations add column latitude double precision check (latitude between -90 and 90);
alter table locations add column longitude double precision check (longitude between -180 and 180);
alter table locations add constraint locations_on_map check ((latitude is null) = (longitude is null));
alter table locations add column pickup_enabled boolean not null default false;
-- When goods are ready, in the merchant's words.
alter table locations add column pickup_time text check (length(pickup_time) between 1 and 255);
create index locations_pickup on locations (tenant_id, position, id) where pickup_enabled and is_active;

-- Merchants add fields to locations, and say which values a cart may have.
alter table metafield_definitions drop constraint metafield_definitions_owner_type_check;
alter table metafield_definitions add constraint metafield_definitions_owner_type_check check (owner_type in
    ('ARTICLE', 'BLOG', 'CART', 'COLLECTION', 'CUSTOMER', 'LOCATION', 'MARKET', 'ORDER', 'PAGE', 'PRODUCT', 'PRODUCTVARIANT', 'SHOP'));
alter table metafields drop constraint metafields_owner_type_check;
alter table metafields add constraint metafields_owner_type_check check (owner_type in
    ('ARTICLE', 'BLOG', 'COLLECTION', 'CUSTOMER', 'LOCATION', 'MARKET', 'ORDER', 'PAGE', 'PRODUCT', 'PRODUCTVARIANT', 'SHOP'));
alter table metafields add column location_id bigint generated always as (case owner_type when 'LOCATION' then owner_id end) stored;
alter table metafields add foreign key (tenant_id, location_id) references locations (tenant_id, id) on delete cascade;
create index metafields_location on metafields (tenant_id, location_id) where location_id is not null;
