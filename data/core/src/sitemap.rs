//! Sitemaps: everything of a kind that anybody may see, in numbered pages in the order of ids, so that what is new comes last and a
//! crawler that walks on misses nothing. Where pages begin is found once; each page is then read from its first id on.

use std::ops::Range;

use chrono::{DateTime, Utc};

/// Entries of a page.
pub const ENTRIES: i64 = 250;

/// Something that search engines shall know.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SitemapEntry {
    /// How it is named in addresses.
    pub handle: String,
    /// What it is called.
    pub title: String,
    /// When it was last changed.
    pub updated_at: DateTime<Utc>,
    /// Where its picture is, and what that shows in words.
    pub image: Option<(String, Option<String>)>,
}

/// Where the pages of a sitemap begin: the first id of each.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SitemapPages(Vec<i64>);

impl SitemapPages {
    /// Pages that begin with these ids, in their order.
    pub fn beginning_with(ids: Vec<i64>) -> Self {
        SitemapPages(ids)
    }

    /// How many there are.
    pub fn count(&self) -> usize {
        self.0.len()
    }

    /// Whether there is a page behind this one.
    pub fn has_next(&self, number: i64) -> bool {
        usize::try_from(number).is_ok_and(|number| number < self.0.len())
    }

    /// The ids of the page with this number; the first one is 1, and exists even if nothing is in it.
    pub fn ids(&self, number: i64) -> Option<Range<i64>> {
        let index = usize::try_from(number).ok()?.checked_sub(1)?;
        let end = self.0.get(index + 1).copied().unwrap_or(i64::MAX);
        match self.0.get(index) {
            Some(begin) => Some(*begin..end),
            None => (index == 0).then_some(0..0),
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
        let pages = SitemapPages::beginning_with(vec![3, 40]);
        assert_eq!(
            [-1, 0, 1, 2, 3].map(|number| pages.ids(number)),
            [None, None, Some(3..40), Some(40..i64::MAX), None]
        );
        assert_eq!([0, 1, 2].map(|number| pages.has_next(number)), [true, true, false]);
    }

    #[test]
    fn an_empty_sitemap_has_an_empty_first_page() {
        let none = SitemapPages::default();
        assert_eq!((none.count(), none.ids(1), none.ids(2)), (0, Some(0..0), None));
        assert!(!none.has_next(1));
    }
}
