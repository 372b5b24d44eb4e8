//! What customers send, named as in the contract.

use std::fmt;

use serde::Deserialize;

use crate::{Address, carts::given};

/// A password as it was typed. It prints itself without its text.
#[derive(Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(transparent)]
pub struct Password(pub(super) String);

impl From<&str> for Password {
    fn from(text: &str) -> Self {
        Password(text.to_owned())
    }
}

impl fmt::Debug for Password {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Password(…)")
    }
}

/// A new account.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct CustomerCreateInput {
    /// Names the account.
    pub email: String,
    /// Opens it.
    pub password: Password,
    /// Given name.
    pub first_name: Option<String>,
    /// Family name.
    pub last_name: Option<String>,
    /// Telephone number.
    pub phone: Option<String>,
    /// Whether the store may send them what they did not ask for.
    pub accepts_marketing: Option<bool>,
}

/// Who wants to sign in.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct CustomerAccessTokenCreateInput {
    /// Names the account.
    pub email: String,
    /// Opens it.
    pub password: Password,
}

/// A change of an account. An absent field stays as it is, an explicit null clears it.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct CustomerUpdateInput {
    /// Names the account from now on.
    pub email: Option<String>,
    /// Opens it from now on; whoever is signed in is signed out.
    pub password: Option<Password>,
    /// Given name.
    #[serde(deserialize_with = "given")]
    pub first_name: Option<Option<String>>,
    /// Family name.
    #[serde(deserialize_with = "given")]
    pub last_name: Option<Option<String>>,
    /// Telephone number.
    #[serde(deserialize_with = "given")]
    pub phone: Option<Option<String>>,
    /// Whether the store may send them what they did not ask for.
    pub accepts_marketing: Option<bool>,
}

/// An address for the address book; country and province by code or by name. An absent field stays as it is, an explicit null
/// clears it.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct CustomerAddressInput {
    #[serde(deserialize_with = "given")]
    first_name: Option<Option<String>>,
    #[serde(deserialize_with = "given")]
    last_name: Option<Option<String>>,
    #[serde(deserialize_with = "given")]
    company: Option<Option<String>>,
    #[serde(deserialize_with = "given")]
    address1: Option<Option<String>>,
    #[serde(deserialize_with = "given")]
    address2: Option<Option<String>>,
    #[serde(deserialize_with = "given")]
    city: Option<Option<String>>,
    #[serde(deserialize_with = "given")]
    province: Option<Option<String>>,
    #[serde(deserialize_with = "given")]
    zip: Option<Option<String>>,
    #[serde(deserialize_with = "given")]
    country: Option<Option<String>>,
    #[serde(deserialize_with = "given")]
    phone: Option<Option<String>>,
}

impl CustomerAddressInput {
    /// `address` with what is given in it.
    pub(super) fn onto(&self, address: Address) -> Address {
        let pick = |given: &Option<Option<String>>, kept| given.clone().unwrap_or(kept);
        Address {
            first_name: pick(&self.first_name, address.first_name),
            last_name: pick(&self.last_name, address.last_name),
            company: pick(&self.company, address.company),
            address1: pick(&self.address1, address.address1),
            address2: pick(&self.address2, address.address2),
            city: pick(&self.city, address.city),
            province_code: pick(&self.province, address.province_code),
            zip: pick(&self.zip, address.zip),
            country_code: pick(&self.country, address.country_code),
            phone: pick(&self.phone, address.phone),
        }
        .tidy()
    }
}

#[cfg(test)]
mod tests {
    use super::{CustomerAddressInput, Password};
    use crate::Address;

    #[test]
    fn what_is_not_given_stays_and_null_clears() {
        let input: CustomerAddressInput =
            serde_json::from_str(r#"{"city": "Ulm", "company": null, "country": "Germany"}"#).unwrap();
        let kept = Some("kept".to_owned());
        let changed = input.onto(Address { zip: kept.clone(), company: kept.clone(), ..Address::default() });
        assert_eq!((changed.zip, changed.company), (kept, None));
        assert_eq!((changed.city.as_deref(), changed.country_code.as_deref()), (Some("Ulm"), Some("DE")));
    }

    #[test]
    fn a_password_is_never_printed() {
        assert!(!format!("{:?}", Password::from("hunter2")).contains("hunter2"));
    }
}
