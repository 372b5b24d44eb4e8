//! Fields without the engine: whoever answers a field is asked directly, with the same arguments and marks.

use std::{collections::HashMap, sync::Arc};

use async_graphql::{Name, Value, Variables};
use async_graphql_value::Value as Literal;

use super::slot::{Slot, Source};
use crate::{
    Args, Cx, Fault, Selection,
    record::{Prop, Record},
    registry::{Root, Run},
    types::literal,
};

/// The fields of a schema by the object type they are of.
#[derive(Clone, Default)]
pub struct Direct {
    slots: HashMap<String, HashMap<String, Arc<Slot>>>,
}

impl Direct {
    pub(super) fn learn(&mut self, owner: &str, slot: &Arc<Slot>) {
        self.slots.entry(owner.to_owned()).or_default().insert(slot.name.clone(), slot.clone());
    }

    /// Who answers a field; none if another subgraph does, or if not everybody may ask.
    pub fn field(&self, owner: &str, field: &str) -> Option<Answerer> {
        let slot = self.slots.get(owner)?.get(field)?;
        let types = slot.types.possible(&slot.gives);
        let is_open =
            slot.access.is_empty() && types.iter().all(|name| slot.guards.type_scopes(name).is_empty());
        let is_ours = !matches!(slot.source, Source::Elsewhere);
        (is_open && is_ours).then(|| Answerer(slot.clone()))
    }
}

/// Who answers one field.
#[derive(Clone)]
pub struct Answerer(Arc<Slot>);

impl Answerer {
    /// Whether the answer has to be waited for.
    pub fn loads(&self) -> bool {
        matches!(&self.0.source, Source::Function(function) if matches!(function.run, Run::Later(_)))
    }

    /// Whether it wants to know what is selected below the field.
    pub fn wants_selection(&self) -> bool {
        matches!(&self.0.source, Source::Function(function) if function.selection)
    }

    /// The arguments of a field as they are written there.
    ///
    /// # Errors
    /// Those that the SDL does not take.
    pub fn arguments(&self, given: &[(Name, Literal)], variables: &Variables) -> Result<Args, Fault> {
        if self.0.args.is_empty() {
            return Ok(Args::default());
        }
        let get = |name: &str| -> Option<Value> {
            let (_, value) = given.iter().find(|(known, _)| known == name)?;
            literal(value, variables)
        };
        let coerced = self.0.types.coerce_args(&self.0.args, get);
        coerced.map(Args::new).map_err(|problems| Fault::problems(&problems))
    }

    /// The answer of a property or of a function that loads nothing.
    ///
    /// # Errors
    /// Those of the function.
    pub fn answer<'a>(
        &self,
        cx: &'a Cx,
        parent: &'a dyn Record,
        (args, selection): (Args, Selection),
    ) -> Result<Prop<'a>, Fault> {
        match &self.0.source {
            Source::Prop => Ok(self.marked(parent.prop(&self.0.name))),
            Source::Function(function) => match &function.run {
                Run::Now(run) => run(cx, parent, args, selection).map(|prop| self.marked(prop)),
                Run::Later(_) => Err(misused(&self.0.name)),
            },
            Source::Elsewhere => Err(misused(&self.0.name)),
        }
    }

    /// The answer of a function that loads something. Root fields have no parent.
    ///
    /// # Errors
    /// Those of the function.
    pub async fn load(
        &self,
        cx: &Cx,
        parent: Option<&dyn Record>,
        (args, selection): (Args, Selection),
    ) -> Result<Prop<'static>, Fault> {
        match &self.0.source {
            Source::Function(function) => match &function.run {
                Run::Later(run) => {
                    let loaded = run(cx, parent.unwrap_or(&Root), args, selection).await;
                    loaded.map(|prop| self.marked(prop))
                }
                Run::Now(_) => Err(misused(&self.0.name)),
            },
            _ => Err(misused(&self.0.name)),
        }
    }

    fn marked<'a>(&self, prop: Prop<'a>) -> Prop<'a> {
        if !matches!(prop, Prop::Null) {
            self.0.mark.set();
        }
        prop
    }
}

fn misused(field: &str) -> Fault {
    Fault::new("INTERNAL_SERVER_ERROR", format!("{field} cannot be asked in this way"))
}
