//! What is asked beside the condition: page, order, choices and facets.

use serde_json::{Value, json};

use super::aggregate;
use crate::{
    document::PART,
    order::{Key, Place, Sort},
    query::{Filter, Query},
};

/// The condition with what short titles are preferred by.
pub(super) fn scored(query: &Query, condition: Value) -> Value {
    if !query.is_scored() {
        return condition;
    }
    json!({ "function_score": {
        "query": condition,
        "functions": [{ "field_value_factor": { "field": "brevity", "missing": 0 } }],
        "boost_mode": "sum",
    } })
}

/// Everything but the condition.
pub(super) fn body(query: &Query) -> Value {
    let mut body = json!({
        "size": query.page.size + 1,
        "track_total_hits": true,
        "_source": false,
        "sort": sort(query),
        "post_filter": { "bool": { "filter": choices(query, None) } },
        "aggs": aggregate::wanted(query),
    });
    if let Some(place) = &query.page.from {
        body["search_after"] = after(query, place);
    }
    body
}

/// The choices of all dimensions but the one at `except`.
pub(super) fn choices(query: &Query, except: Option<usize>) -> Vec<Value> {
    let groups = query.by_dimension().into_iter().enumerate();
    groups
        .filter(|(index, _)| Some(*index) != except)
        .map(|(_, (_, filters))| {
            let any: Vec<Value> = filters.into_iter().map(choice).collect();
            json!({ "bool": { "should": any, "minimum_should_match": 1 } })
        })
        .collect()
}

fn choice(filter: &Filter) -> Value {
    match filter {
        Filter::Available(wanted) => json!({ "term": { "available": i64::from(*wanted) } }),
        Filter::Price { min, max } => {
            let (min, max) = (min.unwrap_or(i64::MIN), max.unwrap_or(i64::MAX));
            json!({ "range": { "prices": { "gte": min, "lte": max } } })
        }
        Filter::Vendor(term) => json!({ "term": { "vendor": term } }),
        Filter::ProductType(term) => json!({ "term": { "product_type": term } }),
        Filter::Tag(term) => json!({ "term": { "tags": term } }),
        Filter::Option { name, value } => json!({ "term": { "options": format!("{name}{PART}{value}") } }),
    }
}

fn sort(query: &Query) -> Vec<Value> {
    let directions = query.order.directions(query.page.backward);
    let way = |falls: bool| if falls { "desc" } else { "asc" };
    let mut sort = vec![];
    sort.extend(directions.available.map(|last_first| json!({ "available": way(!last_first) })));
    sort.extend(field(query).map(|field| json!({ field: way(directions.key_falls) })));
    sort.push(json!({ "id": way(directions.id_falls) }));
    sort
}

/// The field that is sorted by; none where all scores are the same, and ids say everything.
pub(super) fn field(query: &Query) -> Option<&'static str> {
    Some(match query.order.sort {
        Sort::Relevance if query.is_scored() => "_score",
        Sort::Relevance => return None,
        Sort::Title => "title_key",
        Sort::Price => "min_price",
        Sort::CreatedAt => "created_at",
        Sort::UpdatedAt => "updated_at",
        Sort::Vendor => "vendor_key",
        Sort::Id => "id",
    })
}

fn after(query: &Query, place: &Place) -> Value {
    let mut after = vec![];
    if query.order.unavailable_last {
        after.push(json!(i64::from(place.available)));
    }
    if field(query).is_some() {
        after.push(match &place.key {
            Key::Number(number) => json!(number),
            Key::Text(text) => json!(text),
        });
    }
    after.push(json!(place.id));
    Value::Array(after)
}
