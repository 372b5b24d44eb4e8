//! The keys of product queries.

use chrono::{DateTime, Utc};
use mcom_catalog::products::{Compare, Filter, ProductTerm};
use mcom_schema::{
    SearchRemark,
    id::{CollectionId, ProductId},
};
use mcom_search::syntax::{Build, Query, Term};

use super::{
    Reading,
    term::{amount, compare, is_everything, number, text},
};

const BUILD: Build<Filter> =
    Build { all: Filter::All, any: Filter::Any, not: |filter| Filter::Not(Box::new(filter)) };

/// What queries of products can name.
const KEYS: [&str; 18] = [
    "barcode",
    "collection_id",
    "created_at",
    "gift_card",
    "handle",
    "id",
    "inventory_total",
    "is_price_reduced",
    "price",
    "product_type",
    "published_status",
    "sku",
    "status",
    "tag",
    "tag_not",
    "title",
    "updated_at",
    "vendor",
];

/// What to tell the writer of a query of `field`.
pub(crate) fn remark(
    query: &Query,
    field: &'static str,
    text: &str,
    reading: &Reading,
) -> Option<SearchRemark> {
    query.remark(field, text, &KEYS, |term| is_everything(term) || condition(term, reading).is_some())
}

/// The products that a query asks for; all if there is none.
pub(crate) fn filter(query: &Query, reading: &Reading) -> Option<Filter> {
    query.translate(&BUILD, &|term| condition(term, reading))
}

/// The condition of a term; none if its key is not known or its value makes no sense for the key.
fn condition(term: &Term, reading: &Reading) -> Option<Filter> {
    let Some(key) = &term.key else { return Some(Filter::Is(ProductTerm::Word(term.value.text.clone()))) };
    let it = match key.as_str() {
        "title" => ProductTerm::Title(text(term)),
        "handle" => ProductTerm::Handle(text(term)),
        "vendor" => ProductTerm::Vendor(text(term)),
        "product_type" => ProductTerm::ProductType(text(term)),
        "sku" => ProductTerm::Sku(text(term)),
        "barcode" => ProductTerm::Barcode(text(term)),
        "price" => ProductTerm::Price(amount(term, reading)?),
        "inventory_total" => ProductTerm::InventoryTotal(number(term)?),
        "is_price_reduced" => ProductTerm::PriceReduced(term.flag()?),
        "gift_card" => ProductTerm::GiftCard(term.flag()?),
        "tag" => ProductTerm::Tag(term.value.text.clone()),
        _ => return compound(key, term, reading),
    };
    Some(Filter::Is(it))
}

/// Keys that take lists or become several conditions.
fn compound(key: &str, term: &Term, reading: &Reading) -> Option<Filter> {
    match key {
        "tag_not" => Some(Filter::Not(Box::new(Filter::Is(ProductTerm::Tag(term.value.text.clone()))))),
        "id" => any(term, |text| Some(ProductTerm::Id(compare(term.comparator, ProductId::parse(text)?.0)))),
        "collection_id" => any(term, |text| Some(ProductTerm::Collection(CollectionId::parse(text)?.0))),
        "status" => any(term, |text| Some(ProductTerm::Status(text.to_ascii_uppercase()))),
        "published_status" => any(term, published),
        "created_at" => instants(term, reading, ProductTerm::CreatedAt),
        "updated_at" => instants(term, reading, ProductTerm::UpdatedAt),
        _ => None,
    }
}

fn published(text: &str) -> Option<ProductTerm> {
    match text.to_ascii_lowercase().as_str() {
        "published" | "online_store:visible" => Some(ProductTerm::Published(true)),
        "unpublished" | "online_store:hidden" => Some(ProductTerm::Published(false)),
        _ => None,
    }
}

/// One of the values of a list; none if one of them makes no sense.
fn any(term: &Term, read: impl Fn(&str) -> Option<ProductTerm>) -> Option<Filter> {
    let choices: Option<Vec<Filter>> =
        term.value.choices().into_iter().map(|text| read(text).map(Filter::Is)).collect();
    choices.filter(|choices| !choices.is_empty()).map(Filter::Any)
}

fn instants(
    term: &Term,
    reading: &Reading,
    make: fn(Compare<DateTime<Utc>>) -> ProductTerm,
) -> Option<Filter> {
    let limits = term.instants(reading.now)?;
    Some(Filter::All(limits.into_iter().map(|(by, at)| Filter::Is(make(compare(by, at)))).collect()))
}

#[cfg(test)]
mod tests {
    use chrono::DateTime;
    use mcom_catalog::products::{Compare, Filter, Match, ProductTerm};
    use mcom_schema::Currency;

    use super::{super::Reading, KEYS, filter, remark};

    fn read(text: &str) -> Option<Filter> {
        let query = mcom_search::syntax::parse(text).expect("not too large");
        filter(&query, &Reading { now: DateTime::UNIX_EPOCH, currency: Currency::EUR })
    }

    fn is(term: ProductTerm) -> Filter {
        Filter::Is(term)
    }

    #[test]
    fn terms_become_conditions() {
        let cases = [
            ("vendor:acme*", is(ProductTerm::Vendor(Match::Prefix("acme".into())))),
            ("price:>=12.50", is(ProductTerm::Price(Compare::AtLeast(1250)))),
            ("mug", is(ProductTerm::Word("mug".into()))),
            ("-tag:old", Filter::Not(Box::new(is(ProductTerm::Tag("old".into()))))),
            ("tag_not:old", Filter::Not(Box::new(is(ProductTerm::Tag("old".into()))))),
            ("status:active", Filter::Any(vec![is(ProductTerm::Status("ACTIVE".into()))])),
            (
                "id:1,gid://shopify/Product/2",
                Filter::Any(vec![is(ProductTerm::Id(Compare::Is(1))), is(ProductTerm::Id(Compare::Is(2)))]),
            ),
        ];
        for (text, expected) in cases {
            assert_eq!(read(text), Some(expected), "{text}");
        }
    }

    #[test]
    fn every_key_is_understood_and_no_other() {
        let all = "barcode:1 collection_id:1 created_at:2026 gift_card:true handle:a id:1 inventory_total:1
            is_price_reduced:true price:1 product_type:a published_status:any sku:a status:active tag:a tag_not:a title:a
            updated_at:2026 vendor:a";
        assert_eq!(told(all), [""; 0]);
        assert_eq!(told("color:red price:cheap"), ["invalid_field", "invalid_value"]);
    }

    fn told(text: &str) -> Vec<String> {
        let query = mcom_search::syntax::parse(text).expect("not too large");
        assert!(query.terms().len() == KEYS.len() || text.contains("color"), "every key is tried");
        let reading = Reading { now: DateTime::UNIX_EPOCH, currency: Currency::EUR };
        let warnings = remark(&query, "products", text, &reading).map(|remark| remark.warnings);
        warnings.unwrap_or_default().into_iter().map(|warning| warning.code.into_owned()).collect()
    }

    #[test]
    fn what_is_not_known_filters_nothing() {
        for text in ["", "color:red", "price:cheap", "id:x", "created_at:soon", "published_status:any"] {
            assert_eq!(read(text), None, "{text}");
        }
    }
}
