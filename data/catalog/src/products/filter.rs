//! Conditions on products, as the `query` argument of lists names them.

use chrono::{DateTime, Utc};

/// Which products.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Filter {
    /// Those that meet every one.
    All(Vec<Filter>),
    /// Those that meet at least one.
    Any(Vec<Filter>),
    /// Those that do not meet it.
    Not(Box<Filter>),
    /// Those that meet a single condition.
    Is(ProductTerm),
}

/// A single condition.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ProductTerm {
    /// By id.
    Id(Compare<i64>),
    /// By address.
    Handle(Match),
    /// By name.
    Title(Match),
    /// By maker.
    Vendor(Match),
    /// By kind.
    ProductType(Match),
    /// Carries this label, case disregarded.
    Tag(String),
    /// One of `ACTIVE`, `ARCHIVED`, `DRAFT`, case disregarded.
    Status(String),
    /// A variant has this number.
    Sku(Match),
    /// A variant has this code.
    Barcode(Match),
    /// A variant costs this much, in minor units.
    Price(Compare<i64>),
    /// A variant is reduced.
    PriceReduced(bool),
    /// Is a gift card.
    GiftCard(bool),
    /// By age.
    CreatedAt(Compare<DateTime<Utc>>),
    /// By the last change.
    UpdatedAt(Compare<DateTime<Utc>>),
    /// Pieces of all variants at all active locations together.
    InventoryTotal(Compare<i64>),
    /// Is on the online store.
    Published(bool),
    /// A buyer may take one: published or not, some variant is sellable.
    ForSale(bool),
    /// Is in this collection.
    Collection(i64),
    /// Name, maker, kind, a label or a number contains the word.
    Word(String),
}

/// How an ordered value compares.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Compare<T> {
    /// The same.
    Is(T),
    /// Before or smaller.
    Below(T),
    /// Not after or greater.
    AtMost(T),
    /// After or greater.
    Above(T),
    /// Not before or smaller.
    AtLeast(T),
}

/// How a text compares; case and accents disregarded where the text is for people.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Match {
    /// The whole text.
    Whole(String),
    /// Its beginning.
    Prefix(String),
}
