//! How people are reached: what counts as an e-mail address and as a telephone number.

/// Longest address that is taken, in bytes.
const LONGEST: usize = 255;

/// Whether text without blanks around it can be an e-mail address.
pub(crate) fn is_email(text: &str) -> bool {
    let (name, domain) = text.rsplit_once('@').unwrap_or_default();
    let is_plain = text.len() <= LONGEST
        && !text.contains(|c: char| c.is_whitespace() || c.is_control() || "<>\"(),;:\\[]".contains(c));
    let is_domain = domain.contains('.') && !domain.starts_with('.') && !domain.ends_with('.');
    is_plain && is_domain && !name.is_empty() && !name.contains('@')
}

/// Whether text without blanks around it can be a telephone number.
pub(crate) fn is_phone(text: &str) -> bool {
    let digits = text.bytes().filter(u8::is_ascii_digit).count();
    let is_plain =
        text.bytes().all(|b| b.is_ascii_digit() || matches!(b, b'+' | b' ' | b'-' | b'(' | b')' | b'.'));
    is_plain && (3..=20).contains(&digits)
}

/// By what an e-mail address is known: people write theirs in capitals and in small letters.
pub(crate) fn email_key(text: &str) -> String {
    text.trim().to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::{email_key, is_email, is_phone};

    #[test]
    fn addresses_for_mail_and_telephone_are_told_from_other_text() {
        for good in ["ada@example.com", "a.b+c@d.example.org", "ädä@example.com"] {
            assert!(is_email(good), "{good}");
        }
        for bad in ["ada", "@x.y", "a@b", "a@.b", "a b@c.de", "a@b@c.de", "<a@b.de>", "a@b.de\r\nTo: c@d.de"]
        {
            assert!(!is_email(bad), "{bad}");
        }
        assert!(is_phone("+49 (30) 1234") && !is_phone("call me") && !is_phone("12"));
        assert_eq!(email_key(" Ada@Example.COM "), "ada@example.com");
    }
}
