//! Amounts in the two currencies of an order, which are the same one as long as a store has only one.

use mcom_schema::Money;

/// An amount in the currency of the store and in the one that the buyer saw.
pub struct MoneyBag {
    money: Money,
}

mcom_kit::record!(MoneyBag as "MoneyBag" { "presentmentMoney" = money, "shopMoney" = money });

impl From<Money> for MoneyBag {
    fn from(money: Money) -> Self {
        MoneyBag { money }
    }
}
