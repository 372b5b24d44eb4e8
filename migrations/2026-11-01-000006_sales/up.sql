create table customers (
    tenant_id bigint not null,
    id bigint generated always as identity,
    email text,
    -- Lower-cased: one customer per address.
    email_key text,
    phone text,
    first_name text,
    last_name text,
    orders_count bigint not null default 0,
    spent_minor bigint not null default 0,
    created_at timestamptz not null,
    updated_at timestamptz not null,
    primary key (tenant_id, id),
    constraint customers_email unique (tenant_id, email_key)
);
call mcom_tenant_table('customers');

-- A cart is one row: what is in it is a versioned document, changed by compare-and-set. Prices and stock are looked up when it is read.
create table carts (
    tenant_id bigint not null,
    token text not null,
    -- The second half of the cart's id; without it nobody sees or changes the buyer's data.
    key_hash bytea not null,
    document json not null,
    version bigint not null default 1,
    -- Set when the cart became an order; it is no longer a cart then.
    ordered_at timestamptz,
    created_at timestamptz not null,
    updated_at timestamptz not null,
    primary key (tenant_id, token)
);
create index carts_updated on carts (tenant_id, updated_at);
call mcom_tenant_table('carts');

-- One attempt to turn a cart into a paid order: the saga's row. What is bought, for how much and where it goes is frozen in the snapshot.
create table checkouts (
    tenant_id bigint not null,
    id bigint generated always as identity,
    -- Random: names the attempt outside, also towards the payment provider.
    attempt_id text not null,
    cart_token text not null,
    cart_version bigint not null,
    -- The buyer's own name for the attempt, and how often it was begun: a failed attempt may be made again under its name.
    attempt_token text not null,
    round integer not null check (round > 0),
    status text not null check (status in ('reserved', 'action_required', 'unwinding', 'placed', 'failed')),
    snapshot json not null,
    failure json,
    -- Stock is held no longer than this while nobody is at work on the attempt.
    expires_at timestamptz not null,
    locked_until timestamptz,
    locked_by text,
    created_at timestamptz not null,
    updated_at timestamptz not null,
    completed_at timestamptz,
    primary key (tenant_id, id),
    constraint checkouts_attempt_id unique (tenant_id, attempt_id),
    constraint checkouts_round unique (tenant_id, cart_token, attempt_token, round)
);
-- While one attempt is under way, or has succeeded, there is no other.
create unique index checkouts_one_at_a_time on checkouts (tenant_id, cart_token) where status <> 'failed';
call mcom_tenant_table('checkouts');

-- What an attempt holds of the stock, until it becomes an order or ends.
create table reservations (
    tenant_id bigint not null,
    checkout_id bigint not null,
    item_id bigint not null,
    location_id bigint not null,
    quantity bigint not null check (quantity > 0),
    status text not null check (status in ('held', 'claimed', 'released')),
    created_at timestamptz not null,
    primary key (tenant_id, checkout_id, item_id, location_id),
    foreign key (tenant_id, checkout_id) references checkouts (tenant_id, id)
);
create index reservations_held on reservations (tenant_id, item_id) where status = 'held';
call mcom_tenant_table('reservations');

create table orders (
    tenant_id bigint not null,
    id bigint generated always as identity,
    number bigint not null,
    name text not null,
    confirmation_number text not null,
    checkout_id bigint not null,
    cart_token text not null,
    customer_id bigint,
    email text,
    phone text,
    currency text not null,
    subtotal_minor bigint not null check (subtotal_minor >= 0),
    shipping_minor bigint not null check (shipping_minor >= 0),
    total_minor bigint not null check (total_minor = subtotal_minor + shipping_minor),
    refunded_minor bigint not null default 0 check (refunded_minor between 0 and total_minor),
    financial_status text not null check (financial_status in ('PENDING', 'AUTHORIZED', 'PAID', 'REFUNDED', 'VOIDED')),
    fulfillment_status text not null check (fulfillment_status in ('UNFULFILLED', 'FULFILLED')),
    cancelled_at timestamptz,
    cancel_reason text,
    cancel_note text,
    shipping_line jsonb,
    shipping_address jsonb,
    billing_address jsonb,
    note text,
    attributes jsonb not null default '[]',
    version bigint not null default 1,
    processed_at timestamptz not null,
    created_at timestamptz not null,
    updated_at timestamptz not null,
    primary key (tenant_id, id),
    constraint orders_number unique (tenant_id, number),
    constraint orders_checkout unique (tenant_id, checkout_id),
    constraint orders_cart unique (tenant_id, cart_token),
    foreign key (tenant_id, checkout_id) references checkouts (tenant_id, id),
    foreign key (tenant_id, customer_id) references customers (tenant_id, id)
);
create index orders_customer on orders (tenant_id, customer_id, id);
create index orders_created on orders (tenant_id, created_at, id);
create index orders_updated on orders (tenant_id, updated_at, id);
call mcom_tenant_table('orders');

-- What was bought, as it was then: later changes of the product do not reach it.
create table order_lines (
    tenant_id bigint not null,
    id bigint generated always as identity,
    order_id bigint not null,
    product_id bigint,
    variant_id bigint,
    title text not null,
    variant_title text,
    sku text,
    vendor text not null,
    quantity bigint not null check (quantity > 0),
    unit_price_minor bigint not null check (unit_price_minor >= 0),
    total_minor bigint not null check (total_minor = quantity * unit_price_minor),
    requires_shipping boolean not null,
    taxable boolean not null,
    image_url text,
    options jsonb not null,
    attributes jsonb not null,
    position integer not null,
    primary key (tenant_id, id),
    foreign key (tenant_id, order_id) references orders (tenant_id, id),
    foreign key (tenant_id, product_id) references products (tenant_id, id) on delete set null (product_id),
    foreign key (tenant_id, variant_id) references product_variants (tenant_id, id) on delete set null (variant_id)
);
create index order_lines_order on order_lines (tenant_id, order_id, position);
create index order_lines_product on order_lines (tenant_id, product_id) where product_id is not null;
create index order_lines_variant on order_lines (tenant_id, variant_id) where variant_id is not null;
call mcom_tenant_table('order_lines');

-- Where an order's stock came from, so that a cancellation can put it back.
create table order_allocations (
    tenant_id bigint not null,
    order_id bigint not null,
    item_id bigint not null,
    location_id bigint not null,
    quantity bigint not null check (quantity > 0),
    status text not null check (status in ('committed', 'restocked', 'released')),
    primary key (tenant_id, order_id, item_id, location_id),
    foreign key (tenant_id, order_id) references orders (tenant_id, id)
);
call mcom_tenant_table('order_allocations');

-- One row per intent to move money for a checkout, keyed as the provider knows it.
create table payments (
    tenant_id bigint not null,
    id bigint generated always as identity,
    checkout_id bigint not null,
    provider text not null,
    -- What the provider deduplicates by.
    idempotency_key text not null,
    status text not null check (status in ('pending', 'action_required', 'paid', 'declined', 'voided', 'refunded')),
    amount_minor bigint not null check (amount_minor >= 0),
    currency text not null,
    reference text,
    action_url text,
    created_at timestamptz not null,
    updated_at timestamptz not null,
    primary key (tenant_id, id),
    constraint payments_key unique (tenant_id, provider, idempotency_key),
    constraint payments_checkout unique (tenant_id, checkout_id),
    foreign key (tenant_id, checkout_id) references checkouts (tenant_id, id)
);
call mcom_tenant_table('payments');

create table order_transactions (
    tenant_id bigint not null,
    id bigint generated always as identity,
    order_id bigint not null,
    kind text not null check (kind in ('SALE', 'REFUND', 'VOID')),
    status text not null check (status in ('SUCCESS', 'PENDING', 'FAILURE')),
    gateway text not null,
    amount_minor bigint not null check (amount_minor >= 0),
    currency text not null,
    reference text,
    -- The same movement is never booked twice.
    idempotency_key text not null,
    created_at timestamptz not null,
    primary key (tenant_id, id),
    constraint order_transactions_key unique (tenant_id, idempotency_key),
    foreign key (tenant_id, order_id) references orders (tenant_id, id)
);
create index order_transactions_order on order_transactions (tenant_id, order_id, id);
call mcom_tenant_table('order_transactions');

create table order_history (
    tenant_id bigint not null,
    id bigint generated always as identity,
    order_id bigint not null,
    step text not null,
    from_status text,
    to_status text not null,
    actor text not null,
    created_at timestamptz not null,
    primary key (tenant_id, id),
    foreign key (tenant_id, order_id) references orders (tenant_id, id)
);
create index order_history_order on order_history (tenant_id, order_id, id);
call mcom_tenant_table('order_history');
