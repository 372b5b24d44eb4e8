//! Text, and what is written as plain text: ids, colors, languages, addresses, and yes or no.

use mcom_schema::Refusal;

use super::{
    LONGEST,
    fault::{blank, invalid, not_among, too_long, too_short},
    rule::Rules,
};

/// What an index can hold.
const LONGEST_ID: usize = 255;
/// What addresses may begin with.
const SCHEMES: [&str; 5] = ["https://", "http://", "mailto:", "sms:", "tel:"];

/// Text in one line.
pub(super) fn line(text: &str, rules: Rules<'_>) -> Result<String, Refusal> {
    if text.contains(['\n', '\r']) {
        return Err(invalid("Value must be a single line text string"));
    }
    let line = lines(text.trim(), rules)?;
    match rules.list("choices") {
        Some(choices) if !choices.contains(&line) => {
            Err(not_among(format!("Value is none of those to choose from: {}", choices.join(", "))))
        }
        _ => Ok(line),
    }
}

/// Text in any number of lines.
pub(super) fn lines(text: &str, rules: Rules<'_>) -> Result<String, Refusal> {
    if text.trim().is_empty() {
        return Err(blank());
    }
    let length = text.chars().count();
    if rules.whole("min").is_some_and(|least| length < least) {
        let least = rules.get("min").unwrap_or_default();
        return Err(too_short(format!("Value is too short (minimum is {least} characters)")));
    }
    if rules.whole("max").is_some_and(|most| length > most) {
        let most = rules.get("max").unwrap_or_default();
        return Err(too_long(format!("Value is too long (maximum is {most} characters)")));
    }
    if rules.pattern().is_some_and(|pattern| !pattern.is_match(text)) {
        let pattern = rules.get("regex").unwrap_or_default();
        return Err(invalid(format!("Value does not match the pattern {pattern}")));
    }
    Ok(text.to_owned())
}

/// What something is numbered by elsewhere.
pub(super) fn id(text: &str, rules: Rules<'_>) -> Result<String, Refusal> {
    let id = line(text, rules)?;
    match id.chars().count() {
        0..=LONGEST_ID => Ok(id),
        _ => Err(too_long(format!("Value is too long (maximum is {LONGEST_ID} characters)"))),
    }
}

/// `#ff0033`.
pub(super) fn color(text: &str) -> Result<String, Refusal> {
    let digits = text.strip_prefix('#').filter(|digits| digits.len() == 6);
    match digits.filter(|digits| digits.bytes().all(|digit| digit.is_ascii_hexdigit())) {
        Some(digits) => Ok(format!("#{}", digits.to_ascii_lowercase())),
        None => Err(invalid("Value must be a color in hexadecimal format, as in #ff0033")),
    }
}

/// `en`, `pt-BR`.
pub(super) fn language(text: &str) -> Result<String, Refusal> {
    let (name, place) = text.split_once('-').map_or((text, None), |(name, place)| (name, Some(place)));
    let is_name = (2..=3).contains(&name.len()) && name.bytes().all(|letter| letter.is_ascii_lowercase());
    let is_place = |place: &str| {
        (2..=4).contains(&place.len()) && place.bytes().all(|letter| letter.is_ascii_alphanumeric())
    };
    if is_name && place.is_none_or(is_place) {
        return Ok(text.to_owned());
    }
    Err(invalid("Value must be an ISO 639 language code, as in en or pt-BR"))
}

/// `true` or `false`.
pub(super) fn boolean(text: &str) -> Result<String, Refusal> {
    match text {
        "true" | "false" => Ok(text.to_owned()),
        _ => Err(invalid("Value must be true or false")),
    }
}

/// An address.
pub(super) fn url(text: &str, rules: Rules<'_>) -> Result<String, Refusal> {
    let text = text.trim();
    let scheme = SCHEMES.iter().find(|scheme| text.starts_with(**scheme));
    let rest = scheme.and_then(|scheme| text.strip_prefix(scheme)).unwrap_or_default();
    if rest.is_empty() || text.len() > LONGEST || text.contains(char::is_whitespace) {
        return Err(invalid(format!("Value must be an address that begins with {}", SCHEMES.join(", "))));
    }
    let host = rest.split(['/', '?', '#', ':']).next().unwrap_or_default();
    match rules.list("allowed_domains") {
        Some(domains) if !domains.iter().any(|domain| domain == host) => {
            Err(not_among(format!("Value leads to none of these domains: {}", domains.join(", "))))
        }
        _ => Ok(text.to_owned()),
    }
}
