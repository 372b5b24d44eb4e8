drop table metaobjects, metaobject_definitions;
