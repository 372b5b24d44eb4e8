//! Permissions: the access scopes of the published Admin API, as one enum.

use std::fmt;

/// What a token may do. A write scope includes its read scope.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Scope {
    ReadProducts,
    WriteProducts,
    ReadInventory,
    WriteInventory,
    ReadLocations,
    WriteLocations,
    ReadOrders,
    WriteOrders,
    ReadDiscounts,
    WriteDiscounts,
    ReadGiftCards,
    WriteGiftCards,
    ReadCustomers,
    WriteCustomers,
    ReadPublications,
    WritePublications,
    ReadMarkets,
    WriteMarkets,
    ReadTranslations,
    WriteTranslations,
    ReadContent,
    WriteContent,
    ReadOnlineStoreNavigation,
    WriteOnlineStoreNavigation,
    ReadLegalPolicies,
    WriteLegalPolicies,
    ReadMetaobjectDefinitions,
    WriteMetaobjectDefinitions,
    ReadMetaobjects,
    WriteMetaobjects,
}

impl Scope {
    /// Every scope, in the order in which they are listed to people.
    pub const ALL: [Scope; 30] = [
        Scope::ReadProducts,
        Scope::WriteProducts,
        Scope::ReadInventory,
        Scope::WriteInventory,
        Scope::ReadLocations,
        Scope::WriteLocations,
        Scope::ReadOrders,
        Scope::WriteOrders,
        Scope::ReadDiscounts,
        Scope::WriteDiscounts,
        Scope::ReadGiftCards,
        Scope::WriteGiftCards,
        Scope::ReadCustomers,
        Scope::WriteCustomers,
        Scope::ReadPublications,
        Scope::WritePublications,
        Scope::ReadMarkets,
        Scope::WriteMarkets,
        Scope::ReadTranslations,
        Scope::WriteTranslations,
        Scope::ReadContent,
        Scope::WriteContent,
        Scope::ReadOnlineStoreNavigation,
        Scope::WriteOnlineStoreNavigation,
        Scope::ReadLegalPolicies,
        Scope::WriteLegalPolicies,
        Scope::ReadMetaobjectDefinitions,
        Scope::WriteMetaobjectDefinitions,
        Scope::ReadMetaobjects,
        Scope::WriteMetaobjects,
    ];

    /// The name used in tokens and in the SDL: `write_products`.
    pub const fn name(self) -> &'static str {
        match self {
            Scope::ReadProducts => "read_products",
            Scope::WriteProducts => "write_products",
            Scope::ReadInventory => "read_inventory",
            Scope::WriteInventory => "write_inventory",
            Scope::ReadLocations => "read_locations",
            Scope::WriteLocations => "write_locations",
            Scope::ReadOrders => "read_orders",
            Scope::WriteOrders => "write_orders",
            Scope::ReadDiscounts => "read_discounts",
            Scope::WriteDiscounts => "write_discounts",
            Scope::ReadGiftCards => "read_gift_cards",
            Scope::WriteGiftCards => "write_gift_cards",
            Scope::ReadCustomers => "read_customers",
            Scope::WriteCustomers => "write_customers",
            Scope::ReadPublications => "read_publications",
            Scope::WritePublications => "write_publications",
            Scope::ReadMarkets => "read_markets",
            Scope::WriteMarkets => "write_markets",
            Scope::ReadTranslations => "read_translations",
            Scope::WriteTranslations => "write_translations",
            Scope::ReadContent => "read_content",
            Scope::WriteContent => "write_content",
            Scope::ReadOnlineStoreNavigation => "read_online_store_navigation",
            Scope::WriteOnlineStoreNavigation => "write_online_store_navigation",
            Scope::ReadLegalPolicies => "read_legal_policies",
            Scope::WriteLegalPolicies => "write_legal_policies",
            Scope::ReadMetaobjectDefinitions => "read_metaobject_definitions",
            Scope::WriteMetaobjectDefinitions => "write_metaobject_definitions",
            Scope::ReadMetaobjects => "read_metaobjects",
            Scope::WriteMetaobjects => "write_metaobjects",
        }
    }

    /// The scope with this name.
    pub fn parse(name: &str) -> Option<Scope> {
        Scope::ALL.into_iter().find(|scope| scope.name() == name)
    }

    /// Whether holding `self` allows what needs `needed`: itself, or the read scope of the same thing.
    pub fn allows(self, needed: Scope) -> bool {
        let thing = |scope: Scope| scope.name().split_once('_').map(|(verb, thing)| (verb == "write", thing));
        let (Some((writes, mine)), Some((must_write, wanted))) = (thing(self), thing(needed)) else {
            return false;
        };
        mine == wanted && (writes || !must_write)
    }
}

impl fmt::Display for Scope {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

#[cfg(test)]
mod tests {
    use super::Scope;

    #[test]
    fn writing_includes_reading_of_the_same_thing_only() {
        assert!(Scope::WriteProducts.allows(Scope::ReadProducts));
        assert!(Scope::ReadProducts.allows(Scope::ReadProducts));
        assert!(!Scope::ReadProducts.allows(Scope::WriteProducts));
        assert!(!Scope::WriteProducts.allows(Scope::ReadOrders));
    }

    #[test]
    fn every_scope_is_found_by_its_name() {
        for scope in Scope::ALL {
            assert_eq!(Scope::parse(scope.name()), Some(scope));
        }
    }
}
