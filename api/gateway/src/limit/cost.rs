//! What an operation costs before anybody runs it.
//!
//! | selected | points |
//! |---|---|
//! | a scalar or enum | 0 |
//! | an object, also in a list | 1 + what is selected on it |
//! | a connection | 2 + `first` or `last` × what is selected on one node |
//! | variants, images and media of products in a list | the same, for at most [`DEFAULT_PAGE`] nodes |
//! | `pageInfo` | 0 |
//! | a root field of a mutation | 10 + what is selected on its payload |
//!
//! A connection without `first` and `last` counts as [`DEFAULT_PAGE`] nodes. On an interface or union the
//! dearest of the possible types counts. Introspection costs nothing, but may not go in circles.
//!
//! Clients that want all of a product's variants ask for 250 of them, and for 250 products at a time. Products have few
//! of them nearly always, and their documents hold them, so that such a question is cheap although its text multiplies to a lot.

use async_graphql::{Value, Variables};
use mcom_kit::types::literal;

use crate::compile::{Compiled, Field};
use crate::refuse::RequestError;
use crate::schema::Schema;

/// Nodes that a connection is taken to have if the client does not say.
const DEFAULT_PAGE: u64 = 10;
/// The longest page that `first` and `last` may ask for.
const MAX_PAGE: u64 = 250;
/// Connections of what a product consists of.
const PARTS: [&str; 3] = ["ProductVariantConnection", "ImageConnection", "MediaConnection"];
/// Points of a mutation's root field.
const MUTATION: u64 = 10;
/// How often introspection may step through a list of fields or types inside another.
const MAX_INTROSPECTION: usize = 3;

struct Counter<'a> {
    schema: &'a Schema,
    variables: &'a Variables,
}

/// The points of an operation. Fails for a page that is too long and for introspection that goes in circles.
pub fn cost(schema: &Schema, operation: &Compiled, variables: &Variables) -> Result<u64, RequestError> {
    let counter = Counter { schema, variables };
    let mut total = 0_u64;
    for field in &operation.fields {
        if field.name.starts_with("__") {
            introspection(field, 0)?;
            continue;
        }
        let base = if *operation.root_type == *schema.types.query { 0 } else { MUTATION };
        total = total.saturating_add(base).saturating_add(counter.field(field, MAX_PAGE)?);
    }
    Ok(total)
}

impl Counter<'_> {
    /// The points of a field; pages of [`PARTS`] in it count as this many nodes at most.
    fn field(&self, field: &Field, longest: u64) -> Result<u64, RequestError> {
        if !field.is_composite {
            return Ok(0);
        }
        if !field.ty.name().ends_with("Connection") {
            return Ok(1_u64.saturating_add(self.below(field, |f| self.field(f, longest))?));
        }
        let longest = if PARTS.contains(&&**field.ty.name()) { longest } else { MAX_PAGE };
        let page = self.page(field)?.min(longest);
        let inside = self.below(field, |f| match f.name.as_str() {
            "pageInfo" => Ok(0),
            "edges" => Ok(page.saturating_mul(self.below(f, |node| self.field(node, DEFAULT_PAGE))?)),
            "nodes" => Ok(page.saturating_mul(self.field(f, DEFAULT_PAGE)?)),
            _ => self.field(f, longest),
        })?;
        Ok(inside.saturating_add(2))
    }

    /// The sum over what is selected, for the dearest possible type.
    fn below(
        &self,
        field: &Field,
        points: impl Fn(&Field) -> Result<u64, RequestError>,
    ) -> Result<u64, RequestError> {
        let mut dearest = 0;
        for (_, fields) in &field.below {
            let mut sum = 0_u64;
            for field in fields {
                sum = sum.saturating_add(points(field)?);
            }
            dearest = dearest.max(sum);
        }
        Ok(dearest)
    }

    fn page(&self, field: &Field) -> Result<u64, RequestError> {
        let asked = ["first", "last"].into_iter().find_map(|name| Some((name, self.argument(field, name)?)));
        match asked {
            Some((name, n)) if u64::try_from(n).is_ok_and(|n| n > MAX_PAGE) => {
                let message = format!("{name} must be within 0..{MAX_PAGE}");
                Err(RequestError::new("INVALID_FIELD_ARGUMENTS", message)
                    .at(field.position)
                    .with("fieldName", field.name.as_str()))
            }
            Some((_, n)) => Ok(u64::try_from(n).unwrap_or(0)),
            None => Ok(DEFAULT_PAGE),
        }
    }

    fn argument(&self, field: &Field, name: &str) -> Option<i64> {
        let given = field.arguments.iter().find(|(n, _)| n == name);
        let value = match given.and_then(|(_, v)| literal(v, self.variables)) {
            Some(value) => value,
            None => {
                let defs = self.schema.field_args(&field.owner, &field.name);
                defs.iter().find(|a| a.name == name)?.default.clone()?
            }
        };
        match value {
            Value::Number(number) => number.as_i64(),
            _ => None,
        }
    }
}

/// Every type has fields and every field a type: nested without end, a small text would ask for everything
/// times everything.
fn introspection(field: &Field, lists: usize) -> Result<(), RequestError> {
    let is_list = matches!(field.name.as_str(), "fields" | "interfaces" | "possibleTypes" | "inputFields");
    let lists = lists + usize::from(is_list && &*field.owner == "__Type");
    if lists >= MAX_INTROSPECTION {
        let message = "Introspection goes too deep: ask for types and their fields, then follow the names";
        return Err(RequestError::new("MAX_DEPTH_EXCEEDED", message).at(field.position));
    }
    field.below.iter().flat_map(|(_, fields)| fields).try_for_each(|f| introspection(f, lists))
}
