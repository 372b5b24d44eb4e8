//! Bundles.

use mcom_catalog::{
    bundles::{self, Bundle, BundleUpdate, Component},
    variants,
};
use mcom_data::{Error, Result};
use mcom_schema::{Refusal, id::VariantId};

use crate::{
    file,
    run::{Action, Run},
    target,
};

/// Where an entry stands, what it says, and which variants that means.
type Wanted<'f> = (String, &'f file::bundles::Bundle, VariantId, Vec<Component>);

pub(crate) async fn apply(run: &mut Run<'_>) -> Result<()> {
    let Some(section) = &run.file.bundles else { return Ok(()) };
    run.named_once("bundles", section.iter().map(|entry| entry.variant.as_str()));
    let there = bundles::all(run.cx).await?;
    let mut named = vec![];
    let mut wanted: Vec<Wanted<'_>> = vec![];
    for (index, entry) in section.iter().enumerate() {
        let path = format!("bundles.{index}");
        let id = variant(run, &format!("{path}.variant"), &entry.variant).await?;
        named.extend(id);
        let components = components(run, &path, entry).await?;
        wanted.extend(id.zip(components).map(|(id, components)| (path, entry, id, components)));
    }
    refuse_nesting(run, &wanted, (&there, &named));
    // First, for what is a bundle no more may become a component.
    unname(run, &there, &named).await?;
    for (path, entry, id, components) in wanted {
        put(run, (&path, entry), (id, components), &there).await?;
    }
    Ok(())
}

/// Bundles are one level deep, those included that the file leaves as they are.
fn refuse_nesting(run: &mut Run<'_>, wanted: &[Wanted<'_>], (there, named): (&[Bundle], &[VariantId])) {
    let kept = there.iter().filter(|bundle| !run.wish.prune && !named.contains(&bundle.variant));
    let kept: Vec<&Bundle> = kept.collect();
    let is_bundle = |id: &VariantId| named.contains(id) || kept.iter().any(|bundle| bundle.variant == *id);
    let mut faults = vec![];
    for (path, _, id, components) in wanted {
        let nested = components.iter().position(|it| it.variant_id != *id && is_bundle(&it.variant_id));
        faults.extend(nested.map(|place| format!("{path}.components.{place}.variant")));
        let is_part = kept.iter().any(|bundle| bundle.components.iter().any(|it| it.variant_id == *id));
        faults.extend(is_part.then(|| format!("{path}.variant")));
    }
    faults.iter().for_each(|path| run.fault(path, "a bundle cannot be a component of another"));
}

async fn unname(run: &mut Run<'_>, there: &[Bundle], named: &[VariantId]) -> Result<()> {
    let unnamed: Vec<VariantId> =
        there.iter().map(|it| it.variant).filter(|id| !named.contains(id)).collect();
    for variant in variants::by_ids(run.cx, &unnamed).await?.into_iter().flatten() {
        let name = variant.row.sku.clone().unwrap_or_else(|| variant.row.id().gid());
        if run.passes("bundle", &name) {
            bundles::update(run.cx, &[consisting(variant.row.id(), vec![])]).await?;
        }
    }
    Ok(())
}

async fn put(
    run: &mut Run<'_>,
    (path, entry): (&str, &file::bundles::Bundle),
    (variant, components): (VariantId, Vec<Component>),
    there: &[Bundle],
) -> Result<()> {
    let known = there.iter().find(|bundle| bundle.variant == variant);
    let wanted = Bundle { variant, components, gaps: 0 };
    if known == Some(&wanted) {
        run.keeps();
        return Ok(());
    }
    let update = consisting(variant, wanted.components);
    if run.heed(path, told(update.check(variant)))?.is_none() {
        return Ok(());
    }
    if run.does(if known.is_some() { Action::Update } else { Action::Create }, "bundle", &entry.variant) {
        let done = bundles::update(run.cx, &[update]).await;
        run.heed(path, told(done))?;
    }
    Ok(())
}

/// What makes a bundle of these components, whatever it was before.
fn consisting(variant: VariantId, components: Vec<Component>) -> BundleUpdate {
    BundleUpdate { variant: Some(variant), create: components, remove_all: true, ..BundleUpdate::default() }
}

/// Blames the entries of the file instead of those of an update.
fn told<T>(done: Result<T>) -> Result<T> {
    let entry = |mut refusal: Refusal| {
        let names = refusal.field.iter().skip_while(|name| *name != "productVariantRelationshipsToCreate");
        let own = |name: &String| match name.as_str() {
            "productVariantRelationshipsToCreate" => "components".to_owned(),
            "id" => "variant".to_owned(),
            other => other.to_owned(),
        };
        refusal.field = names.map(own).collect();
        refusal
    };
    done.map_err(|error| match error {
        Error::Refused(refusals) => Error::Refused(refusals.into_iter().map(entry).collect()),
        other => other,
    })
}

async fn components(
    run: &mut Run<'_>,
    path: &str,
    entry: &file::bundles::Bundle,
) -> Result<Option<Vec<Component>>> {
    if entry.components.is_empty() {
        run.fault(&format!("{path}.components"), "a bundle has at least one component");
        return Ok(None);
    }
    let mut found = vec![];
    for (index, component) in entry.components.iter().enumerate() {
        let place = format!("{path}.components.{index}.variant");
        let id = variant(run, &place, &component.variant).await?;
        found.extend(id.map(|variant_id| Component { variant_id, quantity: component.quantity }));
    }
    Ok((found.len() == entry.components.len()).then_some(found))
}

async fn variant(run: &mut Run<'_>, path: &str, name: &str) -> Result<Option<VariantId>> {
    let found = target::find(run, &format!("variant:{name}")).await?;
    let id = found.and_then(|found| VariantId::parse(&found.gid));
    if id.is_none() {
        run.fault(path, format!("there is no variant «{name}»"));
    }
    Ok(id)
}
