//! What is taken as a name, an e-mail address and a password, and how it is told what is not.

use mcom_data::{Error, Result};
use mcom_schema::{Refusal, country, refuse};

use super::input::{CustomerCreateInput, CustomerUpdateInput, Password};
use crate::{
    Address,
    contact::{is_email, is_phone},
};

/// Shortest password that is taken, in characters.
pub const SHORTEST_PASSWORD: usize = 5;
/// Longest password that is taken, in characters: hashing more would only cost time.
const LONGEST_PASSWORD: usize = 128;
/// Longest name that is taken, in characters.
const LONGEST_NAME: usize = 255;

/// What is wrong with a new account.
pub(super) fn check_new(input: &CustomerCreateInput) -> Result<()> {
    let found = [
        email(&input.email),
        password(&input.password),
        name("firstName", "First name", input.first_name.as_deref()),
        name("lastName", "Last name", input.last_name.as_deref()),
        phone(input.phone.as_deref()),
    ];
    told(found.into_iter().flatten().map(|refusal| refusal.under(["input"])))
}

/// What is wrong with a change of an account.
pub(super) fn check_change(input: &CustomerUpdateInput) -> Result<()> {
    let given = |field: &Option<Option<String>>| field.clone().flatten();
    let found = [
        input.email.as_deref().and_then(email),
        input.password.as_ref().and_then(password),
        name("firstName", "First name", given(&input.first_name).as_deref()),
        name("lastName", "Last name", given(&input.last_name).as_deref()),
        phone(given(&input.phone).as_deref()),
    ];
    told(found.into_iter().flatten().map(|refusal| refusal.under(["customer"])))
}

/// What is wrong with an address of the address book.
pub(super) fn check_address(address: &Address) -> Result<()> {
    let contract = |mut refusal: Refusal| {
        let field = match refusal.field.pop().as_deref() {
            Some("provinceCode") => "province".to_owned(),
            Some("countryCode") => "country".to_owned(),
            other => other.unwrap_or_default().to_owned(),
        };
        refusal.code = match &*refusal.code {
            "ADDRESS_FIELD_IS_TOO_LONG" => "TOO_LONG",
            _ => "CONTAINS_HTML_TAGS",
        }
        .into();
        refusal.field = vec!["address".to_owned(), field];
        refusal
    };
    address.check().map_err(contract)?;
    match &address.country_code {
        Some(code) if country::name(code).is_none() => {
            Err(refuse("address.country", "INVALID", "Country is invalid").into())
        }
        _ => Ok(()),
    }
}

/// What is wrong with a password.
pub(super) fn password(password: &Password) -> Option<Refusal> {
    let text = &password.0;
    let length = text.chars().count();
    let (code, message) = match length {
        0 => ("BLANK", "Password can't be blank".to_owned()),
        _ if text.trim() != text => (
            "PASSWORD_STARTS_OR_ENDS_WITH_WHITESPACE",
            "Password must not begin or end with a blank".to_owned(),
        ),
        n if n < SHORTEST_PASSWORD => {
            ("TOO_SHORT", format!("Password is too short (minimum is {SHORTEST_PASSWORD} characters)"))
        }
        n if n > LONGEST_PASSWORD => {
            ("TOO_LONG", format!("Password is too long (maximum is {LONGEST_PASSWORD} characters)"))
        }
        _ => return None,
    };
    Some(refuse("password", code, message))
}

/// What is wrong with an e-mail address.
pub(super) fn email(text: &str) -> Option<Refusal> {
    match text.trim() {
        "" => Some(refuse("email", "BLANK", "Email can't be blank")),
        email if is_email(email) => None,
        _ => Some(refuse("email", "INVALID", "Email is invalid")),
    }
}

fn name(field: &str, spoken: &str, text: Option<&str>) -> Option<Refusal> {
    let text = text?;
    let lower = text.to_ascii_lowercase();
    if text.chars().count() > LONGEST_NAME {
        let message = format!("{spoken} is too long (maximum is {LONGEST_NAME} characters)");
        return Some(refuse(field, "TOO_LONG", message));
    }
    if text.contains('<') && text.contains('>') {
        return Some(refuse(field, "CONTAINS_HTML_TAGS", format!("{spoken} cannot contain HTML tags")));
    }
    // Names are printed in mails: they must not become a way to send links to strangers.
    if lower.contains("://") || lower.contains("www.") {
        return Some(refuse(field, "CONTAINS_URL", format!("{spoken} cannot contain a URL")));
    }
    None
}

fn phone(text: Option<&str>) -> Option<Refusal> {
    let phone = text?.trim();
    (!phone.is_empty() && !is_phone(phone)).then(|| refuse("phone", "INVALID", "Phone is invalid"))
}

fn told(refusals: impl Iterator<Item = Refusal>) -> Result<()> {
    let refusals: Vec<Refusal> = refusals.collect();
    if refusals.is_empty() { Ok(()) } else { Err(Error::Refused(refusals)) }
}

/// Text without blanks around it; nothing if nothing is left.
pub(super) fn tidy(text: Option<&str>) -> Option<String> {
    text.map(str::trim).filter(|text| !text.is_empty()).map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use mcom_data::Error;

    use super::{check_address, check_new};
    use crate::{Address, customers::CustomerCreateInput};

    fn codes(change: impl Fn(&mut CustomerCreateInput)) -> Vec<(String, String)> {
        let mut input = CustomerCreateInput {
            email: "ada@example.com".into(),
            password: "analytical".into(),
            ..CustomerCreateInput::default()
        };
        change(&mut input);
        match check_new(&input) {
            Err(Error::Refused(refusals)) => {
                refusals.into_iter().map(|it| (it.field.join("."), it.code.into_owned())).collect()
            }
            _ => vec![],
        }
    }

    #[test]
    fn each_field_of_a_new_account_is_judged_by_itself() {
        assert!(codes(|_| ()).is_empty());
        let wrong = codes(|input| {
            input.email = " ".into();
            input.password = "1234".into();
            input.first_name = Some("<b>Ada</b>".into());
            input.last_name = Some("see https://example.com".into());
            input.phone = Some("call me".into());
        });
        let told: Vec<(&str, &str)> = wrong.iter().map(|(a, b)| (a.as_str(), b.as_str())).collect();
        assert_eq!(
            told,
            [
                ("input.email", "BLANK"),
                ("input.password", "TOO_SHORT"),
                ("input.firstName", "CONTAINS_HTML_TAGS"),
                ("input.lastName", "CONTAINS_URL"),
                ("input.phone", "INVALID"),
            ]
        );
        let blank = codes(|input| input.password = " analytical".into());
        assert_eq!(blank[0].1, "PASSWORD_STARTS_OR_ENDS_WITH_WHITESPACE");
        assert_eq!(codes(|input| input.password = "x".repeat(129).as_str().into())[0].1, "TOO_LONG");
    }

    #[test]
    fn an_address_needs_a_country_that_there_is() {
        let country = |name: &str| {
            check_address(&Address { country_code: Some(name.into()), ..Address::default() }.tidy()).is_ok()
        };
        assert!(country("Canada") && country("de") && !country("Narnia"));
        assert!(check_address(&Address::default()).is_ok());
    }
}
