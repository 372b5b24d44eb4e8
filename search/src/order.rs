//! In which order results come, and where in it a result stands. All keys are whole numbers or text: a place that was written
//! down is found again exactly.

use std::cmp::Ordering;

use serde::{Deserialize, Serialize};

/// What results can be sorted by; equal ones come by id.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Sort {
    /// The best match first.
    #[default]
    Relevance,
    /// By name.
    Title,
    /// The cheapest first.
    Price,
    /// The oldest first.
    CreatedAt,
    /// What was not changed for the longest time first.
    UpdatedAt,
    /// By maker.
    Vendor,
    /// In the order in which they were made.
    Id,
}

impl Sort {
    /// Whether the highest key comes first, unless the order is reversed.
    fn falls(self) -> bool {
        self == Sort::Relevance
    }
}

/// An order of results.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Order {
    /// By what.
    pub sort: Sort,
    /// The other way round.
    pub reverse: bool,
    /// What cannot be bought comes after everything else, however the rest is turned.
    pub unavailable_last: bool,
}

/// What a result is sorted by.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Key {
    /// Score, amount, or instant.
    Number(i64),
    /// Folded text, compared byte by byte.
    Text(String),
}

/// Where a result stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Place {
    /// Whether it can be bought; true where the order does not ask.
    pub available: bool,
    /// What it is sorted by.
    pub key: Key,
    /// The product.
    pub id: i64,
}

/// The directions of the parts of a place, when results are read forward or backward.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Directions {
    /// Availability takes part, available ones first if false.
    pub(crate) available: Option<bool>,
    /// The key falls.
    pub(crate) key_falls: bool,
    /// Ids fall.
    pub(crate) id_falls: bool,
}

impl Place {
    /// Where a product stands in the order of ids.
    pub fn of_id(id: i64) -> Self {
        Place { available: true, key: Key::Number(id), id }
    }
}

impl Order {
    pub(crate) fn directions(self, backward: bool) -> Directions {
        Directions {
            available: self.unavailable_last.then_some(backward),
            key_falls: (self.sort.falls() != self.reverse) != backward,
            id_falls: self.reverse != backward,
        }
    }

    /// Which of two places comes first when they are read forward or backward.
    pub fn compare(self, backward: bool, a: &Place, b: &Place) -> Ordering {
        let directions = self.directions(backward);
        let turned = |falls: bool, order: Ordering| if falls { order.reverse() } else { order };
        let available = directions
            .available
            .map_or(Ordering::Equal, |last_first| turned(last_first, b.available.cmp(&a.available)));
        available
            .then_with(|| turned(directions.key_falls, compare_keys(&a.key, &b.key)))
            .then_with(|| turned(directions.id_falls, a.id.cmp(&b.id)))
    }
}

fn compare_keys(a: &Key, b: &Key) -> Ordering {
    match (a, b) {
        (Key::Number(a), Key::Number(b)) => a.cmp(b),
        (Key::Text(a), Key::Text(b)) => a.as_bytes().cmp(b.as_bytes()),
        // One order has keys of one kind.
        (Key::Number(_), Key::Text(_)) => Ordering::Less,
        (Key::Text(_), Key::Number(_)) => Ordering::Greater,
    }
}

#[cfg(test)]
mod tests {
    use super::{Key, Order, Place, Sort};

    fn sorted(order: Order, backward: bool) -> Vec<i64> {
        let place = |available, key, id| Place { available, key: Key::Number(key), id };
        let mut places = [place(true, 5, 1), place(false, 9, 2), place(true, 9, 3), place(true, 5, 4)];
        places.sort_by(|a, b| order.compare(backward, a, b));
        places.map(|place| place.id).to_vec()
    }

    #[test]
    fn the_best_match_comes_first_and_the_other_keys_rise() {
        let relevance = Order::default();
        assert_eq!(sorted(relevance, false), [2, 3, 1, 4]);
        assert_eq!(sorted(Order { unavailable_last: true, ..relevance }, false), [3, 1, 4, 2]);
        assert_eq!(sorted(Order { sort: Sort::Price, ..relevance }, false), [1, 4, 2, 3]);
        assert_eq!(sorted(Order { sort: Sort::Price, reverse: true, ..relevance }, false), [3, 2, 4, 1]);
    }

    #[test]
    fn backward_is_forward_read_from_the_end() {
        for reverse in [false, true] {
            for unavailable_last in [false, true] {
                let order = Order { sort: Sort::Price, reverse, unavailable_last };
                let mut forward = sorted(order, false);
                forward.reverse();
                assert_eq!(forward, sorted(order, true));
            }
        }
    }
}
