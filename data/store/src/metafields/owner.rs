//! What metafields can belong to.

use mcom_data::Cx;
use mcom_schema::{
    Gid, Scope,
    id::{ArticleId, BlogId, CollectionId, CustomerId, OrderId, PageId, ProductId, StoreId, VariantId, gid},
};

/// A kind of things that can have metafields.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum OwnerKind {
    /// Articles.
    Article,
    /// Blogs.
    Blog,
    /// Collections.
    Collection,
    /// Customers.
    Customer,
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
    /// Every kind, in the order of their names.
    pub const ALL: [OwnerKind; 9] = [
        OwnerKind::Article,
        OwnerKind::Blog,
        OwnerKind::Collection,
        OwnerKind::Customer,
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
            OwnerKind::Collection => ("COLLECTION", CollectionId::KIND),
            OwnerKind::Customer => ("CUSTOMER", CustomerId::KIND),
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
            OwnerKind::Order => Scope::ReadOrders,
        }
    }

    /// Who may change it.
    pub const fn write_scope(self) -> Scope {
        match self {
            OwnerKind::Article | OwnerKind::Blog | OwnerKind::Page | OwnerKind::Shop => Scope::WriteContent,
            OwnerKind::Collection | OwnerKind::Product | OwnerKind::Variant => Scope::WriteProducts,
            OwnerKind::Customer => Scope::WriteCustomers,
            OwnerKind::Order => Scope::WriteOrders,
        }
    }

    /// Whether such things are some buyer's own, so that nobody else may see what belongs to them.
    pub const fn is_private(self) -> bool {
        matches!(self, OwnerKind::Customer | OwnerKind::Order)
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

    /// Reads a global id; none if it is of nothing that can have metafields.
    pub fn parse(text: &str) -> Option<Self> {
        let id = Gid::parse(text)?;
        let kind = OwnerKind::ALL.into_iter().find(|kind| kind.names().1 == id.kind)?;
        Some(Owner { kind, id: id.number()? })
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
            assert_eq!(Owner::parse(&owner.gid()), Some(owner));
        }
        assert_eq!(Owner::parse("gid://shopify/Menu/7"), None);
    }
}
