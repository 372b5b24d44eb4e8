//! The options of a product and the values there are to choose from.

use std::sync::Arc;

use mcom_catalog::{DocumentOption, DocumentOptionValue};
use mcom_kit::{Cx, Error, Registry};
use serde::Deserialize;

use super::{Product, Variant, face::Face};
use crate::media::MediaImage;

/// An option, by its place in its product.
pub struct ProductOption {
    face: Arc<Face>,
    option: usize,
}

mcom_kit::record!(ProductOption as "ProductOption" {
    "id" => ProductOption::id,
    "name" => ProductOption::name,
    "optionValues" => ProductOption::option_values,
    "values" => ProductOption::values,
});

/// A value of an option, by its place in it.
pub struct ProductOptionValue {
    face: Arc<Face>,
    option: usize,
    value: usize,
}

mcom_kit::record!(ProductOptionValue as "ProductOptionValue" {
    "firstSelectableVariant" => ProductOptionValue::first_selectable_variant,
    "id" => ProductOptionValue::id,
    "name" => ProductOptionValue::name,
    "swatch" => ProductOptionValue::swatch,
});

/// A color or a picture that stands for a value.
pub struct Swatch {
    color: Option<String>,
    image: Option<Arc<MediaImage>>,
}

mcom_kit::record!(Swatch as "ProductOptionValueSwatch" { "color" = color, "image" = image });

#[derive(Deserialize)]
struct First {
    first: Option<i64>,
}

pub(super) fn register(registry: &mut Registry) {
    registry.on::<Product>().field("options", options);
}

fn options(_: &Cx, product: &Product, args: &First) -> Result<Vec<ProductOption>, Error> {
    let wanted = args.first.map_or(usize::MAX, |first| usize::try_from(first).unwrap_or_default());
    let all = 0..product.face.document.options.len();
    Ok(all.take(wanted).map(|option| ProductOption { face: product.face.clone(), option }).collect())
}

impl ProductOption {
    fn it(&self) -> &DocumentOption {
        &self.face.document.options[self.option]
    }

    fn id(&self) -> String {
        self.it().id.gid()
    }

    fn name(&self) -> &str {
        &self.it().name
    }

    fn values(&self) -> Vec<&str> {
        self.it().values.iter().map(|value| value.name.as_str()).collect()
    }

    fn option_values(&self) -> Vec<ProductOptionValue> {
        let value = |value| ProductOptionValue { face: self.face.clone(), option: self.option, value };
        (0..self.it().values.len()).map(value).collect()
    }
}

impl ProductOptionValue {
    fn it(&self) -> &DocumentOptionValue {
        &self.face.document.options[self.option].values[self.value]
    }

    fn id(&self) -> String {
        self.it().id.gid()
    }

    fn name(&self) -> &str {
        &self.it().name
    }

    fn swatch(&self) -> Option<Swatch> {
        let swatch = self.it().swatch.as_ref()?;
        let image = swatch.media.and_then(|place| self.face.media.get(place)).cloned();
        Some(Swatch { color: swatch.color.clone(), image })
    }

    fn first_selectable_variant(&self) -> Option<Arc<Variant>> {
        let has_it = |values: &[usize]| values.get(self.option) == Some(&self.value);
        let index = self.face.first_for_sale(|variant| has_it(&variant.option_values))?;
        Variant::at(&self.face, index)
    }
}
