//! Addresses: where goods go and whom a bill names, in one shape for carts, checkouts and orders.

use mcom_schema::{Refusal, country, refuse};
use serde::{Deserialize, Serialize};

/// A postal address as buyers write it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Address {
    /// Given name.
    pub first_name: Option<String>,
    /// Family name.
    pub last_name: Option<String>,
    /// Organisation.
    pub company: Option<String>,
    /// Street and number.
    pub address1: Option<String>,
    /// Apartment, floor, building.
    pub address2: Option<String>,
    /// City or town.
    pub city: Option<String>,
    /// ISO 3166-2 code of the province without its country, for instance `ON`.
    pub province_code: Option<String>,
    /// Postal code.
    pub zip: Option<String>,
    /// ISO 3166-1 alpha-2 code.
    pub country_code: Option<String>,
    /// Telephone number.
    pub phone: Option<String>,
}

/// No field of an address is longer, in characters.
const LONGEST: usize = 255;

impl Address {
    /// First and last name, as far as they are known.
    pub fn name(&self) -> Option<String> {
        let parts: Vec<&str> =
            [&self.first_name, &self.last_name].into_iter().filter_map(|p| p.as_deref()).collect();
        (!parts.is_empty()).then(|| parts.join(" "))
    }

    /// The lines to print on a parcel, empty parts left out.
    pub fn formatted(&self, with_name: bool, with_company: bool) -> Vec<String> {
        let own = |part: &Option<String>| part.clone().filter(|text| !text.is_empty());
        let joined = |parts: &[&Option<String>]| {
            let known: Vec<String> = parts.iter().filter_map(|part| own(part)).collect();
            (!known.is_empty()).then(|| known.join(" "))
        };
        let name = if with_name { self.name() } else { None };
        let company = if with_company { own(&self.company) } else { None };
        let town = joined(&[&self.city, &self.province_code, &self.zip]);
        [name, company, own(&self.address1), own(&self.address2), town, own(&self.country_code)]
            .into_iter()
            .flatten()
            .collect()
    }

    /// City, province and country in one line: `"Ottawa ON, CA"`.
    pub fn formatted_area(&self) -> Option<String> {
        let town: Vec<&str> =
            [&self.city, &self.province_code].into_iter().filter_map(|p| p.as_deref()).collect();
        let area = [Some(town.join(" ")).filter(|t| !t.is_empty()), self.country_code.clone()];
        let known: Vec<String> = area.into_iter().flatten().collect();
        (!known.is_empty()).then(|| known.join(", "))
    }

    /// English name of the country, if it is one.
    pub fn country(&self) -> Option<&'static str> {
        country::name(self.country_code.as_deref()?)
    }

    /// Name of the province, or what was written for it.
    pub fn province(&self) -> Option<&str> {
        let written = self.province_code.as_deref()?;
        let country = self.country_code.as_deref().unwrap_or_default();
        country::province_name(country, written).or(Some(written))
    }

    /// The same address without blanks around its parts; empty parts become absent, and known names of countries and provinces codes.
    #[must_use]
    pub fn tidy(mut self) -> Self {
        for part in self.parts_mut() {
            *part = part.take().map(|text| text.trim().to_owned()).filter(|text| !text.is_empty());
        }
        let country =
            |text: String| country::code(&text).map_or_else(|| text.to_ascii_uppercase(), str::to_owned);
        self.country_code = self.country_code.map(country);
        let of = self.country_code.clone().unwrap_or_default();
        let province = |text: String| country::province_code(&of, &text).map_or(text, str::to_owned);
        self.province_code = self.province_code.map(province);
        self
    }

    /// What is wrong with the way it is written; whether it is complete is another question.
    ///
    /// # Errors
    /// Refuses fields that are too long or hold markup.
    pub fn check(&self) -> Result<(), Refusal> {
        for (field, text) in self.parts() {
            if text.chars().count() > LONGEST {
                return Err(refuse(field, "ADDRESS_FIELD_IS_TOO_LONG", format!("{field} is too long")));
            }
            if text.contains('<') && text.contains('>') {
                return Err(refuse(
                    field,
                    "ADDRESS_FIELD_CONTAINS_HTML_TAGS",
                    format!("{field} must not hold HTML"),
                ));
            }
        }
        Ok(())
    }

    fn parts(&self) -> impl Iterator<Item = (&'static str, &str)> {
        [
            ("firstName", &self.first_name),
            ("lastName", &self.last_name),
            ("company", &self.company),
            ("address1", &self.address1),
            ("address2", &self.address2),
            ("city", &self.city),
            ("provinceCode", &self.province_code),
            ("zip", &self.zip),
            ("countryCode", &self.country_code),
            ("phone", &self.phone),
        ]
        .into_iter()
        .filter_map(|(field, part)| Some((field, part.as_deref()?)))
    }

    fn parts_mut(&mut self) -> [&mut Option<String>; 10] {
        [
            &mut self.first_name,
            &mut self.last_name,
            &mut self.company,
            &mut self.address1,
            &mut self.address2,
            &mut self.city,
            &mut self.province_code,
            &mut self.zip,
            &mut self.country_code,
            &mut self.phone,
        ]
    }
}

#[cfg(test)]
mod tests {
    use super::Address;

    #[test]
    fn an_address_is_tidied_and_printed() {
        let address = Address {
            first_name: Some(" Ada ".into()),
            last_name: Some("Lovelace".into()),
            company: Some("  ".into()),
            address1: Some("1 Mill Rd".into()),
            city: Some("Ottawa".into()),
            province_code: Some("ON".into()),
            country_code: Some("ca".into()),
            ..Address::default()
        }
        .tidy();
        assert_eq!(address.formatted(true, true), ["Ada Lovelace", "1 Mill Rd", "Ottawa ON", "CA"]);
        assert_eq!(address.formatted_area().as_deref(), Some("Ottawa ON, CA"));
        assert!(address.check().is_ok());
    }

    #[test]
    fn countries_and_provinces_are_known_by_name_too() {
        let address = Address {
            province_code: Some("Ontario".into()),
            country_code: Some("Canada".into()),
            ..Address::default()
        }
        .tidy();
        assert_eq!((address.country_code.as_deref(), address.country()), (Some("CA"), Some("Canada")));
        assert_eq!((address.province_code.as_deref(), address.province()), (Some("ON"), Some("Ontario")));
        let elsewhere = Address { province_code: Some("Bayern".into()), ..Address::default() }.tidy();
        assert_eq!(elsewhere.province(), Some("Bayern"));
    }

    #[test]
    fn markup_and_endless_text_are_refused() {
        let with = |city: String| Address { city: Some(city), ..Address::default() };
        assert!(with("<b>Bonn</b>".into()).check().is_err());
        assert!(with("x".repeat(256)).check().is_err());
    }
}
