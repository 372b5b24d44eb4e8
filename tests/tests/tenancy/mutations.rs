//! Every mutation with good arguments, first asked for by a stranger, for whom nothing happens, then by the owner, for whom it does.

use mcom_schema::id::CustomerId;
use mcom_tests::{Database, Shop, generate::Field, till::Till};
use serde_json::{Value, json};

use crate::{
    digest::rows,
    graphql::{Api, ask, schema},
    verbs::{
        deals::CARD,
        people::{MEMBER, PASSWORD, People},
        stage::{self, Names, SECRET},
    },
};

/// A mutation and arguments with which its owner succeeds.
type Control = (&'static str, Value);

/// What is asked without changing anything.
const ONLY_ASKS: &str = "cartPrepareForCompletion";

/// In this order: what happens to a thing comes before its end.
fn storefront(of: &Names) -> Vec<Control> {
    let cart = &of.cart;
    let line = json!({ "merchandiseId": of.variant.gid(), "quantity": 1 });
    let address =
        json!({ "lastName": "Hopper", "address1": "2 Mill Rd", "city": "Ulm", "countryCode": "DE" });
    let payment =
        json!({ "amount": { "amount": "1.00", "currencyCode": "EUR" }, "sourceIdentifier": "manual" });
    vec![
        ("cartCreate", json!({ "input": { "lines": [line] } })),
        (
            "cartAttributesUpdate",
            json!({ "cartId": cart, "attributes": [{ "key": SECRET, "value": SECRET }] }),
        ),
        ("cartDiscountCodesUpdate", json!({ "cartId": cart, "discountCodes": [SECRET] })),
        ("cartGiftCardCodesUpdate", json!({ "cartId": cart, "giftCardCodes": [CARD] })),
        ("cartGiftCardCodesRemove", json!({ "cartId": cart, "appliedGiftCardIds": [of.deals.card_gid()] })),
        ("cartGiftCardCodesAdd", json!({ "cartId": cart, "giftCardCodes": [CARD] })),
        ("cartNoteUpdate", json!({ "cartId": cart, "note": SECRET })),
        (
            "cartBuyerIdentityUpdate",
            json!({ "cartId": cart, "buyerIdentity": { "email": "grace@example.com" } }),
        ),
        (
            "cartSelectedDeliveryOptionsUpdate",
            json!({ "cartId": cart, "selectedDeliveryOptions": [{ "deliveryGroupId": of.group, "deliveryOptionHandle": SECRET }] }),
        ),
        (
            "cartDeliveryAddressesAdd",
            json!({ "cartId": cart, "addresses": [{ "address": { "deliveryAddress": address } }] }),
        ),
        (
            "cartDeliveryAddressesUpdate",
            json!({ "cartId": cart, "addresses": [{ "id": of.group, "oneTimeUse": true }] }),
        ),
        (
            "cartBillingAddressUpdate",
            json!({ "cartId": cart, "billingAddress": { "lastName": SECRET } }),
        ),
        (
            "cartMetafieldsSet",
            json!({ "metafields": [{ "ownerId": cart, "key": SECRET, "type": "boolean", "value": "true" }] }),
        ),
        ("cartMetafieldDelete", json!({ "input": { "ownerId": cart, "key": SECRET } })),
        ("cartClone", json!({ "cartId": cart })),
        ("cartLinesAdd", json!({ "cartId": cart, "lines": [line] })),
        ("cartLinesUpdate", json!({ "cartId": cart, "lines": [{ "id": of.line, "quantity": 3 }] })),
        ("cartPaymentUpdate", json!({ "cartId": cart, "payment": payment })),
        ("cartLinesRemove", json!({ "cartId": cart, "lineIds": [of.line] })),
        ("cartDeliveryAddressesRemove", json!({ "cartId": cart, "addressIds": [of.group] })),
        (
            "cartDeliveryAddressesReplace",
            json!({ "cartId": cart, "addresses": [{ "address": { "deliveryAddress": address } }] }),
        ),
        ("cartRemovePersonalData", json!({ "cartId": cart })),
        (ONLY_ASKS, json!({ "cartId": of.ready })),
        ("cartSubmitForCompletion", json!({ "cartId": of.ready, "attemptToken": "now" })),
    ]
    .into_iter()
    .chain(customers(&of.people))
    .collect()
}

fn customers(of: &People) -> Vec<Control> {
    let (session, [first, second]) = (&of.session, of.addresses.map(|id| id.gid()));
    let login = json!({ "email": MEMBER, "password": PASSWORD });
    let url = |purpose: &str, id: CustomerId, secret: &str| {
        json!(format!("https://x.example/account/{purpose}/{id}/{secret}"))
    };
    let reset = json!({ "resetToken": of.resets[0], "password": PASSWORD });
    let activate = json!({ "activationToken": of.activations[0], "password": PASSWORD });
    let city = json!({ "city": "Jena" });
    vec![
        ("customerCreate", json!({ "input": { "email": "grace@example.com", "password": PASSWORD } })),
        ("customerRecover", json!({ "email": MEMBER })),
        ("customerAccessTokenCreate", json!({ "input": login })),
        ("customerAccessTokenRenew", json!({ "customerAccessToken": session })),
        ("customerUpdate", json!({ "customerAccessToken": session, "customer": { "firstName": SECRET } })),
        ("customerAddressCreate", json!({ "customerAccessToken": session, "address": city })),
        ("customerAddressUpdate", json!({ "customerAccessToken": session, "id": first, "address": city })),
        ("customerDefaultAddressUpdate", json!({ "customerAccessToken": session, "addressId": second })),
        ("customerAddressDelete", json!({ "customerAccessToken": session, "id": first })),
        ("customerAccessTokenDelete", json!({ "customerAccessToken": session })),
        ("customerReset", json!({ "id": of.member.gid(), "input": reset })),
        (
            "customerResetByUrl",
            json!({ "resetUrl": url("reset", of.other, &of.resets[1]), "password": PASSWORD }),
        ),
        ("customerActivate", json!({ "id": of.guests[0].gid(), "input": activate })),
        (
            "customerActivateByUrl",
            json!({ "activationUrl": url("activate", of.guests[1], &of.activations[1]), "password": PASSWORD }),
        ),
    ]
}

fn admin(of: &Names) -> Vec<Control> {
    let (product, variant) = (of.product.gid(), of.variant.gid());
    let place = json!([{ "publicationId": of.publication.gid() }]);
    let level = json!({ "inventoryItemId": of.item.gid(), "locationId": of.location.gid() });
    let with = |name: &str, value: i64| {
        let mut wish = level.clone();
        wish[name] = json!(value);
        wish
    };
    let option = format!("gid://shopify/ProductOption/{}", of.option);
    let value = json!({ "optionId": option, "name": "Large" });
    vec![
        (
            "orderCancel",
            json!({ "orderId": of.order.gid(), "reason": "OTHER", "refund": true, "restock": true }),
        ),
        (
            "inventorySetQuantities",
            json!({ "input": { "name": "available", "reason": "correction",
                "quantities": [with("quantity", 20)] } }),
        ),
        (
            "inventoryAdjustQuantities",
            json!({ "input": { "name": "available", "reason": "correction", "changes": [with("delta", 1)] } }),
        ),
        ("productCreate", json!({ "product": { "title": "Bowl" } })),
        ("productOptionUpdate", json!({ "productId": product, "option": { "id": option, "name": "Girth" } })),
        ("productUpdate", json!({ "product": { "id": product, "title": "Cup" } })),
        (
            "productVariantsBulkUpdate",
            json!({ "productId": product, "variants": [{ "id": variant, "price": "13.00" }] }),
        ),
        (
            "productVariantsBulkCreate",
            json!({ "productId": product, "strategy": "PRESERVE_STANDALONE_VARIANT",
                "variants": [{ "price": "14.00", "optionValues": [value] }] }),
        ),
        (
            "productVariantRelationshipBulkUpdate",
            json!({ "input": [{ "parentProductVariantId": of.bundle.gid(),
                "productVariantRelationshipsToUpdate": [{ "id": variant, "quantity": 5 }] }] }),
        ),
        ("productVariantsBulkDelete", json!({ "productId": product, "variantsIds": [variant] })),
        ("publishableUnpublish", json!({ "id": product, "input": place })),
        ("publishablePublish", json!({ "id": product, "input": place })),
        ("collectionCreate", json!({ "input": { "title": "Kitchen", "products": [product] } })),
        ("collectionUpdate", json!({ "input": { "id": of.collection.gid(), "title": "Table" } })),
        ("collectionDelete", json!({ "input": { "id": of.collection.gid() } })),
        ("productDelete", json!({ "input": { "id": product } })),
    ]
}

async fn answer(shop: &Shop, api: Api, document: &str, (name, arguments): &Control) -> Value {
    let answer = ask(shop, api, document, arguments.clone()).await;
    assert!(answer.status < 500, "{name}: {:#}", answer.body);
    answer.body
}

async fn only_the_owner_succeeds(api: Api, controls: fn(&Names) -> Vec<Control>) {
    let owner = Till::open_in(Database::own().await).await;
    let stranger = owner.beside().await;
    let of = stage::furnish(&owner).await;
    let schema = schema(&owner.shop, api).await;
    let controls = controls(&of);
    let known = |field: &Field| controls.iter().any(|(name, _)| *name == field.name);
    let unknown: Vec<&str> =
        schema.mutations().iter().filter(|field| !known(field)).map(|field| field.name.as_str()).collect();
    assert!(unknown.is_empty(), "no attempt to reach another store through {unknown:?}");
    for control in &controls {
        let (name, _) = control;
        let field = schema.mutations().iter().find(|field| field.name == *name);
        let document = schema.document(field.unwrap_or_else(|| panic!("there is no {name}")), 1);
        let before = rows(&owner.shop).await;
        let told = answer(&stranger.shop, api, &document, control).await;
        assert!(rows(&owner.shop).await == before, "{name} changes another store: {told:#}");
        let own = answer(&owner.shop, api, &document, control).await;
        if *name == ONLY_ASKS {
            let result = format!("/data/{name}/result");
            assert!(
                told.pointer(&result).is_none_or(Value::is_null),
                "{name} tells of another store: {told:#}"
            );
            assert!(
                own.pointer(&result).is_some_and(Value::is_object),
                "{name} tells its owner nothing: {own:#}"
            );
        } else {
            assert!(rows(&owner.shop).await != before, "{name}: not even its owner can do it: {own:#}");
        }
    }
}

#[tokio::test]
async fn a_buyer_changes_only_what_the_store_knows() {
    only_the_owner_succeeds(Api::Storefront, storefront).await;
}

#[tokio::test]
async fn a_merchant_changes_only_what_is_the_stores_own() {
    only_the_owner_succeeds(Api::Admin, admin).await;
}
