//! Things of kinds that the merchant makes up.

pub mod definition;
mod order;

use std::collections::{BTreeMap, HashSet};

use mcom_data::Result;
use mcom_schema::id::MetaobjectDefinitionId;
use mcom_store::{
    metaobjects::{self, MetaobjectInput, MetaobjectRow},
    settings,
};

use crate::{
    file::fields::Metaobject,
    run::{Action, Run},
    value,
};
use definition::Kind;

pub(crate) async fn apply(run: &mut Run<'_>) -> Result<()> {
    let Some(section) = &run.file.metaobjects else { return Ok(()) };
    let names: Vec<String> = section.iter().map(|it| format!("{}/{}", it.r#type, it.handle)).collect();
    run.named_once("metaobjects", names.iter().map(String::as_str));
    let order = match order::order(section) {
        Ok(order) => order,
        Err(index) => {
            run.fault(&format!("metaobjects.{index}.fields"), "it refers to itself in the end");
            return Ok(());
        }
    };
    let kinds = definition::known(run).await?;
    for index in order {
        let (path, it) = (format!("metaobjects.{index}"), &section[index]);
        match kinds.iter().find(|kind| kind.definition.values.type_name == it.r#type) {
            Some(kind) => put(run, &path, it, kind).await?,
            None => run.fault(&format!("{path}.type"), format!("there is no kind «{}»", it.r#type)),
        }
    }
    prune(run, &kinds, &names).await
}

/// Things of the kinds that the file has things of, but not these.
async fn prune(run: &mut Run<'_>, kinds: &[Kind], names: &[String]) -> Result<()> {
    let mut seen = HashSet::new();
    for kind in kinds {
        let type_name = &kind.definition.values.type_name;
        let Some(id) = kind.id.filter(|_| seen.insert(type_name)) else { continue };
        for row in metaobjects::all(run.cx, id).await? {
            let name = format!("{type_name}/{}", row.values.handle);
            if !names.contains(&name) && run.passes("metaobject", &name) {
                metaobjects::delete(run.cx, row.id()).await?;
            }
        }
    }
    Ok(())
}

async fn put(run: &mut Run<'_>, path: &str, it: &Metaobject, kind: &Kind) -> Result<()> {
    let Some(fields) = fields(run, path, it, kind).await? else { return Ok(()) };
    let input = MetaobjectInput { handle: Some(it.handle.clone()), fields, is_active: it.published };
    let currency = settings::get(run.cx).await?.currency;
    let Some(values) = run.heed(path, input.checked(&kind.definition, currency))? else { return Ok(()) };
    if values.handle != it.handle {
        run.fault(&format!("{path}.handle"), format!("a handle is written like «{}»", values.handle));
        return Ok(());
    }
    let before = match kind.id {
        Some(id) => before(run, id, &it.handle).await?,
        None => None,
    };
    let name = format!("{}/{}", it.r#type, it.handle);
    match (before, kind.id) {
        (Some(row), _) if row.values == values => run.keeps(),
        (Some(row), _) => {
            if run.does(Action::Update, "metaobject", &name) {
                let done = metaobjects::update(run.cx, row.id(), &input).await;
                run.heed(path, done)?;
            }
        }
        (None, id) => {
            if run.does(Action::Create, "metaobject", &name)
                && let Some(id) = id
            {
                let done = metaobjects::create(run.cx, id, &input).await;
                run.heed(path, done)?;
            }
        }
    }
    Ok(())
}

async fn before(run: &Run<'_>, kind: MetaobjectDefinitionId, handle: &str) -> Result<Option<MetaobjectRow>> {
    Ok(metaobjects::all(run.cx, kind).await?.into_iter().find(|row| row.values.handle == handle))
}

/// What the fields hold, as text; none if something in them is not accepted.
async fn fields(
    run: &mut Run<'_>,
    path: &str,
    it: &Metaobject,
    kind: &Kind,
) -> Result<Option<BTreeMap<String, String>>> {
    let mut fields = BTreeMap::new();
    for (key, told) in &it.fields {
        let path = format!("{path}.fields.{key}");
        let Some(field) = kind.definition.fields.iter().find(|field| field.key == *key) else {
            run.fault(&path, format!("{} has no such field", it.r#type));
            continue;
        };
        let of = (field.value_type()?, field.validations.as_slice());
        if let Some(text) = value::text(run, &path, of, told).await? {
            fields.insert(key.clone(), text);
        }
    }
    Ok((fields.len() == it.fields.len()).then_some(fields))
}
