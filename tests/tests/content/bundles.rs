//! Bundles of a store file.

use mcom::apply::{Action, Wish};
use mcom_catalog::{
    bundles::{self, Component},
    products::{self, ProductInput},
    variants,
};
use mcom_data::page::PageArgs;
use mcom_schema::id::VariantId;
use mcom_tests::Shop;
use serde_json::json;

use crate::{applied, faults};

const FILE: &str = "
bundles:
  - variant: set/SET-1
    components:
      - { variant: mug/MUG-1 }
      - { variant: bowl/BOWL-1, quantity: 2 }
";

/// A product with one variant.
async fn product(shop: &Shop, title: &str) -> VariantId {
    let cx = shop.admin();
    let product = ProductInput { title: Some(title.to_owned()), ..ProductInput::default() };
    let product = products::create(&cx, &product, &[]).await.expect("a product can be made");
    let page = variants::of_product(&cx, product, &PageArgs::first(1)).await.expect("it can be read");
    let id = page.items[0].1.row.id();
    let sku = format!("{}-1", title.to_uppercase());
    let change = serde_json::from_value(json!({ "id": id.gid(), "inventoryItem": { "sku": sku } }));
    variants::bulk_update(&cx, product, &[change.expect("it is an input")], &[])
        .await
        .expect("it can be named");
    id
}

/// A store with a mug, a bowl and a set.
async fn selling() -> (Shop, [VariantId; 3]) {
    let shop = Shop::open().await;
    let ids = [product(&shop, "Mug").await, product(&shop, "Bowl").await, product(&shop, "Set").await];
    (shop, ids)
}

#[tokio::test]
async fn bundles_are_applied_once_changed_and_pruned() {
    let (shop, [mug, bowl, set]) = selling().await;
    let first = applied(&shop, FILE, Wish::default()).await;
    assert_eq!(
        (first.changes.len(), &*first.changes[0].name, first.changes[0].action),
        (1, "set/SET-1", Action::Create)
    );
    let second = applied(&shop, FILE, Wish::default()).await;
    assert_eq!((second.changes, second.unchanged), (vec![], 1));
    let there = bundles::all(&shop.admin()).await.expect("they can be read");
    let component = |variant_id, quantity| Component { variant_id, quantity };
    assert_eq!(
        (there[0].variant, &*there[0].components),
        (set, &[component(mug, 1), component(bowl, 2)][..])
    );

    let changed = applied(&shop, &FILE.replace("quantity: 2", "quantity: 3"), Wish::default()).await;
    assert_eq!(changed.changes[0].action, Action::Update);
    assert_eq!(applied(&shop, "bundles: []", Wish::default()).await.unnamed, 1);
    // What is no bundle any more may become a component in the same run.
    let turned = "bundles:\n  - variant: mug/MUG-1\n    components: [{ variant: set/SET-1 }]";
    let turned = applied(&shop, turned, Wish { prune: true, ..Wish::default() }).await;
    assert_eq!(turned.changes.len(), 2);
    let there = bundles::all(&shop.admin()).await.expect("they can be read");
    assert_eq!((there.len(), there[0].variant), (1, mug));
}

#[tokio::test]
async fn what_makes_no_bundle_is_told_where_it_stands() {
    let (shop, _) = selling().await;
    let text = "
bundles:
  - variant: set/SET-1
    components:
      - { variant: mug/NONE }
  - variant: set/NONE
    components: []
  - variant: bowl/BOWL-1
    components:
      - { variant: mug/MUG-1, quantity: 0 }
  - variant: mug/MUG-1
    components:
      - { variant: bowl/BOWL-1 }
";
    let found = faults(&shop, text).await;
    let mut told: Vec<(usize, &str)> = found.iter().map(|fault| (fault.line, fault.path.as_str())).collect();
    told.sort_unstable();
    let expected = [
        (5, "bundles.0.components.0.variant"),
        (6, "bundles.1.variant"),
        (7, "bundles.1.components"),
        (10, "bundles.2.components.0.quantity"),
        (10, "bundles.2.components.0.variant"),
        (13, "bundles.3.components.0.variant"),
    ];
    assert_eq!(told, expected);
}

#[tokio::test]
async fn a_bundle_that_the_file_does_not_name_is_no_component() {
    let (shop, _) = selling().await;
    applied(&shop, FILE, Wish::default()).await;
    let text = "bundles:\n  - variant: mug/MUG-1\n    components: [{ variant: set/SET-1 }]";
    let found = faults(&shop, text).await;
    let told: Vec<&str> = found.iter().map(|fault| fault.path.as_str()).collect();
    assert_eq!(told, ["bundles.0.components.0.variant", "bundles.0.variant"], "{found:#?}");
    let there = bundles::all(&shop.admin()).await.expect("they can be read");
    assert_eq!(there.len(), 1);
}
