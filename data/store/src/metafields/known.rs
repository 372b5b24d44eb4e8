//! Whether there is what values refer to.

use std::collections::{HashMap, HashSet};

use mcom_data::{Result, TenantConn};
use mcom_schema::{Refusal, refuse};

use super::{
    query,
    value::{Referenced, ReferencedKind, Validation, ValueType},
};

/// What there is of what was asked for.
#[derive(Debug, Default)]
pub(crate) struct Known {
    there: HashSet<Referenced>,
    /// Of which kinds metaobjects are.
    kinds: HashMap<i64, String>,
}

impl Known {
    /// Looks up references: one statement for each kind among them.
    pub(crate) async fn among(
        db: &mut TenantConn,
        references: impl Iterator<Item = Referenced>,
    ) -> Result<Self> {
        let mut wanted: HashMap<ReferencedKind, Vec<i64>> = HashMap::new();
        for reference in references {
            wanted.entry(reference.kind).or_default().push(reference.id);
        }
        let mut known = Known::default();
        for (kind, ids) in wanted {
            if kind == ReferencedKind::Metaobject {
                known.kinds = query::metaobject_kinds(db, &ids).await?;
                let ids = known.kinds.keys();
                known.there.extend(ids.map(|id| Referenced { kind, id: *id }));
            } else {
                let found = query::existing(db, kind, &ids).await?;
                known.there.extend(found.into_iter().map(|id| Referenced { kind, id }));
            }
        }
        Ok(known)
    }

    /// Whether a value refers to nothing that is missing, nor to things of a kind that its rules do not want.
    pub(crate) fn allows(
        &self,
        of: ValueType,
        value: &str,
        validations: &[Validation],
    ) -> Result<(), Refusal> {
        let kinds = wanted_kinds(validations);
        for reference in of.references(value) {
            if !self.there.contains(&reference) {
                let message = format!("There is no {}", reference.gid());
                return Err(refuse("value", "INVALID_VALUE", message));
            }
            let kind = self.kinds.get(&reference.id).filter(|_| reference.kind == ReferencedKind::Metaobject);
            if let (Some(wanted), Some(kind)) = (&kinds, kind)
                && !wanted.contains(kind)
            {
                let message = format!("{} is of type {kind}, not {}", reference.gid(), wanted.join(" or "));
                return Err(refuse("value", "INVALID_VALUE", message));
            }
        }
        Ok(())
    }
}

/// The kinds of metaobjects that rules want, if they want some.
pub fn wanted_kinds(validations: &[Validation]) -> Option<Vec<String>> {
    validations.iter().find_map(|rule| match rule.name.as_str() {
        "metaobject_definition_type" => Some(vec![rule.value.clone()]),
        "metaobject_definition_types" => serde_json::from_str(&rule.value).ok(),
        _ => None,
    })
}
