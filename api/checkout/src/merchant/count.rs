//! How many there are of something.

/// A number of things, counted to the end.
pub struct Count {
    count: i64,
}

mcom_kit::record!(Count as "Count" { "count" = count, "precision" => Count::precision });

impl Count {
    /// All there are.
    pub(super) fn exact(count: i64) -> Self {
        Count { count }
    }

    fn precision(&self) -> &str {
        "EXACT"
    }
}
