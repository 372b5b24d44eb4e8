//! Amounts as the contract shows them.

use mcom_schema::Money;

crate::record!(Money as "MoneyV2" { "amount" => trimmed, "currencyCode" = currency });

fn trimmed(money: &Money) -> String {
    money.trimmed()
}
