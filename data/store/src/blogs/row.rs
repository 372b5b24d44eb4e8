//! Rows of blogs, and what a merchant says of one.

use chrono::{DateTime, Utc};
use diesel::{pg::Pg, prelude::*};
use mcom_data::Result;
use mcom_schema::{id::BlogId, text::fold};
use mcom_tables::blogs;

use crate::content;

/// A blog.
#[derive(Debug, Clone, PartialEq, Queryable, Selectable)]
#[diesel(table_name = blogs, check_for_backend(Pg))]
pub struct BlogRow {
    /// The blog's number.
    pub id: i64,
    /// What the merchant set.
    #[diesel(embed)]
    pub values: BlogValues,
    /// When it was made.
    pub created_at: DateTime<Utc>,
    /// When it was last changed.
    pub updated_at: DateTime<Utc>,
}

impl BlogRow {
    /// The blog.
    pub fn id(&self) -> BlogId {
        BlogId(self.id)
    }

    /// Its name.
    pub fn title(&self) -> &str {
        &self.values.title
    }
}

/// The columns of a blog that a merchant sets.
#[derive(Debug, Clone, PartialEq, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = blogs, check_for_backend(Pg), treat_none_as_null = true)]
pub struct BlogValues {
    /// The readable part of its address.
    pub handle: String,
    /// Its name.
    pub title: String,
    title_key: String,
    /// Title for search engines, if it differs.
    pub seo_title: Option<String>,
    /// Description for search engines, if it differs.
    pub seo_description: Option<String>,
    /// The theme's alternate template.
    pub template_suffix: Option<String>,
}

/// What a blog shall be.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct BlogInput {
    /// The readable part of its address; made of the title if there is none.
    pub handle: Option<String>,
    /// Its name.
    pub title: String,
    /// Title for search engines.
    pub seo_title: Option<String>,
    /// Description for search engines.
    pub seo_description: Option<String>,
    /// The theme's alternate template.
    pub template_suffix: Option<String>,
}

impl BlogInput {
    /// The columns that this means.
    ///
    /// # Errors
    /// Refuses blank and long titles, and handles without a letter.
    pub fn checked(&self) -> Result<BlogValues> {
        let title = content::title(&self.title)?;
        Ok(BlogValues {
            handle: content::handle(self.handle.as_deref(), &title)?,
            title_key: fold(&title),
            title,
            seo_title: content::some(self.seo_title.as_deref()),
            seo_description: content::some(self.seo_description.as_deref()),
            template_suffix: content::some(self.template_suffix.as_deref()),
        })
    }
}
