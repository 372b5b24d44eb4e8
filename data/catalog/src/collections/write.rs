//! Making, changing and deleting a collection.

use chrono::{DateTime, Utc};
use mcom_data::{Change, Cx, Result, TenantConn, event};
use mcom_schema::{Currency, Handle, Refusal, Scope, event::Event, id::CollectionId, refuse, text::fold};
use serde_json::json;

use super::{
    CollectionInput, CollectionSortOrder, RuleSet, members, query, refresh,
    row::{CollectionRow, CollectionValues},
};
use crate::{images, products, redirects, store};

/// Makes a collection; it is in no publication yet. A handle that is made of the title is numbered if it is taken.
/// With rules it fills itself, a large store's in the background.
///
/// # Errors
/// `Forbidden` without `write_products`; refuses blank titles, taken handles, and rules that make no sense.
pub async fn create(cx: &Cx, input: &CollectionInput) -> Result<CollectionId> {
    cx.require(Scope::WriteProducts)?;
    cx.write("collection_create", async |db| {
        let currency = store::currency(db).await?;
        let values = values(input, None, currency, cx.now())?;
        let id = insert(db, &values, input.handle.is_some()).await?;
        if input.rule_set.is_some() {
            refresh::start(cx, db, id).await?;
        } else {
            let products: Vec<i64> = input.products.iter().map(|id| id.0).collect();
            members::put(db, id, &products).await?;
        }
        settle(cx, db, id, "collections/create").await?;
        Ok(CollectionId(id))
    })
    .await
}

/// Changes what `input` mentions.
///
/// # Errors
/// `NotFound`, `Forbidden` without `write_products`; refuses what [`create`] refuses, and to make a collection that is filled by hand
/// one that fills itself.
pub async fn update(cx: &Cx, id: CollectionId, input: &CollectionInput) -> Result<CollectionId> {
    cx.require(Scope::WriteProducts)?;
    cx.write("collection_update", async |db| {
        let before = lock(db, id.0).await?;
        let currency = store::currency(db).await?;
        let values = values(input, Some(&before), currency, cx.now())?;
        query::update(db, id.0, &values).await?;
        if values.handle != before.handle && input.redirect_new_handle == Some(true) {
            let path = |handle: &str| format!("/collections/{handle}");
            redirects::moved(db, &path(&before.handle), &path(&values.handle), cx.now()).await?;
        }
        if values.rule_set != before.rule_set {
            refresh::start(cx, db, id.0).await?;
        }
        settle(cx, db, id.0, "collections/update").await?;
        Ok(id)
    })
    .await
}

/// Whether [`update`] would change something of a collection; of one that is not there yet, whether [`create`] would take it.
///
/// # Errors
/// `Forbidden` without `read_products`; refuses what they refuse but for taken handles.
pub async fn differs(cx: &Cx, before: Option<&CollectionRow>, input: &CollectionInput) -> Result<bool> {
    cx.require(Scope::ReadProducts)?;
    let currency = cx.read(async |db| store::currency(db).await).await?;
    let values = values(input, before, currency, cx.now())?;
    Ok(before.is_none_or(|before| !values.are_of(before)))
}

/// Deletes a collection; its products stay.
///
/// # Errors
/// `NotFound`, `Forbidden` without `write_products`.
pub async fn delete(cx: &Cx, id: CollectionId) -> Result<CollectionId> {
    cx.require(Scope::WriteProducts)?;
    cx.write("collection_delete", async |db| {
        let row = lock(db, id.0).await?;
        query::delete(db, id.0).await?;
        let payload = json!({ "id": id, "handle": row.handle });
        event::emit(cx, db, Event::new("collections/delete", "collection", id.0, &payload)).await?;
        db.changed(Change::Collection(id.0));
        Ok(id)
    })
    .await
}

/// Takes the lock that every writer of a collection takes first.
pub(crate) async fn lock(db: &mut TenantConn, id: i64) -> Result<CollectionRow> {
    query::lock(db, id).await
}

/// What follows every change of a collection, in the same transaction.
pub(crate) async fn settle(cx: &Cx, db: &mut TenantConn, id: i64, topic: &'static str) -> Result<()> {
    let (version, handle, title) = query::touch(db, id, cx.now()).await?;
    let payload = json!({ "id": id, "handle": handle, "title": title, "version": version });
    event::emit(cx, db, Event::new(topic, "collection", id, &payload)).await?;
    db.changed(Change::Collection(id));
    Ok(())
}

async fn insert(db: &mut TenantConn, values: &CollectionValues, explicit: bool) -> Result<i64> {
    let base = Handle::parse(&values.handle)?;
    let mut handle = values.handle.clone();
    for number in 1.. {
        let numbered = CollectionValues { handle, ..values.clone() };
        if let Some(id) = query::insert(db, &numbered).await? {
            return Ok(id);
        }
        if explicit {
            break;
        }
        handle = base.numbered(number).into();
    }
    let taken = format!("Handle '{}' already in use. Please provide a new handle.", values.handle);
    Err(refuse("handle", "TAKEN", taken).into())
}

/// All columns of a collection: what `input` says, and what was there (or what is usual) where it says nothing.
fn values(
    input: &CollectionInput,
    before: Option<&CollectionRow>,
    currency: Currency,
    now: DateTime<Utc>,
) -> Result<CollectionValues> {
    let title = input.title.clone().or_else(|| before.map(|b| b.title.clone())).unwrap_or_default();
    let title = title.trim().to_owned();
    if title.is_empty() || title.chars().count() > 255 {
        return Err(refuse("title", "BLANK", "Title must have 1 to 255 characters").into());
    }
    let handle = match (&input.handle, before) {
        (Some(handle), _) => Handle::parse(handle)?.into(),
        (None, Some(before)) => before.handle.clone(),
        (None, None) => Handle::parse(&title).map_or_else(|_| "collection".to_owned(), String::from),
    };
    let rule_set = rules(input, before, currency)?;
    let image = image(input, before)?;
    let (seo_title, seo_description) =
        products::seo(input.seo.as_ref(), before.map(|b| (b.seo_title.clone(), b.seo_description.clone())));
    // What fills itself has no order of a merchant's making.
    let usual = if rule_set.is_some() { CollectionSortOrder::AlphaAsc } else { CollectionSortOrder::Manual };
    let sort_order = match (input.sort_order, before) {
        (Some(order), _) => order.name().to_owned(),
        (None, Some(before)) => before.sort_order.clone(),
        (None, None) => usual.name().to_owned(),
    };
    Ok(CollectionValues {
        title_key: fold(&title),
        handle,
        title,
        description_html: input
            .description_html
            .clone()
            .or_else(|| before.map(|b| b.description_html.clone()))
            .unwrap_or_default(),
        sort_order,
        rule_set,
        image_url: image.url,
        image_alt: image.alt,
        image_look: image.look,
        seo_title,
        seo_description,
        template_suffix: input.template_suffix.clone().unwrap_or_else(|| before?.template_suffix.clone()),
        updated_at: now,
    })
}

fn rules(
    input: &CollectionInput,
    before: Option<&CollectionRow>,
    currency: Currency,
) -> Result<Option<serde_json::Value>> {
    let Some(new) = &input.rule_set else { return Ok(before.and_then(|b| b.rule_set.clone())) };
    if before.is_some_and(|before| before.rule_set.is_none()) {
        let message = "A collection that is filled by hand cannot be filled by rules";
        return Err(refuse("ruleSet", "INVALID", message).into());
    }
    if !input.products.is_empty() {
        return Err(refuse("products", "INVALID", "A collection with rules fills itself").into());
    }
    let rules = RuleSet::from(new);
    rules.check(currency)?;
    Ok(Some(serde_json::to_value(rules)?))
}

#[derive(Default)]
struct Image {
    url: Option<String>,
    alt: Option<String>,
    look: Option<serde_json::Value>,
}

impl Image {
    fn of(row: &CollectionRow) -> Self {
        Image { url: row.image_url.clone(), alt: row.image_alt.clone(), look: row.image_look.clone() }
    }
}

fn image(input: &CollectionInput, before: Option<&CollectionRow>) -> Result<Image, Refusal> {
    let before = before.map(Image::of).unwrap_or_default();
    let Some(said) = &input.image else { return Ok(before) };
    let Some(said) = said else { return Ok(Image::default()) };
    let invalid = || refuse("image.src", "INVALID", "Image URL is invalid");
    let url = said.src.as_deref().map(|src| images::address(src).ok_or_else(invalid)).transpose()?;
    let stays = url.is_none() || url == before.url;
    Ok(Image {
        url: url.or(before.url),
        alt: said.alt_text.clone().or(before.alt),
        look: match &said.look {
            Some(look) => look.kept(),
            None => before.look.filter(|_| stays),
        },
    })
}
