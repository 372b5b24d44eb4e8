-- What a merchant says of the store for those who build its storefront: its brand, what it takes in payment, where customers sign in.
create table storefront_settings (
    tenant_id bigint not null primary key,
    slogan text check (length(slogan) between 1 and 255),
    short_description text check (length(short_description) between 1 and 1000),
    logo_id bigint,
    square_logo_id bigint,
    cover_image_id bigint,
    -- Pairs of background and foreground, by rank.
    colors jsonb not null,
    card_brands text[] not null,
    digital_wallets text[] not null,
    -- The account with whoever settles its payments.
    payments_account text check (length(payments_account) between 1 and 255),
    -- Services by which customers can sign in.
    social_logins text[] not null,
    customer_account_url text check (length(customer_account_url) between 1 and 2048),
    -- Texts of the customers' pages, by key.
    customer_account_texts jsonb not null,
    updated_at timestamptz not null,
    constraint storefront_settings_logo foreign key (tenant_id, logo_id)
        references files (tenant_id, id) on delete set null (logo_id),
    constraint storefront_settings_square_logo foreign key (tenant_id, square_logo_id)
        references files (tenant_id, id) on delete set null (square_logo_id),
    constraint storefront_settings_cover_image foreign key (tenant_id, cover_image_id)
        references files (tenant_id, id) on delete set null (cover_image_id)
);
call mcom_tenant_table('storefront_settings');
