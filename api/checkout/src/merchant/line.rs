//! What was bought, as it was then, and what it is a piece of now.

use mcom_sales::{carts, orders::OrderLine};
use mcom_schema::{Currency, Money};

use super::{image::Image, money::MoneyBag};

/// Some pieces of one variant.
pub struct LineItem {
    it: OrderLine,
    currency: Currency,
    cancelled: bool,
}

mcom_kit::record!(LineItem as "LineItem" {
    "currentQuantity" => LineItem::current_quantity,
    "customAttributes" => LineItem::attributes,
    "id" => LineItem::gid,
    "image" => LineItem::image,
    "name" => LineItem::name,
    "originalTotal" => LineItem::total,
    "originalTotalSet" => LineItem::total_set,
    "originalUnitPrice" => LineItem::unit_price,
    "originalUnitPriceSet" => LineItem::unit_price_set,
    "product" => LineItem::product,
    "quantity" = it.quantity,
    "requiresShipping" = it.requires_shipping,
    "sku" = it.sku,
    "taxable" = it.taxable,
    "title" = it.title,
    "variant" => LineItem::variant,
    "variantTitle" = it.variant_title,
    "vendor" = it.vendor,
});

mcom_kit::connection!(LineItemConnection, LineItemEdge of LineItem as "LineItemConnection" "LineItemEdge");

/// A product, which the catalog knows more of.
pub struct Product {
    id: String,
}

mcom_kit::record!(Product as "Product" { "id" = id });

/// A variant, which the catalog knows more of.
pub struct ProductVariant {
    id: String,
}

mcom_kit::record!(ProductVariant as "ProductVariant" { "id" = id });

/// Something noted down: any key with any text.
pub struct Attribute {
    key: String,
    value: Option<String>,
}

mcom_kit::record!(Attribute as "Attribute" { "key" = key, "value" = value });

impl Attribute {
    /// Shows what is noted.
    pub(super) fn all(noted: &[carts::Attribute]) -> Vec<Self> {
        noted.iter().map(|it| Attribute { key: it.key.clone(), value: it.value.clone() }).collect()
    }
}

impl LineItem {
    /// Shows a line of an order in `currency`.
    pub(super) fn of(it: OrderLine, currency: Currency, cancelled: bool) -> Self {
        LineItem { it, currency, cancelled }
    }

    fn gid(&self) -> String {
        self.it.id.gid()
    }

    fn current_quantity(&self) -> i64 {
        if self.cancelled { 0 } else { self.it.quantity }
    }

    fn attributes(&self) -> Vec<Attribute> {
        Attribute::all(&self.it.attributes)
    }

    fn image(&self) -> Option<Image> {
        Some(Image::at(self.it.image_url.as_deref()?, &self.it.title))
    }

    fn name(&self) -> String {
        match &self.it.variant_title {
            Some(variant) => format!("{} - {variant}", self.it.title),
            None => self.it.title.clone(),
        }
    }

    fn money(&self, minor: i64) -> Money {
        Money::new(minor, self.currency)
    }

    fn total(&self) -> String {
        self.money(self.it.total_minor).decimal()
    }

    fn total_set(&self) -> MoneyBag {
        self.money(self.it.total_minor).into()
    }

    fn unit_price(&self) -> String {
        self.money(self.it.unit_price_minor).decimal()
    }

    fn unit_price_set(&self) -> MoneyBag {
        self.money(self.it.unit_price_minor).into()
    }

    fn product(&self) -> Option<Product> {
        Some(Product { id: self.it.product?.gid() })
    }

    fn variant(&self) -> Option<ProductVariant> {
        Some(ProductVariant { id: self.it.variant?.gid() })
    }
}
