//! What is measured: kinds of traffic, each with the buyers that make it.

use std::sync::Arc;

use clap::ValueEnum;

use super::{
    buyer::{Buyer, Cart, Checkout, Listing, Mix, ProductPage, Round, Search},
    goods::Goods,
    load::Crew,
    target::Targets,
};

/// A kind of traffic.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, ValueEnum)]
#[value(rename_all = "snake_case")]
pub enum Workload {
    /// A product's page by its handle.
    ProductPage,
    /// 24 products of a collection.
    Listing,
    /// A search with facets.
    Search,
    /// A cart made, added to and read.
    Cart,
    /// From an empty cart to a paid order.
    Checkout,
    /// All of them, in the shares that shops see.
    Mix,
}

impl Workload {
    /// Every kind, in the order of reports.
    pub const ALL: [Workload; 6] = [
        Workload::ProductPage,
        Workload::Listing,
        Workload::Search,
        Workload::Cart,
        Workload::Checkout,
        Workload::Mix,
    ];

    /// Its name in reports and on the command line.
    pub const fn name(self) -> &'static str {
        match self {
            Workload::ProductPage => "product_page",
            Workload::Listing => "listing",
            Workload::Search => "search",
            Workload::Cart => "cart",
            Workload::Checkout => "checkout",
            Workload::Mix => "mix",
        }
    }

    /// Whether orders are placed.
    pub const fn pays(self) -> bool {
        matches!(self, Workload::Checkout | Workload::Mix)
    }

    /// Whether product documents are read from memory that has to be filled first.
    pub(super) const fn is_warm(self) -> bool {
        !matches!(self, Workload::Checkout)
    }

    /// The buyers that make this traffic.
    pub(super) fn crew(self, targets: Targets, goods: Arc<Goods>) -> Crew {
        let session = targets.session.clone();
        let sold = goods.clone();
        let hire = move || -> Box<dyn Buyer> {
            let goods = || sold.clone();
            match self {
                Workload::ProductPage => Box::new(ProductPage::new(goods())),
                Workload::Listing => Box::new(Listing::new(goods())),
                Workload::Search => Box::new(Search::new(goods())),
                Workload::Cart => Box::new(Cart::new(goods())),
                Workload::Checkout => Box::new(Checkout::new(goods(), session.clone())),
                Workload::Mix => Box::new(Mix::new(&goods(), session.clone())),
            }
        };
        Crew { hire: Box::new(hire), targets, goods }
    }
}

/// Those who open each product page once.
pub(super) fn round(targets: Targets, goods: Arc<Goods>) -> Crew {
    let (next, seen) = (Arc::default(), goods.clone());
    let hire = move || -> Box<dyn Buyer> { Box::new(Round::new(seen.clone(), Arc::clone(&next))) };
    Crew { hire: Box::new(hire), targets, goods }
}
