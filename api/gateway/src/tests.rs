//! The committed schemas: they can be planned over, and hostile operations do not get far.

use std::time::Instant;

use futures_util::future::BoxFuture;
use mcom_kit::{Answer, Call};

use super::*;

/// A subgraph that knows nothing: enough for planning.
struct Silent;

impl Subgraph for Silent {
    fn call<'a>(&'a self, _: Call<'a>) -> BoxFuture<'a, Answer> {
        Box::pin(async { Answer::default() })
    }
}

fn storefront() -> Gateway {
    let silent: Arc<dyn Subgraph> = Arc::new(Silent);
    Gateway::new(&Api::storefront(), vec![("storefront", silent.clone()), ("checkout", silent)]).unwrap()
}

fn prepare(gateway: &Gateway, query: &str) -> Result<u64, String> {
    let prepared = gateway.prepare(query, None, Variables::default());
    prepared.map(|p| p.cost()).map_err(|refused| String::from_utf8(refused.to_json()).unwrap())
}

#[test]
fn what_storefronts_ask_can_be_planned() {
    let gateway = storefront();
    for query in [
        "{ shop { name } }",
        "query P @inContext(country: DE) { product(handle: \"mug\") { id title variants(first: 250) { nodes { id price { amount } } } } }",
        "{ cart(id: \"x\") { id lines(first: 100) { nodes { id quantity merchandise { ... on ProductVariant { id title product { title handle } } } } } } }",
        "query ($c: CountryCode = ZZ, $l: LanguageCode) @inContext(country: $c, language: $l) { shop { name } }",
        "{ __schema { queryType { name } } }",
        "{ products(first: 250) { nodes { images(first: 250) { nodes { url } } variants(first: 250) { nodes { price { amount } } } } } }",
    ] {
        prepare(&gateway, query).unwrap();
    }
}

#[test]
fn hostile_operations_are_refused_quickly() {
    let gateway = storefront();
    let many: String = (0..2_000).map(|n| format!("a{n}: shop {{ name }} ")).collect();
    let wide = format!(
        "{{ {} }}",
        "products(first: 250) { nodes { collections(first: 250) { nodes { products(first: 250) { nodes { id vendor priceRange { minVariantPrice { amount } } } } } } } } "
    );
    let circular = "{ node(id: 1) { ...A } } fragment A on Product { variants(first: 250) { nodes { product { ...A } } } }";
    let nested =
        format!("{{ __schema {{ types {{ {}name{} }} }} }}", "fields { type { ".repeat(9), " } }".repeat(9));
    for query in [format!("{{ {many} }}"), wide, circular.to_owned(), nested] {
        let start = Instant::now();
        assert!(prepare(&gateway, &query).is_err(), "passed: {query}");
        assert!(start.elapsed().as_millis() < 500, "took {:?}: {query}", start.elapsed());
    }
}
