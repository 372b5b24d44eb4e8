//! The keys of inventory item queries.

use mcom_schema::{SearchRemark, id::InventoryItemId};
use mcom_search::syntax::{Comparator, Query, Term};

/// What queries of inventory items can name.
const KEYS: [&str; 2] = ["id", "sku"];

/// Which items a query asks for; all where nothing is said.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Items {
    /// Only those with this SKU.
    pub sku: Option<String>,
    /// Only these.
    pub ids: Option<Vec<InventoryItemId>>,
}

/// The items that a query asks for. Only conditions that all have to hold are looked at.
pub(crate) fn items(query: Option<&Query>) -> Items {
    let mut wanted = Items::default();
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

impl Items {
    fn narrow(&mut self, term: &Term) {
        match (term.key.as_deref(), term.comparator, term.value.prefix) {
            (Some("sku"), Comparator::Equal, false) => self.sku = Some(term.value.text.clone()),
            (Some("id"), Comparator::Equal, false) => {
                self.ids = term.value.choices().into_iter().map(InventoryItemId::parse).collect();
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
    use mcom_schema::id::InventoryItemId;

    use super::{Items, items};

    #[test]
    fn items_are_found_by_number_and_by_sku() {
        let read = |text| items(mcom_search::syntax::parse(text).ok().as_ref());
        assert_eq!(read("sku:A-1").sku.as_deref(), Some("A-1"));
        assert_eq!(read("id:1,2").ids, Some(vec![InventoryItemId(1), InventoryItemId(2)]));
        assert_eq!(read("color:red"), Items::default());
    }
}
