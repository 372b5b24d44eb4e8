//! A digest of every row of a store, by table.

use std::collections::BTreeMap;

use mcom_tests::Shop;

pub(crate) async fn rows(shop: &Shop) -> BTreeMap<String, String> {
    let tables = "select c.relname::text from pg_class c join pg_attribute a on a.attrelid = c.oid
        where c.relkind in ('r', 'p') and c.relnamespace = 'public'::regnamespace and a.attname = 'tenant_id'
          and $1::bigint is not null";
    let digest = |table: String| {
        format!(
            "select '{table}', coalesce(md5(string_agg(t::text, '|' order by t::text)), '') from {table} t where tenant_id = $1"
        )
    };
    let tables = shop.rows(tables).await;
    let digests: Vec<String> = tables.iter().map(|table| digest(table.get(0))).collect();
    let digests = shop.rows(&digests.join(" union all ")).await;
    digests.iter().map(|row| (row.get(0), row.get(1))).collect()
}
