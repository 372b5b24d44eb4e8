//! The keys of variant queries.

use mcom_catalog::products::{Compare, Filter, ProductTerm};
use mcom_schema::{
    SearchRemark,
    id::{CollectionId, ProductId},
};
use mcom_search::syntax::{Comparator, Query, Term};

use super::term::text;

/// What queries of variants can name.
const KEYS: [&str; 8] =
    ["collection", "product_id", "product_ids", "product_status", "product_type", "sku", "tag", "vendor"];

/// Which variants a query asks for; all where nothing is said.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Variants {
    /// Only those with this SKU.
    pub sku: Option<String>,
    /// Only those of products like these.
    pub products: Option<Filter>,
}

/// The variants that a query asks for. Only conditions that all have to hold are looked at.
pub(crate) fn variants(query: Option<&Query>) -> Variants {
    let mut wanted = Variants::default();
    let mut of_products = vec![];
    let parts = match query {
        Some(Query::All(parts)) => parts.as_slice(),
        Some(part) => std::slice::from_ref(part),
        None => &[],
    };
    for part in parts {
        if let Query::Term(term) = part {
            match (term.key.as_deref(), term.comparator, term.value.prefix) {
                (Some("sku"), Comparator::Equal, false) => wanted.sku = Some(term.value.text.clone()),
                _ => of_products.extend(of_product(term)),
            }
        }
    }
    wanted.products = (!of_products.is_empty()).then_some(Filter::All(of_products));
    wanted
}

/// What to tell the writer of a query of `field`.
pub(crate) fn remark(query: &Query, field: &'static str, text: &str) -> Option<SearchRemark> {
    query.remark(field, text, &KEYS, |term| of_product(term).is_some() || term.key.as_deref() == Some("sku"))
}

fn of_product(term: &Term) -> Option<Filter> {
    let is = match term.key.as_deref() {
        None => ProductTerm::Word(term.value.text.clone()),
        Some("vendor") => ProductTerm::Vendor(text(term)),
        Some("product_type") => ProductTerm::ProductType(text(term)),
        Some("tag") => ProductTerm::Tag(term.value.text.clone()),
        Some("product_status") => {
            return any(term, |text| Some(ProductTerm::Status(text.to_ascii_uppercase())));
        }
        Some("collection") => {
            return any(term, |text| Some(ProductTerm::Collection(CollectionId::parse(text)?.0)));
        }
        Some("product_id" | "product_ids") => {
            return any(term, |text| Some(ProductTerm::Id(Compare::Is(ProductId::parse(text)?.0))));
        }
        Some(_) => return None,
    };
    Some(Filter::Is(is))
}

/// One of the values of a list; none if one of them makes no sense.
fn any(term: &Term, read: impl Fn(&str) -> Option<ProductTerm>) -> Option<Filter> {
    let choices: Option<Vec<Filter>> =
        term.value.choices().into_iter().map(|text| read(text).map(Filter::Is)).collect();
    choices.filter(|choices| !choices.is_empty()).map(Filter::Any)
}

#[cfg(test)]
mod tests {
    use mcom_catalog::products::{Compare, Filter, ProductTerm};

    use super::{Variants, remark, variants};

    fn read(text: &str) -> Variants {
        variants(mcom_search::syntax::parse(text).ok().as_ref())
    }

    #[test]
    fn variants_are_found_by_number_and_by_what_their_products_are() {
        assert_eq!(read("sku:A-1").sku.as_deref(), Some("A-1"));
        let one = |id| Filter::Is(ProductTerm::Id(Compare::Is(id)));
        let of_products = Some(Filter::All(vec![Filter::Any(vec![one(1), one(2)])]));
        assert_eq!(
            read("product_ids:1,2 sku:A-1"),
            Variants { sku: Some("A-1".into()), products: of_products }
        );
        assert_eq!(read("color:red"), Variants::default());
    }

    #[test]
    fn what_was_passed_over_is_told() {
        let query = mcom_search::syntax::parse("color:red product_id:x vendor:acme").expect("not too large");
        let told = remark(&query, "productVariants", "…").expect("two terms mean nothing");
        assert_eq!(told.warnings.len(), 2);
    }
}
