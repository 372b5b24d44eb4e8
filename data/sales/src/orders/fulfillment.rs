//! Fulfillments: what was sent of an order, and how it can be followed on its way.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use mcom_schema::{
    Refusal,
    id::{FulfillmentId, LineItemId, OrderId},
    refuse,
};
use serde::{Deserialize, Serialize};

/// How much of an order was sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FulfillmentStatus {
    /// Nothing.
    Unfulfilled,
    /// Something.
    PartiallyFulfilled,
    /// Everything.
    Fulfilled,
}

impl FulfillmentStatus {
    /// The name in the database and in the contract's `OrderDisplayFulfillmentStatus`.
    pub const fn name(self) -> &'static str {
        match self {
            FulfillmentStatus::Unfulfilled => "UNFULFILLED",
            FulfillmentStatus::PartiallyFulfilled => "PARTIALLY_FULFILLED",
            FulfillmentStatus::Fulfilled => "FULFILLED",
        }
    }
}

/// How parcels can be followed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Tracking {
    /// Who brings them.
    pub company: Option<String>,
    /// By what each can be followed.
    pub parcels: Vec<Parcel>,
}

/// By what a parcel can be followed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Parcel {
    /// The number that its carrier gave it.
    pub number: Option<String>,
    /// A page that tells where it is.
    pub url: Option<String>,
}

/// What was sent of an order together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fulfillment {
    /// Its id.
    pub id: FulfillmentId,
    /// What it is of.
    pub order: OrderId,
    /// How it can be followed.
    pub tracking: Tracking,
    /// Which lines, and how many pieces of each.
    pub lines: Vec<(LineItemId, i64)>,
    /// When it was sent.
    pub created_at: DateTime<Utc>,
}

/// A carrier's name and a parcel's number have no more characters.
const LONGEST: usize = 255;
/// An address of a page has no more characters.
const LONGEST_URL: usize = 2_048;
/// One fulfillment has no more parcels.
const MOST_PARCELS: usize = 100;

impl Tracking {
    /// What is wrong with it.
    ///
    /// # Errors
    /// Refuses what is too long, and addresses that are no web pages.
    pub(super) fn check(&self) -> Result<(), Refusal> {
        let is_long = |text: &Option<String>, most| text.as_ref().is_some_and(|it| it.chars().count() > most);
        if is_long(&self.company, LONGEST) {
            return Err(refuse("company", "TOO_LONG", "The name of the carrier is too long."));
        }
        if self.parcels.len() > MOST_PARCELS {
            return Err(refuse(
                "numbers",
                "INVALID",
                format!("At most {MOST_PARCELS} parcels can be followed."),
            ));
        }
        for parcel in &self.parcels {
            if is_long(&parcel.number, LONGEST) {
                return Err(refuse("number", "TOO_LONG", "The tracking number is too long."));
            }
            let is_page = |url: &String| url.starts_with("https://") || url.starts_with("http://");
            if is_long(&parcel.url, LONGEST_URL) || parcel.url.as_ref().is_some_and(|url| !is_page(url)) {
                return Err(refuse("url", "INVALID", "The tracking address is not one of a web page."));
            }
        }
        Ok(())
    }
}

/// What of an order was bought and what of it was sent, in pieces by line.
pub(super) struct Progress {
    pub(super) bought: Vec<(LineItemId, i64)>,
    pub(super) sent: HashMap<LineItemId, i64>,
}

impl Progress {
    fn left(&self, line: LineItemId, bought: i64) -> i64 {
        bought - self.sent.get(&line).copied().unwrap_or_default()
    }

    /// What is to be sent if `wanted` is; all that is left if nothing is named.
    ///
    /// # Errors
    /// Refuses lines of other orders, more pieces than are left, and to send nothing.
    pub(super) fn chosen(&self, wanted: &[(LineItemId, i64)]) -> Result<Vec<(LineItemId, i64)>, Refusal> {
        let mut chosen: Vec<(LineItemId, i64)> = vec![];
        if wanted.is_empty() {
            chosen.extend(self.bought.iter().map(|(line, bought)| (*line, self.left(*line, *bought))));
            chosen.retain(|(_, left)| *left > 0);
        }
        for (place, (line, quantity)) in wanted.iter().enumerate() {
            let within = |refusal: Refusal| refusal.under(["lines".to_owned(), place.to_string()]);
            let bought = self.bought.iter().find(|(known, _)| known == line).map(|(_, bought)| *bought);
            let bought =
                bought.ok_or_else(|| within(refuse("id", "NOT_FOUND", "The order has no such line.")))?;
            let twice = chosen.iter().any(|(known, _)| known == line);
            if twice || !(1..=self.left(*line, bought)).contains(quantity) {
                let message = "There are not so many pieces left to be sent.";
                return Err(within(refuse("quantity", "INVALID", message)));
            }
            chosen.push((*line, *quantity));
        }
        if chosen.is_empty() {
            return Err(refuse("lines", "INVALID", "Nothing is left to be sent."));
        }
        Ok(chosen)
    }

    /// How much was sent, once `chosen` is.
    pub(super) fn after(&self, chosen: &[(LineItemId, i64)]) -> FulfillmentStatus {
        let more = |line: LineItemId| chosen.iter().find(|(it, _)| *it == line).map_or(0, |(_, more)| *more);
        let is_sent = |(line, bought): &(LineItemId, i64)| self.left(*line, *bought) == more(*line);
        if self.bought.iter().all(is_sent) {
            FulfillmentStatus::Fulfilled
        } else {
            FulfillmentStatus::PartiallyFulfilled
        }
    }
}

/// Takes `quantity` pieces from places that have so many left, in their order. What they do not have was never counted.
pub(super) fn taken_from<T: Copy>(places: &mut [(T, i64)], mut quantity: i64) -> Vec<(T, i64)> {
    let mut taken = vec![];
    for (place, left) in places {
        let take = quantity.min(*left);
        if take > 0 {
            *left -= take;
            quantity -= take;
            taken.push((*place, take));
        }
    }
    taken
}

#[cfg(test)]
mod tests {
    use mcom_schema::id::LineItemId;

    use super::{FulfillmentStatus, Parcel, Progress, Tracking, taken_from};

    const MUGS: LineItemId = LineItemId(1);
    const JUGS: LineItemId = LineItemId(2);

    fn progress(sent: &[(LineItemId, i64)]) -> Progress {
        Progress { bought: vec![(MUGS, 3), (JUGS, 1)], sent: sent.iter().copied().collect() }
    }

    #[test]
    fn no_more_is_sent_than_was_bought() {
        let progress = progress(&[(MUGS, 2)]);
        assert_eq!(progress.chosen(&[]), Ok(vec![(MUGS, 1), (JUGS, 1)]));
        assert_eq!(progress.chosen(&[(MUGS, 1)]), Ok(vec![(MUGS, 1)]));
        for wrong in [vec![(MUGS, 2)], vec![(MUGS, 0)], vec![(JUGS, 1), (JUGS, 1)], vec![(LineItemId(3), 1)]]
        {
            assert!(progress.chosen(&wrong).is_err(), "{wrong:?}");
        }
        assert!(self::progress(&[(MUGS, 3), (JUGS, 1)]).chosen(&[]).is_err());
    }

    #[test]
    fn an_order_is_fulfilled_when_its_last_piece_is_sent() {
        let progress = progress(&[(MUGS, 2)]);
        assert_eq!(progress.after(&[(MUGS, 1)]), FulfillmentStatus::PartiallyFulfilled);
        assert_eq!(progress.after(&[(MUGS, 1), (JUGS, 1)]), FulfillmentStatus::Fulfilled);
    }

    #[test]
    fn pieces_are_taken_where_they_were_promised() {
        let mut places = [('a', 2), ('b', 2)];
        assert_eq!(taken_from(&mut places, 3), [('a', 2), ('b', 1)]);
        assert_eq!(taken_from(&mut places, 3), [('b', 1)]);
    }

    #[test]
    fn parcels_are_followed_on_web_pages() {
        let with = |url: &str| Tracking {
            company: None,
            parcels: vec![Parcel { number: None, url: Some(url.to_owned()) }],
        };
        assert!(with("https://parcels.example/1").check().is_ok());
        assert!(with("javascript:alert(1)").check().is_err());
    }
}
