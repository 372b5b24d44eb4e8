drop table metafields, metafield_definitions;
