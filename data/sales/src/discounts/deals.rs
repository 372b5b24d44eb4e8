//! The discounts that a cart may have: those that apply by themselves, and those whose codes the buyer gave.

use std::{collections::HashMap, sync::Arc};

use mcom_data::{Result, TenantConn};
use mcom_schema::id::{CollectionId, CustomerId, ProductId};

use super::{
    judge::{Goods, Members, Obstacle, obstacle},
    query,
    row::Discount,
    terms::{DiscountEffect, DiscountItems},
    uses::Buyer,
};
use crate::terms::Terms;

/// As codes are compared.
pub(crate) fn key_of(code: &str) -> String {
    code.trim().to_lowercase()
}

/// What a cart's discounts are chosen from.
#[derive(Default)]
pub(crate) struct Deals {
    automatic: Arc<[Discount]>,
    /// By key, with whether the buyer has had it.
    codes: HashMap<String, (Discount, bool)>,
    members: Members,
    /// Whoever has signed in.
    customer: Option<CustomerId>,
}

impl Deals {
    /// Looks up the codes, and in which of the collections that matter the products are. Without codes and without discounts on
    /// collections nothing is asked.
    pub(crate) async fn load(
        db: &mut TenantConn,
        terms: &Terms,
        (codes, buyer): (&[String], Buyer<'_>),
        products: &[ProductId],
    ) -> Result<Self> {
        let automatic = terms.automatic.clone();
        let mut deals = Deals { automatic, customer: buyer.customer, ..Deals::default() };
        let keys: Vec<String> = codes.iter().map(|code| key_of(code)).collect();
        if !keys.is_empty() {
            let found = query::by_codes(db, &keys, buyer).await?;
            let keyed = |(it, had): (Discount, bool)| {
                Some((key_of(it.details.code.as_deref()?), (it.exchanged(terms.exchange()), had)))
            };
            deals.codes = found.into_iter().filter_map(keyed).collect();
        }
        let collections = deals.collections();
        if !collections.is_empty() && !products.is_empty() {
            let products: Vec<i64> = products.iter().map(|id| id.0).collect();
            let collections: Vec<i64> = collections.iter().map(|id| id.0).collect();
            deals.members = query::memberships(db, &products, &collections).await?;
        }
        Ok(deals)
    }

    fn collections(&self) -> Vec<CollectionId> {
        let codes = self.codes.values().map(|(discount, _)| discount);
        let of = |items: &DiscountItems| match items {
            DiscountItems::Only { collections, .. } => collections.clone(),
            DiscountItems::All => vec![],
        };
        let named = |discount: &Discount| {
            let mut collections = of(&discount.details.terms.items);
            if let DiscountEffect::BuyGet { buys, .. } = &discount.details.terms.effect {
                collections.extend(of(buys));
            }
            collections
        };
        self.automatic.iter().chain(codes).flat_map(named).collect()
    }

    fn obstacle(&self, discount: &Discount, goods: &[Goods], terms: &Terms) -> Option<Obstacle> {
        obstacle(discount, (goods, &self.members), self.customer, terms.now)
    }

    /// In which collections the goods are.
    pub(crate) fn members(&self) -> &Members {
        &self.members
    }

    /// Those of the discounts without a code that a cart with these goods may have.
    pub(crate) fn open(&self, goods: &[Goods], terms: &Terms) -> Vec<&Discount> {
        let may = |it: &&Discount| self.obstacle(it, goods, terms).is_none();
        self.automatic.iter().filter(may).collect()
    }

    /// The discount that answers to a code.
    ///
    /// # Errors
    /// Why a cart with these goods cannot have it.
    pub(crate) fn of_code(&self, code: &str, goods: &[Goods], terms: &Terms) -> Result<&Discount, Obstacle> {
        let (discount, had) = self.codes.get(&key_of(code)).ok_or(Obstacle::Unknown)?;
        let details = &discount.details;
        if let Some(obstacle) = self.obstacle(discount, goods, terms) {
            return Err(obstacle);
        }
        if details.usage_limit.is_some_and(|limit| discount.used >= limit) {
            return Err(Obstacle::UsedUp);
        }
        if *had && details.once_per_customer {
            return Err(Obstacle::UsedByBuyer);
        }
        Ok(discount)
    }
}
