//! The gift cards that pay for a cart.

use mcom_sales::gift_cards;
use mcom_schema::Money;

/// A card, and what it pays.
pub struct AppliedGiftCard {
    it: gift_cards::AppliedGiftCard,
}

mcom_kit::record!(AppliedGiftCard as "AppliedGiftCard" {
    "amountUsed" = it.taken,
    "amountUsedV2" = it.taken,
    "balance" => AppliedGiftCard::balance,
    "balanceV2" => AppliedGiftCard::balance,
    "id" => AppliedGiftCard::id,
    "lastCharacters" = it.last_characters,
    "presentmentAmountUsed" = it.used,
});

impl AppliedGiftCard {
    /// Shows a card.
    pub(super) fn of(it: gift_cards::AppliedGiftCard) -> Self {
        AppliedGiftCard { it }
    }

    fn id(&self) -> String {
        self.it.gid()
    }

    fn balance(&self) -> Money {
        self.it.balance
    }
}
