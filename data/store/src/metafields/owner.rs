//! What metafields can belong to.

use mcom_data::Cx;
use mcom_schema::{
    Gid, Scope,
    id::{
        ArticleId, BlogId, CollectionId, CustomerId, LocationId, MarketId, OrderId, PageId, ProductId,
        StoreId, VariantId, gid,
    },
};

/// A kind of things that can have metafields.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum OwnerKind {
    /// Articles.
    Article,
    /// Blogs.
    Blog,
    /// Carts. They keep what belongs to them themselves.
    Cart,
    /// Collections.
    Collection,
    /// Customers.
    Customer,
    /// Locations.
    Location,
    /// Markets.
    Market,
    /// Orders.
    Order,
    /// Pages.
    Page,
    /// Products.
    Product,
    /// Variants.
    Variant,
    /// The store itself.
    Shop,
}

impl OwnerKind {
    /// Whether products are told apart by what it holds.
    pub(super) const fn is_sold(self) -> bool {
        matches!(self, OwnerKind::Product | OwnerKind::Variant)
    }

    /// Every kind, in the order of their names.
    pub const ALL: [OwnerKind; 12] = [
        OwnerKind::Article,
        OwnerKind::Blog,
        OwnerKind::Cart,
        OwnerKind::Collection,
        OwnerKind::Customer,
        OwnerKind::Location,
        OwnerKind::Market,
        OwnerKind::Order,
        OwnerKind::Page,
        OwnerKind::Product,
        OwnerKind::Variant,
        OwnerKind::Shop,
    ];

    /// The name in the database and in the APIs, and the type name in ids.
    const fn names(self) -> (&'static str, &'static str) {
        match self {
            OwnerKind::Article => ("ARTICLE", ArticleId::KIND),
            OwnerKind::Blog => ("BLOG", BlogId::KIND),
            OwnerKind::Cart => ("CART", "Cart"),
            OwnerKind::Collection => ("COLLECTION", CollectionId::KIND),
            OwnerKind::Customer => ("CUSTOMER", CustomerId::KIND),
            OwnerKind::Location => ("LOCATION", LocationId::KIND),
            OwnerKind::Market => ("MARKET", MarketId::KIND),
            OwnerKind::Order => ("ORDER", OrderId::KIND),
            OwnerKind::Page => ("PAGE", PageId::KIND),
            OwnerKind::Product => ("PRODUCT", ProductId::KIND),
            OwnerKind::Variant => ("PRODUCTVARIANT", VariantId::KIND),
            OwnerKind::Shop => ("SHOP", StoreId::KIND),
        }
    }

    /// The name in the database and in the APIs: `PRODUCTVARIANT`.
    pub const fn name(self) -> &'static str {
        self.names().0
    }

    /// The kind with this name.
    pub fn parse(name: &str) -> Option<Self> {
        OwnerKind::ALL.into_iter().find(|kind| kind.name() == name)
    }

    /// Who may read what belongs to such things, as a merchant.
    pub const fn read_scope(self) -> Scope {
        match self {
            OwnerKind::Article | OwnerKind::Blog | OwnerKind::Page | OwnerKind::Shop => Scope::ReadContent,
            OwnerKind::Collection | OwnerKind::Product | OwnerKind::Variant => Scope::ReadProducts,
            OwnerKind::Customer => Scope::ReadCustomers,
            OwnerKind::Location => Scope::ReadLocations,
            OwnerKind::Market => Scope::ReadMarkets,
            OwnerKind::Cart | OwnerKind::Order => Scope::ReadOrders,
        }
    }

    /// Who may change it.
    pub const fn write_scope(self) -> Scope {
        match self {
            OwnerKind::Article | OwnerKind::Blog | OwnerKind::Page | OwnerKind::Shop => Scope::WriteContent,
            OwnerKind::Collection | OwnerKind::Product | OwnerKind::Variant => Scope::WriteProducts,
            OwnerKind::Customer => Scope::WriteCustomers,
            OwnerKind::Location => Scope::WriteLocations,
            OwnerKind::Market => Scope::WriteMarkets,
            OwnerKind::Cart | OwnerKind::Order => Scope::WriteOrders,
        }
    }

    /// Whether such things are some buyer's own, so that nobody else may see what belongs to them.
    pub const fn is_private(self) -> bool {
        matches!(self, OwnerKind::Cart | OwnerKind::Customer | OwnerKind::Order)
    }
}

/// A thing that can have metafields.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Owner {
    /// What it is.
    pub kind: OwnerKind,
    /// Its number.
    pub id: i64,
}

impl Owner {
    /// The store that is asked.
    pub fn shop(cx: &Cx) -> Self {
        Owner { kind: OwnerKind::Shop, id: cx.tenant().store().0 }
    }

    /// One of such things, whichever: for values that it keeps itself.
    pub const fn unnumbered(kind: OwnerKind) -> Self {
        Owner { kind, id: 0 }
    }

    /// Reads a global id; none if it is of nothing whose metafields are kept for it.
    pub fn parse(text: &str) -> Option<Self> {
        let id = Gid::parse(text)?;
        let kind = OwnerKind::ALL.into_iter().find(|kind| kind.names().1 == id.kind)?;
        (kind != OwnerKind::Cart).then_some(Owner { kind, id: id.number()? })
    }

    /// Its global id.
    pub fn gid(self) -> String {
        gid(self.kind.names().1, self.id)
    }
}

#[cfg(test)]
mod tests {
    use super::{Owner, OwnerKind};

    #[test]
    fn every_owner_is_found_by_its_id_and_every_kind_by_its_name() {
        for kind in OwnerKind::ALL {
            assert_eq!(OwnerKind::parse(kind.name()), Some(kind));
            let owner = Owner { kind, id: 7 };
            assert_eq!(Owner::parse(&owner.gid()), (kind != OwnerKind::Cart).then_some(owner));
        }
        assert_eq!(Owner::parse("gid://shopify/Menu/7"), None);
    }
}
