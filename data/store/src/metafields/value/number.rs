//! Numbers: whole ones, and decimal ones kept exactly.

use mcom_schema::Refusal;

use super::{
    fault::{invalid, too_long, too_short},
    rule::Rules,
};

/// Whole numbers stay exact in clients that keep them as doubles.
const LARGEST: i64 = 9_007_199_254_740_991;
/// Digits before and behind the point.
const DIGITS: (usize, usize) = (13, 9);

/// A decimal number, in billionths.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Decimal(i128);

impl Decimal {
    /// Reads `12`, `-12.50`.
    pub(super) fn parse(text: &str) -> Option<Self> {
        let (sign, digits) = text.strip_prefix('-').map_or((1, text), |digits| (-1, digits));
        let (whole, fraction) = digits.split_once('.').unwrap_or((digits, "0"));
        let all_digits = |part: &str| !part.is_empty() && part.bytes().all(|digit| digit.is_ascii_digit());
        let fraction = if all_digits(fraction) { fraction.trim_end_matches('0') } else { return None };
        let fits = all_digits(whole)
            && whole.trim_start_matches('0').len() <= DIGITS.0
            && fraction.len() <= DIGITS.1;
        let billionths: i128 = format!("{whole}{fraction:0<9}").parse().ok().filter(|_| fits)?;
        Some(Decimal(sign * billionths))
    }

    /// How many digits there are behind the point.
    fn precision(self) -> usize {
        let text = self.to_string();
        text.split_once('.').map_or(0, |(_, fraction)| fraction.trim_end_matches('0').len())
    }

    /// As a factor, for comparing units.
    pub(super) fn times(self, factor: i128) -> i128 {
        self.0 * factor
    }
}

impl std::fmt::Display for Decimal {
    /// With one digit behind the point at least.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let (sign, size) = (if self.0 < 0 { "-" } else { "" }, self.0.unsigned_abs());
        let fraction = format!("{:09}", size % 1_000_000_000);
        let fraction = fraction.trim_end_matches('0');
        write!(f, "{sign}{}.{}", size / 1_000_000_000, if fraction.is_empty() { "0" } else { fraction })
    }
}

/// A whole number.
pub(super) fn integer(text: &str, rules: Rules<'_>) -> Result<String, Refusal> {
    let number: i64 = text.trim().parse().map_err(|_| invalid("Value must be an integer"))?;
    if !(-LARGEST..=LARGEST).contains(&number) {
        return Err(invalid(format!("Value must be between -{LARGEST} and {LARGEST}")));
    }
    let bound = |name: &str| rules.get(name).and_then(|text| text.parse::<i64>().ok());
    within(&number, bound("min").as_ref(), bound("max").as_ref(), rules)?;
    Ok(number.to_string())
}

/// A decimal number.
pub(super) fn decimal(text: &str, rules: Rules<'_>) -> Result<String, Refusal> {
    let wrong =
        || invalid("Value must be a decimal number with at most 13 digits before and 9 behind the point");
    let number = Decimal::parse(text.trim()).ok_or_else(wrong)?;
    let bound = |name: &str| rules.get(name).and_then(Decimal::parse);
    within(&number, bound("min").as_ref(), bound("max").as_ref(), rules)?;
    if rules.whole("max_precision").is_some_and(|most| number.precision() > most) {
        let most = rules.get("max_precision").unwrap_or_default();
        return Err(invalid(format!("Value can't have more than {most} decimal places")));
    }
    Ok(number.to_string())
}

/// Refuses what lies outside of two bounds.
pub(super) fn within<T: PartialOrd>(
    value: &T,
    least: Option<&T>,
    most: Option<&T>,
    rules: Rules<'_>,
) -> Result<(), Refusal> {
    if least.is_some_and(|least| value < least) {
        return Err(too_short(format!(
            "Value is below the minimum of {}",
            rules.get("min").unwrap_or_default()
        )));
    }
    if most.is_some_and(|most| value > most) {
        return Err(too_long(format!(
            "Value is above the maximum of {}",
            rules.get("max").unwrap_or_default()
        )));
    }
    Ok(())
}
