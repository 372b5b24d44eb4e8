//! Definitions of the fields that are added to things.

use mcom_data::Result;
use mcom_store::metafields::{self, DefinitionInput, DefinitionRow, DefinitionValues, OwnerKind};

use crate::{
    file::fields::MetafieldDefinition,
    run::{Action, Run},
    section::metaobjects,
    value,
};

pub(crate) async fn apply(run: &mut Run<'_>) -> Result<()> {
    let Some(section) = &run.file.metafield_definitions else { return Ok(()) };
    let names: Vec<String> = section.iter().map(|it| name(it.owner.into(), &it.namespace, &it.key)).collect();
    run.named_once("metafieldDefinitions", names.iter().map(String::as_str));
    let kinds = metaobjects::definition::types(run).await?;
    let there = all(run).await?;
    for (index, (definition, name)) in section.iter().zip(&names).enumerate() {
        let path = format!("metafieldDefinitions.{index}");
        let input = input(definition);
        value::check_kinds(run, &path, &input.validations, &kinds);
        let before = there.iter().find(|row| named(&row.values).is_ok_and(|known| known == *name));
        put(run, &path, (name, &input), before).await?;
    }
    for row in &there {
        let known = named(&row.values)?;
        if !names.contains(&known) && run.passes("metafield definition", &known) {
            metafields::undefine(run.cx, row.id()).await?;
        }
    }
    Ok(())
}

/// `PRODUCT details.care`.
fn name(owner: OwnerKind, namespace: &str, key: &str) -> String {
    format!("{} {namespace}.{key}", owner.name())
}

fn named(values: &DefinitionValues) -> Result<String> {
    Ok(name(values.owner()?, &values.namespace, &values.key))
}

/// Every definition of the store.
async fn all(run: &Run<'_>) -> Result<Vec<DefinitionRow>> {
    let mut all = vec![];
    for kind in OwnerKind::ALL {
        all.extend(metafields::definitions(run.cx, kind).await?);
    }
    Ok(all)
}

/// Every definition of the store as the file leaves it.
pub(super) async fn known(run: &Run<'_>) -> Result<Vec<DefinitionValues>> {
    let told = run.file.metafield_definitions.iter().flatten();
    // What is refused is told by its own section.
    let mut known: Vec<DefinitionValues> = told.filter_map(|it| input(it).checked().ok()).collect();
    if run.file.metafield_definitions.is_none() || !run.wish.prune {
        known.extend(all(run).await?.into_iter().map(|row| row.values));
    }
    Ok(known)
}

fn input(told: &MetafieldDefinition) -> DefinitionInput {
    DefinitionInput {
        owner: told.owner.into(),
        namespace: told.namespace.clone(),
        key: told.key.clone(),
        name: told.name.clone(),
        description: told.description.clone(),
        value_type: told.r#type.clone(),
        validations: value::validations(&told.validations),
        is_public: told.storefront,
        is_filterable: told.filter,
    }
}

async fn put(
    run: &mut Run<'_>,
    path: &str,
    (name, input): (&str, &DefinitionInput),
    before: Option<&DefinitionRow>,
) -> Result<()> {
    let Some(values) = run.heed(path, input.checked())? else { return Ok(()) };
    match before {
        Some(row) if row.values == values => run.keeps(),
        Some(row) => {
            let follows = values.follows(&row.values);
            if run.heed(path, follows)?.is_some() && run.does(Action::Update, "metafield definition", name) {
                let done = metafields::redefine(run.cx, row.id(), input).await;
                run.heed(path, done)?;
            }
        }
        None => {
            if run.does(Action::Create, "metafield definition", name) {
                let done = metafields::define(run.cx, input).await;
                run.heed(path, done)?;
            }
        }
    }
    Ok(())
}
