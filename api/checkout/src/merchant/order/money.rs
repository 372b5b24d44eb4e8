//! What an order came to, what was paid of it, and what is still to be paid.

use mcom_schema::Money;

use super::{super::money::MoneyBag, Order};

impl Order {
    pub(super) fn is_fully_paid(&self) -> bool {
        matches!(self.it.financial_status.as_str(), "PAID" | "REFUNDED")
    }

    pub(super) fn is_unpaid(&self) -> bool {
        !self.is_fully_paid()
    }

    fn zero(&self) -> Money {
        Money::zero(self.it.total.currency)
    }

    /// An order is paid in one piece or not at all.
    fn was_received(&self) -> Money {
        if self.is_fully_paid() { self.it.total } else { self.zero() }
    }

    fn kept(&self) -> Money {
        Money::new(self.was_received().minor - self.it.refunded.minor, self.it.total.currency)
    }

    fn is_due(&self) -> Money {
        let open = self.it.cancelled_at.is_none() && self.it.financial_status != "VOIDED";
        if open && self.is_unpaid() { self.it.total } else { self.zero() }
    }

    pub(super) fn current_total(&self) -> MoneyBag {
        if self.it.cancelled_at.is_some() { self.zero().into() } else { self.it.total.into() }
    }

    pub(super) fn total_discount(&self) -> String {
        self.it.discount().decimal()
    }

    pub(super) fn discount_set(&self) -> MoneyBag {
        self.it.discount().into()
    }

    pub(super) fn current_discount_set(&self) -> MoneyBag {
        if self.it.cancelled_at.is_some() { self.zero().into() } else { self.it.discount().into() }
    }

    pub(super) fn outstanding_set(&self) -> MoneyBag {
        self.is_due().into()
    }

    pub(super) fn net_payment(&self) -> String {
        self.kept().decimal()
    }

    pub(super) fn net_payment_set(&self) -> MoneyBag {
        self.kept().into()
    }

    pub(super) fn received(&self) -> String {
        self.was_received().decimal()
    }

    pub(super) fn received_set(&self) -> MoneyBag {
        self.was_received().into()
    }

    pub(super) fn refunded(&self) -> String {
        self.it.refunded.decimal()
    }

    pub(super) fn refunded_set(&self) -> MoneyBag {
        self.it.refunded.into()
    }

    pub(super) fn shipping(&self) -> String {
        self.it.shipping.decimal()
    }

    pub(super) fn shipping_set(&self) -> MoneyBag {
        self.it.shipping.into()
    }

    pub(super) fn subtotal(&self) -> String {
        self.it.subtotal.decimal()
    }

    pub(super) fn subtotal_set(&self) -> MoneyBag {
        self.it.subtotal.into()
    }

    pub(super) fn total(&self) -> String {
        self.it.total.decimal()
    }

    pub(super) fn total_set(&self) -> MoneyBag {
        self.it.total.into()
    }
}
