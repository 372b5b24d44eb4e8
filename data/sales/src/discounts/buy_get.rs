//! Buy some, get some for less: which pieces are got.

/// A line, and what its pieces may be.
#[derive(Debug, Clone, Copy)]
pub(super) struct Pieces {
    /// They count as bought.
    pub(super) buys: bool,
    /// They can be got for less.
    pub(super) gets: bool,
    pub(super) quantity: i64,
    /// What is left to be paid of all, in minor units.
    pub(super) left: i64,
}

/// How many are bought for how many, and how often at most.
#[derive(Debug, Clone, Copy)]
pub(super) struct Offer {
    pub(super) pieces: i64,
    pub(super) gets: i64,
    pub(super) most: Option<i64>,
}

/// How many pieces of each line are got: the cheapest ones, as many as what else is in the cart pays for. No piece counts twice.
pub(super) fn got(lines: &[Pieces], offer: Offer) -> Vec<i64> {
    let count =
        |of: fn(&Pieces) -> bool| -> i64 { lines.iter().filter(|it| of(it)).map(|it| it.quantity).sum() };
    let only_bought = count(|it| it.buys && !it.gets);
    let only_got = count(|it| it.gets && !it.buys);
    let either = count(|it| it.buys && it.gets);
    let fits = |times: i64| {
        let lacking = |wanted: i64, there: i64| wanted.saturating_mul(times).saturating_sub(there).max(0);
        lacking(offer.pieces, only_bought).saturating_add(lacking(offer.gets, only_got)) <= either
    };
    let times = most_that(fits, offer.most.unwrap_or(either + only_got));
    let mut wanted = offer.gets * times;
    // Of the pieces that may be either, some have to be bought.
    let mut free_to_get = either - (offer.pieces * times - only_bought).max(0);
    let mut order: Vec<usize> = (0..lines.len()).filter(|place| lines[*place].gets).collect();
    order.sort_by_key(|place| (lines[*place].left / lines[*place].quantity.max(1), *place));
    let mut got = vec![0; lines.len()];
    for place in order {
        let line = &lines[place];
        let room = if line.buys { free_to_get.min(line.quantity) } else { line.quantity };
        got[place] = room.min(wanted);
        wanted -= got[place];
        if line.buys {
            free_to_get -= got[place];
        }
    }
    got
}

/// The largest number up to `limit` that fits; what fits, fits in all smaller numbers.
fn most_that(fits: impl Fn(i64) -> bool, limit: i64) -> i64 {
    let (mut low, mut high) = (0, limit.max(0));
    while low < high {
        let middle = low + (high - low + 1) / 2;
        if fits(middle) { low = middle } else { high = middle - 1 }
    }
    low
}

#[cfg(test)]
mod tests {
    use super::{Offer, Pieces, got};

    fn both(quantity: i64, left: i64) -> Pieces {
        Pieces { buys: true, gets: true, quantity, left }
    }

    fn two_for_one(most: Option<i64>) -> Offer {
        Offer { pieces: 2, gets: 1, most }
    }

    #[test]
    fn of_three_the_cheapest_is_got() {
        assert_eq!(got(&[both(2, 2000), both(1, 500)], two_for_one(None)), [0, 1]);
        assert_eq!(got(&[both(2, 2000)], two_for_one(None)), [0]);
        assert_eq!(got(&[both(7, 7000)], two_for_one(None)), [2]);
        assert_eq!(got(&[both(7, 7000)], two_for_one(Some(1))), [1]);
    }

    #[test]
    fn what_is_bought_and_what_is_got_may_be_other_things() {
        let bought = Pieces { gets: false, ..both(5, 5000) };
        let given = Pieces { buys: false, ..both(3, 300) };
        assert_eq!(got(&[bought, given], two_for_one(None)), [0, 2]);
        assert_eq!(got(&[given], two_for_one(None)), [0]);
        assert_eq!(got(&[bought, given, both(1, 100)], two_for_one(None)), [0, 3, 0]);
    }

    #[test]
    fn no_piece_counts_twice() {
        for quantity in 0..40 {
            let all = got(&[both(quantity, 100 * quantity), both(1, 50)], two_for_one(None));
            assert_eq!(all.iter().sum::<i64>(), (quantity + 1) / 3, "{quantity}");
        }
    }
}
