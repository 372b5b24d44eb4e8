drop procedure mcom_tenant_table(regclass);
drop table domains, stores, shards, organizations, plans;
