//! The scalars: what is accepted as input for each, built in or of the contract.

use async_graphql::Value;
use chrono::{DateTime, NaiveDate};

use crate::types::Problem;

/// A value as the scalar wants it. Scalars without a rule of their own take anything. No text holds U+0000, which the database cannot keep.
///
/// # Errors
/// One problem that says what was expected.
pub fn coerce(scalar: &str, value: Value) -> Result<Value, Problem> {
    if has_null_character(&value) {
        return Err(Problem::new(format!("{scalar} must not contain the character U+0000")));
    }
    match scalar {
        "Int" => whole(value),
        "Float" => keep_if(matches!(value, Value::Number(_)), value, "Float"),
        "Boolean" => keep_if(matches!(value, Value::Boolean(_)), value, "Boolean"),
        "String" => keep_if(matches!(value, Value::String(_)), value, "String"),
        "ID" => id(value),
        "Decimal" | "Money" => text_or_number(value, scalar, is_decimal),
        "UnsignedInt64" => text_or_number(value, scalar, |text| text.parse::<u64>().is_ok()),
        "DateTime" => text(value, scalar, |text| DateTime::parse_from_rfc3339(text).is_ok()),
        "Date" => text(value, scalar, |text| NaiveDate::parse_from_str(text, "%Y-%m-%d").is_ok()),
        "URL" => text(value, scalar, is_url),
        "HTML" | "FormattedString" | "Color" => keep_if(matches!(value, Value::String(_)), value, scalar),
        _ => Ok(value),
    }
}

fn has_null_character(value: &Value) -> bool {
    match value {
        Value::String(text) => text.contains('\0'),
        Value::List(items) => items.iter().any(has_null_character),
        Value::Object(fields) => {
            fields.iter().any(|(name, value)| name.contains('\0') || has_null_character(value))
        }
        _ => false,
    }
}

fn refuse(value: &Value, scalar: &str) -> Problem {
    Problem::new(format!("Could not coerce value {value} to {scalar}"))
}

fn keep_if(fits: bool, value: Value, scalar: &str) -> Result<Value, Problem> {
    if fits { Ok(value) } else { Err(refuse(&value, scalar)) }
}

/// GraphQL integers have 32 bits; `3.0` is one, as JSON does not tell the two apart.
fn whole(value: Value) -> Result<Value, Problem> {
    let Value::Number(number) = &value else { return Err(refuse(&value, "Int")) };
    let fits = |n: i64| i32::try_from(n).is_ok();
    match (number.as_i64(), number.as_f64()) {
        (Some(n), _) if fits(n) => Ok(value),
        (None, Some(n)) if n.fract() == 0.0 && n.abs() <= f64::from(i32::MAX) => Ok(Value::from(n as i64)),
        _ => Err(refuse(&value, "Int")),
    }
}

fn id(value: Value) -> Result<Value, Problem> {
    match value {
        Value::String(text) => Ok(Value::String(text)),
        Value::Number(number) if number.is_i64() || number.is_u64() => Ok(Value::String(number.to_string())),
        other => Err(refuse(&other, "ID")),
    }
}

fn text(value: Value, scalar: &str, fits: impl Fn(&str) -> bool) -> Result<Value, Problem> {
    match value {
        Value::String(text) if fits(&text) => Ok(Value::String(text)),
        other => Err(refuse(&other, scalar)),
    }
}

/// Decimals and long integers travel as strings, but clients send plain numbers too; both arrive as text.
fn text_or_number(value: Value, scalar: &str, fits: impl Fn(&str) -> bool) -> Result<Value, Problem> {
    match value {
        Value::Number(number) if fits(&number.to_string()) => Ok(Value::String(number.to_string())),
        other => text(other, scalar, fits),
    }
}

fn is_decimal(text: &str) -> bool {
    let digits = text.strip_prefix('-').unwrap_or(text);
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, "0"));
    let all_digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    all_digits(whole) && all_digits(fraction)
}

/// An address with a scheme and a host, or one relative to the store (`/pages/about`), as the contract allows.
fn is_url(text: &str) -> bool {
    let clean = !text.is_empty() && !text.chars().any(|c| c.is_whitespace() || c.is_control());
    let absolute = text.split_once("://").is_some_and(|(scheme, rest)| {
        scheme.starts_with(|c: char| c.is_ascii_alphabetic())
            && scheme.chars().all(|c| c.is_ascii_alphanumeric() || "+-.".contains(c))
            && !rest.is_empty()
    });
    clean && (absolute || text.starts_with('/'))
}

#[cfg(test)]
mod tests {
    use async_graphql::Value;

    use super::coerce;

    fn accepts(scalar: &str, value: impl Into<Value>) -> bool {
        coerce(scalar, value.into()).is_ok()
    }

    #[test]
    fn integers_have_thirty_two_bits() {
        assert!(accepts("Int", 2_147_483_647_i64));
        assert!(!accepts("Int", 2_147_483_648_i64));
        assert!(!accepts("Int", "1"));
        assert!(!accepts("Int", 1.5));
        assert_eq!(coerce("Int", Value::from(3.0)), Ok(Value::from(3)));
    }

    #[test]
    fn no_text_holds_the_null_character_however_deep() {
        for scalar in ["String", "ID", "URL", "JSON"] {
            assert!(!accepts(scalar, "a\0b"), "{scalar}");
        }
        assert!(!accepts("JSON", async_graphql::value!({ "a": [{ "b": "\0" }] })));
        assert!(!accepts("JSON", async_graphql::value!({ "a\0": 1 })));
        assert!(accepts("JSON", async_graphql::value!({ "a": [{ "b": "0" }] })));
    }

    #[test]
    fn ids_are_strings_however_they_are_sent() {
        assert_eq!(coerce("ID", Value::from(12)), Ok(Value::from("12")));
        assert!(!accepts("ID", 1.5));
        assert!(!accepts("ID", true));
    }

    #[test]
    fn decimals_are_plain_numbers_as_text() {
        assert_eq!(coerce("Decimal", Value::from(12.5)), Ok(Value::from("12.5")));
        assert!(accepts("Money", "-0.05"));
        for bad in ["", "1,5", "1e3", ".5", "abc"] {
            assert!(!accepts("Decimal", bad), "{bad}");
        }
    }

    #[test]
    fn instants_need_a_zone_and_addresses_a_scheme_or_a_path() {
        assert!(accepts("DateTime", "2026-03-01T10:00:00Z"));
        assert!(accepts("DateTime", "2026-03-01T10:00:00.5+02:00"));
        assert!(!accepts("DateTime", "2026-03-01"));
        assert!(accepts("URL", "https://example.com/a?b=c"));
        assert!(accepts("URL", "/pages/about"));
        assert!(!accepts("URL", "not a url"));
        assert!(!accepts("UnsignedInt64", "-1"));
        assert!(accepts("UnsignedInt64", "18446744073709551615"));
    }
}
