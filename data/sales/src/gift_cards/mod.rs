//! Gift cards: money that somebody has with the store, and every movement of it.

mod change;
mod code;
mod pay;
mod query;
mod row;

use mcom_data::{Cx, Result};
use mcom_schema::{Money, Scope, id::GiftCardId};

pub use change::{GiftCardInput, issue, update};
pub use code::{GiftCardCode, LONGEST as LONGEST_CODE};
pub(crate) use pay::{GiftCardPayment, give_back, hold, spread};
pub(crate) use query::by_ids;
pub use row::GiftCard;

/// What gift cards are called among the ways through which money moves.
pub(crate) const GATEWAY: &str = "gift_card";

/// Every card, oldest first.
///
/// # Errors
/// `Forbidden` without `read_gift_cards`.
pub async fn all(cx: &Cx) -> Result<Vec<GiftCard>> {
    cx.require(Scope::ReadGiftCards)?;
    cx.read(async |db| query::all(db).await).await
}

/// The card with this code; for whoever knows it.
///
/// # Errors
/// `Busy` or `Broken` if it cannot be read.
pub async fn by_code(cx: &Cx, code: &GiftCardCode) -> Result<Option<GiftCard>> {
    let hash = code.hash();
    let found = cx.read(async |db| query::by_hashes(db, std::slice::from_ref(&hash)).await).await?;
    Ok(found.into_iter().next())
}

/// The cards with these codes, in their order; in one statement. What is no code of a card that can be spent is `None`.
pub(crate) async fn of_codes(cx: &Cx, codes: &[String]) -> Result<Vec<Option<GiftCardId>>> {
    let hashes: Vec<Option<Vec<u8>>> =
        codes.iter().map(|code| Some(GiftCardCode::parse(code)?.hash())).collect();
    let asked: Vec<Vec<u8>> = hashes.iter().flatten().cloned().collect();
    if asked.is_empty() {
        return Ok(vec![None; codes.len()]);
    }
    let found = cx.read(async |db| query::by_hashes(db, &asked).await).await?;
    let of = |hash: &Vec<u8>| found.iter().find(|card| card.code_hash == *hash && card.is_open(cx.now()));
    Ok(hashes.iter().map(|hash| Some(of(hash.as_ref()?)?.id)).collect())
}

/// A card as it pays for a cart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AppliedGiftCard {
    /// Which.
    pub id: GiftCardId,
    /// The end of its code.
    pub last_characters: String,
    /// What is on it before it pays.
    pub balance: Money,
    /// What it pays of the cart, in the cart's currency.
    pub used: Money,
    /// What that takes from it, in its own.
    pub taken: Money,
}

impl AppliedGiftCard {
    /// The public type name.
    pub const KIND: &'static str = "AppliedGiftCard";
}
