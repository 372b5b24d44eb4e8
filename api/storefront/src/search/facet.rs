//! Facets as clients see them: each value with its count, and with the choice that it means.

use mcom_schema::{Currency, Money};
use mcom_search::{Facets, PriceSpan, Tally, analysis};
use serde_json::{Value, json};

/// Something that products can be narrowed down by.
pub struct Filter {
    id: String,
    label: String,
    presentation: Option<&'static str>,
    kind: &'static str,
    values: Vec<FilterValue>,
}

mcom_kit::record!(Filter as "Filter" {
    "id" = id,
    "label" = label,
    "presentation" = presentation,
    "type" = kind,
    "values" = values,
});

/// A choice.
pub struct FilterValue {
    id: String,
    label: String,
    count: i32,
    /// A JSON value that is itself JSON as text, as clients of the published API expect it.
    input: Value,
}

mcom_kit::record!(FilterValue as "FilterValue" {
    "count" = count,
    "id" = id,
    "input" = input,
    "label" = label,
});

/// The facets of a store that sells in `currency`. Those that offer nothing to choose are left out.
pub(crate) fn shown(facets: &Facets, currency: Currency) -> Vec<Filter> {
    let mut filters = vec![availability(facets), price(facets.price, currency)];
    let texts = [
        ("filter.p.vendor", "Brand", "productVendor", &facets.vendors),
        ("filter.p.product_type", "Product type", "productType", &facets.product_types),
        ("filter.p.tag", "Tag", "tag", &facets.tags),
    ];
    for (id, label, field, tallies) in texts {
        filters.push(list(id.to_owned(), label, tallies, |value| json!({ field: value })));
    }
    for (name, tallies) in &facets.options {
        let id = format!("filter.v.option.{}", slug(name));
        let input = |value: &str| json!({ "variantOption": { "name": name, "value": value } });
        filters.push(list(id, name, tallies, input));
    }
    filters.retain(|filter| !filter.values.is_empty());
    filters
}

fn availability(facets: &Facets) -> Filter {
    let value = |number: u8, label: &str, count: u64| FilterValue {
        id: format!("filter.v.availability.{number}"),
        label: label.to_owned(),
        count: whole(count),
        input: text(&json!({ "available": number == 1 })),
    };
    Filter {
        id: "filter.v.availability".to_owned(),
        label: "Availability".to_owned(),
        presentation: Some("TEXT"),
        kind: "LIST",
        values: vec![value(1, "In stock", facets.available), value(0, "Out of stock", facets.unavailable)],
    }
}

fn price(span: PriceSpan, currency: Currency) -> Filter {
    let amount = |minor: i64| -> Value {
        let text = Money::new(minor, currency).trimmed();
        text.parse::<f64>().map_or(Value::Null, |amount| json!(amount))
    };
    let value = FilterValue {
        id: "filter.v.price".to_owned(),
        label: "Price".to_owned(),
        count: whole(span.count),
        input: text(&json!({ "price": { "min": amount(span.min), "max": amount(span.max) } })),
    };
    Filter {
        id: "filter.v.price".to_owned(),
        label: "Price".to_owned(),
        presentation: None,
        kind: "PRICE_RANGE",
        values: vec![value],
    }
}

fn list(id: String, label: &str, tallies: &[Tally], input: impl Fn(&str) -> Value) -> Filter {
    let value = |tally: &Tally| FilterValue {
        id: format!("{id}.{}", slug(&tally.value)),
        label: tally.value.clone(),
        count: whole(tally.count),
        input: text(&input(&tally.value)),
    };
    let values = tallies.iter().map(value).collect();
    Filter { id, label: label.to_owned(), presentation: Some("TEXT"), kind: "LIST", values }
}

fn text(input: &Value) -> Value {
    Value::String(input.to_string())
}

/// The words of a name, fit for an id.
fn slug(name: &str) -> String {
    analysis::words(name).join("-")
}

fn whole(count: u64) -> i32 {
    i32::try_from(count).unwrap_or(i32::MAX)
}
