//! The client's operation compiled for completion: fields merged by response key, per concrete object type,
//! in the order of the document, with their types looked up.

use std::collections::HashMap;
use std::sync::Arc;

use async_graphql::Name;
use async_graphql_value::Value;
use graphql_tools::parser::Pos;
use graphql_tools::parser::query::{Selection, Type};
use indexmap::IndexMap;
use mcom_kit::types::Ty;

use super::alias;
use super::ast::{Ast, AstField, AstType, Fragment, Literal, Operation, OperationKind, SelectionSet};
use super::ast::{fragments, response_key};
use super::refuse::RequestError;
use super::schema::Schema;

/// How many fields a compiled operation may have. Abstract types within abstract types multiply.
const MAX_FIELDS: usize = 50_000;

/// An operation ready for completion.
#[derive(Debug)]
pub struct Compiled {
    /// The root object type.
    pub root_type: Arc<str>,
    /// What is selected on it.
    pub fields: Vec<Field>,
}

/// A field of one object type with everything that is selected below it.
#[derive(Debug)]
pub struct Field {
    /// The response key.
    pub key: String,
    /// The response key with quotes and colon, as it is written.
    pub json_key: Vec<u8>,
    /// The key in the answers of subgraphs, which differs where an alias was not safe.
    pub source: String,
    /// The name of the field.
    pub name: String,
    /// The object type that it is a field of.
    pub owner: Arc<str>,
    /// Its type there.
    pub ty: Ty,
    /// Its arguments as written.
    pub arguments: Vec<(Name, Value)>,
    /// Where it stands in the document, the first time.
    pub position: Pos,
    /// What is selected below, for each object type that the value may have.
    pub below: Vec<(Arc<str>, Vec<Field>)>,
    /// Its type is an object, interface or union.
    pub is_composite: bool,
    /// Its type is an interface or union, so that its values say what they are.
    pub is_abstract: bool,
}

struct Compiler<'a> {
    schema: &'a Schema,
    fragments: HashMap<&'a str, &'a Fragment>,
    left: usize,
}

/// Compiles a valid operation. `document` has its conditions decided and its aliases made safe.
pub fn compile(schema: &Schema, document: &Ast, operation: Operation<'_>) -> Result<Compiled, RequestError> {
    let root_type = match operation.kind {
        OperationKind::Mutation => schema.types.mutation.clone().unwrap_or_else(|| "Mutation".into()),
        _ => schema.types.query.clone(),
    };
    let fragments = fragments(document).map(|f| (f.name.as_str(), f)).collect();
    let mut compiler = Compiler { schema, fragments, left: MAX_FIELDS };
    let fields = compiler.fields(&root_type, &[operation.selection])?;
    Ok(Compiled { root_type, fields })
}

impl<'a> Compiler<'a> {
    fn fields(&mut self, object: &Arc<str>, sets: &[&'a SelectionSet]) -> Result<Vec<Field>, RequestError> {
        let mut merged = IndexMap::new();
        sets.iter().for_each(|set| self.collect(object, set, &mut merged));
        self.left = self.left.checked_sub(merged.len()).ok_or_else(|| {
            RequestError::new(
                "MAX_FIELDS_EXCEEDED",
                "The operation selects too many fields on interfaces and unions",
            )
        })?;
        merged.into_iter().map(|(source, fields)| self.field(object, source, &fields)).collect()
    }

    fn field(
        &mut self,
        owner: &Arc<str>,
        source: &str,
        fields: &[&'a AstField],
    ) -> Result<Field, RequestError> {
        let Some(first) = fields.first() else { return Err(unknown(owner, source)) };
        let ty = self.schema.field_type(owner, &first.name).ok_or_else(|| unknown(owner, &first.name))?;
        let types = &self.schema.types;
        let possible = types.possible(ty.name()).to_vec();
        let sets: Vec<&SelectionSet> = fields.iter().map(|f| &f.selection_set).collect();
        let mut below = Vec::with_capacity(possible.len());
        for object in possible {
            let fields = self.fields(&object, &sets)?;
            below.push((object, fields));
        }
        let key = alias::restore(source).to_owned();
        Ok(Field {
            json_key: format!("\"{key}\":").into_bytes(),
            key,
            source: source.to_owned(),
            name: first.name.clone(),
            owner: owner.clone(),
            is_composite: self.schema.is_composite(ty.name()),
            is_abstract: self.schema.types.is_abstract(ty.name()),
            ty,
            arguments: first.arguments.iter().map(|(n, v)| (Name::new(n), value(v))).collect(),
            position: first.position,
            below,
        })
    }

    fn collect(
        &self,
        object: &str,
        set: &'a SelectionSet,
        merged: &mut IndexMap<&'a str, Vec<&'a AstField>>,
    ) {
        for item in &set.items {
            match item {
                Selection::Field(field) => merged.entry(response_key(field)).or_default().push(field),
                Selection::InlineFragment(inline) => {
                    let condition = inline.type_condition.as_ref();
                    if condition.is_none_or(|on| self.schema.types.is_a(object, on.as_ref())) {
                        self.collect(object, &inline.selection_set, merged);
                    }
                }
                Selection::FragmentSpread(spread) => {
                    if let Some(fragment) = self.fragments.get(spread.fragment_name.as_str())
                        && self.schema.types.is_a(object, fragment.type_condition.as_ref())
                    {
                        self.collect(object, &fragment.selection_set, merged);
                    }
                }
            }
        }
    }
}

/// Validation finds these first; a document that gets here without it is refused all the same.
fn unknown(owner: &str, field: &str) -> RequestError {
    RequestError::new("undefinedField", format!("Field '{field}' doesn't exist on type '{owner}'"))
}

/// A literal in the engine's own form.
pub fn value(literal: &Literal) -> Value {
    match literal {
        Literal::Variable(name) => Value::Variable(Name::new(name)),
        Literal::Int(number) => Value::Number(number.as_i64().unwrap_or_default().into()),
        Literal::Float(number) => serde_json::Number::from_f64(*number).map_or(Value::Null, Value::Number),
        Literal::String(text) => Value::String(text.clone()),
        Literal::Boolean(flag) => Value::Boolean(*flag),
        Literal::Null => Value::Null,
        Literal::Enum(name) => Value::Enum(Name::new(name)),
        Literal::List(items) => Value::List(items.iter().map(value).collect()),
        Literal::Object(fields) => {
            Value::Object(fields.iter().map(|(k, v)| (Name::new(k), value(v))).collect())
        }
    }
}

/// A type reference in kit's form.
pub fn type_reference(ty: &AstType) -> Ty {
    match ty {
        Type::NamedType(name) => Ty::Named(name.as_str().into()),
        Type::ListType(inner) => Ty::List(Box::new(type_reference(inner))),
        Type::NonNullType(inner) => Ty::NonNull(Box::new(type_reference(inner))),
    }
}
