//! Metafields and metaobjects: what a merchant adds to things, and things of kinds that a merchant made up.

mod buyer;
mod cart;
mod metaobject;
mod reference;

use std::sync::Arc;

use mcom_kit::{Args, Cx, Error, Record, Registry, record::Shaped};
use mcom_schema::{id::MetafieldId, refuse};
use mcom_store::{
    metafields::{self, OfOwner, Owner},
    translations::{self, TranslatedKind},
};
use serde::Deserialize;

use crate::{
    collection::Collection,
    content::{Article, Blog, Page},
    localization::Market,
    location::Location,
    node,
    product::{Product, Variant},
    shop::Shop,
};
pub(crate) use buyer::Order;
pub(crate) use metaobject::by_ids as metaobjects;
use reference::{Part, ReferenceConnection, Referring};

/// Where fields are that were asked for without a namespace.
const OWN_NAMESPACE: &str = "$app";
/// At most so many are asked for at once.
const MOST: usize = 250;

/// Something that a merchant can add fields to.
pub(crate) trait HasMetafields: Shaped {
    /// What the fields belong to.
    fn owner(&self, cx: &Cx) -> Owner;

    /// The id under which whoever asks was shown it, if its number alone does not open it.
    fn shown_as(&self) -> Option<&str> {
        None
    }
}

/// What a field holds.
pub struct Metafield {
    it: Arc<metafields::Metafield>,
    id: String,
    /// The id under which whoever asks was shown its owner, if that is a buyer's own.
    shown_as: Option<String>,
}

mcom_kit::record!(Metafield as "Metafield" {
    "createdAt" = it.row.created_at,
    "description" = it.description,
    "id" = id,
    "key" = it.row.key,
    "list" = it.value_type.list,
    "namespace" = it.row.namespace,
    "type" = it.row.value_type,
    "updatedAt" = it.row.updated_at,
    "value" = it.row.value,
});

#[derive(Deserialize)]
struct Identifier {
    key: String,
    namespace: Option<String>,
}

#[derive(Deserialize)]
struct Identifiers {
    identifiers: Vec<Identifier>,
}

pub(crate) fn register(registry: &mut Registry) {
    let metafield = registry.on::<Metafield>().load("parentResource", parent);
    metafield.load("reference", one).load("references", several);
    owns::<Article>(registry);
    owns::<Blog>(registry);
    owns::<Collection>(registry);
    owns::<Location>(registry);
    owns::<Market>(registry);
    owns::<Page>(registry);
    owns::<Product>(registry);
    owns::<Variant>(registry);
    owns::<Shop>(registry);
    owns::<buyer::Customer>(registry);
    owns::<buyer::Order>(registry);
    buyer::register(registry);
    cart::register(registry);
    metaobject::register(registry);
}

fn owns<P: HasMetafields>(registry: &mut Registry) {
    registry.on::<P>().load("metafield", metafield::<P>).load("metafields", all::<P>);
}

async fn metafield<P: HasMetafields>(
    cx: &Cx,
    parent: &P,
    wanted: Identifier,
) -> Result<Option<Arc<Metafield>>, Error> {
    Ok(find(cx, parent, &[wanted]).await?.pop().flatten())
}

async fn all<P: HasMetafields>(
    cx: &Cx,
    parent: &P,
    wanted: Identifiers,
) -> Result<Vec<Option<Arc<Metafield>>>, Error> {
    find(cx, parent, &wanted.identifiers).await
}

/// What the fields asked for hold. All of an owner's are loaded at once, and those of all owners in a list together.
async fn find<P: HasMetafields>(
    cx: &Cx,
    parent: &P,
    wanted: &[Identifier],
) -> Result<Vec<Option<Arc<Metafield>>>, Error> {
    if wanted.len() > MOST {
        return Err(
            refuse("identifiers", "INVALID", format!("at most {MOST} can be asked for at once")).into()
        );
    }
    let there = cx.load::<OfOwner>(parent.owner(cx)).await?.unwrap_or_default();
    let named = |wanted: &Identifier| {
        let namespace = wanted.namespace.as_deref().unwrap_or(OWN_NAMESPACE);
        let found = there.iter().find(|it| it.row.key == wanted.key && it.row.namespace == namespace);
        found.cloned().map(|it| Metafield::of(it, parent.shown_as()))
    };
    translated(cx, wanted.iter().map(named).collect()).await
}

/// Values in the language of the context.
async fn translated(
    cx: &Cx,
    mut found: Vec<Option<Arc<Metafield>>>,
) -> Result<Vec<Option<Arc<Metafield>>>, Error> {
    let ids: Vec<i64> = found.iter().flatten().map(|field| field.it.row.id().0).collect();
    let texts = translations::texts(cx, TranslatedKind::Metafield, &ids).await?.unwrap_or_default();
    for (field, texts) in found.iter_mut().flatten().zip(&texts) {
        if let Some(value) = texts.get("value") {
            let mut it = (*field.it).clone();
            value.clone_into(&mut it.row.value);
            *field = Metafield::of(Arc::new(it), field.shown_as.as_deref());
        }
    }
    Ok(found)
}

/// The owner itself. Nobody else shows the way to what belongs to it, but an id that was kept may outlive it.
async fn parent(cx: &Cx, metafield: &Metafield, _: Args) -> Result<Arc<dyn Record>, Error> {
    let owner = metafield.it.owner;
    match buyer::owner(owner, metafield.shown_as.as_deref()) {
        Some(owner) => Ok(owner),
        None => reference::load(cx, owner.gid()).await?.ok_or(Error::NotFound("parent resource")),
    }
}

async fn one(cx: &Cx, metafield: &Metafield, _: Args) -> Result<Option<Arc<dyn Record>>, Error> {
    metafield.refers().one(cx).await
}

async fn several(cx: &Cx, metafield: &Metafield, part: Part) -> Result<Option<ReferenceConnection>, Error> {
    metafield.refers().several(cx, part).await
}

/// What buyers may read of these, in their order: nothing of what belongs to something that they do not see.
pub(crate) async fn by_ids(cx: &Cx, ids: &[MetafieldId]) -> Result<Vec<Option<Arc<Metafield>>>, Error> {
    let found = metafields::live(cx, ids).await?;
    let owners: Vec<String> = found.iter().flatten().map(|it| it.owner.gid()).collect();
    // No owner is a metafield, so this goes no deeper.
    let mut seen = Box::pin(node::by_gids(cx, &owners)).await?.into_iter();
    let mut shown = |it| seen.next().flatten().map(|_| Metafield::of(it, None));
    Ok(found.into_iter().map(|it| it.and_then(&mut shown)).collect())
}

/// What a buyer may read under a public id that carries what opens its owner.
pub(crate) async fn of_buyer(cx: &Cx, id: &str) -> Result<Option<Arc<Metafield>>, Error> {
    match buyer::order_of(cx, id).await? {
        Some((order, number)) => {
            let there = cx.load::<OfOwner>(order.owner(cx)).await?.unwrap_or_default();
            let found = there.iter().find(|it| it.row.id() == number).cloned();
            let found = vec![found.map(|it| Metafield::of(it, order.shown_as()))];
            Ok(translated(cx, found).await?.pop().flatten())
        }
        None => cart::by_gid(cx, id).await,
    }
}

impl Metafield {
    fn of(it: Arc<metafields::Metafield>, shown_as: Option<&str>) -> Arc<Self> {
        let id = buyer::id_of(it.row.id(), it.owner, shown_as);
        Arc::new(Metafield { id, it, shown_as: shown_as.map(str::to_owned) })
    }

    fn refers(&self) -> Referring<'_> {
        Referring { value_type: Some(self.it.value_type), value: Some(&self.it.row.value) }
    }
}
