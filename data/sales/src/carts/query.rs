//! SQL of the carts.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use mcom_data::{Error, Prepare, Result, TenantConn};
use mcom_schema::id::CustomerId;
use mcom_tables::carts;
use serde_json::Value;

use super::{CartId, document::CartDocument, id::proof_of};

/// A cart as it is kept.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Stored {
    /// Has its key only if it is the right one.
    pub(crate) id: CartId,
    /// What the ids of its parts carry, if whoever asks may see its private ones.
    pub(crate) proof: Option<String>,
    pub(crate) document: CartDocument,
    pub(crate) version: i64,
    pub(crate) created_at: DateTime<Utc>,
    pub(crate) updated_at: DateTime<Utc>,
}

impl Stored {
    /// A cart that is just being made.
    pub(super) fn new(id: CartId, document: CartDocument, now: DateTime<Utc>) -> Self {
        Stored { proof: id.proof(), id, document, version: 1, created_at: now, updated_at: now }
    }
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = carts, check_for_backend(diesel::pg::Pg))]
struct CartRow {
    key_hash: Vec<u8>,
    document: Value,
    version: i64,
    ordered_at: Option<DateTime<Utc>>,
    created_at: DateTime<Utc>,
    updated_at: DateTime<Utc>,
}

impl CartRow {
    fn read(self, id: &CartId) -> Result<Stored> {
        let key = id.key.clone().filter(|_| id.opens(&self.key_hash));
        Ok(Stored {
            proof: key.is_some().then(|| proof_of(&self.key_hash)),
            id: CartId { token: id.token.clone(), key },
            document: serde_json::from_value(self.document)?,
            version: self.version,
            created_at: self.created_at,
            updated_at: self.updated_at,
        })
    }
}

/// The cart of a customer that was changed last, of those beside `token` that have something in them and were not put into another one.
pub(super) async fn elsewhere(
    db: &mut TenantConn,
    customer: CustomerId,
    token: &str,
) -> Result<Option<Stored>> {
    let open = carts::customer_id.eq(customer.0).and(carts::ordered_at.is_null());
    let rows: Vec<(String, CartRow)> = carts::table
        .filter(carts::tenant_id.eq(db.tenant_id()).and(open).and(carts::token.ne(token)))
        .order((carts::updated_at.desc(), carts::token))
        .limit(MOST_LOOKED_AT)
        .select((carts::token, CartRow::as_select()))
        .load(db.conn())
        .await?;
    let mut found = rows.into_iter().map(|(token, row)| row.read(&CartId { token, key: None }));
    let is_wanted = |cart: &Stored| !cart.document.is_merged && !cart.document.lines.is_empty();
    found.find(|cart| cart.as_ref().map_or(true, is_wanted)).transpose()
}

/// Whoever has more carts than this has long forgotten the older ones.
const MOST_LOOKED_AT: i64 = 10;

/// The cart, unless it is gone or has become an order.
pub(crate) async fn find(db: &mut TenantConn, id: &CartId) -> Result<Option<Stored>> {
    Ok(find_any(db, id).await?.and_then(|(stored, ordered)| (!ordered).then_some(stored)))
}

/// The cart, and whether it has become an order.
pub(crate) async fn find_any(db: &mut TenantConn, id: &CartId) -> Result<Option<(Stored, bool)>> {
    let Some(row) = row(db, &id.token).await? else { return Ok(None) };
    let ordered = row.ordered_at.is_some();
    Ok(Some((row.read(id)?, ordered)))
}

/// The cart as the ids of its parts open it: its private parts only by the right proof. None by a wrong one.
pub(super) async fn find_by_part(
    db: &mut TenantConn,
    token: &str,
    proof: Option<&str>,
) -> Result<Option<Stored>> {
    let found = row(db, token).await?.filter(|row| row.ordered_at.is_none());
    let Some(row) = found.filter(|row| proof.is_none_or(|proof| proof == proof_of(&row.key_hash))) else {
        return Ok(None);
    };
    let stored = row.read(&CartId { token: token.to_owned(), key: None })?;
    Ok(Some(Stored { proof: proof.map(str::to_owned), ..stored }))
}

async fn row(db: &mut TenantConn, token: &str) -> Result<Option<CartRow>> {
    let row = carts::table
        .find((db.tenant_id(), token))
        .select(CartRow::as_select())
        .first(db.conn())
        .await
        .optional()?;
    Ok(row)
}

pub(super) async fn insert(db: &mut TenantConn, cart: &Stored) -> Result<()> {
    let key_hash = cart.id.key_hash().ok_or_else(|| Error::bug("a new cart without a key"))?;
    diesel::insert_into(carts::table)
        .values((
            carts::tenant_id.eq(db.tenant_id()),
            carts::token.eq(&cart.id.token),
            carts::key_hash.eq(key_hash),
            carts::document.eq(serde_json::to_value(&cart.document)?),
            carts::version.eq(cart.version),
            carts::created_at.eq(cart.created_at),
            carts::updated_at.eq(cart.updated_at),
        ))
        .execute(db.conn())
        .await?;
    Ok(())
}

/// Puts `cart` in the place of the version before it. `false`: somebody else was faster.
pub(super) async fn replace(db: &mut TenantConn, cart: &Stored) -> Result<bool> {
    let rows = diesel::update(carts::table.find((db.tenant_id(), &cart.id.token)))
        .filter(carts::version.eq(cart.version - 1).and(carts::ordered_at.is_null()))
        .set((
            carts::document.eq(serde_json::to_value(&cart.document)?),
            carts::version.eq(cart.version),
            carts::updated_at.eq(cart.updated_at),
        ))
        .prepared()
        .execute(db.conn())
        .await?;
    Ok(rows == 1)
}

/// Ends the cart: it has become an order.
pub(crate) async fn finish(db: &mut TenantConn, token: &str, now: DateTime<Utc>) -> Result<()> {
    diesel::update(carts::table.find((db.tenant_id(), token)))
        .set((carts::ordered_at.eq(now), carts::updated_at.eq(now)))
        .prepared()
        .execute(db.conn())
        .await?;
    Ok(())
}
