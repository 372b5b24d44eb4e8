drop table inventory_movements, inventory_levels, inventory_items, locations;
