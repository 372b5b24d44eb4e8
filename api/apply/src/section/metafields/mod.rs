//! Fields that are added to things, and what they hold.

pub mod definition;

use mcom_data::Result;
use mcom_store::{
    metafields::{self, DefinitionValues, MetafieldInput, MetafieldRow, Owner},
    settings,
};
use serde_json::Value;

use crate::{
    file::fields::Metafields,
    run::{Action, Run},
    target, value,
};

pub(crate) async fn apply(run: &mut Run<'_>) -> Result<()> {
    let Some(section) = &run.file.metafields else { return Ok(()) };
    run.named_once("metafields", section.iter().map(|entry| entry.owner.as_str()));
    let definitions = definition::known(run).await?;
    for (index, entry) in section.iter().enumerate() {
        put(run, &format!("metafields.{index}"), entry, &definitions).await?;
    }
    Ok(())
}

async fn put(
    run: &mut Run<'_>,
    path: &str,
    entry: &Metafields,
    definitions: &[DefinitionValues],
) -> Result<()> {
    let found = target::find(run, &entry.owner).await?;
    let Some((owner, is_planned)) = found.and_then(|found| Some((found.owner()?, found.is_planned))) else {
        run.fault(
            &format!("{path}.owner"),
            format!("there is no «{}» that could have metafields", entry.owner),
        );
        return Ok(());
    };
    let there = if is_planned { vec![] } else { metafields::of(run.cx, &[owner]).await? };
    let mut inputs = vec![];
    for (name, told) in &entry.values {
        let wish = Wished { owner, name, told, definitions };
        if let Some(input) = wish.differs(run, &format!("{path}.values.{name}"), &there, &entry.owner).await?
        {
            inputs.push(input);
        }
    }
    if !inputs.is_empty() {
        let done = metafields::set(run.cx, &inputs).await;
        run.heed(path, done)?;
    }
    // What no definition is about belongs to whoever set it.
    let is_ours = |row: &&MetafieldRow| {
        let place = (&row.namespace, &row.key);
        let of_kind = definitions.iter().filter(|known| known.owner().is_ok_and(|kind| kind == owner.kind));
        of_kind.into_iter().any(|known| (&known.namespace, &known.key) == place)
    };
    for row in there.iter().filter(is_ours).filter(|row| !entry.values.contains_key(&named(row))) {
        if run.passes("metafield", &format!("{} {}", entry.owner, named(row))) {
            metafields::delete(run.cx, owner, &row.namespace, &row.key).await?;
        }
    }
    Ok(())
}

/// `details.care`.
fn named(row: &MetafieldRow) -> String {
    format!("{}.{}", row.namespace, row.key)
}

/// What a field shall hold.
struct Wished<'a> {
    owner: Owner,
    name: &'a str,
    told: &'a Value,
    definitions: &'a [DefinitionValues],
}

impl Wished<'_> {
    /// What is to be set, if it is to be done now and is not so already.
    async fn differs(
        &self,
        run: &mut Run<'_>,
        path: &str,
        there: &[MetafieldRow],
        owner: &str,
    ) -> Result<Option<MetafieldInput>> {
        let (namespace, key) = self.name.rsplit_once('.').unwrap_or((self.name, ""));
        let (namespace, key) = (namespace.to_owned(), key.to_owned());
        let mut input =
            MetafieldInput { owner: self.owner, namespace, key, value_type: None, value: String::new() };
        let Some(definition) = self.definitions.iter().find(|known| input.is_defined_by(known)) else {
            let kind = self.owner.kind.name();
            run.fault(path, format!("there is no definition of «{}» for things of type {kind}", self.name));
            return Ok(None);
        };
        let rules = definition.validations()?;
        let of = (definition.value_type()?, rules.as_slice());
        let Some(text) = value::text(run, path, of, self.told).await? else { return Ok(None) };
        input.value = text;
        let currency = settings::get(run.cx).await?.currency;
        let Some((values, _)) = run.heed(path, input.checked(Some(definition), currency))? else {
            return Ok(None);
        };
        let before = there.iter().find(|row| (&row.namespace, &row.key) == (&input.namespace, &input.key));
        let action = match before {
            Some(row) if row.value == values.value => {
                run.keeps();
                return Ok(None);
            }
            Some(_) => Action::Update,
            None => Action::Create,
        };
        let name = format!("{owner} {}", self.name);
        Ok(run.does(action, "metafield", &name).then_some(input))
    }
}
