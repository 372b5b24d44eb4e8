//! SQL of texts to be searched.

use std::sync::Arc;

use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use mcom_data::{Result, TenantConn};
use mcom_tables::{articles as a, blogs as b, pages as p};

use crate::{
    articles::{Article, ArticleRow},
    blogs::BlogRow,
    pages::PageRow,
};

pub(super) async fn pages(db: &mut TenantConn, most: i64) -> Result<Vec<Arc<PageRow>>> {
    let wanted = p::tenant_id.eq(db.tenant_id()).and(p::published_at.is_not_null());
    let rows = p::table.filter(wanted).order(p::id.desc()).limit(most).select(PageRow::as_select());
    Ok(rows.load(db.conn()).await?.into_iter().map(Arc::new).collect())
}

pub(super) async fn articles(db: &mut TenantConn, most: i64) -> Result<Vec<Arc<Article>>> {
    let wanted = a::tenant_id.eq(db.tenant_id()).and(a::published_at.is_not_null());
    let rows: Vec<(ArticleRow, BlogRow)> = a::table
        .inner_join(b::table.on(b::tenant_id.eq(a::tenant_id).and(b::id.eq(a::blog_id))))
        .filter(wanted)
        .order(a::id.desc())
        .limit(most)
        .select((ArticleRow::as_select(), BlogRow::as_select()))
        .load(db.conn())
        .await?;
    rows.into_iter().map(|row| Ok(Arc::new(Article::read(row)?))).collect()
}
