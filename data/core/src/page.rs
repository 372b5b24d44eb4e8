//! Pagination: keyset on `(sort key, id)`, opaque cursors that know their sort, one helper for both directions.

use base64::{Engine, engine::general_purpose::STANDARD};
use mcom_schema::{Refusal, refuse};
use serde::{Deserialize, Serialize};

/// No list gives more than this per page.
pub const LARGEST_PAGE: i64 = 250;

/// Which page of a list is asked for: the first `count` after a cursor, or the last `count` before one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PageArgs {
    /// At most this many.
    pub count: i64,
    /// From the end of the list instead of its beginning.
    pub backward: bool,
    /// Where to begin, exclusively.
    pub cursor: Option<String>,
    /// The list itself is turned round.
    pub reverse: bool,
}

impl PageArgs {
    /// Reads the four arguments of every connection.
    ///
    /// # Errors
    /// Refuses pages without a size, with two, or with one outside 0..=250.
    pub fn read(
        first: Option<i64>,
        after: Option<&str>,
        last: Option<i64>,
        before: Option<&str>,
        reverse: bool,
    ) -> Result<Self, Refusal> {
        let (name, count, cursor, backward) = match (first, last) {
            (Some(_), Some(_)) => {
                return Err(refuse("first", "INVALID", "providing both first and last is not supported"));
            }
            (None, None) => return Err(refuse("first", "INVALID", "you must provide one of first or last")),
            (Some(n), None) => ("first", n, after, false),
            (None, Some(n)) => ("last", n, before, true),
        };
        if !(0..=LARGEST_PAGE).contains(&count) {
            return Err(refuse(name, "INVALID", format!("{name} must be within 0..{LARGEST_PAGE}")));
        }
        Ok(PageArgs { count, backward, cursor: cursor.map(str::to_owned), reverse })
    }

    /// The first `count` of a list.
    pub fn first(count: i64) -> Self {
        PageArgs { count, backward: false, cursor: None, reverse: false }
    }

    /// Whether SQL must sort descending.
    pub fn descending(&self) -> bool {
        self.reverse != self.backward
    }

    /// How many rows to read: one more than asked for tells whether there is a next page.
    pub fn limit(&self) -> i64 {
        self.count + 1
    }

    /// The position that the cursor stands for, if there is one.
    ///
    /// # Errors
    /// Refuses cursors that are not ours or belong to another sort.
    pub fn position<K: SortKey>(&self, sort: &str) -> Result<Option<Position<K>>, Refusal> {
        let Some(text) = &self.cursor else { return Ok(None) };
        let name = if self.backward { "before" } else { "after" };
        let wrong = || refuse(name, "INVALID", "the cursor does not belong to this list");
        let bytes = STANDARD.decode(text).map_err(|_| wrong())?;
        let cursor: Cursor<K> = serde_json::from_slice(&bytes).map_err(|_| wrong())?;
        if cursor.sort != sort {
            return Err(wrong());
        }
        Ok(Some(Position { id: cursor.last_id, key: cursor.last_value }))
    }
}

/// What lists can be sorted by.
pub trait SortKey: Serialize + for<'de> Deserialize<'de> {}
impl<T: Serialize + for<'de> Deserialize<'de>> SortKey for T {}

/// A place in a sorted list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Position<K> {
    /// The id of the row there.
    pub id: i64,
    /// Its sort key.
    pub key: K,
}

#[derive(Serialize, Deserialize)]
struct Cursor<K> {
    last_id: i64,
    last_value: K,
    sort: String,
}

impl<K: SortKey> Position<K> {
    /// The opaque text that stands for this place in the list sorted by `sort`.
    pub fn cursor(self, sort: &str) -> String {
        let cursor = Cursor { last_id: self.id, last_value: self.key, sort: sort.to_owned() };
        STANDARD.encode(serde_json::to_vec(&cursor).unwrap_or_default())
    }
}

/// One page of a list.
#[derive(Debug, Clone, PartialEq)]
pub struct Page<T> {
    /// In the order of the list, each with its cursor.
    pub items: Vec<(String, T)>,
    /// There are more after the last.
    pub has_next: bool,
    /// There are some before the first.
    pub has_previous: bool,
}

impl<T> Page<T> {
    /// Makes a page of the rows that SQL gave (up to [`PageArgs::limit`], in SQL's order).
    pub fn of(args: &PageArgs, mut rows: Vec<T>, cursor: impl Fn(&T) -> String) -> Self {
        let more = rows.len() as i64 > args.count;
        rows.truncate(usize::try_from(args.count).unwrap_or_default());
        if args.backward {
            rows.reverse();
        }
        let (has_next, has_previous) =
            if args.backward { (args.cursor.is_some(), more) } else { (more, args.cursor.is_some()) };
        Page { items: rows.into_iter().map(|row| (cursor(&row), row)).collect(), has_next, has_previous }
    }

    /// The same page with what was `found` of its items in their place; those that are gone since are left out.
    pub fn with<U>(self, found: impl IntoIterator<Item = (T, U)>) -> Page<U>
    where
        T: Eq + std::hash::Hash,
    {
        let mut found: std::collections::HashMap<T, U> = found.into_iter().collect();
        let items = self.items.into_iter().filter_map(|(cursor, id)| Some((cursor, found.remove(&id)?)));
        Page { items: items.collect(), has_next: self.has_next, has_previous: self.has_previous }
    }

    /// The same page of other things.
    pub fn map<U>(self, f: impl Fn(T) -> U) -> Page<U> {
        let items = self.items.into_iter().map(|(cursor, item)| (cursor, f(item))).collect();
        Page { items, has_next: self.has_next, has_previous: self.has_previous }
    }
}

#[cfg(test)]
mod tests {
    use super::{Page, PageArgs, Position};

    #[test]
    fn a_cursor_leads_back_to_its_place_and_only_in_its_own_list() {
        let cursor = Position { id: 7, key: "mug".to_owned() }.cursor("TITLE");
        let args = PageArgs { cursor: Some(cursor), ..PageArgs::first(10) };
        assert_eq!(args.position::<String>("TITLE"), Ok(Some(Position { id: 7, key: "mug".to_owned() })));
        assert!(args.position::<String>("VENDOR").is_err());
        assert!(args.position::<i64>("TITLE").is_err());
        assert!(PageArgs { cursor: Some("?".into()), ..args }.position::<String>("TITLE").is_err());
    }

    #[test]
    fn pages_read_one_row_more_and_keep_the_lists_order() {
        let forward = PageArgs::first(2);
        let page = Page::of(&forward, vec![1, 2, 3], i32::to_string);
        assert_eq!((page.items.len(), page.has_next, page.has_previous), (2, true, false));
        let backward = PageArgs { count: 2, backward: true, cursor: Some(String::new()), reverse: false };
        let page = Page::of(&backward, vec![3, 2, 1], i32::to_string);
        assert_eq!(page.items.iter().map(|i| i.1).collect::<Vec<_>>(), [2, 3]);
        assert_eq!((page.has_next, page.has_previous), (true, true));
    }

    #[test]
    fn a_page_needs_one_size() {
        assert!(PageArgs::read(None, None, None, None, false).is_err());
        assert!(PageArgs::read(Some(1), None, Some(1), None, false).is_err());
        assert!(PageArgs::read(Some(251), None, None, None, false).is_err());
        assert!(PageArgs::read(Some(-1), None, None, None, false).is_err());
        assert!(PageArgs::read(Some(250), None, None, None, false).is_ok());
    }
}
