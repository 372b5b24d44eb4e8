//! Things of kinds that a merchant made up.

use std::sync::Arc;

use mcom_kit::{Args, Cx, Error, Record, Registry, connection::Paging};
use mcom_schema::{id::MetaobjectId, refuse};
use mcom_store::{
    metafields::ValueType,
    metaobjects::{self, MetaobjectSort},
};
use serde::Deserialize;

use super::reference::{Part, ReferenceConnection, Referring};
use crate::node;

/// A thing of a kind that a merchant made up.
pub struct Metaobject {
    it: Arc<metaobjects::Metaobject>,
    id: String,
    fields: Vec<Arc<Field>>,
    seo: Option<Seo>,
}

mcom_kit::record!(Metaobject as "Metaobject" {
    "fields" = fields,
    "handle" = it.row.values.handle,
    "id" = id,
    "seo" = seo,
    "type" = it.definition.values.type_name,
    "updatedAt" = it.row.updated_at,
});

mcom_kit::connection!(MetaobjectConnection, MetaobjectEdge of Metaobject as "MetaobjectConnection" "MetaobjectEdge");

/// A field of such a thing.
pub struct Field {
    key: String,
    type_name: String,
    value: Option<String>,
}

mcom_kit::record!(Field as "MetaobjectField" { "key" = key, "type" = type_name, "value" = value });

/// What search engines are told.
pub struct Seo {
    title: Option<Arc<Field>>,
    description: Option<Arc<Field>>,
}

mcom_kit::record!(Seo as "MetaobjectSEO" { "description" = description, "title" = title });

#[derive(Deserialize)]
struct Wanted {
    handle: Option<Handle>,
    id: Option<String>,
}

#[derive(Deserialize)]
struct Handle {
    handle: String,
    r#type: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct ListArgs {
    #[serde(flatten)]
    paging: Paging,
    sort_key: Option<String>,
    r#type: String,
}

#[derive(Deserialize)]
struct ByKey {
    key: String,
}

pub(super) fn register(registry: &mut Registry) {
    registry.query("metaobject", metaobject).query("metaobjects", list);
    registry.on::<Metaobject>().field("field", field).field("onlineStoreUrl", url);
    registry.on::<Field>().load("reference", one).load("references", several);
}

async fn metaobject(cx: &Cx, wanted: Wanted) -> Result<Option<Arc<Metaobject>>, Error> {
    if let Some(id) = wanted.id {
        return match node::number(&id, MetaobjectId::KIND)? {
            Some(id) => Ok(by_ids(cx, &[MetaobjectId(id)]).await?.pop().flatten()),
            None => Ok(None),
        };
    }
    let Some(Handle { handle, r#type }) = wanted.handle else { return Ok(None) };
    Ok(metaobjects::live_by_handle(cx, &r#type, &handle).await?.map(Metaobject::of))
}

async fn list(cx: &Cx, args: ListArgs) -> Result<MetaobjectConnection, Error> {
    let sort = match args.sort_key.as_deref() {
        None | Some("id") => MetaobjectSort::Id,
        Some("updated_at") => MetaobjectSort::UpdatedAt,
        Some(other) => {
            let message = format!("metaobjects are sorted by id or updated_at, not by '{other}'");
            return Err(refuse("sortKey", "INVALID", message).into());
        }
    };
    let page = metaobjects::live_page(cx, &args.r#type, sort, &args.paging.page()?).await?;
    Ok(MetaobjectConnection::of(page.map(Metaobject::of)))
}

fn field(_: &Cx, metaobject: &Metaobject, wanted: &ByKey) -> Result<Option<Arc<Field>>, Error> {
    Ok(metaobject.fields.iter().find(|field| field.key == wanted.key).cloned())
}

fn url(cx: &Cx, metaobject: &Metaobject, _: &Args) -> Result<Option<String>, Error> {
    Ok(metaobject.path().map(|path| cx.origin().absolute(&path)))
}

async fn one(cx: &Cx, field: &Field, _: Args) -> Result<Option<Arc<dyn Record>>, Error> {
    field.refers().one(cx).await
}

async fn several(cx: &Cx, field: &Field, part: Part) -> Result<Option<ReferenceConnection>, Error> {
    field.refers().several(cx, part).await
}

/// What buyers may read of these, in their order.
pub(crate) async fn by_ids(cx: &Cx, ids: &[MetaobjectId]) -> Result<Vec<Option<Arc<Metaobject>>>, Error> {
    Ok(metaobjects::live(cx, ids).await?.into_iter().map(|found| found.map(Metaobject::of)).collect())
}

impl Metaobject {
    fn of(it: Arc<metaobjects::Metaobject>) -> Arc<Self> {
        let values = &it.row.values;
        let field = |field: &metaobjects::FieldDefinition| {
            Arc::new(Field {
                key: field.key.clone(),
                type_name: field.value_type.clone(),
                value: values.value(&field.key).map(str::to_owned),
            })
        };
        let kind = &it.definition.values;
        let fields: Vec<Arc<Field>> = it.definition.fields.iter().map(field).collect();
        let of_key =
            |key: &Option<String>| fields.iter().find(|field| Some(&field.key) == key.as_ref()).cloned();
        let seo = kind.url_handle.as_ref().map(|_| Seo {
            title: of_key(&kind.seo_title_key),
            description: of_key(&kind.seo_description_key),
        });
        Arc::new(Metaobject { id: it.row.id().gid(), fields, seo, it })
    }

    /// Where it is in the store, if its kind has pages.
    pub(crate) fn path(&self) -> Option<String> {
        let url = self.it.definition.values.url_handle.as_ref()?;
        Some(format!("/pages/{url}/{}", self.it.row.values.handle))
    }
}

impl Field {
    fn refers(&self) -> Referring<'_> {
        Referring { value_type: ValueType::parse(&self.type_name), value: self.value.as_deref() }
    }
}
