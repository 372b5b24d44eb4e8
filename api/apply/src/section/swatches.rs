//! What stands for values of options.

use mcom_catalog::products::{
    self, OptionUpdateInput, OptionValueUpdateInput, Product, ProductOption, SwatchInput,
};
use mcom_data::Result;
use mcom_schema::id::MediaId;

use crate::{
    file::media,
    run::{Action, Run},
};

pub(crate) async fn apply(run: &mut Run<'_>) -> Result<()> {
    let Some(section) = &run.file.swatches else { return Ok(()) };
    for (index, entry) in section.iter().enumerate() {
        put(run, &format!("swatches.{index}"), entry).await?;
    }
    Ok(())
}

async fn put(run: &mut Run<'_>, path: &str, entry: &media::Swatches) -> Result<()> {
    let Some(product) = products::by_handle(run.cx, &entry.product).await? else {
        run.fault(&format!("{path}.product"), format!("there is no product «{}»", entry.product));
        return Ok(());
    };
    let Some(option) = product.options.iter().find(|option| option.name == entry.option) else {
        run.fault(&format!("{path}.option"), format!("the product has no option «{}»", entry.option));
        return Ok(());
    };
    let values = changes(run, path, (&*product, option), entry);
    if values.is_empty() {
        return Ok(());
    }
    if run.does(Action::Update, "swatches", &format!("{} {}", entry.product, entry.option)) {
        let input = OptionUpdateInput { id: Some(option.id), name: None };
        let done = products::update_option(run.cx, product.row.id(), &input, &values).await;
        run.heed(path, done)?;
    }
    Ok(())
}

/// The values that are not as the file says.
fn changes(
    run: &mut Run<'_>,
    path: &str,
    (product, option): (&Product, &ProductOption),
    entry: &media::Swatches,
) -> Vec<OptionValueUpdateInput> {
    let mut changes = vec![];
    for (name, told) in &entry.values {
        let path = format!("{path}.values.{name}");
        let Some(value) = option.values.iter().find(|value| value.name == *name) else {
            run.fault(&path, format!("the option has no value «{name}»"));
            continue;
        };
        let place = |place: usize| product.media.get(place.checked_sub(1)?).map(|row| MediaId(row.id));
        let picture = told.image.and_then(place);
        if told.image.is_some() && picture.is_none() {
            run.fault(&format!("{path}.image"), "the product has no such picture");
            continue;
        }
        let Some(color) = read_color(run, &path, told.color.as_deref()) else { continue };
        if (&value.swatch_color, value.swatch_media) == (&color, picture) {
            run.keeps();
            continue;
        }
        let swatch = Some(Some(SwatchInput { color, media_id: picture }));
        changes.push(OptionValueUpdateInput { id: Some(value.id), swatch });
    }
    changes
}

/// The color as it is kept; none if it is none, which is told.
fn read_color(run: &mut Run<'_>, path: &str, text: Option<&str>) -> Option<Option<String>> {
    let read = text.map(|text| products::color(text).ok_or("a color is written like #1E90FF")).transpose();
    read.map_err(|told| run.fault(&format!("{path}.color"), told)).ok()
}
