//! Facts: what products can be narrowed down by beside what all of them have. They go the way of options, under names that no merchant
//! can give to an option, so that an engine need not know of them.

use crate::query::Filter;

/// Begins the name of a fact; no merchant can type it.
const MARK: char = '\u{1e}';
/// Parts a name.
const PART: char = '\u{1d}';

/// Something that is known of products.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fact {
    /// Where it stands in a taxonomy: each category that it is in, the general ones too.
    Category,
    /// What a field holds that the merchant added to products.
    ProductField {
        /// What keeps keys of different uses apart.
        namespace: String,
        /// Its name in programs.
        key: String,
    },
    /// What a field holds for at least one variant.
    VariantField {
        /// What keeps keys of different uses apart.
        namespace: String,
        /// Its name in programs.
        key: String,
    },
}

impl Fact {
    /// Its name among the options of facets and filters.
    pub fn name(&self) -> String {
        match self {
            Fact::Category => format!("{MARK}c"),
            Fact::ProductField { namespace, key } => format!("{MARK}p{PART}{namespace}{PART}{key}"),
            Fact::VariantField { namespace, key } => format!("{MARK}v{PART}{namespace}{PART}{key}"),
        }
    }

    /// The fact of this name; none if it is the name of an option.
    pub fn read(name: &str) -> Option<Self> {
        let mut parts = name.strip_prefix(MARK)?.split(PART);
        let (kind, namespace, key) = (parts.next()?, parts.next(), parts.next());
        Some(match (kind, namespace.zip(key)) {
            ("c", None) => Fact::Category,
            ("p", Some((namespace, key))) => {
                Fact::ProductField { namespace: namespace.to_owned(), key: key.to_owned() }
            }
            ("v", Some((namespace, key))) => {
                Fact::VariantField { namespace: namespace.to_owned(), key: key.to_owned() }
            }
            _ => return None,
        })
    }

    /// The choice of what has this value.
    pub fn is(&self, value: impl Into<String>) -> Filter {
        Filter::Option { name: self.name(), value: value.into() }
    }
}

#[cfg(test)]
mod tests {
    use super::Fact;

    #[test]
    fn a_fact_is_known_by_its_name_and_an_option_is_none() {
        let (namespace, key) = ("details".to_owned(), "fabric".to_owned());
        for fact in [
            Fact::Category,
            Fact::ProductField { namespace: namespace.clone(), key: key.clone() },
            Fact::VariantField { namespace, key },
        ] {
            assert_eq!(Fact::read(&fact.name()), Some(fact));
        }
        assert_eq!(Fact::read("Color"), None);
    }
}
