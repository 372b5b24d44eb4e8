alter table customers add column accepts_marketing boolean not null default false;
alter table customers add column tags text[] not null default '{}';

-- Customers who can sign in. Those who only placed orders have none.
create table customer_passwords (
    tenant_id bigint not null,
    customer_id bigint not null,
    -- In the PHC format, which names algorithm, parameters and salt.
    hash text not null,
    created_at timestamptz not null,
    changed_at timestamptz not null,
    primary key (tenant_id, customer_id),
    foreign key (tenant_id, customer_id) references customers (tenant_id, id) on delete cascade
);
call mcom_tenant_table('customer_passwords');

-- Who is signed in: what is known of a secret that only the customer has.
create table customer_access_tokens (
    tenant_id bigint not null,
    hash bytea not null,
    customer_id bigint not null,
    expires_at timestamptz not null,
    created_at timestamptz not null,
    primary key (tenant_id, hash),
    foreign key (tenant_id, customer_id) references customers (tenant_id, id) on delete cascade
);
create index customer_access_tokens_customer on customer_access_tokens (tenant_id, customer_id);
create index customer_access_tokens_expired on customer_access_tokens (tenant_id, expires_at);
call mcom_tenant_table('customer_access_tokens');

-- What is mailed to a customer so that they can set a password: good once.
create table customer_mailed_tokens (
    tenant_id bigint not null,
    hash bytea not null,
    customer_id bigint not null,
    purpose text not null check (purpose in ('activate', 'reset')),
    -- A mail that is sent again brings a new token in the place of the lost one.
    notification_id bigint not null,
    expires_at timestamptz not null,
    created_at timestamptz not null,
    primary key (tenant_id, hash),
    constraint customer_mailed_tokens_notification unique (tenant_id, notification_id),
    foreign key (tenant_id, customer_id) references customers (tenant_id, id) on delete cascade
);
create index customer_mailed_tokens_customer on customer_mailed_tokens (tenant_id, customer_id);
create index customer_mailed_tokens_expired on customer_mailed_tokens (tenant_id, expires_at);
call mcom_tenant_table('customer_mailed_tokens');

create table customer_addresses (
    tenant_id bigint not null,
    id bigint generated always as identity,
    customer_id bigint not null,
    address jsonb not null,
    is_default boolean not null,
    created_at timestamptz not null,
    updated_at timestamptz not null,
    primary key (tenant_id, id),
    foreign key (tenant_id, customer_id) references customers (tenant_id, id) on delete cascade
);
create index customer_addresses_customer on customer_addresses (tenant_id, customer_id, id);
create unique index customer_addresses_default on customer_addresses (tenant_id, customer_id) where is_default;
call mcom_tenant_table('customer_addresses');

-- How often something was tried that may not be tried often: by whom is kept as a hash.
create table customer_tries (
    tenant_id bigint not null,
    subject bytea not null,
    tries bigint not null,
    began_at timestamptz not null,
    primary key (tenant_id, subject)
);
create index customer_tries_began on customer_tries (tenant_id, began_at);
call mcom_tenant_table('customer_tries');
