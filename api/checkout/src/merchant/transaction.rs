//! Movements of money for an order.

use std::sync::Arc;

use mcom_kit::{Args, Cx, Error, Registry};
use mcom_sales::orders::{self, Transaction};
use mcom_schema::id::OrderId;

use super::{
    money::{Currencies, MoneyBag},
    order::Order,
};

/// A movement of money.
pub struct OrderTransaction {
    it: Transaction,
    order: OrderId,
    currencies: Currencies,
}

mcom_kit::record!(OrderTransaction as "OrderTransaction" {
    "amount" => OrderTransaction::amount,
    "amountSet" => OrderTransaction::amount_set,
    "amountV2" = it.amount,
    "createdAt" = it.created_at,
    "formattedGateway" => OrderTransaction::gateway_name,
    "gateway" = it.gateway,
    "id" => OrderTransaction::gid,
    "kind" = it.kind,
    "manualPaymentGateway" => OrderTransaction::is_manual,
    "paymentId" = it.reference,
    "processedAt" = it.created_at,
    "status" = it.status,
});

pub(super) fn register(registry: &mut Registry) {
    registry.on::<OrderTransaction>().load("order", order);
}

impl OrderTransaction {
    /// A movement of money for `order`.
    pub(super) fn of(it: Transaction, order: &orders::Order) -> Self {
        OrderTransaction { it, order: order.id, currencies: Currencies::of(order) }
    }

    fn gid(&self) -> String {
        self.it.id.gid()
    }

    fn amount(&self) -> String {
        self.currencies.decimal(self.it.amount.minor)
    }

    fn amount_set(&self) -> MoneyBag {
        self.currencies.bag(self.it.amount.minor)
    }

    /// `bogus` is called `Bogus`.
    fn gateway_name(&self) -> String {
        let mut letters = self.it.gateway.chars();
        letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
    }

    fn is_manual(&self) -> bool {
        self.it.gateway == "manual"
    }
}

async fn order(cx: &Cx, transaction: &OrderTransaction, _: Args) -> Result<Option<Arc<Order>>, Error> {
    Order::find(cx, transaction.order).await
}
