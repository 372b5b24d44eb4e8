//! Writing a plan: all of one product, in the caller's transaction.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use mcom_data::{Change, Cx, Error, Result, TenantConn, event};
use mcom_schema::event::Event;
use serde_json::json;

use super::{
    draft::DraftVariant,
    plan::{self, Plan},
    query,
    state::{Place, State},
};
use crate::{
    inventory::{self, query as stock},
    products::{self, ProductValues, Settled, query as of_products, settle},
    variants::{self, NewVariant, VariantValues, query as of_variants, rule},
};

/// Makes a product, or changes it, as planned.
pub(super) async fn write(
    cx: &Cx,
    db: &mut TenantConn,
    plan: &Plan<'_>,
    (state, place): (Option<&State>, Place),
    option_names: &[String],
) -> Result<()> {
    let now = cx.now();
    let id = product(db, plan.product.as_ref(), state).await?;
    if let Some(publish) = plan.publish {
        query::publish(db, id, place.online_store, publish.then_some(now)).await?;
    }
    of_variants::delete(db, &plan.remove).await?;
    let mut options = options(db, id, plan, state, option_names).await?;
    let images = images(db, id, plan, state).await?;
    for change in &plan.change {
        let image = change.image.and_then(|url| images.get(url).copied());
        let kept = change.values.media_id.filter(|id| images.values().any(|known| known == id));
        let values = VariantValues { media_id: image.or(kept), ..change.values.clone() };
        of_variants::update(db, change.id, &values).await?;
        if let Some(item) = &change.item {
            stock::update_item(db, change.id, item, now).await?;
        }
    }
    let values = options.values(db, &plan.add).await?;
    let new =
        plan.add.iter().zip(values).map(|(variant, values)| new(variant, values, &images, (place, now)));
    let new: Vec<NewVariant> = new.collect::<Result<_>>()?;
    // Each has some fifteen columns, and a statement at most 65,535 parameters.
    for part in new.chunks(1_000) {
        variants::add(db, id, part, now).await?;
    }
    if !plan.remove.is_empty() {
        of_variants::prune_values(db, id).await?;
    }
    set_stock(cx, db, id, plan, place).await?;
    if plan.touches_product() {
        let how = if state.is_some() { Settled::Updated } else { Settled::Created };
        settle(cx, db, id, how).await?;
    }
    Ok(())
}

async fn product(db: &mut TenantConn, values: Option<&ProductValues>, state: Option<&State>) -> Result<i64> {
    match (state, values) {
        (Some(state), None) => Ok(state.product.row.id),
        (Some(state), Some(values)) => {
            of_products::update(db, state.product.row.id, values).await?;
            Ok(state.product.row.id)
        }
        (None, Some(values)) => of_products::insert(db, values).await?.ok_or(Error::Conflict("product")),
        (None, None) => Err(Error::bug("a plan without a product")),
    }
}

/// Options with the ids of their values by name.
struct Options(Vec<(i64, HashMap<String, i64>)>);

async fn options(
    db: &mut TenantConn,
    product: i64,
    plan: &Plan<'_>,
    state: Option<&State>,
    names: &[String],
) -> Result<Options> {
    if !plan.new_options {
        let option = |option: &products::ProductOption| {
            let values = option.values.iter().map(|value| (value.name.clone(), value.id.0));
            (option.id.0, values.collect())
        };
        let there = state.map_or(&[][..], |state| &state.product.options);
        return Ok(Options(there.iter().map(option).collect()));
    }
    if let Some(state) = state {
        let old: Vec<i64> = state.variants.iter().map(|row| row.id).collect();
        of_variants::delete(db, &old).await?;
        query::delete_options(db, product).await?;
    }
    let ids = of_products::add_options(db, product, names, 0).await?;
    Ok(Options(ids.into_iter().map(|id| (id, HashMap::new())).collect()))
}

impl Options {
    /// The value ids of new variants; values that are new are added first, in the order of the file.
    async fn values(&mut self, db: &mut TenantConn, variants: &[&DraftVariant]) -> Result<Vec<Vec<i64>>> {
        let mut new: Vec<(i64, String, i32)> = vec![];
        for (place, (option, known)) in self.0.iter_mut().enumerate() {
            for name in variants.iter().filter_map(|variant| variant.values.get(place)) {
                if !known.contains_key(name) {
                    known.insert(name.clone(), 0);
                    new.push((*option, name.clone(), i32::try_from(known.len()).unwrap_or(i32::MAX)));
                }
            }
        }
        for part in new.chunks(1_000) {
            for (option, name, id) in of_products::add_values(db, part).await? {
                let known = self.0.iter_mut().find(|(known, _)| *known == option);
                known.map(|(_, values)| values.insert(name, id));
            }
        }
        let ids = |variant: &&DraftVariant| {
            self.0
                .iter()
                .zip(&variant.values)
                .filter_map(|((_, known), name)| known.get(name).copied())
                .collect()
        };
        Ok(variants.iter().map(ids).collect())
    }
}

/// The product's images after the plan, by address.
async fn images(
    db: &mut TenantConn,
    product: i64,
    plan: &Plan<'_>,
    state: Option<&State>,
) -> Result<HashMap<String, i64>> {
    let there = state.map_or(&[][..], |state| &state.product.media);
    let mut ids: HashMap<String, i64> = there.iter().map(|row| (row.url.clone(), row.id)).collect();
    let Some(wanted) = &plan.images else { return Ok(ids) };
    let stays = |row: &products::MediaRow| {
        wanted.iter().any(|image| image.url == row.url) && ids.get(&row.url) == Some(&row.id)
    };
    let gone: Vec<i64> = there.iter().filter(|row| !stays(row)).map(|row| row.id).collect();
    query::delete_images(db, &gone).await?;
    ids.retain(|_, id| !gone.contains(id));
    let new: Vec<_> = wanted.iter().filter(|image| !ids.contains_key(&image.url)).cloned().collect();
    let added = of_products::add_media(db, product, &new, 0).await?;
    ids.extend(new.into_iter().map(|image| image.url).zip(added));
    let order: Vec<(i64, Option<&str>)> =
        wanted.iter().filter_map(|image| Some((*ids.get(&image.url)?, image.alt.as_deref()))).collect();
    query::arrange_images(db, &order).await?;
    Ok(ids)
}

fn new(
    variant: &DraftVariant,
    option_value_ids: Vec<i64>,
    images: &HashMap<String, i64>,
    (place, now): (Place, DateTime<Utc>),
) -> Result<NewVariant> {
    let mut blank = rule::blank(option_value_ids, plan::title(variant), now);
    blank.position = variant.position;
    blank.media_id = variant.image.iter().flatten().find_map(|url| images.get(url).copied());
    let mut item = rule::item(variant.input.inventory_item.as_ref(), place.currency)?;
    // Whoever says how many there are wants them counted, unless the file says otherwise.
    item.tracked = Some(item.tracked.unwrap_or(variant.quantity.is_some()));
    let stock = place.location.map(|location| (location, variant.quantity.unwrap_or_default()));
    Ok(NewVariant {
        values: rule::apply(&variant.input, blank, place.currency)?,
        item,
        stock: stock.into_iter().collect(),
    })
}

/// Sets what is available at the main location, with an entry in the book of movements and an event for each item.
async fn set_stock(cx: &Cx, db: &mut TenantConn, product: i64, plan: &Plan<'_>, place: Place) -> Result<()> {
    let (Some(location), false) = (place.location, plan.stock.is_empty()) else { return Ok(()) };
    let now = cx.now();
    let wanted: HashMap<i64, i64> = plan.stock.iter().copied().collect();
    let keys: Vec<(i64, i64)> = plan.stock.iter().map(|(item, _)| (*item, location)).collect();
    let mut settings = vec![];
    for state in stock::states(db, &keys, now).await? {
        let Some(available) = wanted.get(&state.item_id) else { continue };
        let delta = available - state.available;
        settings.push(stock::Setting { item: state.item_id, location, delta });
        let payload = json!({
            "inventory_item_id": state.item_id, "location_id": location, "available": available,
        });
        event::emit(cx, db, Event::new("inventory_levels/update", "inventory_item", state.item_id, &payload))
            .await?;
    }
    stock::apply(db, &settings, now).await?;
    let actor = cx.actor().to_string();
    let why =
        inventory::query::Why { name: "available", reason: "correction", reference: None, actor: &actor };
    stock::note(db, &settings, &why, now).await?;
    db.changed(Change::Stock(product));
    Ok(())
}
