//! What a new store must say about itself.

use mcom_data::{Error, Result};
use mcom_schema::{Currency, Refusal, refuse};

/// What a new store says about itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewStore {
    /// Its name in addresses: lower-case ASCII letters, digits and inner hyphens, at most 63.
    pub handle: String,
    /// Its name for people.
    pub name: String,
    /// Where the merchant is reached.
    pub email: String,
    /// The currency of its prices.
    pub currency: Currency,
    /// The country it sells from, ISO 3166-1 alpha-2.
    pub country: String,
    /// The language of its texts, ISO 639-1.
    pub language: String,
    /// Its time zone, an IANA name.
    pub timezone: String,
}

impl NewStore {
    /// The same, spelled as it is kept, if everything is well formed.
    pub(super) fn checked(mut self) -> Result<Self> {
        self.country = self.country.to_ascii_uppercase();
        self.language = self.language.to_ascii_uppercase();
        let faults: Vec<Refusal> = [
            (is_label(&self.handle), "handle", "may have a–z, 0–9 and inner hyphens, at most 63 characters"),
            ((1..=255).contains(&self.name.trim().chars().count()), "name", "must have 1 to 255 characters"),
            (is_email(&self.email), "email", "is not an e-mail address"),
            (is_code(&self.country), "country", "must be a code of two letters (ISO 3166-1)"),
            (is_code(&self.language), "language", "must be a code of two letters (ISO 639-1)"),
            (is_zone(&self.timezone), "timezone", "must be an IANA name such as Europe/Berlin"),
        ]
        .into_iter()
        .filter(|(fine, ..)| !fine)
        .map(|(_, field, message)| refuse(field, "INVALID", format!("{field} {message}")))
        .collect();
        if faults.is_empty() { Ok(self) } else { Err(Error::Refused(faults)) }
    }
}

fn is_label(text: &str) -> bool {
    let fits = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-';
    (1..=63).contains(&text.len()) && text.bytes().all(fits) && !text.starts_with('-') && !text.ends_with('-')
}

fn is_email(text: &str) -> bool {
    text.split_once('@').is_some_and(|(name, host)| !name.is_empty() && !host.is_empty())
        && !text.contains(char::is_whitespace)
}

fn is_code(text: &str) -> bool {
    text.len() == 2 && text.bytes().all(|b| b.is_ascii_uppercase())
}

fn is_zone(text: &str) -> bool {
    let fits = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'/' | b'_' | b'-' | b'+');
    !text.is_empty() && text.bytes().all(fits)
}

/// What shipping costs by default, in minor units: five of the currency's main unit where it has a hundred or a thousand
/// parts, 500 where it has none.
pub(super) fn default_shipping(currency: Currency) -> i64 {
    5 * 10_i64.pow(currency.exponent().max(2))
}

#[cfg(test)]
mod tests {
    use mcom_data::Error;
    use mcom_schema::Currency;

    use super::{NewStore, default_shipping};

    fn store(handle: &str) -> NewStore {
        NewStore {
            handle: handle.to_owned(),
            name: "Demo".to_owned(),
            email: "owner@demo.example".to_owned(),
            currency: Currency::EUR,
            country: "de".to_owned(),
            language: "en".to_owned(),
            timezone: "Europe/Berlin".to_owned(),
        }
    }

    #[test]
    fn a_store_is_named_like_a_host() {
        assert!(store("demo-2").checked().is_ok_and(|store| store.country == "DE" && store.language == "EN"));
        for bad in ["", "-a", "a-", "Demo", "a.b", "ä", &"a".repeat(64)] {
            assert!(store(bad).checked().is_err(), "{bad}");
        }
    }

    #[test]
    fn every_fault_is_told_at_once() {
        let wrong = NewStore { email: "nobody".into(), country: "Germany".into(), ..store("x") }.checked();
        let Err(Error::Refused(faults)) = wrong else { unreachable!("accepted") };
        assert_eq!(
            faults.iter().map(|fault| fault.field[0].as_str()).collect::<Vec<_>>(),
            ["email", "country"]
        );
    }

    #[test]
    fn default_prices_are_sensible_in_every_currency() {
        let prices = [Currency::EUR, Currency::JPY, Currency::KWD].map(default_shipping);
        assert_eq!(prices, [500, 500, 5000]);
    }
}
