alter table order_lines drop column selling_plan;
drop table selling_plan_group_variants;
drop table selling_plan_group_products;
drop table selling_plans;
drop table selling_plan_groups;
