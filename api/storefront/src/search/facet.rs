//! Facets as clients see them: each value with its count, and with the choice that it means.

use std::{collections::HashMap, sync::Arc};

use mcom_catalog::products::{self, ValueSwatch};
use mcom_kit::{Cx, Error};
use mcom_schema::{Exchange, Money};
use mcom_search::{Facets, Fact, PriceSpan, Tally, analysis};
use serde_json::{Value, json};

use super::facts::Facts;
use crate::media::MediaImage;

/// Something that products can be narrowed down by.
pub struct Filter {
    id: String,
    label: String,
    presentation: Option<&'static str>,
    pub(super) kind: &'static str,
    pub(super) values: Vec<FilterValue>,
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
    pub(super) id: String,
    pub(super) label: String,
    count: i32,
    swatch: Option<Swatch>,
    image: Option<Arc<MediaImage>>,
    /// A JSON value that is itself JSON as text, as clients of the published API expect it.
    input: Value,
}

mcom_kit::record!(FilterValue as "FilterValue" {
    "count" = count,
    "id" = id,
    "image" = image,
    "input" = input,
    "label" = label,
    "swatch" = swatch,
});

/// A color or a picture that stands for a choice.
pub struct Swatch {
    color: Option<String>,
    image: Option<Arc<MediaImage>>,
}

mcom_kit::record!(Swatch as "Swatch" { "color" = color, "image" = image });

/// What stands for values of options, by option and value.
type Swatches = HashMap<(String, String), ValueSwatch>;

/// The facets, with prices as the buyer sees them. Those that offer nothing to choose are left out.
pub(crate) async fn shown(cx: &Cx, facets: &Facets, exchange: &Exchange) -> Result<Vec<Filter>, Error> {
    let swatches = if facets.options.is_empty() { Arc::default() } else { products::swatches(cx).await? };
    let facts = Facts::named(cx, facets).await?;
    let mut filters = vec![availability(facets), price(facets.price, exchange)];
    let texts = [
        ("filter.p.vendor", "Brand", "productVendor", &facets.vendors),
        ("filter.p.product_type", "Product type", "productType", &facets.product_types),
        ("filter.p.tag", "Tag", "tag", &facets.tags),
    ];
    for (id, label, field, tallies) in texts {
        filters.push(list(id.to_owned(), label, tallies, |value| json!({ field: value })));
    }
    for (name, tallies) in &facets.options {
        if let Some(fact) = Fact::read(name) {
            filters.extend(facts.filter(&fact, tallies));
            continue;
        }
        let id = format!("filter.v.option.{}", slug(name));
        let input = |value: &str| json!({ "variantOption": { "name": name, "value": value } });
        let mut filter = list(id, name, tallies, input);
        filter.paint(&swatches);
        filters.push(filter);
    }
    filters.retain(|filter| !filter.values.is_empty());
    Ok(filters)
}

fn availability(facets: &Facets) -> Filter {
    let value = |number: u8, label: &str, count: u64| FilterValue {
        id: format!("filter.v.availability.{number}"),
        label: label.to_owned(),
        count: whole(count),
        swatch: None,
        image: None,
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

fn price(span: PriceSpan, exchange: &Exchange) -> Filter {
    let amount = |minor: i64| -> Value {
        let text = Money::new(exchange.price(minor), exchange.to).trimmed();
        text.parse::<f64>().map_or(Value::Null, |amount| json!(amount))
    };
    let value = FilterValue {
        id: "filter.v.price".to_owned(),
        label: "Price".to_owned(),
        count: whole(span.count),
        swatch: None,
        image: None,
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

pub(super) fn list(id: String, label: &str, tallies: &[Tally], input: impl Fn(&str) -> Value) -> Filter {
    let value = |tally: &Tally| FilterValue {
        id: format!("{id}.{}", slug(&tally.value)),
        label: tally.value.clone(),
        count: whole(tally.count),
        swatch: None,
        image: None,
        input: text(&input(&tally.value)),
    };
    let values = tallies.iter().map(value).collect();
    Filter { id, label: label.to_owned(), presentation: Some("TEXT"), kind: "LIST", values }
}

impl Filter {
    /// Shows values by what stands for them: by colors if one has a color, else by pictures if one has a picture.
    fn paint(&mut self, swatches: &Swatches) {
        let mut presentation = "TEXT";
        for value in &mut self.values {
            let Some(swatch) = swatches.get(&(self.label.clone(), value.label.clone())) else { continue };
            let image = swatch.picture.as_ref().map(MediaImage::of);
            let is_painted = presentation == "SWATCH" || swatch.color.is_some();
            presentation = if is_painted { "SWATCH" } else { "IMAGE" };
            value.image = image.clone();
            value.swatch = Some(Swatch { color: swatch.color.clone(), image });
        }
        self.presentation = Some(presentation);
    }
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
