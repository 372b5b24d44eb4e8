//! Rows of articles, and what a merchant says of one.

use chrono::{DateTime, Utc};
use diesel::{pg::Pg, prelude::*};
use mcom_data::Result;
use mcom_schema::{Look, id::ArticleId, refuse, text::fold};
use mcom_tables::articles;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::{blogs::BlogRow, content};

/// An article and the blog it is in.
#[derive(Debug, Clone, PartialEq)]
pub struct Article {
    /// The article.
    pub row: ArticleRow,
    /// Who wrote it.
    pub author: Author,
    /// Its blog.
    pub blog: BlogRow,
}

impl Article {
    /// An article as it was read with its blog.
    pub(crate) fn read((row, blog): (ArticleRow, BlogRow)) -> Result<Self> {
        let author = serde_json::from_value(row.values.author.clone())?;
        Ok(Article { row, author, blog })
    }
}

/// An article.
#[derive(Debug, Clone, PartialEq, Queryable, Selectable)]
#[diesel(table_name = articles, check_for_backend(Pg))]
pub struct ArticleRow {
    /// The article's number.
    pub id: i64,
    /// What the merchant set.
    #[diesel(embed)]
    pub values: ArticleValues,
    /// When it was made.
    pub created_at: DateTime<Utc>,
    /// When it was last changed.
    pub updated_at: DateTime<Utc>,
}

impl ArticleRow {
    /// The article.
    pub fn id(&self) -> ArticleId {
        ArticleId(self.id)
    }
}

/// The columns of an article that a merchant sets.
#[derive(Debug, Clone, PartialEq, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = articles, check_for_backend(Pg), treat_none_as_null = true)]
pub struct ArticleValues {
    /// The readable part of its address, unique in its blog.
    pub handle: String,
    /// Its name.
    pub title: String,
    title_key: String,
    pub(super) author: Value,
    author_key: String,
    /// The text as it was written.
    pub body_html: String,
    /// What lists show of it.
    pub excerpt_html: Option<String>,
    /// Labels, in alphabetical order.
    pub tags: Vec<String>,
    /// Where its picture is.
    pub image_url: Option<String>,
    /// What its picture shows.
    pub image_alt: Option<String>,
    image_look: Option<Value>,
    /// Title for search engines, if it differs.
    pub seo_title: Option<String>,
    /// Description for search engines, if it differs.
    pub seo_description: Option<String>,
    /// The theme's alternate template.
    pub template_suffix: Option<String>,
    /// From when on it can be seen; none: never.
    pub published_at: Option<DateTime<Utc>>,
}

impl ArticleValues {
    /// How its picture looks before it is there.
    pub fn image_look(&self) -> Look {
        Look::of(self.image_look.as_ref())
    }
}

/// Who wrote an article.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Author {
    /// First name; may be empty.
    pub first_name: String,
    /// Last name; may be empty.
    pub last_name: String,
    /// Where the author is reached; may be empty.
    pub email: String,
    /// A few words about the author.
    pub bio: Option<String>,
}

impl Author {
    /// First and last name.
    pub fn name(&self) -> String {
        format!("{} {}", self.first_name, self.last_name).trim().to_owned()
    }
}

/// What an article shall be.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct ArticleInput {
    /// The readable part of its address; made of the title if there is none.
    pub handle: Option<String>,
    /// Its name.
    pub title: String,
    /// Who wrote it.
    pub author: Author,
    /// The text, HTML.
    pub body: String,
    /// What lists show of it, HTML.
    pub excerpt: Option<String>,
    /// Labels.
    pub tags: Vec<String>,
    /// Where its picture is.
    pub image_url: Option<String>,
    /// What its picture shows.
    pub image_alt: Option<String>,
    /// How it looks before it is there.
    pub image_look: Look,
    /// Title for search engines.
    pub seo_title: Option<String>,
    /// Description for search engines.
    pub seo_description: Option<String>,
    /// The theme's alternate template.
    pub template_suffix: Option<String>,
    /// From when on it can be seen; none: never.
    pub published_at: Option<DateTime<Utc>>,
}

impl ArticleInput {
    /// The columns that this means.
    ///
    /// # Errors
    /// Refuses blank and long titles, handles without a letter, authors without a name, and bodies that are too long.
    pub fn checked(&self) -> Result<ArticleValues> {
        let title = content::title(&self.title)?;
        let name = self.author.name();
        if name.is_empty() {
            return Err(refuse("author", "BLANK", "Author can't be blank").into());
        }
        let mut tags: Vec<String> =
            self.tags.iter().filter_map(|tag| content::some(Some(tag.as_str()))).collect();
        tags.sort_by_key(|tag| fold(tag));
        tags.dedup_by_key(|tag| fold(tag));
        Ok(ArticleValues {
            handle: content::handle(self.handle.as_deref(), &title)?,
            title_key: fold(&title),
            title,
            author: serde_json::to_value(&self.author)?,
            author_key: fold(&name),
            body_html: content::body(&self.body)?,
            excerpt_html: content::some(self.excerpt.as_deref()),
            tags,
            image_url: content::some(self.image_url.as_deref()),
            image_alt: content::some(self.image_alt.as_deref()),
            image_look: self.image_look.kept(),
            seo_title: content::some(self.seo_title.as_deref()),
            seo_description: content::some(self.seo_description.as_deref()),
            template_suffix: content::some(self.template_suffix.as_deref()),
            published_at: self.published_at,
        })
    }
}
