//! A buyer as shops have them: mostly looking, sometimes filling a cart, rarely paying.

use std::sync::Arc;

use super::{Ask, Buyer, Cart, Checkout, Listing, ProductPage, Search};
use crate::bench::{chance::Chance, goods::Goods};

/// Of a hundred requests, how many are of each kind.
const SHARES: [usize; 5] = [55, 25, 10, 7, 3];

/// Does everything, in the shares that shops see.
pub(in crate::bench) struct Mix {
    kinds: [Box<dyn Buyer>; 5],
    current: usize,
}

impl Mix {
    /// A buyer in a shop with these goods, with a card that the payment provider has taken down.
    pub fn new(goods: &Arc<Goods>, session: String) -> Self {
        let goods = || goods.clone();
        let kinds: [Box<dyn Buyer>; 5] = [
            Box::new(ProductPage::new(goods())),
            Box::new(Listing::new(goods())),
            Box::new(Search::new(goods())),
            Box::new(Cart::new(goods())),
            Box::new(Checkout::new(goods(), session)),
        ];
        Mix { kinds, current: 0 }
    }
}

impl Buyer for Mix {
    fn next(&mut self, chance: &mut Chance) -> Ask {
        let mut place = chance.below(SHARES.iter().sum());
        self.current = 0;
        while place >= SHARES[self.current] {
            place -= SHARES[self.current];
            self.current += 1;
        }
        self.kinds[self.current].next(chance)
    }

    fn heard(&mut self, answer: &[u8]) -> anyhow::Result<()> {
        self.kinds[self.current].heard(answer)
    }

    fn orders(&self) -> u64 {
        self.kinds.iter().map(|kind| kind.orders()).sum()
    }

    fn walker(&mut self) -> Option<(&mut dyn Buyer, u64)> {
        // The longest way.
        self.kinds.last_mut()?.walker()
    }
}
