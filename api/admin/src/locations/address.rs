//! The address of a location.

use serde::Deserialize;

/// Where a location is, as far as the merchant said.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct LocationAddress {
    address1: Option<String>,
    address2: Option<String>,
    city: Option<String>,
    country: Option<String>,
    country_code: Option<String>,
    phone: Option<String>,
    province: Option<String>,
    province_code: Option<String>,
    zip: Option<String>,
}

mcom_kit::record!(LocationAddress as "LocationAddress" {
    "address1" = address1,
    "address2" = address2,
    "city" = city,
    "country" = country,
    "countryCode" = country_code,
    "formatted" => LocationAddress::formatted,
    "phone" = phone,
    "province" = province,
    "provinceCode" = province_code,
    "zip" = zip,
});

impl LocationAddress {
    /// Reads an address as it is kept; what is not an address is an empty one.
    pub(super) fn read(kept: &serde_json::Value) -> Self {
        serde_json::from_value(kept.clone()).unwrap_or_default()
    }

    /// Its lines, without those that would be empty.
    fn formatted(&self) -> Vec<String> {
        let town: Vec<&str> = [&self.city, &self.province_code, &self.zip]
            .into_iter()
            .filter_map(|part| part.as_deref())
            .collect();
        let country = self.country.clone().or_else(|| self.country_code.clone());
        let lines = [self.address1.clone(), self.address2.clone(), Some(town.join(" ")), country];
        lines.into_iter().flatten().filter(|line| !line.is_empty()).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::LocationAddress;

    #[test]
    fn an_address_is_written_line_by_line() {
        let kept = serde_json::json!({ "address1": "1 Mill Rd", "city": "Ottawa", "zip": "K1A", "countryCode": "CA" });
        assert_eq!(LocationAddress::read(&kept).formatted(), ["1 Mill Rd", "Ottawa K1A", "CA"]);
        assert!(LocationAddress::read(&serde_json::json!({})).formatted().is_empty());
    }
}
