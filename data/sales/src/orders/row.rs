//! An order as it is kept and shown.

use std::sync::Arc;

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use mcom_data::{Error, Result};
use mcom_schema::{
    Currency, Exchange, Money,
    id::{CustomerId, LineItemId, OrderId, OrderTransactionId, ProductId, VariantId},
};
use mcom_tables::{order_lines, order_transactions, orders};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::{
    Address,
    carts::Attribute,
    checkout::{ShippingLine, SoldPlan},
    discounts::AppliedDiscount,
};

#[derive(Queryable, Selectable)]
#[diesel(table_name = orders, check_for_backend(diesel::pg::Pg))]
pub(super) struct OrderRow {
    pub(super) id: i64,
    pub(super) number: i64,
    name: String,
    confirmation_number: String,
    pub(super) checkout_id: i64,
    cart_token: String,
    pub(super) customer_id: Option<i64>,
    email: Option<String>,
    phone: Option<String>,
    currency: String,
    exchange: Option<Value>,
    subtotal_minor: i64,
    shipping_minor: i64,
    shipping_discount_minor: i64,
    discounts: Value,
    pub(super) total_minor: i64,
    refunded_minor: i64,
    pub(super) financial_status: String,
    pub(super) fulfillment_status: String,
    pub(super) cancelled_at: Option<DateTime<Utc>>,
    cancel_reason: Option<String>,
    cancel_note: Option<String>,
    shipping_line: Option<Value>,
    shipping_address: Option<Value>,
    billing_address: Option<Value>,
    note: Option<String>,
    attributes: Value,
    processed_at: DateTime<Utc>,
    pub(super) created_at: DateTime<Utc>,
    pub(super) updated_at: DateTime<Utc>,
}

/// A placed order.
#[derive(Debug, Clone, PartialEq)]
pub struct Order {
    /// Its id.
    pub id: OrderId,
    /// Its number in the store, from 1001 on.
    pub number: i64,
    /// The number with the store's prefix: `#1001`.
    pub name: String,
    /// What the buyer reads out to the merchant.
    pub confirmation_number: String,
    /// The cart it was.
    pub cart_token: String,
    /// Who placed it.
    pub customer: Option<CustomerId>,
    /// Where the confirmation went.
    pub email: Option<String>,
    /// Telephone number.
    pub phone: Option<String>,
    /// From the store's currency to that of all amounts, if it is another one: as it was when the order was placed.
    pub exchange: Option<Exchange>,
    /// All lines, discounts taken off.
    pub subtotal: Money,
    /// Sending it, before anything is taken off.
    pub shipping: Money,
    /// What is taken off sending it.
    pub shipping_discount: Money,
    /// What each discount takes off.
    pub discounts: Arc<[AppliedDiscount]>,
    /// Lines and shipping, discounts taken off, with the taxes that prices do not contain.
    pub total: Money,
    /// What was given back.
    pub refunded: Money,
    /// A name of `OrderDisplayFinancialStatus`.
    pub financial_status: String,
    /// A name of `OrderDisplayFulfillmentStatus`.
    pub fulfillment_status: String,
    /// When it was cancelled.
    pub cancelled_at: Option<DateTime<Utc>>,
    /// A name of `OrderCancelReason`.
    pub cancel_reason: Option<String>,
    /// What the staff wrote when it was cancelled.
    pub cancel_note: Option<String>,
    /// How it is sent.
    pub shipping_line: Option<ShippingLine>,
    /// Where it goes.
    pub shipping_address: Option<Address>,
    /// Whom the bill names.
    pub billing_address: Option<Address>,
    /// The buyer's words.
    pub note: Option<String>,
    /// Of the whole cart it was.
    pub attributes: Vec<Attribute>,
    /// When it was placed.
    pub processed_at: DateTime<Utc>,
    /// When it was written.
    pub created_at: DateTime<Utc>,
    /// When something about it last changed.
    pub updated_at: DateTime<Utc>,
}

/// Where an order came from.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct OrderOrigin {
    /// What the buyer read, as a tag of BCP 47.
    pub locale: Option<String>,
    /// In the words of whoever opened the cart.
    pub source_name: Option<String>,
}

impl Order {
    /// All that discounts take off.
    pub fn discount(&self) -> Money {
        Money::new(self.discounts.iter().map(AppliedDiscount::total_minor).sum(), self.total.currency)
    }
}

impl Order {
    /// What an amount of the order is worth in the store's currency.
    pub fn at_home(&self, money: Money) -> Money {
        self.exchange.map_or(money, |exchange| exchange.money_back(money))
    }
}

impl OrderRow {
    /// What an amount of the order is worth in the store's currency, in minor units.
    pub(super) fn at_home(&self, minor: i64) -> Result<i64> {
        let exchange: Option<Exchange> = self.exchange.clone().map(serde_json::from_value).transpose()?;
        Ok(exchange.map_or(minor, |exchange| exchange.back(minor)))
    }

    /// What was taken off.
    pub(super) fn discounts(&self) -> Result<Vec<AppliedDiscount>> {
        Ok(serde_json::from_value(self.discounts.clone())?)
    }

    pub(super) fn read(self) -> Result<Order> {
        let currency = currency(&self.currency)?;
        let money = |minor| Money::new(minor, currency);
        Ok(Order {
            id: OrderId(self.id),
            number: self.number,
            name: self.name,
            confirmation_number: self.confirmation_number,
            cart_token: self.cart_token,
            customer: self.customer_id.map(CustomerId),
            email: self.email,
            phone: self.phone,
            exchange: self.exchange.map(serde_json::from_value).transpose()?,
            subtotal: money(self.subtotal_minor),
            shipping: money(self.shipping_minor),
            shipping_discount: money(self.shipping_discount_minor),
            discounts: serde_json::from_value(self.discounts)?,
            total: money(self.total_minor),
            refunded: money(self.refunded_minor),
            financial_status: self.financial_status,
            fulfillment_status: self.fulfillment_status,
            cancelled_at: self.cancelled_at,
            cancel_reason: self.cancel_reason,
            cancel_note: self.cancel_note,
            shipping_line: self.shipping_line.map(serde_json::from_value).transpose()?,
            shipping_address: self.shipping_address.map(serde_json::from_value).transpose()?,
            billing_address: self.billing_address.map(serde_json::from_value).transpose()?,
            note: self.note,
            attributes: serde_json::from_value(self.attributes)?,
            processed_at: self.processed_at,
            created_at: self.created_at,
            updated_at: self.updated_at,
        })
    }
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = order_lines, check_for_backend(diesel::pg::Pg))]
pub(super) struct LineRow {
    pub(super) id: i64,
    pub(super) order_id: i64,
    product_id: Option<i64>,
    pub(super) variant_id: Option<i64>,
    title: String,
    variant_title: Option<String>,
    sku: Option<String>,
    vendor: String,
    pub(super) quantity: i64,
    unit_price_minor: i64,
    total_minor: i64,
    requires_shipping: bool,
    taxable: bool,
    image_url: Option<String>,
    options: Value,
    attributes: Value,
    selling_plan: Option<Value>,
}

/// What was bought, as it was then.
#[derive(Debug, Clone, PartialEq)]
pub struct OrderLine {
    /// Its id.
    pub id: LineItemId,
    /// The product, while there is one.
    pub product: Option<ProductId>,
    /// The variant, while there is one.
    pub variant: Option<VariantId>,
    /// The product's title then.
    pub title: String,
    /// The variant's title then; `None` for products with a single variant.
    pub variant_title: Option<String>,
    /// The merchant's number then.
    pub sku: Option<String>,
    /// The maker then.
    pub vendor: String,
    /// How many.
    pub quantity: i64,
    /// What one cost, in minor units of the order's currency.
    pub unit_price_minor: i64,
    /// What all cost.
    pub total_minor: i64,
    /// Whether it has to be sent.
    pub requires_shipping: bool,
    /// Whether tax is due on it.
    pub taxable: bool,
    /// An image of it.
    pub image_url: Option<String>,
    /// Which option values it had.
    pub options: Vec<LineOption>,
    /// What the buyer attached to it.
    pub attributes: Vec<Attribute>,
    /// The plan by which it was bought.
    pub selling_plan: Option<SoldPlan>,
}

/// An option value that a line had.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LineOption {
    /// Name of the option.
    pub name: String,
    /// The chosen value.
    pub value: String,
}

impl LineRow {
    pub(super) fn read(self) -> Result<OrderLine> {
        Ok(OrderLine {
            id: LineItemId(self.id),
            product: self.product_id.map(ProductId),
            variant: self.variant_id.map(VariantId),
            title: self.title,
            variant_title: self.variant_title,
            sku: self.sku,
            vendor: self.vendor,
            quantity: self.quantity,
            unit_price_minor: self.unit_price_minor,
            total_minor: self.total_minor,
            requires_shipping: self.requires_shipping,
            taxable: self.taxable,
            image_url: self.image_url,
            options: serde_json::from_value(self.options)?,
            attributes: serde_json::from_value(self.attributes)?,
            selling_plan: self.selling_plan.map(serde_json::from_value).transpose()?,
        })
    }
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = order_transactions, check_for_backend(diesel::pg::Pg))]
pub(super) struct TransactionRow {
    id: i64,
    pub(super) order_id: i64,
    kind: String,
    status: String,
    gateway: String,
    amount_minor: i64,
    currency: String,
    reference: Option<String>,
    created_at: DateTime<Utc>,
}

/// A movement of an order's money.
#[derive(Debug, Clone, PartialEq)]
pub struct Transaction {
    /// Its id.
    pub id: OrderTransactionId,
    /// A name of `OrderTransactionKind`.
    pub kind: String,
    /// A name of `OrderTransactionStatus`.
    pub status: String,
    /// Name of the provider.
    pub gateway: String,
    /// How much.
    pub amount: Money,
    /// The provider's own name for it.
    pub reference: Option<String>,
    /// When it was booked.
    pub created_at: DateTime<Utc>,
}

impl TransactionRow {
    pub(super) fn read(self) -> Result<Transaction> {
        Ok(Transaction {
            id: OrderTransactionId(self.id),
            kind: self.kind,
            status: self.status,
            gateway: self.gateway,
            amount: Money::new(self.amount_minor, currency(&self.currency)?),
            reference: self.reference,
            created_at: self.created_at,
        })
    }
}

fn currency(code: &str) -> Result<Currency> {
    Currency::parse(code).ok_or_else(|| Error::bug("an order in no currency"))
}
