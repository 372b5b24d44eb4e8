//! Writes the crate of table definitions from the catalog of a migrated database. diesel's own printer needs libpq.

use std::{collections::BTreeMap, fmt::Write};

use diesel::QueryableByName;
use diesel::sql_types::{Bool, Integer, Text};
use diesel_async::RunQueryDsl;

use crate::server::Server;

/// The source text of the tables crate for the database behind `url`.
///
/// # Errors
/// If the database cannot be read, or a column has a type that has no counterpart yet.
pub async fn table_definitions(url: &str) -> anyhow::Result<String> {
    let mut conn = Server::parse(url)?.connect().await?;
    let columns: Vec<Column> = diesel::sql_query(COLUMNS).load(&mut conn).await?;
    let mut tables: BTreeMap<&str, Vec<&Column>> = BTreeMap::new();
    for column in &columns {
        tables.entry(&column.of_table).or_default().push(column);
    }
    let mut text = String::from(HEADER);
    for (name, columns) in &tables {
        define(&mut text, name, columns)?;
    }
    text.push('\n');
    let pairs: Vec<Pair> = diesel::sql_query(PAIRS).load(&mut conn).await?;
    for Pair { one, other } in &pairs {
        writeln!(text, "diesel::allow_tables_to_appear_in_same_query!({one}, {other});")?;
    }
    Ok(text)
}

const HEADER: &str = "//! Every table as diesel sees it, generated from the migrated database: `cargo tables` writes this file.\n";

const COLUMNS: &str = r"select c.relname::text as of_table, a.attname::text as name, format_type(a.atttypid, null) as kind,
        a.attnotnull as required, coalesce(array_position(i.indkey::int2[], a.attnum), -1) as key_position
    from pg_class c join pg_attribute a on a.attrelid = c.oid
        left join pg_index i on i.indrelid = c.oid and i.indisprimary
    where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and c.relname not like '\_\_%'
        and a.attnum > 0 and not a.attisdropped
    order by c.relname, a.attnum";

/// Tables that one query may join: a foreign key ties them, or each is tied to the same third; and three pairs that
/// meet otherwise. Every pair of a hundred tables would
/// be ten thousand implementations, most of a minute to compile, for joins that nobody means. Where a store is all that two tables
/// have in common, they have nothing in common.
const PAIRS: &str = r"with tied as (
        select distinct conrelid::regclass::text as one, confrelid::regclass::text as other from pg_constraint
            where contype = 'f' and conrelid <> confrelid and conparentid = 0 and connamespace = 'public'::regnamespace),
    either as (select one, other from tied union select other, one from tied)
    select least(one, other) as one, greatest(one, other) as other from tied
    union
    select least(a.one, b.other), greatest(a.one, b.other) from either a join either b on b.one = a.other
        where a.other <> 'stores' and a.one <> b.other
    union values ('collection_products', 'publications'), ('inventory_items', 'order_allocations'),
        ('metafield_definitions', 'metafields')
    order by 1, 2";

#[derive(QueryableByName)]
struct Pair {
    #[diesel(sql_type = Text)]
    one: String,
    #[diesel(sql_type = Text)]
    other: String,
}

#[derive(QueryableByName)]
struct Column {
    #[diesel(sql_type = Text)]
    of_table: String,
    #[diesel(sql_type = Text)]
    name: String,
    #[diesel(sql_type = Text)]
    kind: String,
    #[diesel(sql_type = Bool)]
    required: bool,
    /// Place in the primary key; -1: not in it.
    #[diesel(sql_type = Integer)]
    key_position: i32,
}

fn define(text: &mut String, table: &str, columns: &[&Column]) -> anyhow::Result<()> {
    let mut key: Vec<_> = columns.iter().filter(|column| column.key_position >= 0).collect();
    key.sort_by_key(|column| column.key_position);
    let key: Vec<_> = key.iter().map(|column| column.name.as_str()).collect();
    writeln!(text, "\ndiesel::table! {{\n    {table} ({}) {{", key.join(", "))?;
    for column in columns {
        writeln!(text, "        {} -> {},", column.name, column.sql_type()?)?;
    }
    text.push_str("    }\n}\n");
    Ok(())
}

impl Column {
    fn sql_type(&self) -> anyhow::Result<String> {
        let known = match self.kind.as_str() {
            "bigint" => "BigInt",
            "integer" => "Integer",
            "smallint" => "SmallInt",
            "boolean" => "Bool",
            "double precision" => "Double",
            "text" => "Text",
            "bytea" => "Bytea",
            "json" => "Json",
            "jsonb" => "Jsonb",
            "date" => "Date",
            "timestamp with time zone" => "Timestamptz",
            "bigint[]" => "Array<BigInt>",
            "text[]" => "Array<Text>",
            kind => anyhow::bail!(
                "{}.{} is of type {kind}, which has no counterpart yet",
                self.of_table,
                self.name
            ),
        };
        Ok(if self.required { known.to_owned() } else { format!("Nullable<{known}>") })
    }
}
