//! Attempts on markets, their prices, and translations.

use std::sync::Arc;

use mcom_data::{Cx, Locale};
use mcom_schema::{
    Currency, Language, Rate, Rounding,
    id::{ProductId, VariantId},
};
use mcom_store::{
    markets::{self, Market, MarketInput, MarketPrice},
    pages, settings,
    translations::{self, Subject, Texts, TranslatedKind, Translation},
};

use super::{Attempt, changes, finds, stage::SECRET};

/// Where the owner sells.
pub(crate) struct Abroad {
    market: Arc<Market>,
}

/// Opens a market with a price of its own, and translates the product.
pub(super) async fn furnish(cx: &Cx, product: ProductId, variant: VariantId) -> Abroad {
    markets::put(cx, &market(SECRET, product, variant)).await.unwrap();
    translations::set(cx, &translation(product, SECRET)).await.unwrap();
    let settings = settings::get(cx).await.unwrap();
    Abroad { market: settings.markets.of_country("GB").unwrap().clone() }
}

fn market(handle: &str, product: ProductId, variant: VariantId) -> MarketInput {
    MarketInput {
        handle: handle.to_owned(),
        name: handle.to_owned(),
        enabled: true,
        primary: false,
        countries: vec!["GB".to_owned()],
        languages: vec!["DE".to_owned()],
        currency: Currency::GBP,
        rate: Rate::ONE,
        rounding: Rounding::Exact,
        prices: vec![MarketPrice { variant, product, price_minor: 100, compare_at_minor: None }],
    }
}

fn translation(product: ProductId, title: &str) -> Translation {
    let texts = [("title".to_owned(), title.to_owned())];
    Translation {
        subject: Subject { kind: TranslatedKind::Product, id: product.0 },
        language: german(),
        texts: texts.into_iter().collect::<Texts>(),
    }
}

fn german() -> Language {
    Language::parse("DE").unwrap()
}

fn abroad(cx: &Cx) -> Cx {
    cx.in_locale(Locale { country: Some("GB".to_owned()), languages: vec![german()], ..Locale::default() })
}

async fn texts(cx: &Cx, product: ProductId) -> mcom_data::Result<bool> {
    let cx = abroad(cx);
    let found = translations::texts(&cx, TranslatedKind::Product, &[product.0]).await;
    cx.finish().await;
    Ok(found?.is_some_and(|texts| !texts[0].is_empty()))
}

pub(super) fn finding() -> Vec<Attempt> {
    vec![
        finds!("store::markets::all", |s| markets::all(&s.cx).await?.iter().any(|it| it.handle == SECRET)),
        finds!("store::markets::fixed_prices", |s| {
            !markets::fixed_prices(&s.cx, s.of.abroad.market.id).await?.is_empty()
        }),
        finds!("store::markets::prices", |s| {
            let found = markets::prices(&s.cx, &s.of.abroad.market, &[s.of.product]).await?;
            found[0].get(s.of.variant).is_some()
        }),
        finds!("store::markets::OfProduct", |s| {
            let found = markets::prices(&s.cx, &s.of.abroad.market, &[s.of.product]).await?;
            found[0].get(s.of.variant).is_some()
        }),
        finds!("store::markets::prices_for_sale", |s| {
            let (market, variant) = (s.of.abroad.market.clone(), s.of.variant);
            let read = s.cx.read(async |db| markets::prices_for_sale(db, &market, &[variant]).await);
            read.await?.get(variant).is_some()
        }),
        finds!("store::translations::all", |s| !translations::all(&s.cx).await?.is_empty()),
        finds!("store::translations::texts", |s| texts(&s.cx, s.of.product).await?),
        finds!("store::translations::OfSubject", |s| texts(&s.cx, s.of.product).await?),
        finds!("store::translations::translated", |s| {
            let found = pages::live(&abroad(&s.cx), &[s.of.texts.page]).await?;
            !translations::translated(&s.cx, found.into_iter().flatten().collect()).await?.is_empty()
        }),
    ]
}

pub(super) fn changing() -> Vec<Attempt> {
    vec![
        changes!("store::markets::put", |s| {
            markets::put(&s.cx, &market("other", s.of.product, s.of.variant)).await
        }),
        changes!("store::markets::delete", |s| markets::delete(&s.cx, s.of.abroad.market.id).await),
        changes!("store::translations::set", |s| {
            translations::set(&s.cx, &translation(s.of.product, "Anders")).await
        }),
    ]
}
