//! Rows of files, and what a merchant says of one.

use diesel::{pg::Pg, prelude::*};
use mcom_data::Result;
use mcom_schema::id::{FileId, ProductId, gid};
use mcom_tables::files;
use serde_json::Value;

use super::FileDetails;

/// A file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct File {
    /// Its number.
    pub id: i64,
    /// The merchant's name for it.
    pub handle: Option<String>,
    /// The product that it is shown with, and its place among what is shown of it, from 1.
    pub shown: Option<(ProductId, i32)>,
    /// What it shows, in words.
    pub alt: Option<String>,
    /// What it is.
    pub details: FileDetails,
}

impl File {
    /// The file.
    pub fn id(&self) -> FileId {
        FileId(self.id)
    }

    /// The public form of its id, in which stands what it is.
    pub fn gid(&self) -> String {
        gid(self.details.content.type_name(), self.id)
    }
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = files, check_for_backend(Pg))]
pub(super) struct FileRow {
    pub id: i64,
    pub handle: Option<String>,
    pub product_id: Option<i64>,
    pub position: Option<i32>,
    pub alt: Option<String>,
    pub details: Value,
}

impl FileRow {
    pub(super) fn read(self) -> Result<File> {
        let shown = self.product_id.zip(self.position).map(|(id, position)| (ProductId(id), position));
        let details = serde_json::from_value(self.details)?;
        Ok(File { id: self.id, handle: self.handle, shown, alt: self.alt, details })
    }
}

/// The columns of a file that writing sets.
#[derive(Debug, Clone, PartialEq, Eq, Insertable, AsChangeset)]
#[diesel(table_name = files, check_for_backend(Pg), treat_none_as_null = true)]
pub struct FileValues {
    pub(super) handle: Option<String>,
    pub(super) product_id: Option<i64>,
    pub(super) position: Option<i32>,
    pub(super) alt: Option<String>,
    pub(super) details: Value,
}

impl FileValues {
    /// The merchant's name for it, as it is written.
    pub fn handle(&self) -> Option<&str> {
        self.handle.as_deref()
    }

    /// Whether a file is so already.
    ///
    /// # Errors
    /// `Broken` if what it is cannot be written down.
    pub fn are_of(&self, file: &File) -> Result<bool> {
        let shown = file.shown.map(|(product, position)| (product.0, position));
        let there = (&file.handle, shown, &file.alt, serde_json::to_value(&file.details)?);
        let wanted = (&self.handle, self.product_id.zip(self.position), &self.alt, self.details.clone());
        Ok(there == wanted)
    }
}

/// What a file shall be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileInput {
    /// The merchant's name for it, by which it is known.
    pub handle: String,
    /// The product that it is shown with, and its place among what is shown of it, from 1.
    pub shown: Option<(ProductId, i32)>,
    /// What it shows, in words.
    pub alt: Option<String>,
    /// What it is.
    pub details: FileDetails,
}
