//! Input coercion to the letter of the specification, with every problem named and placed.

use async_graphql::{Name, PathSegment, Value, indexmap::IndexMap};

use super::{Arg, DefKind, Problem, Ty, Types};
use crate::scalar;

type Coerced = Result<Value, Vec<Problem>>;

impl Types {
    /// A value as the type wants it: defaults filled in, single values wrapped in lists, whole numbers as `ID` or `Float`.
    ///
    /// # Errors
    /// Every problem found, each with its path inside the value.
    pub fn coerce(&self, ty: &Ty, value: Value) -> Coerced {
        match (ty, value) {
            (Ty::NonNull(_), Value::Null) => Err(vec![Problem::new("Expected value to not be null")]),
            (Ty::NonNull(inner), value) => self.coerce(inner, value),
            (_, Value::Null) => Ok(Value::Null),
            (Ty::List(item), Value::List(values)) => self.coerce_list(item, values),
            (Ty::List(item), value) => Ok(Value::List(vec![self.coerce(item, value)?])),
            (Ty::Named(name), value) => self.coerce_named(name, value),
        }
    }

    /// The arguments of a field or the fields of an input object; `get` takes one out by name.
    ///
    /// # Errors
    /// Every problem found, each with its path starting at the argument's name.
    pub fn coerce_args(
        &self,
        args: &[Arg],
        mut get: impl FnMut(&str) -> Option<Value>,
    ) -> Result<IndexMap<Name, Value>, Vec<Problem>> {
        let mut out = IndexMap::with_capacity(args.len());
        let mut problems = vec![];
        for arg in args {
            let coerced = match (get(&arg.name), &arg.default) {
                (Some(value), _) => self.coerce(&arg.ty, value),
                (None, Some(default)) => Ok(default.clone()),
                (None, None) if arg.ty.is_non_null() => {
                    Err(vec![Problem::new("Expected value to not be null")])
                }
                (None, None) => continue,
            };
            match coerced {
                Ok(value) => {
                    out.insert(arg.name.clone(), value);
                }
                Err(found) => {
                    problems.extend(found.into_iter().map(|problem| problem.under(field(&arg.name))));
                }
            }
        }
        if problems.is_empty() { Ok(out) } else { Err(problems) }
    }

    fn coerce_list(&self, item: &Ty, values: Vec<Value>) -> Coerced {
        let mut out = Vec::with_capacity(values.len());
        let mut problems = vec![];
        for (index, value) in values.into_iter().enumerate() {
            match self.coerce(item, value) {
                Ok(value) => out.push(value),
                Err(found) => {
                    problems
                        .extend(found.into_iter().map(|problem| problem.under(PathSegment::Index(index))));
                }
            }
        }
        if problems.is_empty() { Ok(Value::List(out)) } else { Err(problems) }
    }

    fn coerce_named(&self, name: &str, value: Value) -> Coerced {
        match self.defs.get(name).map(|def| &def.kind) {
            Some(DefKind::Scalar { .. }) => scalar::coerce(name, value).map_err(|problem| vec![problem]),
            Some(DefKind::Enum(values)) => coerce_enum(values, value),
            Some(DefKind::Input { fields, one_of }) => self.coerce_input(name, fields, *one_of, value),
            Some(_) => Err(vec![Problem::new(format!("{name} is not an input type"))]),
            None => Err(vec![Problem::new(format!("{name} is not a type of this schema"))]),
        }
    }

    fn coerce_input(&self, name: &str, fields: &[Arg], one_of: bool, value: Value) -> Coerced {
        let Value::Object(mut given) = value else {
            return Err(vec![Problem::new(format!("Expected {value} to be an object of fields of {name}"))]);
        };
        let mut problems = vec![];
        if one_of && let Some(problem) = check_one_of(name, &given) {
            problems.push(problem);
        }
        let coerced = self.coerce_args(fields, |field| given.shift_remove(field));
        let unknown = |key: &Name| Problem::new(format!("Field is not defined on {name}")).under(field(key));
        problems.extend(given.keys().map(unknown));
        match coerced {
            Ok(fields) if problems.is_empty() => Ok(Value::Object(fields)),
            Ok(_) => Err(problems),
            Err(found) => {
                problems.extend(found);
                Err(problems)
            }
        }
    }
}

fn field(name: &Name) -> PathSegment {
    PathSegment::Field(name.to_string())
}

fn coerce_enum(values: &IndexMap<Name, super::Doc>, value: Value) -> Coerced {
    match value {
        Value::Enum(name) if values.contains_key(&name) => Ok(Value::Enum(name)),
        Value::String(text) if values.contains_key(text.as_str()) => Ok(Value::Enum(Name::new(text))),
        other => {
            let known = values.keys().map(Name::as_str).collect::<Vec<_>>().join(", ");
            Err(vec![Problem::new(format!("Expected {other} to be one of: {known}"))])
        }
    }
}

/// A one-of input has exactly one field, and it is not null.
fn check_one_of(name: &str, given: &IndexMap<Name, Value>) -> Option<Problem> {
    let mut fields = given.iter();
    match (fields.next(), fields.next()) {
        (Some((key, Value::Null)), None) => {
            Some(Problem::new(format!("'{name}' requires its one field to not be null")).under(field(key)))
        }
        (Some(_), None) => None,
        _ => Some(Problem::new(format!(
            "'{name}' requires exactly one field, but {} were provided",
            given.len()
        ))),
    }
}
