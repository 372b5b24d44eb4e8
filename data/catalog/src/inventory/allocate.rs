//! From which locations pieces are taken.

/// What there is of an item at a location, in the order in which locations are preferred.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Shelf {
    pub location: i64,
    pub available: i64,
}

/// Takes `quantity` pieces: from the first shelf that has them all, else from several in their order. With `oversell`
/// the first shelf gives what is missing. `None`: there are not enough.
pub(super) fn allocate(shelves: &[Shelf], quantity: i64, oversell: bool) -> Option<Vec<(i64, i64)>> {
    if let Some(shelf) = shelves.iter().find(|shelf| shelf.available >= quantity) {
        return Some(vec![(shelf.location, quantity)]);
    }
    let mut missing = quantity;
    let mut taken = vec![];
    for shelf in shelves {
        let take = shelf.available.clamp(0, missing);
        if take > 0 {
            taken.push((shelf.location, take));
            missing -= take;
        }
    }
    match (missing, shelves.first()) {
        (0, _) => Some(taken),
        (_, Some(first)) if oversell => {
            match taken.iter_mut().find(|(location, _)| *location == first.location) {
                Some((_, quantity)) => *quantity += missing,
                None => taken.push((first.location, missing)),
            }
            Some(taken)
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{Shelf, allocate};

    fn shelves(available: &[i64]) -> Vec<Shelf> {
        (1..).zip(available).map(|(location, available)| Shelf { location, available: *available }).collect()
    }

    #[test]
    fn one_location_is_better_than_two() {
        assert_eq!(allocate(&shelves(&[2, 5]), 4, false), Some(vec![(2, 4)]));
        assert_eq!(allocate(&shelves(&[2, 3]), 4, false), Some(vec![(1, 2), (2, 2)]));
        assert_eq!(allocate(&shelves(&[2, 1]), 4, false), None);
        assert_eq!(allocate(&shelves(&[2, 1]), 4, true), Some(vec![(1, 3), (2, 1)]));
        assert_eq!(allocate(&shelves(&[-2]), 1, true), Some(vec![(1, 1)]));
        assert_eq!(allocate(&[], 1, true), None);
    }

    proptest! {
        #[test]
        fn no_shelf_gives_what_it_has_not(available in prop::collection::vec(-5i64..10, 0..6), quantity in 1i64..20) {
            let shelves = shelves(&available);
            let there: i64 = available.iter().map(|n| n.max(&0)).sum();
            match allocate(&shelves, quantity, false) {
                None => prop_assert!(there < quantity),
                Some(taken) => {
                    prop_assert_eq!(taken.iter().map(|t| t.1).sum::<i64>(), quantity);
                    for (location, n) in taken {
                        let shelf = shelves.iter().find(|s| s.location == location);
                        prop_assert!(n > 0 && shelf.is_some_and(|s| s.available >= n));
                    }
                }
            }
        }
    }
}
