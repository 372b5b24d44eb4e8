//! Proofs: what ids of a buyer's things carry beside their numbers, so that whoever was shown a thing finds it again by its id and nobody who guesses.

use sha2::{Digest, Sha256};

/// What shows that an id was given out by whoever knows `secrets`, which cannot be told from it: 128 bits in hexadecimal digits.
/// `kind` keeps what is proven of one kind of things from being used for another.
pub(crate) fn of(kind: &str, secrets: &[&[u8]]) -> String {
    let mut hash = Sha256::new();
    for part in [kind.as_bytes()].iter().chain(secrets) {
        // With its length, so that no two lists of secrets are the same bytes.
        hash.update((part.len() as u64).to_be_bytes());
        hash.update(part);
    }
    let first = hash.finalize().iter().take(16).fold(0_u128, |bits, byte| bits << 8 | u128::from(*byte));
    format!("{first:032x}")
}

#[cfg(test)]
mod tests {
    use super::of;

    #[test]
    fn a_proof_is_of_one_kind_and_of_all_its_secrets() {
        let proof = of("cart", &[b"one", b"two"]);
        assert_eq!((proof.len(), &proof), (32, &of("cart", &[b"one", b"two"])));
        for other in [of("order", &[b"one", b"two"]), of("cart", &[b"one"]), of("cart", &[b"onet", b"wo"])] {
            assert_ne!(proof, other);
        }
    }
}
