//! Days and instants.

use chrono::{DateTime, NaiveDate, NaiveDateTime, SecondsFormat, Utc};
use mcom_schema::Refusal;

use super::{fault::invalid, number::within, rule::Rules};

/// Reads `2026-03-01`.
pub(super) fn read_date(text: &str) -> Option<NaiveDate> {
    NaiveDate::parse_from_str(text.trim(), "%Y-%m-%d").ok()
}

/// Reads an instant; one without an offset is in UTC.
pub(super) fn read_instant(text: &str) -> Option<DateTime<Utc>> {
    let text = text.trim();
    if let Ok(at) = DateTime::parse_from_rfc3339(text) {
        return Some(at.to_utc());
    }
    let forms = ["%Y-%m-%dT%H:%M:%S%.f", "%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M:%S"];
    forms.iter().find_map(|form| NaiveDateTime::parse_from_str(text, form).ok()).map(|at| at.and_utc())
}

/// A day.
pub(super) fn date(text: &str, rules: Rules<'_>) -> Result<String, Refusal> {
    let day = read_date(text).ok_or_else(|| invalid("Value must be a date, as in 2026-03-01"))?;
    let bound = |name: &str| rules.get(name).and_then(read_date);
    within(&day, bound("min").as_ref(), bound("max").as_ref(), rules)?;
    Ok(day.to_string())
}

/// An instant, kept in UTC.
pub(super) fn instant(text: &str, rules: Rules<'_>) -> Result<String, Refusal> {
    let wrong = || invalid("Value must be a date and a time, as in 2026-03-01T12:30:00Z");
    let at = read_instant(text).ok_or_else(wrong)?;
    let bound = |name: &str| rules.get(name).and_then(read_instant);
    within(&at, bound("min").as_ref(), bound("max").as_ref(), rules)?;
    Ok(at.to_rfc3339_opts(SecondsFormat::Secs, true))
}
