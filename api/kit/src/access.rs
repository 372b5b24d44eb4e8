//! Guards: the scopes that `@access` demands are held before a function runs or an entity is loaded.

use std::collections::HashMap;

use mcom_schema::Scope;

use crate::{
    Cx, Fault,
    answer::{Site, ToFault},
    types::{DefKind, Ty, Types},
};

/// The scopes demanded by the types of a schema.
#[derive(Clone, Default)]
pub(crate) struct Guards {
    types: HashMap<String, Vec<Scope>>,
}

impl Guards {
    pub(crate) fn of(types: &Types) -> Self {
        let guarded = types.defs.iter().filter_map(|(name, def)| match &def.kind {
            DefKind::Object(object) if !object.access.is_empty() => {
                Some((name.to_string(), object.access.clone()))
            }
            _ => None,
        });
        Guards { types: guarded.collect() }
    }

    /// What a field demands: its own scopes, and those of the object type it gives.
    pub(crate) fn field(&self, own: &[Scope], ty: &Ty) -> Vec<Scope> {
        own.iter().chain(self.type_scopes(ty.name())).copied().collect()
    }

    /// What an object demands of whoever gets to see it.
    pub(crate) fn type_scopes(&self, name: &str) -> &[Scope] {
        self.types.get(name).map_or(&[], Vec::as_slice)
    }
}

/// Lets pass who holds all of `scopes`.
///
/// # Errors
/// `ACCESS_DENIED`, naming the first scope that is missing.
pub(crate) fn check(cx: &Cx, scopes: &[Scope], field: &str) -> Result<(), Fault> {
    scopes
        .iter()
        .try_for_each(|scope| cx.require(*scope))
        .map_err(|error| error.to_fault(&Site { cx, field }))
}
