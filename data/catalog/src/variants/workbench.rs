//! What bulk changes of a product's variants have in common: the locked product, and option values and images found or added on the way.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use mcom_data::{Cx, Error, Result, TenantConn};
use mcom_schema::{Currency, Refusal, refuse};

use super::{ProductVariantsBulkInput, VariantRow, options::Chosen, query, rule};
use crate::{
    products::{self, CreateMediaInput, Product, query as of_products},
    store,
};

/// A product whose row is locked, and what is being done to its variants.
pub(super) struct Workbench {
    pub product: Product,
    pub variants: Vec<VariantRow>,
    pub currency: Currency,
    pub now: DateTime<Utc>,
}

impl Workbench {
    /// Locks the product, reads it, and adds `media` to it.
    pub(super) async fn open(
        cx: &Cx,
        db: &mut TenantConn,
        product: i64,
        media: &[CreateMediaInput],
    ) -> Result<Self> {
        let missing = refuse("productId", "PRODUCT_DOES_NOT_EXIST", "Product does not exist");
        of_products::lock(db, product).await.map_err(|error| match error {
            Error::NotFound(_) => Error::from(missing),
            other => other,
        })?;
        products::NewShown::read(media)?.add(db, product, cx.now()).await?;
        let details = of_products::details(db, &[product]).await?.pop();
        Ok(Workbench {
            product: details.ok_or(Error::NotFound("product"))?,
            variants: query::of_product(db, product).await?,
            currency: store::currency(db).await?,
            now: cx.now(),
        })
    }

    /// The ids of values that were chosen, one list per variant; new ones are added to their options first.
    pub(super) async fn value_ids(
        &self,
        db: &mut TenantConn,
        chosen: &[Vec<Chosen>],
    ) -> Result<Vec<Vec<i64>>> {
        let mut new: Vec<(i64, String, i32)> = vec![];
        for choice in chosen.iter().flatten() {
            if let Chosen::New(option, name) = choice
                && !new.iter().any(|(of, known, _)| of == option && known == name)
            {
                let there = self.product.options.iter().find(|known| known.id.0 == *option);
                let before = there.map_or(0, |option| option.values.len())
                    + new.iter().filter(|n| n.0 == *option).count();
                new.push((*option, name.clone(), i32::try_from(before + 1).unwrap_or(i32::MAX)));
            }
        }
        let added = of_products::add_values(db, &new).await?;
        let id = |choice: &Chosen| match choice {
            Chosen::Known(id, _) => Some(*id),
            Chosen::New(option, name) => {
                added.iter().find(|(of, known, _)| of == option && known == name).map(|(_, _, id)| *id)
            }
        };
        let ids = |choices: &Vec<Chosen>| choices.iter().map(id).collect::<Option<Vec<i64>>>();
        chosen
            .iter()
            .map(ids)
            .collect::<Option<_>>()
            .ok_or_else(|| Error::bug("an option value was not added"))
    }

    /// Adds those images that variants name by an address which the product does not have yet.
    pub(super) async fn add_images(
        &mut self,
        db: &mut TenantConn,
        inputs: &[ProductVariantsBulkInput],
    ) -> Result<()> {
        let mut new = vec![];
        for (index, input) in inputs.iter().enumerate() {
            let Some(url) = input.media_src.first() else { continue };
            let url = products::address(url).ok_or_else(|| {
                refuse(&format!("variants.{index}.mediaSrc"), "INVALID_INPUT", "Image URL is invalid")
            })?;
            if !self.product.media.iter().any(|image| image.url == url) && !new.contains(&url) {
                new.push(url);
            }
        }
        if new.is_empty() {
            return Ok(());
        }
        let media: Vec<_> = new.into_iter().map(|url| of_products::NewMedia { url, alt: None }).collect();
        let last = of_products::last_image(db, self.product.row.id).await?;
        of_products::add_media(db, self.product.row.id, &media, last).await?;
        let details = of_products::details(db, &[self.product.row.id]).await?.pop();
        self.product = details.ok_or(Error::NotFound("product"))?;
        Ok(())
    }

    /// The image that `input` names, or `before`.
    pub(super) fn image(
        &self,
        input: &ProductVariantsBulkInput,
        before: Option<i64>,
    ) -> Result<Option<i64>, Refusal> {
        let media = &self.product.media;
        let found = match (input.media_id, input.media_src.first()) {
            (Some(id), _) => media.iter().find(|image| image.id == id.0),
            (None, Some(url)) => {
                let url = products::address(url);
                media.iter().find(|image| Some(&image.url) == url.as_ref())
            }
            (None, None) => return Ok(before),
        };
        let found = found
            .ok_or_else(|| refuse("mediaId", "INVALID_INPUT", "The image is not one of the product's"))?;
        Ok(Some(found.id))
    }

    /// Refuses two variants with the same option values. `values`: id (none for new ones) and values of all that will be there.
    pub(super) fn refuse_twins<'v>(
        values: impl Iterator<Item = (usize, &'v [i64])>,
        others: impl Iterator<Item = &'v [i64]>,
        titles: &[String],
    ) -> Result<()> {
        let mut seen: HashMap<&[i64], ()> = others.map(|values| (values, ())).collect();
        let mut refusals = vec![];
        for (index, values) in values {
            if seen.insert(values, ()).is_some() {
                let title = titles.get(index).map_or("", String::as_str);
                let message = format!("The variant '{title}' already exists.");
                refusals.push(refuse(&format!("variants.{index}"), "VARIANT_ALREADY_EXISTS", message));
            }
        }
        if refusals.is_empty() { Ok(()) } else { Err(Error::Refused(refusals)) }
    }
}

/// The titles that variants with these values have.
pub(super) fn titles(chosen: &[Vec<Chosen>]) -> Vec<String> {
    chosen.iter().map(|choices| rule::title(choices.iter().map(Chosen::name))).collect()
}

/// The results, or all refusals, each under the place of its variant.
pub(super) fn all<T>(results: impl Iterator<Item = Result<T, Refusal>>) -> Result<Vec<T>> {
    let mut refusals = vec![];
    let mut good = vec![];
    for (index, result) in results.enumerate() {
        match result {
            Ok(value) => good.push(value),
            Err(refusal) => refusals.push(refusal.under(["variants".to_owned(), index.to_string()])),
        }
    }
    if refusals.is_empty() { Ok(good) } else { Err(Error::Refused(refusals)) }
}
