//! The keys of collection queries.

use mcom_schema::SearchRemark;
use mcom_search::syntax::{Comparator, Query, Term};

/// What queries of collections can name.
const KEYS: [&str; 3] = ["collection_type", "handle", "title"];

/// Which collections a query asks for; all where nothing is said.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Collections {
    /// Only those whose title has this in it.
    pub title: Option<String>,
    /// Only those filled by rules, or only those filled by hand.
    pub by_rules: Option<bool>,
    /// Only the one with this handle.
    pub handle: Option<String>,
}

/// The collections that a query asks for. Only conditions that all have to hold are looked at.
pub(crate) fn collections(query: Option<&Query>) -> Collections {
    let mut wanted = Collections::default();
    match query {
        Some(Query::Term(term)) => wanted.narrow(term),
        Some(Query::All(parts)) => parts.iter().for_each(|part| {
            if let Query::Term(term) = part {
                wanted.narrow(term);
            }
        }),
        _ => {}
    }
    wanted
}

impl Collections {
    fn narrow(&mut self, term: &Term) {
        let text = term.value.text.clone();
        match (term.key.as_deref(), term.comparator) {
            (None | Some("title"), Comparator::Equal) => self.title = Some(text),
            (Some("handle"), Comparator::Equal) => self.handle = Some(text),
            (Some("collection_type"), Comparator::Equal) => {
                self.by_rules = match text.to_ascii_lowercase().as_str() {
                    "smart" => Some(true),
                    "custom" => Some(false),
                    _ => self.by_rules,
                };
            }
            _ => {}
        }
    }
}

/// What to tell the writer of a query of `field`.
pub(crate) fn remark(query: &Query, field: &'static str, text: &str) -> Option<SearchRemark> {
    query.remark(field, text, &KEYS, |_| true)
}

#[cfg(test)]
mod tests {
    use super::{Collections, collections};

    #[test]
    fn collections_are_found_by_title_kind_and_handle() {
        let read = |text| collections(mcom_search::syntax::parse(text).ok().as_ref());
        assert_eq!(read("summer").title.as_deref(), Some("summer"));
        assert_eq!(read("title:'dark blue' collection_type:smart").by_rules, Some(true));
        assert_eq!(read("handle:sale").handle.as_deref(), Some("sale"));
        assert_eq!(read("color:red"), Collections::default());
    }
}
