alter table product_variants
    drop constraint product_variants_quantity_rule,
    drop column price_breaks,
    drop column quantity_increment,
    drop column quantity_maximum,
    drop column quantity_minimum;
