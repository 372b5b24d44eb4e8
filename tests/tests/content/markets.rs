//! Markets and translations: declared in a store file, told by `localization`, and heeded by prices and texts.

use mcom::apply::{Action, Wish};
use mcom_data::Locale;
use mcom_schema::Language;
use mcom_store::markets::Localization;
use mcom_tests::{Shop, till::goods};
use poem::http::Method;
use serde_json::{Value, json};

use crate::{applied, faults};

const MARKETS: &str = "
markets:
  - { handle: home, name: Germany, primary: true, countries: [DE], languages: [FR] }
  - { handle: uk, name: United Kingdom, countries: [GB, IM], currency: GBP, rate: '0.86', rounding: '0.99' }
  - { handle: overseas, name: Overseas, countries: [US, JP], currency: USD, rate: '1.1', rounding: whole, enabled: false }
";

/// A store with a mug for 12.50 EUR.
async fn store() -> Shop {
    let shop = Shop::open().await;
    goods(&shop.admin(), "12.50", 5).await;
    shop
}

async fn answer(shop: &Shop, query: &str) -> Value {
    let answer = shop.storefront(query, json!({})).await;
    assert_eq!(answer.body["errors"], Value::Null, "{query}");
    answer.body["data"].clone()
}

#[tokio::test]
async fn markets_are_applied_once_and_updated_where_they_differ() {
    let shop = store().await;
    let first = applied(&shop, MARKETS, Wish::default()).await;
    let names: Vec<&str> = first.changes.iter().map(|change| change.name.as_str()).collect();
    assert_eq!(names, ["home", "uk", "overseas"]);
    let again = applied(&shop, MARKETS, Wish::default()).await;
    assert_eq!((again.changes, again.unchanged), (vec![], 3));
    // A country that moves from one market to another is in the other one only.
    let moved = MARKETS.replace("[GB, IM]", "[GB]").replace("[US, JP]", "[US, JP, IM]");
    let told = applied(&shop, &moved, Wish::default()).await;
    assert!(told.changes.iter().all(|change| change.action == Action::Update));
    assert_eq!(applied(&shop, &moved, Wish::default()).await.changes, []);
    let pruned = applied(&shop, "markets: []", Wish { prune: true, ..Wish::default() }).await;
    assert_eq!(pruned.changes.len(), 3);
}

#[tokio::test]
async fn what_makes_no_sense_of_a_market_is_told_where_it_stands() {
    let shop = store().await;
    let text = "
markets:
  - { handle: home, name: Home, primary: true, countries: [DE, XX], currency: GBP }
  - { handle: a, name: A, countries: [DE], rate: '0' }
  - { handle: b, name: B, countries: [], currency: XYZ }
  - { handle: c, name: C, countries: [], currency: JPY, rounding: '0.99' }
  - { handle: d, name: D, countries: [], languages: [Elvish] }
  - { handle: e, name: E, countries: [], prices: [{ product: nowhere, price: '1.00' }, { product: mug, price: '-1' }, { price: '1' }] }
translations:
  - { of: 'page:nowhere', language: DE, texts: { title: A } }
  - { of: shop, language: XX, texts: { name: A } }
  - { of: shop, language: DE, texts: { title: A } }
";
    let told: Vec<(usize, String)> =
        faults(&shop, text).await.into_iter().map(|fault| (fault.line, fault.path)).collect();
    let expected = [
        (4, "markets.1.countries.0"),
        (3, "markets.0.countries.1"),
        (3, "markets.0.primary"),
        (4, "markets.1.rate"),
        (5, "markets.2.currency"),
        (6, "markets.3.rounding"),
        (7, "markets.4.languages.0"),
        (8, "markets.5.prices.0"),
        (8, "markets.5.prices.1.price"),
        (8, "markets.5.prices.2"),
        (10, "translations.0.of"),
        (11, "translations.1.language"),
        (12, "translations.2.texts.title"),
    ];
    assert_eq!(told, expected.map(|(line, path)| (line, path.to_owned())));
}

#[tokio::test]
async fn a_buyer_is_told_what_became_of_country_and_language() {
    let shop = store().await;
    applied(&shop, MARKETS, Wish::default()).await;
    let asked = "localization { country { isoCode name unitSystem currency { isoCode name symbol } defaultLanguage { isoCode }
        availableLanguages { isoCode } market { handle } } language { isoCode name endonymName } market { id handle }
        availableCountries { isoCode } availableLanguages { isoCode } }";
    let found = answer(&shop, &format!("query @inContext(country: GB, language: DE) {{ {asked} }}")).await;
    let localization = &found["localization"];
    let country = json!({ "isoCode": "GB", "name": "United Kingdom", "unitSystem": "METRIC_SYSTEM",
        "currency": { "isoCode": "GBP", "name": "British Pound", "symbol": "£" }, "defaultLanguage": { "isoCode": "EN" },
        "availableLanguages": [{ "isoCode": "EN" }], "market": { "handle": "uk" } });
    assert_eq!(localization["country"], country);
    assert_eq!(
        localization["language"],
        json!({ "isoCode": "EN", "name": "English", "endonymName": "English" })
    );
    assert_eq!(
        localization["availableCountries"],
        json!([{ "isoCode": "DE" }, { "isoCode": "IM" }, { "isoCode": "GB" }])
    );
    // A closed market has no buyers, and `ZZ` stands for nothing.
    for elsewhere in ["country: US", "country: ZZ", "country: CN"] {
        let found =
            answer(&shop, &format!("query @inContext({elsewhere}, language: FR) {{ {asked} }}")).await;
        let told =
            (&found["localization"]["country"]["isoCode"], &found["localization"]["language"]["isoCode"]);
        assert_eq!(told, (&json!("DE"), &json!("FR")), "{elsewhere}");
    }
    let found =
        answer(&shop, "{ shop { shipsToCountries paymentSettings { enabledPresentmentCurrencies } } }").await;
    assert_eq!(found["shop"]["shipsToCountries"], json!(["DE", "GB", "IM"]));
    assert_eq!(found["shop"]["paymentSettings"]["enabledPresentmentCurrencies"], json!(["EUR", "GBP"]));
}

#[tokio::test]
async fn a_store_without_markets_sells_everywhere_alike() {
    let shop = store().await;
    let asked = "query @inContext(country: JP, language: JA) { localization { country { isoCode currency { isoCode } }
        market { handle } language { isoCode } } product(handle: \"mug\") { priceRange { minVariantPrice { amount currencyCode } } } }";
    let found = answer(&shop, asked).await;
    let told = json!({ "country": { "isoCode": "JP", "currency": { "isoCode": "EUR" } }, "market": { "handle": "de" },
        "language": { "isoCode": "EN" } });
    assert_eq!(found["localization"], told);
    assert_eq!(
        found["product"]["priceRange"]["minVariantPrice"],
        json!({ "amount": "12.5", "currencyCode": "EUR" })
    );
}

const PRICES: &str = "product(handle: \"mug\") { priceRange { maxVariantPrice { amount currencyCode } }
    compareAtPriceRange { maxVariantPrice { amount } } variants(first: 1) { nodes { price { amount currencyCode }
    compareAtPrice { amount } product { priceRange { minVariantPrice { amount } } } } } }";

#[tokio::test]
async fn prices_are_those_of_the_market_and_fixed_ones_beat_converted_ones() {
    let shop = store().await;
    applied(&shop, MARKETS, Wish::default()).await;
    let ask = async |country: &str| {
        answer(&shop, &format!("query @inContext(country: {country}) {{ {PRICES} }}")).await
    };
    let price = |found: &Value| found["product"]["variants"]["nodes"][0]["price"].clone();
    let home = ask("DE").await;
    assert_eq!(price(&home), json!({ "amount": "12.5", "currencyCode": "EUR" }));
    // 12.50 EUR are 10.75 GBP, which is nearest to 10.99.
    let uk = ask("GB").await;
    assert_eq!(price(&uk), json!({ "amount": "10.99", "currencyCode": "GBP" }));
    assert_eq!(uk["product"]["priceRange"]["maxVariantPrice"], price(&uk));
    let of_product = &uk["product"]["variants"]["nodes"][0]["product"]["priceRange"]["minVariantPrice"];
    assert_eq!(*of_product, json!({ "amount": "10.99" }));
    let fixed = "rounding: '0.99', prices: [{ product: mug, price: '9.50', compareAtPrice: '11.00' }]";
    applied(&shop, &MARKETS.replace("rounding: '0.99'", fixed), Wish::default()).await;
    let uk = ask("GB").await;
    assert_eq!(price(&uk)["amount"], "9.5");
    assert_eq!(uk["product"]["compareAtPriceRange"]["maxVariantPrice"]["amount"], "11.0");
    assert_eq!(price(&ask("DE").await)["amount"], "12.5");
    // The rate of a market that changes changes prices at once.
    applied(&shop, &MARKETS.replace("0.86", "0.5"), Wish::default()).await;
    assert_eq!(price(&ask("GB").await)["amount"], "5.99");
}

#[tokio::test]
async fn a_page_abroad_costs_no_statement_when_it_is_warm() {
    let shop = store().await;
    let fixed = "rounding: '0.99', prices: [{ product: mug, price: '9.50' }]";
    applied(&shop, &MARKETS.replace("rounding: '0.99'", fixed), Wish::default()).await;
    let abroad = || {
        let languages = vec![Language::parse("FR").expect("a language")];
        shop.buyer().in_locale(Locale { country: Some("GB".to_owned()), languages, ..Locale::default() })
    };
    let look = async || {
        let cx = abroad();
        Localization::of(&cx).await.expect("it is resolved");
        let live = mcom_catalog::products::live_by_handle(&cx, "mug").await.expect("it can be read");
        let live = live.expect("it is there");
        let market = Localization::of(&cx).await.expect("it is resolved").market;
        let prices =
            mcom_store::markets::prices(&cx, &market, &[live.document.id]).await.expect("they can be read");
        assert_eq!(prices[0].get(live.document.variants[0].id).map(|price| price.price_minor), Some(950));
        cx.statements()
    };
    look().await;
    assert_eq!(look().await, 0);
}

const WORDS: &str = "
pages: [{ handle: about, title: About us, body: <p>We sell mugs.</p>, publishedAt: 2026-01-01T00:00:00Z }]
menus: [{ handle: main, title: Main, items: [{ title: About, link: 'page:about' }] }]
policies: { refundPolicy: <p>Thirty days.</p> }
translations:
  - { of: shop, language: FR, texts: { name: Boutique } }
  - { of: 'product:mug', language: FR, texts: { title: Tasse, body_html: '<p>Une <b>tasse</b></p>', meta_title: Tasses } }
  - { of: 'page:about', language: FR, texts: { title: À propos } }
  - { of: 'menu:main', language: FR, texts: { item.About: À propos } }
  - { of: 'policy:refund-policy', language: FR, texts: { body: <p>Trente jours.</p> } }
";

const TEXTS: &str = "{ shop { name refundPolicy { body } } product(handle: \"mug\") { title handle description seo { title } }
    page(handle: \"about\") { title body } menu(handle: \"main\") { title items { title resource { ... on Page { title } } } } }";

#[tokio::test]
async fn texts_are_in_the_language_of_the_buyer_as_far_as_they_are_translated() {
    let shop = store().await;
    let file = format!("{MARKETS}{WORDS}");
    applied(&shop, &file, Wish::default()).await;
    assert_eq!(applied(&shop, &file, Wish::default()).await.changes, []);
    let own = answer(&shop, TEXTS).await;
    assert_eq!((&own["shop"]["name"], &own["product"]["title"]), (&json!("Test"), &json!("Mug")));
    let found = answer(&shop, &format!("query @inContext(language: FR) {TEXTS}")).await;
    let expected = json!({
        "shop": { "name": "Boutique", "refundPolicy": { "body": "<p>Trente jours.</p>" } },
        "product": { "title": "Tasse", "handle": "mug", "description": "Une tasse", "seo": { "title": "Tasses" } },
        "page": { "title": "À propos", "body": "<p>We sell mugs.</p>" },
        "menu": { "title": "Main", "items": [{ "title": "À propos", "resource": { "title": "À propos" } }] },
    });
    assert_eq!(found, expected);
    // In the United Kingdom French is not offered.
    assert_eq!(answer(&shop, &format!("query @inContext(country: GB, language: FR) {TEXTS}")).await, own);
    applied(&shop, &file.replace("title: Tasse,", "title: Gobelet,"), Wish::default()).await;
    let found = answer(&shop, &format!("query @inContext(language: FR) {TEXTS}")).await;
    assert_eq!(found["product"]["title"], "Gobelet");
}

#[tokio::test]
async fn a_browser_says_which_language_is_read_unless_the_operation_does() {
    let shop = store().await;
    applied(&shop, MARKETS, Wish::default()).await;
    for (query, language) in [
        ("{ localization { language { isoCode } } }", "FR"),
        ("query @inContext(language: EN) { localization { language { isoCode } } }", "EN"),
    ] {
        let request = poem::Request::builder()
            .method(Method::POST)
            .uri(poem::http::Uri::from_static("/api/2026-04/graphql.json"))
            .header("host", format!("{}.localhost", shop.tenant().handle()))
            .header("x-shopify-storefront-access-token", shop.created.storefront_token.as_str())
            .header("accept-language", "nl, fr-CH;q=0.8, en;q=0.5")
            .content_type("application/json");
        let answer = shop.process().send(request.body(json!({ "query": query }).to_string())).await;
        assert_eq!(answer.body["data"]["localization"]["language"]["isoCode"], language, "{query}");
    }
}
