//! Reading what stands for values of options.

use diesel::{
    prelude::*,
    sql_types::{BigInt, Integer, Nullable, Text},
};
use diesel_async::RunQueryDsl;
use mcom_data::{Prepare, Result, TenantConn};
use mcom_schema::id::MediaId;

use super::super::swatch::ValueSwatch;
use crate::{DocumentMedia, images::SHOWN_AT};

#[derive(QueryableByName)]
struct Row {
    #[diesel(sql_type = Text)]
    option: String,
    #[diesel(sql_type = Text)]
    value: String,
    #[diesel(sql_type = Nullable<Text>)]
    color: Option<String>,
    #[diesel(sql_type = Nullable<BigInt>)]
    media: Option<i64>,
    #[diesel(sql_type = Nullable<Text>)]
    url: Option<String>,
    #[diesel(sql_type = Nullable<Text>)]
    alt: Option<String>,
    #[diesel(sql_type = Nullable<Integer>)]
    width: Option<i32>,
    #[diesel(sql_type = Nullable<Integer>)]
    height: Option<i32>,
    #[diesel(sql_type = Nullable<Text>)]
    thumbhash: Option<String>,
}

/// Each value of published products that something stands for, once, with what was first said.
pub(in super::super) async fn swatches(db: &mut TenantConn) -> Result<Vec<((String, String), ValueSwatch)>> {
    let tenant = db.tenant_id();
    let rows: Vec<Row> = diesel::sql_query(SWATCHES)
        .bind::<BigInt, _>(tenant)
        .bind::<Text, _>(SHOWN_AT)
        .prepared()
        .load(db.conn())
        .await?;
    Ok(rows.into_iter().map(swatch).collect())
}

fn swatch(row: Row) -> ((String, String), ValueSwatch) {
    let Row { option, value, color, media, url, alt, width, height, thumbhash } = row;
    let picture =
        media.zip(url).map(|(id, url)| DocumentMedia { id: MediaId(id), url, alt, width, height, thumbhash });
    ((option, value), ValueSwatch { color, picture })
}

const SWATCHES: &str = "select distinct on (o.name, v.name) o.name as option, v.name as value, v.swatch_color as color,
        m.id as media, coalesce($2 || m.file_hash || m.file_suffix, m.url) as url, m.alt, m.width, m.height, m.thumbhash
    from product_option_values v
    join product_options o on o.tenant_id = v.tenant_id and o.id = v.option_id
    join product_documents d on d.tenant_id = o.tenant_id and d.product_id = o.product_id
    left join product_media m on m.tenant_id = v.tenant_id and m.id = v.swatch_media_id
    where v.tenant_id = $1 and (v.swatch_color is not null or v.swatch_media_id is not null)
    order by o.name, v.name, v.id";
