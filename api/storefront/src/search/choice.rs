//! Choices as clients send them.

use mcom_kit::Fault;
use mcom_schema::Exchange;
use mcom_search::{Fact, Filter};
use serde::Deserialize;

use crate::product::category;

/// One choice; exactly one field is set.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Choice {
    available: Option<bool>,
    category: Option<InCategory>,
    price: Option<Bounds>,
    product_type: Option<String>,
    product_vendor: Option<String>,
    tag: Option<String>,
    product_metafield: Option<Field>,
    taxonomy_metafield: Option<Field>,
    variant_metafield: Option<Field>,
    variant_option: Option<Chosen>,
}

#[derive(Debug, Clone, Deserialize)]
struct Bounds {
    min: Option<f64>,
    max: Option<f64>,
}

#[derive(Debug, Clone, Deserialize)]
struct InCategory {
    id: String,
}

#[derive(Debug, Clone, Deserialize)]
struct Field {
    namespace: String,
    key: String,
    value: String,
}

#[derive(Debug, Clone, Deserialize)]
struct Chosen {
    name: String,
    value: String,
}

/// The choices in the engine's words. Prices are meant as the buyer sees them, and searched for as the store keeps them.
pub(crate) fn filters(choices: Option<Vec<Choice>>, exchange: &Exchange) -> Result<Vec<Filter>, Fault> {
    choices.unwrap_or_default().into_iter().map(|choice| choice.filter(exchange)).collect()
}

impl Choice {
    fn filter(self, exchange: &Exchange) -> Result<Filter, Fault> {
        let minor = |amount: f64| (amount * 10_f64.powi(exchange.to.exponent() as i32)).round() as i64;
        let price = |bounds: Bounds| Filter::Price {
            min: bounds.min.map(|amount| exchange.lowest_for(minor(amount))),
            max: bounds.max.map(|amount| exchange.highest_for(minor(amount))),
        };
        let option = |chosen: Chosen| Filter::Option { name: chosen.name, value: chosen.value };
        let field =
            |field: Field| Fact::ProductField { namespace: field.namespace, key: field.key }.is(field.value);
        let of_variant =
            |field: Field| Fact::VariantField { namespace: field.namespace, key: field.key }.is(field.value);
        let set = [
            self.available.map(Filter::Available),
            self.category.map(|category| Fact::Category.is(category::key(&category.id))),
            self.product_metafield.or(self.taxonomy_metafield).map(field),
            self.variant_metafield.map(of_variant),
            self.price.map(price),
            self.product_type.map(Filter::ProductType),
            self.product_vendor.map(Filter::Vendor),
            self.tag.map(Filter::Tag),
            self.variant_option.map(option),
        ];
        let mut set = set.into_iter().flatten();
        match (set.next(), set.next()) {
            (Some(filter), None) => Ok(filter),
            _ => Err(Fault::arguments("a product filter has exactly one field")),
        }
    }
}

#[cfg(test)]
mod tests {
    use mcom_schema::{Currency, Exchange, Rate, Rounding};
    use mcom_search::Filter;

    use super::{Bounds, Choice, filters};

    #[test]
    fn prices_are_meant_as_the_buyer_sees_them() {
        let price =
            || Choice { price: Some(Bounds { min: Some(0.29), max: Some(2.0) }), ..Choice::default() };
        let read = |exchange| filters(Some(vec![price()]), &exchange).unwrap();
        assert_eq!(read(Exchange::none(Currency::EUR)), [Filter::Price { min: Some(29), max: Some(200) }]);
        assert_eq!(read(Exchange::none(Currency::JPY)), [Filter::Price { min: Some(0), max: Some(2) }]);
        let rate = Rate::parse("0.5").unwrap();
        let pounds = Exchange { from: Currency::EUR, to: Currency::GBP, rate, rounding: Rounding::Exact };
        assert_eq!(read(pounds), [Filter::Price { min: Some(57), max: Some(400) }]);
    }

    #[test]
    fn a_choice_says_one_thing() {
        let eur = Exchange::none(Currency::EUR);
        let two = Choice { available: Some(true), tag: Some("a".into()), ..Choice::default() };
        assert!(filters(Some(vec![two]), &eur).is_err());
        assert!(filters(Some(vec![Choice::default()]), &eur).is_err());
    }
}
