drop table storefront_settings;
