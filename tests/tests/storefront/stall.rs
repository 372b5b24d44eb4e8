//! A store with goods on its shelves, and a buyer who asks for them.

use std::sync::OnceLock;

use async_graphql::{Value as GraphQl, Variables};
use mcom::{gateway::Gateway, http::PublicApi};
use mcom_catalog::{
    collections::{self, CollectionInput},
    inventory::{self, LocationList},
    products::{self, CreateMediaInput, ProductInput},
    publications::{self, PublicationInput, Publishable},
    variants::{self, ProductVariantsBulkCreateStrategy},
};
use mcom_data::{Cx, page::PageArgs};
use mcom_schema::id::{CollectionId, LocationId, ProductId};
use mcom_tests::{Shop, server};
use serde_json::{Value, json};

/// A store of a test's own.
pub struct Stall {
    pub shop: Shop,
}

/// What was answered, and what it took.
pub struct Asked {
    pub body: Value,
    /// SQL statements, BEGIN and COMMIT not counted.
    pub statements: u32,
    /// Whether no engine is needed for it.
    pub is_hot: bool,
}

impl Asked {
    /// What is at this place of `data`; the answer must have no errors.
    pub fn at(&self, pointer: &str) -> &Value {
        assert!(self.body.get("errors").is_none(), "{:#}", self.body);
        let place = format!("/data{pointer}");
        self.body.pointer(&place).unwrap_or_else(|| panic!("nothing at {place}: {:#}", self.body))
    }
}

impl Stall {
    pub async fn open() -> Stall {
        Stall { shop: Shop::open().await }
    }

    /// What a buyer is answered by the gateway in this process.
    pub async fn ask(&self, document: &str, variables: Value) -> Asked {
        self.answered(None, document, variables).await
    }

    /// The same for one operation of several.
    pub async fn ask_for(&self, operation: &str, document: &str, variables: Value) -> Asked {
        self.answered(Some(operation), document, variables).await
    }

    async fn answered(&self, operation: Option<&str>, document: &str, variables: Value) -> Asked {
        let gateway = gateway();
        let cx = self.shop.buyer();
        let variables: Variables = serde_json::from_value(variables).expect("variables are an object");
        let prepared = match gateway.prepare(document, operation, variables) {
            Ok(prepared) => prepared,
            Err(refused) => panic!("{refused:?}"),
        };
        let body = gateway.execute(&prepared, &cx, None).await;
        cx.finish().await;
        let body = serde_json::from_slice(&body).expect("an answer is JSON");
        Asked { body, statements: cx.statements(), is_hot: prepared.is_hot() }
    }

    /// The same without variables.
    pub async fn get(&self, document: &str) -> Asked {
        self.ask(document, json!({})).await
    }

    /// A shirt in sizes S and M and colors Red and Blue: the variants S/Red (none left), S/Blue (5 left) and
    /// M/Red (3 left) at 20, 21 and 22 euros, the last reduced from 30; published, with two pictures.
    pub async fn shirt(&self, title: &str) -> ProductId {
        let cx = self.shop.admin();
        let product = products::create(&cx, &shirt(title), &pictures()).await.expect("a product can be made");
        let first = variants::of_product(&cx, product, &PageArgs::first(1)).await.expect("it has a variant");
        let first = json!({ "id": first.items[0].1.row.id().gid(), "price": "20", "inventoryItem": { "tracked": true } });
        let first = [input(first)];
        variants::bulk_update(&cx, product, &first, &[]).await.expect("it can be priced");
        let location = location(&cx).await;
        let more = [
            variant("S", "Blue", json!({ "price": "21" }), location, 5),
            variant("M", "Red", json!({ "price": "22", "compareAtPrice": "30" }), location, 3),
        ];
        let strategy = ProductVariantsBulkCreateStrategy::PreserveStandaloneVariant;
        let more = more.map(input);
        variants::bulk_create(&cx, product, &more, &[], strategy).await.expect("variants can be added");
        self.publish(Publishable::Product(product)).await;
        product
    }

    /// A published collection of these products.
    pub async fn collection(&self, title: &str, products: &[ProductId]) -> CollectionId {
        let ids: Vec<String> = products.iter().map(|id| id.gid()).collect();
        let collection: CollectionInput = input(json!({ "title": title, "products": ids }));
        let collection =
            collections::create(&self.shop.admin(), &collection).await.expect("a collection can be made");
        self.publish(Publishable::Collection(collection)).await;
        collection
    }

    /// The ids of a product's variants as the storefront shows them.
    pub async fn variants(&self, product: ProductId) -> Vec<String> {
        let document = "query($id: ID!) { product(id: $id) { variants(first: 250) { nodes { id } } } }";
        let asked = self.ask(document, json!({ "id": product.gid() })).await;
        let nodes = asked.at("/product/variants/nodes").as_array().cloned().unwrap_or_default();
        nodes.iter().map(|node| text(&node["id"]).to_owned()).collect()
    }

    /// From now on these variants never run out.
    pub async fn sell_without_stock(&self, product: ProductId, variants: &[String]) {
        let changes: Vec<_> =
            variants.iter().map(|id| input(json!({ "id": id, "inventoryPolicy": "CONTINUE" }))).collect();
        variants::bulk_update(&self.shop.admin(), product, &changes, &[]).await.expect("they can be changed");
    }

    /// Takes a product off the shelf.
    pub async fn hide(&self, product: ProductId) {
        let (cx, channel) = (self.shop.admin(), self.channel().await);
        let hidden = publications::unpublish(&cx, Publishable::Product(product), &channel).await;
        hidden.expect("it can be hidden");
    }

    async fn publish(&self, thing: Publishable) {
        let (cx, channel) = (self.shop.admin(), self.channel().await);
        publications::publish(&cx, thing, &channel).await.expect("it can be published");
    }

    async fn channel(&self) -> [PublicationInput; 1] {
        let channels = publications::list(&self.shop.admin()).await.expect("there are channels");
        [input(json!({ "publicationId": channels[0].id.gid() }))]
    }
}

/// Built once for all tests of this run.
fn gateway() -> &'static Gateway {
    static BUILT: OnceLock<Gateway> = OnceLock::new();
    BUILT.get_or_init(|| server::gateway(PublicApi::Storefront))
}

/// Text in an answer.
pub fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_else(|| panic!("no text: {value}"))
}

/// An input as a client would send it.
pub fn input<T: serde::de::DeserializeOwned>(value: Value) -> T {
    let value = GraphQl::from_json(value).expect("it is plain JSON");
    async_graphql::from_value(value).expect("it is such an input")
}

fn shirt(title: &str) -> ProductInput {
    let values = |names: [&str; 2]| names.map(|name| json!({ "name": name }));
    input(json!({
        "title": title,
        "descriptionHtml": "<p>A <b>plain</b> shirt</p>",
        "vendor": "Acme",
        "productType": "Shirts",
        "tags": ["cotton", "basic"],
        "seo": { "title": "Shirts that last", "description": "Plain and good." },
        "productOptions": [
            { "name": "Size", "values": values(["S", "M"]) },
            { "name": "Color", "values": values(["Red", "Blue"]) },
        ],
    }))
}

fn pictures() -> [CreateMediaInput; 2] {
    ["front", "back"].map(|side| {
        let source = format!("https://img.example/{side}.png");
        input(json!({ "originalSource": source, "alt": side, "mediaContentType": "IMAGE" }))
    })
}

fn variant(size: &str, color: &str, price: Value, location: LocationId, stock: i64) -> Value {
    let mut variant = json!({
        "optionValues": [{ "optionName": "Size", "name": size }, { "optionName": "Color", "name": color }],
        "inventoryItem": { "tracked": true, "sku": format!("{size}-{color}") },
        "inventoryQuantities": [{ "availableQuantity": stock, "locationId": location.gid() }],
    });
    if let (Value::Object(variant), Value::Object(price)) = (&mut variant, price) {
        variant.extend(price);
    }
    variant
}

async fn location(cx: &Cx) -> LocationId {
    let list = LocationList { include_inactive: false, by_id: true, page: PageArgs::first(1) };
    inventory::locations_page(cx, &list).await.expect("there is a location").items[0].1.id
}
