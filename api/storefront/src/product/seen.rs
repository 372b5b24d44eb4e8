//! Products as the buyer of the context sees them: at the prices of their market, in their language. Made once and remembered.

use std::sync::Arc;

use mcom_catalog::{DocumentVariant, LiveProduct, ProductDocument, products};
use mcom_kit::{Cx, Error, connection::Page};
use mcom_schema::{Currency, id::ProductId, text::plain};
use mcom_store::{
    markets::{self, FixedPrices, Localization, Market},
    translations::{self, Texts, TranslatedKind},
};

use super::Product;

/// Products as they are to be shown, and the currency of their prices.
pub(crate) struct Seen {
    pub currency: Currency,
    pub products: Vec<Option<Arc<LiveProduct>>>,
}

/// Products as the buyer sees them, in their order. At most one statement for prices of the market and one for texts.
pub(crate) async fn seen(cx: &Cx, products: Vec<Option<Arc<LiveProduct>>>) -> Result<Seen, Error> {
    let here = Localization::of(cx).await?;
    let currency = here.market.currency();
    if here.market.is_plain() && !here.is_translated {
        return Ok(Seen { currency, products });
    }
    let known: Vec<&Arc<LiveProduct>> = products.iter().flatten().collect();
    let ids: Vec<ProductId> = known.iter().map(|live| live.document.id).collect();
    let prices = markets::prices(cx, &here.market, &ids).await?;
    let numbers: Vec<i64> = ids.iter().map(|id| id.0).collect();
    let texts = translations::texts(cx, TranslatedKind::Product, &numbers).await?;
    let mut shown = Vec::with_capacity(known.len());
    for (place, live) in known.into_iter().enumerate() {
        let texts = texts.as_ref().map(|texts| &texts[place]);
        shown.push(view(cx, &here, live, (&prices[place], texts))?);
    }
    let mut shown = shown.into_iter();
    let products = products.iter().map(|live| live.as_ref().and_then(|_| shown.next())).collect();
    Ok(Seen { currency, products })
}

/// Products as the buyer sees them.
pub(crate) async fn show_all(cx: &Cx, live: Vec<Arc<LiveProduct>>) -> Result<Vec<Arc<Product>>, Error> {
    Ok(show_each(cx, live.into_iter().map(Some).collect()).await?.into_iter().flatten().collect())
}

/// The same, where some are not there.
pub(crate) async fn show_each(
    cx: &Cx,
    live: Vec<Option<Arc<LiveProduct>>>,
) -> Result<Vec<Option<Arc<Product>>>, Error> {
    let Seen { currency, products } = seen(cx, live).await?;
    Ok(products.into_iter().map(|live| live.map(|live| Product::of(&live, currency))).collect())
}

/// A page of them.
pub(crate) async fn show_page(cx: &Cx, page: Page<Arc<LiveProduct>>) -> Result<Page<Arc<Product>>, Error> {
    let Page { items, has_next, has_previous } = page;
    let (cursors, live): (Vec<_>, Vec<_>) = items.into_iter().unzip();
    let items = cursors.into_iter().zip(show_all(cx, live).await?).collect();
    Ok(Page { items, has_next, has_previous })
}

fn view(
    cx: &Cx,
    here: &Localization,
    live: &Arc<LiveProduct>,
    (prices, texts): (&Arc<FixedPrices>, Option<&Arc<Texts>>),
) -> Result<Arc<LiveProduct>, Error> {
    let viewpoint = (here.market.id, here.language.code());
    let mut parts: Vec<products::Part> = vec![here.market.clone(), prices.clone()];
    parts.extend(texts.map(|texts| texts.clone() as products::Part));
    products::seen_from(cx, live, (viewpoint, parts), |document| {
        price(document, &here.market, prices);
        if let Some(texts) = texts.filter(|texts| !texts.is_empty()) {
            translate(document, texts);
        }
    })
}

fn price(document: &mut ProductDocument, market: &Market, fixed: &FixedPrices) {
    document.reprice(|variant: &DocumentVariant| {
        let price = market.price(variant.price_minor, variant.compare_at_minor, fixed.get(variant.id));
        (price.price_minor, price.compare_at_minor)
    });
    document.variants.iter_mut().for_each(|variant| variant.quantities.exchange(&market.exchange));
}

/// What is not translated stays as it is.
fn translate(document: &mut ProductDocument, texts: &Texts) {
    texts.put("title", &mut document.title);
    texts.put("product_type", &mut document.product_type);
    texts.put_some("meta_title", &mut document.seo_title);
    texts.put_some("meta_description", &mut document.seo_description);
    if let Some(body) = texts.get("body_html") {
        document.description_html = body.to_owned();
        document.description = plain(body);
    }
    for option in &mut document.options {
        let own = format!("option.{}", option.name);
        texts.put(&own, &mut option.name);
        for value in &mut option.values {
            texts.put(&format!("{own}.{}", value.name), &mut value.name);
        }
    }
    for variant in &mut document.variants {
        let names: Vec<&str> = variant.chosen(&document.options).map(|(_, value)| value).collect();
        // The one that stands for no choice keeps its name, by which clients know it.
        if !names.is_empty() && variant.title != UNCHOSEN {
            variant.title = names.join(" / ");
        }
    }
}

/// What a variant is called where there is no choice.
const UNCHOSEN: &str = "Default Title";

#[cfg(test)]
mod tests {
    use mcom_store::translations::Texts;

    use super::{super::face::tests::shirt, translate};

    #[test]
    fn options_are_translated_with_the_variants_that_are_called_by_them() {
        let mut document = (*shirt(&[(0, 1, 1)]).document).clone();
        let texts = [("title", "Hemd"), ("option.Color", "Farbe"), ("option.Color.Blue", "Blau")];
        translate(
            &mut document,
            &texts.map(|(key, text)| (key.to_owned(), text.to_owned())).into_iter().collect::<Texts>(),
        );
        assert_eq!((document.title.as_str(), document.handle.as_str()), ("Hemd", "shirt"));
        assert_eq!((document.options[1].name.as_str(), document.options[0].name.as_str()), ("Farbe", "Size"));
        assert_eq!(document.variants[0].title, "S / Blau");
    }
}
