//! Ids: positive integers below 2^53 from the database, shown outside as `gid://shopify/Product/123`.

use std::fmt;

/// Ids stay exact in clients that keep numbers as doubles.
pub const LARGEST: i64 = (1 << 53) - 1;

/// A global id taken apart: `gid://authority/Kind/key?query`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Gid<'a> {
    /// The type name, for instance `Product`.
    pub kind: &'a str,
    /// The part after the type: a number, or a cart's token.
    pub key: &'a str,
    /// What follows the `?`, without it; empty if there is none.
    pub query: &'a str,
}

impl<'a> Gid<'a> {
    /// Any authority is accepted, as clients only look at the last path segments.
    pub fn parse(text: &'a str) -> Option<Self> {
        let rest = text.strip_prefix("gid://")?;
        let (path, query) = rest.split_once('?').unwrap_or((rest, ""));
        let mut parts = path.split('/');
        let (authority, kind, key) = (parts.next()?, parts.next()?, parts.next()?);
        (parts.next().is_none() && !authority.is_empty() && !kind.is_empty() && !key.is_empty())
            .then_some(Gid { kind, key, query })
    }

    /// The numeric key, if it is one that a database could have given out.
    pub fn number(&self) -> Option<i64> {
        let digits = self.key.bytes().all(|b| b.is_ascii_digit());
        self.key.parse().ok().filter(|n| digits && (1..=LARGEST).contains(n))
    }

    /// The value of one query parameter, undecoded.
    pub fn parameter(&self, name: &str) -> Option<&'a str> {
        self.query.split('&').find_map(|pair| pair.strip_prefix(name)?.strip_prefix('='))
    }
}

/// Writes a global id.
pub fn gid(kind: &str, key: impl fmt::Display) -> String {
    format!("gid://shopify/{kind}/{key}")
}

/// Declares an id type with its public type name.
#[macro_export]
macro_rules! id {
    ($($(#[$doc:meta])* $name:ident as $kind:literal;)*) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, serde::Serialize, serde::Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub i64);

        impl $name {
            /// The public type name.
            pub const KIND: &'static str = $kind;

            /// Reads `gid://shopify/…/123` of this kind, or the bare number.
            pub fn parse(text: &str) -> Option<Self> {
                match $crate::id::Gid::parse(text) {
                    Some(gid) if gid.kind == Self::KIND => gid.number().map(Self),
                    Some(_) => None,
                    None => $crate::id::Gid { kind: Self::KIND, key: text, query: "" }.number().map(Self),
                }
            }

            /// The public form.
            pub fn gid(self) -> String {
                $crate::id::gid(Self::KIND, self.0)
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                self.0.fmt(f)
            }
        }
    )*};
}

id! {
    /// A store, which is the tenant.
    StoreId as "Shop";
    /// A product.
    ProductId as "Product";
    /// An option of a product («Size»).
    ProductOptionId as "ProductOption";
    /// A value of an option («XL»).
    ProductOptionValueId as "ProductOptionValue";
    /// A variant: what can be bought.
    VariantId as "ProductVariant";
    /// An image of a product.
    MediaId as "MediaImage";
    /// A file of the store: a logo, a film, a document. Those that can be looked at go by what they are: `gid://shopify/Video/7`.
    FileId as "GenericFile";
    /// A collection.
    CollectionId as "Collection";
    /// A publication: a channel on which things are sold.
    PublicationId as "Publication";
    /// What a variant is in the warehouse.
    InventoryItemId as "InventoryItem";
    /// A place that holds stock.
    LocationId as "Location";
    /// A customer.
    CustomerId as "Customer";
    /// An address that a customer keeps.
    CustomerAddressId as "MailingAddress";
    /// A mail to be sent.
    NotificationId as "Notification";
    /// A placed order.
    OrderId as "Order";
    /// A line of an order.
    LineItemId as "LineItem";
    /// What was sent of an order together.
    FulfillmentId as "Fulfillment";
    /// A movement of money.
    OrderTransactionId as "OrderTransaction";
    /// A discount.
    DiscountId as "DiscountNode";
    /// A gift card.
    GiftCardId as "GiftCard";
    /// Ways in which goods are sold, by what they have in common.
    SellingPlanGroupId as "SellingPlanGroup";
    /// A way in which goods are sold other than once and at once.
    SellingPlanId as "SellingPlan";
    /// A group of countries that share a currency, prices and languages.
    MarketId as "Market";
    /// A page of the store's own texts.
    PageId as "Page";
    /// A blog.
    BlogId as "Blog";
    /// An article of a blog.
    ArticleId as "Article";
    /// What a reader said about an article.
    CommentId as "Comment";
    /// A menu.
    MenuId as "Menu";
    /// An entry of a menu.
    MenuItemId as "MenuItem";
    /// A text of the store's terms.
    ShopPolicyId as "ShopPolicy";
    /// A redirect from an address that is no longer used.
    UrlRedirectId as "UrlRedirect";
    /// A field that a merchant added to a kind of things.
    MetafieldDefinitionId as "MetafieldDefinition";
    /// What such a field holds for one thing.
    MetafieldId as "Metafield";
    /// A kind of things that a merchant made up.
    MetaobjectDefinitionId as "MetaobjectDefinition";
    /// A thing of such a kind.
    MetaobjectId as "Metaobject";
    /// An entry of the event log.
    EventId as "Event";
    /// A unit of background work.
    JobId as "Job";
}

#[cfg(test)]
mod tests {
    use super::{Gid, ProductId};

    #[test]
    fn ids_are_read_in_every_form_that_clients_send() {
        assert_eq!(ProductId::parse("gid://shopify/Product/12"), Some(ProductId(12)));
        assert_eq!(ProductId::parse("gid://mcom/Product/12"), Some(ProductId(12)));
        assert_eq!(ProductId::parse("12"), Some(ProductId(12)));
        assert_eq!(ProductId(12).gid(), "gid://shopify/Product/12");
        for bad in [
            "",
            "gid://shopify/Product/",
            "gid://shopify/Collection/12",
            "gid://shopify/Product/-1",
            "-1",
            "+1",
            "0",
            "gid://shopify/Product/9007199254740992",
            "gid://shopify/Product/1/2",
            "gid:///Product/1",
        ] {
            assert_eq!(ProductId::parse(bad), None, "{bad}");
        }
    }

    #[test]
    fn a_cart_id_carries_its_key() {
        let gid = Gid::parse("gid://shopify/Cart/abc?key=s3cret&x=1");
        assert_eq!(gid.and_then(|gid| gid.parameter("key")), Some("s3cret"));
        assert_eq!(gid.map(|gid| gid.key), Some("abc"));
    }
}
