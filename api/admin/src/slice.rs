//! Pages of short lists that are in memory already.

use mcom_data::page::{Page, PageArgs, Position};
use mcom_schema::Refusal;

/// The asked page of `items`, each given with its sort key and its id.
///
/// # Errors
/// Refuses cursors of other lists.
pub(crate) fn page_of<T>(
    mut items: Vec<(i64, i64, T)>,
    sort: &str,
    args: &PageArgs,
) -> Result<Page<T>, Refusal> {
    items.sort_by_key(|(key, id, _)| (*key, *id));
    if args.descending() {
        items.reverse();
    }
    if let Some(at) = args.position::<i64>(sort)? {
        let place = (at.key, at.id);
        items
            .retain(|(key, id, _)| if args.descending() { (*key, *id) < place } else { (*key, *id) > place });
    }
    items.truncate(usize::try_from(args.limit()).unwrap_or_default());
    let page = Page::of(args, items, |(key, id, _)| Position { id: *id, key: *key }.cursor(sort));
    Ok(page.map(|(_, _, item)| item))
}

#[cfg(test)]
mod tests {
    use mcom_data::page::PageArgs;

    use super::page_of;

    fn names(args: &PageArgs) -> (Vec<&'static str>, Vec<String>) {
        let items = vec![(2, 1, "b"), (1, 2, "a"), (3, 3, "c")];
        let page = page_of(items, "POSITION", args).expect("a cursor of this list");
        page.items.into_iter().map(|(cursor, name)| (name, cursor)).unzip()
    }

    #[test]
    fn a_list_is_walked_in_both_directions() {
        let (first, cursors) = names(&PageArgs::first(2));
        assert_eq!(first, ["a", "b"]);
        let after = PageArgs { cursor: cursors.last().cloned(), ..PageArgs::first(2) };
        assert_eq!(names(&after).0, ["c"]);
        let last = PageArgs { backward: true, ..PageArgs::first(2) };
        assert_eq!(names(&last).0, ["b", "c"]);
        let turned = PageArgs { reverse: true, ..PageArgs::first(2) };
        assert_eq!(names(&turned).0, ["c", "b"]);
    }

    #[test]
    fn a_cursor_of_another_list_is_refused() {
        let args = PageArgs { cursor: Some("nonsense".to_owned()), ..PageArgs::first(2) };
        assert!(page_of(vec![(1, 1, "a")], "POSITION", &args).is_err());
    }
}
