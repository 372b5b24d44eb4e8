//! Two books that have to say the same: the payment provider's ledger and the orders.

use std::collections::BTreeMap;

use serde_json::Value;
use tokio_postgres::Row;

/// The paid orders of the store `$1`, by the keys of their charges.
pub const PAID: &str = "select p.idempotency_key, o.total_minor from orders o join payments p on p.tenant_id = o.tenant_id
    and p.checkout_id = o.checkout_id where o.tenant_id = $1 and o.financial_status = 'PAID' and p.status = 'paid'";

/// Compares the rows of [`PAID`] with the provider's ledger.
pub fn compare(paid: &[Row], ledger: &Value) {
    let orders: BTreeMap<String, i64> = paid.iter().map(|row| (row.get(0), row.get(1))).collect();
    let charges: BTreeMap<String, i64> = ledger
        .as_object()
        .expect("the ledger is a map")
        .iter()
        .filter(|(_, charge)| charge["status"] == "paid")
        .map(|(key, charge)| (key.clone(), charge["amount_minor"].as_i64().expect("an amount")))
        .collect();
    assert_eq!(orders, charges, "a charge without an order, or an order without its charge");
}
