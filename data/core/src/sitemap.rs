//! Sitemaps: everything of a kind that anybody may see, in numbered pages in the order of ids, so that what is new comes last and a
//! crawler that walks on misses nothing. Where pages begin is found once; each page is then read from its first id on.

use std::ops::Range;

use chrono::{DateTime, Utc};
use diesel::{
    QueryableByName,
    sql_types::{BigInt, Nullable, Text, Timestamptz},
};

/// Entries of a page.
pub const ENTRIES: i64 = 250;

/// Something that search engines shall know, as statements answer it.
#[derive(Debug, Clone, PartialEq, Eq, QueryableByName)]
pub struct SitemapEntry {
    /// How it is named in addresses.
    #[diesel(sql_type = Text)]
    pub handle: String,
    /// What it is called.
    #[diesel(sql_type = Text)]
    pub title: String,
    /// When it was last changed.
    #[diesel(sql_type = Timestamptz)]
    pub updated_at: DateTime<Utc>,
    /// Where its picture is.
    #[diesel(sql_type = Nullable<Text>)]
    pub image: Option<String>,
    /// What the picture shows, in words.
    #[diesel(sql_type = Nullable<Text>)]
    pub image_alt: Option<String>,
}

/// Where a page of a sitemap begins, as statements answer it.
#[derive(Debug, Clone, Copy, QueryableByName)]
pub struct SitemapBeginning {
    #[diesel(sql_type = BigInt)]
    id: i64,
}

/// Where the pages of a sitemap begin: the first id of each.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SitemapPages(Vec<i64>);

/// Pages in the order of their beginnings.
impl FromIterator<SitemapBeginning> for SitemapPages {
    fn from_iter<I: IntoIterator<Item = SitemapBeginning>>(beginnings: I) -> Self {
        SitemapPages(beginnings.into_iter().map(|beginning| beginning.id).collect())
    }
}

impl SitemapPages {
    /// How many there are.
    pub fn count(&self) -> usize {
        self.0.len()
    }

    /// Whether there is a page behind this one.
    pub fn has_next(&self, number: i64) -> bool {
        usize::try_from(number).is_ok_and(|number| number < self.0.len())
    }

    /// The ids of the page with this number, from 1; behind the last one there is nothing on a page.
    pub fn ids(&self, number: i64) -> Option<Range<i64>> {
        let index = usize::try_from(number).ok()?.checked_sub(1)?;
        let end = self.0.get(index + 1).copied().unwrap_or(i64::MAX);
        match self.0.get(index) {
            Some(begin) => Some(*begin..end),
            None => Some(0..0),
        }
    }
}

/// A page of a sitemap.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SitemapPage {
    /// What is on it.
    pub entries: Vec<SitemapEntry>,
    /// Whether there is another one.
    pub has_next: bool,
}

#[cfg(test)]
mod tests {
    use super::SitemapPages;

    #[test]
    fn pages_are_numbered_from_one() {
        let pages = SitemapPages(vec![3, 40]);
        assert_eq!(
            [-1, 0, 1, 2, 3].map(|number| pages.ids(number)),
            [None, None, Some(3..40), Some(40..i64::MAX), Some(0..0)]
        );
        assert_eq!([0, 1, 2].map(|number| pages.has_next(number)), [true, true, false]);
    }

    #[test]
    fn an_empty_sitemap_has_empty_pages() {
        let none = SitemapPages::default();
        assert_eq!((none.count(), none.ids(1), none.ids(2)), (0, Some(0..0), Some(0..0)));
        assert!(!none.has_next(1));
    }
}
