//! Facets as aggregations: each over what the choices of all other dimensions leave.

use serde_json::{Map, Value, json};

use super::ask::choices;
use crate::{
    document::PART,
    facet::MOST_VALUES,
    query::{Dimension, Query},
};

/// The aggregations of a query: what it wants to know, and whether anything matched what was typed.
pub(super) fn wanted(query: &Query) -> Value {
    let mut all = Map::new();
    all.insert("matched".to_owned(), json!({ "value_count": { "field": "id" } }));
    if !query.facets {
        return Value::Object(all);
    }
    let dimensions: Vec<Dimension> =
        query.by_dimension().into_iter().map(|(dimension, _)| dimension).collect();
    let others = |dimension: &Dimension| {
        let own = dimensions.iter().position(|chosen| chosen == dimension);
        json!({ "bool": { "filter": choices(query, own) } })
    };
    let mut add = |name: String, filter: Value, inner: Value| {
        all.insert(name, json!({ "filter": filter, "aggs": inner }));
    };
    let yes_no = json!({ "filters": { "filters": {
        "yes": { "term": { "available": 1 } }, "no": { "term": { "available": 0 } },
    } } });
    add("available".to_owned(), others(&Dimension::Available), json!({ "values": yes_no }));
    let span = json!({ "min": { "min": { "field": "prices" } }, "max": { "max": { "field": "prices" } } });
    add("price".to_owned(), others(&Dimension::Price), span);
    add("vendor".to_owned(), others(&Dimension::Vendor), json!({ "values": terms("vendor") }));
    add(
        "product_type".to_owned(),
        others(&Dimension::ProductType),
        json!({ "values": terms("product_type") }),
    );
    add("tag".to_owned(), others(&Dimension::Tag), json!({ "values": terms("tags") }));
    let mut rest = terms("options");
    let mut chosen = vec![];
    for (index, name) in dimensions.iter().enumerate().filter_map(|(index, dimension)| match dimension {
        Dimension::Option(name) => Some((index, name)),
        _ => None,
    }) {
        let begins = format!("{name}{PART}");
        chosen.push(format!("{}.*", literal(&begins)));
        let filter = json!({ "bool": { "filter": choices(query, Some(index)) } });
        add(
            format!("option {name}"),
            filter,
            json!({ "values": beginning("options", &begins, MOST_VALUES) }),
        );
    }
    if !chosen.is_empty() {
        rest["terms"]["exclude"] = json!(chosen.join("|"));
    }
    add(
        "options".to_owned(),
        json!({ "bool": { "filter": choices(query, None) } }),
        json!({ "values": rest }),
    );
    Value::Object(all)
}

fn terms(field: &str) -> Value {
    json!({ "terms": { "field": field, "size": MOST_VALUES, "order": [{ "_count": "desc" }, { "_key": "asc" }] } })
}

/// Terms of a field that begin like this.
pub(super) fn beginning(field: &str, begins: &str, size: usize) -> Value {
    let mut terms = terms(field);
    terms["terms"]["size"] = json!(size);
    terms["terms"]["include"] = json!(format!("{}.*", literal(begins)));
    terms
}

/// The text as a regular expression that means nothing else.
fn literal(text: &str) -> String {
    let mut literal = String::with_capacity(text.len());
    for letter in text.chars() {
        if !letter.is_alphanumeric() {
            literal.push('\\');
        }
        literal.push(letter);
    }
    literal
}

#[cfg(test)]
mod tests {
    use super::literal;

    #[test]
    fn signs_in_names_mean_themselves() {
        assert_eq!(literal("Size (EU)"), "Size\\ \\(EU\\)");
    }
}
