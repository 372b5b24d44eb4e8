//! Paying with gift cards: taken from them when an attempt to buy begins, in the transaction that reserves the stock, and given back
//! once if there is no order or its money goes back.

use mcom_data::{Cx, Result, TenantConn};
use mcom_schema::{Money, id::GiftCardId};
use serde::{Deserialize, Serialize};

use super::{AppliedGiftCard, GiftCard, query};

/// What a card pays of an attempt.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct GiftCardPayment {
    pub(crate) card: GiftCardId,
    /// Minor units, above 0.
    pub(crate) minor: i64,
}

/// What each card pays of `total`, one after the other; those that have nothing to pay are told too.
///
/// # Errors
/// `Broken` if an amount is in another currency.
pub(crate) fn spread(cards: &[GiftCard], total: Money) -> Result<Vec<AppliedGiftCard>> {
    let mut left = total;
    let mut applied = Vec::with_capacity(cards.len());
    for card in cards {
        let used = Money::new(card.balance.minor.min(left.minor), left.currency);
        left = left.minus(used)?;
        applied.push(AppliedGiftCard {
            id: card.id,
            last_characters: card.last_characters.clone(),
            balance: card.balance,
            used,
        });
    }
    Ok(applied)
}

/// Takes from the cards what they pay of an attempt. `false`: one of them holds less by now, or cannot be spent any more; the caller's
/// transaction must not be committed then.
pub(crate) async fn hold(
    cx: &Cx,
    db: &mut TenantConn,
    checkout_id: i64,
    payments: &[GiftCardPayment],
) -> Result<bool> {
    if payments.is_empty() {
        return Ok(true);
    }
    Ok(query::debit(db, checkout_id, payments, cx.now()).await? == payments.len())
}

/// Gives back what an attempt has taken from cards, and answers with how much that was. A second time there is nothing left to give back.
pub(crate) async fn give_back(cx: &Cx, db: &mut TenantConn, checkout_id: i64) -> Result<i64> {
    query::credit(db, checkout_id, cx.now()).await
}

#[cfg(test)]
mod tests {
    use mcom_schema::{Currency, Money, id::GiftCardId};

    use super::{super::GiftCard, spread};

    #[test]
    fn cards_pay_one_after_the_other_and_no_more_than_is_due() {
        let card = |id, minor| GiftCard {
            id: GiftCardId(id),
            code_hash: vec![],
            last_characters: "5678".to_owned(),
            initial: Money::new(minor, Currency::EUR),
            balance: Money::new(minor, Currency::EUR),
            enabled: true,
            expires_at: None,
            note: None,
        };
        let cards = [card(1, 300), card(2, 500), card(3, 100)];
        let used: Vec<i64> =
            spread(&cards, Money::new(700, Currency::EUR)).unwrap().iter().map(|it| it.used.minor).collect();
        assert_eq!(used, [300, 400, 0]);
    }
}
