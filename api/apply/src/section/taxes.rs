//! Taxes.

use mcom_data::Result;
use mcom_store::{
    settings,
    taxes::{self, TaxRate, TaxSettings},
};

use crate::{
    file,
    run::{Action, Run},
};

pub(crate) async fn apply(run: &mut Run<'_>) -> Result<()> {
    let Some(section) = &run.file.taxes else { return Ok(()) };
    let mut rates = vec![];
    for (index, rate) in section.rates.iter().enumerate() {
        rates.extend(read(run, &format!("taxes.rates.{index}"), rate));
    }
    if rates.len() < section.rates.len() {
        return Ok(());
    }
    let wanted = TaxSettings { included: section.included_in_prices, shipping: section.on_shipping, rates };
    if run.heed("taxes", wanted.check().map_err(Into::into))?.is_none() {
        return Ok(());
    }
    let there = settings::get(run.cx).await?;
    if *there.taxes == wanted {
        run.keeps();
    } else if run.does(Action::Update, "settings", "taxes") {
        let done = taxes::set(run.cx, &wanted).await;
        run.heed("taxes", done)?;
    }
    Ok(())
}

fn read(run: &mut Run<'_>, path: &str, rate: &file::taxes::TaxRate) -> Option<TaxRate> {
    let Some(millionths) = millionths(rate.percentage) else {
        run.fault(&format!("{path}.percentage"), "a percentage has at most four decimals");
        return None;
    };
    let (country, province, title) = (rate.country.clone(), rate.province.clone(), rate.title.clone());
    Some(TaxRate { country, province, title, millionths })
}

/// A percentage as a whole number of millionths; `None` if it is none.
fn millionths(percentage: f64) -> Option<i64> {
    let exact = percentage * 10_000.0;
    let is_whole = (exact - exact.round()).abs() < 1e-6 && exact.abs() <= 1e9;
    is_whole.then(|| exact.round() as i64)
}

#[cfg(test)]
mod tests {
    use super::millionths;

    #[test]
    fn percentages_have_four_decimals_at_most() {
        let told = [19.0, 9.975, 8.875, 0.0001].map(millionths);
        assert_eq!(told, [Some(190_000), Some(99_750), Some(88_750), Some(1)]);
        assert_eq!((millionths(0.00001), millionths(f64::NAN), millionths(1e300)), (None, None, None));
    }
}
