//! Attempts on carts, attempts to buy, orders and customers.

use mcom_data::page::PageArgs;
use mcom_sales::{
    carts::{self, Opening},
    checkout::{self, Prepared},
    customers,
    orders::{self, Cancel, CancelReason, Fulfill, OrderList, OrderSort, Tracking},
};
use mcom_schema::Gid;
use serde_json::json;

use super::{
    Attempt, changes, finds,
    stage::{SECRET, input},
};

fn first() -> PageArgs {
    PageArgs::first(50)
}

pub(super) fn finding() -> Vec<Attempt> {
    vec![
        finds!("sales::carts::read", |s| carts::read(&s.cx, &s.of.cart).await?.is_some()),
        finds!("sales::carts::metafields", |s| !carts::metafields(&s.cx, &s.of.cart).await?.is_empty()),
        finds!("sales::carts::line", |s| carts::line(&s.cx, &s.of.line_gid()).await?.is_some()),
        finds!("sales::carts::metafield", |s| carts::metafield(&s.cx, &s.of.noted).await?.is_some()),
        finds!("sales::carts::Opened", |s| {
            let line = s.of.line_gid();
            let opening = Gid::parse(&line).and_then(|id| Opening::of(&id)).unwrap();
            s.cx.load::<carts::Opened>(opening).await?.is_some()
        }),
        finds!("sales::orders::shown", |s| orders::shown(&s.cx, &s.of.order_gid).await?.is_some()),
        finds!("sales::checkout::prepare", |s| {
            matches!(checkout::prepare(&s.cx, &s.of.ready).await?, Prepared::Ready(_))
        }),
        finds!("sales::checkout::attempt", |s| checkout::attempt(&s.cx, &s.of.attempt).await?.is_some()),
        finds!("sales::checkout::receipt", |s| checkout::receipt(&s.cx, &s.of.attempt).await?.is_some()),
        finds!("sales::orders::FulfillmentsOf", |s| {
            s.cx.load::<orders::FulfillmentsOf>(s.of.sent).await?.is_some()
        }),
        finds!("sales::orders::get", |s| orders::get(&s.cx, s.of.order).await?.is_some()),
        finds!("sales::orders::exists", |s| orders::exists(&s.cx, s.of.order).await?),
        finds!("sales::orders::page", |s| {
            let list = OrderList { sort: OrderSort::default(), filter: None, page: first() };
            orders::page(&s.cx, &list).await?.items.iter().any(|(_, order)| order.id == s.of.order)
        }),
        finds!("sales::orders::count", |s| orders::count(&s.cx, None).await? > 0),
        finds!("sales::orders::ById", |s| s.cx.load::<orders::ById>(s.of.order).await?.is_some()),
        finds!("sales::orders::LinesOf", |s| s.cx.load::<orders::LinesOf>(s.of.order).await?.is_some()),
        finds!("sales::orders::OriginOf", |s| s.cx.load::<orders::OriginOf>(s.of.order).await?.is_some()),
        finds!("sales::orders::TransactionsOf", |s| {
            s.cx.load::<orders::TransactionsOf>(s.of.order).await?.is_some()
        }),
        finds!("sales::customers::get", |s| customers::get(&s.cx, s.of.customer).await?.is_some()),
        finds!("sales::customers::page", |s| !customers::page(&s.cx, &first()).await?.items.is_empty()),
        finds!("sales::customers::ById", |s| s.cx.load::<customers::ById>(s.of.customer).await?.is_some()),
        finds!("sales::customers::LastOrder", |s| {
            s.cx.load::<customers::LastOrder>(s.of.customer).await?.is_some()
        }),
    ]
}

pub(super) fn changing() -> Vec<Attempt> {
    let carts = [
        changes!("sales::carts::create", |s| {
            let line = json!({ "merchandiseId": s.of.variant.gid(), "quantity": 1 });
            carts::create(&s.cx, &input(json!({ "lines": [line] }))).await
        }),
        changes!("sales::carts::add_lines", |s| {
            let line = json!({ "merchandiseId": s.of.variant.gid(), "quantity": 1 });
            carts::add_lines(&s.cx, &s.of.cart, &[input(line)]).await
        }),
        changes!("sales::carts::update_lines", |s| {
            let line = json!({ "id": s.of.line, "quantity": 3 });
            carts::update_lines(&s.cx, &s.of.cart, &[input(line)]).await
        }),
        changes!("sales::carts::update_note", |s| carts::update_note(&s.cx, &s.of.cart, SECRET).await),
        changes!("sales::carts::update_attributes", |s| {
            let attribute = json!({ "key": SECRET, "value": SECRET });
            carts::update_attributes(&s.cx, &s.of.cart, &[input(attribute)]).await
        }),
        changes!("sales::carts::update_discount_codes", |s| {
            carts::update_discount_codes(&s.cx, &s.of.cart, &[SECRET.to_owned()]).await
        }),
        changes!("sales::carts::update_buyer_identity", |s| {
            let identity = json!({ "email": "grace@example.com" });
            carts::update_buyer_identity(&s.cx, &s.of.cart, &input(identity)).await
        }),
        changes!("sales::carts::select_delivery_options", |s| {
            let option = json!({ "deliveryGroupId": s.of.group, "deliveryOptionHandle": SECRET });
            carts::select_delivery_options(&s.cx, &s.of.cart, &[input(option)]).await
        }),
        changes!("sales::carts::add_delivery_addresses", |s| {
            let address =
                json!({ "lastName": "Hopper", "address1": "2 Mill Rd", "city": "Ulm", "countryCode": "DE" });
            let address = json!({ "address": { "deliveryAddress": address } });
            carts::add_delivery_addresses(&s.cx, &s.of.cart, &[input(address)]).await
        }),
        changes!("sales::carts::update_delivery_addresses", |s| {
            let address = json!({ "id": s.of.group, "oneTimeUse": true });
            carts::update_delivery_addresses(&s.cx, &s.of.cart, &[input(address)]).await
        }),
        changes!("sales::carts::update_billing_address", |s| {
            let address = input(json!({ "lastName": SECRET }));
            carts::update_billing_address(&s.cx, &s.of.cart, Some(&address)).await
        }),
        changes!("sales::carts::set_metafields", |s| {
            let value = json!({ "ownerId": s.of.cart, "key": SECRET, "type": "boolean", "value": "true" });
            carts::set_metafields(&s.cx, &[input(value)]).await
        }),
        changes!("sales::carts::delete_metafield", |s| {
            carts::delete_metafield(&s.cx, &s.of.cart, SECRET).await
        }),
        changes!("sales::carts::copy", |s| carts::copy(&s.cx, &s.of.cart).await),
        changes!("sales::carts::update_payment", |s| {
            let amount = json!({ "amount": "1.00", "currencyCode": "EUR" });
            let payment = json!({ "amount": amount, "sourceIdentifier": "manual" });
            carts::update_payment(&s.cx, &s.of.cart, &input(payment)).await
        }),
        changes!("sales::carts::remove_delivery_addresses", |s| {
            carts::remove_delivery_addresses(&s.cx, &s.of.cart, std::slice::from_ref(&s.of.group)).await
        }),
        changes!("sales::carts::replace_delivery_addresses", |s| {
            let address = json!({ "address": { "deliveryAddress": { "countryCode": "DE" } } });
            carts::replace_delivery_addresses(&s.cx, &s.of.cart, &[input(address)]).await
        }),
        changes!("sales::carts::forget_buyer", |s| carts::forget_buyer(&s.cx, &s.of.cart).await),
        changes!("sales::carts::remove_lines", |s| {
            carts::remove_lines(&s.cx, &s.of.cart, std::slice::from_ref(&s.of.line)).await
        }),
    ];
    carts.into_iter().chain(buying()).collect()
}

fn buying() -> [Attempt; 5] {
    [
        changes!("sales::checkout::submit", |s| checkout::submit(&s.cx, &s.of.ready, "now").await),
        changes!("sales::checkout::resume", |s| checkout::resume(&s.cx, s.of.waiting).await),
        changes!("sales::orders::fulfill", |s| {
            let tracking = Tracking::default();
            orders::fulfill(&s.cx, &Fulfill { order: s.of.sent, lines: vec![], tracking }).await
        }),
        changes!("sales::orders::cancel", |s| {
            // Its refund is left for the next attempt.
            s.provider.fall_silent(true);
            let wish = Cancel {
                order: s.of.order,
                reason: CancelReason::Other,
                refund: true,
                restock: true,
                staff_note: None,
            };
            let cancelled = orders::cancel(&s.cx, &wish).await;
            s.provider.fall_silent(false);
            cancelled
        }),
        changes!("sales::orders::finish_cancel", |s| orders::finish_cancel(&s.cx, s.of.order).await),
    ]
}
