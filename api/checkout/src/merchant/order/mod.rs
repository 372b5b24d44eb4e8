//! Orders: a record of what was agreed, and what became of it.

mod list;
mod money;
mod parts;

use std::sync::Arc;

use mcom_kit::{Cx, Error, Registry};
use mcom_sales::orders;
use mcom_schema::id::OrderId;

use super::{address::MailingAddress, customer::Customer, line::Attribute, shipping::ShippingLine};

pub(super) use list::{ListArgs, OrderConnection, page};

/// An order.
pub struct Order {
    /// What the books say of it.
    pub it: orders::Order,
}

mcom_kit::record!(Order as "Order" {
    "billingAddress" => Order::billing_address,
    "billingAddressMatchesShippingAddress" => Order::addresses_match,
    "cancelReason" = it.cancel_reason,
    "cancellation" => Order::cancellation,
    "cancelledAt" = it.cancelled_at,
    "cartToken" = it.cart_token,
    "confirmationNumber" = it.confirmation_number,
    "createdAt" = it.created_at,
    "currencyCode" => Order::shop_currency,
    "currentTotalDiscountsSet" => Order::current_discount_set,
    "currentTotalPriceSet" => Order::current_total,
    "customAttributes" => Order::attributes,
    "customer" => Order::customer,
    "discountCode" => Order::discount_code,
    "discountCodes" => Order::discount_codes,
    "displayAddress" => Order::display_address,
    "displayFinancialStatus" = it.financial_status,
    "displayFulfillmentStatus" = it.fulfillment_status,
    "email" = it.email,
    "fullyPaid" => Order::is_fully_paid,
    "id" => Order::gid,
    "legacyResourceId" => Order::number,
    "name" = it.name,
    "netPayment" => Order::net_payment,
    "netPaymentSet" => Order::net_payment_set,
    "note" = it.note,
    "number" = it.number,
    "originalTotalPriceSet" => Order::total_set,
    "phone" = it.phone,
    "presentmentCurrencyCode" = it.total.currency,
    "processedAt" = it.processed_at,
    "shippingAddress" => Order::shipping_address,
    "shippingLine" => Order::shipping_line,
    "subtotalPrice" => Order::subtotal,
    "subtotalPriceSet" => Order::subtotal_set,
    "totalDiscounts" => Order::total_discount,
    "totalDiscountsSet" => Order::discount_set,
    "totalOutstandingSet" => Order::outstanding_set,
    "totalPrice" => Order::total,
    "totalPriceSet" => Order::total_set,
    "totalReceived" => Order::received,
    "totalReceivedSet" => Order::received_set,
    "totalRefunded" => Order::refunded,
    "totalRefundedSet" => Order::refunded_set,
    "totalShippingPrice" => Order::shipping,
    "totalShippingPriceSet" => Order::shipping_set,
    "unpaid" => Order::is_unpaid,
    "updatedAt" = it.updated_at,
});

/// What the staff noted when an order was cancelled.
pub struct OrderCancellation {
    staff_note: Option<String>,
}

mcom_kit::record!(OrderCancellation as "OrderCancellation" { "staffNote" = staff_note });

pub(super) fn register(registry: &mut Registry) {
    list::register(registry);
    parts::register(registry);
}

impl Order {
    /// The order with this id.
    ///
    /// # Errors
    /// `Forbidden` without `read_orders`.
    pub(super) async fn find(cx: &Cx, id: OrderId) -> Result<Option<Arc<Order>>, Error> {
        Ok(orders::get(cx, id).await?.map(Order::of))
    }

    /// Shows an order.
    pub(super) fn of(it: orders::Order) -> Arc<Order> {
        Arc::new(Order { it })
    }

    fn gid(&self) -> String {
        self.it.id.gid()
    }

    fn number(&self) -> String {
        self.it.id.to_string()
    }

    fn attributes(&self) -> Vec<Attribute> {
        Attribute::all(&self.it.attributes)
    }

    fn discount_codes(&self) -> Vec<String> {
        self.it.discounts.iter().filter_map(|discount| discount.code.clone()).collect()
    }

    fn discount_code(&self) -> Option<String> {
        self.discount_codes().into_iter().next()
    }

    fn cancellation(&self) -> Option<OrderCancellation> {
        self.it.cancelled_at?;
        Some(OrderCancellation { staff_note: self.it.cancel_note.clone() })
    }

    fn customer(&self) -> Option<Customer> {
        self.it.customer.map(Customer::of)
    }

    fn billing_address(&self) -> Option<MailingAddress> {
        Some(MailingAddress::of(self.it.id, "billing", self.it.billing_address.as_ref()?))
    }

    fn shipping_address(&self) -> Option<MailingAddress> {
        Some(MailingAddress::of(self.it.id, "shipping", self.it.shipping_address.as_ref()?))
    }

    fn display_address(&self) -> Option<MailingAddress> {
        self.shipping_address().or_else(|| self.billing_address())
    }

    fn addresses_match(&self) -> bool {
        self.it.billing_address == self.it.shipping_address
    }

    fn shipping_line(&self) -> Option<ShippingLine> {
        ShippingLine::of(&self.it)
    }
}
