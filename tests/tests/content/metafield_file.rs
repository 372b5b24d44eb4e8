//! Fields and kinds of things in a store file: applied once however often, told beforehand, with every fault in its place.

use mcom::apply::{Action, Wish};
use mcom_tests::Shop;

use crate::{applied, faults};

/// Two things that refer to each other's page, told in the wrong order.
pub(crate) const FIELDS: &str = "
pages:
  - { handle: about, title: About, publishedAt: 2026-01-02T03:04:05Z }
metaobjectDefinitions:
  - type: maker
    name: Maker
    displayNameKey: name
    publishable: true
    pages: { urlHandle: makers, titleKey: name }
    fields:
      - { key: name, name: Name, type: single_line_text_field, required: true }
      - { key: teacher, name: Teacher, type: metaobject_reference, validations: { metaobject_definition_type: maker } }
      - { key: pages, name: Pages, type: list.page_reference }
metaobjects:
  - type: maker
    handle: ada
    fields: { name: Ada, teacher: 'metaobject:maker/tom', pages: ['page:about'] }
  - { type: maker, handle: tom, fields: { name: Tom } }
  - { type: maker, handle: eve, published: false, fields: { name: Eve } }
metafieldDefinitions:
  - { owner: page, namespace: facts, key: makers, name: Makers, type: list.mixed_reference, validations: { metaobject_definition_types: [maker] } }
  - { owner: page, namespace: facts, key: words, name: Words, type: number_integer, validations: { max: 100 } }
  - { owner: page, namespace: facts, key: secret, name: Secret, type: boolean, storefront: false }
  - { owner: shop, namespace: $app, key: motto, name: Motto, type: single_line_text_field, description: What we say }
metafields:
  - owner: page:about
    values: { facts.makers: ['metaobject:maker/ada', 'metaobject:maker/eve', 'metaobject:maker/tom'], facts.words: 3, facts.secret: true }
  - owner: shop
    values: { $app.motto: Made to last }
";

#[tokio::test]
async fn fields_applied_twice_change_nothing_the_second_time() {
    let shop = Shop::open().await;
    let told = applied(&shop, FIELDS, Wish { dry_run: true, ..Wish::default() }).await;
    for table in ["metafields", "metafield_definitions", "metaobjects", "metaobject_definitions"] {
        let rows = shop.rows(&format!("select 1 from {table} where tenant_id = $1")).await;
        assert!(rows.is_empty(), "{table}");
    }
    let first = applied(&shop, FIELDS, Wish::default()).await;
    assert_eq!((first.changes.len(), &first.changes), (13, &told.changes));
    assert!(first.changes.iter().all(|change| change.action == Action::Create));
    let events = shop.events().await.len();
    let second = applied(&shop, FIELDS, Wish { prune: true, ..Wish::default() }).await;
    assert_eq!((second.changes, second.unchanged), (vec![], 13));
    assert_eq!(shop.events().await.len(), events);
}

#[tokio::test]
async fn what_differs_in_fields_is_updated_and_nothing_else() {
    let shop = Shop::open().await;
    applied(&shop, FIELDS, Wish::default()).await;
    let text = FIELDS
        .replace("facts.words: 3", "facts.words: 4")
        .replace("name: Tom", "name: Thomas")
        .replace("name: Motto", "name: Saying");
    let done = applied(&shop, &text, Wish::default()).await;
    let told: Vec<_> = done.changes.iter().map(|change| (change.kind, change.name.as_str())).collect();
    assert_eq!(
        told,
        [
            ("metaobject", "maker/tom"),
            ("metafield definition", "SHOP $app.motto"),
            ("metafield", "page:about facts.words"),
        ]
    );
    assert!(done.changes.iter().all(|change| change.action == Action::Update));
}

#[tokio::test]
async fn fields_that_the_file_does_not_name_go_only_when_asked() {
    let shop = Shop::open().await;
    applied(&shop, FIELDS, Wish::default()).await;
    let text = "
metaobjects: [{ type: maker, handle: tom, fields: { name: Tom } }]
metafields: [{ owner: 'page:about', values: { facts.words: 3 } }]
";
    let left = applied(&shop, text, Wish::default()).await;
    assert_eq!((left.changes.len(), left.unnamed), (0, 4));
    let pruned = applied(&shop, text, Wish { prune: true, ..Wish::default() }).await;
    let told: Vec<_> = pruned.changes.iter().map(|change| (change.action, change.name.as_str())).collect();
    assert_eq!(
        told,
        [
            (Action::Delete, "maker/ada"),
            (Action::Delete, "maker/eve"),
            (Action::Delete, "page:about facts.makers"),
            (Action::Delete, "page:about facts.secret"),
        ]
    );
    let none = "metaobjectDefinitions: []\nmetafieldDefinitions: []";
    let dropped = applied(&shop, none, Wish { prune: true, ..Wish::default() }).await;
    assert_eq!(dropped.changes.len(), 5);
    for table in ["metafields", "metaobjects"] {
        let rows = shop.rows(&format!("select 1 from {table} where tenant_id = $1")).await;
        assert!(rows.is_empty(), "{table} go with their definitions");
    }
}

#[tokio::test]
async fn a_wrong_field_is_told_where_it_is_and_nothing_is_done() {
    let shop = Shop::open().await;
    for (right, wrong, told_at, path) in [
        ("type: number_integer,", "type: number,", "type: number,", "metafieldDefinitions.1.type"),
        ("{ max: 100 }", "{ most: 100 }", "validations: { most", "metafieldDefinitions.1.validations"),
        (
            "facts.words: 3",
            "facts.words: three",
            "facts.words: three",
            "metafields.0.values.facts.words.value",
        ),
        ("facts.words: 3", "facts.words: 101", "facts.words: 101", "metafields.0.values.facts.words.value"),
        ("facts.words: 3", "facts.wards: 3", "facts.wards", "metafields.0.values.facts.wards"),
        ("owner: page:about", "owner: page:none", "owner: page:none", "metafields.0.owner"),
        ("owner: page:about", "owner: menu:main", "owner: menu:main", "metafields.0.owner"),
        ("name: Tom", "nom: Tom", "nom: Tom", "metaobjects.1.fields.nom"),
        ("fields: { name: Eve }", "fields: {}", "fields: {}", "metaobjects.2.fields.name"),
        ("maker/tom', pages", "maker/tim', pages", "teacher: 'metaobject", "metaobjects.0.fields.teacher"),
        (
            "metaobject:maker/tom', pages",
            "page:about', pages",
            "teacher: 'page",
            "metaobjects.0.fields.teacher",
        ),
        (
            "name: Tom }",
            "name: Tom, teacher: 'metaobject:maker/ada' }",
            "fields: { name: Ada",
            "metaobjects.0.fields",
        ),
        (
            "displayNameKey: name",
            "displayNameKey: title",
            "displayNameKey",
            "metaobjectDefinitions.0.displayNameKey",
        ),
        (
            "types: [maker]",
            "types: [taker]",
            "validations: { metaobject_definition_types",
            "metafieldDefinitions.0.validations",
        ),
    ] {
        let text = FIELDS.replace(right, wrong);
        let found = faults(&shop, &text).await;
        let fault = found.iter().find(|fault| fault.path == path);
        let Some(fault) = fault else { panic!("{wrong}: {found:#?}") };
        let lines: Vec<&str> = text.lines().collect();
        let rest = &lines[fault.line - 1][fault.column - 1..];
        assert!(rest.starts_with(told_at), "{wrong}: {fault} is told at «{rest}»");
    }
    assert_eq!(shop.events().await, []);
}

#[tokio::test]
async fn the_type_of_a_field_is_for_ever() {
    let shop = Shop::open().await;
    applied(&shop, FIELDS, Wish::default()).await;
    let text = FIELDS.replace("type: number_integer", "type: number_decimal");
    let found = faults(&shop, &text).await;
    assert!(found.iter().any(|fault| fault.path == "metafieldDefinitions.1.type"), "{found:#?}");
}
