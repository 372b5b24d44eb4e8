-- Gift cards: money that somebody has with the store.
create table gift_cards (
    tenant_id bigint not null,
    id bigint generated always as identity,
    -- Of the code nothing else is kept: whoever reads the database cannot spend it.
    code_hash bytea not null,
    last_characters text not null check (length(last_characters) = 4),
    initial_minor bigint not null check (initial_minor > 0),
    -- The sum of the card's rows in gift_card_entries.
    balance_minor bigint not null check (balance_minor between 0 and initial_minor),
    currency text not null,
    enabled boolean not null default true,
    -- Null: it never expires.
    expires_at timestamptz,
    -- The merchant's words.
    note text,
    created_at timestamptz not null,
    updated_at timestamptz not null,
    primary key (tenant_id, id),
    constraint gift_cards_code unique (tenant_id, code_hash)
);
call mcom_tenant_table('gift_cards');

-- Every movement on a card: what it was issued with, what attempts to buy took from it, and what was given back of that.
create table gift_card_entries (
    tenant_id bigint not null,
    id bigint generated always as identity,
    gift_card_id bigint not null,
    -- Of which attempt; null for what it was issued with.
    checkout_id bigint,
    kind text not null check (kind in ('ISSUE', 'DEBIT', 'CREDIT')),
    -- Debits are negative.
    amount_minor bigint not null check ((kind = 'DEBIT') = (amount_minor < 0)),
    created_at timestamptz not null,
    primary key (tenant_id, id),
    -- An attempt takes from a card once, and is given that back once.
    constraint gift_card_entries_once unique (tenant_id, gift_card_id, kind, checkout_id),
    check ((kind = 'ISSUE') = (checkout_id is null)),
    foreign key (tenant_id, gift_card_id) references gift_cards (tenant_id, id),
    foreign key (tenant_id, checkout_id) references checkouts (tenant_id, id)
);
create index gift_card_entries_checkout on gift_card_entries (tenant_id, checkout_id) where checkout_id is not null;
call mcom_tenant_table('gift_card_entries');
revoke update, delete on gift_card_entries from mcom_app, mcom_platform;
