//! The options of a product and the values there are to choose from.

use std::sync::Arc;

use mcom_catalog::{DocumentOption, DocumentOptionValue, products};
use mcom_kit::{Cx, Error, Registry};
use mcom_schema::id::{ProductId, ProductOptionId, ProductOptionValueId};
use serde::Deserialize;

use super::{Product, Variant, by_ids, face::Face};
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

/// The options with these ids whose products are published, in their order.
pub(crate) async fn options_by_ids(
    cx: &Cx,
    ids: &[ProductOptionId],
) -> Result<Vec<Option<Arc<ProductOption>>>, Error> {
    let faces = faces(cx, products::of_options(cx, ids).await?).await?;
    let found = |(face, id): (Option<Arc<Face>>, &ProductOptionId)| {
        let face = face?;
        let option = face.document.options.iter().position(|option| option.id == *id)?;
        Some(Arc::new(ProductOption { face, option }))
    };
    Ok(faces.into_iter().zip(ids).map(found).collect())
}

/// The values with these ids whose products are published, in their order.
pub(crate) async fn option_values_by_ids(
    cx: &Cx,
    ids: &[ProductOptionValueId],
) -> Result<Vec<Option<Arc<ProductOptionValue>>>, Error> {
    let faces = faces(cx, products::of_option_values(cx, ids).await?).await?;
    let found = |(face, id): (Option<Arc<Face>>, &ProductOptionValueId)| {
        let face = face?;
        let place = |(option, it): (usize, &DocumentOption)| {
            Some((option, it.values.iter().position(|value| value.id == *id)?))
        };
        let (option, value) = face.document.options.iter().enumerate().find_map(place)?;
        Some(Arc::new(ProductOptionValue { face, option, value }))
    };
    Ok(faces.into_iter().zip(ids).map(found).collect())
}

/// The published ones of these products, each at its place.
async fn faces(cx: &Cx, owners: Vec<Option<ProductId>>) -> Result<Vec<Option<Arc<Face>>>, Error> {
    let known: Vec<ProductId> = owners.iter().flatten().copied().collect();
    let mut found = by_ids(cx, &known).await?.into_iter();
    let face = |owner: Option<ProductId>| owner.and_then(|_| found.next().flatten());
    Ok(owners.into_iter().map(face).map(|product| product.map(|product| product.face.clone())).collect())
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
