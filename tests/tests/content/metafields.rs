//! The Storefront API shows metafields and metaobjects that buyers may read, with what they refer to.

use std::fs;

use mcom::apply::Wish;
use mcom_data::Error;
use mcom_sales::customers;
use mcom_schema::Scope;
use mcom_store::metafields::{self, MetafieldInput, Owner};
use mcom_tests::{Shop, demo, root};
use serde_json::{Value, json};

use crate::{applied, metafield_file::FIELDS};

async fn ask(shop: &Shop, document: &str) -> Value {
    let answer = shop.storefront(document, json!({})).await;
    assert!(answer.body["errors"].is_null(), "{}", answer.body);
    answer.body["data"].clone()
}

async fn furnished() -> Shop {
    let shop = Shop::open().await;
    applied(&shop, FIELDS, Wish::default()).await;
    shop
}

fn motto(shop: &Shop, value: &str) -> MetafieldInput {
    MetafieldInput {
        owner: Owner::shop(&shop.admin()),
        namespace: "$app".to_owned(),
        key: "motto".to_owned(),
        value_type: None,
        value: value.to_owned(),
    }
}

#[tokio::test]
async fn a_metafield_is_shown_with_what_it_belongs_to_and_refers_to() {
    let shop = furnished().await;
    let read = r#"{ shop { id metafield(key: "motto") { id namespace key type value list description createdAt updatedAt reference { __typename }
            references(first: 1) { nodes { __typename } } parentResource { __typename ... on Shop { id } } } }
        page(handle: "about") { id metafields(identifiers: [{ namespace: "facts", key: "words" }, { namespace: "facts", key: "none" },
            { namespace: "facts", key: "makers" }]) { value list parentResource { ... on Page { id } }
                references(first: 2) { nodes { ... on Metaobject { handle } } edges { cursor } pageInfo { hasNextPage } } } } }"#;
    let data = ask(&shop, read).await;
    let motto = &data["shop"]["metafield"];
    assert_eq!((&motto["value"], &motto["namespace"]), (&json!("Made to last"), &json!("$app")));
    assert_eq!((&motto["list"], &motto["description"]), (&json!(false), &json!("What we say")));
    assert_eq!((&motto["reference"], &motto["references"]), (&Value::Null, &Value::Null));
    assert_eq!(motto["parentResource"]["id"], data["shop"]["id"]);
    let fields = &data["page"]["metafields"];
    assert_eq!((&fields[0]["value"], &fields[1]), (&json!("3"), &Value::Null));
    assert_eq!(fields[0]["parentResource"]["id"], data["page"]["id"]);
    let makers = &fields[2]["references"];
    assert_eq!(makers["nodes"], json!([{ "handle": "ada" }]), "the second one is a draft");
    assert_eq!(makers["pageInfo"]["hasNextPage"], true);
    let id = json!({ "id": motto["id"] });
    let node = shop.storefront("query($id: ID!) { node(id: $id) { ... on Metafield { value } } }", id).await;
    assert_eq!(*node.data("/node/value"), "Made to last");
}

#[tokio::test]
async fn what_is_not_for_buyers_is_not_shown() {
    let shop = furnished().await;
    let undefined = MetafieldInput {
        key: "undefined".to_owned(),
        value_type: Some("boolean".to_owned()),
        ..motto(&shop, "true")
    };
    metafields::set(&shop.admin(), &[undefined]).await.expect("it needs no definition");
    let read = r#"{ page(handle: "about") { metafield(namespace: "facts", key: "secret") { value } other: metafield(key: "words") { value } }
        shop { metafield(key: "undefined") { value } }
        draft: metaobject(handle: { type: "maker", handle: "eve" }) { id } none: metaobject { id }
        other: metaobjects(type: "taker", first: 3) { nodes { id } } }"#;
    let data = ask(&shop, read).await;
    for path in ["/page/metafield", "/page/other", "/shop/metafield", "/draft", "/none"] {
        assert_eq!(data.pointer(path), Some(&Value::Null), "{path}");
    }
    assert_eq!(data["other"]["nodes"], json!([]));
    let hidden = shop
        .rows("select id from metafields where tenant_id = $1 and key = 'secret' union select id from metaobjects where tenant_id = $1 and handle = 'eve'")
        .await;
    for row in hidden {
        for kind in ["Metafield", "Metaobject"] {
            let id = json!({ "id": format!("gid://shopify/{kind}/{}", row.get::<_, i64>(0)) });
            let found = shop.storefront("query($id: ID!) { node(id: $id) { id ... on Metafield { key } ... on Metaobject { handle } } }", id).await;
            let name = found.body.pointer("/data/node/key").or(found.body.pointer("/data/node/handle"));
            assert!(name.is_none_or(|name| name != "secret" && name != "eve"), "{}", found.body);
        }
    }
}

#[tokio::test]
async fn nobody_reads_what_belongs_to_something_hidden() {
    let shop = furnished().await;
    let read = "{ page(handle: \"about\") { metafield(namespace: \"facts\", key: \"words\") { id } } }";
    let id = json!({ "id": ask(&shop, read).await["page"]["metafield"]["id"] });
    let by_id = "query($id: ID!) { node(id: $id) { id } }";
    assert_eq!(*shop.storefront(by_id, id.clone()).await.data("/node/id"), id["id"]);
    applied(&shop, "pages: [{ handle: about, title: About, published: false }]", Wish::default()).await;
    assert_eq!(*shop.storefront(by_id, id).await.data("/node"), Value::Null);
}

#[tokio::test]
async fn a_metaobject_is_shown_with_its_fields() {
    let shop = furnished().await;
    let read = r#"{ metaobject(handle: { type: "maker", handle: "ada" }) { id type handle updatedAt onlineStoreUrl
        seo { title { value } description { value } } fields { key type value } none: field(key: "none") { key }
        teacher: field(key: "teacher") { reference { ... on Metaobject { handle field(key: "pages") { value references(first: 1) { nodes { __typename } } } } } }
        pages: field(key: "pages") { reference { __typename } references(first: 9) { nodes { ... on Page { handle } } } } } }"#;
    let ada = ask(&shop, read).await["metaobject"].clone();
    assert_eq!(ada["fields"][0], json!({ "key": "name", "type": "single_line_text_field", "value": "Ada" }));
    assert_eq!(ada["seo"], json!({ "title": { "value": "Ada" }, "description": null }));
    assert!(ada["onlineStoreUrl"].as_str().is_some_and(|url| url.ends_with("/pages/makers/ada")));
    assert_eq!(
        ada["teacher"]["reference"],
        json!({ "handle": "tom", "field": { "value": null, "references": null } })
    );
    assert_eq!(
        ada["pages"],
        json!({ "reference": null, "references": { "nodes": [{ "handle": "about" }] } })
    );
    assert_eq!(ada["none"], Value::Null);
    let by_id = format!("{{ metaobject(id: {0}) {{ handle }} node(id: {0}) {{ id }} }}", ada["id"]);
    let found = ask(&shop, &by_id).await;
    assert_eq!((&found["metaobject"]["handle"], &found["node"]["id"]), (&json!("ada"), &ada["id"]));
}

#[tokio::test]
async fn metaobjects_are_listed_in_order() {
    let shop = furnished().await;
    shop.pass(chrono::Duration::seconds(1));
    let changed = FIELDS.replace("name: Tom", "name: Thomas");
    applied(&shop, &changed, Wish::default()).await;
    let handles = async |arguments: &str| {
        let read = format!(
            "{{ metaobjects(type: \"maker\", {arguments}) {{ nodes {{ handle }} pageInfo {{ endCursor }} }} }}"
        );
        ask(&shop, &read).await["metaobjects"].clone()
    };
    let names = |list: &Value| {
        list["nodes"].as_array().map(|nodes| nodes.iter().map(|it| it["handle"].clone()).collect::<Vec<_>>())
    };
    // Tom is made first, as Ada refers to him.
    assert_eq!(names(&handles("first: 9").await), Some(vec![json!("tom"), json!("ada")]));
    assert_eq!(
        names(&handles("first: 9, sortKey: \"updated_at\"").await),
        Some(vec![json!("ada"), json!("tom")])
    );
    assert_eq!(names(&handles("first: 1, reverse: true").await), Some(vec![json!("ada")]));
    let first = handles("first: 1").await;
    let next = format!("first: 1, after: {}", first["pageInfo"]["endCursor"]);
    assert_eq!(names(&handles(&next).await), Some(vec![json!("ada")]));
    let wrong = shop
        .storefront(
            "{ metaobjects(type: \"maker\", first: 1, sortKey: \"name\") { nodes { id } } }",
            json!({}),
        )
        .await;
    assert!(wrong.body["errors"][0]["message"].is_string(), "{}", wrong.body);
}

#[tokio::test]
async fn a_change_of_a_metafield_is_seen_at_once() {
    let shop = furnished().await;
    let read = "{ shop { metafield(key: \"motto\") { value } } }";
    assert_eq!(*shop.storefront(read, json!({})).await.data("/shop/metafield/value"), "Made to last");
    metafields::set(&shop.admin(), &[motto(&shop, "Made with love")]).await.expect("it can be set");
    assert_eq!(*shop.storefront(read, json!({})).await.data("/shop/metafield/value"), "Made with love");
    metafields::delete(&shop.admin(), Owner::shop(&shop.admin()), "$app", "motto")
        .await
        .expect("it is there");
    assert_eq!(*shop.storefront(read, json!({})).await.data("/shop/metafield"), Value::Null);
}

#[tokio::test]
async fn what_is_refused_sets_nothing() {
    let shop = furnished().await;
    let other = Shop::open().await;
    let events = shop.events().await.len();
    let reader = shop.app(&[Scope::ReadContent, Scope::WriteProducts]);
    let denied = metafields::set(&reader, &[motto(&shop, "x")]).await;
    assert!(matches!(denied, Err(Error::Forbidden(Scope::WriteContent))), "{denied:?}");
    let page = |id: i64| Owner::parse(&format!("gid://shopify/Page/{id}")).expect("an owner");
    let there = shop.rows("select id from pages where tenant_id = $1").await[0].get::<_, i64>(0);
    let of = |owner: Owner, value_type: &str, value: &str| MetafieldInput {
        owner,
        key: "anything".to_owned(),
        value_type: Some(value_type.to_owned()),
        ..motto(&shop, value)
    };
    for (input, code) in [
        (motto(&shop, "two\nlines"), "INVALID_VALUE"),
        (MetafieldInput { value_type: Some("color".to_owned()), ..motto(&shop, "#ffffff") }, "INVALID_TYPE"),
        (MetafieldInput { key: "x".to_owned(), ..motto(&shop, "x") }, "BLANK"),
        (of(page(there), "product_reference", "gid://shopify/Product/1"), "INVALID_VALUE"),
        (of(page(9_007_199_254_740_990), "boolean", "true"), "INVALID_OWNER"),
        (of(Owner::shop(&other.admin()), "boolean", "true"), "INVALID_OWNER"),
    ] {
        let good = MetafieldInput { key: "good".to_owned(), ..of(page(there), "boolean", "true") };
        let refused = metafields::set(&shop.admin(), &[good, input.clone()]).await;
        let Err(Error::Refused(why)) = refused else { panic!("{input:?}: {refused:?}") };
        assert_eq!(why[0].code, code, "{input:?}: {why:?}");
    }
    assert_eq!(shop.events().await.len(), events);
    let number = of(page(there), "id", "A-1");
    metafields::set(&shop.admin(), std::slice::from_ref(&number)).await.expect("nobody has it yet");
    applied(&shop, "pages: [{ handle: other, title: Other }]", Wish::default()).await;
    let rows = shop.rows("select id from pages where tenant_id = $1 and handle = 'other'").await;
    let again =
        metafields::set(&shop.admin(), &[MetafieldInput { owner: page(rows[0].get(0)), ..number }]).await;
    assert!(matches!(&again, Err(Error::Refused(why)) if why[0].code == "TAKEN"), "{again:?}");
}

#[tokio::test]
async fn what_belongs_to_a_customer_is_shown_to_that_customer_only() {
    let shop = Shop::open().await;
    let account = json!({ "email": "grace@example.com", "password": "compiler" });
    let account = serde_json::from_value(account).expect("an input");
    customers::create(&shop.buyer(), &account).await.expect("an account can be opened");
    let text = "
metafieldDefinitions: [{ owner: customer, namespace: club, key: tier, name: Tier, type: single_line_text_field }]
metafields: [{ owner: 'customer:Grace@example.com', values: { club.tier: gold } }]
";
    applied(&shop, text, Wish::default()).await;
    let login = serde_json::from_value(json!({ "email": "grace@example.com", "password": "compiler" }));
    let token =
        customers::sign_in(&shop.buyer(), &login.expect("an input")).await.expect("she can sign in").secret;
    let read = "query($t: String!) { customer(customerAccessToken: $t) { firstName metafield(namespace: \"club\", key: \"tier\") { id value
        parentResource { ... on Customer { id email } } } } }";
    let answer = shop.storefront(read, json!({ "t": token })).await;
    assert!(answer.body["errors"].is_null(), "{}", answer.body);
    let tier = answer.data("/customer/metafield").clone();
    assert_eq!(
        (&tier["value"], &tier["parentResource"]["email"]),
        (&json!("gold"), &json!("grace@example.com"))
    );
    let by_id = "query($id: ID!) { node(id: $id) { id } }";
    let found = shop.storefront(by_id, json!({ "id": tier["id"] })).await;
    assert_eq!(*found.data("/node"), Value::Null, "whoever keeps the id sees nothing");
}

/// What the demo store says of its shirt: names of fields, in the order of the file.
fn names_in_the_demo() -> Vec<(String, String)> {
    let text = fs::read_to_string(root().join("examples/stores/demo.yaml")).expect("the file is there");
    let definitions =
        text.split("metafieldDefinitions:").nth(1).and_then(|rest| rest.split("metafields:").next());
    let part = |line: &str, name: &str| {
        let value = line.split(&format!("{name}: ")).nth(1)?;
        Some(value.split([',', ' ']).next()?.to_owned())
    };
    let of_products = definitions
        .unwrap_or_default()
        .lines()
        .filter(|line| line.contains("owner: product, namespace: details"));
    of_products.filter_map(|line| Some((part(line, "key")?, part(line, "type")?))).collect()
}

#[tokio::test]
async fn every_type_is_read_back() {
    let shop = Shop::open().await;
    demo::fill(&shop.admin()).await;
    let names = names_in_the_demo();
    assert!(names.len() > 45, "{names:?}");
    let asked: Vec<Value> =
        names.iter().map(|(key, _)| json!({ "namespace": "details", "key": key })).collect();
    let read = "query($of: [HasMetafieldsIdentifier!]!) { product(handle: \"linen-shirt\") { metafields(identifiers: $of) { key type value list
        reference { __typename } references(first: 9) { nodes { __typename } } } } }";
    let answer = shop.storefront(read, json!({ "of": asked })).await;
    assert!(answer.body["errors"].is_null(), "{}", answer.body);
    for (field, (key, value_type)) in
        answer.data("/product/metafields").as_array().expect("a list").iter().zip(&names)
    {
        assert_eq!((&field["key"], &field["type"]), (&json!(key), &json!(value_type)), "{field}");
        let (refers, list) = (value_type.ends_with("_reference"), value_type.starts_with("list."));
        assert_eq!(field["reference"].is_object(), refers && !list, "{field}");
        let nodes = field["references"]["nodes"].as_array().map_or(0, Vec::len);
        assert_eq!(nodes > 0, refers && list, "{field}");
        let wanted = match value_type.trim_start_matches("list.").trim_end_matches("_reference") {
            "article" => "Article",
            "collection" => "Collection",
            "file" => match key.as_str() {
                "film" => "Video",
                "model" => "Model3d",
                "leaflet" => "GenericFile",
                _ => "MediaImage",
            },
            "metaobject" | "mixed" => "Metaobject",
            "page" => "Page",
            "product" => "Product",
            "variant" => "ProductVariant",
            _ => continue,
        };
        let found = if list { &field["references"]["nodes"][0] } else { &field["reference"] };
        assert_eq!(found["__typename"], wanted, "{field}");
    }
}

#[tokio::test]
async fn metafields_of_a_list_cost_one_statement_and_then_none() {
    let shop = Shop::open().await;
    demo::fill(&shop.admin()).await;
    let read = "{ products(first: 24) { nodes { metafield(namespace: \"details\", key: \"goes_with\") { value reference { ... on Product { handle } } } } } }";
    let plain = "{ products(first: 24) { nodes { title } } }";
    let base = shop.storefront(plain, json!({})).await;
    assert!(base.body["errors"].is_null(), "{}", base.body);
    let loads = async || {
        let ids = shop.rows("select id from products where tenant_id = $1 order by id limit 24").await;
        let cx = shop.buyer();
        let owners =
            ids.iter().map(|row| Owner::parse(&format!("gid://shopify/Product/{}", row.get::<_, i64>(0))));
        let owners: Vec<Owner> = owners.map(|owner| owner.expect("an owner")).collect();
        let found = owners.iter().map(|owner| cx.load::<metafields::OfOwner>(*owner));
        let found = futures_util::future::join_all(found).await;
        assert!(found.iter().all(Result::is_ok));
        let statements = cx.statements();
        cx.finish().await;
        statements
    };
    assert_eq!((loads().await, loads().await), (1, 0));
    let shown = ask(&shop, read).await;
    let nodes = shown["products"]["nodes"].as_array().expect("a list");
    assert_eq!(
        nodes.iter().filter(|node| node["metafield"]["reference"]["handle"] == "linen-napkins").count(),
        1
    );
}

#[tokio::test]
async fn a_menu_leads_to_a_thing_that_the_merchant_made_up() {
    let shop = Shop::open().await;
    let menu =
        "menus: [{ handle: main, title: Main, items: [{ title: Ada, link: 'metaobject:maker/ada' }] }]";
    let told = applied(&shop, &format!("{FIELDS}{menu}"), Wish::default()).await;
    assert!(told.changes.iter().any(|change| change.kind == "menu"));
    let again = applied(&shop, &format!("{FIELDS}{menu}"), Wish::default()).await;
    assert!(again.changes.is_empty(), "{:?}", again.changes);
    let read = r#"{ menu(handle: "main") { items { type url resourceId resource { __typename ... on Metaobject { id handle } } } } }"#;
    let item = &ask(&shop, read).await["menu"]["items"][0];
    assert_eq!((&item["type"], &item["resource"]["handle"]), (&json!("METAOBJECT"), &json!("ada")));
    assert_eq!(item["resourceId"], item["resource"]["id"]);
    assert!(item["url"].as_str().expect("it has a page").ends_with("/pages/makers/ada"), "{item}");
}
