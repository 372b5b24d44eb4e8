//! Groups: the rows of one product together, also where the file has them apart.

use std::{
    collections::{HashMap, HashSet},
    hash::{DefaultHasher, Hash, Hasher},
    io::Read,
};

use mcom_data::Result;
use mcom_schema::Handle;

use super::{
    header::Column,
    row::{Row, Rows},
};

/// The rows of one product, in the order of the file.
#[derive(Debug)]
pub(super) struct Group {
    /// The product's address; `None` if the rows do not say whose they are.
    pub handle: Option<String>,
    pub rows: Vec<Row>,
}

/// Tells which product a row is of.
#[derive(Default)]
struct Identity {
    previous: Option<String>,
}

impl Identity {
    /// The address that the row names, or that its title makes. Without a column for addresses, rows without title go with
    /// the row above.
    fn of(&mut self, row: &Row) -> Option<String> {
        let named = row.filled(Column::Handle).or(row.filled(Column::Title));
        let handle = match named {
            Some(text) => Handle::parse(text).ok().map(String::from),
            None if row.cell(Column::Handle).is_none() => self.previous.clone(),
            None => None,
        };
        self.previous.clone_from(&handle);
        handle
    }
}

fn hash(handle: Option<&str>) -> u64 {
    let mut hasher = DefaultHasher::new();
    handle.hash(&mut hasher);
    hasher.finish()
}

/// What a first reading finds out: how many rows there are, and whose rows are apart. It keeps eight bytes per product.
#[derive(Debug, Default)]
pub(super) struct Index {
    pub rows: u64,
    /// Number of the last row, by hash of the address, of products whose rows are apart.
    apart: HashMap<u64, u64>,
}

impl Index {
    pub(super) fn of<R: Read>(rows: &mut Rows<R>) -> Result<Self> {
        let mut index = Index::default();
        let mut identity = Identity::default();
        let mut seen = HashSet::new();
        let mut current = None;
        while let Some(row) = rows.next()? {
            let key = hash(identity.of(&row).as_deref());
            let is_again = current != Some(key) && !seen.insert(key);
            if is_again || index.apart.contains_key(&key) {
                index.apart.insert(key, index.rows);
            }
            current = Some(key);
            index.rows += 1;
        }
        Ok(index)
    }
}

/// The groups of a file, one after the other. In memory are the one that is read, and those that are not complete yet.
pub(super) struct Groups<R> {
    rows: Rows<R>,
    index: Index,
    identity: Identity,
    number: u64,
    current: Option<Group>,
    waiting: HashMap<u64, Vec<Group>>,
    ready: Vec<Group>,
}

impl<R: Read> Groups<R> {
    pub(super) fn new(rows: Rows<R>, index: Index) -> Self {
        Groups {
            rows,
            index,
            identity: Identity::default(),
            number: 0,
            current: None,
            waiting: HashMap::new(),
            ready: vec![],
        }
    }

    /// The next group; `None` at the end.
    pub(super) fn next(&mut self) -> Result<Option<Group>> {
        while self.ready.is_empty() {
            match self.rows.next()? {
                Some(row) => self.put(row),
                None => {
                    self.ready.extend(self.current.take());
                    self.ready.extend(self.waiting.drain().flat_map(|(_, groups)| groups));
                    if self.ready.is_empty() {
                        return Ok(None);
                    }
                }
            }
        }
        Ok(self.ready.pop())
    }

    fn put(&mut self, row: Row) {
        let handle = self.identity.of(&row);
        let key = hash(handle.as_deref());
        let number = self.number;
        self.number += 1;
        if let Some(last) = self.index.apart.get(&key) {
            let groups = self.waiting.entry(key).or_default();
            match groups.iter_mut().find(|group| group.handle == handle) {
                Some(group) => group.rows.push(row),
                None => groups.push(Group { handle, rows: vec![row] }),
            }
            if number >= *last {
                self.ready.extend(self.waiting.remove(&key).unwrap_or_default());
            }
            return;
        }
        match &mut self.current {
            Some(group) if group.handle == handle => group.rows.push(row),
            current => self.ready.extend(current.replace(Group { handle, rows: vec![row] })),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Groups, Index, Rows};

    fn groups(file: &str) -> Vec<(Option<String>, Vec<u64>)> {
        let index = Index::of(&mut Rows::open(file.as_bytes()).unwrap()).unwrap();
        let mut groups = Groups::new(Rows::open(file.as_bytes()).unwrap(), index);
        let lines = |rows: &[super::Row]| rows.iter().map(|row| row.line).collect();
        std::iter::from_fn(|| groups.next().unwrap())
            .map(|group| (group.handle, lines(&group.rows)))
            .collect()
    }

    fn expected(groups: &[(&str, &[u64])]) -> Vec<(Option<String>, Vec<u64>)> {
        groups.iter().map(|(handle, lines)| (Some((*handle).to_owned()), lines.to_vec())).collect()
    }

    #[test]
    fn rows_of_a_product_come_together_even_from_afar() {
        let found = groups("Handle,Title\na,A\na,\nb,B\na,\nc,C\n");
        assert_eq!(found, expected(&[("a", &[2, 3, 5]), ("b", &[4]), ("c", &[6])]));
    }

    #[test]
    fn titles_stand_in_for_handles() {
        assert_eq!(
            groups("Title,SKU\nRed Mug,1\n,2\nBlue Mug,3\n"),
            expected(&[("red-mug", &[2, 3]), ("blue-mug", &[4])])
        );
        let orphan = groups("Handle,Title,SKU\n,,1\n");
        assert_eq!(orphan, [(None, vec![2])]);
    }
}
