//! Amounts in the two currencies of an order: the store's, and the one that the buyer saw. Mostly they are the same.

use mcom_sales::orders::Order;
use mcom_schema::{Currency, Exchange, Money};

/// An amount in the currency of the store and in the one that the buyer saw.
pub struct MoneyBag {
    presentment: Money,
    shop: Money,
}

mcom_kit::record!(MoneyBag as "MoneyBag" { "presentmentMoney" = presentment, "shopMoney" = shop });

/// The currencies of an order. Its amounts are agreed, and add up, in that of the buyer; the store's says what each of them was worth
/// when the order was placed.
#[derive(Debug, Clone, Copy)]
pub(super) struct Currencies {
    presentment: Currency,
    exchange: Option<Exchange>,
}

impl Currencies {
    /// Those of an order.
    pub(super) fn of(order: &Order) -> Self {
        Currencies { presentment: order.total.currency, exchange: order.exchange }
    }

    /// The store's.
    pub(super) fn shop(self) -> Currency {
        self.exchange.map_or(self.presentment, |exchange| exchange.from)
    }

    /// An amount of the order, given in minor units.
    pub(super) fn money(self, minor: i64) -> Money {
        Money::new(minor, self.presentment)
    }

    /// It in both currencies.
    pub(super) fn bag(self, minor: i64) -> MoneyBag {
        let presentment = self.money(minor);
        let shop = self.exchange.map_or(presentment, |exchange| exchange.money_back(presentment));
        MoneyBag { presentment, shop }
    }

    /// It as a bare number, which is in the store's currency.
    pub(super) fn decimal(self, minor: i64) -> String {
        self.bag(minor).shop.decimal()
    }
}

#[cfg(test)]
mod tests {
    use mcom_schema::{Currency, Exchange, Rate, Rounding};

    use super::Currencies;

    #[test]
    fn a_bare_number_is_in_the_currency_of_the_store() {
        let rate = Rate::parse("0.8").unwrap();
        let exchange = Exchange { from: Currency::EUR, to: Currency::GBP, rate, rounding: Rounding::Exact };
        let abroad = Currencies { presentment: Currency::GBP, exchange: Some(exchange) };
        assert_eq!(
            (abroad.decimal(800), abroad.money(800).decimal()),
            ("10.00".to_owned(), "8.00".to_owned())
        );
        assert_eq!(abroad.shop(), Currency::EUR);
        let home = Currencies { presentment: Currency::EUR, exchange: None };
        assert_eq!((home.decimal(800), home.shop()), ("8.00".to_owned(), Currency::EUR));
    }
}
