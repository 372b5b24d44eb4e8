//! Changing variants of a product.

use mcom_data::{Cx, Result, TenantConn};
use mcom_schema::{
    Refusal, Scope,
    id::{ProductId, VariantId},
    refuse,
};

use super::{
    ProductVariantsBulkInput, VariantRow,
    options::choose,
    query,
    row::VariantValues,
    rule,
    workbench::{Workbench, all, titles},
};
use crate::{
    inventory::{self, ItemValues},
    products::{CreateMediaInput, Settled, settle},
};

/// Changes what `inputs` mention, all or none. Option values that no variant has any more go.
///
/// # Errors
/// `Forbidden` without `write_products`; refuses unknown products and variants, twins, and quantities, which have mutations of their own.
pub async fn bulk_update(
    cx: &Cx,
    product: ProductId,
    inputs: &[ProductVariantsBulkInput],
    media: &[CreateMediaInput],
) -> Result<Vec<VariantId>> {
    cx.require(Scope::WriteProducts)?;
    cx.write("product_variants_bulk_update", async |db| {
        let mut bench = Workbench::open(cx, db, product.0, media).await?;
        bench.add_images(db, inputs).await?;
        let rows: Vec<&VariantRow> = all(inputs.iter().map(|input| meant(&bench, input)))?;
        let ids: Vec<VariantId> = rows.iter().map(|row| row.id()).collect();
        let planned = plan(db, &bench, inputs, &rows).await?;
        make_way(db, &rows, &planned).await?;
        for (id, (values, item)) in ids.iter().zip(&planned) {
            query::update(db, id.0, values).await?;
            if *item != ItemValues::default() {
                inventory::query::update_item(db, id.0, item, bench.now).await?;
            }
        }
        query::prune_values(db, product.0).await?;
        settle(cx, db, product.0, Settled::Updated).await?;
        Ok(ids)
    })
    .await
}

/// The variant that `input` is about.
fn meant<'b>(bench: &'b Workbench, input: &ProductVariantsBulkInput) -> Result<&'b VariantRow, Refusal> {
    if !input.inventory_quantities.is_empty() {
        let message = "Inventory quantities can only be provided during create";
        return Err(refuse("inventoryQuantities", "NO_INVENTORY_QUANTITIES_ON_VARIANTS_UPDATE", message));
    }
    let id = input.id.ok_or_else(|| {
        refuse("id", "PRODUCT_VARIANT_ID_MISSING", "Product variant is missing ID attribute")
    })?;
    bench
        .variants
        .iter()
        .find(|row| row.id == id.0)
        .ok_or_else(|| refuse("id", "PRODUCT_VARIANT_DOES_NOT_EXIST", "Product variant does not exist"))
}

async fn plan(
    db: &mut TenantConn,
    bench: &Workbench,
    inputs: &[ProductVariantsBulkInput],
    rows: &[&VariantRow],
) -> Result<Vec<(VariantValues, ItemValues)>> {
    let options = &bench.product.options;
    let chosen = all(inputs.iter().zip(rows).map(|(input, row)| {
        choose(options, input.option_values.as_deref().unwrap_or_default(), Some(&row.option_value_ids))
    }))?;
    let titles = titles(&chosen);
    let values = bench.value_ids(db, &chosen).await?;
    let untouched = bench.variants.iter().filter(|row| !rows.iter().any(|changed| changed.id == row.id));
    let others = untouched.map(|row| row.option_value_ids.as_slice());
    Workbench::refuse_twins(values.iter().map(Vec::as_slice).enumerate(), others, &titles)?;
    let variant = |(index, input): (usize, &ProductVariantsBulkInput)| {
        let mut kept = rule::kept(rows[index], bench.now);
        kept.media_id = bench.image(input, kept.media_id)?;
        kept.option_value_ids.clone_from(&values[index]);
        kept.title.clone_from(&titles[index]);
        let item = rule::item(input.inventory_item.as_ref(), bench.currency)?;
        Ok((rule::apply(input, kept, bench.currency)?, item))
    };
    all(inputs.iter().enumerate().map(variant))
}

/// Variants that exchange their option values would meet on the way: those that change them step aside first.
async fn make_way(
    db: &mut TenantConn,
    rows: &[&VariantRow],
    planned: &[(VariantValues, ItemValues)],
) -> Result<()> {
    let taken = |values: &Vec<i64>| rows.iter().any(|row| row.option_value_ids == *values);
    for (row, (values, _)) in rows.iter().zip(planned) {
        if row.option_value_ids != values.option_value_ids && taken(&values.option_value_ids) {
            let aside = VariantValues { option_value_ids: vec![-row.id], ..values.clone() };
            query::update(db, row.id, &aside).await?;
        }
    }
    Ok(())
}
