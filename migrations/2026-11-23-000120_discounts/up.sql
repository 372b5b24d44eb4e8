-- What a store takes off its prices: by itself, or for whoever knows a code.
create table discounts (
    tenant_id bigint not null,
    id bigint generated always as identity,
    -- As the merchant writes it. Null: the discount applies by itself.
    code text check (length(code) between 1 and 255),
    -- Lower-cased: buyers type codes as they like.
    code_key text,
    title text not null check (length(title) between 1 and 255),
    -- What is taken off what, from which purchase on, and beside which other discounts.
    terms jsonb not null,
    starts_at timestamptz not null,
    ends_at timestamptz check (ends_at > starts_at),
    -- So many orders may have it; null: as many as like.
    usage_limit bigint check (usage_limit > 0),
    once_per_customer boolean not null default false,
    -- How many orders and attempts under way have it: the number of its rows in discount_uses.
    used bigint not null default 0 check (used >= 0),
    created_at timestamptz not null,
    updated_at timestamptz not null,
    primary key (tenant_id, id),
    constraint discounts_code unique (tenant_id, code_key),
    check ((code is null) = (code_key is null))
);
create unique index discounts_title on discounts (tenant_id, title) where code_key is null;
call mcom_tenant_table('discounts');

-- Who has a code's discount: from the beginning of an attempt to buy until it fails or its order is cancelled.
create table discount_uses (
    tenant_id bigint not null,
    discount_id bigint not null,
    checkout_id bigint not null,
    -- Lower-cased: by whom, for discounts that everybody may have once.
    email_key text not null,
    customer_id bigint,
    created_at timestamptz not null,
    primary key (tenant_id, discount_id, checkout_id),
    foreign key (tenant_id, discount_id) references discounts (tenant_id, id) on delete cascade,
    foreign key (tenant_id, checkout_id) references checkouts (tenant_id, id),
    foreign key (tenant_id, customer_id) references customers (tenant_id, id) on delete set null (customer_id)
);
create index discount_uses_checkout on discount_uses (tenant_id, checkout_id);
create index discount_uses_email on discount_uses (tenant_id, discount_id, email_key);
create index discount_uses_customer on discount_uses (tenant_id, customer_id) where customer_id is not null;
call mcom_tenant_table('discount_uses');

-- What was taken off an order, as it was agreed: each discount with what it took off each line, or off sending it. What is taken off
-- the lines is no part of the subtotal; the price of shipping stays what it was.
alter table orders add column discounts jsonb not null default '[]';
alter table orders add column shipping_discount_minor bigint not null default 0;
alter table orders add constraint orders_shipping_discount check (shipping_discount_minor between 0 and shipping_minor);
alter table orders drop constraint orders_check;
alter table orders add constraint orders_total check (total_minor = subtotal_minor + shipping_minor - shipping_discount_minor);
