//! Names of objects: they begin with the store they belong to.

use std::fmt;

use crate::TenantId;

/// The name of an object: `{store}/files/{hash of its content}`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ObjectKey(String);

impl ObjectKey {
    /// The store's file whose content has this hash, in hexadecimal digits. `None` if it is no hash.
    pub fn file(tenant: TenantId, hash: &str) -> Option<Self> {
        let is_hash =
            hash.len() == 64 && hash.bytes().all(|b| b.is_ascii_digit() || (b'a'..=b'f').contains(&b));
        is_hash.then(|| ObjectKey(format!("{tenant}/files/{hash}")))
    }

    /// As the storage knows it.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for ObjectKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::ObjectKey;
    use crate::TenantId;

    #[test]
    fn a_key_leads_nowhere_but_into_the_store() {
        let hash = "0123456789abcdef".repeat(4);
        let key = ObjectKey::file(TenantId(7), &hash).unwrap();
        assert_eq!(key.as_str(), format!("7/files/{hash}"));
        for name in ["", "../../8/files/x", &hash.to_uppercase(), &hash[1..], &format!("{hash}/x")] {
            assert_eq!(ObjectKey::file(TenantId(7), name), None, "{name}");
        }
    }
}
