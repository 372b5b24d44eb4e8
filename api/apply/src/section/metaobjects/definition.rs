//! Kinds of things that the merchant makes up.

use mcom_data::Result;
use mcom_schema::id::MetaobjectDefinitionId;
use mcom_store::metaobjects::{
    self, Definition, FieldDefinition, MetaobjectDefinitionInput, MetaobjectDefinitionRow,
};

use crate::{
    file::fields::{MetaobjectDefinition, MetaobjectField},
    run::{Action, Run},
    value,
};

pub(crate) async fn apply(run: &mut Run<'_>) -> Result<()> {
    let Some(section) = &run.file.metaobject_definitions else { return Ok(()) };
    run.named_once("metaobjectDefinitions", section.iter().map(|kind| kind.r#type.as_str()));
    let kinds = types(run).await?;
    let there = metaobjects::definitions(run.cx).await?;
    for (index, kind) in section.iter().enumerate() {
        let path = format!("metaobjectDefinitions.{index}");
        let before = there.iter().find(|row| row.values.type_name == kind.r#type);
        let input = input(kind);
        for (index, field) in input.fields.iter().enumerate() {
            value::check_kinds(run, &format!("{path}.fields.{index}"), &field.validations, &kinds);
        }
        put(run, &path, &input, before).await?;
    }
    for row in there.iter().filter(|row| !section.iter().any(|kind| kind.r#type == row.values.type_name)) {
        if run.passes("metaobject definition", &row.values.type_name) {
            metaobjects::undefine(run.cx, row.id()).await?;
        }
    }
    Ok(())
}

/// The types of all kinds that there are or will be.
pub(crate) async fn types(run: &Run<'_>) -> Result<Vec<String>> {
    let there = metaobjects::definitions(run.cx).await?.into_iter().map(|row| row.values.type_name);
    let planned = run.file.metaobject_definitions.iter().flatten().map(|kind| kind.r#type.clone());
    Ok(there.chain(planned).collect())
}

/// A kind that there is or will be.
pub(super) struct Kind {
    /// Its number, if it is there.
    pub id: Option<MetaobjectDefinitionId>,
    /// The kind as the file makes it.
    pub definition: Definition,
}

/// Every kind of the store as the file leaves it.
pub(super) async fn known(run: &Run<'_>) -> Result<Vec<Kind>> {
    let mut there = metaobjects::definitions(run.cx).await?;
    if let (true, Some(section)) = (run.wish.prune, &run.file.metaobject_definitions) {
        there.retain(|row| section.iter().any(|kind| kind.r#type == row.values.type_name));
    }
    let mut known = vec![];
    for told in run.file.metaobject_definitions.iter().flatten() {
        let id = there.iter().find(|row| row.values.type_name == told.r#type).map(|row| row.id());
        // What is refused is told by its own section.
        if let Ok(values) = input(told).checked() {
            let fields = values.fields()?;
            let definition = Definition { id: id.map_or(0, |id| id.0), values, fields };
            known.push(Kind { id, definition });
        }
    }
    for row in there {
        known.push(Kind { id: Some(row.id()), definition: Definition::of(row)? });
    }
    Ok(known)
}

fn input(told: &MetaobjectDefinition) -> MetaobjectDefinitionInput {
    let field = |told: &MetaobjectField| FieldDefinition {
        key: told.key.clone(),
        name: told.name.clone(),
        description: told.description.clone(),
        value_type: told.r#type.clone(),
        required: told.required,
        validations: value::validations(&told.validations),
    };
    let pages = told.pages.as_ref();
    MetaobjectDefinitionInput {
        type_name: told.r#type.clone(),
        name: told.name.clone(),
        description: told.description.clone(),
        fields: told.fields.iter().map(field).collect(),
        display_name_key: told.display_name_key.clone(),
        is_publishable: told.publishable,
        seo_title_key: pages.and_then(|pages| pages.title_key.clone()),
        seo_description_key: pages.and_then(|pages| pages.description_key.clone()),
        url_handle: pages.map(|pages| pages.url_handle.clone()),
        is_public: told.storefront,
    }
}

async fn put(
    run: &mut Run<'_>,
    path: &str,
    input: &MetaobjectDefinitionInput,
    before: Option<&MetaobjectDefinitionRow>,
) -> Result<()> {
    let Some(values) = run.heed(path, input.checked())? else { return Ok(()) };
    match before {
        Some(row) if row.values == values => run.keeps(),
        Some(row) => {
            let follows = values.follows(&row.values);
            let (kind, name) = ("metaobject definition", &input.type_name);
            if run.heed(path, follows)?.is_some() && run.does(Action::Update, kind, name) {
                let done = metaobjects::redefine(run.cx, row.id(), input).await;
                run.heed(path, done)?;
            }
        }
        None => {
            if run.does(Action::Create, "metaobject definition", &input.type_name) {
                let done = metaobjects::define(run.cx, input).await;
                run.heed(path, done)?;
            }
        }
    }
    Ok(())
}
