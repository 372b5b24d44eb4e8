//! The plan: what has to be written so that a product becomes what the file says. Empty if it is that already.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use mcom_data::{Error, Result};
use mcom_schema::{Refusal, refuse};

use super::{
    draft::{Draft, DraftVariant},
    state::{Place, State},
};
use crate::{
    inventory::ItemValues,
    products::{self, ProductValues, query::NewMedia},
    variants::{VariantRow, VariantValues, rule},
};

/// What has to be written.
#[derive(Debug)]
pub(super) struct Plan<'d> {
    /// Columns of the product, if any of them changes.
    pub product: Option<ProductValues>,
    /// Whether to put it on the online store or take it off.
    pub publish: Option<bool>,
    /// Whether options are made anew, and all variants with them.
    pub new_options: bool,
    /// All images, if any of them changes.
    pub images: Option<Vec<NewMedia>>,
    pub add: Vec<&'d DraftVariant>,
    pub change: Vec<Change<'d>>,
    pub remove: Vec<i64>,
    /// Items with what shall be available of them at the main location.
    pub stock: Vec<(i64, i64)>,
}

/// A variant that is to change.
#[derive(Debug)]
pub(super) struct Change<'d> {
    pub id: i64,
    /// All but the image, which is known by its address until all images are there.
    pub values: VariantValues,
    pub image: Option<&'d str>,
    pub item: Option<ItemValues>,
}

impl<'d> Plan<'d> {
    /// Compares what the file says with what is there.
    pub(super) fn of(
        draft: &'d Draft,
        state: Option<&State>,
        place: Place,
        now: DateTime<Utc>,
    ) -> Result<Self> {
        check(draft, state)?;
        let before = state.map(|state| &state.product.row);
        let values = products::values(&draft.input, before, now).map_err(Error::Refused)?;
        let is_online = state.is_some_and(|state| state.product.published_at.is_some());
        let publish = draft.published.unwrap_or(state.is_none() || is_online);
        let new_options = state.is_none_or(|state| state.option_names() != draft.option_names);
        let mut plan = Plan {
            product: Some(values).filter(|values| before.is_none_or(|before| differs(before, values))),
            publish: Some(publish).filter(|publish| *publish != is_online),
            new_options,
            images: images(draft, state),
            add: vec![],
            change: vec![],
            remove: vec![],
            stock: vec![],
        };
        match state.filter(|_| !new_options) {
            Some(state) => plan.compare(draft, state, place, now)?,
            None => plan.add.extend(&draft.variants),
        }
        if plan.add.iter().any(|variant| variant.input.price.is_none() && !variant.is_unpriced) {
            return Err(refuse("price", "BLANK", "The file has no column for prices").into());
        }
        Ok(plan)
    }

    pub(super) fn is_empty(&self) -> bool {
        self.stock.is_empty() && !self.touches_product()
    }

    /// Whether more changes than stock.
    pub(super) fn touches_product(&self) -> bool {
        self.product.is_some()
            || self.publish.is_some()
            || self.new_options
            || self.images.is_some()
            || !(self.add.is_empty() && self.change.is_empty() && self.remove.is_empty())
    }

    /// Finds the file's variants among those of the store, by their option values.
    fn compare(
        &mut self,
        draft: &'d Draft,
        state: &State,
        place: Place,
        now: DateTime<Utc>,
    ) -> Result<(), Refusal> {
        let mut there: HashMap<Vec<String>, &VariantRow> =
            state.variants.iter().map(|row| (state.values(row), row)).collect();
        for variant in &draft.variants {
            match there.remove(&variant.values) {
                Some(row) => self.compare_variant(variant, row, (state, place), now)?,
                None => self.add.push(variant),
            }
        }
        // A row that could not be taken may be about one of the others.
        if draft.problems.is_empty() {
            self.remove = there.values().map(|row| row.id).collect();
            self.remove.sort_unstable();
        }
        Ok(())
    }

    fn compare_variant(
        &mut self,
        variant: &'d DraftVariant,
        row: &VariantRow,
        (state, place): (&State, Place),
        now: DateTime<Utc>,
    ) -> Result<(), Refusal> {
        let kept = rule::kept(row, now);
        let mut values = rule::apply(&variant.input, kept.clone(), place.currency)?;
        values.position = variant.position;
        let image_before = state.image_url(row.media_id);
        let image = variant.image.as_ref().map(Option::as_deref);
        let item = rule::item(variant.input.inventory_item.as_ref(), place.currency)?;
        let there = state.items.get(&row.id);
        let item_differs = there.is_some_and(|there| {
            item.tracked.is_some_and(|tracked| tracked != there.tracked)
                || item.cost_minor.is_some_and(|cost| Some(cost) != there.cost_minor)
        });
        let image_differs = image.is_some_and(|image| image != image_before);
        if values != kept || image_differs || item_differs {
            let image = if image_differs { image.flatten() } else { None };
            if image_differs {
                values.media_id = None;
            }
            self.change.push(Change { id: row.id, values, image, item: Some(item).filter(|_| item_differs) });
        }
        if let (Some(quantity), Some(there), Some(_)) = (variant.quantity, there, place.location)
            && there.available != Some(quantity)
        {
            self.stock.push((there.id, quantity));
        }
        Ok(())
    }
}

/// What makes a product impossible to take as a whole.
fn check(draft: &Draft, state: Option<&State>) -> Result<(), Refusal> {
    if draft.variants.is_empty() {
        return Err(refuse("variants", "BLANK", "no variant of the product can be taken"));
    }
    let names = &draft.option_names;
    if names.iter().enumerate().any(|(place, name)| names[..place].contains(name)) {
        return Err(refuse("options", "INVALID", "two options of the product have the same name"));
    }
    if names.iter().any(|name| name.chars().count() > 255) {
        return Err(refuse("options", "INVALID", "the name of an option is too long"));
    }
    let changed = state.is_some_and(|state| state.option_names() != *names);
    if changed && !draft.has_options {
        return Err(refuse(
            "options",
            "INVALID",
            "the product has options, and the file has no columns for them",
        ));
    }
    if changed && !draft.problems.is_empty() {
        let message = "the product's options would change, and not all of its rows can be taken";
        return Err(refuse("options", "INVALID", message));
    }
    Ok(())
}

fn differs(before: &products::ProductRow, values: &ProductValues) -> bool {
    let before = ProductValues {
        handle: before.handle.clone(),
        title: before.title.clone(),
        description_html: before.description_html.clone(),
        vendor: before.vendor.clone(),
        product_type: before.product_type.clone(),
        category: before.category.clone(),
        status: before.status.clone(),
        tags: before.tags.clone(),
        seo_title: before.seo_title.clone(),
        seo_description: before.seo_description.clone(),
        template_suffix: before.template_suffix.clone(),
        gift_card: before.gift_card,
        ..values.clone()
    };
    before != *values
}

/// The images as they shall be, if they are not so already.
fn images(draft: &Draft, state: Option<&State>) -> Option<Vec<NewMedia>> {
    let there = state.map_or(&[][..], |state| &state.product.media);
    let there: Vec<NewMedia> =
        there.iter().map(|row| NewMedia { url: row.url.clone(), alt: row.alt.clone() }).collect();
    let listed =
        draft.images.listed.iter().map(|image| match there.iter().find(|known| known.url == image.url) {
            Some(known) if !draft.images.has_alt => known.clone(),
            _ => image.clone(),
        });
    let wanted: Vec<NewMedia> = if draft.images.are_known && draft.problems.is_empty() {
        listed.collect()
    } else {
        // What the file does not say, or said on a row that could not be taken, stays.
        let new = listed.filter(|image| !there.iter().any(|known| known.url == image.url));
        there.iter().cloned().chain(new).collect()
    };
    (wanted != there).then_some(wanted)
}

/// The name of a variant with these option values.
pub(super) fn title(variant: &DraftVariant) -> String {
    rule::title(variant.values.iter().map(String::as_str))
}
