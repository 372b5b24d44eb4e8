//! The sagas that there are, and how each is begun.

use std::sync::Arc;

use chrono::Duration;
use mcom_data::{Actor, Cx};
use mcom_sales::{
    carts::{self, CartView},
    checkout::{self, AttemptResult, Submitted},
    discounts::{self, DiscountDetails},
    orders::{self, Cancel, CancelReason},
};
use mcom_schema::{Scope, id::OrderId};
use mcom_tests::till::Till;

use super::STOCK;
use crate::{
    discounts::{TENTH, on_all},
    gift_cards::{issue, with_cards},
};

/// What a saga does, and how it ends whatever happens to it.
pub(super) struct Saga {
    pub(super) name: &'static str,
    /// What the buyer pays with.
    card: &'static str,
    begin: Beginning,
    /// At least so many boundaries are passed on the way.
    pub(super) boundaries: usize,
    pub(super) end: End,
}

/// Where the books end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct End {
    pub(super) orders: usize,
    pub(super) charges: usize,
    /// Available, reserved, committed.
    pub(super) stock: (i64, i64, i64),
}

const SOLD: End = End { orders: 1, charges: 1, stock: (STOCK - 1, 0, 1) };
const NOTHING: End = End { orders: 0, charges: 0, stock: (STOCK, 0, 0) };
const TAKEN_BACK: End = End { orders: 1, charges: 0, stock: (STOCK, 0, 0) };

/// What came before.
enum Beginning {
    /// A cart.
    Cart,
    /// An attempt that waits for the buyer, who has confirmed it.
    Confirmed,
    /// An attempt that waited for the buyer longer than stock is held.
    Unconfirmed,
    /// An attempt whose process went away, after the money was taken.
    Abandoned,
    /// The same, but there is an order for the cart already.
    Taken,
    /// A paid order.
    Order,
    /// A cart with the last use of a code, which a gift card pays in part.
    Dealt,
    /// Its paid order.
    DealtOrder,
}

pub(super) const SAGAS: &[Saga] = &[
    Saga { name: "a_purchase", card: "ok", begin: Beginning::Cart, boundaries: 6, end: SOLD },
    Saga {
        name: "a_purchase_without_an_answer",
        card: "silent-after",
        begin: Beginning::Cart,
        boundaries: 7,
        end: SOLD,
    },
    Saga {
        name: "a_purchase_that_nobody_heard_of",
        card: "silent-before",
        begin: Beginning::Cart,
        boundaries: 9,
        end: NOTHING,
    },
    Saga {
        name: "a_declined_purchase",
        card: "declined",
        begin: Beginning::Cart,
        boundaries: 6,
        end: NOTHING,
    },
    Saga {
        name: "a_confirmed_purchase",
        card: "challenge",
        begin: Beginning::Confirmed,
        boundaries: 5,
        end: SOLD,
    },
    Saga {
        name: "an_unconfirmed_purchase",
        card: "challenge",
        begin: Beginning::Unconfirmed,
        boundaries: 9,
        end: NOTHING,
    },
    Saga { name: "an_abandoned_purchase", card: "ok", begin: Beginning::Abandoned, boundaries: 6, end: SOLD },
    Saga {
        name: "a_purchase_that_cannot_be_placed",
        card: "ok",
        begin: Beginning::Taken,
        boundaries: 10,
        end: TAKEN_BACK,
    },
    Saga { name: "a_cancellation", card: "ok", begin: Beginning::Order, boundaries: 6, end: TAKEN_BACK },
    Saga {
        name: "a_purchase_with_a_gift_card_and_a_code",
        card: "ok",
        begin: Beginning::Dealt,
        boundaries: 6,
        end: SOLD,
    },
    Saga {
        name: "a_declined_purchase_with_a_gift_card_and_a_code",
        card: "declined",
        begin: Beginning::Dealt,
        boundaries: 6,
        end: NOTHING,
    },
    Saga {
        name: "a_cancellation_of_an_order_with_a_gift_card_and_a_code",
        card: "ok",
        begin: Beginning::DealtOrder,
        boundaries: 6,
        end: TAKEN_BACK,
    },
];

/// What is done in the process that a fault happens to, and again afterwards.
#[derive(Debug, Clone)]
pub(super) enum Act {
    Submit { cart: String },
    Look { attempt: String },
    Cancel { order: OrderId },
}

impl Act {
    pub(super) fn actor(&self) -> Actor {
        match self {
            Act::Submit { .. } | Act::Look { .. } => Actor::Storefront { token: 2 },
            Act::Cancel { .. } => Actor::App { token: 1, scopes: Scope::ALL.to_vec() },
        }
    }

    /// Does it. That it may fail is the point: the books tell what came of it.
    pub(super) async fn perform(&self, cx: &Cx) {
        match self {
            Act::Submit { cart } => drop(checkout::submit(cx, cart, "t").await),
            Act::Look { attempt } => drop(checkout::attempt(cx, attempt).await),
            Act::Cancel { order } => drop(orders::cancel(cx, &cancellation(*order)).await),
        }
        cx.finish().await;
    }
}

fn cancellation(order: OrderId) -> Cancel {
    Cancel { order, reason: CancelReason::Customer, refund: true, restock: true, staff_note: None }
}

impl Saga {
    /// Does what comes before, in a process that nothing happens to.
    pub(super) async fn begin(&self, till: &Till) -> Act {
        let mug = till.goods("12.50", STOCK).await;
        let cart = till.cart(mug, 1, self.card).await;
        if matches!(self.begin, Beginning::Dealt | Beginning::DealtOrder) {
            deal(till, &cart, self.card).await;
        }
        let submit = async || {
            let submitted = checkout::submit(&till.shop.buyer(), &cart.id.gid(), "t").await;
            attempt_of(submitted.expect("it is answered"))
        };
        match self.begin {
            Beginning::Cart | Beginning::Dealt => Act::Submit { cart: cart.id.gid() },
            Beginning::Confirmed => {
                let attempt = submit().await;
                till.provider.answer_challenges(true);
                Act::Look { attempt }
            }
            Beginning::Unconfirmed => {
                let attempt = submit().await;
                till.shop.pass(Duration::minutes(16));
                Act::Look { attempt }
            }
            Beginning::Abandoned => Act::Look { attempt: abandon(till, submit).await },
            Beginning::Taken => {
                let attempt = abandon(till, submit).await;
                take(till, &cart.id.token, &attempt).await;
                Act::Look { attempt }
            }
            Beginning::Order | Beginning::DealtOrder => {
                Act::Cancel { order: order_of(till, &submit().await).await }
            }
        }
    }
}

/// The last use of a code, and a gift card that pays a part.
async fn deal(till: &Till, cart: &Arc<CartView>, card: &str) {
    let details = DiscountDetails { usage_limit: Some(1), ..on_all(Some("FIRST"), TENTH) };
    discounts::create(&till.shop.admin(), &details).await.expect("a discount can be made");
    issue(till, "abcd1234", 500).await;
    let codes = ["FIRST".to_owned()];
    carts::update_discount_codes(&till.shop.buyer(), &cart.id.gid(), &codes).await.expect("it is answered");
    with_cards(till, cart, &["abcd1234"], card).await;
}

fn attempt_of(submitted: Submitted) -> String {
    match submitted {
        Submitted::Accepted { attempt_id, .. } | Submitted::AlreadyAccepted { attempt_id } => attempt_id,
        Submitted::Failed { errors, .. } => panic!("{errors:?}"),
    }
}

/// The provider takes the money and falls silent until nobody waits any more.
async fn abandon(till: &Till, submit: impl AsyncFn() -> String) -> String {
    till.provider.fall_silent(true);
    let attempt = submit().await;
    till.provider.fall_silent(false);
    till.shop.pass(Duration::minutes(2));
    attempt
}

/// Makes an order of the cart past the attempt.
async fn take(till: &Till, cart_token: &str, attempt: &str) {
    let order = format!(
        "insert into orders (tenant_id, number, name, confirmation_number, checkout_id, cart_token, currency, subtotal_minor,
            shipping_minor, total_minor, financial_status, fulfillment_status, processed_at, created_at, updated_at)
         select tenant_id, 1, '#1', 'OTHER', id, '{cart_token}', 'EUR', 0, 0, 0, 'PAID', 'UNFULFILLED', now(), now(), now()
         from checkouts where attempt_id = '{attempt}' and tenant_id = $1 returning 1"
    );
    assert_eq!(till.shop.rows(&order).await.len(), 1);
}

async fn order_of(till: &Till, attempt: &str) -> OrderId {
    let attempt = checkout::attempt(&till.shop.buyer(), attempt).await.expect("it is answered");
    match attempt.expect("there is one").result {
        AttemptResult::Success { order_id, .. } => order_id,
        other => panic!("{other:?}"),
    }
}
