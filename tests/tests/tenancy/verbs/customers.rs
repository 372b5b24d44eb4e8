//! Attempts on accounts, on who is signed in, and on the mails that lead there.

use std::sync::Arc;

use futures_util::future::{BoxFuture, FutureExt};
use mcom_data::page::PageArgs;
use mcom_sales::{
    customers,
    orders::{self, OrderList, OrderSort},
};
use mcom_store::notifications::{self, Letter, Mailer, Notification, Post, Settled, Unsent};
use serde_json::{Value, json};

use super::{
    Attempt, changes, finds,
    people::{MEMBER, PASSWORD},
    stage::{Names, input},
};

/// Nothing is sent here: only what mails say is asked for.
pub(super) struct Nowhere;

impl Post for Nowhere {
    fn send<'a>(&'a self, _letter: &'a Letter) -> BoxFuture<'a, Result<(), Unsent>> {
        async { Err(Unsent::Away("nowhere".to_owned())) }.boxed()
    }
}

fn mail(of: &Arc<Names>) -> Notification {
    Notification {
        id: of.people.mail,
        kind: customers::RESET.to_owned(),
        recipient: MEMBER.to_owned(),
        created_at: mcom_tests::shop::opening(),
    }
}

fn sign_in() -> Value {
    json!({ "email": MEMBER, "password": PASSWORD })
}

pub(super) fn finding() -> Vec<Attempt> {
    vec![
        finds!("sales::customers::signed_in", |s| {
            customers::signed_in(&s.cx, &s.of.people.session).await?.is_some()
        }),
        finds!("sales::mailing::mailing", |s| {
            let pass = customers::Pass::of_token(&s.of.people.session);
            mcom_sales::mailing(&s.cx, &pass.address_gid(s.of.people.addresses[0])).await?.is_some()
        }),
        finds!("sales::customers::sign_in", |s| {
            customers::sign_in(&s.cx, &input(sign_in())).await.is_ok()
        }),
        finds!("sales::customers::by_email", |s| customers::by_email(&s.cx, MEMBER).await?.is_some()),
        finds!("sales::customers::AddressesOf", |s| {
            s.cx.load::<customers::AddressesOf>(s.of.people.member).await?.is_some()
        }),
        finds!("sales::customers::write_letter", |s| {
            let mailer = Mailer::new(Nowhere, None);
            customers::write_letter(&s.cx, &mailer, &mail(&s.of)).await?.is_some()
        }),
        finds!("sales::orders::AttemptOf", |s| s.cx.load::<orders::AttemptOf>(s.of.order).await?.is_some()),
        finds!("sales::orders::of_customer", |s| {
            let list = OrderList { sort: OrderSort::Id, filter: None, page: PageArgs::first(9) };
            !orders::of_customer(&s.cx, s.of.customer, list).await?.items.is_empty()
        }),
        finds!("sales::orders::count_of_customer", |s| {
            orders::count_of_customer(&s.cx, s.of.customer, None).await? > 0
        }),
        finds!("store::notifications::waiting", |s| {
            notifications::waiting(&s.cx, s.of.people.mail).await?.is_some()
        }),
    ]
}

pub(super) fn changing() -> Vec<Attempt> {
    vec![
        changes!("sales::customers::create", |s| {
            let guest = json!({ "email": "grace@example.com", "password": PASSWORD });
            customers::create(&s.cx, &input(guest)).await
        }),
        changes!("sales::customers::update", |s| {
            let name = json!({ "firstName": "Ada" });
            customers::update(&s.cx, &s.of.people.session, &input(name)).await
        }),
        changes!("sales::customers::recover", |s| customers::recover(&s.cx, MEMBER).await),
        changes!("sales::customers::create_address", |s| {
            customers::create_address(&s.cx, &s.of.people.session, &input(json!({ "city": "Ulm" }))).await
        }),
        changes!("sales::customers::update_address", |s| {
            let city = input(json!({ "city": "Jena" }));
            customers::update_address(&s.cx, &s.of.people.session, s.of.people.addresses[0], &city).await
        }),
        changes!("sales::customers::choose_default_address", |s| {
            customers::choose_default_address(&s.cx, &s.of.people.session, s.of.people.addresses[1]).await
        }),
        changes!("sales::customers::delete_address", |s| {
            customers::delete_address(&s.cx, &s.of.people.session, s.of.people.addresses[0]).await
        }),
        changes!("sales::customers::renew", |s| customers::renew(&s.cx, &s.of.people.session).await),
        changes!("sales::customers::sign_out", |s| customers::sign_out(&s.cx, &s.of.people.session).await),
        changes!("sales::customers::reset", |s| {
            customers::reset(&s.cx, s.of.people.member, &s.of.people.resets[0], &PASSWORD.into()).await
        }),
        changes!("sales::customers::reset_by_url", |s| {
            let url =
                format!("https://x.example/account/reset/{}/{}", s.of.people.other, s.of.people.resets[1]);
            customers::reset_by_url(&s.cx, &url, &PASSWORD.into()).await
        }),
        changes!("sales::customers::activate", |s| {
            customers::activate(&s.cx, s.of.people.guests[0], &s.of.people.activations[0], &PASSWORD.into())
                .await
        }),
        changes!("sales::customers::activate_by_url", |s| {
            let url = format!(
                "https://x.example/account/activate/{}/{}",
                s.of.people.guests[1], s.of.people.activations[1]
            );
            customers::activate_by_url(&s.cx, &url, &PASSWORD.into()).await
        }),
        changes!("sales::customers::forget_old", |s| customers::forget_old(&s.cx).await),
        changes!("store::notifications::settle", |s| {
            notifications::settle(&s.cx, s.of.people.mail, &Settled::Sent).await
        }),
        changes!("store::notifications::forget_old", |s| notifications::forget_old(&s.cx).await),
    ]
}
