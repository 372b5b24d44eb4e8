//! Collections by hand and by rules.

use mcom_catalog::{
    collections::{
        self, CollectionInput, CollectionProductSort, CollectionRuleInput, CollectionRuleSetInput,
        RuleColumn, RuleRelation,
    },
    products::{self, ProductInput},
    publications::Publishable,
};
use mcom_data::{Cx, page::PageArgs};
use mcom_schema::id::CollectionId;
use mcom_tests::Shop;

use crate::{publish, published, refused};

fn on_sale() -> CollectionInput {
    let rule = CollectionRuleInput {
        column: RuleColumn::Tag,
        relation: RuleRelation::Equals,
        condition: "sale".into(),
    };
    CollectionInput {
        title: Some("On sale".into()),
        rule_set: Some(CollectionRuleSetInput { applied_disjunctively: false, rules: vec![rule] }),
        ..CollectionInput::default()
    }
}

fn tagged(tags: &[&str]) -> ProductInput {
    let tags = tags.iter().map(|tag| (*tag).to_owned()).collect();
    ProductInput { tags: Some(tags), ..ProductInput::default() }
}

/// What the storefront shows of a published collection.
async fn shown(cx: &Cx, id: CollectionId, sort: CollectionProductSort) -> Vec<String> {
    let collection = collections::live(cx, &[id]).await.unwrap().pop().flatten().unwrap();
    let page = collections::products(cx, &collection, sort, &PageArgs::first(9)).await.unwrap();
    page.items.into_iter().map(|(_, live)| live.document.title.clone()).collect()
}

#[tokio::test]
async fn rules_are_kept_true_when_products_change() {
    let shop = Shop::open().await;
    let cx = shop.admin();
    let cup = published(&cx, "Cup").await;
    products::update(&cx, cup, &tagged(&["Sale"]), &[]).await.unwrap();
    let id = collections::create(&cx, &on_sale()).await.unwrap();
    publish(&cx, Publishable::Collection(id)).await;
    let titles = async || shown(&shop.buyer(), id, CollectionProductSort::CollectionDefault).await;
    assert_eq!(titles().await, ["Cup"]);
    let mug = published(&cx, "A mug").await;
    products::update(&cx, mug, &tagged(&["sale"]), &[]).await.unwrap();
    assert_eq!(titles().await, ["A mug", "Cup"]);
    products::update(&cx, cup, &tagged(&[]), &[]).await.unwrap();
    assert_eq!(titles().await, ["A mug"]);
    let mut other = on_sale();
    other.rule_set.as_mut().unwrap().rules[0].condition = "new".into();
    collections::update(&cx, id, &other).await.unwrap();
    assert_eq!(titles().await, Vec::<String>::new());
}

#[tokio::test]
async fn products_put_in_by_hand_stay_in_their_order() {
    let shop = Shop::open().await;
    let cx = shop.admin();
    let (b, a) = (published(&cx, "B").await, published(&cx, "A").await);
    let input =
        CollectionInput { title: Some("Picks".into()), products: vec![b, a], ..CollectionInput::default() };
    let id = collections::create(&cx, &input).await.unwrap();
    assert!(collections::live(&shop.buyer(), &[id]).await.unwrap()[0].is_none());
    publish(&cx, Publishable::Collection(id)).await;
    assert_eq!(shown(&shop.buyer(), id, CollectionProductSort::CollectionDefault).await, ["B", "A"]);
    assert_eq!(shown(&shop.buyer(), id, CollectionProductSort::Title).await, ["A", "B"]);
    let leave = ProductInput { collections_to_leave: vec![id], ..ProductInput::default() };
    products::update(&cx, b, &leave, &[]).await.unwrap();
    assert_eq!(shown(&shop.buyer(), id, CollectionProductSort::Manual).await, ["A"]);
    let of = collections::of_product(&shop.buyer(), a, &PageArgs::first(5)).await.unwrap();
    assert_eq!(of.items[0].1.row.handle, "picks");
    let rules = CollectionInput { title: None, ..on_sale() };
    assert_eq!(refused(collections::update(&cx, id, &rules).await).0, "ruleSet");
}

#[tokio::test]
async fn nobody_joins_a_collection_with_rules_by_hand() {
    let shop = Shop::open().await;
    let cx = shop.admin();
    let mug = published(&cx, "Mug").await;
    let id = collections::create(&cx, &on_sale()).await.unwrap();
    let join = ProductInput { collections_to_join: vec![id], ..ProductInput::default() };
    assert_eq!(refused(products::update(&cx, mug, &join, &[]).await).0, "collectionsToJoin.0");
}

#[tokio::test]
async fn a_known_collection_takes_no_statement() {
    let shop = Shop::open().await;
    let cx = shop.admin();
    published(&cx, "Mug").await;
    let id = collections::create(&cx, &on_sale()).await.unwrap();
    publish(&cx, Publishable::Collection(id)).await;
    for statements in [6, 0] {
        let buyer = shop.buyer();
        assert!(collections::live_by_handle(&buyer, "on-sale").await.unwrap().is_some());
        shown(&buyer, id, CollectionProductSort::CollectionDefault).await;
        assert!(buyer.statements() <= statements, "{}", buyer.statements());
    }
}
