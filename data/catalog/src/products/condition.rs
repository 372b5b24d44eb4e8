//! Conditions in SQL: fixed pieces of text with the caller's values bound between them, never written into them.

use chrono::{DateTime, Utc};
use diesel::{
    expression::{AppearsOnTable, Expression, SelectableExpression, ValidGrouping, is_aggregate},
    pg::Pg,
    prelude::*,
    query_builder::{AstPass, QueryFragment, QueryId},
    sql_types::{BigInt, Bool, Text, Timestamptz},
};
use mcom_schema::text::fold;

use super::{Compare, Filter, Match, ProductTerm};

/// A condition on rows of `products`, for use inside queries that name that table.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Condition(Vec<Piece>);

#[derive(Debug, Clone, PartialEq)]
enum Piece {
    Sql(&'static str),
    Text(String),
    Number(i64),
    Time(DateTime<Utc>),
}

impl Condition {
    /// The condition that `filter` means.
    pub(crate) fn of(filter: &Filter) -> Self {
        let mut condition = Condition(vec![]);
        condition.filter(filter);
        condition
    }

    fn filter(&mut self, filter: &Filter) {
        match filter {
            Filter::All(parts) => self.joined(parts, " and ", "true"),
            Filter::Any(parts) => self.joined(parts, " or ", "false"),
            Filter::Not(part) => {
                self.sql("not (");
                self.filter(part);
                self.sql(")");
            }
            Filter::Is(term) => self.term(term),
        }
    }

    fn joined(&mut self, parts: &[Filter], word: &'static str, none: &'static str) {
        self.sql("(");
        for (index, part) in parts.iter().enumerate() {
            if index > 0 {
                self.sql(word);
            }
            self.filter(part);
        }
        self.sql(if parts.is_empty() { none } else { "" });
        self.sql(")");
    }

    fn term(&mut self, term: &ProductTerm) {
        match term {
            ProductTerm::Id(by) => self.compare("products.id", *by, Piece::Number),
            ProductTerm::Handle(by) => self.text("products.handle", by, |text| text.to_lowercase()),
            ProductTerm::Title(by) => self.text("products.title_key", by, fold),
            ProductTerm::Vendor(by) => self.text("products.vendor_key", by, fold),
            ProductTerm::ProductType(by) => self.text("products.type_key", by, fold),
            ProductTerm::Tag(tag) => {
                self.bound(TAG_IS, Piece::Text(tag.to_lowercase()), ")");
            }
            ProductTerm::Status(status) => {
                self.bound("products.status = ", Piece::Text(status.to_uppercase()), "");
            }
            ProductTerm::Sku(by) => self.of_variants(|condition| condition.text("v.sku", by, str::to_owned)),
            ProductTerm::Barcode(by) => {
                self.of_variants(|condition| condition.text("v.barcode", by, str::to_owned));
            }
            ProductTerm::Price(by) => {
                self.of_variants(|condition| condition.compare("v.price_minor", *by, Piece::Number));
            }
            ProductTerm::PriceReduced(yes) => self.holds(*yes, |condition| {
                condition.of_variants(|condition| condition.sql("v.compare_at_price_minor > v.price_minor"));
            }),
            ProductTerm::GiftCard(yes) => self.holds(*yes, |condition| condition.sql("products.gift_card")),
            ProductTerm::CreatedAt(by) => self.compare("products.created_at", *by, Piece::Time),
            ProductTerm::UpdatedAt(by) => self.compare("products.updated_at", *by, Piece::Time),
            ProductTerm::InventoryTotal(by) => self.compare(TOTAL, *by, Piece::Number),
            ProductTerm::Published(yes) => self.holds(*yes, |condition| condition.sql(PUBLISHED)),
            ProductTerm::ForSale(yes) => self.holds(*yes, |condition| condition.sql(SELLABLE)),
            ProductTerm::Collection(id) => self.bound(MEMBER, Piece::Number(*id), ")"),
            ProductTerm::Word(word) => self.word(word),
        }
    }

    fn of_variants(&mut self, what: impl FnOnce(&mut Self)) {
        self.sql("exists (select 1 from product_variants v where v.tenant_id = products.tenant_id and v.product_id = products.id and ");
        what(self);
        self.sql(")");
    }

    fn holds(&mut self, yes: bool, what: impl FnOnce(&mut Self)) {
        self.sql(if yes { "(" } else { "not (" });
        what(self);
        self.sql(")");
    }

    fn compare<T>(&mut self, column: &'static str, by: Compare<T>, piece: impl Fn(T) -> Piece) {
        let (operator, value) = match by {
            Compare::Is(value) => (" = ", value),
            Compare::Below(value) => (" < ", value),
            Compare::AtMost(value) => (" <= ", value),
            Compare::Above(value) => (" > ", value),
            Compare::AtLeast(value) => (" >= ", value),
        };
        self.sql(column);
        self.bound(operator, piece(value), "");
    }

    fn text(&mut self, column: &'static str, by: &Match, fold: impl Fn(&str) -> String) {
        self.sql(column);
        match by {
            Match::Whole(text) => self.bound(" = ", Piece::Text(fold(text)), ""),
            Match::Prefix(text) => self.bound(" like ", Piece::Text(pattern(&fold(text), "")), ""),
        }
    }

    fn word(&mut self, word: &str) {
        let anywhere = Piece::Text(pattern(&fold(word), "%"));
        self.bound("(products.title_key like ", anywhere.clone(), " or ");
        self.bound("products.vendor_key like ", anywhere.clone(), " or ");
        self.bound("products.type_key like ", anywhere.clone(), " or ");
        self.bound("products.handle like ", anywhere.clone(), " or ");
        self.bound(TAG_LIKE, anywhere, ") or ");
        self.of_variants(|condition| condition.bound("v.sku = ", Piece::Text(word.to_owned()), ""));
        self.sql(")");
    }

    fn sql(&mut self, sql: &'static str) {
        self.0.push(Piece::Sql(sql));
    }

    fn bound(&mut self, before: &'static str, value: Piece, after: &'static str) {
        self.0.extend([Piece::Sql(before), value, Piece::Sql(after)]);
    }
}

const TAG_IS: &str = "exists (select 1 from unnest(products.tags) tag where lower(tag) = ";
const TAG_LIKE: &str = "exists (select 1 from unnest(products.tags) tag where lower(tag) like ";

const PUBLISHED: &str = "exists (select 1 from product_documents d
    where d.tenant_id = products.tenant_id and d.product_id = products.id)";

const MEMBER: &str = "exists (select 1 from collection_products m
    where m.tenant_id = products.tenant_id and m.product_id = products.id and m.collection_id = ";

const TOTAL: &str = "(select coalesce(sum(l.available), 0)::bigint from inventory_items i
    join inventory_levels l on l.tenant_id = i.tenant_id and l.item_id = i.id
    join locations p on p.tenant_id = l.tenant_id and p.id = l.location_id and p.is_active
    where i.tenant_id = products.tenant_id and i.product_id = products.id and i.tracked)";

/// A bundle can be bought if no component lacks pieces for one.
const SELLABLE: &str = "exists (select 1 from product_variants v
    join inventory_items i on i.tenant_id = v.tenant_id and i.variant_id = v.id
    where v.tenant_id = products.tenant_id and v.product_id = products.id
    and case when exists (select 1 from variant_components c where c.tenant_id = v.tenant_id and c.variant_id = v.id)
    then not exists (select 1 from variant_components c
        left join product_variants w on w.tenant_id = c.tenant_id and w.id = c.component_id
        left join product_documents d on d.tenant_id = w.tenant_id and d.product_id = w.product_id
        left join inventory_items j on j.tenant_id = w.tenant_id and j.variant_id = w.id
        where c.tenant_id = v.tenant_id and c.variant_id = v.id
        and (d.product_id is null or j.tracked and w.inventory_policy = 'DENY' and coalesce((
            select sum(l.available) from inventory_levels l
            join locations p on p.tenant_id = l.tenant_id and p.id = l.location_id
            where l.tenant_id = j.tenant_id and l.item_id = j.id and p.is_active and p.fulfills_online_orders), 0) < c.quantity))
    else not i.tracked or v.inventory_policy = 'CONTINUE' or exists (select 1 from inventory_levels l
        join locations p on p.tenant_id = l.tenant_id and p.id = l.location_id
        where l.tenant_id = i.tenant_id and l.item_id = i.id and p.is_active and p.fulfills_online_orders
        having sum(l.available) > 0) end)";

/// A LIKE pattern for what begins with `text`, after anything that `before` stands for.
fn pattern(text: &str, before: &str) -> String {
    let escaped = text.replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_");
    format!("{before}{escaped}%")
}

impl QueryFragment<Pg> for Condition {
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, Pg>) -> QueryResult<()> {
        out.unsafe_to_cache_prepared();
        for piece in &self.0 {
            match piece {
                Piece::Sql(sql) => out.push_sql(sql),
                Piece::Text(text) => out.push_bind_param::<Text, _>(text)?,
                Piece::Number(number) => out.push_bind_param::<BigInt, _>(number)?,
                Piece::Time(time) => out.push_bind_param::<Timestamptz, _>(time)?,
            }
        }
        Ok(())
    }
}

impl QueryId for Condition {
    type QueryId = ();
    const HAS_STATIC_QUERY_ID: bool = false;
}

impl Expression for Condition {
    type SqlType = Bool;
}

impl ValidGrouping<()> for Condition {
    type IsAggregate = is_aggregate::No;
}

impl<T> AppearsOnTable<T> for Condition {}
impl<T> SelectableExpression<T> for Condition {}

#[cfg(test)]
mod tests {
    use diesel::{debug_query, pg::Pg, prelude::*};
    use mcom_tables::products;

    use super::{super::*, Condition, pattern};

    #[test]
    fn wildcards_of_the_caller_are_plain_characters() {
        assert_eq!(pattern("50%_\\", "%"), "%50\\%\\_\\\\%");
    }

    #[test]
    fn values_are_bound_and_never_part_of_the_text() {
        let evil = "x' or 1=1 --";
        let filter = Filter::All(vec![
            Filter::Is(ProductTerm::Vendor(Match::Whole(evil.into()))),
            Filter::Not(Box::new(Filter::Any(vec![Filter::Is(ProductTerm::Tag(evil.into()))]))),
        ]);
        let query = products::table.filter(Condition::of(&filter)).select(products::id);
        let text = debug_query::<Pg, _>(&query).to_string();
        let (sql, binds) = text.split_once("-- binds").unwrap();
        assert!(sql.contains("products.vendor_key = $1 and not ((exists"), "{sql}");
        assert!(!sql.contains("1=1") && binds.contains("1=1"));
    }
}
