//! The gift cards that pay for a cart.

use std::sync::Arc;

use mcom_kit::{Cx, Error, Registry};
use mcom_sales::{
    carts::{self, CartView},
    gift_cards,
};
use mcom_schema::Money;

use super::cart::ById;

/// A card, and what it pays.
pub struct AppliedGiftCard {
    id: String,
    it: gift_cards::AppliedGiftCard,
}

mcom_kit::record!(AppliedGiftCard as "AppliedGiftCard" {
    "amountUsed" = it.taken,
    "amountUsedV2" = it.taken,
    "balance" => AppliedGiftCard::balance,
    "balanceV2" => AppliedGiftCard::balance,
    "id" = id,
    "lastCharacters" = it.last_characters,
    "presentmentAmountUsed" = it.used,
});

pub(super) fn register(registry: &mut Registry) {
    registry.entity(entities);
}

async fn entities(cx: &Cx, keys: Vec<ById>) -> Result<Vec<Option<Arc<AppliedGiftCard>>>, Error> {
    let mut found = Vec::with_capacity(keys.len());
    for key in keys {
        let card = carts::gift_card(cx, &key.id).await?;
        found.push(card.map(|(cart, card)| Arc::new(AppliedGiftCard::of(&cart, card))));
    }
    Ok(found)
}

impl AppliedGiftCard {
    /// Shows a card that pays for this cart.
    pub(super) fn of(cart: &CartView, it: gift_cards::AppliedGiftCard) -> Self {
        AppliedGiftCard { id: cart.gift_card_gid(&it), it }
    }

    fn balance(&self) -> Money {
        self.it.balance
    }
}
