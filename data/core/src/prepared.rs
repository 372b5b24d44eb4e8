//! Statements that a connection plans once: diesel prepares raw SQL, updates and upserts anew each time, for their text might change.

use diesel::{
    QueryResult,
    pg::Pg,
    query_builder::{AstPass, Query, QueryFragment, QueryId},
};

/// Says of a statement that its text is always the same, or one of very few: so that planning a join of nine tables is not paid for with
/// every request. The plan is for any values, so the statement must be one that is good with the same plan for all of them.
pub trait Prepare: Sized {
    /// The same statement, kept prepared by each connection that has run it.
    fn prepared(self) -> Prepared<Self>;
}

impl<Q> Prepare for Q
where
    Q: QueryFragment<Pg>,
{
    fn prepared(self) -> Prepared<Self> {
        Prepared(self)
    }
}

/// A statement that is kept prepared.
#[derive(Debug, Clone, Copy)]
#[must_use = "a statement does nothing until it is run"]
pub struct Prepared<Q>(Q);

impl<Q: QueryFragment<Pg>> QueryFragment<Pg> for Prepared<Q> {
    fn walk_ast<'b>(&'b self, out: AstPass<'_, 'b, Pg>) -> QueryResult<()> {
        self.0.walk_ast(out)
    }

    fn is_safe_to_cache_prepared(&self, _: &Pg) -> QueryResult<bool> {
        Ok(true)
    }
}

/// Prepared statements are told apart by their text.
impl<Q> QueryId for Prepared<Q> {
    type QueryId = ();

    const HAS_STATIC_QUERY_ID: bool = false;
}

impl<Q: Query> Query for Prepared<Q> {
    type SqlType = Q::SqlType;
}
