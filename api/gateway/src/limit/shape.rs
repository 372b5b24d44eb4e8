//! Depth and number of fields of a document with its fragments written out, counted without writing them out.

use std::collections::HashMap;

use graphql_tools::parser::query::Selection;

use super::{Limits, exceeded};
use crate::ast::{Ast, Fragment, SelectionSet, fragments, operations};
use crate::refuse::RequestError;

/// Sizes of a selection set, fragments included.
#[derive(Clone, Copy, Default)]
struct Size {
    depth: usize,
    fields: usize,
    roots: usize,
}

/// A fragment that is being measured is below itself if it is met again.
enum Known {
    Underway,
    Measured(Size),
}

struct Measure<'d> {
    fragments: HashMap<&'d str, &'d Fragment>,
    known: HashMap<&'d str, Known>,
}

/// Refuses a document whose operations or fragments are too deep or too wide, or whose fragments go in circles.
pub fn shape(document: &Ast, limits: &Limits) -> Result<(), RequestError> {
    let fragments: HashMap<_, _> = fragments(document).map(|f| (f.name.as_str(), f)).collect();
    let mut measure = Measure { fragments, known: HashMap::new() };
    let names: Vec<&str> = measure.fragments.keys().copied().collect();
    for name in names {
        measure.fragment(name)?;
    }
    for operation in operations(document) {
        let size = measure.set(operation.selection)?;
        let checks = [
            ("MAX_DEPTH_EXCEEDED", "levels of fields", size.depth, limits.depth),
            ("MAX_FIELDS_EXCEEDED", "fields", size.fields, limits.fields),
            ("MAX_ROOT_FIELDS_EXCEEDED", "fields at its root", size.roots, limits.roots),
        ];
        for (code, unit, found, max) in checks {
            if found > max {
                let error = exceeded(code, "The operation", unit, found as u64, max as u64);
                return Err(error.at(operation.position).along(&[operation.label()]));
            }
        }
    }
    Ok(())
}

impl<'d> Measure<'d> {
    fn fragment(&mut self, name: &'d str) -> Result<Size, RequestError> {
        match self.known.get(name) {
            Some(Known::Measured(size)) => return Ok(*size),
            Some(Known::Underway) => return Err(self.circle(name)),
            None => {}
        }
        // An unknown name is for validation to report.
        let Some(fragment) = self.fragments.get(name) else { return Ok(Size::default()) };
        self.known.insert(name, Known::Underway);
        let size = self.set(&fragment.selection_set)?;
        self.known.insert(name, Known::Measured(size));
        Ok(size)
    }

    fn set(&mut self, set: &'d SelectionSet) -> Result<Size, RequestError> {
        let mut total = Size::default();
        for item in &set.items {
            let size = match item {
                Selection::Field(field) => {
                    let below = self.set(&field.selection_set)?;
                    Size { depth: below.depth + 1, fields: below.fields.saturating_add(1), roots: 1 }
                }
                Selection::InlineFragment(inline) => self.set(&inline.selection_set)?,
                Selection::FragmentSpread(spread) => self.fragment(&spread.fragment_name)?,
            };
            total.depth = total.depth.max(size.depth);
            total.fields = total.fields.saturating_add(size.fields);
            total.roots = total.roots.saturating_add(size.roots);
        }
        Ok(total)
    }

    fn circle(&self, name: &str) -> RequestError {
        let error = RequestError::new("infiniteLoop", format!("Fragment {name} contains an infinite loop"))
            .along(&[format!("fragment {name}")])
            .with("fragmentName", name);
        match self.fragments.get(name) {
            Some(fragment) => error.at(fragment.position),
            None => error,
        }
    }
}
