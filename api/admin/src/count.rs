//! How many there are of something.

use serde::Deserialize;

/// A number of things, and whether counting was stopped at it.
pub struct Count {
    count: i64,
    precision: &'static str,
}

mcom_kit::record!(Count as "Count" { "count" = count, "precision" = precision });

/// What a count is asked for with.
#[derive(Debug, Deserialize)]
pub(crate) struct CountArgs {
    /// The search query.
    pub query: Option<String>,
    limit: Option<i64>,
}

impl CountArgs {
    /// `found` as far as the caller wanted to have it counted.
    pub(crate) fn stop(&self, found: i64) -> Count {
        match self.limit {
            Some(limit) if found > limit => Count { count: limit, precision: "AT_LEAST" },
            _ => Count::exact(found),
        }
    }
}

impl Count {
    /// All there are.
    pub(crate) fn exact(count: i64) -> Self {
        Count { count, precision: "EXACT" }
    }
}

#[cfg(test)]
mod tests {
    use super::CountArgs;

    #[test]
    fn counting_stops_where_the_caller_says() {
        let args = |limit| CountArgs { query: None, limit };
        let stopped = args(Some(3)).stop(5);
        assert_eq!((stopped.count, stopped.precision), (3, "AT_LEAST"));
        let exact = args(Some(5)).stop(5);
        assert_eq!((exact.count, exact.precision), (5, "EXACT"));
        assert_eq!(args(None).stop(20_000).count, 20_000);
    }
}
