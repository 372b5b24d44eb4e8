drop table variant_components;
