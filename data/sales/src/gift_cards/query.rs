//! SQL of gift cards.

use chrono::{DateTime, Utc};
use diesel::{
    prelude::*,
    sql_types::{Array, BigInt, Nullable, Timestamptz},
};
use diesel_async::RunQueryDsl;
use mcom_data::{Prepare, Result, TenantConn, on_constraint};
use mcom_schema::{Money, id::GiftCardId, refuse};
use mcom_tables::{gift_card_entries as e, gift_cards as g};

use super::{GiftCard, GiftCardCode, GiftCardInput, pay::GiftCardPayment, row::GiftCardRow};

pub(super) async fn all(db: &mut TenantConn) -> Result<Vec<GiftCard>> {
    let rows: Vec<GiftCardRow> = g::table
        .filter(g::tenant_id.eq(db.tenant_id()))
        .order(g::id)
        .select(GiftCardRow::as_select())
        .load(db.conn())
        .await?;
    rows.into_iter().map(GiftCardRow::read).collect()
}

pub(super) async fn by_hashes(db: &mut TenantConn, hashes: &[Vec<u8>]) -> Result<Vec<GiftCard>> {
    let rows: Vec<GiftCardRow> = g::table
        .filter(g::tenant_id.eq(db.tenant_id()).and(g::code_hash.eq_any(hashes)))
        .select(GiftCardRow::as_select())
        .load(db.conn())
        .await?;
    rows.into_iter().map(GiftCardRow::read).collect()
}

/// The cards with these ids, in their order; those that are gone are left out.
pub(crate) async fn by_ids(db: &mut TenantConn, ids: &[GiftCardId]) -> Result<Vec<GiftCard>> {
    if ids.is_empty() {
        return Ok(vec![]);
    }
    let numbers: Vec<i64> = ids.iter().map(|id| id.0).collect();
    let rows: Vec<GiftCardRow> = g::table
        .filter(g::tenant_id.eq(db.tenant_id()).and(g::id.eq_any(numbers)))
        .select(GiftCardRow::as_select())
        .load(db.conn())
        .await?;
    let found = rows.into_iter().map(GiftCardRow::read).collect::<Result<Vec<GiftCard>>>()?;
    Ok(ids.iter().filter_map(|id| found.iter().find(|card| card.id == *id).cloned()).collect())
}

/// Writes the card and the first row of its ledger.
pub(super) async fn insert(
    db: &mut TenantConn,
    (code, value): (&GiftCardCode, Money),
    input: &GiftCardInput,
    now: DateTime<Utc>,
) -> Result<GiftCardId> {
    let tenant = db.tenant_id();
    let id: i64 = diesel::insert_into(g::table)
        .values((
            g::tenant_id.eq(tenant),
            g::code_hash.eq(code.hash()),
            g::last_characters.eq(code.last_characters()),
            g::initial_minor.eq(value.minor),
            g::balance_minor.eq(value.minor),
            g::currency.eq(value.currency.code()),
            decided(input),
            g::created_at.eq(now),
            g::updated_at.eq(now),
        ))
        .returning(g::id)
        .get_result(db.conn())
        .await
        .map_err(on_constraint("gift_cards_code", refuse("code", "TAKEN", "Code has already been taken")))?;
    diesel::insert_into(e::table)
        .values((
            e::tenant_id.eq(tenant),
            e::gift_card_id.eq(id),
            e::kind.eq("ISSUE"),
            e::amount_minor.eq(value.minor),
            e::created_at.eq(now),
        ))
        .execute(db.conn())
        .await?;
    Ok(GiftCardId(id))
}

type Decided<'a> = (
    diesel::dsl::Eq<g::enabled, bool>,
    diesel::dsl::Eq<g::expires_at, Option<DateTime<Utc>>>,
    diesel::dsl::Eq<g::note, Option<&'a str>>,
);

fn decided(input: &GiftCardInput) -> Decided<'_> {
    (g::enabled.eq(input.enabled), g::expires_at.eq(input.expires_at), g::note.eq(input.note.as_deref()))
}

pub(super) async fn update(
    db: &mut TenantConn,
    id: GiftCardId,
    input: &GiftCardInput,
    now: DateTime<Utc>,
) -> Result<bool> {
    let rows = diesel::update(g::table.find((db.tenant_id(), id.0)))
        .set((decided(input), g::updated_at.eq(now)))
        .execute(db.conn())
        .await?;
    Ok(rows == 1)
}

/// Takes from each card what it pays, and answers with how many could.
pub(super) async fn debit(
    db: &mut TenantConn,
    checkout_id: i64,
    payments: &[GiftCardPayment],
    now: DateTime<Utc>,
) -> Result<usize> {
    let rows = diesel::sql_query(DEBIT)
        .bind::<BigInt, _>(db.tenant_id())
        .bind::<BigInt, _>(checkout_id)
        .bind::<Array<BigInt>, _>(payments.iter().map(|it| it.card.0).collect::<Vec<_>>())
        .bind::<Array<BigInt>, _>(payments.iter().map(GiftCardPayment::taken_minor).collect::<Vec<_>>())
        .bind::<Timestamptz, _>(now)
        .prepared()
        .execute(db.conn())
        .await?;
    Ok(rows)
}

// Locked in the order of their ids, so that two who pay with the same ones do not wait for each other.
const DEBIT: &str = "with locked as materialized (
        select g.id, wanted.minor from unnest($3, $4) as wanted (id, minor)
        join gift_cards g on g.tenant_id = $1 and g.id = wanted.id
        where g.enabled and (g.expires_at is null or g.expires_at > $5) and g.balance_minor >= wanted.minor
        order by g.id for no key update of g),
    paid as (
        update gift_cards g set balance_minor = g.balance_minor - locked.minor, updated_at = $5
        from locked where g.tenant_id = $1 and g.id = locked.id returning g.id, locked.minor)
    insert into gift_card_entries (tenant_id, gift_card_id, checkout_id, kind, amount_minor, created_at)
    select $1, id, $2, 'DEBIT', -minor, $5 from paid";

/// Gives back to each card what the attempt took from it, unless that was done before. Answers with the sum.
pub(super) async fn credit(db: &mut TenantConn, checkout_id: i64, now: DateTime<Utc>) -> Result<i64> {
    let given: Option<Given> = diesel::sql_query(CREDIT)
        .bind::<BigInt, _>(db.tenant_id())
        .bind::<BigInt, _>(checkout_id)
        .bind::<Timestamptz, _>(now)
        .prepared()
        .get_result(db.conn())
        .await
        .optional()?;
    Ok(given.and_then(|given| given.minor).unwrap_or_default())
}

const CREDIT: &str = "with credited as (
        insert into gift_card_entries (tenant_id, gift_card_id, checkout_id, kind, amount_minor, created_at)
        select $1, gift_card_id, $2, 'CREDIT', -amount_minor, $3 from gift_card_entries
        where tenant_id = $1 and checkout_id = $2 and kind = 'DEBIT' order by gift_card_id
        on conflict (tenant_id, gift_card_id, kind, checkout_id) do nothing
        returning gift_card_id, amount_minor),
    locked as materialized (
        select g.id, credited.amount_minor as minor from credited
        join gift_cards g on g.tenant_id = $1 and g.id = credited.gift_card_id order by g.id for no key update of g),
    given as (
        update gift_cards g set balance_minor = g.balance_minor + locked.minor, updated_at = $3
        from locked where g.tenant_id = $1 and g.id = locked.id returning locked.minor)
    select sum(minor)::bigint as minor from given";

#[derive(QueryableByName)]
struct Given {
    #[diesel(sql_type = Nullable<BigInt>)]
    minor: Option<i64>,
}
