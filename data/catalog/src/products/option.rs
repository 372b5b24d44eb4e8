//! Changing an option: its name, and how its values are shown.

use mcom_data::{Cx, Error, Result, TenantConn};
use mcom_schema::{
    Refusal, Scope,
    id::{MediaId, ProductId, ProductOptionId, ProductOptionValueId},
    refuse,
};
use serde::Deserialize;

use super::{Product, ProductOption, Settled, query, rule::LONGEST, settle};
use crate::patch::{Patch, mentioned};

/// What is to change of an option.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct OptionUpdateInput {
    /// Which one.
    #[serde(deserialize_with = "crate::gid::maybe")]
    pub id: Option<ProductOptionId>,
    /// Its new name.
    pub name: Option<String>,
}

/// What is to change of a value.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct OptionValueUpdateInput {
    /// Which one.
    #[serde(deserialize_with = "crate::gid::maybe")]
    pub id: Option<ProductOptionValueId>,
    /// How it is shown where there is no room for its name; null takes it away.
    #[serde(deserialize_with = "mentioned")]
    pub swatch: Patch<SwatchInput>,
}

/// A color, a picture, or both.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct SwatchInput {
    /// `#RGB` or `#RRGGBB`
    pub color: Option<String>,
    /// One of the product's pictures.
    #[serde(deserialize_with = "crate::gid::maybe")]
    pub media_id: Option<MediaId>,
}

/// What stands for a value, as it is kept.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Swatch {
    pub color: Option<String>,
    pub media: Option<i64>,
}

/// Changes an option of a product and the swatches of its values.
///
/// # Errors
/// `NotFound` if there is no such product, `Forbidden` without `write_products`; refuses options and values that the product does
/// not have, names that are taken or empty, colors that are none, and pictures of other products.
pub async fn update_option(
    cx: &Cx,
    id: ProductId,
    input: &OptionUpdateInput,
    values: &[OptionValueUpdateInput],
) -> Result<ProductId> {
    cx.require(Scope::WriteProducts)?;
    cx.write("product_option_update", async |db| {
        query::lock(db, id.0).await?;
        let product = query::details(db, &[id.0]).await?.pop().ok_or(Error::NotFound("product"))?;
        let option = known(&product, input)?;
        if let Some(name) = renamed(&product, option, input)? {
            query::rename_option(db, option.id.0, &name).await?;
        }
        paint(db, &product, option, values).await?;
        settle(cx, db, id.0, Settled::Updated).await?;
        Ok(id)
    })
    .await
}

async fn paint(
    db: &mut TenantConn,
    product: &Product,
    option: &ProductOption,
    values: &[OptionValueUpdateInput],
) -> Result<()> {
    for (index, value) in values.iter().enumerate() {
        let path = format!("optionValuesToUpdate.{index}");
        let known = option.values.iter().find(|known| Some(known.id) == value.id).ok_or_else(|| {
            refuse(&format!("{path}.id"), "OPTION_VALUE_DOES_NOT_EXIST", "Option value does not exist")
        })?;
        if let Some(input) = &value.swatch {
            let swatch = match input {
                Some(input) => swatch(product, input).map_err(|refusal| refusal.under(path.split('.')))?,
                None => Swatch::default(),
            };
            query::paint_value(db, known.id.0, &swatch).await?;
        }
    }
    Ok(())
}

fn known<'p>(product: &'p Product, input: &OptionUpdateInput) -> Result<&'p ProductOption, Refusal> {
    let found = product.options.iter().find(|option| Some(option.id) == input.id);
    found.ok_or_else(|| refuse("option.id", "OPTION_DOES_NOT_EXIST", "Option does not exist"))
}

/// The new name, if it is another than the present one.
fn renamed(
    product: &Product,
    option: &ProductOption,
    input: &OptionUpdateInput,
) -> Result<Option<String>, Refusal> {
    let Some(name) = input.name.as_deref().map(str::trim) else { return Ok(None) };
    if name.is_empty() {
        return Err(refuse("option.name", "INVALID_NAME", "The option needs a name"));
    }
    if name.chars().count() > LONGEST {
        let message = format!("The name is too long (maximum is {LONGEST} characters)");
        return Err(refuse("option.name", "OPTION_NAME_TOO_LONG", message));
    }
    if product.options.iter().any(|other| other.id != option.id && other.name == name) {
        return Err(refuse("option.name", "OPTION_ALREADY_EXISTS", "Another option has this name"));
    }
    Ok(Some(name.to_owned()).filter(|name| *name != option.name))
}

fn swatch(product: &Product, input: &SwatchInput) -> Result<Swatch, Refusal> {
    let color = input.color.as_deref().map(|text| color(text).ok_or_else(no_color)).transpose()?;
    let media = input.media_id.map(|id| id.0);
    if media.is_some_and(|media| !product.media.iter().any(|image| image.id == media)) {
        return Err(refuse(
            "swatch.mediaId",
            "KEY_MISSING_IN_INPUT",
            "The product does not have this picture",
        ));
    }
    Ok(Swatch { color, media })
}

fn no_color() -> Refusal {
    refuse("swatch.color", "KEY_MISSING_IN_INPUT", "A color is written like #1E90FF")
}

/// A color as it is kept: `#RRGGBB` in capitals; none if it is not written like `#abc` or `#aabbcc`.
pub fn color(text: &str) -> Option<String> {
    let digits = text.trim().strip_prefix('#')?;
    if !digits.bytes().all(|digit| digit.is_ascii_hexdigit()) {
        return None;
    }
    match digits.len() {
        3 => Some(format!("#{}", digits.chars().flat_map(|digit| [digit, digit]).collect::<String>())),
        6 => Some(format!("#{digits}")),
        _ => None,
    }
    .map(|color| color.to_ascii_uppercase())
}

#[cfg(test)]
mod tests {
    use super::color;

    #[test]
    fn colors_are_kept_in_one_spelling() {
        assert_eq!(color("#1e90ff").as_deref(), Some("#1E90FF"));
        assert_eq!(color(" #abc ").as_deref(), Some("#AABBCC"));
        for wrong in ["1e90ff", "#12", "#12345g", "red", "#éé"] {
            assert_eq!(color(wrong), None, "{wrong}");
        }
    }
}
