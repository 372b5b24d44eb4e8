//! From a compiled operation to a hot one, if it can be one.

use std::sync::atomic::AtomicUsize;

use async_graphql::{Name, Variables};
use async_graphql_value::Value;
use mcom_kit::Selection;
use mcom_kit::dynamic::Direct;
use mcom_kit::types::Ty;

use super::{Answer, Arguments, Field, Hot};
use crate::compile::{self, Compiled};
use crate::planner::{Step, Subgraphs};
use crate::schema::Schema;

/// The hot form of a query that one subgraph of this process answers. `None`: an engine has to.
pub fn compile(
    schema: &Schema,
    operation: &Compiled,
    step: Option<&Step>,
    subgraphs: &Subgraphs,
) -> Option<Hot> {
    let Some(Step::Fetch(fetch)) = step else { return None };
    if *operation.root_type != *schema.types.query || !fetch.output.is_empty() {
        return None;
    }
    let direct = subgraphs.get(&fetch.request.service)?.direct()?;
    Some(Hot { fields: fields(direct, &operation.fields, false)?, length: AtomicUsize::new(4_096) })
}

/// `in_list`: the fields are of objects in a list, where nothing may be waited for: the engine asks for all of them at once, so that
/// loaders see them together.
fn fields(direct: &Direct, compiled: &[compile::Field], in_list: bool) -> Option<Vec<Field>> {
    compiled.iter().map(|field| self::field(direct, field, in_list)).collect()
}

fn field(direct: &Direct, field: &compile::Field, in_list: bool) -> Option<Field> {
    let ty = field.ty.clone();
    let json_key = field.json_key.clone();
    if field.name == "__typename" {
        let answer = Answer::TypeName(format!("\"{}\"", field.owner).into_bytes());
        return Some(Field { json_key, ty, answer, below: vec![], waits: false });
    }
    let answerer = direct.field(&field.owner, &field.name)?;
    let below_in_list = in_list || is_list(&ty);
    let mut below = Vec::with_capacity(field.below.len());
    for (object, compiled) in &field.below {
        below.push((object.clone(), fields(direct, compiled, below_in_list)?));
    }
    let waits_below = below.iter().flat_map(|(_, fields)| fields).any(|field| field.waits);
    let loads = answerer.loads();
    if loads && in_list {
        return None;
    }
    let arguments = if field.arguments.iter().any(|(_, value)| has_variable(value)) {
        Arguments::Written(field.arguments.clone())
    } else {
        Arguments::Fixed(answerer.arguments(&field.arguments, &Variables::default()).ok()?)
    };
    let selection = if answerer.wants_selection() { selection(field) } else { Selection::default() };
    let answer = Answer::From { answerer, arguments, selection };
    Some(Field { json_key, ty, answer, below, waits: loads || waits_below })
}

fn is_list(ty: &Ty) -> bool {
    match ty {
        Ty::List(_) => true,
        Ty::NonNull(inner) => is_list(inner),
        Ty::Named(_) => false,
    }
}

fn has_variable(value: &Value) -> bool {
    match value {
        Value::Variable(_) => true,
        Value::List(items) => items.iter().any(has_variable),
        Value::Object(fields) => fields.values().any(has_variable),
        _ => false,
    }
}

fn selection(field: &compile::Field) -> Selection {
    let below = field.below.iter().flat_map(|(_, fields)| fields);
    Selection::of(below.map(|field| (Name::new(&field.name), selection(field))))
}
