//! What an order came to, what was paid of it, and what is still to be paid.

use mcom_schema::{Currency, Money};

use super::{
    super::money::{Currencies, MoneyBag},
    Order,
};

impl Order {
    fn bag(&self, money: Money) -> MoneyBag {
        Currencies::of(&self.it).bag(money.minor)
    }

    fn decimal(&self, money: Money) -> String {
        Currencies::of(&self.it).decimal(money.minor)
    }

    pub(super) fn shop_currency(&self) -> Currency {
        Currencies::of(&self.it).shop()
    }

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
        self.bag(if self.it.cancelled_at.is_some() { self.zero() } else { self.it.total })
    }

    pub(super) fn total_discount(&self) -> String {
        self.decimal(self.it.discount())
    }

    pub(super) fn discount_set(&self) -> MoneyBag {
        self.bag(self.it.discount())
    }

    pub(super) fn current_discount_set(&self) -> MoneyBag {
        self.bag(if self.it.cancelled_at.is_some() { self.zero() } else { self.it.discount() })
    }

    pub(super) fn outstanding_set(&self) -> MoneyBag {
        self.bag(self.is_due())
    }

    pub(super) fn net_payment(&self) -> String {
        self.decimal(self.kept())
    }

    pub(super) fn net_payment_set(&self) -> MoneyBag {
        self.bag(self.kept())
    }

    pub(super) fn received(&self) -> String {
        self.decimal(self.was_received())
    }

    pub(super) fn received_set(&self) -> MoneyBag {
        self.bag(self.was_received())
    }

    pub(super) fn refunded(&self) -> String {
        self.decimal(self.it.refunded)
    }

    pub(super) fn refunded_set(&self) -> MoneyBag {
        self.bag(self.it.refunded)
    }

    pub(super) fn shipping(&self) -> String {
        self.decimal(self.it.shipping)
    }

    pub(super) fn shipping_set(&self) -> MoneyBag {
        self.bag(self.it.shipping)
    }

    pub(super) fn subtotal(&self) -> String {
        self.decimal(self.it.subtotal)
    }

    pub(super) fn subtotal_set(&self) -> MoneyBag {
        self.bag(self.it.subtotal)
    }

    pub(super) fn total(&self) -> String {
        self.decimal(self.it.total)
    }

    pub(super) fn total_set(&self) -> MoneyBag {
        self.bag(self.it.total)
    }
}
