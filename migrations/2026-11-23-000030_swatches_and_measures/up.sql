-- How a value of an option is shown where there is no room for its name: as a color, or as one of the product's pictures.
alter table product_option_values
    add column swatch_color text check (swatch_color ~ '^#[0-9A-F]{6}$'),
    add column swatch_media_id bigint,
    add constraint product_option_values_swatch foreign key (tenant_id, swatch_media_id)
        references product_media (tenant_id, id) on delete set null (swatch_media_id);
create index product_option_values_swatch on product_option_values (tenant_id, swatch_media_id)
    where swatch_media_id is not null;

-- How much is in one piece (in millionths of the unit), and for how much of it a price is told to compare by: 750 ml, per 1 l.
alter table product_variants
    add column measured_millionths bigint check (measured_millionths > 0),
    add column measured_unit text,
    add column reference_value integer check (reference_value > 0),
    add column reference_unit text,
    add constraint product_variants_measure
        check (num_nulls(measured_millionths, measured_unit, reference_value, reference_unit) in (0, 4));
