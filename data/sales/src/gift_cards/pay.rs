//! Paying with gift cards: taken from them when an attempt to buy begins, in the transaction that reserves the stock, and given back
//! once if there is no order or its money goes back.

use mcom_data::{Cx, Result, TenantConn};
use mcom_schema::{Exchange, Money, id::GiftCardId};
use serde::{Deserialize, Serialize};

use super::{AppliedGiftCard, GiftCard, query};

/// What a card pays of an attempt.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct GiftCardPayment {
    pub(crate) card: GiftCardId,
    /// Minor units of what is bought, above 0.
    pub(crate) minor: i64,
    /// What that takes from the card, in minor units of its own currency, if that is another one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) taken_minor: Option<i64>,
}

impl GiftCardPayment {
    /// What it takes from the card, in minor units of the card's currency.
    pub(super) fn taken_minor(&self) -> i64 {
        self.taken_minor.unwrap_or(self.minor)
    }
}

/// What each card pays of `total`, one after the other; those that have nothing to pay are told too. Cards hold the store's currency,
/// which `exchange` leads from to that of the total. What is spent to the end leaves nothing on the card, whatever rounding makes of it.
///
/// # Errors
/// `Broken` if an amount is in another currency.
pub(crate) fn spread(cards: &[GiftCard], total: Money, exchange: &Exchange) -> Result<Vec<AppliedGiftCard>> {
    let mut left = total;
    let mut applied = Vec::with_capacity(cards.len());
    for card in cards {
        let worth = exchange.amount(card.balance.minor);
        let used = Money::new(worth.min(left.minor), left.currency);
        left = left.minus(used)?;
        let taken_minor = match used.minor {
            0 => 0,
            all if all == worth => card.balance.minor,
            part => exchange.back(part).clamp(1, card.balance.minor),
        };
        applied.push(AppliedGiftCard {
            id: card.id,
            last_characters: card.last_characters.clone(),
            balance: card.balance,
            used,
            taken: Money::new(taken_minor, card.balance.currency),
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
    use mcom_schema::{Currency, Exchange, Money, Rate, Rounding, id::GiftCardId};

    use super::{super::GiftCard, spread};

    fn card(id: i64, minor: i64) -> GiftCard {
        GiftCard {
            id: GiftCardId(id),
            code_hash: vec![],
            last_characters: "5678".to_owned(),
            initial: Money::new(minor, Currency::EUR),
            balance: Money::new(minor, Currency::EUR),
            enabled: true,
            expires_at: None,
            note: None,
        }
    }

    /// What is used and taken of cards that hold so much.
    fn pay(balances: &[i64], total: Money, exchange: &Exchange) -> Vec<(i64, i64)> {
        let cards: Vec<GiftCard> = (1..).zip(balances).map(|(id, minor)| card(id, *minor)).collect();
        let applied = spread(&cards, total, exchange).unwrap();
        applied.iter().map(|it| (it.used.minor, it.taken.minor)).collect()
    }

    #[test]
    fn cards_pay_one_after_the_other_and_no_more_than_is_due() {
        let paid = pay(&[300, 500, 100], Money::new(700, Currency::EUR), &Exchange::none(Currency::EUR));
        assert_eq!(paid, [(300, 300), (400, 400), (0, 0)]);
    }

    #[test]
    fn cards_pay_in_another_currency_what_they_are_worth_in_it() {
        let rate = Rate::parse("0.86").unwrap();
        let pounds =
            Exchange { from: Currency::EUR, to: Currency::GBP, rate, rounding: Rounding::Ending(99) };
        let paid = pay(&[1001, 1000], Money::new(1000, Currency::GBP), &pounds);
        assert_eq!(paid, [(861, 1001), (139, 162)]);
    }
}
