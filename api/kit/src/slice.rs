//! Pages of lists that are in memory already, such as a product's variants.

use mcom_data::page::{Position, SortKey};
use mcom_schema::Refusal;

use crate::connection::{Page, PageArgs};

/// An item of such a list, by its place in what it belongs to.
pub struct Place<K> {
    /// What the list is sorted by.
    pub key: K,
    /// What settles ties.
    pub id: i64,
    /// Where the item is kept.
    pub index: usize,
}

/// The sort key of what is sorted as it is kept.
pub fn ordinal(index: usize) -> i64 {
    i64::try_from(index).unwrap_or(i64::MAX)
}

/// The page of `places` that is asked for, as places where its items are kept. `sort` names the order.
///
/// # Errors
/// Refuses cursors of other lists.
pub fn page<K: SortKey + Ord + Clone>(
    args: &PageArgs,
    sort: &str,
    mut places: Vec<Place<K>>,
) -> Result<Page<usize>, Refusal> {
    let order = |a: &Place<K>, key: &K, id: i64| a.key.cmp(key).then(a.id.cmp(&id));
    places.sort_by(|a, b| order(a, &b.key, b.id));
    if args.descending() {
        places.reverse();
    }
    if let Some(Position { id, key }) = args.position::<K>(sort)? {
        let behind = if args.descending() { std::cmp::Ordering::Less } else { std::cmp::Ordering::Greater };
        places.retain(|place| order(place, &key, id) == behind);
    }
    places.truncate(usize::try_from(args.limit()).unwrap_or_default());
    let cursor = |place: &Place<K>| Position { id: place.id, key: place.key.clone() }.cursor(sort);
    Ok(Page::of(args, places, cursor).map(|place| place.index))
}

/// The page of `items` that is asked for, each given with its sort key and its id.
///
/// # Errors
/// Refuses cursors of other lists.
pub fn page_of<T>(items: Vec<(i64, i64, T)>, sort: &str, args: &PageArgs) -> Result<Page<T>, Refusal> {
    let place = |(index, (key, id, _)): (usize, &(i64, i64, T))| Place { key: *key, id: *id, index };
    let places = items.iter().enumerate().map(place).collect();
    let Page { items: chosen, has_next, has_previous } = page(args, sort, places)?;
    let mut items: Vec<Option<T>> = items.into_iter().map(|(_, _, item)| Some(item)).collect();
    let mut take = |(cursor, index): (String, usize)| Some((cursor, items.get_mut(index)?.take()?));
    Ok(Page { items: chosen.into_iter().filter_map(&mut take).collect(), has_next, has_previous })
}

#[cfg(test)]
mod tests {
    use super::{Page, PageArgs, Place, page, page_of};

    fn of(args: &PageArgs) -> Page<usize> {
        let places = [30, 10, 20].into_iter().enumerate();
        let places =
            places.map(|(index, key)| Place { key: i64::from(key), id: 100 + i64::from(key), index });
        page(args, "POSITION", places.collect()).expect("the cursors are of this list")
    }

    fn indices(page: &Page<usize>) -> Vec<usize> {
        page.items.iter().map(|(_, index)| *index).collect()
    }

    #[test]
    fn a_list_is_walked_forward_and_backward() {
        let first = of(&PageArgs::first(2));
        assert_eq!((indices(&first), first.has_next, first.has_previous), (vec![1, 2], true, false));
        let cursor = Some(first.items[1].0.clone());
        let next = of(&PageArgs { cursor: cursor.clone(), ..PageArgs::first(2) });
        assert_eq!((indices(&next), next.has_next, next.has_previous), (vec![0], false, true));
        let back = of(&PageArgs { cursor, backward: true, ..PageArgs::first(5) });
        assert_eq!((indices(&back), back.has_next, back.has_previous), (vec![1], true, false));
    }

    #[test]
    fn a_list_is_turned_round() {
        assert_eq!(indices(&of(&PageArgs { reverse: true, ..PageArgs::first(2) })), [0, 2]);
        assert_eq!(indices(&of(&PageArgs { reverse: true, backward: true, ..PageArgs::first(1) })), [1]);
    }

    #[test]
    fn a_cursor_of_another_list_is_refused() {
        let args = PageArgs { cursor: Some("nonsense".to_owned()), ..PageArgs::first(1) };
        assert!(page(&args, "POSITION", vec![Place { key: 1i64, id: 1, index: 0 }]).is_err());
    }

    fn names(args: &PageArgs) -> (Vec<&'static str>, Vec<String>) {
        let items = vec![(2, 1, "b"), (1, 2, "a"), (3, 3, "c")];
        let page = page_of(items, "POSITION", args).expect("a cursor of this list");
        page.items.into_iter().map(|(cursor, name)| (name, cursor)).unzip()
    }

    #[test]
    fn keyed_items_are_walked_in_both_directions() {
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
    fn keyed_items_refuse_a_cursor_of_another_list() {
        let args = PageArgs { cursor: Some("nonsense".to_owned()), ..PageArgs::first(2) };
        assert!(page_of(vec![(1, 1, "a")], "POSITION", &args).is_err());
    }
}
