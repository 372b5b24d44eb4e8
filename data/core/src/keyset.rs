//! Keyset pagination of a boxed query: what every list shares.

/// Reads one page of ids from the boxed query `$rows`, sorted by `$key` (of type `$type`) and then by `$id`.
/// `$sort` names the order inside cursors. Expands inside a function that answers `mcom_data::Result`.
#[macro_export]
macro_rules! keyset {
    ($db:expr, $rows:expr, $args:expr, $sort:literal, $key:expr => $type:ty, $id:expr) => {{
        let (mut rows, args): (_, &$crate::page::PageArgs) = ($rows, $args);
        if let Some(at) = args.position::<$type>($sort)? {
            // The first half lets the index find the place, the second one skips what was there already.
            rows = if args.descending() {
                rows.filter($key.le(at.key.clone()).and($key.lt(at.key).or($id.lt(at.id))))
            } else {
                rows.filter($key.ge(at.key.clone()).and($key.gt(at.key).or($id.gt(at.id))))
            };
        }
        rows =
            if args.descending() { rows.order(($key.desc(), $id.desc())) } else { rows.order(($key, $id)) };
        let found: Vec<($type, i64)> = rows.select(($key, $id)).limit(args.limit()).load($db.conn()).await?;
        $crate::page::Page::of(args, found, |(key, id)| {
            $crate::page::Position { id: *id, key: key.clone() }.cursor($sort)
        })
        .map(|(_, id)| id)
    }};
}
