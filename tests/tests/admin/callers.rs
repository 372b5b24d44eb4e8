//! Every mutation meets four callers: nobody, an app without the scope, another store's merchant, and one who may.

use std::fs;

use mcom_schema::Scope;
use serde_json::{Value, json};

use crate::back_office::BackOffice;

/// A mutation as one of the callers asks for it.
struct Case {
    mutation: &'static str,
    needs: Scope,
    document: &'static str,
    variables: Value,
}

#[tokio::test]
async fn only_who_may_changes_anything() {
    let office = BackOffice::open().await;
    let cases = cases(&office).await;
    let tried: Vec<&str> = cases.iter().map(|case| case.mutation).collect();
    for mutation in mutations() {
        assert!(tried.contains(&mutation.as_str()), "{mutation} has no case here: add one");
    }
    let neighbour = office.shop.neighbour().await;
    for case in &cases {
        let before = office.shop.events().await.len();
        let others: Vec<Scope> = Scope::ALL.into_iter().filter(|scope| !scope.allows(case.needs)).collect();
        let lesser = office.token(&others).await;
        let nobody = office.ask_as(None, case.document, &case.variables).await;
        assert_eq!(nobody.status, 401, "{}: {nobody:?}", case.mutation);
        let foreign =
            office.ask_as(Some(neighbour.admin_token.as_str()), case.document, &case.variables).await;
        assert_eq!(foreign.status, 401, "{}: {foreign:?}", case.mutation);
        let denied = office.ask_as(Some(&lesser), case.document, &case.variables).await;
        assert_eq!(denied.error_code(), "ACCESS_DENIED", "{}: {denied:?}", case.mutation);
        assert_eq!(denied.body["data"][case.mutation], Value::Null);
        assert_eq!(office.shop.events().await.len(), before, "{} did something", case.mutation);
        let allowed = office.ask(case.document, case.variables.clone()).await;
        assert!(allowed.data(&format!("/{}", case.mutation)).is_object(), "{}", case.mutation);
    }
}

/// The mutations of the composed API.
fn mutations() -> Vec<String> {
    let path = mcom_tests::root().join("schema/sdl/api/admin.graphql");
    let sdl = fs::read_to_string(path).expect("the API is composed");
    let (_, fields) = sdl.split_once("type Mutation {\n").expect("there are mutations");
    let (fields, _) = fields.split_once("\n}").expect("a type ends");
    let named = |line: &str| {
        let field =
            line.strip_prefix("  ").filter(|field| field.starts_with(|c: char| c.is_ascii_lowercase()))?;
        Some(field.split(['(', ':']).next()?.to_owned())
    };
    fields.lines().filter_map(named).collect()
}

async fn cases(office: &BackOffice) -> Vec<Case> {
    let mut cases = product_cases(office).await;
    cases.extend(collection_cases(office).await);
    cases.extend(stock_cases(office).await);
    cases.push(Case {
        mutation: "orderCancel",
        needs: Scope::WriteOrders,
        document: "mutation($id: ID!) { orderCancel(orderId: $id, reason: OTHER, restock: true) { orderCancelUserErrors { code } } }",
        variables: json!({ "id": "gid://shopify/Order/1" }),
    });
    cases
}

async fn product_cases(office: &BackOffice) -> Vec<Case> {
    let (kept, gone) = (office.goods("Kept").await, office.goods("Gone").await);
    let needs = Scope::WriteProducts;
    let case = |mutation, document, variables| Case { mutation, needs, document, variables };
    vec![
        case(
            "productCreate",
            "mutation { productCreate(product: { title: \"Mug\" }) { product { id } userErrors { message } } }",
            json!({}),
        ),
        case(
            "productOptionUpdate",
            "mutation($id: ID!) { productOptionUpdate(productId: $id, option: { id: \"gid://shopify/ProductOption/1\" }) { userErrors { code } } }",
            json!({ "id": kept.product }),
        ),
        case(
            "productUpdate",
            "mutation($id: ID!) { productUpdate(product: { id: $id, title: \"New\" }) { userErrors { message } } }",
            json!({ "id": kept.product }),
        ),
        case(
            "productVariantsBulkCreate",
            "mutation($id: ID!) { productVariantsBulkCreate(productId: $id, variants: [{ price: \"1\" }]) { userErrors { code } } }",
            json!({ "id": kept.product }),
        ),
        case(
            "productVariantsBulkUpdate",
            "mutation($id: ID!, $variant: ID!) { productVariantsBulkUpdate(productId: $id, variants: [{ id: $variant, price: \"1\" }]) { userErrors { code } } }",
            json!({ "id": kept.product, "variant": kept.variant }),
        ),
        case(
            "productVariantsBulkDelete",
            "mutation($id: ID!, $variant: ID!) { productVariantsBulkDelete(productId: $id, variantsIds: [$variant]) { userErrors { code } } }",
            json!({ "id": kept.product, "variant": kept.variant }),
        ),
        case(
            "productVariantRelationshipBulkUpdate",
            "mutation($variant: ID!) { productVariantRelationshipBulkUpdate(input: [{ parentProductVariantId: $variant, removeAllProductVariantRelationships: true }]) { userErrors { code } } }",
            json!({ "variant": kept.variant }),
        ),
        case(
            "productDelete",
            "mutation($id: ID!) { productDelete(input: { id: $id }) { deletedProductId } }",
            json!({ "id": gone.product }),
        ),
    ]
}

async fn collection_cases(office: &BackOffice) -> Vec<Case> {
    let create = "mutation { collectionCreate(collection: { title: \"Sale\" }) { collection { id } userErrors { message } } }";
    let made = office.get(create).await.data("/collectionCreate/collection/id").clone();
    let goods = office.goods("Published").await;
    let publication =
        json!({ "id": goods.product, "input": [{ "publicationId": office.online_store().await }] });
    let (products, publications) = (Scope::WriteProducts, Scope::WritePublications);
    vec![
        Case { mutation: "collectionCreate", needs: products, document: create, variables: json!({}) },
        Case {
            mutation: "collectionUpdate",
            needs: products,
            document: "mutation($id: ID!) { collectionUpdate(collection: { id: $id, title: \"New\" }) { userErrors { message } } }",
            variables: json!({ "id": made }),
        },
        Case {
            mutation: "publishablePublish",
            needs: publications,
            document: "mutation($id: ID!, $input: [PublicationInput!]!) { publishablePublish(id: $id, input: $input) { userErrors { message } } }",
            variables: publication.clone(),
        },
        Case {
            mutation: "publishableUnpublish",
            needs: publications,
            document: "mutation($id: ID!, $input: [PublicationInput!]!) { publishableUnpublish(id: $id, input: $input) { userErrors { message } } }",
            variables: publication,
        },
        Case {
            mutation: "collectionDelete",
            needs: products,
            document: "mutation($id: ID!) { collectionDelete(input: { id: $id }) { deletedCollectionId } }",
            variables: json!({ "id": made }),
        },
    ]
}

async fn stock_cases(office: &BackOffice) -> Vec<Case> {
    let (goods, location) = (office.goods("Counted").await, office.location().await);
    let set = json!([{ "inventoryItemId": goods.item, "locationId": location, "quantity": 3 }]);
    let adjust = json!([{ "inventoryItemId": goods.item, "locationId": location, "delta": 3 }]);
    vec![
        Case {
            mutation: "inventorySetQuantities",
            needs: Scope::WriteInventory,
            document: "mutation($input: InventorySetQuantitiesInput!) { inventorySetQuantities(input: $input) { userErrors { code } } }",
            variables: json!({ "input": { "name": "available", "reason": "correction", "quantities": set } }),
        },
        Case {
            mutation: "inventoryAdjustQuantities",
            needs: Scope::WriteInventory,
            document: "mutation($input: InventoryAdjustQuantitiesInput!) { inventoryAdjustQuantities(input: $input) { userErrors { code } } }",
            variables: json!({ "input": { "name": "available", "reason": "received", "changes": adjust } }),
        },
    ]
}
