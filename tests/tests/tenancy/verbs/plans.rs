//! Attempts on how things are sold otherwise: by plans, in other numbers, in bundles, and with which taxes.

use mcom_catalog::{
    bundles::{self, BundleUpdate, BundlesWith, Component},
    index,
    variants::{self, PriceBreak, Quantities},
};
use mcom_data::Cx;
use mcom_sales::{
    orders::TaxesOf,
    selling_plans::{self, GroupDetails, PlanDetails, PlanTerms},
};
use mcom_schema::id::{ProductId, SellingPlanGroupId, VariantId};
use mcom_store::taxes::{self, TaxRate, TaxSettings};

use super::{Attempt, changes, finds};

/// A plan, a price break, a tax, and a bundle with the variant in it.
pub(super) async fn furnish(
    cx: &Cx,
    product: ProductId,
    variant: VariantId,
) -> (SellingPlanGroupId, VariantId) {
    let bundle = mcom_tests::till::goods(cx, "30.00", 0).await;
    let create = vec![Component { variant_id: variant, quantity: 2 }];
    let update = BundleUpdate { variant: Some(bundle), create, ..BundleUpdate::default() };
    bundles::update(cx, &[update]).await.unwrap();
    taxes::set(cx, &charging(190_000)).await.unwrap();
    variants::set_quantities(cx, product, &[(variant, cheaper_from(40))]).await.unwrap();
    (selling_plans::put(cx, &group(product, variant, "Zebra")).await.unwrap(), bundle)
}

fn charging(millionths: i64) -> TaxSettings {
    let (country, title) = ("DE".to_owned(), "USt".to_owned());
    let rates = vec![TaxRate { country, province: None, title, millionths }];
    TaxSettings { rates, ..TaxSettings::default() }
}

fn cheaper_from(from: i64) -> Quantities {
    Quantities { breaks: vec![PriceBreak { from, price_minor: 1 }], ..Quantities::default() }
}

fn group(product: ProductId, variant: VariantId, name: &str) -> GroupDetails {
    let terms = PlanTerms { options: vec!["often".to_owned()], ..PlanTerms::default() };
    let plan = PlanDetails { name: "Often".to_owned(), description: None, terms };
    GroupDetails {
        handle: "zebra".to_owned(),
        name: name.to_owned(),
        app_name: None,
        options: vec!["How often".to_owned()],
        plans: vec![plan],
        products: vec![(product, false)],
        variants: vec![variant],
    }
}

pub(super) fn finding() -> Vec<Attempt> {
    vec![
        finds!("catalog::bundles::all", |s| {
            bundles::all(&s.cx).await?.iter().any(|bundle| bundle.variant == s.of.bundle)
        }),
        finds!("catalog::bundles::BundlesWith", |s| {
            s.cx.load::<BundlesWith>(s.of.variant).await?.is_some()
        }),
        finds!("catalog::index::of_bundles_with", |s| {
            !index::of_bundles_with(&s.cx, &[s.of.product]).await?.is_empty()
        }),
        finds!("catalog::variants::with_quantities", |s| {
            variants::with_quantities(&s.cx).await?.contains(&s.of.variant)
        }),
        finds!("sales::orders::TaxesOf", |s| s.cx.load::<TaxesOf>(s.of.order).await?.is_some()),
        finds!("sales::selling_plans::all", |s| {
            !selling_plans::all(&s.cx).await?.plans_of(s.of.product, s.of.variant).is_empty()
        }),
    ]
}

pub(super) fn changing() -> Vec<Attempt> {
    vec![
        changes!("catalog::bundles::update", |s| {
            let update = vec![Component { variant_id: s.of.variant, quantity: 7 }];
            let update = BundleUpdate { variant: Some(s.of.bundle), update, ..BundleUpdate::default() };
            bundles::update(&s.cx, &[update]).await
        }),
        changes!("catalog::variants::set_quantities", |s| {
            variants::set_quantities(&s.cx, s.of.product, &[(s.of.variant, cheaper_from(30))]).await
        }),
        changes!("sales::selling_plans::put", |s| {
            selling_plans::put(&s.cx, &group(s.of.product, s.of.variant, "Okapi")).await
        }),
        changes!("sales::selling_plans::delete", |s| selling_plans::delete(&s.cx, s.of.plans).await),
        changes!("store::taxes::set", |s| taxes::set(&s.cx, &charging(200_000)).await),
    ]
}
