alter table product_variants
    drop constraint product_variants_measure,
    drop column reference_unit,
    drop column reference_value,
    drop column measured_unit,
    drop column measured_millionths;
alter table product_option_values drop column swatch_media_id, drop column swatch_color;
