//! Products and variants: what is changed is read in the next request.

use serde_json::{Value, json};

use crate::back_office::{BackOffice, text};

const READ: &str = "query($id: ID!) { product(id: $id) { title handle status tags vendor descriptionHtml description(truncateAt: 8)
    totalInventory tracksInventory hasOnlyDefaultVariant publishedAt onlineStoreUrl legacyResourceId
    options { name position values } seo { title description } variantsCount { count precision } mediaCount { count }
    priceRangeV2 { minVariantPrice { amount currencyCode } maxVariantPrice { amount } }
    compareAtPriceRange { maxVariantCompareAtPrice { amount } }
    featuredMedia { alt mediaContentType ... on MediaImage { image { url altText } } }
    variants(first: 10) { nodes { title price compareAtPrice sku position inventoryPolicy availableForSale
      selectedOptions { name value optionValue { name hasVariants } } product { id } } } } }";

#[tokio::test]
async fn a_product_is_made_changed_and_deleted() {
    let office = BackOffice::open().await;
    let create = "mutation($product: ProductCreateInput!, $media: [CreateMediaInput!]) { productCreate(product: $product, media: $media) {
        product { id } shop { name } userErrors { field message } } }";
    let product = json!({ "title": "Red Mug", "vendor": "Acme", "tags": ["b", "a"], "descriptionHtml": "<p>A <b>red</b> mug</p>",
        "productOptions": [{ "name": "Size", "values": [{ "name": "S" }, { "name": "M" }] }], "seo": { "title": "Mug" } });
    let media = json!([{ "originalSource": "https://img.example/mug.png", "mediaContentType": "IMAGE", "alt": "A mug" }]);
    let made = office.ask(create, json!({ "product": product, "media": media })).await;
    assert_eq!(*made.data("/productCreate/userErrors"), json!([]));
    assert_eq!(*made.data("/productCreate/shop/name"), "Test");
    let id = text(made.data("/productCreate/product/id"));
    let read = office.ask(READ, json!({ "id": id })).await;
    let it = read.data("/product");
    assert_eq!(
        (&it["handle"], &it["status"], &it["tags"]),
        (&json!("red-mug"), &json!("ACTIVE"), &json!(["a", "b"]))
    );
    assert_eq!((&it["description"], &it["seo"]["title"]), (&json!("A red…"), &json!("Mug")));
    assert_eq!(it["options"], json!([{ "name": "Size", "position": 1, "values": ["S", "M"] }]));
    assert_eq!(it["featuredMedia"]["image"]["url"], "https://img.example/mug.png");
    assert_eq!((&it["publishedAt"], &it["compareAtPriceRange"]), (&Value::Null, &Value::Null));
    let update = "mutation($input: ProductInput!) { productUpdate(input: $input) { product { title handle } userErrors { field message } } }";
    let changed = office
        .ask(update, json!({ "input": { "id": id, "handle": "mug", "redirectNewHandle": true } }))
        .await;
    assert_eq!(*changed.data("/productUpdate/product"), json!({ "title": "Red Mug", "handle": "mug" }));
    let delete = "mutation($id: ID!) { productDelete(input: { id: $id }) { deletedProductId shop { id } userErrors { field message } } }";
    assert_eq!(
        *office.ask(delete, json!({ "id": id })).await.data("/productDelete/deletedProductId"),
        json!(id)
    );
    assert_eq!(*office.ask(READ, json!({ "id": id })).await.data("/product"), Value::Null);
    let again = office.ask(delete, json!({ "id": id })).await;
    let refused = json!([{ "field": ["id"], "message": "Product does not exist" }]);
    assert_eq!(*again.data("/productDelete/userErrors"), refused);
}

#[tokio::test]
async fn a_refused_product_says_which_field_and_changes_nothing() {
    let office = BackOffice::open().await;
    let create = "mutation($product: ProductCreateInput) { productCreate(product: $product) { product { id } userErrors { field message } } }";
    office.goods("Mug").await;
    for (product, field) in [
        (json!({ "title": "" }), json!(["title"])),
        (json!({ "title": "Mug", "handle": "mug" }), json!(["handle"])),
    ] {
        let refused = office.ask(create, json!({ "product": product })).await;
        assert_eq!(*refused.data("/productCreate/product"), Value::Null);
        assert_eq!(*refused.data("/productCreate/userErrors/0/field"), field, "{product}");
    }
    assert_eq!(*office.get("{ productsCount { count } }").await.data("/productsCount/count"), json!(1));
}

#[tokio::test]
async fn variants_are_added_changed_and_taken_away() {
    let office = BackOffice::open().await;
    let create = "mutation { productCreate(product: { title: \"Shirt\", productOptions: [{ name: \"Size\", values: [{ name: \"S\" }] }] }) {
        product { id variants(first: 1) { nodes { id } } } } }";
    let made = office.get(create).await;
    let (id, first) =
        (made.data("/productCreate/product/id"), made.data("/productCreate/product/variants/nodes/0/id"));
    let add = "mutation($id: ID!, $variants: [ProductVariantsBulkInput!]!) { productVariantsBulkCreate(productId: $id, variants: $variants) {
        productVariants { id title price compareAtPrice sku } product { variantsCount { count } } userErrors { code field message } } }";
    let medium = json!({ "optionValues": [{ "optionName": "Size", "name": "M" }], "price": "12.50", "compareAtPrice": "15", "inventoryItem": { "sku": "M-1" } });
    let added = office.ask(add, json!({ "id": id, "variants": [medium] })).await;
    let shown = added.data("/productVariantsBulkCreate/productVariants/0");
    assert_eq!(
        (&shown["price"], &shown["compareAtPrice"], &shown["sku"]),
        (&json!("12.50"), &json!("15.00"), &json!("M-1"))
    );
    let twin = office.ask(add, json!({ "id": id, "variants": [medium] })).await;
    assert_eq!(twin.refusals("productVariantsBulkCreate"), ["VARIANT_ALREADY_EXISTS"]);
    assert_eq!(*twin.data("/productVariantsBulkCreate/userErrors/0/field/1"), json!("0"));
    let read = office.ask(READ, json!({ "id": id })).await;
    assert_eq!(*read.data("/product/priceRangeV2/maxVariantPrice/amount"), json!("12.5"));
    assert_eq!(*read.data("/product/compareAtPriceRange/maxVariantCompareAtPrice/amount"), json!("15.0"));
    let chosen = read.data("/product/variants/nodes/1/selectedOptions/0");
    assert_eq!(
        *chosen,
        json!({ "name": "Size", "value": "M", "optionValue": { "name": "M", "hasVariants": true } })
    );
    let remove = "mutation($id: ID!, $ids: [ID!]!) { productVariantsBulkDelete(productId: $id, variantsIds: $ids) { product { variantsCount { count } } userErrors { code field } } }";
    let removed = office.ask(remove, json!({ "id": id, "ids": [first] })).await;
    assert_eq!(*removed.data("/productVariantsBulkDelete/product/variantsCount/count"), json!(1));
    let gone = office.ask(remove, json!({ "id": "gid://shopify/Product/1", "ids": [first] })).await;
    assert_eq!(gone.refusals("productVariantsBulkDelete"), ["PRODUCT_DOES_NOT_EXIST"]);
}

#[tokio::test]
async fn one_of_two_spellings_of_an_input_is_wanted() {
    let office = BackOffice::open().await;
    for arguments in ["", "(product: { title: \"Mug\" }, input: { title: \"Mug\" })"] {
        let create = format!(
            "mutation {{ productCreate{arguments} {{ product {{ id }} userErrors {{ message }} }} }}"
        );
        let answer = office.get(&create).await;
        assert_eq!(answer.error_code(), "INVALID_FIELD_ARGUMENTS");
        assert_eq!(*answer.at("/data/productCreate"), Value::Null);
    }
    assert_eq!(office.shop.events().await, []);
}

#[tokio::test]
async fn swatches_and_unit_prices_are_set_and_read() {
    let office = BackOffice::open().await;
    let create = "mutation($product: ProductCreateInput!, $media: [CreateMediaInput!]) {
        productCreate(product: $product, media: $media) { product { id media(first: 1) { nodes { id } }
          variants(first: 1) { nodes { id } } options { id optionValues { id swatch { color } } } } } }";
    let options = json!([{ "name": "Color", "values": [{ "name": "Red" }, { "name": "Blue" }] }]);
    let picture = json!({ "originalSource": "https://x.y/red.jpg", "mediaContentType": "IMAGE" });
    let product = json!({ "title": "Paint", "productOptions": options });
    let made = office.ask(create, json!({ "product": product, "media": [picture] })).await;
    let made = made.data("/productCreate/product");
    let (option, media) = (&made["options"][0], &made["media"]["nodes"][0]["id"]);
    assert_eq!(option["optionValues"][0]["swatch"], Value::Null);
    let paint = "mutation($id: ID!, $option: OptionUpdateInput!, $values: [OptionValueUpdateInput!]) {
        productOptionUpdate(productId: $id, option: $option, optionValuesToUpdate: $values) {
          product { options { name optionValues { swatch { color image { id } } } } } userErrors { code field } } }";
    let ask = |color: &str, name: &str| {
        let value =
            json!({ "id": option["optionValues"][0]["id"], "swatch": { "color": color, "mediaId": media } });
        json!({ "id": made["id"], "option": { "id": option["id"], "name": name }, "values": [value] })
    };
    let refused = office.ask(paint, ask("red", "Hue")).await;
    assert_eq!(refused.refusals("productOptionUpdate"), ["KEY_MISSING_IN_INPUT"]);
    let painted = office.ask(paint, ask("#f00", "Hue")).await;
    let expected = json!([{ "name": "Hue", "optionValues": [
        { "swatch": { "color": "#FF0000", "image": { "id": media } } }, { "swatch": null }] }]);
    assert_eq!(*painted.data("/productOptionUpdate/product/options"), expected);
    let measure = "mutation($id: ID!, $variants: [ProductVariantsBulkInput!]!) {
        productVariantsBulkUpdate(productId: $id, variants: $variants) { userErrors { code field }
          productVariants { unitPrice { amount } unitPriceMeasurement { measuredType quantityValue quantityUnit
            referenceValue referenceUnit } } } }";
    let variants = |unit: &str| {
        let measure = json!({ "quantityValue": 750, "quantityUnit": "ML", "referenceUnit": unit });
        let id = &made["variants"]["nodes"][0]["id"];
        json!({ "id": made["id"], "variants": [{ "id": id, "price": "9", "unitPriceMeasurement": measure }] })
    };
    let refused = office.ask(measure, variants("KG")).await;
    assert_eq!(refused.refusals("productVariantsBulkUpdate"), ["INVALID_INPUT"]);
    let measured = office.ask(measure, variants("L")).await;
    assert_eq!(
        *measured.data("/productVariantsBulkUpdate/productVariants/0"),
        json!({ "unitPrice": { "amount": "12.0" }, "unitPriceMeasurement": { "measuredType": "VOLUME",
            "quantityValue": 750, "quantityUnit": "ML", "referenceValue": 1, "referenceUnit": "L" } })
    );
}
