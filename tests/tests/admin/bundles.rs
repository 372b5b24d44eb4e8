//! Bundles: what is said of what they consist of is read in the next request, and what cannot be is refused.

use mcom_schema::id::VariantId;
use mcom_tests::till;
use serde_json::{Value, json};

use crate::back_office::BackOffice;

const UPDATE: &str = "mutation($input: [ProductVariantRelationshipUpdateInput!]!) {
    productVariantRelationshipBulkUpdate(input: $input) { parentProductVariants { id } userErrors { field code } } }";
const READ: &str =
    "query($id: ID!) { productVariant(id: $id) { requiresComponents availableForSale sellableOnlineQuantity
    productVariantComponents(first: 9) { nodes { quantity productVariant { id } } } } }";

async fn update(office: &BackOffice, input: Value) -> Value {
    let answer = office.ask(UPDATE, json!({ "input": input })).await;
    answer.data("/productVariantRelationshipBulkUpdate").clone()
}

async fn read(office: &BackOffice, id: VariantId) -> Value {
    office.ask(READ, json!({ "id": id.gid() })).await.data("/productVariant").clone()
}

async fn goods(office: &BackOffice) -> [VariantId; 3] {
    let cx = office.shop.admin();
    [
        till::goods(&cx, "10.00", 9).await,
        till::goods(&cx, "20.00", 5).await,
        till::goods(&cx, "45.00", 0).await,
    ]
}

#[tokio::test]
async fn a_bundle_is_put_together_changed_and_taken_apart() {
    let office = BackOffice::open().await;
    let [mug, bowl, set] = goods(&office).await;
    let create = json!([{ "id": mug.gid(), "quantity": 1 }, { "id": bowl.gid(), "quantity": 2 }]);
    let made =
        json!([{ "parentProductVariantId": set.gid(), "productVariantRelationshipsToCreate": create }]);
    let made = update(&office, made).await;
    assert_eq!(made, json!({ "parentProductVariants": [{ "id": set.gid() }], "userErrors": [] }));
    let it = read(&office, set).await;
    assert_eq!((&it["requiresComponents"], &it["availableForSale"]), (&json!(true), &json!(true)));
    assert_eq!(it["sellableOnlineQuantity"], 2);
    let changed = json!([{ "parentProductVariantId": set.gid(),
        "productVariantRelationshipsToRemove": [mug.gid()],
        "productVariantRelationshipsToUpdate": [{ "id": bowl.gid(), "quantity": 5 }] }]);
    assert_eq!(update(&office, changed).await["userErrors"], json!([]));
    let it = read(&office, set).await;
    let nodes = json!([{ "quantity": 5, "productVariant": { "id": bowl.gid() } }]);
    assert_eq!(
        (&it["productVariantComponents"]["nodes"], &it["sellableOnlineQuantity"]),
        (&nodes, &json!(1))
    );
    let none = json!([{ "parentProductVariantId": set.gid(), "removeAllProductVariantRelationships": true }]);
    assert_eq!(update(&office, none).await["userErrors"], json!([]));
    let it = read(&office, set).await;
    assert_eq!((&it["requiresComponents"], &it["availableForSale"]), (&json!(false), &json!(false)));
}

#[tokio::test]
async fn what_makes_no_bundle_is_refused_and_nothing_is_changed() {
    let office = BackOffice::open().await;
    let [mug, bowl, set] = goods(&office).await;
    let create = |parent: VariantId, id: VariantId, quantity: i64| {
        json!({ "parentProductVariantId": parent.gid(),
            "productVariantRelationshipsToCreate": [{ "id": id.gid(), "quantity": quantity }] })
    };
    assert_eq!(update(&office, json!([create(set, mug, 1)])).await["userErrors"], json!([]));
    let events = office.shop.events().await.len();
    for (input, code) in [
        (create(set, set, 1), "CIRCULAR_REFERENCE"),
        (create(set, mug, 1), "DUPLICATE_PRODUCT_VARIANT_RELATIONSHIP"),
        (create(set, bowl, 0), "INVALID_QUANTITY"),
        (create(bowl, set, 1), "NESTED_PARENT_PRODUCT_VARIANT"),
        (create(mug, bowl, 1), "NESTED_PARENT_PRODUCT_VARIANT"),
        (create(set, VariantId(1 << 40), 1), "PRODUCT_VARIANTS_NOT_FOUND"),
        (create(VariantId(1 << 40), mug, 1), "PRODUCT_VARIANTS_NOT_FOUND"),
        (json!({ "removeAllProductVariantRelationships": true }), "PARENT_REQUIRED"),
        (
            json!({ "parentProductVariantId": set.gid(), "productVariantRelationshipsToRemove": [bowl.gid()] }),
            "PRODUCT_VARIANTS_NOT_COMPONENTS",
        ),
    ] {
        // The first is good, and is not carried out either.
        let good =
            json!({ "parentProductVariantId": set.gid(), "removeAllProductVariantRelationships": true });
        let alone = update(&office, json!([input])).await;
        assert_eq!(alone["userErrors"][0]["code"], code, "{alone:#}");
        if code == "PARENT_REQUIRED" {
            let both = update(&office, json!([good, input])).await;
            assert_eq!(both["userErrors"][0]["field"], json!(["input", "1", "parentProductVariantId"]));
        }
    }
    assert_eq!(read(&office, set).await["productVariantComponents"]["nodes"][0]["quantity"], 1);
    assert_eq!(office.shop.events().await.len(), events);
}
