//! Attempts on fields that a merchant adds to things, and on things of kinds that a merchant made up.

use std::collections::BTreeMap;

use mcom::apply::{self, Wish};
use mcom_data::{Cx, page::PageArgs};
use mcom_schema::id::{MetafieldDefinitionId, MetafieldId, MetaobjectDefinitionId, MetaobjectId, PageId};
use mcom_store::{
    metafields::{self, DefinitionInput, MetafieldInput, OfOwner, Owner, OwnerKind},
    metaobjects::{self, FieldDefinition, MetaobjectDefinitionInput, MetaobjectInput, MetaobjectSort},
};

use super::{Attempt, changes, finds, stage::SECRET};

/// What the owner's fields and things are called.
pub(crate) struct Fields {
    page: Owner,
    definition: MetafieldDefinitionId,
    metafield: MetafieldId,
    kind: MetaobjectDefinitionId,
    thing: MetaobjectId,
}

/// Adds a field to pages and makes up a kind of things.
pub(crate) async fn furnish(cx: &Cx, page: PageId) -> Fields {
    let text = format!(
        "metaobjectDefinitions: [{{ type: {SECRET}, name: {SECRET}, displayNameKey: name, pages: {{ urlHandle: {SECRET} }},
            fields: [{{ key: name, name: Name, type: single_line_text_field }}] }}]
metaobjects: [{{ type: {SECRET}, handle: {SECRET}, fields: {{ name: {SECRET} }} }}]
metafieldDefinitions: [{{ owner: page, namespace: {SECRET}, key: {SECRET}, name: {SECRET}, type: single_line_text_field }}]
metafields: [{{ owner: 'page:{SECRET}', values: {{ {SECRET}.{SECRET}: {SECRET} }} }}]"
    );
    apply::apply(cx, &text, Wish::default()).await.unwrap().unwrap();
    let page = Owner { kind: OwnerKind::Page, id: page.0 };
    let kind = metaobjects::definitions(cx).await.unwrap()[0].id();
    Fields {
        page,
        definition: metafields::definitions(cx, OwnerKind::Page).await.unwrap()[0].id(),
        metafield: metafields::of(cx, &[page]).await.unwrap()[0].id(),
        kind,
        thing: metaobjects::all(cx, kind).await.unwrap()[0].id(),
    }
}

fn definition(name: &str) -> DefinitionInput {
    DefinitionInput {
        owner: OwnerKind::Page,
        namespace: SECRET.to_owned(),
        key: name.to_owned(),
        name: "Other".to_owned(),
        description: None,
        value_type: "single_line_text_field".to_owned(),
        validations: vec![],
        is_public: true,
        is_filterable: false,
    }
}

fn kind(name: &str) -> MetaobjectDefinitionInput {
    let field = FieldDefinition {
        key: "name".to_owned(),
        name: "Other".to_owned(),
        description: None,
        value_type: "single_line_text_field".to_owned(),
        required: false,
        validations: vec![],
    };
    MetaobjectDefinitionInput {
        type_name: name.to_owned(),
        name: "Other".to_owned(),
        fields: vec![field],
        is_public: true,
        ..MetaobjectDefinitionInput::default()
    }
}

fn thing(handle: &str) -> MetaobjectInput {
    let fields = BTreeMap::from([("name".to_owned(), "Other".to_owned())]);
    MetaobjectInput { handle: Some(handle.to_owned()), fields, is_active: true }
}

pub(super) fn finding() -> Vec<Attempt> {
    vec![
        finds!("store::metafields::live", |s| {
            metafields::live(&s.cx, &[s.of.fields.metafield]).await?[0].is_some()
        }),
        finds!("store::metafields::OfOwner", |s| s.cx.load::<OfOwner>(s.of.fields.page).await?.is_some()),
        finds!("store::metafields::of", |s| !metafields::of(&s.cx, &[s.of.fields.page]).await?.is_empty()),
        finds!("store::metafields::definitions", |s| {
            !metafields::definitions(&s.cx, OwnerKind::Page).await?.is_empty()
        }),
        finds!("store::metafields::judge", |s| {
            let input = MetafieldInput {
                owner: Owner::unnumbered(OwnerKind::Cart),
                namespace: SECRET.to_owned(),
                key: SECRET.to_owned(),
                value_type: Some("page_reference".to_owned()),
                value: s.of.fields.page.gid(),
            };
            !metafields::judge(&s.cx, &[input]).await?.is_empty()
        }),
        finds!("store::metafields::products_of_images", |s| {
            metafields::products_of_images(&s.cx, &[s.of.picture.media]).await?[0].is_some()
        }),
        finds!("store::metaobjects::live", |s| {
            metaobjects::live(&s.cx, &[s.of.fields.thing]).await?[0].is_some()
        }),
        finds!("store::metaobjects::live_by_handle", |s| {
            metaobjects::live_by_handle(&s.cx, SECRET, SECRET).await?.is_some()
        }),
        finds!("store::metaobjects::live_page", |s| {
            let page = PageArgs::first(9);
            !metaobjects::live_page(&s.cx, SECRET, MetaobjectSort::Id, &page).await?.items.is_empty()
        }),
        finds!("store::metaobjects::all", |s| {
            !metaobjects::all(&s.cx, s.of.fields.kind).await?.is_empty()
        }),
        finds!("store::metaobjects::definitions", |s| !metaobjects::definitions(&s.cx).await?.is_empty()),
    ]
}

pub(super) fn changing() -> Vec<Attempt> {
    vec![
        changes!("store::metafields::define", |s| metafields::define(&s.cx, &definition("other")).await),
        changes!("store::metafields::redefine", |s| {
            metafields::redefine(&s.cx, s.of.fields.definition, &definition(SECRET)).await
        }),
        changes!("store::metafields::set", |s| {
            let input = MetafieldInput {
                owner: s.of.fields.page,
                namespace: SECRET.to_owned(),
                key: SECRET.to_owned(),
                value_type: Some("single_line_text_field".to_owned()),
                value: "Other".to_owned(),
            };
            metafields::set(&s.cx, &[input]).await
        }),
        changes!("store::metafields::delete", |s| {
            metafields::delete(&s.cx, s.of.fields.page, SECRET, SECRET).await
        }),
        changes!("store::metafields::undefine", |s| {
            metafields::undefine(&s.cx, s.of.fields.definition).await
        }),
        changes!("store::metaobjects::define", |s| metaobjects::define(&s.cx, &kind("other")).await),
        changes!("store::metaobjects::redefine", |s| {
            metaobjects::redefine(&s.cx, s.of.fields.kind, &kind(SECRET)).await
        }),
        changes!("store::metaobjects::create", |s| {
            metaobjects::create(&s.cx, s.of.fields.kind, &thing("another")).await
        }),
        changes!("store::metaobjects::update", |s| {
            metaobjects::update(&s.cx, s.of.fields.thing, &thing(SECRET)).await
        }),
        changes!("store::metaobjects::delete", |s| metaobjects::delete(&s.cx, s.of.fields.thing).await),
        changes!("store::metaobjects::undefine", |s| metaobjects::undefine(&s.cx, s.of.fields.kind).await),
    ]
}
