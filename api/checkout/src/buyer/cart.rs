//! The cart as its buyer sees it.

use std::sync::Arc;

use mcom_kit::{Cx, Error, Record, Registry};
use mcom_sales::carts::{self, CartView};
use mcom_schema::Money;
use serde::Deserialize;

use super::{
    address::MailingAddress,
    attribute::{self, Attribute},
    customer, delivery, discount,
    gift_card::{self, AppliedGiftCard},
    line,
    preference::Preferences,
};

/// A priced cart.
pub struct Cart {
    pub(super) view: Arc<CartView>,
}

mcom_kit::record!(Cart as "Cart" {
    "appliedGiftCards" => Cart::gift_cards,
    "attributes" => Cart::attributes,
    "buyerIdentity" => Cart::buyer_identity,
    "checkoutUrl" = view.checkout_url,
    "cost" => Cart::cost,
    "createdAt" = view.created_at,
    "delivery" => Cart::delivery,
    "discountAllocations" => Cart::discount_allocations,
    "discountApplications" => Cart::discount_applications,
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
pub struct BuyerIdentity {
    pub(super) cart: Arc<CartView>,
}

mcom_kit::record!(BuyerIdentity as "CartBuyerIdentity" {
    "countryCode" => BuyerIdentity::country,
    "deliveryAddressPreferences" => BuyerIdentity::addresses,
    "email" => BuyerIdentity::email,
    "phone" => BuyerIdentity::phone,
    "preferences" => BuyerIdentity::preferences,
});

/// What a cart costs.
pub struct Cost {
    subtotal: Money,
    total: Money,
    tax: Option<Money>,
    estimated: bool,
}

mcom_kit::record!(Cost as "CartCost" {
    "checkoutChargeAmount" = subtotal,
    "subtotalAmount" = subtotal,
    "subtotalAmountEstimated" => Cost::certain,
    "totalAmount" = total,
    "totalAmountEstimated" = estimated,
    "totalDutyAmount" => Cost::no_duties,
    "totalDutyAmountEstimated" => Cost::certain,
    "totalTaxAmount" = tax,
    "totalTaxAmountEstimated" = estimated,
});

/// What a cart costs, in its older form.
pub struct EstimatedCost {
    subtotal: Money,
    total: Money,
    tax: Option<Money>,
}

mcom_kit::record!(EstimatedCost as "CartEstimatedCost" {
    "checkoutChargeAmount" = subtotal,
    "subtotalAmount" = subtotal,
    "totalAmount" = total,
    "totalDutyAmount" => EstimatedCost::no_duties,
    "totalTaxAmount" = tax,
});

/// The key of an entity.
#[derive(Deserialize)]
pub(super) struct ById {
    /// Its public id.
    pub(super) id: String,
}

pub(super) fn register(registry: &mut Registry) {
    registry.query("cart", cart).entity(entities);
    registry.on::<Cart>().field("attribute", note);
    customer::register(registry);
    line::register(registry);
    delivery::register(registry);
    discount::register(registry);
    gift_card::register(registry);
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
        BuyerIdentity { cart: self.view.clone() }
    }

    fn cost(&self) -> Cost {
        let cost = self.view.cost;
        Cost { subtotal: cost.subtotal, total: cost.charge, tax: cost.tax, estimated: cost.estimated }
    }

    fn estimated_cost(&self) -> EstimatedCost {
        let cost = self.view.cost;
        EstimatedCost { subtotal: cost.subtotal, total: cost.charge, tax: cost.tax }
    }

    fn delivery(&self) -> delivery::Delivery {
        delivery::Delivery::of(self.view.clone())
    }

    fn discount_allocations(&self) -> Vec<Arc<dyn Record>> {
        discount::of_cart(&self.view)
    }

    fn discount_applications(&self) -> Vec<Arc<dyn Record>> {
        discount::applications(&self.view)
    }

    fn gift_cards(&self) -> Vec<AppliedGiftCard> {
        self.view.gift_cards.iter().map(|card| AppliedGiftCard::of(&self.view, card.clone())).collect()
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
        self.0.obstacle.is_none()
    }

    fn code(&self) -> &str {
        &self.0.code
    }
}

impl BuyerIdentity {
    /// The addresses that came with the buyer; what else is known of addresses is told by the delivery.
    fn addresses(&self) -> Vec<MailingAddress> {
        let preferred = self.cart.addresses.iter().filter(|address| address.preferred);
        preferred.map(|address| MailingAddress::of_cart(&self.cart, address)).collect()
    }

    fn preferences(&self) -> Option<Preferences> {
        self.cart.identity.preferences.clone().map(Preferences::of)
    }

    fn country(&self) -> Option<&str> {
        self.cart.identity.country.as_deref()
    }

    fn email(&self) -> Option<&str> {
        self.cart.identity.email.as_deref()
    }

    fn phone(&self) -> Option<&str> {
        self.cart.identity.phone.as_deref()
    }
}

impl Cost {
    /// Nothing is added to the prices of lines later, and no duties are charged.
    fn certain(&self) -> bool {
        false
    }

    fn no_duties(&self) -> Option<Money> {
        None
    }
}

impl EstimatedCost {
    fn no_duties(&self) -> Option<Money> {
        None
    }
}
