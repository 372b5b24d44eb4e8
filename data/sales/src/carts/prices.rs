//! All that a cart is priced with: what the catalog offers, the store's terms, discounts, and the gift cards that pay.

use std::collections::HashMap;

use mcom_catalog::inventory::{self, PickupStock};
use mcom_data::{Result, TenantConn};
use mcom_schema::id::{LocationId, ProductId, VariantId};

use super::{document::CartDocument, offer::Offers};
use crate::{
    discounts::{Buyer, Deals},
    gift_cards::{self, GiftCard},
    terms::Terms,
};

/// What is known at one instant, in one transaction.
pub(crate) struct Prices<'t> {
    /// Those of the market that the buyer is in.
    pub(crate) terms: &'t Terms,
    /// Those of the primary market.
    home: &'t Terms,
    pub(crate) offers: Offers,
    pub(crate) deals: Deals,
    /// Those of the document that can be spent, in its order.
    pub(crate) cards: Vec<GiftCard>,
    /// What there is where buyers pick up; empty as long as it is unknown where the goods go.
    pickup: HashMap<VariantId, Vec<PickupStock>>,
}

impl<'t> Prices<'t> {
    /// Looks up what pricing `document` takes, also with `further` variants in it. One statement for the goods that are not remembered; one
    /// more each for codes, for gift cards, and for discounts on collections, if there are any.
    pub(crate) async fn load(
        db: &mut TenantConn,
        terms: &'t Terms,
        document: &CartDocument,
        further: &[VariantId],
    ) -> Result<Self> {
        let mut variants = document.variants();
        variants.extend(further.iter().filter(|id| !document.lines.iter().any(|line| line.variant == **id)));
        let offers = Offers::remembered(db, &terms.memory, &variants).await?;
        Prices::around(db, terms, document, offers).await
    }

    /// Looks up what `document` is sold for: all of it in the transaction.
    pub(crate) async fn of_sale(
        db: &mut TenantConn,
        terms: &'t Terms,
        document: &CartDocument,
    ) -> Result<Self> {
        let offers = Offers::read(db, &document.variants()).await?;
        Prices::around(db, terms, document, offers).await
    }

    async fn around(
        db: &mut TenantConn,
        home: &'t Terms,
        document: &CartDocument,
        mut offers: Offers,
    ) -> Result<Self> {
        let terms = home.within(document.identity.country.as_deref());
        offers.reprice(db, &terms.market).await?;
        let deals = deals(db, terms, document, &offers).await?;
        let cards = cards(db, terms, document).await?;
        let pickup = pickup(db, terms, document, &offers).await?;
        Ok(Prices { terms, home, offers, deals, cards, pickup })
    }

    /// Looks up again what has become different because `before` became `after`.
    pub(crate) async fn follow(
        &mut self,
        db: &mut TenantConn,
        before: &CartDocument,
        after: &CartDocument,
    ) -> Result<()> {
        if before.identity.country != after.identity.country {
            *self = Prices::load(db, self.home, after, &[]).await?;
            return Ok(());
        }
        if before.discount_codes != after.discount_codes
            || before.identity.customer != after.identity.customer
            || (before.identity != after.identity && !after.discount_codes.is_empty())
        {
            self.deals = deals(db, self.terms, after, &self.offers).await?;
        }
        if before.gift_cards != after.gift_cards {
            self.cards = cards(db, self.terms, after).await?;
        }
        if before.destination().is_none() {
            self.pickup = pickup(db, self.terms, after, &self.offers).await?;
        }
        Ok(())
    }

    /// How many pieces of a variant can be picked up at a location.
    pub(super) fn pieces_at(&self, location: LocationId, variant: VariantId) -> i64 {
        let there = self.pickup.get(&variant).and_then(|all| all.iter().find(|it| it.location == location));
        there.map_or(0, |stock| stock.available)
    }
}

/// One statement, none for stores where nothing is picked up and before there is a destination.
async fn pickup(
    db: &mut TenantConn,
    terms: &Terms,
    document: &CartDocument,
    offers: &Offers,
) -> Result<HashMap<VariantId, Vec<PickupStock>>> {
    if terms.pickup.is_empty() || document.destination().is_none() {
        return Ok(HashMap::new());
    }
    inventory::pickup_stock(db, &offers.variants()).await
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
        .filter(|card| card.is_open(terms.now) && card.balance.currency == terms.settings.currency)
        .collect())
}
