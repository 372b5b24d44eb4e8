//! Rows of pages, and what a merchant says of one.

use chrono::{DateTime, Utc};
use diesel::{pg::Pg, prelude::*};
use mcom_data::Result;
use mcom_schema::{id::PageId, text::fold};
use mcom_tables::pages;

use crate::content;

/// A page.
#[derive(Debug, Clone, PartialEq, Queryable, Selectable)]
#[diesel(table_name = pages, check_for_backend(Pg))]
pub struct PageRow {
    /// The page's number.
    pub id: i64,
    /// What the merchant set.
    #[diesel(embed)]
    pub values: PageValues,
    /// When it was made.
    pub created_at: DateTime<Utc>,
    /// When it was last changed.
    pub updated_at: DateTime<Utc>,
}

impl PageRow {
    /// The page.
    pub fn id(&self) -> PageId {
        PageId(self.id)
    }
}

/// The columns of a page that a merchant sets.
#[derive(Debug, Clone, PartialEq, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = pages, check_for_backend(Pg), treat_none_as_null = true)]
pub struct PageValues {
    /// The readable part of its address.
    pub handle: String,
    /// Its name.
    pub title: String,
    pub(super) title_key: String,
    /// The text as it was written.
    pub body_html: String,
    /// Title for search engines, if it differs.
    pub seo_title: Option<String>,
    /// Description for search engines, if it differs.
    pub seo_description: Option<String>,
    /// The theme's alternate template.
    pub template_suffix: Option<String>,
    /// From when on it can be seen; none: never.
    pub published_at: Option<DateTime<Utc>>,
}

/// What a page shall be.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct PageInput {
    /// The readable part of its address; made of the title if there is none.
    pub handle: Option<String>,
    /// Its name.
    pub title: String,
    /// The text, HTML.
    pub body: String,
    /// Title for search engines.
    pub seo_title: Option<String>,
    /// Description for search engines.
    pub seo_description: Option<String>,
    /// The theme's alternate template.
    pub template_suffix: Option<String>,
    /// From when on it can be seen; none: never.
    pub published_at: Option<DateTime<Utc>>,
}

impl PageInput {
    /// The columns that this means.
    ///
    /// # Errors
    /// Refuses blank and long titles, handles without a letter, and bodies that are too long.
    pub fn checked(&self) -> Result<PageValues> {
        let title = content::title(&self.title)?;
        Ok(PageValues {
            handle: content::handle(self.handle.as_deref(), &title)?,
            title_key: fold(&title),
            title,
            body_html: content::body(&self.body)?,
            seo_title: content::some(self.seo_title.as_deref()),
            seo_description: content::some(self.seo_description.as_deref()),
            template_suffix: content::some(self.template_suffix.as_deref()),
            published_at: self.published_at,
        })
    }
}
