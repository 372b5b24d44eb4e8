//! What an order is called: its number in the store, and a name for people that nobody can guess.

use mcom_schema::Entropy;

/// The first order of a store has this number, as in the published API.
pub(crate) const FIRST: i64 = 1001;

/// Without letters and digits that look alike.
const ALPHABET: &[u8; 32] = b"23456789ABCDEFGHJKLMNPQRSTUVWXYZ";

/// Nine random characters: what a buyer reads out to the merchant.
pub(super) fn confirmation(entropy: &dyn Entropy) -> String {
    let mut bytes = [0; 9];
    entropy.fill(&mut bytes);
    bytes.iter().map(|byte| char::from(ALPHABET[usize::from(byte % 32)])).collect()
}

#[cfg(test)]
mod tests {
    use mcom_schema::SystemEntropy;

    use super::confirmation;

    #[test]
    fn a_confirmation_number_has_nine_plain_characters() {
        let number = confirmation(&SystemEntropy);
        assert_eq!(number.len(), 9);
        assert!(number.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit()));
    }
}
