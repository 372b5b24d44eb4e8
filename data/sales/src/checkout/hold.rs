//! What an attempt holds until it becomes an order or ends: stock, uses of discount codes, and money from gift cards.

use mcom_catalog::inventory::Shortage;
use mcom_data::{Cx, Result, TenantConn};
use mcom_schema::Refusal;

use super::{
    ready,
    snapshot::{Snapshot, SoldLine},
    stock,
};
use crate::{discounts, gift_cards};

/// Holds all that the snapshot needs, in the transaction in which the attempt begins. `Err` inside: why it cannot; the transaction must
/// not be committed then.
pub(super) async fn hold(
    cx: &Cx,
    db: &mut TenantConn,
    checkout_id: i64,
    snapshot: &Snapshot,
) -> Result<Result<(), Vec<Refusal>>> {
    let (by, applied) = ((checkout_id, snapshot.buyer()), &snapshot.discounts);
    if let Err(code) = discounts::hold(cx, db, by, applied).await? {
        return Ok(Err(vec![ready::code_gone(code)]));
    }
    if !gift_cards::hold(cx, db, checkout_id, &snapshot.gift_cards).await? {
        return Ok(Err(vec![ready::card_spent()]));
    }
    let held = stock::hold(cx, db, checkout_id, snapshot).await?;
    Ok(held.map_err(|shortage| short(&shortage, snapshot)))
}

/// Gives back what is held. A second time there is nothing left to give back.
pub(super) async fn release(
    cx: &Cx,
    db: &mut TenantConn,
    checkout_id: i64,
    snapshot: &Snapshot,
) -> Result<()> {
    discounts::give_back(db, checkout_id, &snapshot.discounts).await?;
    if !snapshot.gift_cards.is_empty() {
        gift_cards::give_back(cx, db, checkout_id).await?;
    }
    stock::release(cx, db, checkout_id).await
}

fn short(shortage: &Shortage, snapshot: &Snapshot) -> Vec<Refusal> {
    let takes = |line: &SoldLine, item| line.wants().iter().any(|want| want.item_id == item);
    let title = |item| snapshot.lines.iter().find(|line| takes(line, item)).map_or("", |line| &line.title);
    let reason = |(item, left): &(_, i64)| match left {
        0 => ready::sold_out(title(*item)),
        left => ready::not_enough(title(*item), *left),
    };
    shortage.items.iter().map(reason).collect()
}
