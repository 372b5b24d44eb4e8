//! Reading the cluster's answers.

use mcom_schema::id::ProductId;
use serde_json::Value;

use super::ask;
use crate::{
    engine::{Hit, Hits, Stored},
    facet::{self, Facets, PriceSpan, Tally},
    order::{Key, Place, Sort},
    query::Query,
};

/// How many matched what was typed, whatever was chosen.
pub(super) fn matched(answer: &Value) -> u64 {
    answer["aggregations"]["matched"]["value"].as_f64().unwrap_or_default() as u64
}

/// The part of the result that was asked for.
pub(super) fn hits(answer: &Value, query: &Query) -> Hits {
    let mut hits: Vec<Hit> =
        list(&answer["hits"]["hits"]).iter().filter_map(|hit| self::hit(hit, query)).collect();
    let more = hits.len() > query.page.size;
    hits.truncate(query.page.size);
    if query.page.backward {
        hits.reverse();
    }
    let total = answer["hits"]["total"]["value"].as_u64().unwrap_or_default();
    Hits { total, hits, more, facets: query.facets.then(|| facets(&answer["aggregations"])) }
}

fn hit(hit: &Value, query: &Query) -> Option<Hit> {
    let mut sort = list(&hit["sort"]).iter();
    let available = if query.order.unavailable_last { sort.next()?.as_i64() == Some(1) } else { true };
    let key = match (ask::field(query), query.order.sort) {
        (None, _) => Key::Number(0),
        (Some(_), Sort::Title | Sort::Vendor) => Key::Text(sort.next()?.as_str()?.to_owned()),
        (Some(_), _) => {
            let key = sort.next()?;
            // Scores are whole numbers that come as fractions.
            Key::Number(key.as_i64().or_else(|| key.as_f64().map(|score| score.round() as i64))?)
        }
    };
    let id = sort.next()?.as_i64()?;
    Some(Hit { id: ProductId(id), place: Place { available, key, id } })
}

/// What is there of each product.
pub(super) fn stored(answer: &Value) -> Vec<Stored> {
    let number = |hit: &Value, field: &str| hit["fields"][field][0].as_i64();
    let stored = |hit: &Value| {
        Some(Stored {
            id: number(hit, "id")?,
            version: u64::try_from(number(hit, "version")?).ok()?,
            fingerprint: number(hit, "fingerprint")?,
        })
    };
    list(&answer["hits"]["hits"]).iter().filter_map(stored).collect()
}

fn facets(answer: &Value) -> Facets {
    let values = |name: &str| tallies(&answer[name]["values"]);
    let yes_no = &answer["available"]["values"]["buckets"];
    let counted = |count: &Value| count["doc_count"].as_u64().unwrap_or_default();
    let amount = |name: &str| answer["price"][name]["value"].as_f64().map_or(0, |amount| amount as i64);
    let mut options: Vec<Tally> = values("options");
    for (name, aggregation) in answer.as_object().into_iter().flatten() {
        if name.starts_with("option ") {
            options.extend(tallies(&aggregation["values"]));
        }
    }
    Facets {
        available: counted(&yes_no["yes"]),
        unavailable: counted(&yes_no["no"]),
        price: PriceSpan { min: amount("min"), max: amount("max"), count: counted(&answer["price"]) },
        vendors: values("vendor"),
        product_types: values("product_type"),
        tags: values("tag"),
        options: facet::by_name(options),
    }
}

/// The values of a terms aggregation.
pub(super) fn tallies(aggregation: &Value) -> Vec<Tally> {
    let tally = |bucket: &Value| {
        Some(Tally { value: bucket["key"].as_str()?.to_owned(), count: bucket["doc_count"].as_u64()? })
    };
    list(&aggregation["buckets"]).iter().filter_map(tally).collect()
}

fn list(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}
