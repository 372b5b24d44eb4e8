//! How many there are of something.

use serde::Deserialize;

/// A number of things, and whether counting was stopped at it.
pub struct Count {
    count: i64,
    precision: &'static str,
}

mcom_kit::record!(Count as "Count" { "count" = count, "precision" = precision });

/// How far to count.
#[derive(Debug, Deserialize)]
pub(crate) struct LimitArgs {
    /// Up to here; all the way if it is left out.
    pub limit: Option<i64>,
}

impl Count {
    /// `found`, as far as the caller wanted to have it counted.
    pub(crate) fn up_to(limit: Option<i64>, found: i64) -> Self {
        match limit {
            Some(limit) if found > limit => Count { count: limit, precision: "AT_LEAST" },
            _ => Count::exact(found),
        }
    }

    /// All there are.
    pub(crate) fn exact(count: i64) -> Self {
        Count { count, precision: "EXACT" }
    }
}

#[cfg(test)]
mod tests {
    use super::Count;

    #[test]
    fn counting_stops_where_the_caller_says() {
        let stopped = Count::up_to(Some(3), 5);
        assert_eq!((stopped.count, stopped.precision), (3, "AT_LEAST"));
        let exact = Count::up_to(Some(5), 5);
        assert_eq!((exact.count, exact.precision), (5, "EXACT"));
        assert_eq!(Count::up_to(None, 20_000).count, 20_000);
    }
}
