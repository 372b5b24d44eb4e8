//! The cart as its buyer sees it.

use std::sync::Arc;

use mcom_kit::{Cx, Error, Registry};
use mcom_sales::carts::{self, CartView, Identity};
use mcom_schema::Money;
use serde::Deserialize;

use super::{
    attribute::{self, Attribute},
    customer, delivery, line,
};

/// A priced cart.
pub struct Cart {
    pub(super) view: Arc<CartView>,
}

mcom_kit::record!(Cart as "Cart" {
    "attributes" => Cart::attributes,
    "buyerIdentity" => Cart::buyer_identity,
    "checkoutUrl" = view.checkout_url,
    "cost" => Cart::cost,
    "createdAt" = view.created_at,
    "delivery" => Cart::delivery,
    "discountCodes" => Cart::discount_codes,
    "estimatedCost" => Cart::estimated_cost,
    "id" => Cart::id,
    "note" = view.note,
    "totalQuantity" => Cart::total_quantity,
    "updatedAt" = view.updated_at,
});

/// A code that the buyer gave.
pub struct DiscountCode(carts::DiscountCode);

mcom_kit::record!(DiscountCode as "CartDiscountCode" {
    "applicable" => DiscountCode::applicable,
    "code" => DiscountCode::code,
});

/// Who buys.
pub struct BuyerIdentity(pub(super) Identity);

mcom_kit::record!(BuyerIdentity as "CartBuyerIdentity" {
    "countryCode" => BuyerIdentity::country,
    "email" => BuyerIdentity::email,
    "phone" => BuyerIdentity::phone,
});

/// What a cart costs.
pub struct Cost {
    subtotal: Money,
    total: Money,
    estimated: bool,
}

mcom_kit::record!(Cost as "CartCost" {
    "checkoutChargeAmount" = total,
    "subtotalAmount" = subtotal,
    "subtotalAmountEstimated" => Cost::subtotal_estimated,
    "totalAmount" = total,
    "totalAmountEstimated" = estimated,
    "totalDutyAmount" => Cost::not_told,
    "totalTaxAmount" => Cost::not_told,
});

/// What a cart costs, in its older form.
pub struct EstimatedCost {
    subtotal: Money,
    total: Money,
}

mcom_kit::record!(EstimatedCost as "CartEstimatedCost" {
    "checkoutChargeAmount" = total,
    "subtotalAmount" = subtotal,
    "totalAmount" = total,
});

#[derive(Deserialize)]
struct ById {
    id: String,
}

pub(super) fn register(registry: &mut Registry) {
    registry.query("cart", cart).entity(entities);
    registry.on::<Cart>().field("attribute", note);
    customer::register(registry);
    line::register(registry);
    delivery::register(registry);
}

async fn cart(cx: &Cx, args: ById) -> Result<Option<Arc<Cart>>, Error> {
    Ok(carts::read(cx, &args.id).await?.map(Cart::of))
}

/// Rarely more than one: nobody holds the keys of many carts.
async fn entities(cx: &Cx, keys: Vec<ById>) -> Result<Vec<Option<Arc<Cart>>>, Error> {
    let mut found = Vec::with_capacity(keys.len());
    for key in keys {
        found.push(carts::read(cx, &key.id).await?.map(Cart::of));
    }
    Ok(found)
}

fn note(_: &Cx, cart: &Cart, args: &attribute::ByKey) -> Result<Option<Attribute>, Error> {
    Ok(attribute::find(&cart.view.attributes, &args.key))
}

impl Cart {
    /// Shows a cart.
    pub(super) fn of(view: Arc<CartView>) -> Arc<Self> {
        Arc::new(Cart { view })
    }

    fn id(&self) -> String {
        self.view.id.gid()
    }

    fn attributes(&self) -> Vec<Attribute> {
        attribute::all(&self.view.attributes)
    }

    fn buyer_identity(&self) -> BuyerIdentity {
        BuyerIdentity(self.view.identity.clone())
    }

    fn cost(&self) -> Cost {
        let cost = self.view.cost;
        Cost { subtotal: cost.subtotal, total: cost.total, estimated: cost.estimated }
    }

    fn estimated_cost(&self) -> EstimatedCost {
        EstimatedCost { subtotal: self.view.cost.subtotal, total: self.view.cost.total }
    }

    fn delivery(&self) -> delivery::Delivery {
        delivery::Delivery::of(self.view.clone())
    }

    fn discount_codes(&self) -> Vec<DiscountCode> {
        self.view.discount_codes.iter().cloned().map(DiscountCode).collect()
    }

    fn total_quantity(&self) -> i32 {
        i32::try_from(self.view.total_quantity()).unwrap_or(i32::MAX)
    }
}

impl DiscountCode {
    fn applicable(&self) -> bool {
        self.0.applicable
    }

    fn code(&self) -> &str {
        &self.0.code
    }
}

impl BuyerIdentity {
    fn country(&self) -> Option<&str> {
        self.0.country.as_deref()
    }

    fn email(&self) -> Option<&str> {
        self.0.email.as_deref()
    }

    fn phone(&self) -> Option<&str> {
        self.0.phone.as_deref()
    }
}

impl Cost {
    /// Prices contain their taxes, and nothing else is added to lines.
    fn subtotal_estimated(&self) -> bool {
        false
    }

    /// What is charged for taxes and duties stands in the order, once there is one.
    fn not_told(&self) -> Option<Money> {
        None
    }
}
