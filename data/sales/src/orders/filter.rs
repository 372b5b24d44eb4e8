//! Conditions on orders, as the `query` argument of lists names them. Values of the caller are bound, never written into SQL.

use chrono::{DateTime, Utc};
use diesel::{
    AppearsOnTable, QueryResult, SelectableExpression,
    expression::{Expression, ValidGrouping, is_aggregate},
    pg::Pg,
    query_builder::{AstPass, QueryFragment, QueryId},
    sql_types::{BigInt, Bool, Text, Timestamptz},
};
use mcom_tables::orders;

/// Which orders.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum OrderFilter {
    /// Those that meet every one.
    All(Vec<OrderFilter>),
    /// Those that meet at least one.
    Any(Vec<OrderFilter>),
    /// Those that do not meet it.
    Not(Box<OrderFilter>),
    /// Those that meet a single condition.
    Is(OrderTerm),
}

/// A single condition.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum OrderTerm {
    /// By id.
    Id(Compare<i64>),
    /// By what it is called, with or without the store's prefix.
    Name(String),
    /// By the buyer's address, case disregarded.
    Email(String),
    /// By what the buyer reads out.
    ConfirmationNumber(String),
    /// By customer.
    Customer(i64),
    /// A name of `OrderDisplayFinancialStatus`, case disregarded.
    FinancialStatus(String),
    /// A name of `OrderDisplayFulfillmentStatus`, case disregarded.
    FulfillmentStatus(String),
    /// Was cancelled.
    Cancelled(bool),
    /// By when it was placed.
    CreatedAt(Compare<DateTime<Utc>>),
    /// By the last change.
    UpdatedAt(Compare<DateTime<Utc>>),
    /// A line has this number of the merchant's.
    Sku(String),
    /// Any of name, address and confirmation number.
    Word(String),
}

/// How an ordered value compares.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Compare<T> {
    /// The same.
    Is(T),
    /// Before or smaller.
    Below(T),
    /// Not after or greater.
    AtMost(T),
    /// After or greater.
    Above(T),
    /// Not before or smaller.
    AtLeast(T),
}

impl<T> Compare<T> {
    fn parts(&self) -> (&'static str, &T) {
        match self {
            Compare::Is(value) => (" = ", value),
            Compare::Below(value) => (" < ", value),
            Compare::AtMost(value) => (" <= ", value),
            Compare::Above(value) => (" > ", value),
            Compare::AtLeast(value) => (" >= ", value),
        }
    }
}

impl Expression for OrderFilter {
    type SqlType = Bool;
}

impl QueryId for OrderFilter {
    type QueryId = ();
    const HAS_STATIC_QUERY_ID: bool = false;
}

impl<G> ValidGrouping<G> for OrderFilter {
    type IsAggregate = is_aggregate::Never;
}

impl AppearsOnTable<orders::table> for OrderFilter {}
impl SelectableExpression<orders::table> for OrderFilter {}

impl QueryFragment<Pg> for OrderFilter {
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, Pg>) -> QueryResult<()> {
        out.unsafe_to_cache_prepared();
        out.push_sql("(");
        match self {
            OrderFilter::All(parts) => joined(parts, " and ", "true", out.reborrow())?,
            OrderFilter::Any(parts) => joined(parts, " or ", "false", out.reborrow())?,
            OrderFilter::Not(part) => {
                // What is unknown does not meet a condition, and so meets its opposite.
                out.push_sql("not coalesce(");
                part.walk_ast(out.reborrow())?;
                out.push_sql(", false)");
            }
            OrderFilter::Is(term) => term.walk(out.reborrow())?,
        }
        out.push_sql(")");
        Ok(())
    }
}

fn joined<'b>(
    parts: &'b [OrderFilter],
    operator: &str,
    nothing: &str,
    mut out: AstPass<'_, 'b, Pg>,
) -> QueryResult<()> {
    if parts.is_empty() {
        out.push_sql(nothing);
    }
    for (i, part) in parts.iter().enumerate() {
        if i > 0 {
            out.push_sql(operator);
        }
        part.walk_ast(out.reborrow())?;
    }
    Ok(())
}

impl OrderTerm {
    fn walk<'b>(&'b self, mut out: AstPass<'_, 'b, Pg>) -> QueryResult<()> {
        match self {
            OrderTerm::Id(by) => {
                let (operator, value) = by.parts();
                out.push_sql("orders.id");
                out.push_sql(operator);
                out.push_bind_param::<BigInt, _>(value)
            }
            OrderTerm::CreatedAt(by) => instant("orders.created_at", by, out),
            OrderTerm::UpdatedAt(by) => instant("orders.updated_at", by, out),
            OrderTerm::Customer(id) => {
                out.push_sql("orders.customer_id = ");
                out.push_bind_param::<BigInt, _>(id)
            }
            OrderTerm::Cancelled(true) => plain("orders.cancelled_at is not null", out),
            OrderTerm::Cancelled(false) => plain("orders.cancelled_at is null", out),
            OrderTerm::Name(name) => text(&[NAME], name, out),
            OrderTerm::Email(email) => text(&[EMAIL], email, out),
            OrderTerm::ConfirmationNumber(number) => text(&[CONFIRMATION], number, out),
            OrderTerm::FinancialStatus(status) => {
                text(&[("orders.financial_status = upper(", ")")], status, out)
            }
            OrderTerm::FulfillmentStatus(status) => {
                text(&[("orders.fulfillment_status = upper(", ")")], status, out)
            }
            OrderTerm::Sku(sku) => text(&[SKU], sku, out),
            OrderTerm::Word(word) => text(&[NAME, EMAIL, CONFIRMATION], word, out),
        }
    }
}

type Around = (&'static str, &'static str);

const NAME: Around = ("ltrim(", ", '#') in (orders.number::text, orders.name, ltrim(orders.name, '#'))");
const EMAIL: Around = ("lower(orders.email) = lower(", ")");
const CONFIRMATION: Around = ("orders.confirmation_number = upper(", ")");
const SKU: Around = (
    "exists (select 1 from order_lines l where l.tenant_id = orders.tenant_id and l.order_id = orders.id and l.sku = ",
    ")",
);

/// Any of the conditions, each with the text in its gap.
fn text<'b>(conditions: &[Around], value: &'b String, mut out: AstPass<'_, 'b, Pg>) -> QueryResult<()> {
    for (i, (before, after)) in conditions.iter().enumerate() {
        if i > 0 {
            out.push_sql(" or ");
        }
        out.push_sql(before);
        out.push_bind_param::<Text, _>(value)?;
        out.push_sql(after);
    }
    Ok(())
}

fn instant<'b>(
    column: &str,
    by: &'b Compare<DateTime<Utc>>,
    mut out: AstPass<'_, 'b, Pg>,
) -> QueryResult<()> {
    let (operator, value) = by.parts();
    out.push_sql(column);
    out.push_sql(operator);
    out.push_bind_param::<Timestamptz, _>(value)
}

fn plain(sql: &str, mut out: AstPass<'_, '_, Pg>) -> QueryResult<()> {
    out.push_sql(sql);
    Ok(())
}

#[cfg(test)]
mod tests {
    use diesel::{QueryDsl, debug_query, pg::Pg};
    use mcom_tables::orders;

    use super::{OrderFilter, OrderTerm};

    #[test]
    fn a_condition_binds_what_the_caller_wrote() {
        let injected = OrderFilter::Not(Box::new(OrderFilter::Any(vec![
            OrderFilter::Is(OrderTerm::Email("' or 1=1 --".into())),
            OrderFilter::Is(OrderTerm::Cancelled(true)),
        ])));
        let query = orders::table.filter(injected).select(orders::id);
        let sql = debug_query::<Pg, _>(&query).to_string();
        assert!(sql.contains("lower(orders.email) = lower($1)"), "{sql}");
        assert!(sql.contains("not coalesce(("), "{sql}");
    }
}
