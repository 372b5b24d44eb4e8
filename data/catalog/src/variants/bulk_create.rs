//! Adding variants to a product.

use chrono::{DateTime, Utc};
use mcom_data::{Cx, Error, Result, TenantConn};
use mcom_schema::{
    Scope,
    id::{ProductId, VariantId},
    refuse,
};

use super::{
    NewVariant, ProductVariantsBulkCreateStrategy as Strategy, ProductVariantsBulkInput,
    options::{Chosen, choose},
    query, rule,
    workbench::{Workbench, all, titles},
};
use crate::{
    inventory::{self, NewItem},
    products::{CreateMediaInput, LARGEST_VARIANTS, Settled, settle},
};

/// Adds variants, all or none. Option values that are new are added to their options; options have to be there.
///
/// # Errors
/// `Forbidden` without `write_products`; refuses unknown products and options, twins, and more than 2,048 variants.
pub async fn bulk_create(
    cx: &Cx,
    product: ProductId,
    inputs: &[ProductVariantsBulkInput],
    media: &[CreateMediaInput],
    strategy: Strategy,
) -> Result<Vec<VariantId>> {
    cx.require(Scope::WriteProducts)?;
    cx.write("product_variants_bulk_create", async |db| {
        let mut bench = Workbench::open(cx, db, product.0, media).await?;
        let standalone = standalone(&bench, strategy);
        if inputs.len() + bench.variants.len() - standalone.iter().len() > LARGEST_VARIANTS {
            let message = "A product has at most 2,048 variants";
            return Err(refuse("variants", "INVALID_INPUT", message).into());
        }
        bench.add_images(db, inputs).await?;
        let new = plan(db, &bench, inputs, standalone).await?;
        if let Some(old) = standalone {
            query::delete(db, &[old]).await?;
        }
        let ids = add(db, product.0, &new, bench.now).await?;
        if standalone.is_some() {
            query::prune_values(db, product.0).await?;
        }
        settle(cx, db, product.0, Settled::Updated).await?;
        Ok(ids.into_iter().map(VariantId).collect())
    })
    .await
}

/// The only variant, if it goes when others are added.
fn standalone(bench: &Workbench, strategy: Strategy) -> Option<i64> {
    match (strategy, bench.variants.as_slice()) {
        (Strategy::Default, [only]) if only.title == rule::DEFAULT_VALUE => Some(only.id),
        (Strategy::RemoveStandaloneVariant, [only]) => Some(only.id),
        _ => None,
    }
}

/// What is to be added for `inputs`.
async fn plan(
    db: &mut TenantConn,
    bench: &Workbench,
    inputs: &[ProductVariantsBulkInput],
    leaving: Option<i64>,
) -> Result<Vec<NewVariant>> {
    let options = &bench.product.options;
    let chosen: Vec<Vec<Chosen>> = all(inputs
        .iter()
        .map(|input| choose(options, input.option_values.as_deref().unwrap_or_default(), None)))?;
    let titles = titles(&chosen);
    let values = bench.value_ids(db, &chosen).await?;
    let staying = bench.variants.iter().filter(|variant| Some(variant.id) != leaving);
    let others = staying.clone().map(|variant| variant.option_value_ids.as_slice());
    Workbench::refuse_twins(values.iter().map(Vec::as_slice).enumerate(), others, &titles)?;
    let last = staying.map(|variant| variant.position).max().unwrap_or_default();
    let places = places(db, inputs).await?;
    let variant = |(index, input): (usize, &ProductVariantsBulkInput)| {
        let mut blank = rule::blank(values[index].clone(), titles[index].clone(), bench.now);
        blank.position = last + 1 + i32::try_from(index).unwrap_or_default();
        blank.media_id = bench.image(input, None)?;
        let mut item = rule::item(input.inventory_item.as_ref(), bench.currency)?;
        // Whoever says how many there are wants them counted.
        item.tracked = Some(item.tracked.unwrap_or(!input.inventory_quantities.is_empty()));
        Ok(NewVariant {
            values: rule::apply(input, blank, bench.currency)?,
            item,
            stock: stock(input, &places)?,
        })
    };
    all(inputs.iter().enumerate().map(variant))
}

/// Locations: where new items go, and those that are named and in use.
struct Places {
    main: Option<i64>,
    known: Vec<i64>,
}

async fn places(db: &mut TenantConn, inputs: &[ProductVariantsBulkInput]) -> Result<Places> {
    let named: Vec<i64> = inputs
        .iter()
        .flat_map(|input| &input.inventory_quantities)
        .map(|level| level.location_id.0)
        .collect();
    let known = if named.is_empty() { vec![] } else { inventory::query::known_locations(db, &named).await? };
    Ok(Places { main: inventory::query::main_location(db).await?, known })
}

fn stock(input: &ProductVariantsBulkInput, places: &Places) -> Result<Vec<(i64, i64)>, mcom_schema::Refusal> {
    let mut stock: Vec<(i64, i64)> = vec![];
    for (index, level) in input.inventory_quantities.iter().enumerate() {
        let location = level.location_id.0;
        let path = format!("inventoryQuantities.{index}");
        if !places.known.contains(&location) || stock.iter().any(|(known, _)| *known == location) {
            let message = "Inventory locations must be in use and named once";
            return Err(refuse(&path, "TRACKED_VARIANT_LOCATION_NOT_FOUND", message));
        }
        if level.available_quantity.abs() > 1_000_000_000 {
            return Err(refuse(&path, "INVALID_INPUT", "The quantity is out of range"));
        }
        stock.push((location, level.available_quantity));
    }
    if stock.is_empty() {
        stock.extend(places.main.map(|main| (main, 0)));
    }
    Ok(stock)
}

/// Adds variants with their items and stock.
pub(crate) async fn add(
    db: &mut TenantConn,
    product: i64,
    variants: &[NewVariant],
    now: DateTime<Utc>,
) -> Result<Vec<i64>> {
    if variants.is_empty() {
        return Ok(vec![]);
    }
    let values: Vec<_> = variants.iter().map(|variant| &variant.values).collect();
    let ids = query::insert(db, product, &values).await?;
    if ids.len() != variants.len() {
        return Err(Error::bug("a variant was not added"));
    }
    let item = |(id, variant): (&i64, &'_ NewVariant)| (*id, variant.item.clone(), variant.stock.clone());
    let items: Vec<_> = ids.iter().zip(variants).map(item).collect();
    let items: Vec<NewItem<'_>> =
        items.iter().map(|(variant, values, stock)| NewItem { variant: *variant, values, stock }).collect();
    inventory::query::add_items(db, product, &items, now).await?;
    Ok(ids)
}

/// Adds the variant that a new product begins with: of the first value of each option, without price, stock not counted.
pub(crate) async fn add_first(
    db: &mut TenantConn,
    product: i64,
    values: Vec<(i64, String)>,
    now: DateTime<Utc>,
) -> Result<()> {
    let main = inventory::query::main_location(db).await?;
    let title = rule::title(values.iter().map(|(_, name)| name.as_str()));
    let values = rule::blank(values.into_iter().map(|(id, _)| id).collect(), title, now);
    let stock = main.map(|main| (main, 0)).into_iter().collect();
    add(db, product, &[NewVariant { values, item: inventory::ItemValues::default(), stock }], now).await?;
    Ok(())
}
