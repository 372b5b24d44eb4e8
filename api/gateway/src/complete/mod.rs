//! Completion to the letter of the specification: from the merged tree to the bytes of the answer.
//!
//! Keys come in the order of the document, under the client's aliases. A failed field is null with an error; a
//! null where the schema allows none makes its parent null, and so on outwards.

mod fault;
mod place;
pub(super) mod text;

use async_graphql::{Name, Value, indexmap::IndexMap};
use mcom_kit::Failure;
use mcom_kit::types::Ty;

use super::compile::{Compiled, Field};
use fault::{Faults, FieldError};
use place::Place;

/// A null that the schema does not allow: the parent has to become null.
struct Bubble;
type Completed = Result<(), Bubble>;

/// A value on its way into the answer.
#[derive(Clone, Copy)]
enum Source<'v> {
    /// What a subgraph answered.
    Value(&'v Value),
    /// Nobody answered the field: it failed, or the object around it is gone.
    Absent,
}

struct Writer {
    out: Vec<u8>,
    errors: Vec<FieldError>,
}

/// The finished answer: `errors`, if there are any, then `data`, then `extensions`, if given as a JSON object.
pub fn complete(
    operation: &Compiled,
    data: &Value,
    failures: Vec<Failure>,
    extensions: Option<&str>,
) -> Vec<u8> {
    let faults = Faults::new(failures);
    let mut writer = Writer { out: Vec::with_capacity(4096), errors: Vec::new() };
    writer.out.extend_from_slice(b"{\"data\":");
    let start = writer.out.len();
    let empty = IndexMap::new();
    let object = if let Value::Object(object) = data { object } else { &empty };
    let root = Place::root(&faults);
    if writer.object(object, &operation.fields, &operation.root_type, &root).is_err() {
        writer.out.truncate(start);
        writer.out.extend_from_slice(b"null");
    }
    writer.finish(extensions)
}

impl Writer {
    fn finish(mut self, extensions: Option<&str>) -> Vec<u8> {
        if let Some(extensions) = extensions {
            self.out.extend_from_slice(b",\"extensions\":");
            self.out.extend_from_slice(extensions.as_bytes());
        }
        self.out.push(b'}');
        if self.errors.is_empty() {
            return self.out;
        }
        let mut all = b"{\"errors\":".to_vec();
        text::json(&self.errors, &mut all);
        all.push(b',');
        all.extend_from_slice(&self.out[1..]);
        all
    }

    fn object(
        &mut self,
        object: &IndexMap<Name, Value>,
        fields: &[Field],
        name: &str,
        at: &Place<'_>,
    ) -> Completed {
        self.fields(fields, name, at, |field| {
            object.get(field.source.as_str()).map_or(Source::Absent, Source::Value)
        })
    }

    fn fields<'v>(
        &mut self,
        fields: &[Field],
        object: &str,
        at: &Place<'_>,
        get: impl Fn(&Field) -> Source<'v>,
    ) -> Completed {
        self.out.push(b'{');
        for (index, field) in fields.iter().enumerate() {
            if index > 0 {
                self.out.push(b',');
            }
            self.out.extend_from_slice(&field.json_key);
            if field.name == "__typename" {
                text::string(object, &mut self.out);
            } else {
                self.value(get(field), &field.ty, field, &at.key(field))?;
            }
        }
        self.out.push(b'}');
        Ok(())
    }

    fn value(&mut self, source: Source<'_>, ty: &Ty, field: &Field, at: &Place<'_>) -> Completed {
        let start = self.out.len();
        if let Ty::NonNull(inner) = ty {
            let errors = self.errors.len();
            self.value(source, inner, field, at)?;
            if self.out[start..] != *b"null" {
                return Ok(());
            }
            if self.errors.len() == errors {
                let message =
                    format!("Cannot return null for non-nullable field {}.{}.", field.owner, field.name);
                self.errors.push(FieldError::new(message, field, at));
            }
            return Err(Bubble);
        }
        let completed = match ty {
            Ty::List(item) => self.list(source, item, field, at),
            _ => self.single(source, field, at),
        };
        if completed.is_err() {
            self.out.truncate(start);
            self.out.extend_from_slice(b"null");
        }
        Ok(())
    }

    fn list(&mut self, source: Source<'_>, item: &Ty, field: &Field, at: &Place<'_>) -> Completed {
        let Source::Value(Value::List(items)) = source else {
            self.null(source, field, at);
            return Ok(());
        };
        self.out.push(b'[');
        for (index, value) in items.iter().enumerate() {
            if index > 0 {
                self.out.push(b',');
            }
            self.value(Source::Value(value), item, field, &at.item(index))?;
        }
        self.out.push(b']');
        Ok(())
    }

    fn single(&mut self, source: Source<'_>, field: &Field, at: &Place<'_>) -> Completed {
        match source {
            Source::Value(Value::Object(object)) if field.is_composite => {
                let name = match object.get("__typename") {
                    Some(Value::String(name)) if field.is_abstract => name.as_str(),
                    _ => field.ty.name(),
                };
                match field.below.iter().find(|(object, _)| **object == *name) {
                    Some((name, fields)) => return self.object(object, fields, name, at),
                    None => self.null(source, field, at),
                }
            }
            // An engine that lost every field of an object answers null for it.
            Source::Value(Value::Null) | Source::Absent
                if field.is_composite && !field.is_abstract && at.only_fields_failed() =>
            {
                if let Some((name, fields)) = field.below.first() {
                    return self.fields(fields, name, at, |_| Source::Absent);
                }
            }
            Source::Value(Value::Null) | Source::Absent => self.null(source, field, at),
            Source::Value(value) => text::scalar(value, &mut self.out),
        }
        Ok(())
    }

    /// Null, with the error of the failure that made it so, if there was one.
    fn null(&mut self, source: Source<'_>, field: &Field, at: &Place<'_>) {
        let failure = at.failure().or_else(|| match source {
            Source::Absent => at.failure_above(),
            Source::Value(_) => None,
        });
        if let Some(failure) = failure {
            self.errors.push(FieldError::of(failure, field, at));
        }
        self.out.extend_from_slice(b"null");
    }
}

#[cfg(test)]
mod tests;
