//! What was bought, as it was then, and what it is a piece of now.

use mcom_sales::{
    carts,
    orders::{Order, OrderLine},
};
use mcom_schema::id::OrderId;

use super::{
    image::Image,
    money::{Currencies, MoneyBag},
};

/// Some pieces of one variant.
pub struct LineItem {
    it: OrderLine,
    order: OrderId,
    /// Its place among the order's lines.
    place: usize,
    currencies: Currencies,
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
    "sellingPlan" => LineItem::plan,
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

/// The plan by which a line was bought, as it was called then.
pub struct LineItemSellingPlan {
    id: String,
    name: String,
}

mcom_kit::record!(LineItemSellingPlan as "LineItemSellingPlan" { "name" = name, "sellingPlanId" = id });

impl Attribute {
    /// Shows what is noted.
    pub(super) fn all(noted: &[carts::Attribute]) -> Vec<Self> {
        noted.iter().map(|it| Attribute { key: it.key.clone(), value: it.value.clone() }).collect()
    }
}

impl LineItem {
    /// Shows the line at `place` of an order.
    pub(super) fn of(order: &Order, place: usize, it: OrderLine) -> Self {
        let (currencies, cancelled) = (Currencies::of(order), order.cancelled_at.is_some());
        LineItem { it, order: order.id, place, currencies, cancelled }
    }

    /// The order that it is a line of.
    pub(super) fn order(&self) -> OrderId {
        self.order
    }

    /// Its place among the order's lines.
    pub(super) fn place(&self) -> usize {
        self.place
    }

    /// What its amounts are in.
    pub(super) fn currencies(&self) -> Currencies {
        self.currencies
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

    fn total(&self) -> String {
        self.currencies.decimal(self.it.total_minor)
    }

    fn total_set(&self) -> MoneyBag {
        self.currencies.bag(self.it.total_minor)
    }

    fn unit_price(&self) -> String {
        self.currencies.decimal(self.it.unit_price_minor)
    }

    fn unit_price_set(&self) -> MoneyBag {
        self.currencies.bag(self.it.unit_price_minor)
    }

    fn plan(&self) -> Option<LineItemSellingPlan> {
        let plan = self.it.selling_plan.as_ref()?;
        Some(LineItemSellingPlan { id: plan.id.gid(), name: plan.name.clone() })
    }

    fn product(&self) -> Option<Product> {
        Some(Product { id: self.it.product?.gid() })
    }

    fn variant(&self) -> Option<ProductVariant> {
        Some(ProductVariant { id: self.it.variant?.gid() })
    }
}
