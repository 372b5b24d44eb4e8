//! All that a cart is priced with: what the catalog offers, the store's terms, discounts, and the gift cards that pay.

use mcom_data::{Result, TenantConn};
use mcom_schema::id::{ProductId, VariantId};

use super::{document::CartDocument, offer::Offers};
use crate::{
    discounts::{Buyer, Deals},
    gift_cards::{self, GiftCard},
    terms::Terms,
};

/// What is known at one instant, in one transaction.
pub(crate) struct Prices<'t> {
    pub(crate) terms: &'t Terms,
    pub(crate) offers: Offers,
    pub(crate) deals: Deals,
    /// Those of the document that can be spent, in its order.
    pub(crate) cards: Vec<GiftCard>,
}

impl<'t> Prices<'t> {
    /// Looks up what pricing `document` takes, also with `further` variants in it. One statement for the goods; one more each for
    /// codes, for gift cards, and for discounts on collections, if there are any.
    pub(crate) async fn load(
        db: &mut TenantConn,
        terms: &'t Terms,
        document: &CartDocument,
        further: &[VariantId],
    ) -> Result<Self> {
        let mut variants = document.variants();
        variants.extend(further.iter().filter(|id| !document.lines.iter().any(|line| line.variant == **id)));
        let offers = Offers::load(db, &variants).await?;
        let deals = deals(db, terms, document, &offers).await?;
        let cards = cards(db, terms, document).await?;
        Ok(Prices { terms, offers, deals, cards })
    }

    /// Looks up again what has become different because `before` became `after`.
    pub(crate) async fn follow(
        &mut self,
        db: &mut TenantConn,
        before: &CartDocument,
        after: &CartDocument,
    ) -> Result<()> {
        if before.discount_codes != after.discount_codes
            || (before.identity != after.identity && !after.discount_codes.is_empty())
        {
            self.deals = deals(db, self.terms, after, &self.offers).await?;
        }
        if before.gift_cards != after.gift_cards {
            self.cards = cards(db, self.terms, after).await?;
        }
        Ok(())
    }
}

async fn deals(
    db: &mut TenantConn,
    terms: &Terms,
    document: &CartDocument,
    offers: &Offers,
) -> Result<Deals> {
    let identity = &document.identity;
    let buyer = Buyer { email: identity.email.as_deref(), customer: identity.customer };
    let products: Vec<ProductId> = offers.products();
    Deals::load(db, terms, (&document.discount_codes, buyer), &products).await
}

async fn cards(db: &mut TenantConn, terms: &Terms, document: &CartDocument) -> Result<Vec<GiftCard>> {
    let found = gift_cards::by_ids(db, &document.gift_cards).await?;
    Ok(found
        .into_iter()
        .filter(|card| card.is_open(terms.now) && card.balance.currency == terms.currency())
        .collect())
}
