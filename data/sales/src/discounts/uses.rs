//! Who has a code's discount: held from the beginning of an attempt to buy, like stock, and given back if there is no order or it is cancelled.

use mcom_data::{Cx, Result, TenantConn};
use mcom_schema::id::CustomerId;

use super::{AppliedDiscount, query};

/// Who uses it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Buyer<'a> {
    pub(crate) email: Option<&'a str>,
    pub(crate) customer: Option<CustomerId>,
}

impl Buyer<'_> {
    /// The address as it is compared; empty if none is known.
    pub(super) fn email_key(&self) -> String {
        self.email.unwrap_or_default().trim().to_lowercase()
    }
}

/// Holds the codes among `applied` for an attempt. `Err` inside: the code that somebody else had before, or that this buyer has had.
pub(crate) async fn hold<'d>(
    cx: &Cx,
    db: &mut TenantConn,
    (checkout_id, buyer): (i64, Buyer<'_>),
    applied: &'d [AppliedDiscount],
) -> Result<Result<(), &'d str>> {
    let codes: Vec<(i64, &str)> =
        applied.iter().filter_map(|discount| Some((discount.id.0, discount.code.as_deref()?))).collect();
    if codes.is_empty() {
        return Ok(Ok(()));
    }
    let ids: Vec<i64> = codes.iter().map(|(id, _)| *id).collect();
    let counted = query::count_use(db, &ids).await?;
    // A statement of its own: it sees what those did who held the rows until now.
    let noted = query::insert_uses(db, &ids, (checkout_id, buyer), cx.now()).await?;
    let lost = codes.iter().find(|(id, _)| !(counted.contains(id) && noted.contains(id)));
    Ok(lost.map_or(Ok(()), |(_, code)| Err(*code)))
}

/// Gives back what an attempt has held, or its order has had.
pub(crate) async fn give_back(
    db: &mut TenantConn,
    checkout_id: i64,
    applied: &[AppliedDiscount],
) -> Result<()> {
    if applied.iter().any(|discount| discount.code.is_some()) {
        query::end_uses(db, checkout_id).await?;
    }
    Ok(())
}
