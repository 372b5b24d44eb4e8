//! The collections to browse seeded products by: some fill themselves, one is put together by hand.

use mcom_data::{Cx, Result};
use mcom_schema::id::{CollectionId, ProductId};

use super::{query, word::KINDS};
use crate::{
    collections::{
        self, CollectionInput, CollectionRuleInput, CollectionRuleSetInput, RuleColumn, RuleRelation,
    },
    publications::{self, PublicationInput, Publishable},
};

/// How many products the collection made by hand has.
const PICKS: usize = 24;

/// Makes the collections that fill themselves, if they are not there: before the products, so that each is put in when it is made.
pub(super) async fn by_rules(cx: &Cx) -> Result<()> {
    let sale = rule(RuleColumn::IsPriceReduced, RuleRelation::IsSet, "");
    make(cx, "Sale", "Less than before, and just as good.", Some(sale), &[]).await?;
    let new = rule(RuleColumn::Tag, RuleRelation::Equals, "new");
    make(cx, "New Season", "Fresh from the workshop.", Some(new), &[]).await?;
    for kind in KINDS {
        let of_kind = rule(RuleColumn::Type, RuleRelation::Equals, kind.product_type);
        let body = format!("All {}.", kind.product_type.to_lowercase());
        make(cx, kind.product_type, &body, Some(of_kind), &[]).await?;
    }
    Ok(())
}

/// Makes the collection put together by hand, of the first of `products`, if it is not there.
pub(super) async fn by_hand(cx: &Cx, products: &[i64]) -> Result<()> {
    let picks: Vec<ProductId> = products.iter().take(PICKS).map(|id| ProductId(*id)).collect();
    make(cx, "Staff Picks", "What we take home ourselves.", None, &picks).await
}

fn rule(column: RuleColumn, relation: RuleRelation, condition: &str) -> CollectionRuleSetInput {
    let rule = CollectionRuleInput { column, relation, condition: condition.to_owned() };
    CollectionRuleSetInput { applied_disjunctively: false, rules: vec![rule] }
}

async fn make(
    cx: &Cx,
    title: &str,
    body: &str,
    rule_set: Option<CollectionRuleSetInput>,
    products: &[ProductId],
) -> Result<()> {
    let handle = title.to_lowercase().replace(' ', "-");
    if cx.read(async |db| query::has_collection(db, &handle).await).await? {
        return Ok(());
    }
    let input = CollectionInput {
        title: Some(title.to_owned()),
        handle: Some(handle),
        description_html: Some(format!("<p>{body}</p>")),
        products: products.to_vec(),
        rule_set,
        ..CollectionInput::default()
    };
    let id = collections::create(cx, &input).await?;
    publish(cx, id).await
}

async fn publish(cx: &Cx, id: CollectionId) -> Result<()> {
    let online = cx.read(async |db| publications::online_store(db).await).await?;
    let online =
        PublicationInput { publication_id: Some(mcom_schema::id::PublicationId(online)), publish_date: None };
    publications::publish(cx, Publishable::Collection(id), &[online]).await
}
