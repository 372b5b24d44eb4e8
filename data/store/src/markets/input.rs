//! What a merchant says of a market, and what of it is taken.

use mcom_data::{Error, Result};
use mcom_schema::{
    Currency, Exchange, Language, Rate, Refusal, Rounding, country,
    id::{ProductId, VariantId},
    refuse,
};

use crate::content;

/// A market as a merchant wants it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MarketInput {
    /// Its name in programs, by which it is known.
    pub handle: String,
    /// Its name for people.
    pub name: String,
    /// Whether buyers are in it. In the countries of a closed one they are in the primary one.
    pub enabled: bool,
    /// Whether it is the one for everybody else.
    pub primary: bool,
    /// ISO 3166-1 alpha-2 codes.
    pub countries: Vec<String>,
    /// Codes of languages that texts are offered in beside the store's own.
    pub languages: Vec<String>,
    /// The currency of its prices.
    pub currency: Currency,
    /// What the store's currency is worth in it.
    pub rate: Rate,
    /// How converted prices are rounded.
    pub rounding: Rounding,
    /// Prices that are not converted.
    pub prices: Vec<MarketPrice>,
}

/// What a variant costs in a market, as the merchant says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct MarketPrice {
    /// What.
    pub variant: VariantId,
    /// The product it is a variant of.
    pub product: ProductId,
    /// In minor units of the market's currency.
    pub price_minor: i64,
    /// The former price, if it is reduced there.
    pub compare_at_minor: Option<i64>,
}

impl MarketInput {
    /// The same as it is kept, if a store that reckons in `currency` can have such a market.
    ///
    /// # Errors
    /// Refuses unknown countries and languages, endings that the currency does not have, negative prices, and a primary market in
    /// another currency than the store's.
    pub fn check(&self, currency: Currency) -> Result<MarketInput> {
        let mut faults = vec![];
        let name = content::title(&self.name).map_err(|refusal| faults.push(renamed(refusal)));
        let handle = content::handle(Some(&self.handle), &self.name).map_err(|refusal| faults.push(refusal));
        for (index, code) in
            self.countries.iter().enumerate().filter(|(_, code)| country::name(code).is_none())
        {
            faults.push(unknown("countries", index, format!("there is no country «{code}»")));
        }
        for (index, code) in
            self.languages.iter().enumerate().filter(|(_, code)| Language::parse(code).is_none())
        {
            faults.push(unknown("languages", index, format!("there is no language «{code}»")));
        }
        if !self.ends_well() {
            let wrong = format!("no price in {} ends so", self.currency);
            faults.push(refuse("rounding", "INVALID", wrong));
        }
        if self.primary && self.exchange(currency) != Exchange::none(currency) {
            let wrong = format!("the primary market has the prices of the store, in {currency}");
            faults.push(refuse("primary", "INVALID", wrong));
        }
        let is_negative =
            |price: &MarketPrice| price.price_minor < 0 || price.compare_at_minor.is_some_and(|it| it < 0);
        for (index, _) in self.prices.iter().enumerate().filter(|(_, price)| is_negative(price)) {
            faults.push(unknown("prices", index, "a price is not below zero".to_owned()));
        }
        match (name, handle) {
            (Ok(name), Ok(handle)) if faults.is_empty() => Ok(self.tidy(handle, name)),
            _ => Err(Error::Refused(faults)),
        }
    }

    fn tidy(&self, handle: String, name: String) -> Self {
        let sorted = |codes: &[String]| {
            let mut codes = codes.to_vec();
            codes.sort_unstable();
            codes.dedup();
            codes
        };
        let mut prices = self.prices.clone();
        prices.sort_unstable();
        prices.dedup_by_key(|price| price.variant);
        let (countries, languages) = (sorted(&self.countries), sorted(&self.languages));
        MarketInput { handle, name, countries, languages, prices, ..self.clone() }
    }

    fn exchange(&self, from: Currency) -> Exchange {
        Exchange { from, to: self.currency, rate: self.rate, rounding: self.rounding }
    }

    fn ends_well(&self) -> bool {
        match self.rounding {
            Rounding::Exact => true,
            Rounding::Ending(minor) => (0..10_i64.pow(self.currency.exponent())).contains(&minor),
        }
    }
}

fn renamed(refusal: Refusal) -> Refusal {
    Refusal { field: vec!["name".to_owned()], ..refusal }
}

fn unknown(field: &str, index: usize, message: String) -> Refusal {
    refuse(&format!("{field}.{index}"), "INVALID", message)
}

#[cfg(test)]
mod tests {
    use mcom_data::Error;
    use mcom_schema::{Currency, Rate, Rounding};

    use super::MarketInput;

    fn market() -> MarketInput {
        MarketInput {
            handle: "uk".to_owned(),
            name: "United Kingdom".to_owned(),
            enabled: true,
            primary: false,
            countries: vec!["IM".to_owned(), "GB".to_owned(), "GB".to_owned()],
            languages: vec!["EN".to_owned()],
            currency: Currency::GBP,
            rate: Rate::parse("0.86").unwrap(),
            rounding: Rounding::Ending(99),
            prices: vec![],
        }
    }

    fn wrong(input: &MarketInput) -> Vec<String> {
        match input.check(Currency::EUR) {
            Err(Error::Refused(faults)) => faults.into_iter().map(|fault| fault.field.join(".")).collect(),
            _ => vec![],
        }
    }

    #[test]
    fn a_market_is_kept_tidily() {
        assert_eq!(market().check(Currency::EUR).unwrap().countries, ["GB", "IM"]);
    }

    #[test]
    fn what_is_wrong_with_a_market_is_told_all_at_once() {
        let odd = MarketInput {
            countries: vec!["GB".to_owned(), "XX".to_owned()],
            languages: vec!["en".to_owned()],
            rounding: Rounding::Ending(100),
            primary: true,
            ..market()
        };
        assert_eq!(wrong(&odd), ["countries.1", "languages.0", "rounding", "primary"]);
        let home = MarketInput { primary: true, currency: Currency::EUR, rate: Rate::ONE, ..market() };
        assert_eq!(wrong(&home), ["primary"]);
        assert!(wrong(&MarketInput { rounding: Rounding::Exact, ..home }).is_empty());
    }
}
