//! What of a cart or an order is tax: computed line by line, so that the parts add up to what is told of the whole.

use mcom_data::Result;
use mcom_schema::{Currency, Money};
use mcom_store::taxes::{TaxRate, TaxSettings, WHOLE};
use serde::{Deserialize, Serialize};

/// One tax on one line, or on sending it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TaxLine {
    /// What it is called.
    pub title: String,
    /// The rate in millionths of the price without taxes.
    pub millionths: i64,
    /// How much it is, in minor units.
    pub minor: i64,
}

/// The taxes of a cart or an order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Taxes {
    /// Whether the prices contain them.
    pub included: bool,
    /// All together, in minor units.
    pub total_minor: i64,
    /// Of each line, in the order of the lines.
    pub lines: Vec<Vec<TaxLine>>,
    /// Of sending it.
    pub shipping: Vec<TaxLine>,
}

/// A place that taxes are due in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Place<'a> {
    /// ISO 3166-1 alpha-2.
    pub(crate) country: &'a str,
    /// The code of a part of it.
    pub(crate) province: Option<&'a str>,
}

/// The taxes on lines of which so much is paid (nothing for what is not taxable), and on sending them for `shipping`.
///
/// # Errors
/// `Broken` if the sums leave the range of money.
pub(crate) fn of(
    settings: &TaxSettings,
    place: Place<'_>,
    (lines, shipping): (&[i64], i64),
    currency: Currency,
) -> Result<Taxes> {
    let due = settings.due_in(place.country, place.province);
    let on = |minor: i64| taxed(&due, settings.included, Money::new(minor, currency));
    let lines = lines.iter().map(|minor| on(*minor)).collect::<Result<Vec<_>>>()?;
    let shipping = if settings.shipping { on(shipping)? } else { vec![] };
    let mut taxes = Taxes { included: settings.included, total_minor: 0, lines, shipping };
    let mut total = Money::zero(currency);
    for line in taxes.all() {
        total = total.plus(Money::new(line.minor, currency))?;
    }
    taxes.total_minor = total.minor;
    Ok(taxes)
}

/// Each tax is rounded for itself, halves up.
fn taxed(due: &[&TaxRate], included: bool, price: Money) -> Result<Vec<TaxLine>> {
    if price.minor == 0 {
        return Ok(vec![]);
    }
    let contained: i64 = if included { due.iter().map(|rate| rate.millionths).sum() } else { 0 };
    let line = |rate: &&TaxRate| {
        let tax = price.share(rate.millionths, WHOLE + contained)?;
        Ok(TaxLine { title: rate.title.clone(), millionths: rate.millionths, minor: tax.minor })
    };
    due.iter().map(line).collect()
}

impl Taxes {
    /// What is added to the prices, in minor units.
    pub fn added_minor(&self) -> i64 {
        if self.included { 0 } else { self.total_minor }
    }

    /// The same with one entry for each tax, in the order of their first appearance.
    pub fn by_tax(&self) -> Vec<TaxLine> {
        let mut summed: Vec<TaxLine> = vec![];
        for line in self.all() {
            let is_it = |known: &&mut TaxLine| {
                (known.title.as_str(), known.millionths) == (line.title.as_str(), line.millionths)
            };
            match summed.iter_mut().find(is_it) {
                Some(known) => known.minor += line.minor,
                None => summed.push(line.clone()),
            }
        }
        summed
    }

    fn all(&self) -> impl Iterator<Item = &TaxLine> {
        self.lines.iter().flatten().chain(&self.shipping)
    }
}

impl TaxLine {
    /// Name and rate, as people read them: `GST 5 %`.
    pub fn name(&self) -> String {
        format!("{} {}", self.title, self.percentage())
    }

    /// The rate as people say it: `19 %`, `9.975 %`.
    pub fn percentage(&self) -> String {
        let (whole, rest) = (self.millionths / 10_000, self.millionths % 10_000);
        match format!("{rest:04}").trim_end_matches('0') {
            "" => format!("{whole} %"),
            decimals => format!("{whole}.{decimals} %"),
        }
    }
}

#[cfg(test)]
mod tests {
    use mcom_schema::Currency;
    use mcom_store::taxes::{TaxRate, TaxSettings};
    use proptest::prelude::*;

    use super::{Place, TaxLine, Taxes, of};

    fn rate(title: &str, millionths: i64) -> TaxRate {
        TaxRate { country: "CA".to_owned(), province: None, title: title.to_owned(), millionths }
    }

    fn settings(included: bool, shipping: bool, rates: &[i64]) -> TaxSettings {
        let rates = rates.iter().enumerate().map(|(i, it)| rate(&format!("T{i}"), *it)).collect();
        TaxSettings { included, shipping, rates }
    }

    fn taxes(settings: &TaxSettings, lines: &[i64], shipping: i64) -> Taxes {
        let place = Place { country: "CA", province: None };
        of(settings, place, (lines, shipping), Currency::EUR).unwrap()
    }

    fn minors(lines: &[TaxLine]) -> Vec<i64> {
        lines.iter().map(|line| line.minor).collect()
    }

    #[test]
    fn prices_contain_taxes_or_taxes_are_added_to_them() {
        let contained = taxes(&settings(true, true, &[190_000]), &[11_900, 0], 595);
        assert_eq!(minors(&contained.lines[0]), [1900]);
        assert_eq!((contained.lines[1].len(), minors(&contained.shipping)), (0, vec![95]));
        assert_eq!((contained.total_minor, contained.added_minor()), (1995, 0));
        let added = taxes(&settings(false, false, &[50_000, 99_750]), &[10_000], 500);
        assert_eq!(minors(&added.lines[0]), [500, 998]);
        assert_eq!((added.shipping.len(), added.added_minor()), (0, 1498));
    }

    #[test]
    fn where_nothing_is_due_there_are_no_taxes() {
        let nowhere = Place { country: "FR", province: None };
        let found = of(&settings(false, true, &[50_000]), nowhere, (&[100], 100), Currency::EUR).unwrap();
        assert_eq!(found, Taxes { included: false, total_minor: 0, lines: vec![vec![]], shipping: vec![] });
    }

    #[test]
    fn rates_are_told_without_trailing_zeros() {
        let told = |millionths| TaxLine { title: String::new(), millionths, minor: 0 }.percentage();
        assert_eq!(
            [told(190_000), told(99_750), told(1), told(1_000_000)],
            ["19 %", "9.975 %", "0.0001 %", "100 %"]
        );
    }

    proptest! {
        #[test]
        fn the_parts_add_up_and_what_is_contained_is_less_than_the_price(
            included in any::<bool>(),
            rates in prop::collection::vec(1i64..=1_000_000, 0..4),
            lines in prop::collection::vec(0i64..10_000_000, 0..12),
            shipping in 0i64..10_000,
        ) {
            let found = taxes(&settings(included, true, &rates), &lines, shipping);
            let parts: i64 = found.lines.iter().flatten().chain(&found.shipping).map(|it| it.minor).sum();
            prop_assert_eq!(parts, found.total_minor);
            prop_assert_eq!(found.by_tax().iter().map(|it| it.minor).sum::<i64>(), found.total_minor);
            prop_assert_eq!(found.added_minor(), if included { 0 } else { found.total_minor });
            for (price, taxes) in lines.iter().zip(&found.lines) {
                // Each is rounded for itself, by half a unit at most.
                let slack = i64::try_from(taxes.len()).unwrap();
                let sum: i64 = taxes.iter().map(|it| it.minor).sum();
                let all: i64 = rates.iter().sum();
                let exact = *price as f64 * all as f64 / (1_000_000 + if included { all } else { 0 }) as f64;
                prop_assert!((sum as f64 - exact).abs() <= slack as f64 / 2.0 + 1e-6);
                prop_assert!(!included || sum <= *price + slack);
            }
        }
    }
}
