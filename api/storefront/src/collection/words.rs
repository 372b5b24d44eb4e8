//! Collections in the language of the context.

use std::sync::Arc;

use mcom_catalog::collections::Collection;
use mcom_kit::{Cx, Error, connection::Page};
use mcom_schema::text::plain;
use mcom_store::translations::{self, Texts, TranslatedKind};

/// Those that are there, in their order.
pub(crate) async fn translated(
    cx: &Cx,
    mut found: Vec<Option<Arc<Collection>>>,
) -> Result<Vec<Option<Arc<Collection>>>, Error> {
    let ids: Vec<i64> = found.iter().flatten().map(|it| it.row.id).collect();
    let Some(texts) = translations::texts(cx, TranslatedKind::Collection, &ids).await? else {
        return Ok(found);
    };
    for (it, texts) in found.iter_mut().flatten().zip(&texts).filter(|(_, texts)| !texts.is_empty()) {
        put(Arc::make_mut(it), texts);
    }
    Ok(found)
}

/// The same for a page of a list, which is in the order of the store's own language.
pub(super) async fn translated_page(
    cx: &Cx,
    page: Page<Arc<Collection>>,
) -> Result<Page<Arc<Collection>>, Error> {
    let Page { items, has_next, has_previous } = page;
    let (cursors, found): (Vec<_>, Vec<_>) = items.into_iter().map(|(cursor, it)| (cursor, Some(it))).unzip();
    let items = cursors.into_iter().zip(translated(cx, found).await?.into_iter().flatten()).collect();
    Ok(Page { items, has_next, has_previous })
}

fn put(collection: &mut Collection, texts: &Texts) {
    let row = &mut collection.row;
    texts.put("title", &mut row.title);
    texts.put_some("meta_title", &mut row.seo_title);
    texts.put_some("meta_description", &mut row.seo_description);
    if let Some(body) = texts.get("body_html") {
        row.description_html = body.to_owned();
        collection.description = plain(body);
    }
}
