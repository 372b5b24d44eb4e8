//! What an address must be like to send a parcel there without asking back.

use mcom_schema::{Refusal, country, refuse};

use crate::{Address, contact::is_phone};

/// Postal codes by country: `9` stands for a digit, `A` for a letter; of several forms one will do.
const POSTAL_CODES: &[(&str, &[&str])] = &[
    ("AT", &["9999"]),
    ("AU", &["9999"]),
    ("BE", &["9999"]),
    ("BR", &["99999-999", "99999999"]),
    ("CA", &["A9A 9A9", "A9A9A9"]),
    ("CH", &["9999"]),
    ("CZ", &["999 99", "99999"]),
    ("DE", &["99999"]),
    ("DK", &["9999"]),
    ("ES", &["99999"]),
    ("FI", &["99999"]),
    ("FR", &["99999"]),
    ("GB", &["A9 9AA", "A99 9AA", "AA9 9AA", "AA99 9AA", "A9A 9AA", "AA9A 9AA"]),
    ("IN", &["999999", "999 999"]),
    ("IT", &["99999"]),
    ("JP", &["999-9999", "9999999"]),
    ("LU", &["9999"]),
    ("MX", &["99999"]),
    ("NL", &["9999 AA", "9999AA"]),
    ("NO", &["9999"]),
    ("NZ", &["9999"]),
    ("PL", &["99-999"]),
    ("PT", &["9999-999"]),
    ("SE", &["999 99", "99999"]),
    ("US", &["99999", "99999-9999"]),
];

/// The first letters of Canadian postal codes, by province.
const CANADIAN: &[(&str, &str)] = &[
    ("AB", "T"),
    ("BC", "V"),
    ("MB", "R"),
    ("NB", "E"),
    ("NL", "A"),
    ("NS", "B"),
    ("NT", "X"),
    ("NU", "X"),
    ("ON", "KLMNP"),
    ("PE", "C"),
    ("QC", "GHJ"),
    ("SK", "S"),
    ("YT", "Y"),
];

/// What keeps a parcel from being sent to this address, if something does.
pub(super) fn check(address: &Address) -> Result<(), Refusal> {
    required("lastName", address.last_name.as_ref())?;
    required("address1", address.address1.as_ref())?;
    required("city", address.city.as_ref())?;
    texts(address)?;
    province(address)?;
    postal_code(address)?;
    match address.phone.as_deref() {
        Some(phone) if !is_phone(phone) => {
            let message = "phone is not a telephone number";
            Err(refuse("phone", "ADDRESS_FIELD_DOES_NOT_MATCH_EXPECTED_PATTERN", message))
        }
        _ => Ok(()),
    }
}

/// Refuses a part that is not there.
pub(super) fn required(field: &str, part: Option<&String>) -> Result<(), Refusal> {
    let missing = || refuse(field, "ADDRESS_FIELD_IS_REQUIRED", format!("{field} is required"));
    part.map(|_| ()).ok_or_else(missing)
}

/// Nobody lives at a web page, and carriers' printers know no emojis.
fn texts(address: &Address) -> Result<(), Refusal> {
    let parts = [
        ("firstName", &address.first_name),
        ("lastName", &address.last_name),
        ("company", &address.company),
        ("address1", &address.address1),
        ("address2", &address.address2),
        ("city", &address.city),
    ];
    for (field, text) in parts.iter().filter_map(|(field, part)| Some((*field, part.as_deref()?))) {
        if text.contains("://") || text.to_ascii_lowercase().contains("www.") {
            let message = format!("{field} must not hold a web address");
            return Err(refuse(field, "ADDRESS_FIELD_CONTAINS_URL", message));
        }
        if text.chars().any(is_emoji) {
            let message = format!("{field} must not hold emojis");
            return Err(refuse(field, "ADDRESS_FIELD_CONTAINS_EMOJIS", message));
        }
    }
    Ok(())
}

fn is_emoji(letter: char) -> bool {
    matches!(u32::from(letter), 0x1F000..=0x1FAFF | 0x2600..=0x27BF | 0x2B50 | 0x2B55 | 0xFE0F)
}

/// Where provinces are known, one of them is needed.
fn province(address: &Address) -> Result<(), Refusal> {
    let of = address.country_code.as_deref().unwrap_or_default();
    if !country::has_provinces(of) {
        return Ok(());
    }
    required("provinceCode", address.province_code.as_ref())?;
    let written = address.province_code.as_deref().unwrap_or_default();
    if country::province_name(of, written).is_some() {
        return Ok(());
    }
    Err(refuse("provinceCode", "PROVINCE_NOT_FOUND", format!("{written} is no province of {of}")))
}

fn postal_code(address: &Address) -> Result<(), Refusal> {
    let of = address.country_code.as_deref().unwrap_or_default();
    let Some((_, forms)) = POSTAL_CODES.iter().find(|(country, _)| *country == of) else { return Ok(()) };
    required("zip", address.zip.as_ref())?;
    let zip = address.zip.as_deref().unwrap_or_default().to_ascii_uppercase();
    if !forms.iter().any(|form| has_form(&zip, form)) {
        let message = format!("zip is no postal code of {of}");
        return Err(refuse("zip", "INVALID_ZIP_CODE_FOR_COUNTRY", message));
    }
    let province = address.province_code.as_deref().unwrap_or_default();
    let letters = CANADIAN.iter().find(|(code, _)| of == "CA" && *code == province);
    if letters.is_some_and(|(_, letters)| !zip.starts_with(|first| letters.contains(first))) {
        let message = format!("zip is no postal code of {province}");
        return Err(refuse("zip", "INVALID_ZIP_CODE_FOR_PROVINCE", message));
    }
    Ok(())
}

fn has_form(zip: &str, form: &str) -> bool {
    let fits = |(letter, wanted): (u8, u8)| match wanted {
        b'9' => letter.is_ascii_digit(),
        b'A' => letter.is_ascii_uppercase(),
        other => letter == other,
    };
    zip.len() == form.len() && zip.bytes().zip(form.bytes()).all(fits)
}

#[cfg(test)]
mod tests {
    use super::check;
    use crate::Address;

    fn ottawa() -> Address {
        Address {
            last_name: Some("Lovelace".into()),
            address1: Some("1 Mill Rd".into()),
            city: Some("Ottawa".into()),
            province_code: Some("ON".into()),
            zip: Some("K1A 0B1".into()),
            country_code: Some("CA".into()),
            ..Address::default()
        }
    }

    fn code(change: impl Fn(&mut Address)) -> String {
        let mut address = ottawa();
        change(&mut address);
        check(&address).expect_err("it is refused").code.into_owned()
    }

    #[test]
    fn a_complete_address_is_accepted() {
        assert_eq!(check(&ottawa()), Ok(()));
        let elsewhere =
            Address { country_code: Some("VU".into()), province_code: None, zip: None, ..ottawa() };
        assert_eq!(check(&elsewhere), Ok(()));
    }

    #[test]
    fn what_keeps_a_parcel_from_arriving_is_told_by_its_code() {
        assert_eq!(code(|it| it.city = None), "ADDRESS_FIELD_IS_REQUIRED");
        assert_eq!(code(|it| it.province_code = Some("BY".into())), "PROVINCE_NOT_FOUND");
        assert_eq!(code(|it| it.zip = Some("53111".into())), "INVALID_ZIP_CODE_FOR_COUNTRY");
        assert_eq!(code(|it| it.zip = Some("V5K 0A1".into())), "INVALID_ZIP_CODE_FOR_PROVINCE");
        assert_eq!(code(|it| it.address1 = Some("https://x.example".into())), "ADDRESS_FIELD_CONTAINS_URL");
        assert_eq!(code(|it| it.last_name = Some("Ada 🚀".into())), "ADDRESS_FIELD_CONTAINS_EMOJIS");
        let unreadable = code(|it| it.phone = Some("call me".into()));
        assert_eq!(unreadable, "ADDRESS_FIELD_DOES_NOT_MATCH_EXPECTED_PATTERN");
    }
}
