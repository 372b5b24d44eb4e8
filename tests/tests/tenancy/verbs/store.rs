//! Attempts on the store's own settings and secrets.

use mcom_schema::Scope;
use mcom_store::{
    locations::{self, LocationAddress, LocationInput},
    settings, shipping,
    tokens::{self, Api},
};

use super::{Attempt, changes, finds, stage::SECRET};

pub(super) fn finding() -> Vec<Attempt> {
    vec![
        finds!("store::locations::pickup", |s| {
            let there = locations::pickup(&s.cx).await?;
            there.iter().any(|it| it.pickup_time.as_deref() == Some(SECRET))
        }),
        finds!("store::locations::all", |s| {
            let there = locations::all(&s.cx).await?;
            there.iter().any(|it| it.pickup_time.as_deref() == Some(SECRET))
        }),
        finds!("store::settings::get", |s| settings::get(&s.cx).await?.description.as_deref()
            == Some(SECRET)),
        finds!("store::shipping::all", |s| {
            shipping::all(&s.cx).await?.iter().any(|rate| rate.handle == SECRET)
        }),
        finds!("store::shipping::rates", |s| {
            shipping::rates(&s.cx, "DE", 1000).await?.iter().any(|rate| rate.handle == SECRET)
        }),
        finds!("store::tokens::verify", |s| {
            let (services, tenant) = (s.cx.services().clone(), s.cx.tenant().clone());
            tokens::verify(&services, &tenant, Api::Admin, &s.of.secret).await?.is_some()
        }),
    ]
}

pub(super) fn changing() -> Vec<Attempt> {
    vec![
        changes!("store::locations::put", |s| {
            let input = LocationInput {
                name: SECRET.to_owned(),
                address: LocationAddress::default(),
                point: None,
                fulfills_online_orders: false,
                pickup: false,
                pickup_time: None,
            };
            locations::put(&s.cx, &input).await
        }),
        changes!("store::locations::retire", |s| locations::retire(&s.cx, s.of.location).await),
        changes!("store::settings::describe", |s| settings::describe(&s.cx, Some("Mugs and jugs")).await),
        changes!("store::settings::set_synonyms", |s| {
            settings::set_synonyms(&s.cx, vec![vec![SECRET.to_owned(), "mug".to_owned()]]).await
        }),
        changes!("store::tokens::issue", |s| tokens::issue(
            &s.cx,
            Api::Admin,
            SECRET,
            &[Scope::ReadProducts]
        )
        .await),
        changes!("store::tokens::revoke", |s| tokens::revoke(&s.cx, s.of.token).await),
    ]
}
