//! The three books: the provider's ledger, the orders, the stock.

use std::time::Duration;

use mcom_schema::id::VariantId;
use mcom_tests::books;
use tokio::time::{Instant, sleep};

use crate::{
    BUYERS,
    street::{PATIENCE, Street},
};

/// How many orders a mug is in.
pub(crate) async fn sold(street: &Street, mug: VariantId) -> i64 {
    let sql = format!(
        "select count(distinct order_id) from order_lines where tenant_id = $1 and variant_id = {mug}"
    );
    street.number(&sql).await
}

/// Waits until nothing is under way any more.
pub(crate) async fn settle(street: &Street) {
    let under_way =
        "select (select count(*) from checkouts where tenant_id = $1 and status not in ('placed', 'failed'))
        + (select count(*) from jobs where tenant_id = $1 and unique_key is distinct from 'periodic')";
    let until = Instant::now() + PATIENCE;
    while street.number(under_way).await > 0 {
        assert!(Instant::now() < until, "attempts or jobs are left: {:?}", street.shop.jobs().await);
        sleep(Duration::from_millis(50)).await;
    }
}

/// Compares the provider's ledger with the orders, by the keys of the charges.
pub(crate) async fn compare_money(street: &Street) {
    let paid = street.rows(books::PAID).await;
    books::compare(&paid, &street.deployment.ledger().await);
    let written = street.number("select count(*) from orders where tenant_id = $1").await;
    assert_eq!(i64::try_from(paid.len()), Ok(written), "an order that is not paid");
}

/// Compares the stock of a mug with its orders.
pub(crate) async fn compare_stock(street: &Street, mug: VariantId, pieces: i64) {
    let sold = sold(street, mug).await;
    assert_eq!(sold, pieces.min(BUYERS.cast_signed()), "oversold, or left unsold");
    let level = format!(
        "select available, reserved, committed from inventory_levels l join inventory_items i
         on i.tenant_id = l.tenant_id and i.id = l.item_id where l.tenant_id = $1 and i.variant_id = {mug}"
    );
    let rows = street.rows(&level).await;
    let level: (i64, i64, i64) = (rows[0].get(0), rows[0].get(1), rows[0].get(2));
    assert_eq!(level, (pieces - sold, 0, sold));
}
