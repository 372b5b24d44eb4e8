//! Values of metafields and of metaobjects' fields, as a store file writes them.

use std::collections::BTreeMap;

use mcom_data::Result;
use mcom_store::metafields::{Validation, ValueType, wanted_kinds};
use serde_json::Value;

use super::{run::Run, target};

/// Rules as the published APIs spell them.
pub(super) fn validations(told: &BTreeMap<String, Value>) -> Vec<Validation> {
    let rule = |(name, value): (&String, &Value)| {
        let value = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
        Validation { name: name.clone(), value }
    };
    told.iter().map(rule).collect()
}

/// Tells of rules that want metaobjects of kinds that there are not.
pub(super) fn check_kinds(run: &mut Run<'_>, path: &str, rules: &[Validation], kinds: &[String]) {
    for kind in wanted_kinds(rules).into_iter().flatten() {
        if !kinds.contains(&kind) {
            run.fault(&format!("{path}.validations"), format!("there is no kind of metaobjects «{kind}»"));
        }
    }
}

/// The text that a value means; none if something in it is not accepted, which is told.
pub(super) async fn text(
    run: &mut Run<'_>,
    path: &str,
    (value_type, rules): (ValueType, &[Validation]),
    value: &Value,
) -> Result<Option<String>> {
    if !value_type.is_reference() {
        return Ok(Some(value.as_str().map_or_else(|| value.to_string(), str::to_owned)));
    }
    let names: Vec<&Value> = match value {
        Value::Array(items) if value_type.list => items.iter().collect(),
        one if !value_type.list => vec![one],
        _ => {
            run.fault(path, format!("a value of type {value_type} is a list"));
            return Ok(None);
        }
    };
    let kinds = wanted_kinds(rules);
    let mut gids = vec![];
    for name in &names {
        let name = name.as_str().unwrap_or_default();
        let is_unwanted = |kinds: &Vec<String>| {
            target::metaobject(name).is_some_and(|(kind, _)| !kinds.iter().any(|wanted| wanted == kind))
        };
        match target::find(run, name).await? {
            Some(_) if kinds.as_ref().is_some_and(is_unwanted) => {
                run.fault(path, format!("«{name}» is not of the kind that is wanted"));
            }
            Some(target) => gids.push(target.gid),
            None if target::is_gid(name) => {
                run.fault(path, "a file refers to things by name, as in product:red-mug");
            }
            None => run.fault(path, format!("there is no «{name}»")),
        }
    }
    if gids.len() < names.len() {
        return Ok(None);
    }
    Ok(if value_type.list { Some(serde_json::to_string(&gids)?) } else { gids.pop() })
}
