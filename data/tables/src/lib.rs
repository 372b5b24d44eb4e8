//! Every table as diesel sees it, generated from the migrated database: `cargo tables` writes this file.

diesel::table! {
    access_tokens (tenant_id, id) {
        tenant_id -> BigInt,
        id -> BigInt,
        api -> Text,
        title -> Text,
        hash -> Bytea,
        scopes -> Array<Text>,
        created_at -> Timestamptz,
        revoked_at -> Nullable<Timestamptz>,
    }
}

diesel::table! {
    article_comments (tenant_id, id) {
        tenant_id -> BigInt,
        id -> BigInt,
        article_id -> BigInt,
        author_name -> Text,
        author_email -> Text,
        body_html -> Text,
        status -> Text,
        created_at -> Timestamptz,
    }
}

diesel::table! {
    articles (tenant_id, id) {
        tenant_id -> BigInt,
        id -> BigInt,
        blog_id -> BigInt,
        handle -> Text,
        title -> Text,
        title_key -> Text,
        author -> Jsonb,
        author_key -> Text,
        body_html -> Text,
        excerpt_html -> Nullable<Text>,
        tags -> Array<Text>,
        image_url -> Nullable<Text>,
        image_alt -> Nullable<Text>,
        seo_title -> Nullable<Text>,
        seo_description -> Nullable<Text>,
        template_suffix -> Nullable<Text>,
        published_at -> Nullable<Timestamptz>,
        created_at -> Timestamptz,
        updated_at -> Timestamptz,
        image_look -> Nullable<Jsonb>,
    }
}

diesel::table! {
    audit_entries (tenant_id, id) {
        tenant_id -> BigInt,
        id -> BigInt,
        verb -> Text,
        actor -> Text,
        request_id -> Text,
        created_at -> Timestamptz,
    }
}

diesel::table! {
    blogs (tenant_id, id) {
        tenant_id -> BigInt,
        id -> BigInt,
        handle -> Text,
        title -> Text,
        title_key -> Text,
        seo_title -> Nullable<Text>,
        seo_description -> Nullable<Text>,
        template_suffix -> Nullable<Text>,
        created_at -> Timestamptz,
        updated_at -> Timestamptz,
    }
}

diesel::table! {
    carts (tenant_id, token) {
        tenant_id -> BigInt,
        token -> Text,
        key_hash -> Bytea,
        document -> Json,
        version -> BigInt,
        ordered_at -> Nullable<Timestamptz>,
        created_at -> Timestamptz,
        updated_at -> Timestamptz,
        customer_id -> Nullable<BigInt>,
    }
}

diesel::table! {
    checkouts (tenant_id, id) {
        tenant_id -> BigInt,
        id -> BigInt,
        attempt_id -> Text,
        cart_token -> Text,
        cart_version -> BigInt,
        attempt_token -> Text,
        round -> Integer,
        status -> Text,
        snapshot -> Json,
        failure -> Nullable<Json>,
        expires_at -> Timestamptz,
        locked_until -> Nullable<Timestamptz>,
        locked_by -> Nullable<Text>,
        created_at -> Timestamptz,
        updated_at -> Timestamptz,
        completed_at -> Nullable<Timestamptz>,
        order_number -> Nullable<BigInt>,
    }
}

diesel::table! {
    collection_products (tenant_id, collection_id, product_id) {
        tenant_id -> BigInt,
        collection_id -> BigInt,
        product_id -> BigInt,
        position -> BigInt,
    }
}

diesel::table! {
    collection_publications (tenant_id, collection_id, publication_id) {
        tenant_id -> BigInt,
        collection_id -> BigInt,
        publication_id -> BigInt,
        published_at -> Timestamptz,
    }
}

diesel::table! {
    collections (tenant_id, id) {
        tenant_id -> BigInt,
        id -> BigInt,
        handle -> Text,
        title -> Text,
        title_key -> Text,
        description_html -> Text,
        sort_order -> Text,
        rule_set -> Nullable<Jsonb>,
        image_url -> Nullable<Text>,
        image_alt -> Nullable<Text>,
        seo_title -> Nullable<Text>,
        seo_description -> Nullable<Text>,
        template_suffix -> Nullable<Text>,
        version -> BigInt,
        created_at -> Timestamptz,
        updated_at -> Timestamptz,
        image_look -> Nullable<Jsonb>,
    }
}

diesel::table! {
    consumers (name) {
        name -> Text,
        topics -> Array<Text>,
        gather_ms -> BigInt,
        paused_at -> Nullable<Timestamptz>,
    }
}

diesel::table! {
    counters (tenant_id, series) {
        tenant_id -> BigInt,
        series -> Text,
        value -> BigInt,
    }
}

diesel::table! {
    customer_access_tokens (tenant_id, hash) {
        tenant_id -> BigInt,
        hash -> Bytea,
        customer_id -> BigInt,
        expires_at -> Timestamptz,
        created_at -> Timestamptz,
    }
}

diesel::table! {
    customer_addresses (tenant_id, id) {
        tenant_id -> BigInt,
        id -> BigInt,
        customer_id -> BigInt,
        address -> Jsonb,
        is_default -> Bool,
        created_at -> Timestamptz,
        updated_at -> Timestamptz,
    }
}

diesel::table! {
    customer_mailed_tokens (tenant_id, hash) {
        tenant_id -> BigInt,
        hash -> Bytea,
        customer_id -> BigInt,
        purpose -> Text,
        notification_id -> BigInt,
        expires_at -> Timestamptz,
        created_at -> Timestamptz,
    }
}

diesel::table! {
    customer_passwords (tenant_id, customer_id) {
        tenant_id -> BigInt,
        customer_id -> BigInt,
        hash -> Text,
        created_at -> Timestamptz,
        changed_at -> Timestamptz,
    }
}

diesel::table! {
    customer_tries (tenant_id, subject) {
        tenant_id -> BigInt,
        subject -> Bytea,
        tries -> BigInt,
        began_at -> Timestamptz,
    }
}

diesel::table! {
    customers (tenant_id, id) {
        tenant_id -> BigInt,
        id -> BigInt,
        email -> Nullable<Text>,
        email_key -> Nullable<Text>,
        phone -> Nullable<Text>,
        first_name -> Nullable<Text>,
        last_name -> Nullable<Text>,
        orders_count -> BigInt,
        spent_minor -> BigInt,
        created_at -> Timestamptz,
        updated_at -> Timestamptz,
        accepts_marketing -> Bool,
        tags -> Array<Text>,
    }
}

diesel::table! {
    deliveries (tenant_id, consumer, aggregate, aggregate_id) {
        tenant_id -> BigInt,
        consumer -> Text,
        aggregate -> Text,
        aggregate_id -> BigInt,
        consumed -> BigInt,
        relayed -> BigInt,
        run_at -> Timestamptz,
        attempts -> Integer,
        job_id -> Nullable<BigInt>,
        held_by -> Nullable<Text>,
        last_error -> Nullable<Text>,
        parked_at -> Nullable<Timestamptz>,
    }
}

diesel::table! {
    discount_uses (tenant_id, discount_id, checkout_id) {
        tenant_id -> BigInt,
        discount_id -> BigInt,
        checkout_id -> BigInt,
        email_key -> Text,
        customer_id -> Nullable<BigInt>,
        created_at -> Timestamptz,
    }
}

diesel::table! {
    discounts (tenant_id, id) {
        tenant_id -> BigInt,
        id -> BigInt,
        code -> Nullable<Text>,
        code_key -> Nullable<Text>,
        title -> Text,
        terms -> Jsonb,
        starts_at -> Timestamptz,
        ends_at -> Nullable<Timestamptz>,
        usage_limit -> Nullable<BigInt>,
        once_per_customer -> Bool,
        used -> BigInt,
        created_at -> Timestamptz,
        updated_at -> Timestamptz,
    }
}

diesel::table! {
    domains (id) {
        id -> BigInt,
        store_id -> BigInt,
        host -> Text,
        is_primary -> Bool,
        created_at -> Timestamptz,
    }
}

diesel::table! {
    events (tenant_id, id) {
        tenant_id -> BigInt,
        id -> BigInt,
        aggregate -> Text,
        aggregate_id -> BigInt,
        sequence -> BigInt,
        topic -> Text,
        version -> SmallInt,
        payload -> Jsonb,
        actor -> Text,
        request_id -> Text,
        created_at -> Timestamptz,
    }
}

diesel::table! {
    files (tenant_id, id) {
        tenant_id -> BigInt,
        id -> BigInt,
        handle -> Nullable<Text>,
        product_id -> Nullable<BigInt>,
        position -> Nullable<Integer>,
        alt -> Nullable<Text>,
        details -> Jsonb,
        kind -> Text,
        created_at -> Timestamptz,
        updated_at -> Timestamptz,
    }
}

diesel::table! {
    fulfillment_lines (tenant_id, fulfillment_id, line_id) {
        tenant_id -> BigInt,
        fulfillment_id -> BigInt,
        line_id -> BigInt,
        quantity -> BigInt,
    }
}

diesel::table! {
    fulfillments (tenant_id, id) {
        tenant_id -> BigInt,
        id -> BigInt,
        order_id -> BigInt,
        tracking_company -> Nullable<Text>,
        parcels -> Jsonb,
        created_at -> Timestamptz,
    }
}

diesel::table! {
    gift_card_entries (tenant_id, id) {
        tenant_id -> BigInt,
        id -> BigInt,
        gift_card_id -> BigInt,
        checkout_id -> Nullable<BigInt>,
        kind -> Text,
        amount_minor -> BigInt,
        created_at -> Timestamptz,
    }
}

diesel::table! {
    gift_cards (tenant_id, id) {
        tenant_id -> BigInt,
        id -> BigInt,
        code_hash -> Bytea,
        last_characters -> Text,
        initial_minor -> BigInt,
        balance_minor -> BigInt,
        currency -> Text,
        enabled -> Bool,
        expires_at -> Nullable<Timestamptz>,
        note -> Nullable<Text>,
        created_at -> Timestamptz,
        updated_at -> Timestamptz,
    }
}

diesel::table! {
    idempotency_keys (tenant_id, key) {
        tenant_id -> BigInt,
        key -> Text,
        fingerprint -> Bytea,
        answer -> Nullable<Text>,
        holder -> Text,
        locked_until -> Timestamptz,
        written -> Bool,
        created_at -> Timestamptz,
    }
}

diesel::table! {
    inventory_items (tenant_id, id) {
        tenant_id -> BigInt,
        id -> BigInt,
        variant_id -> BigInt,
        product_id -> BigInt,
        tracked -> Bool,
        cost_minor -> Nullable<BigInt>,
        country_of_origin -> Nullable<Text>,
        harmonized_system_code -> Nullable<Text>,
        created_at -> Timestamptz,
        updated_at -> Timestamptz,
    }
}

diesel::table! {
    inventory_levels (tenant_id, item_id, location_id) {
        tenant_id -> BigInt,
        item_id -> BigInt,
        location_id -> BigInt,
        available -> BigInt,
        reserved -> BigInt,
        committed -> BigInt,
        updated_at -> Timestamptz,
    }
}

diesel::table! {
    inventory_movements (tenant_id, id) {
        tenant_id -> BigInt,
        id -> BigInt,
        item_id -> BigInt,
        location_id -> BigInt,
        name -> Text,
        delta -> BigInt,
        reason -> Text,
        reference -> Nullable<Text>,
        actor -> Text,
        created_at -> Timestamptz,
    }
}

diesel::table! {
    jobs (tenant_id, id) {
        tenant_id -> BigInt,
        id -> BigInt,
        kind -> Text,
        payload -> Jsonb,
        unique_key -> Nullable<Text>,
        status -> Text,
        run_at -> Timestamptz,
        attempts -> Integer,
        locked_until -> Nullable<Timestamptz>,
        locked_by -> Nullable<Text>,
        last_error -> Nullable<Text>,
        created_at -> Timestamptz,
    }
}

diesel::table! {
    locations (tenant_id, id) {
        tenant_id -> BigInt,
        id -> BigInt,
        name -> Text,
        address -> Jsonb,
        is_active -> Bool,
        fulfills_online_orders -> Bool,
        position -> Integer,
        created_at -> Timestamptz,
        updated_at -> Timestamptz,
        latitude -> Nullable<Double>,
        longitude -> Nullable<Double>,
        pickup_enabled -> Bool,
        pickup_time -> Nullable<Text>,
    }
}

diesel::table! {
    market_prices (tenant_id, market_id, variant_id) {
        tenant_id -> BigInt,
        market_id -> BigInt,
        variant_id -> BigInt,
        product_id -> BigInt,
        price_minor -> BigInt,
        compare_at_price_minor -> Nullable<BigInt>,
    }
}

diesel::table! {
    market_regions (tenant_id, country) {
        tenant_id -> BigInt,
        country -> Text,
        market_id -> BigInt,
    }
}

diesel::table! {
    markets (tenant_id, id) {
        tenant_id -> BigInt,
        id -> BigInt,
        handle -> Text,
        name -> Text,
        enabled -> Bool,
        is_primary -> Bool,
        currency -> Text,
        rate_billionths -> BigInt,
        price_ending_minor -> Nullable<BigInt>,
        languages -> Array<Text>,
        created_at -> Timestamptz,
        updated_at -> Timestamptz,
    }
}

diesel::table! {
    menu_items (tenant_id, id) {
        tenant_id -> BigInt,
        id -> BigInt,
        menu_id -> BigInt,
        parent_id -> Nullable<BigInt>,
        position -> Integer,
        title -> Text,
        kind -> Text,
        resource_id -> Nullable<BigInt>,
        url -> Nullable<Text>,
        tags -> Array<Text>,
    }
}

diesel::table! {
    menus (tenant_id, id) {
        tenant_id -> BigInt,
        id -> BigInt,
        handle -> Text,
        title -> Text,
        created_at -> Timestamptz,
        updated_at -> Timestamptz,
    }
}

diesel::table! {
    metafield_definitions (tenant_id, id) {
        tenant_id -> BigInt,
        id -> BigInt,
        owner_type -> Text,
        namespace -> Text,
        key -> Text,
        name -> Text,
        description -> Nullable<Text>,
        value_type -> Text,
        validations -> Jsonb,
        is_public -> Bool,
        created_at -> Timestamptz,
        updated_at -> Timestamptz,
        is_filterable -> Bool,
    }
}

diesel::table! {
    metafields (tenant_id, id) {
        tenant_id -> BigInt,
        id -> BigInt,
        owner_type -> Text,
        owner_id -> BigInt,
        namespace -> Text,
        key -> Text,
        value_type -> Text,
        value -> Text,
        created_at -> Timestamptz,
        updated_at -> Timestamptz,
        article_id -> Nullable<BigInt>,
        blog_id -> Nullable<BigInt>,
        collection_id -> Nullable<BigInt>,
        customer_id -> Nullable<BigInt>,
        order_id -> Nullable<BigInt>,
        page_id -> Nullable<BigInt>,
        product_id -> Nullable<BigInt>,
        variant_id -> Nullable<BigInt>,
        market_id -> Nullable<BigInt>,
        location_id -> Nullable<BigInt>,
    }
}

diesel::table! {
    metaobject_definitions (tenant_id, id) {
        tenant_id -> BigInt,
        id -> BigInt,
        type_name -> Text,
        name -> Text,
        description -> Nullable<Text>,
        fields -> Jsonb,
        display_name_key -> Nullable<Text>,
        is_publishable -> Bool,
        seo_title_key -> Nullable<Text>,
        seo_description_key -> Nullable<Text>,
        url_handle -> Nullable<Text>,
        is_public -> Bool,
        created_at -> Timestamptz,
        updated_at -> Timestamptz,
    }
}

diesel::table! {
    metaobjects (tenant_id, id) {
        tenant_id -> BigInt,
        id -> BigInt,
        definition_id -> BigInt,
        handle -> Text,
        display_name -> Text,
        fields -> Jsonb,
        is_active -> Bool,
        created_at -> Timestamptz,
        updated_at -> Timestamptz,
    }
}

diesel::table! {
    notifications (tenant_id, id) {
        tenant_id -> BigInt,
        id -> BigInt,
        kind -> Text,
        recipient -> Text,
        status -> Text,
        reason -> Nullable<Text>,
        created_at -> Timestamptz,
        settled_at -> Nullable<Timestamptz>,
    }
}

diesel::table! {
    order_allocations (tenant_id, order_id, item_id, location_id) {
        tenant_id -> BigInt,
        order_id -> BigInt,
        item_id -> BigInt,
        location_id -> BigInt,
        quantity -> BigInt,
        status -> Text,
        fulfilled -> BigInt,
    }
}

diesel::table! {
    order_history (tenant_id, id) {
        tenant_id -> BigInt,
        id -> BigInt,
        order_id -> BigInt,
        step -> Text,
        from_status -> Nullable<Text>,
        to_status -> Text,
        actor -> Text,
        created_at -> Timestamptz,
    }
}

diesel::table! {
    order_lines (tenant_id, id) {
        tenant_id -> BigInt,
        id -> BigInt,
        order_id -> BigInt,
        product_id -> Nullable<BigInt>,
        variant_id -> Nullable<BigInt>,
        title -> Text,
        variant_title -> Nullable<Text>,
        sku -> Nullable<Text>,
        vendor -> Text,
        quantity -> BigInt,
        unit_price_minor -> BigInt,
        total_minor -> BigInt,
        requires_shipping -> Bool,
        taxable -> Bool,
        image_url -> Nullable<Text>,
        options -> Jsonb,
        attributes -> Jsonb,
        position -> Integer,
        selling_plan -> Nullable<Jsonb>,
    }
}

diesel::table! {
    order_taxes (tenant_id, order_id) {
        tenant_id -> BigInt,
        order_id -> BigInt,
        included -> Bool,
        total_minor -> BigInt,
        lines -> Jsonb,
        shipping -> Jsonb,
    }
}

diesel::table! {
    order_transactions (tenant_id, id) {
        tenant_id -> BigInt,
        id -> BigInt,
        order_id -> BigInt,
        kind -> Text,
        status -> Text,
        gateway -> Text,
        amount_minor -> BigInt,
        currency -> Text,
        reference -> Nullable<Text>,
        idempotency_key -> Text,
        created_at -> Timestamptz,
    }
}

diesel::table! {
    orders (tenant_id, id) {
        tenant_id -> BigInt,
        id -> BigInt,
        number -> BigInt,
        name -> Text,
        confirmation_number -> Text,
        checkout_id -> BigInt,
        cart_token -> Text,
        customer_id -> Nullable<BigInt>,
        email -> Nullable<Text>,
        phone -> Nullable<Text>,
        currency -> Text,
        subtotal_minor -> BigInt,
        shipping_minor -> BigInt,
        total_minor -> BigInt,
        refunded_minor -> BigInt,
        financial_status -> Text,
        fulfillment_status -> Text,
        cancelled_at -> Nullable<Timestamptz>,
        cancel_reason -> Nullable<Text>,
        cancel_note -> Nullable<Text>,
        shipping_line -> Nullable<Jsonb>,
        shipping_address -> Nullable<Jsonb>,
        billing_address -> Nullable<Jsonb>,
        note -> Nullable<Text>,
        attributes -> Jsonb,
        version -> BigInt,
        processed_at -> Timestamptz,
        created_at -> Timestamptz,
        updated_at -> Timestamptz,
        discounts -> Jsonb,
        shipping_discount_minor -> BigInt,
        exchange -> Nullable<Jsonb>,
    }
}

diesel::table! {
    organizations (id) {
        id -> BigInt,
        name -> Text,
        plan_id -> BigInt,
        created_at -> Timestamptz,
    }
}

diesel::table! {
    outbox (tenant_id, event_id) {
        tenant_id -> BigInt,
        event_id -> BigInt,
        aggregate -> Text,
        aggregate_id -> BigInt,
    }
}

diesel::table! {
    pages (tenant_id, id) {
        tenant_id -> BigInt,
        id -> BigInt,
        handle -> Text,
        title -> Text,
        title_key -> Text,
        body_html -> Text,
        seo_title -> Nullable<Text>,
        seo_description -> Nullable<Text>,
        template_suffix -> Nullable<Text>,
        published_at -> Nullable<Timestamptz>,
        created_at -> Timestamptz,
        updated_at -> Timestamptz,
    }
}

diesel::table! {
    payments (tenant_id, id) {
        tenant_id -> BigInt,
        id -> BigInt,
        checkout_id -> BigInt,
        provider -> Text,
        idempotency_key -> Text,
        status -> Text,
        amount_minor -> BigInt,
        currency -> Text,
        reference -> Nullable<Text>,
        action_url -> Nullable<Text>,
        created_at -> Timestamptz,
        updated_at -> Timestamptz,
    }
}

diesel::table! {
    plans (id) {
        id -> BigInt,
        handle -> Text,
        name -> Text,
        requests_per_second -> Integer,
        request_burst -> Integer,
    }
}

diesel::table! {
    product_documents (tenant_id, product_id) {
        tenant_id -> BigInt,
        product_id -> BigInt,
        handle -> Text,
        title_key -> Text,
        vendor_key -> Text,
        type_key -> Text,
        min_price_minor -> BigInt,
        created_at -> Timestamptz,
        updated_at -> Timestamptz,
        published_at -> Timestamptz,
        version -> BigInt,
        document -> Json,
        sold -> BigInt,
    }
}

diesel::table! {
    product_media (tenant_id, id) {
        tenant_id -> BigInt,
        id -> BigInt,
        product_id -> BigInt,
        url -> Text,
        alt -> Nullable<Text>,
        width -> Nullable<Integer>,
        height -> Nullable<Integer>,
        position -> Integer,
        file_hash -> Nullable<Text>,
        thumbhash -> Nullable<Text>,
        file_suffix -> Text,
    }
}

diesel::table! {
    product_option_values (tenant_id, id) {
        tenant_id -> BigInt,
        id -> BigInt,
        option_id -> BigInt,
        name -> Text,
        position -> Integer,
        swatch_color -> Nullable<Text>,
        swatch_media_id -> Nullable<BigInt>,
    }
}

diesel::table! {
    product_options (tenant_id, id) {
        tenant_id -> BigInt,
        id -> BigInt,
        product_id -> BigInt,
        name -> Text,
        position -> Integer,
    }
}

diesel::table! {
    product_pairs (tenant_id, product_id, other_id) {
        tenant_id -> BigInt,
        product_id -> BigInt,
        other_id -> BigInt,
        orders -> BigInt,
    }
}

diesel::table! {
    product_publications (tenant_id, product_id, publication_id) {
        tenant_id -> BigInt,
        product_id -> BigInt,
        publication_id -> BigInt,
        published_at -> Timestamptz,
    }
}

diesel::table! {
    product_sales (tenant_id, product_id, day) {
        tenant_id -> BigInt,
        product_id -> BigInt,
        day -> Date,
        units -> BigInt,
    }
}

diesel::table! {
    product_variants (tenant_id, id) {
        tenant_id -> BigInt,
        id -> BigInt,
        product_id -> BigInt,
        title -> Text,
        sku -> Nullable<Text>,
        barcode -> Nullable<Text>,
        price_minor -> BigInt,
        compare_at_price_minor -> Nullable<BigInt>,
        taxable -> Bool,
        requires_shipping -> Bool,
        inventory_policy -> Text,
        weight_grams -> BigInt,
        option_value_ids -> Array<BigInt>,
        media_id -> Nullable<BigInt>,
        position -> Integer,
        created_at -> Timestamptz,
        updated_at -> Timestamptz,
        measured_millionths -> Nullable<BigInt>,
        measured_unit -> Nullable<Text>,
        reference_value -> Nullable<Integer>,
        reference_unit -> Nullable<Text>,
        quantity_minimum -> BigInt,
        quantity_maximum -> Nullable<BigInt>,
        quantity_increment -> BigInt,
        price_breaks -> Jsonb,
    }
}

diesel::table! {
    products (tenant_id, id) {
        tenant_id -> BigInt,
        id -> BigInt,
        handle -> Text,
        title -> Text,
        description_html -> Text,
        vendor -> Text,
        product_type -> Text,
        status -> Text,
        tags -> Array<Text>,
        seo_title -> Nullable<Text>,
        seo_description -> Nullable<Text>,
        template_suffix -> Nullable<Text>,
        gift_card -> Bool,
        title_key -> Text,
        vendor_key -> Text,
        type_key -> Text,
        version -> BigInt,
        created_at -> Timestamptz,
        updated_at -> Timestamptz,
        category -> Nullable<Text>,
    }
}

diesel::table! {
    publications (tenant_id, id) {
        tenant_id -> BigInt,
        id -> BigInt,
        handle -> Text,
        name -> Text,
    }
}

diesel::table! {
    reservations (tenant_id, checkout_id, item_id, location_id) {
        tenant_id -> BigInt,
        checkout_id -> BigInt,
        item_id -> BigInt,
        location_id -> BigInt,
        quantity -> BigInt,
        status -> Text,
        created_at -> Timestamptz,
    }
}

diesel::table! {
    selling_plan_group_products (tenant_id, group_id, product_id) {
        tenant_id -> BigInt,
        group_id -> BigInt,
        product_id -> BigInt,
        required -> Bool,
    }
}

diesel::table! {
    selling_plan_group_variants (tenant_id, group_id, variant_id) {
        tenant_id -> BigInt,
        group_id -> BigInt,
        variant_id -> BigInt,
    }
}

diesel::table! {
    selling_plan_groups (tenant_id, id) {
        tenant_id -> BigInt,
        id -> BigInt,
        handle -> Text,
        name -> Text,
        app_name -> Nullable<Text>,
        options -> Array<Text>,
        created_at -> Timestamptz,
        updated_at -> Timestamptz,
    }
}

diesel::table! {
    selling_plans (tenant_id, id) {
        tenant_id -> BigInt,
        id -> BigInt,
        group_id -> BigInt,
        position -> Integer,
        name -> Text,
        description -> Nullable<Text>,
        terms -> Jsonb,
    }
}

diesel::table! {
    shards (id) {
        id -> BigInt,
        handle -> Text,
    }
}

diesel::table! {
    shipping_rates (tenant_id, id) {
        tenant_id -> BigInt,
        id -> BigInt,
        handle -> Text,
        title -> Text,
        description -> Nullable<Text>,
        country -> Nullable<Text>,
        price_minor -> BigInt,
        min_subtotal_minor -> BigInt,
        max_subtotal_minor -> Nullable<BigInt>,
        position -> Integer,
    }
}

diesel::table! {
    shop_policies (tenant_id, id) {
        tenant_id -> BigInt,
        id -> BigInt,
        kind -> Text,
        body_html -> Text,
        created_at -> Timestamptz,
        updated_at -> Timestamptz,
    }
}

diesel::table! {
    store_settings (tenant_id) {
        tenant_id -> BigInt,
        name -> Text,
        description -> Nullable<Text>,
        email -> Text,
        currency -> Text,
        language -> Text,
        country -> Text,
        weight_unit -> Text,
        timezone -> Text,
        ships_to -> Array<Text>,
        order_prefix -> Text,
        created_at -> Timestamptz,
        updated_at -> Timestamptz,
        synonyms -> Jsonb,
        taxes -> Jsonb,
    }
}

diesel::table! {
    stored_files (tenant_id, hash) {
        tenant_id -> BigInt,
        hash -> Text,
        content_type -> Text,
        bytes -> BigInt,
        width -> Nullable<Integer>,
        height -> Nullable<Integer>,
        created_at -> Timestamptz,
        thumbhash -> Nullable<Text>,
    }
}

diesel::table! {
    storefront_settings (tenant_id) {
        tenant_id -> BigInt,
        slogan -> Nullable<Text>,
        short_description -> Nullable<Text>,
        logo_id -> Nullable<BigInt>,
        square_logo_id -> Nullable<BigInt>,
        cover_image_id -> Nullable<BigInt>,
        colors -> Jsonb,
        card_brands -> Array<Text>,
        digital_wallets -> Array<Text>,
        payments_account -> Nullable<Text>,
        social_logins -> Array<Text>,
        customer_account_url -> Nullable<Text>,
        customer_account_texts -> Jsonb,
        updated_at -> Timestamptz,
    }
}

diesel::table! {
    stores (id) {
        id -> BigInt,
        organization_id -> BigInt,
        shard_id -> BigInt,
        handle -> Text,
        status -> Text,
        created_at -> Timestamptz,
    }
}

diesel::table! {
    translations (tenant_id, kind, resource_id, language) {
        tenant_id -> BigInt,
        kind -> Text,
        resource_id -> BigInt,
        language -> Text,
        texts -> Jsonb,
        updated_at -> Timestamptz,
        article_id -> Nullable<BigInt>,
        blog_id -> Nullable<BigInt>,
        collection_id -> Nullable<BigInt>,
        menu_id -> Nullable<BigInt>,
        metafield_id -> Nullable<BigInt>,
        page_id -> Nullable<BigInt>,
        product_id -> Nullable<BigInt>,
        policy_id -> Nullable<BigInt>,
    }
}

diesel::table! {
    url_redirects (tenant_id, id) {
        tenant_id -> BigInt,
        id -> BigInt,
        path -> Text,
        target -> Text,
        created_at -> Timestamptz,
    }
}

diesel::table! {
    variant_components (tenant_id, variant_id, position) {
        tenant_id -> BigInt,
        variant_id -> BigInt,
        position -> Integer,
        product_id -> BigInt,
        component_id -> Nullable<BigInt>,
        quantity -> BigInt,
    }
}

diesel::allow_tables_to_appear_in_same_query!(article_comments, articles);
diesel::allow_tables_to_appear_in_same_query!(article_comments, blogs);
diesel::allow_tables_to_appear_in_same_query!(article_comments, metafields);
diesel::allow_tables_to_appear_in_same_query!(article_comments, translations);
diesel::allow_tables_to_appear_in_same_query!(articles, blogs);
diesel::allow_tables_to_appear_in_same_query!(articles, collections);
diesel::allow_tables_to_appear_in_same_query!(articles, customers);
diesel::allow_tables_to_appear_in_same_query!(articles, locations);
diesel::allow_tables_to_appear_in_same_query!(articles, markets);
diesel::allow_tables_to_appear_in_same_query!(articles, menus);
diesel::allow_tables_to_appear_in_same_query!(articles, metafields);
diesel::allow_tables_to_appear_in_same_query!(articles, orders);
diesel::allow_tables_to_appear_in_same_query!(articles, pages);
diesel::allow_tables_to_appear_in_same_query!(articles, product_variants);
diesel::allow_tables_to_appear_in_same_query!(articles, products);
diesel::allow_tables_to_appear_in_same_query!(articles, shop_policies);
diesel::allow_tables_to_appear_in_same_query!(articles, translations);
diesel::allow_tables_to_appear_in_same_query!(blogs, collections);
diesel::allow_tables_to_appear_in_same_query!(blogs, customers);
diesel::allow_tables_to_appear_in_same_query!(blogs, locations);
diesel::allow_tables_to_appear_in_same_query!(blogs, markets);
diesel::allow_tables_to_appear_in_same_query!(blogs, menus);
diesel::allow_tables_to_appear_in_same_query!(blogs, metafields);
diesel::allow_tables_to_appear_in_same_query!(blogs, orders);
diesel::allow_tables_to_appear_in_same_query!(blogs, pages);
diesel::allow_tables_to_appear_in_same_query!(blogs, product_variants);
diesel::allow_tables_to_appear_in_same_query!(blogs, products);
diesel::allow_tables_to_appear_in_same_query!(blogs, shop_policies);
diesel::allow_tables_to_appear_in_same_query!(blogs, translations);
diesel::allow_tables_to_appear_in_same_query!(checkouts, customers);
diesel::allow_tables_to_appear_in_same_query!(checkouts, discount_uses);
diesel::allow_tables_to_appear_in_same_query!(checkouts, discounts);
diesel::allow_tables_to_appear_in_same_query!(checkouts, fulfillments);
diesel::allow_tables_to_appear_in_same_query!(checkouts, gift_card_entries);
diesel::allow_tables_to_appear_in_same_query!(checkouts, gift_cards);
diesel::allow_tables_to_appear_in_same_query!(checkouts, metafields);
diesel::allow_tables_to_appear_in_same_query!(checkouts, order_allocations);
diesel::allow_tables_to_appear_in_same_query!(checkouts, order_history);
diesel::allow_tables_to_appear_in_same_query!(checkouts, order_lines);
diesel::allow_tables_to_appear_in_same_query!(checkouts, order_taxes);
diesel::allow_tables_to_appear_in_same_query!(checkouts, order_transactions);
diesel::allow_tables_to_appear_in_same_query!(checkouts, orders);
diesel::allow_tables_to_appear_in_same_query!(checkouts, payments);
diesel::allow_tables_to_appear_in_same_query!(checkouts, reservations);
diesel::allow_tables_to_appear_in_same_query!(collection_products, collection_publications);
diesel::allow_tables_to_appear_in_same_query!(collection_products, collections);
diesel::allow_tables_to_appear_in_same_query!(collection_products, files);
diesel::allow_tables_to_appear_in_same_query!(collection_products, inventory_items);
diesel::allow_tables_to_appear_in_same_query!(collection_products, market_prices);
diesel::allow_tables_to_appear_in_same_query!(collection_products, metafields);
diesel::allow_tables_to_appear_in_same_query!(collection_products, order_lines);
diesel::allow_tables_to_appear_in_same_query!(collection_products, product_documents);
diesel::allow_tables_to_appear_in_same_query!(collection_products, product_media);
diesel::allow_tables_to_appear_in_same_query!(collection_products, product_options);
diesel::allow_tables_to_appear_in_same_query!(collection_products, product_pairs);
diesel::allow_tables_to_appear_in_same_query!(collection_products, product_publications);
diesel::allow_tables_to_appear_in_same_query!(collection_products, product_sales);
diesel::allow_tables_to_appear_in_same_query!(collection_products, product_variants);
diesel::allow_tables_to_appear_in_same_query!(collection_products, products);
diesel::allow_tables_to_appear_in_same_query!(collection_products, publications);
diesel::allow_tables_to_appear_in_same_query!(collection_products, selling_plan_group_products);
diesel::allow_tables_to_appear_in_same_query!(collection_products, translations);
diesel::allow_tables_to_appear_in_same_query!(collection_products, variant_components);
diesel::allow_tables_to_appear_in_same_query!(collection_publications, collections);
diesel::allow_tables_to_appear_in_same_query!(collection_publications, metafields);
diesel::allow_tables_to_appear_in_same_query!(collection_publications, product_publications);
diesel::allow_tables_to_appear_in_same_query!(collection_publications, publications);
diesel::allow_tables_to_appear_in_same_query!(collection_publications, translations);
diesel::allow_tables_to_appear_in_same_query!(collections, customers);
diesel::allow_tables_to_appear_in_same_query!(collections, locations);
diesel::allow_tables_to_appear_in_same_query!(collections, markets);
diesel::allow_tables_to_appear_in_same_query!(collections, menus);
diesel::allow_tables_to_appear_in_same_query!(collections, metafields);
diesel::allow_tables_to_appear_in_same_query!(collections, orders);
diesel::allow_tables_to_appear_in_same_query!(collections, pages);
diesel::allow_tables_to_appear_in_same_query!(collections, product_variants);
diesel::allow_tables_to_appear_in_same_query!(collections, products);
diesel::allow_tables_to_appear_in_same_query!(collections, publications);
diesel::allow_tables_to_appear_in_same_query!(collections, shop_policies);
diesel::allow_tables_to_appear_in_same_query!(collections, translations);
diesel::allow_tables_to_appear_in_same_query!(customer_access_tokens, customer_addresses);
diesel::allow_tables_to_appear_in_same_query!(customer_access_tokens, customer_mailed_tokens);
diesel::allow_tables_to_appear_in_same_query!(customer_access_tokens, customer_passwords);
diesel::allow_tables_to_appear_in_same_query!(customer_access_tokens, customers);
diesel::allow_tables_to_appear_in_same_query!(customer_access_tokens, discount_uses);
diesel::allow_tables_to_appear_in_same_query!(customer_access_tokens, metafields);
diesel::allow_tables_to_appear_in_same_query!(customer_access_tokens, orders);
diesel::allow_tables_to_appear_in_same_query!(customer_addresses, customer_mailed_tokens);
diesel::allow_tables_to_appear_in_same_query!(customer_addresses, customer_passwords);
diesel::allow_tables_to_appear_in_same_query!(customer_addresses, customers);
diesel::allow_tables_to_appear_in_same_query!(customer_addresses, discount_uses);
diesel::allow_tables_to_appear_in_same_query!(customer_addresses, metafields);
diesel::allow_tables_to_appear_in_same_query!(customer_addresses, orders);
diesel::allow_tables_to_appear_in_same_query!(customer_mailed_tokens, customer_passwords);
diesel::allow_tables_to_appear_in_same_query!(customer_mailed_tokens, customers);
diesel::allow_tables_to_appear_in_same_query!(customer_mailed_tokens, discount_uses);
diesel::allow_tables_to_appear_in_same_query!(customer_mailed_tokens, metafields);
diesel::allow_tables_to_appear_in_same_query!(customer_mailed_tokens, orders);
diesel::allow_tables_to_appear_in_same_query!(customer_passwords, customers);
diesel::allow_tables_to_appear_in_same_query!(customer_passwords, discount_uses);
diesel::allow_tables_to_appear_in_same_query!(customer_passwords, metafields);
diesel::allow_tables_to_appear_in_same_query!(customer_passwords, orders);
diesel::allow_tables_to_appear_in_same_query!(customers, discount_uses);
diesel::allow_tables_to_appear_in_same_query!(customers, discounts);
diesel::allow_tables_to_appear_in_same_query!(customers, fulfillments);
diesel::allow_tables_to_appear_in_same_query!(customers, locations);
diesel::allow_tables_to_appear_in_same_query!(customers, markets);
diesel::allow_tables_to_appear_in_same_query!(customers, metafields);
diesel::allow_tables_to_appear_in_same_query!(customers, order_allocations);
diesel::allow_tables_to_appear_in_same_query!(customers, order_history);
diesel::allow_tables_to_appear_in_same_query!(customers, order_lines);
diesel::allow_tables_to_appear_in_same_query!(customers, order_taxes);
diesel::allow_tables_to_appear_in_same_query!(customers, order_transactions);
diesel::allow_tables_to_appear_in_same_query!(customers, orders);
diesel::allow_tables_to_appear_in_same_query!(customers, pages);
diesel::allow_tables_to_appear_in_same_query!(customers, product_variants);
diesel::allow_tables_to_appear_in_same_query!(customers, products);
diesel::allow_tables_to_appear_in_same_query!(customers, translations);
diesel::allow_tables_to_appear_in_same_query!(discount_uses, discounts);
diesel::allow_tables_to_appear_in_same_query!(discount_uses, gift_card_entries);
diesel::allow_tables_to_appear_in_same_query!(discount_uses, metafields);
diesel::allow_tables_to_appear_in_same_query!(discount_uses, orders);
diesel::allow_tables_to_appear_in_same_query!(discount_uses, payments);
diesel::allow_tables_to_appear_in_same_query!(discount_uses, reservations);
diesel::allow_tables_to_appear_in_same_query!(domains, stores);
diesel::allow_tables_to_appear_in_same_query!(events, outbox);
diesel::allow_tables_to_appear_in_same_query!(files, inventory_items);
diesel::allow_tables_to_appear_in_same_query!(files, market_prices);
diesel::allow_tables_to_appear_in_same_query!(files, metafields);
diesel::allow_tables_to_appear_in_same_query!(files, order_lines);
diesel::allow_tables_to_appear_in_same_query!(files, product_documents);
diesel::allow_tables_to_appear_in_same_query!(files, product_media);
diesel::allow_tables_to_appear_in_same_query!(files, product_options);
diesel::allow_tables_to_appear_in_same_query!(files, product_pairs);
diesel::allow_tables_to_appear_in_same_query!(files, product_publications);
diesel::allow_tables_to_appear_in_same_query!(files, product_sales);
diesel::allow_tables_to_appear_in_same_query!(files, product_variants);
diesel::allow_tables_to_appear_in_same_query!(files, products);
diesel::allow_tables_to_appear_in_same_query!(files, selling_plan_group_products);
diesel::allow_tables_to_appear_in_same_query!(files, storefront_settings);
diesel::allow_tables_to_appear_in_same_query!(files, translations);
diesel::allow_tables_to_appear_in_same_query!(files, variant_components);
diesel::allow_tables_to_appear_in_same_query!(fulfillment_lines, fulfillments);
diesel::allow_tables_to_appear_in_same_query!(fulfillment_lines, order_lines);
diesel::allow_tables_to_appear_in_same_query!(fulfillment_lines, orders);
diesel::allow_tables_to_appear_in_same_query!(fulfillment_lines, product_variants);
diesel::allow_tables_to_appear_in_same_query!(fulfillment_lines, products);
diesel::allow_tables_to_appear_in_same_query!(fulfillments, metafields);
diesel::allow_tables_to_appear_in_same_query!(fulfillments, order_allocations);
diesel::allow_tables_to_appear_in_same_query!(fulfillments, order_history);
diesel::allow_tables_to_appear_in_same_query!(fulfillments, order_lines);
diesel::allow_tables_to_appear_in_same_query!(fulfillments, order_taxes);
diesel::allow_tables_to_appear_in_same_query!(fulfillments, order_transactions);
diesel::allow_tables_to_appear_in_same_query!(fulfillments, orders);
diesel::allow_tables_to_appear_in_same_query!(gift_card_entries, gift_cards);
diesel::allow_tables_to_appear_in_same_query!(gift_card_entries, orders);
diesel::allow_tables_to_appear_in_same_query!(gift_card_entries, payments);
diesel::allow_tables_to_appear_in_same_query!(gift_card_entries, reservations);
diesel::allow_tables_to_appear_in_same_query!(inventory_items, inventory_levels);
diesel::allow_tables_to_appear_in_same_query!(inventory_items, inventory_movements);
diesel::allow_tables_to_appear_in_same_query!(inventory_items, locations);
diesel::allow_tables_to_appear_in_same_query!(inventory_items, market_prices);
diesel::allow_tables_to_appear_in_same_query!(inventory_items, metafields);
diesel::allow_tables_to_appear_in_same_query!(inventory_items, order_allocations);
diesel::allow_tables_to_appear_in_same_query!(inventory_items, order_lines);
diesel::allow_tables_to_appear_in_same_query!(inventory_items, product_documents);
diesel::allow_tables_to_appear_in_same_query!(inventory_items, product_media);
diesel::allow_tables_to_appear_in_same_query!(inventory_items, product_options);
diesel::allow_tables_to_appear_in_same_query!(inventory_items, product_pairs);
diesel::allow_tables_to_appear_in_same_query!(inventory_items, product_publications);
diesel::allow_tables_to_appear_in_same_query!(inventory_items, product_sales);
diesel::allow_tables_to_appear_in_same_query!(inventory_items, product_variants);
diesel::allow_tables_to_appear_in_same_query!(inventory_items, products);
diesel::allow_tables_to_appear_in_same_query!(inventory_items, selling_plan_group_products);
diesel::allow_tables_to_appear_in_same_query!(inventory_items, selling_plan_group_variants);
diesel::allow_tables_to_appear_in_same_query!(inventory_items, translations);
diesel::allow_tables_to_appear_in_same_query!(inventory_items, variant_components);
diesel::allow_tables_to_appear_in_same_query!(inventory_levels, inventory_movements);
diesel::allow_tables_to_appear_in_same_query!(inventory_levels, locations);
diesel::allow_tables_to_appear_in_same_query!(inventory_levels, metafields);
diesel::allow_tables_to_appear_in_same_query!(inventory_levels, product_variants);
diesel::allow_tables_to_appear_in_same_query!(inventory_levels, products);
diesel::allow_tables_to_appear_in_same_query!(inventory_movements, locations);
diesel::allow_tables_to_appear_in_same_query!(inventory_movements, metafields);
diesel::allow_tables_to_appear_in_same_query!(inventory_movements, product_variants);
diesel::allow_tables_to_appear_in_same_query!(inventory_movements, products);
diesel::allow_tables_to_appear_in_same_query!(locations, markets);
diesel::allow_tables_to_appear_in_same_query!(locations, metafields);
diesel::allow_tables_to_appear_in_same_query!(locations, orders);
diesel::allow_tables_to_appear_in_same_query!(locations, pages);
diesel::allow_tables_to_appear_in_same_query!(locations, product_variants);
diesel::allow_tables_to_appear_in_same_query!(locations, products);
diesel::allow_tables_to_appear_in_same_query!(locations, translations);
diesel::allow_tables_to_appear_in_same_query!(market_prices, market_regions);
diesel::allow_tables_to_appear_in_same_query!(market_prices, markets);
diesel::allow_tables_to_appear_in_same_query!(market_prices, metafields);
diesel::allow_tables_to_appear_in_same_query!(market_prices, order_lines);
diesel::allow_tables_to_appear_in_same_query!(market_prices, product_documents);
diesel::allow_tables_to_appear_in_same_query!(market_prices, product_media);
diesel::allow_tables_to_appear_in_same_query!(market_prices, product_options);
diesel::allow_tables_to_appear_in_same_query!(market_prices, product_pairs);
diesel::allow_tables_to_appear_in_same_query!(market_prices, product_publications);
diesel::allow_tables_to_appear_in_same_query!(market_prices, product_sales);
diesel::allow_tables_to_appear_in_same_query!(market_prices, product_variants);
diesel::allow_tables_to_appear_in_same_query!(market_prices, products);
diesel::allow_tables_to_appear_in_same_query!(market_prices, selling_plan_group_products);
diesel::allow_tables_to_appear_in_same_query!(market_prices, selling_plan_group_variants);
diesel::allow_tables_to_appear_in_same_query!(market_prices, translations);
diesel::allow_tables_to_appear_in_same_query!(market_prices, variant_components);
diesel::allow_tables_to_appear_in_same_query!(market_regions, markets);
diesel::allow_tables_to_appear_in_same_query!(market_regions, metafields);
diesel::allow_tables_to_appear_in_same_query!(markets, metafields);
diesel::allow_tables_to_appear_in_same_query!(markets, orders);
diesel::allow_tables_to_appear_in_same_query!(markets, pages);
diesel::allow_tables_to_appear_in_same_query!(markets, product_variants);
diesel::allow_tables_to_appear_in_same_query!(markets, products);
diesel::allow_tables_to_appear_in_same_query!(markets, translations);
diesel::allow_tables_to_appear_in_same_query!(menu_items, menus);
diesel::allow_tables_to_appear_in_same_query!(menu_items, translations);
diesel::allow_tables_to_appear_in_same_query!(menus, metafields);
diesel::allow_tables_to_appear_in_same_query!(menus, pages);
diesel::allow_tables_to_appear_in_same_query!(menus, products);
diesel::allow_tables_to_appear_in_same_query!(menus, shop_policies);
diesel::allow_tables_to_appear_in_same_query!(menus, translations);
diesel::allow_tables_to_appear_in_same_query!(metafield_definitions, metafields);
diesel::allow_tables_to_appear_in_same_query!(metafields, order_allocations);
diesel::allow_tables_to_appear_in_same_query!(metafields, order_history);
diesel::allow_tables_to_appear_in_same_query!(metafields, order_lines);
diesel::allow_tables_to_appear_in_same_query!(metafields, order_taxes);
diesel::allow_tables_to_appear_in_same_query!(metafields, order_transactions);
diesel::allow_tables_to_appear_in_same_query!(metafields, orders);
diesel::allow_tables_to_appear_in_same_query!(metafields, pages);
diesel::allow_tables_to_appear_in_same_query!(metafields, product_documents);
diesel::allow_tables_to_appear_in_same_query!(metafields, product_media);
diesel::allow_tables_to_appear_in_same_query!(metafields, product_options);
diesel::allow_tables_to_appear_in_same_query!(metafields, product_pairs);
diesel::allow_tables_to_appear_in_same_query!(metafields, product_publications);
diesel::allow_tables_to_appear_in_same_query!(metafields, product_sales);
diesel::allow_tables_to_appear_in_same_query!(metafields, product_variants);
diesel::allow_tables_to_appear_in_same_query!(metafields, products);
diesel::allow_tables_to_appear_in_same_query!(metafields, selling_plan_group_products);
diesel::allow_tables_to_appear_in_same_query!(metafields, selling_plan_group_variants);
diesel::allow_tables_to_appear_in_same_query!(metafields, shop_policies);
diesel::allow_tables_to_appear_in_same_query!(metafields, translations);
diesel::allow_tables_to_appear_in_same_query!(metafields, variant_components);
diesel::allow_tables_to_appear_in_same_query!(metaobject_definitions, metaobjects);
diesel::allow_tables_to_appear_in_same_query!(order_allocations, order_history);
diesel::allow_tables_to_appear_in_same_query!(order_allocations, order_lines);
diesel::allow_tables_to_appear_in_same_query!(order_allocations, order_taxes);
diesel::allow_tables_to_appear_in_same_query!(order_allocations, order_transactions);
diesel::allow_tables_to_appear_in_same_query!(order_allocations, orders);
diesel::allow_tables_to_appear_in_same_query!(order_history, order_lines);
diesel::allow_tables_to_appear_in_same_query!(order_history, order_taxes);
diesel::allow_tables_to_appear_in_same_query!(order_history, order_transactions);
diesel::allow_tables_to_appear_in_same_query!(order_history, orders);
diesel::allow_tables_to_appear_in_same_query!(order_lines, order_taxes);
diesel::allow_tables_to_appear_in_same_query!(order_lines, order_transactions);
diesel::allow_tables_to_appear_in_same_query!(order_lines, orders);
diesel::allow_tables_to_appear_in_same_query!(order_lines, product_documents);
diesel::allow_tables_to_appear_in_same_query!(order_lines, product_media);
diesel::allow_tables_to_appear_in_same_query!(order_lines, product_options);
diesel::allow_tables_to_appear_in_same_query!(order_lines, product_pairs);
diesel::allow_tables_to_appear_in_same_query!(order_lines, product_publications);
diesel::allow_tables_to_appear_in_same_query!(order_lines, product_sales);
diesel::allow_tables_to_appear_in_same_query!(order_lines, product_variants);
diesel::allow_tables_to_appear_in_same_query!(order_lines, products);
diesel::allow_tables_to_appear_in_same_query!(order_lines, selling_plan_group_products);
diesel::allow_tables_to_appear_in_same_query!(order_lines, selling_plan_group_variants);
diesel::allow_tables_to_appear_in_same_query!(order_lines, translations);
diesel::allow_tables_to_appear_in_same_query!(order_lines, variant_components);
diesel::allow_tables_to_appear_in_same_query!(order_taxes, order_transactions);
diesel::allow_tables_to_appear_in_same_query!(order_taxes, orders);
diesel::allow_tables_to_appear_in_same_query!(order_transactions, orders);
diesel::allow_tables_to_appear_in_same_query!(orders, pages);
diesel::allow_tables_to_appear_in_same_query!(orders, payments);
diesel::allow_tables_to_appear_in_same_query!(orders, product_variants);
diesel::allow_tables_to_appear_in_same_query!(orders, products);
diesel::allow_tables_to_appear_in_same_query!(orders, reservations);
diesel::allow_tables_to_appear_in_same_query!(orders, translations);
diesel::allow_tables_to_appear_in_same_query!(organizations, plans);
diesel::allow_tables_to_appear_in_same_query!(organizations, stores);
diesel::allow_tables_to_appear_in_same_query!(pages, product_variants);
diesel::allow_tables_to_appear_in_same_query!(pages, products);
diesel::allow_tables_to_appear_in_same_query!(pages, shop_policies);
diesel::allow_tables_to_appear_in_same_query!(pages, translations);
diesel::allow_tables_to_appear_in_same_query!(payments, reservations);
diesel::allow_tables_to_appear_in_same_query!(plans, stores);
diesel::allow_tables_to_appear_in_same_query!(product_documents, product_media);
diesel::allow_tables_to_appear_in_same_query!(product_documents, product_options);
diesel::allow_tables_to_appear_in_same_query!(product_documents, product_pairs);
diesel::allow_tables_to_appear_in_same_query!(product_documents, product_publications);
diesel::allow_tables_to_appear_in_same_query!(product_documents, product_sales);
diesel::allow_tables_to_appear_in_same_query!(product_documents, product_variants);
diesel::allow_tables_to_appear_in_same_query!(product_documents, products);
diesel::allow_tables_to_appear_in_same_query!(product_documents, selling_plan_group_products);
diesel::allow_tables_to_appear_in_same_query!(product_documents, translations);
diesel::allow_tables_to_appear_in_same_query!(product_documents, variant_components);
diesel::allow_tables_to_appear_in_same_query!(product_media, product_option_values);
diesel::allow_tables_to_appear_in_same_query!(product_media, product_options);
diesel::allow_tables_to_appear_in_same_query!(product_media, product_pairs);
diesel::allow_tables_to_appear_in_same_query!(product_media, product_publications);
diesel::allow_tables_to_appear_in_same_query!(product_media, product_sales);
diesel::allow_tables_to_appear_in_same_query!(product_media, product_variants);
diesel::allow_tables_to_appear_in_same_query!(product_media, products);
diesel::allow_tables_to_appear_in_same_query!(product_media, selling_plan_group_products);
diesel::allow_tables_to_appear_in_same_query!(product_media, selling_plan_group_variants);
diesel::allow_tables_to_appear_in_same_query!(product_media, stored_files);
diesel::allow_tables_to_appear_in_same_query!(product_media, translations);
diesel::allow_tables_to_appear_in_same_query!(product_media, variant_components);
diesel::allow_tables_to_appear_in_same_query!(product_option_values, product_options);
diesel::allow_tables_to_appear_in_same_query!(product_option_values, product_variants);
diesel::allow_tables_to_appear_in_same_query!(product_option_values, products);
diesel::allow_tables_to_appear_in_same_query!(product_option_values, stored_files);
diesel::allow_tables_to_appear_in_same_query!(product_options, product_pairs);
diesel::allow_tables_to_appear_in_same_query!(product_options, product_publications);
diesel::allow_tables_to_appear_in_same_query!(product_options, product_sales);
diesel::allow_tables_to_appear_in_same_query!(product_options, product_variants);
diesel::allow_tables_to_appear_in_same_query!(product_options, products);
diesel::allow_tables_to_appear_in_same_query!(product_options, selling_plan_group_products);
diesel::allow_tables_to_appear_in_same_query!(product_options, translations);
diesel::allow_tables_to_appear_in_same_query!(product_options, variant_components);
diesel::allow_tables_to_appear_in_same_query!(product_pairs, product_publications);
diesel::allow_tables_to_appear_in_same_query!(product_pairs, product_sales);
diesel::allow_tables_to_appear_in_same_query!(product_pairs, product_variants);
diesel::allow_tables_to_appear_in_same_query!(product_pairs, products);
diesel::allow_tables_to_appear_in_same_query!(product_pairs, selling_plan_group_products);
diesel::allow_tables_to_appear_in_same_query!(product_pairs, translations);
diesel::allow_tables_to_appear_in_same_query!(product_pairs, variant_components);
diesel::allow_tables_to_appear_in_same_query!(product_publications, product_sales);
diesel::allow_tables_to_appear_in_same_query!(product_publications, product_variants);
diesel::allow_tables_to_appear_in_same_query!(product_publications, products);
diesel::allow_tables_to_appear_in_same_query!(product_publications, publications);
diesel::allow_tables_to_appear_in_same_query!(product_publications, selling_plan_group_products);
diesel::allow_tables_to_appear_in_same_query!(product_publications, translations);
diesel::allow_tables_to_appear_in_same_query!(product_publications, variant_components);
diesel::allow_tables_to_appear_in_same_query!(product_sales, product_variants);
diesel::allow_tables_to_appear_in_same_query!(product_sales, products);
diesel::allow_tables_to_appear_in_same_query!(product_sales, selling_plan_group_products);
diesel::allow_tables_to_appear_in_same_query!(product_sales, translations);
diesel::allow_tables_to_appear_in_same_query!(product_sales, variant_components);
diesel::allow_tables_to_appear_in_same_query!(product_variants, products);
diesel::allow_tables_to_appear_in_same_query!(product_variants, selling_plan_group_products);
diesel::allow_tables_to_appear_in_same_query!(product_variants, selling_plan_group_variants);
diesel::allow_tables_to_appear_in_same_query!(product_variants, selling_plan_groups);
diesel::allow_tables_to_appear_in_same_query!(product_variants, stored_files);
diesel::allow_tables_to_appear_in_same_query!(product_variants, translations);
diesel::allow_tables_to_appear_in_same_query!(product_variants, variant_components);
diesel::allow_tables_to_appear_in_same_query!(products, publications);
diesel::allow_tables_to_appear_in_same_query!(products, selling_plan_group_products);
diesel::allow_tables_to_appear_in_same_query!(products, selling_plan_group_variants);
diesel::allow_tables_to_appear_in_same_query!(products, selling_plan_groups);
diesel::allow_tables_to_appear_in_same_query!(products, shop_policies);
diesel::allow_tables_to_appear_in_same_query!(products, stored_files);
diesel::allow_tables_to_appear_in_same_query!(products, storefront_settings);
diesel::allow_tables_to_appear_in_same_query!(products, translations);
diesel::allow_tables_to_appear_in_same_query!(products, variant_components);
diesel::allow_tables_to_appear_in_same_query!(selling_plan_group_products, selling_plan_group_variants);
diesel::allow_tables_to_appear_in_same_query!(selling_plan_group_products, selling_plan_groups);
diesel::allow_tables_to_appear_in_same_query!(selling_plan_group_products, selling_plans);
diesel::allow_tables_to_appear_in_same_query!(selling_plan_group_products, translations);
diesel::allow_tables_to_appear_in_same_query!(selling_plan_group_products, variant_components);
diesel::allow_tables_to_appear_in_same_query!(selling_plan_group_variants, selling_plan_groups);
diesel::allow_tables_to_appear_in_same_query!(selling_plan_group_variants, selling_plans);
diesel::allow_tables_to_appear_in_same_query!(selling_plan_group_variants, variant_components);
diesel::allow_tables_to_appear_in_same_query!(selling_plan_groups, selling_plans);
diesel::allow_tables_to_appear_in_same_query!(shards, stores);
diesel::allow_tables_to_appear_in_same_query!(shop_policies, translations);
diesel::allow_tables_to_appear_in_same_query!(store_settings, stores);
diesel::allow_tables_to_appear_in_same_query!(translations, variant_components);
