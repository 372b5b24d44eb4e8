//! Choices as clients send them.

use mcom_kit::Fault;
use mcom_schema::Currency;
use mcom_search::Filter;
use serde::Deserialize;

/// One choice; exactly one field is set.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Choice {
    available: Option<bool>,
    price: Option<Bounds>,
    product_type: Option<String>,
    product_vendor: Option<String>,
    tag: Option<String>,
    variant_option: Option<Chosen>,
}

#[derive(Debug, Clone, Deserialize)]
struct Bounds {
    min: Option<f64>,
    max: Option<f64>,
}

#[derive(Debug, Clone, Deserialize)]
struct Chosen {
    name: String,
    value: String,
}

/// The choices in the engine's words.
pub(crate) fn filters(choices: Option<Vec<Choice>>, currency: Currency) -> Result<Vec<Filter>, Fault> {
    choices.unwrap_or_default().into_iter().map(|choice| choice.filter(currency)).collect()
}

impl Choice {
    fn filter(self, currency: Currency) -> Result<Filter, Fault> {
        let minor = |amount: f64| (amount * 10_f64.powi(currency.exponent() as i32)).round() as i64;
        let price = |bounds: Bounds| Filter::Price { min: bounds.min.map(minor), max: bounds.max.map(minor) };
        let option = |chosen: Chosen| Filter::Option { name: chosen.name, value: chosen.value };
        let set = [
            self.available.map(Filter::Available),
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
    use mcom_schema::Currency;
    use mcom_search::Filter;

    use super::{Bounds, Choice, filters};

    #[test]
    fn prices_are_in_the_currency_of_the_store() {
        let price = || Choice { price: Some(Bounds { min: Some(0.29), max: None }), ..Choice::default() };
        let read = |code| filters(Some(vec![price()]), Currency::parse(code).unwrap()).unwrap();
        assert_eq!(read("EUR"), [Filter::Price { min: Some(29), max: None }]);
        assert_eq!(read("JPY"), [Filter::Price { min: Some(0), max: None }]);
    }

    #[test]
    fn a_choice_says_one_thing() {
        let eur = Currency::parse("EUR").unwrap();
        let two = Choice { available: Some(true), tag: Some("a".into()), ..Choice::default() };
        assert!(filters(Some(vec![two]), eur).is_err());
        assert!(filters(Some(vec![Choice::default()]), eur).is_err());
    }
}
