//! One walk over a store file: what it found wrong, and what it changed or would change.

use std::collections::HashSet;

use mcom_data::{Cx, Error, Result};
use mcom_store::menus::MenuItemKind;
use serde::Serialize;

use super::{
    Outcome, Wish,
    document::{Document, Fault, below},
    file::StoreFile,
    link::Link,
};

/// What is done to a thing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Action {
    /// It was not there.
    Create,
    /// It was different.
    Update,
    /// The file does not name it.
    Delete,
}

/// Something that was changed or would be.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Change {
    /// What is done.
    pub action: Action,
    /// To what kind of thing: `page`.
    pub kind: &'static str,
    /// To which: `about`.
    pub name: String,
}

/// A walk under way.
pub(super) struct Run<'a> {
    pub cx: &'a Cx,
    pub file: &'a StoreFile,
    pub wish: Wish,
    document: &'a Document,
    faults: Vec<Fault>,
    outcome: Outcome,
}

impl<'a> Run<'a> {
    pub fn new(cx: &'a Cx, document: &'a Document, file: &'a StoreFile, wish: Wish) -> Self {
        Run { cx, file, wish, document, faults: vec![], outcome: Outcome::default() }
    }

    /// What the walk came to.
    pub fn end(self) -> Result<Outcome, Vec<Fault>> {
        if self.faults.is_empty() { Ok(self.outcome) } else { Err(self.faults) }
    }

    /// Tells what is wrong with the value at `path`.
    pub fn fault(&mut self, path: &str, message: impl Into<String>) {
        self.faults.push(self.document.fault_at(path, message));
    }

    /// What a check or a verb gives; what it refuses is told of the entry at `path`.
    ///
    /// # Errors
    /// What has nothing to do with the file.
    pub fn heed<T>(&mut self, path: &str, done: Result<T>) -> Result<Option<T>> {
        match done {
            Ok(done) => Ok(Some(done)),
            Err(Error::Refused(refusals)) => {
                for refusal in refusals {
                    let path = refusal.field.iter().fold(path.to_owned(), |path, name| below(&path, name));
                    self.fault(&path, refusal.message);
                }
                Ok(None)
            }
            Err(error) => Err(error),
        }
    }

    /// Notes a change, and says whether it is to be carried out.
    pub fn does(&mut self, action: Action, kind: &'static str, name: &str) -> bool {
        self.outcome.changes.push(Change { action, kind, name: name.to_owned() });
        !self.wish.dry_run
    }

    /// Notes something that is as the file says.
    pub fn keeps(&mut self) {
        self.outcome.unchanged += 1;
    }

    /// Notes something of which the file says nothing, and says whether it is to be deleted now.
    pub fn passes(&mut self, kind: &'static str, name: &str) -> bool {
        if self.wish.prune {
            return self.does(Action::Delete, kind, name);
        }
        self.outcome.unnamed += 1;
        false
    }

    /// Tells of entries that are named twice.
    pub fn named_once<'n>(&mut self, section: &str, names: impl Iterator<Item = &'n str>) {
        let mut seen = HashSet::new();
        for (index, name) in names.enumerate() {
            if !seen.insert(name) {
                let path = below(section, &index.to_string());
                self.fault(&path, format!("«{name}» is there twice"));
            }
        }
    }

    /// Whether the file makes what a link names.
    pub fn plans(&self, link: Link<'_>) -> bool {
        let file = self.file;
        let blog = |handle: &str| file.blogs.iter().flatten().find(|blog| blog.handle == handle);
        match link.kind {
            MenuItemKind::Page => file.pages.iter().flatten().any(|page| page.handle == link.name),
            MenuItemKind::Blog => blog(link.name).is_some(),
            MenuItemKind::Collection => file.collections.iter().flatten().any(|it| it.handle == link.name),
            MenuItemKind::Article => link.name.split_once('/').is_some_and(|(of, handle)| {
                let mut articles = blog(of).into_iter().flat_map(|blog| blog.articles.iter().flatten());
                articles.any(|article| article.handle == handle)
            }),
            MenuItemKind::Metaobject => link.name.split_once('/').is_some_and(|(kind, handle)| {
                file.metaobjects.iter().flatten().any(|it| it.r#type == kind && it.handle == handle)
            }),
            MenuItemKind::ShopPolicy => {
                let mut named = file.policies.iter().flat_map(super::section::policies::named);
                named.any(|(kind, body)| body.is_some() && kind.handle() == link.name)
            }
            _ => false,
        }
    }
}
