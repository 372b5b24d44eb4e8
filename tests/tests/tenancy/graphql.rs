//! One store asks the public APIs for everything of another, by every root field that there is, and finds and changes nothing.

use std::collections::{BTreeMap, BTreeSet};

use mcom_sales::checkout::{self, Submitted};
use mcom_schema::id::{MetaobjectId, gid};
use mcom_tests::{
    Answer, Database, Shop,
    generate::{Field, INTROSPECTION, Schema},
    seeds,
    till::Till,
};
use serde_json::{Value, json};

use crate::digest::rows;

/// A word that only the other store uses.
const SECRET: &str = "zebrawood";

#[derive(Clone, Copy, PartialEq, Debug)]
pub(crate) enum Api {
    Storefront,
    Admin,
}

pub(crate) async fn ask(shop: &Shop, api: Api, document: &str, variables: Value) -> Answer {
    match api {
        Api::Storefront => shop.storefront(document, variables).await,
        Api::Admin => shop.merchant(document, variables).await,
    }
}

/// Two stores in one process: one full of secrets, and one whose tokens the attempts are made with.
struct Pair {
    rich: Till,
    poor: Till,
    attempt: String,
    cart: String,
}

impl Pair {
    async fn open() -> Pair {
        let database = Database::own().await;
        // Thousands of attempts would be refused for their number.
        let unlimited = "update plans set requests_per_second = 10000000, request_burst = 100000000";
        database.superuser().await.batch_execute(unlimited).await.unwrap();
        let rich = Till::open_in(database).await;
        let poor = rich.beside().await;
        poor.goods("5.00", 3).await;
        let mug = rich.goods("12.50", 5).await;
        let cart = rich.cart(mug, 2, "ok").await.id.gid();
        let submitted = checkout::submit(&rich.shop.buyer(), &cart, "t").await.unwrap();
        let (Submitted::Accepted { attempt_id, .. } | Submitted::AlreadyAccepted { attempt_id }) = submitted
        else {
            panic!("{submitted:?}");
        };
        let open = rich.cart(mug, 1, "ok").await.id.gid();
        let pair = Pair { rich, poor, attempt: attempt_id, cart: open };
        pair.name_everything().await;
        pair
    }

    /// Puts the secret into every text of the rich store that its merchant can write.
    async fn name_everything(&self) {
        let product = self.one("{ products(first: 1) { nodes { id } } }", "/products/nodes/0/id").await;
        let change =
            "mutation($p: ProductUpdateInput!) { productUpdate(product: $p) { userErrors { message } } }";
        let texts = json!({ "id": product, "title": SECRET, "vendor": SECRET, "tags": [SECRET], "descriptionHtml": SECRET, "handle": SECRET });
        self.rich.shop.merchant(change, json!({ "p": texts })).await.data("/productUpdate");
        let create = "mutation($c: CollectionInput!) { collectionCreate(input: $c) { collection { id } userErrors { message } } }";
        let collection = json!({ "title": SECRET, "handle": SECRET, "products": [product] });
        let made = self.rich.shop.merchant(create, json!({ "c": collection })).await;
        let channel =
            self.one("{ publications(first: 1) { nodes { id } } }", "/publications/nodes/0/id").await;
        let publish = "mutation($id: ID!, $i: [PublicationInput!]!) { publishablePublish(id: $id, input: $i) { userErrors { message } } }";
        let where_to = json!({ "id": made.data("/collectionCreate/collection/id"), "i": [{ "publicationId": channel }] });
        self.rich.shop.merchant(publish, where_to).await.data("/publishablePublish");
        let admin = self.rich.shop.admin();
        let texts = crate::verbs::write_texts(&admin).await;
        crate::verbs::write_fields(&admin, texts.page).await;
    }

    async fn one(&self, document: &str, pointer: &str) -> Value {
        self.rich.shop.merchant(document, json!({})).await.data(pointer).clone()
    }
}

/// Everything by which a thing of a store can be asked for.
#[derive(Default)]
struct Names {
    /// By type.
    ids: BTreeMap<String, BTreeSet<String>>,
    handles: BTreeSet<String>,
    cursors: BTreeSet<String>,
}

impl Names {
    fn note(&mut self, value: &Value) {
        match value {
            Value::Object(fields) => {
                for (name, value) in fields {
                    match (name.as_str(), value.as_str()) {
                        ("handle", Some(handle)) => _ = self.handles.insert(handle.to_owned()),
                        ("cursor", Some(cursor)) => _ = self.cursors.insert(cursor.to_owned()),
                        _ => self.note(value),
                    }
                }
            }
            Value::Array(items) => items.iter().for_each(|item| self.note(item)),
            Value::String(text) => self.note_id(text),
            _ => {}
        }
    }

    fn note_id(&mut self, text: &str) {
        if let Some((kind, _)) = text.strip_prefix("gid://shopify/").and_then(|rest| rest.split_once('/')) {
            self.ids.entry(kind.to_owned()).or_default().insert(text.to_owned());
        }
    }

    /// Two of each kind are enough.
    fn few_ids(&self) -> Vec<&str> {
        self.ids.values().flat_map(|ids| ids.iter().take(2)).map(String::as_str).collect()
    }

    /// The questions by which a field may be asked for a thing: nothing, and one name at a time where it belongs.
    fn questions(&self, schema: &Schema, field: &Field) -> Vec<Value> {
        let mut questions = vec![schema.variables(field, &mut |_, _| None)];
        let mut add = |name: &str, fits: &dyn Fn(&str, &str) -> bool| {
            let question =
                schema.variables(field, &mut |argument, leaf| fits(argument, leaf).then(|| json!(name)));
            if !questions.contains(&question) {
                questions.push(question);
            }
        };
        self.few_ids().iter().for_each(|id| add(id, &|_, leaf| leaf == "ID"));
        let is_handle = |argument: &str, leaf: &str| {
            leaf == "String" && !matches!(argument, "query" | "after" | "before" | "sortKey")
        };
        self.handles.iter().for_each(|handle| add(handle, &is_handle));
        self.cursors.iter().take(8).for_each(|cursor| add(cursor, &|argument, _| argument == "after"));
        add(SECRET, &|argument, _| argument == "query");
        questions
    }
}

pub(crate) async fn schema(shop: &Shop, api: Api) -> Schema {
    Schema::read(&ask(shop, api, INTROSPECTION, json!({})).await)
}

/// The deepest document for a field that the gateway's limits allow.
async fn document(shop: &Shop, api: Api, schema: &Schema, field: &Field) -> String {
    let nothing =
        schema.variables(field, &mut |_, leaf| (leaf == "ID").then(|| json!("gid://shopify/Product/1")));
    for depth in (0..=3).rev() {
        let document = schema.document(field, depth);
        let answer = ask(shop, api, &document, nothing.clone()).await;
        let code =
            answer.body.pointer("/errors/0/extensions/code").and_then(Value::as_str).unwrap_or_default();
        if !code.contains("EXCEEDED") {
            return document;
        }
    }
    panic!("{}: even its leaves are too much", field.name)
}

/// What a store itself finds by asking for its lists.
async fn names(shop: &Shop, api: Api, schema: &Schema) -> Names {
    let mut names = Names::default();
    for field in schema.queries().iter().filter(|field| !schema.takes(field, "ID")) {
        let document = document(shop, api, schema, field).await;
        let answer = ask(shop, api, &document, schema.variables(field, &mut |_, _| None)).await;
        names.note(&answer.body);
    }
    names
}

/// Whether an answer tells something that the question did not.
fn leaks(answer: &Answer, question: &Value, secrets: &Names) -> bool {
    let mut told = answer.body["data"].to_string();
    let mut asked = Names::default();
    asked.note(question);
    for id in asked.ids.values().flatten() {
        told = told.replace(id.as_str(), "");
    }
    told.contains(SECRET) || secrets.ids.values().flatten().any(|id| told.contains(&format!("\"{id}\"")))
}

async fn nothing_is_read(api: Api) {
    let pair = Pair::open().await;
    let schema = schema(&pair.poor.shop, api).await;
    let mut secrets = names(&pair.rich.shop, api, &schema).await;
    secrets.note_id(&pair.cart);
    // Lists of them are had only by the name of their kind.
    let made_up = pair.rich.shop.rows("select id from metaobjects where tenant_id = $1").await;
    made_up.iter().for_each(|row| secrets.note_id(&gid(MetaobjectId::KIND, row.get::<_, i64>(0))));
    secrets.handles.insert(pair.attempt.clone());
    assert!(secrets.ids.len() >= 3, "{:?}", secrets.ids);
    let mut unanswered = vec![];
    for field in schema.queries() {
        let document = document(&pair.poor.shop, api, &schema, field).await;
        let mut answered = false;
        for question in secrets.questions(&schema, field) {
            let answer = ask(&pair.poor.shop, api, &document, question.clone()).await;
            assert!(!leaks(&answer, &question, &secrets), "{} {question}: {:#}", field.name, answer.body);
            let own = ask(&pair.rich.shop, api, &document, question).await;
            answered |= !own.body["data"][&field.name].is_null();
        }
        if !answered {
            unanswered.push(&field.name);
        }
    }
    // Whoever owns it is answered: the questions are good ones.
    assert!(unanswered.len() <= 1, "not even the owner is answered: {unanswered:?}");
}

#[tokio::test]
async fn the_storefront_api_shows_nothing_of_another_store() {
    nothing_is_read(Api::Storefront).await;
}

#[tokio::test]
async fn the_admin_api_shows_nothing_of_another_store() {
    nothing_is_read(Api::Admin).await;
}

/// Numbers that look random and are the same in every run.
fn next(state: &mut u64) -> usize {
    *state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
    usize::try_from(*state >> 33).unwrap()
}

async fn nothing_is_changed(api: Api) {
    let pair = Pair::open().await;
    let (rich, poor) = (&pair.rich.shop, &pair.poor.shop);
    let schema = schema(poor, api).await;
    let (mut theirs, ours) = (names(rich, api, &schema).await, names(poor, api, &schema).await);
    theirs.note_id(&pair.cart);
    let before = rows(rich).await;
    let mut seed = 7;
    for field in schema.mutations() {
        let document = document(poor, api, &schema, field).await;
        let mut questions = vec![];
        for id in theirs.few_ids() {
            questions.push(schema.variables(field, &mut |_, leaf| (leaf == "ID").then(|| json!(id))));
        }
        // Things of both stores in one request.
        let (mine, other) = (ours.few_ids(), theirs.few_ids());
        for _ in 0..seeds(2) * 20 {
            let mut pick = |_: &str, leaf: &str| {
                let from = if next(&mut seed).is_multiple_of(2) { &mine } else { &other };
                (leaf == "ID").then(|| json!(from[next(&mut seed) % from.len()]))
            };
            questions.push(schema.variables(field, &mut pick));
        }
        for question in questions {
            let answer = ask(poor, api, &document, question.clone()).await;
            assert!(!leaks(&answer, &question, &theirs), "{} {question}: {:#}", field.name, answer.body);
            assert!(answer.status < 500, "{} {question}: {:#}", field.name, answer.body);
        }
        assert_eq!(rows(rich).await, before, "{}", field.name);
    }
}

#[tokio::test]
async fn the_storefront_api_changes_nothing_in_another_store() {
    nothing_is_changed(Api::Storefront).await;
}

#[tokio::test]
async fn the_admin_api_changes_nothing_in_another_store() {
    nothing_is_changed(Api::Admin).await;
}
