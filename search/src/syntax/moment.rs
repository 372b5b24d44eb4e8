//! Dates in queries: a year, a month, a day, an instant, or `now`.

use chrono::{DateTime, Days, Months, NaiveDate, NaiveDateTime, Utc};

/// The stretch of time that a date stands for, from `start` up to but not including `end`. An instant has no length.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Moment {
    /// Its first instant.
    pub start: DateTime<Utc>,
    /// The first instant after it.
    pub end: DateTime<Utc>,
}

impl Moment {
    /// Reads `2026`, `2026-03`, `2026-03-01`, `2026-03-01T10:00:00[.5][Z|+02:00]` or `now`. Without a zone, UTC is meant.
    pub fn parse(text: &str, now: DateTime<Utc>) -> Option<Self> {
        if text.eq_ignore_ascii_case("now") {
            return Some(Moment::instant(now));
        }
        Moment::calendar(text).or_else(|| Moment::exact(text).map(Moment::instant))
    }

    fn instant(at: DateTime<Utc>) -> Self {
        Moment { start: at, end: at }
    }

    fn calendar(text: &str) -> Option<Self> {
        let (first, until) = match text.len() {
            4 => {
                let first = day(&format!("{text}-01-01"))?;
                (first, first.checked_add_months(Months::new(12))?)
            }
            7 => {
                let first = day(&format!("{text}-01"))?;
                (first, first.checked_add_months(Months::new(1))?)
            }
            10 => {
                let first = day(text)?;
                (first, first.checked_add_days(Days::new(1))?)
            }
            _ => return None,
        };
        Some(Moment { start: midnight(first), end: midnight(until) })
    }

    fn exact(text: &str) -> Option<DateTime<Utc>> {
        let zoned = DateTime::parse_from_rfc3339(text)
            .or_else(|_| DateTime::parse_from_str(text, "%Y-%m-%dT%H:%M:%S%.f%z"));
        if let Ok(at) = zoned {
            return Some(at.to_utc());
        }
        ["%Y-%m-%dT%H:%M:%S%.f", "%Y-%m-%d %H:%M:%S%.f", "%Y-%m-%dT%H:%M"]
            .iter()
            .find_map(|format| NaiveDateTime::parse_from_str(text, format).ok())
            .map(|at| at.and_utc())
    }
}

fn day(text: &str) -> Option<NaiveDate> {
    NaiveDate::parse_from_str(text, "%Y-%m-%d").ok()
}

fn midnight(day: NaiveDate) -> DateTime<Utc> {
    day.and_time(chrono::NaiveTime::MIN).and_utc()
}
