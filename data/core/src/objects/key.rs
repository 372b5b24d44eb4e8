//! Names of objects: they begin with the store they belong to.

use std::fmt;

use crate::TenantId;

/// The name of an object: `{store}/files/{hash of its content}`, or `{store}/renditions/{hash}/{name}` for what was made of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ObjectKey(String);

impl ObjectKey {
    /// The store's file whose content has this hash, in hexadecimal digits. `None` if it is no hash.
    pub fn file(tenant: TenantId, hash: &str) -> Option<Self> {
        is_hash(hash).then(|| ObjectKey(format!("{tenant}/files/{hash}")))
    }

    /// What was made of the store's file with this hash, under a name of its own: small letters, digits, hyphens, a dot. `None` if
    /// it has other characters.
    pub fn rendition(tenant: TenantId, hash: &str, name: &str) -> Option<Self> {
        let is_plain = |b: u8| b.is_ascii_digit() || b.is_ascii_lowercase() || b == b'-' || b == b'.';
        let is_name = name.starts_with(|first: char| first != '.') && name.bytes().all(is_plain);
        (is_hash(hash) && is_name).then(|| ObjectKey(format!("{tenant}/renditions/{hash}/{name}")))
    }

    /// What the names of all objects begin with that stand beside this one.
    pub fn siblings(&self) -> Prefix {
        let end = self.0.rfind('/').map_or(0, |slash| slash + 1);
        Prefix(self.0[..end].to_owned())
    }

    /// As the storage knows it.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// What names of several objects begin with, up to a slash.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Prefix(String);

impl Prefix {
    /// As the storage knows it.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

fn is_hash(hash: &str) -> bool {
    hash.len() == 64 && hash.bytes().all(|b| b.is_ascii_digit() || (b'a'..=b'f').contains(&b))
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
            assert_eq!(ObjectKey::rendition(TenantId(7), name, "x.png"), None, "{name}");
            assert_eq!(ObjectKey::rendition(TenantId(7), &hash, &format!("{name}/x")), None, "{name}");
        }
        for name in ["", ".", "..", "../x", "x/y", "X"] {
            assert_eq!(ObjectKey::rendition(TenantId(7), &hash, name), None, "{name}");
        }
        let made = ObjectKey::rendition(TenantId(7), &hash, "1-8x8.png").unwrap();
        assert_eq!(made.as_str(), format!("7/renditions/{hash}/1-8x8.png"));
        assert_eq!(made.siblings().as_str(), format!("7/renditions/{hash}/"));
    }
}
