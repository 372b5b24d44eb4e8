//! How many there are of something.

/// A number of things, and whether counting was stopped at it.
pub struct Count {
    count: i64,
    precision: &'static str,
}

mcom_kit::record!(Count as "Count" { "count" = count, "precision" = precision });

impl Count {
    /// `found`, as far as the caller wanted to have it counted.
    pub(super) fn up_to(limit: Option<i64>, found: i64) -> Self {
        match limit {
            Some(limit) if found > limit => Count { count: limit, precision: "AT_LEAST" },
            _ => Count::exact(found),
        }
    }

    /// All there are.
    pub(super) fn exact(count: i64) -> Self {
        Count { count, precision: "EXACT" }
    }
}
