//! Connections: one page of a list, with cursors, for every kind of node.

pub use mcom_data::page::{Page, PageArgs, Position};
use mcom_schema::Refusal;
use serde::Deserialize;

/// The five arguments of every connection; put it into a field's own arguments with `#[serde(flatten)]`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub struct Paging {
    /// At most this many from the start of the list.
    pub first: Option<i64>,
    /// Only what comes after this cursor.
    pub after: Option<String>,
    /// At most this many from the end of the list.
    pub last: Option<i64>,
    /// Only what comes before this cursor.
    pub before: Option<String>,
    /// The list turned round.
    pub reverse: Option<bool>,
}

impl Paging {
    /// Which page is asked for.
    ///
    /// # Errors
    /// Refuses pages without a size, with two, or larger than 250.
    pub fn page(&self) -> Result<PageArgs, Refusal> {
        let reverse = self.reverse.unwrap_or_default();
        PageArgs::read(self.first, self.after.as_deref(), self.last, self.before.as_deref(), reverse)
    }
}

/// Where a page stands in its list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PageInfo {
    /// More follow.
    pub has_next_page: bool,
    /// Some come before.
    pub has_previous_page: bool,
    /// Cursor of the first node, if there is one.
    pub start_cursor: Option<String>,
    /// Cursor of the last node, if there is one.
    pub end_cursor: Option<String>,
}

crate::record!(PageInfo as "PageInfo" {
    "hasNextPage" = has_next_page,
    "hasPreviousPage" = has_previous_page,
    "startCursor" = start_cursor,
    "endCursor" = end_cursor,
});

impl PageInfo {
    /// Reads it off a page.
    pub fn of<T>(page: &Page<T>) -> Self {
        PageInfo {
            has_next_page: page.has_next,
            has_previous_page: page.has_previous,
            start_cursor: page.items.first().map(|(cursor, _)| cursor.clone()),
            end_cursor: page.items.last().map(|(cursor, _)| cursor.clone()),
        }
    }
}

/// Declares a connection with its edge. Fields beyond nodes, edges and pageInfo follow in braces; [`of`] leaves
/// them at their defaults.
///
/// ```
/// # struct Page { id: i64 }
/// # mcom_kit::record!(Page as "Page" { "id" = id });
/// mcom_kit::connection!(PageConnection, PageEdge of Page as "PageConnection" "PageEdge" {
///     "totalCount" = total_count: Option<i64>,
/// });
/// ```
///
/// [`of`]: PageInfo::of
#[macro_export]
macro_rules! connection {
    (
        $connection:ident, $edge:ident of $node:ty as $connection_name:literal $edge_name:literal
        $({ $($key:literal = $extra:ident: $type:ty),* $(,)? })?
    ) => {
        #[doc = concat!("A node of a list and its place in it: `", $edge_name, "`.")]
        pub struct $edge {
            /// Opaque, for `after` and `before`.
            pub cursor: String,
            /// What is there.
            pub node: ::std::sync::Arc<$node>,
        }

        $crate::record!($edge as $edge_name { "cursor" = cursor, "node" = node });

        #[doc = concat!("One page of a list: `", $connection_name, "`.")]
        pub struct $connection {
            /// The nodes.
            pub nodes: Vec<::std::sync::Arc<$node>>,
            /// The same nodes with their cursors.
            pub edges: Vec<$edge>,
            /// Where the page stands.
            pub page_info: $crate::connection::PageInfo,
            $($(
                #[doc = concat!("`", $key, "`")]
                pub $extra: $type,
            )*)?
        }

        impl $connection {
            /// Shows a page.
            pub fn of(page: $crate::connection::Page<::std::sync::Arc<$node>>) -> Self {
                let page_info = $crate::connection::PageInfo::of(&page);
                let nodes = page.items.iter().map(|(_, node)| node.clone()).collect();
                let edges = page.items.into_iter().map(|(cursor, node)| $edge { cursor, node }).collect();
                $connection { nodes, edges, page_info $($(, $extra: Default::default())*)? }
            }
        }

        $crate::record!($connection as $connection_name {
            "nodes" = nodes, "edges" = edges, "pageInfo" = page_info $($(, $key = $extra)*)?
        });
    };
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::{Page, PageArgs, Paging};

    pub struct Note {
        text: String,
    }
    crate::record!(Note as "Note" { "text" = text });
    crate::connection!(NoteConnection, NoteEdge of Note as "NoteConnection" "NoteEdge" {
        "totalCount" = total_count: Option<i64>,
    });

    fn page(texts: &[&str]) -> Page<Arc<Note>> {
        let note = |text: &&str| Arc::new(Note { text: (*text).to_owned() });
        Page::of(&PageArgs::first(2), texts.iter().map(note).collect(), |note| format!("at {}", note.text))
    }

    #[test]
    fn a_page_knows_its_ends() {
        let shown = NoteConnection { total_count: Some(3), ..NoteConnection::of(page(&["a", "b", "c"])) };
        assert_eq!(shown.nodes.len(), 2);
        assert_eq!(shown.edges[1].cursor, "at b");
        assert_eq!(shown.page_info.end_cursor.as_deref(), Some("at b"));
        assert!(shown.page_info.has_next_page && !shown.page_info.has_previous_page);
        assert_eq!(shown.total_count, Some(3));
    }

    #[test]
    fn an_empty_page_has_no_ends() {
        let shown = NoteConnection::of(page(&[]));
        assert_eq!((shown.page_info.start_cursor, shown.page_info.end_cursor), (None, None));
    }

    #[test]
    fn a_page_needs_a_size_within_the_limit() {
        let first = |first| Paging { first, ..Paging::default() }.page();
        assert_eq!(first(Some(10)), Ok(PageArgs::first(10)));
        assert!(first(None).is_err());
        assert!(first(Some(251)).is_err());
    }
}
