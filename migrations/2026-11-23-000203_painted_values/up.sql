-- What filters show beside the names of values. Few values have it.
create index product_option_values_painted on product_option_values (tenant_id, option_id, name, id)
    where swatch_color is not null or swatch_media_id is not null;
