//! Which rates apply where, and which are taken.

use mcom_schema::{Refusal, refuse};
use serde::{Deserialize, Serialize};

/// All of a price, in the millionths that rates are told in: 19 % are 190,000.
pub const WHOLE: i64 = 1_000_000;
/// A store has no more rates.
const MOST_RATES: usize = 1_000;
const LONGEST_TITLE: usize = 255;

/// What a merchant decides about taxes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct TaxSettings {
    /// Whether prices contain what is due on them; else it is added to them.
    pub included: bool,
    /// Whether it is due on sending things, too.
    pub shipping: bool,
    /// None: the store charges no taxes.
    pub rates: Vec<TaxRate>,
}

/// A tax, where it is due, and how much.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TaxRate {
    /// ISO 3166-1 alpha-2.
    pub country: String,
    /// Code of the only province it is due in; `None`: in the whole country.
    pub province: Option<String>,
    /// What it is called.
    pub title: String,
    /// Which part of the price without taxes: so many of [`WHOLE`].
    pub millionths: i64,
}

impl Default for TaxSettings {
    fn default() -> Self {
        TaxSettings { included: true, shipping: false, rates: vec![] }
    }
}

impl TaxSettings {
    /// The taxes due on what goes to a place, those of the country and those of the province beside each other.
    pub fn due_in(&self, country: &str, province: Option<&str>) -> Vec<&TaxRate> {
        let is_due = |rate: &&TaxRate| {
            rate.country == country
                && rate.province.as_deref().is_none_or(|only| province.is_some_and(|it| it == only))
        };
        self.rates.iter().filter(is_due).collect()
    }

    /// Looks at all of it.
    ///
    /// # Errors
    /// Refuses the first rate that is not taken, by its place.
    pub fn check(&self) -> Result<(), Refusal> {
        if self.rates.len() > MOST_RATES {
            return Err(refuse("rates", "TOO_MANY", format!("A store has at most {MOST_RATES} tax rates")));
        }
        for (place, rate) in self.rates.iter().enumerate() {
            rate.check()
                .and_then(|()| rate.check_against(&self.rates[..place]))
                .map_err(|refusal| refusal.under(["rates".to_owned(), place.to_string()]))?;
        }
        Ok(())
    }
}

impl TaxRate {
    fn check(&self) -> Result<(), Refusal> {
        if self.country.len() != 2 || !self.country.bytes().all(|byte| byte.is_ascii_uppercase()) {
            return Err(refuse("country", "INVALID", "A country is named by two capital letters, as in DE"));
        }
        if self.province.as_ref().is_some_and(|code| code.is_empty() || !code.bytes().all(is_code)) {
            return Err(refuse("province", "INVALID", "A province is named by its code, as in CA"));
        }
        let characters = self.title.trim().chars().count();
        if characters == 0 || characters > LONGEST_TITLE {
            let message = format!("A tax has a name of 1 to {LONGEST_TITLE} characters");
            return Err(refuse("title", "INVALID", message));
        }
        if !(1..=WHOLE).contains(&self.millionths) {
            return Err(refuse("percentage", "INVALID", "Percentage must be above 0 and at most 100"));
        }
        Ok(())
    }

    fn check_against(&self, before: &[TaxRate]) -> Result<(), Refusal> {
        let is_same = |other: &TaxRate| {
            (&other.country, &other.province, &other.title) == (&self.country, &self.province, &self.title)
        };
        if before.iter().any(is_same) {
            return Err(refuse("title", "TAKEN", format!("The tax «{}» is there twice", self.title)));
        }
        Ok(())
    }
}

fn is_code(byte: u8) -> bool {
    byte.is_ascii_uppercase() || byte.is_ascii_digit() || byte == b'-'
}

#[cfg(test)]
mod tests {
    use super::{TaxRate, TaxSettings};

    fn rate(country: &str, province: Option<&str>, title: &str, millionths: i64) -> TaxRate {
        let (country, province) = (country.to_owned(), province.map(str::to_owned));
        TaxRate { country, province, title: title.to_owned(), millionths }
    }

    #[test]
    fn taxes_of_country_and_province_are_due_beside_each_other() {
        let rates = vec![
            rate("CA", None, "GST", 50_000),
            rate("CA", Some("QC"), "QST", 99_750),
            rate("DE", None, "USt", 190_000),
        ];
        let taxes = TaxSettings { rates, ..TaxSettings::default() };
        let due = |country: &str, province: Option<&str>| -> Vec<&str> {
            taxes.due_in(country, province).into_iter().map(|rate| rate.title.as_str()).collect()
        };
        assert_eq!(due("CA", Some("QC")), ["GST", "QST"]);
        assert_eq!(due("CA", Some("ON")), ["GST"]);
        assert_eq!(due("CA", None), ["GST"]);
        assert!(due("FR", None).is_empty());
    }

    #[test]
    fn what_makes_no_sense_is_refused_by_its_place() {
        let field = |rates: Vec<TaxRate>| {
            let refused = TaxSettings { rates, ..TaxSettings::default() }.check();
            refused.err().map(|refusal| refusal.field.join(".")).unwrap_or_default()
        };
        let fine = rate("DE", None, "USt", 190_000);
        assert_eq!(field(vec![fine.clone()]), "");
        assert_eq!(field(vec![fine.clone(), rate("de", None, "USt", 1)]), "rates.1.country");
        assert_eq!(field(vec![rate("US", Some(""), "Tax", 1)]), "rates.0.province");
        assert_eq!(field(vec![rate("DE", None, " ", 1)]), "rates.0.title");
        assert_eq!(field(vec![rate("DE", None, "USt", 0)]), "rates.0.percentage");
        assert_eq!(field(vec![rate("DE", None, "USt", 1_000_001)]), "rates.0.percentage");
        assert_eq!(field(vec![fine.clone(), fine]), "rates.1.title");
    }
}
