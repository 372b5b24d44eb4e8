//! How a store presents itself: from a store file to its storefront.

use mcom::apply::Wish;
use mcom_tests::Shop;
use serde_json::{Value, json};

use crate::{applied, faults};

const SHOP: &str = "{ shop { customerAccountUrl customerAccountTranslations { key value } socialLoginProviders { handle }
    brand { slogan shortDescription logo { id alt image { url width height } presentation { asJson(format: IMAGE) } } squareLogo { id }
        coverImage { image { url } } colors { primary { background foreground } secondary { background foreground } } }
    paymentSettings { acceptedCardBrands supportedDigitalWallets shopifyPaymentsAccountId } }
    paymentSettings { acceptedCardBrands } }";

const SAID: &str = "
files:
  - { handle: logo, alt: A loom, image: { url: 'https://x.example/logo.svg', width: 40, height: 10 }, presentation: { image: { fit: contain } } }
  - { handle: cover, image: { url: 'https://x.example/cover.jpg' } }
brand:
  slogan: Made well
  shortDescription: A few things.
  logo: logo
  coverImage: cover
  colors:
    primary: [{ background: '#1f2a44', foreground: '#FFFFFF' }]
    secondary: [{ background: '#e8dcc8' }]
payments: { cardBrands: [VISA, JCB], wallets: [APPLE_PAY], account: '17' }
customerAccounts: { url: 'https://account.example.com', socialLogins: [google], texts: { greeting: Hello } }
";

async fn ask(shop: &Shop) -> Value {
    let answer = shop.storefront(SHOP, json!({})).await;
    assert!(answer.body["errors"].is_null(), "{}", answer.body);
    answer.body["data"]["shop"].clone()
}

#[tokio::test]
async fn a_store_that_said_nothing_has_no_brand() {
    let shop = Shop::open().await;
    let said = ask(&shop).await;
    for field in ["brand", "customerAccountUrl", "customerAccountTranslations"] {
        assert_eq!(said[field], Value::Null, "{field}");
    }
    assert_eq!(said["socialLoginProviders"], json!([]));
    assert_eq!(
        said["paymentSettings"],
        json!({ "acceptedCardBrands": [], "supportedDigitalWallets": [],
        "shopifyPaymentsAccountId": null })
    );
}

#[tokio::test]
async fn what_a_store_file_says_of_the_brand_is_shown() {
    let shop = Shop::open().await;
    applied(&shop, SAID, Wish::default()).await;
    let said = ask(&shop).await;
    let brand = &said["brand"];
    assert_eq!((&brand["slogan"], &brand["squareLogo"]), (&json!("Made well"), &Value::Null));
    assert_eq!(
        brand["logo"]["image"],
        json!({ "url": "https://x.example/logo.svg", "width": 40, "height": 10 })
    );
    assert_eq!(brand["logo"]["presentation"]["asJson"], json!({ "fit": "contain" }));
    assert_eq!(brand["coverImage"]["image"]["url"], "https://x.example/cover.jpg");
    assert_eq!(
        brand["colors"],
        json!({ "primary": [{ "background": "#1F2A44", "foreground": "#FFFFFF" }],
        "secondary": [{ "background": "#E8DCC8", "foreground": null }] })
    );
    assert_eq!(
        said["paymentSettings"],
        json!({ "acceptedCardBrands": ["VISA", "JCB"],
        "supportedDigitalWallets": ["APPLE_PAY"], "shopifyPaymentsAccountId": "17" })
    );
    assert_eq!(said["customerAccountUrl"], "https://account.example.com");
    assert_eq!(said["customerAccountTranslations"], json!([{ "key": "greeting", "value": "Hello" }]));
    assert_eq!(said["socialLoginProviders"], json!([{ "handle": "google" }]));
    // The logo is a medium like any other.
    let node = "query($id: ID!) { node(id: $id) { ... on MediaImage { alt image { url } } } }";
    let found = shop.storefront(node, json!({ "id": brand["logo"]["id"] })).await;
    assert_eq!(
        *found.data("/node"),
        json!({ "alt": "A loom", "image": { "url": "https://x.example/logo.svg" } })
    );
}

#[tokio::test]
async fn saying_it_again_changes_nothing_and_a_part_changes_a_part() {
    let shop = Shop::open().await;
    applied(&shop, SAID, Wish::default()).await;
    let again = applied(&shop, SAID, Wish::default()).await;
    assert!(again.changes.is_empty(), "{:?}", again.changes);
    let part = applied(&shop, "payments: { cardBrands: [VISA] }", Wish::default()).await;
    assert_eq!(part.changes.len(), 1);
    let said = ask(&shop).await;
    assert_eq!(said["paymentSettings"]["acceptedCardBrands"], json!(["VISA"]));
    assert_eq!(said["brand"]["slogan"], "Made well");
}

#[tokio::test]
async fn what_is_no_brand_is_told_where_it_is() {
    let shop = Shop::open().await;
    for (text, path) in [
        ("brand: { logo: none }", "brand.logo"),
        ("brand: { colors: { primary: [{ background: red }] } }", "brand.colors.primary.0.background"),
        ("payments: { cardBrands: [SEASHELLS] }", "payments.cardBrands.0"),
        ("customerAccounts: { url: 'javascript:alert(1)' }", "customerAccounts.url"),
        (
            "files: [{ handle: film, externalVideo: 'https://youtu.be/abc' }]\nbrand: { logo: film }",
            "brand.logo",
        ),
    ] {
        let told = faults(&shop, text).await;
        assert_eq!(
            told.iter().map(|fault| fault.path.as_str()).collect::<Vec<_>>(),
            [path],
            "{text}: {told:?}"
        );
    }
    assert_eq!(ask(&shop).await["brand"], Value::Null);
}
