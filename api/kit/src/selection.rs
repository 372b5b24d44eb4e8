//! What is selected below a field, so that a count or a join is made only when somebody asks.

use async_graphql::Name;

/// Field names below a field, all fragments joined. A type condition is not looked at: what one member asks, all load.
#[derive(Clone, Debug, Default)]
pub struct Selection {
    fields: Vec<(Name, Selection)>,
}

impl Selection {
    /// A selection of these fields, each with what is selected below it.
    pub fn of(fields: impl IntoIterator<Item = (Name, Selection)>) -> Self {
        let mut all = Selection::default();
        for (name, below) in fields {
            all.add(&name).join(below);
        }
        all
    }

    fn join(&mut self, other: Selection) {
        for (name, below) in other.fields {
            self.add(&name).join(below);
        }
    }

    /// Adds a field, joined with an earlier one of the same name.
    pub(crate) fn add(&mut self, name: &Name) -> &mut Selection {
        let index = match self.fields.iter().position(|(known, _)| known == name) {
            Some(index) => index,
            None => {
                self.fields.push((name.clone(), Selection::default()));
                self.fields.len() - 1
            }
        };
        &mut self.fields[index].1
    }

    /// Whether a dotted path is selected: `"totalCount"`, `"nodes.variants"`.
    pub fn has(&self, path: &str) -> bool {
        path.split('.').try_fold(self, Selection::below).is_some()
    }

    /// What is selected below one field.
    pub fn below(&self, name: &str) -> Option<&Selection> {
        self.fields.iter().find(|(known, _)| known == name).map(|(_, selection)| selection)
    }
}
