-- How many pieces of a variant are sold at once, and from how many on a piece costs less.
alter table product_variants
    add column quantity_minimum bigint not null default 1 check (quantity_minimum > 0),
    add column quantity_maximum bigint,
    add column quantity_increment bigint not null default 1 check (quantity_increment > 0),
    -- The fewest first: from how many pieces on, and what one then costs in minor units.
    add column price_breaks jsonb not null default '[]',
    add constraint product_variants_quantity_rule check (
        quantity_minimum % quantity_increment = 0
        and (quantity_maximum is null
            or (quantity_maximum >= quantity_minimum and quantity_maximum % quantity_increment = 0)));
