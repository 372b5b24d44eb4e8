//! What a buyer chooses between.

use std::sync::Arc;

use mcom_catalog::products::{self, OptionUpdateInput, OptionValueUpdateInput};
use mcom_kit::{Cx, Error, Registry};
use mcom_schema::id::ProductId;
use serde::Deserialize;

use super::{Product, find};
use crate::{id, media::MediaImage, refused::missing};

/// An option of a product.
pub struct ProductOption {
    id: String,
    name: String,
    position: i32,
    option_values: Vec<ProductOptionValue>,
    values: Vec<String>,
}

mcom_kit::record!(ProductOption as "ProductOption" {
    "id" = id,
    "name" = name,
    "optionValues" = option_values,
    "position" = position,
    "values" = values,
});

/// One of the values of an option.
pub struct ProductOptionValue {
    has_variants: bool,
    id: String,
    name: String,
    swatch: Option<Swatch>,
}

mcom_kit::record!(ProductOptionValue as "ProductOptionValue" {
    "hasVariants" = has_variants,
    "id" = id,
    "name" = name,
    "swatch" = swatch,
});

/// A color or a picture that stands for a value.
pub struct Swatch {
    color: Option<String>,
    image: Option<Arc<MediaImage>>,
}

mcom_kit::record!(Swatch as "ProductOptionValueSwatch" { "color" = color, "image" = image });

mcom_kit::user_error!(UpdateError as "ProductOptionUpdateUserError");

mcom_kit::payload!(UpdatePayload as "ProductOptionUpdatePayload" refusing UpdateError {
    "product" = product: Option<Arc<Product>>,
});

pub(super) fn register(registry: &mut Registry) {
    registry.mutation("productOptionUpdate", update);
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct UpdateArgs {
    product_id: String,
    option: OptionUpdateInput,
    option_values_to_update: Option<Vec<OptionValueUpdateInput>>,
}

async fn update(cx: &Cx, args: UpdateArgs) -> Result<UpdatePayload, Error> {
    let id = id::read(ProductId::parse, &args.product_id)?;
    let values = args.option_values_to_update.unwrap_or_default();
    let done = products::update_option(cx, id, &args.option, &values).await;
    let id = missing(done, "productId", "PRODUCT_DOES_NOT_EXIST", "Product does not exist")?;
    Ok(UpdatePayload { product: find(cx, id).await?, ..UpdatePayload::default() })
}

impl ProductOption {
    /// Shows an option.
    pub(crate) fn of(option: &products::ProductOption, media: &[products::MediaRow]) -> Self {
        ProductOption {
            id: option.id.gid(),
            name: option.name.clone(),
            position: option.position,
            option_values: option.values.iter().map(|value| ProductOptionValue::of(value, media)).collect(),
            values: option.values.iter().map(|value| value.name.clone()).collect(),
        }
    }
}

impl ProductOptionValue {
    /// Shows a value of a product with these pictures.
    pub(crate) fn of(value: &products::ProductOptionValue, media: &[products::MediaRow]) -> Self {
        let image = media.iter().find(|row| Some(row.id) == value.swatch_media.map(|id| id.0));
        let swatch = Swatch {
            color: value.swatch_color.clone(),
            image: image.map(|row| Arc::new(MediaImage::of(row))),
        };
        ProductOptionValue {
            has_variants: value.has_variants,
            id: value.id.gid(),
            name: value.name.clone(),
            swatch: Some(swatch).filter(|swatch| swatch.color.is_some() || swatch.image.is_some()),
        }
    }
}
