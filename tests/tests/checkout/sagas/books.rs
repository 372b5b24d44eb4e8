//! What the provider, the orders and the stock say, and what is still under way.

use mcom_tests::till::Till;

use super::saga::End;
use crate::{discounts::used, gift_cards::balances};

/// The books of a store, without what names a single attempt.
#[derive(Debug, PartialEq)]
pub(super) struct Books {
    charges: usize,
    balance: i64,
    /// Total, state of the money, whether it is cancelled, how much was given back.
    orders: Vec<(i64, String, bool, i64)>,
    /// Movements of the orders' money: kind, state, amount.
    transactions: Vec<(String, String, i64)>,
    stock: (i64, i64, i64),
    held: i64,
    /// What is on gift cards.
    cards: Vec<i64>,
    /// How often codes are in use.
    codes: (i64, i64),
    /// Number of orders and money spent, by customer.
    customers: Vec<(i64, i64)>,
    /// What subscribers hear of orders.
    told: Vec<String>,
    under_way: i64,
    jobs: Vec<String>,
}

impl Books {
    pub(super) async fn read(till: &Till) -> Books {
        let shop = &till.shop;
        let orders =
            "select total_minor, financial_status, cancelled_at is not null, refunded_minor from orders
            where tenant_id = $1 order by id";
        let transactions =
            "select kind, status, amount_minor from order_transactions where tenant_id = $1 order by id";
        let customers = "select orders_count, spent_minor from customers where tenant_id = $1 order by id";
        let events = shop.events().await.into_iter().filter(|event| event.aggregate == "order");
        Books {
            charges: till.provider.charges(),
            balance: till.provider.balance(),
            orders: shop
                .rows(orders)
                .await
                .iter()
                .map(|r| (r.get(0), r.get(1), r.get(2), r.get(3)))
                .collect(),
            transactions: shop
                .rows(transactions)
                .await
                .iter()
                .map(|r| (r.get(0), r.get(1), r.get(2)))
                .collect(),
            stock: till.stock().await,
            held: till.count("(select * from reservations where status = 'held') held").await,
            cards: balances(till).await,
            codes: used(till).await,
            customers: shop.rows(customers).await.iter().map(|r| (r.get(0), r.get(1))).collect(),
            told: events.map(|event| event.topic).collect(),
            under_way: till
                .count("(select * from checkouts where status not in ('placed', 'failed')) attempts")
                .await,
            jobs: shop.jobs().await,
        }
    }

    /// Where it all ended. Nothing may be under way.
    pub(super) fn summary(&self) -> End {
        assert_eq!((self.under_way, self.held, self.jobs.len()), (0, 0, 0), "{self:#?}");
        End { orders: self.orders.len(), charges: self.charges, stock: self.stock }
    }
}
