//! A store with a merchant at the desk.

use mcom_schema::Scope;
use mcom_store::{Api, tokens};
use mcom_tests::{Answer, Shop};
use serde_json::{Value, json};

const PATH: &str = "/admin/api/2026-04/graphql.json";

/// A store of a test's own.
pub struct BackOffice {
    pub shop: Shop,
}

/// A product with its default variant.
pub struct Goods {
    pub product: String,
    pub variant: String,
    pub item: String,
}

impl BackOffice {
    pub async fn open() -> BackOffice {
        BackOffice { shop: Shop::open().await }
    }

    /// What the merchant is answered.
    pub async fn ask(&self, document: &str, variables: Value) -> Answer {
        self.shop.merchant(document, variables).await
    }

    /// What the merchant is answered, without variables.
    pub async fn get(&self, document: &str) -> Answer {
        self.ask(document, json!({})).await
    }

    /// What somebody with this secret is answered.
    pub async fn ask_as(&self, secret: Option<&str>, document: &str, variables: &Value) -> Answer {
        let body = json!({ "query": document, "variables": variables });
        self.shop.graphql(PATH, secret.map(|secret| ("x-shopify-access-token", secret)), &body).await
    }

    /// The secret of a new token that may do this much.
    pub async fn token(&self, scopes: &[Scope]) -> String {
        let issued = tokens::issue(&self.shop.admin(), Api::Admin, "test", scopes).await;
        issued.expect("a token can be issued").as_str().to_owned()
    }

    /// A new product of this title, tracked and at 12.50.
    pub async fn goods(&self, title: &str) -> Goods {
        let create = "mutation($product: ProductCreateInput!) { productCreate(product: $product) {
            product { id variants(first: 1) { nodes { id inventoryItem { id } } } } userErrors { field message } } }";
        let made = self.ask(create, json!({ "product": { "title": title } })).await;
        let product = made.data("/productCreate/product");
        let variant = &product["variants"]["nodes"][0];
        let goods = Goods {
            product: text(&product["id"]),
            variant: text(&variant["id"]),
            item: text(&variant["inventoryItem"]["id"]),
        };
        let price = "mutation($product: ID!, $variants: [ProductVariantsBulkInput!]!) {
            productVariantsBulkUpdate(productId: $product, variants: $variants) { userErrors { code field } } }";
        let change = json!({ "id": goods.variant, "price": "12.50", "inventoryItem": { "tracked": true } });
        let changed = self.ask(price, json!({ "product": goods.product, "variants": [change] })).await;
        assert_eq!(*changed.data("/productVariantsBulkUpdate/userErrors"), json!([]));
        goods
    }

    /// Puts a product or a collection on sale in the online store.
    pub async fn publish(&self, id: &str) {
        let publish = "mutation($id: ID!, $input: [PublicationInput!]!) {
            publishablePublish(id: $id, input: $input) { userErrors { message } } }";
        let online = self.online_store().await;
        let done = self.ask(publish, json!({ "id": id, "input": [{ "publicationId": online }] })).await;
        assert_eq!(*done.data("/publishablePublish/userErrors"), json!([]));
    }

    /// The id of the online store's publication.
    pub async fn online_store(&self) -> String {
        text(self.get("{ publications(first: 1) { nodes { id } } }").await.data("/publications/nodes/0/id"))
    }

    /// The id of the store's first location.
    pub async fn location(&self) -> String {
        text(self.get("{ location { id } }").await.data("/location/id"))
    }

    /// Sets what is free to sell of an item.
    pub async fn stock(&self, item: &str, quantity: i64) {
        let set = "mutation($input: InventorySetQuantitiesInput!) {
            inventorySetQuantities(input: $input) { userErrors { code message } } }";
        let location = self.location().await;
        let counted = json!([{ "inventoryItemId": item, "locationId": location, "quantity": quantity }]);
        let input = json!({ "name": "available", "reason": "correction", "quantities": counted });
        let done = self.ask(set, json!({ "input": input })).await;
        assert_eq!(*done.data("/inventorySetQuantities/userErrors"), json!([]));
    }
}

/// A JSON text as a string.
pub fn text(value: &Value) -> String {
    value.as_str().unwrap_or_else(|| panic!("{value} is not text")).to_owned()
}
