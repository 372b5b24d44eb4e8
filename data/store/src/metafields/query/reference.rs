//! What there is of what values refer to.

use std::collections::HashMap;

use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use mcom_data::{Result, TenantConn};
use mcom_tables as t;

use super::super::value::ReferencedKind;

macro_rules! existing {
    ($db:ident, $ids:ident, $table:ident) => {{
        let wanted = t::$table::tenant_id.eq($db.tenant_id()).and(t::$table::id.eq_any($ids));
        t::$table::table.filter(wanted).select(t::$table::id).load($db.conn()).await?
    }};
}

/// The numbers among these under which there is something of this kind.
pub(in super::super) async fn existing(
    db: &mut TenantConn,
    kind: ReferencedKind,
    ids: &[i64],
) -> Result<Vec<i64>> {
    Ok(match kind {
        ReferencedKind::Article => existing!(db, ids, articles),
        ReferencedKind::Collection => existing!(db, ids, collections),
        ReferencedKind::Customer => existing!(db, ids, customers),
        ReferencedKind::File => files(db, "FILE", ids).await?,
        ReferencedKind::Image => {
            let mut found: Vec<i64> = existing!(db, ids, product_media);
            found.extend(files(db, "IMAGE", ids).await?);
            found
        }
        ReferencedKind::Metaobject => existing!(db, ids, metaobjects),
        ReferencedKind::Model3d => files(db, "MODEL_3D", ids).await?,
        ReferencedKind::Order => existing!(db, ids, orders),
        ReferencedKind::Page => existing!(db, ids, pages),
        ReferencedKind::Product => existing!(db, ids, products),
        ReferencedKind::Variant => existing!(db, ids, product_variants),
        ReferencedKind::Video => files(db, "VIDEO", ids).await?,
    })
}

/// The files of this kind among these.
async fn files(db: &mut TenantConn, kind: &str, ids: &[i64]) -> Result<Vec<i64>> {
    use t::files as f;
    let wanted = f::tenant_id.eq(db.tenant_id()).and(f::id.eq_any(ids)).and(f::kind.eq(kind));
    Ok(f::table.filter(wanted).select(f::id).load(db.conn()).await?)
}

/// Of which kinds these metaobjects are; those that are not there are left out.
pub(in super::super) async fn metaobject_kinds(
    db: &mut TenantConn,
    ids: &[i64],
) -> Result<HashMap<i64, String>> {
    use t::{metaobject_definitions as d, metaobjects as m};
    let wanted = m::tenant_id.eq(db.tenant_id()).and(m::id.eq_any(ids));
    let of = d::table.on(d::tenant_id.eq(m::tenant_id).and(d::id.eq(m::definition_id)));
    let rows: Vec<(i64, String)> =
        m::table.inner_join(of).filter(wanted).select((m::id, d::type_name)).load(db.conn()).await?;
    Ok(rows.into_iter().collect())
}

/// To which products pictures belong.
pub(in super::super) async fn products_of_images(
    db: &mut TenantConn,
    ids: &[i64],
) -> Result<HashMap<i64, i64>> {
    use t::product_media as m;
    let wanted = m::tenant_id.eq(db.tenant_id()).and(m::id.eq_any(ids));
    let rows: Vec<(i64, i64)> =
        m::table.filter(wanted).select((m::id, m::product_id)).load(db.conn()).await?;
    Ok(rows.into_iter().collect())
}
