//! Attempts on files, on how a store presents itself, and on what products can be narrowed down by.

use mcom::apply::{self, Wish};
use mcom_catalog::{
    collections::{self, CollectionList},
    files::{self, FileContent, FileDetails, FileInput, Presentation},
    index, products,
};
use mcom_data::{Cx, page::PageArgs};
use mcom_schema::id::FileId;
use mcom_store::{
    metafields, sitemap,
    storefront::{self, Brand, Storefront},
    texts,
};

use super::{Attempt, changes, finds, stage::SECRET};

/// What the owner's film is called.
pub(crate) struct Shown {
    film: FileId,
}

/// Shows a film with the product, paints its one choice, and puts it into a category.
pub(crate) async fn furnish(cx: &Cx) -> Shown {
    let text = format!(
        "files: [{{ handle: {SECRET}, externalVideo: 'https://youtu.be/abc', product: {SECRET}, position: 1 }}]
categories: {{ {SECRET}: {SECRET} }}
swatches: [{{ product: {SECRET}, option: Title, values: {{ Default Title: {{ color: '#112233' }} }} }}]
brand: {{ slogan: {SECRET} }}
metafieldDefinitions:
  - {{ owner: product, namespace: {SECRET}, key: {SECRET}, name: {SECRET}, type: single_line_text_field, filter: true }}"
    );
    apply::apply(cx, &text, Wish::default()).await.unwrap().unwrap();
    Shown { film: files::all(cx).await.unwrap()[0].id() }
}

fn said(slogan: &str) -> Storefront {
    let brand = Brand { slogan: Some(slogan.to_owned()), ..Brand::default() };
    Storefront { brand, ..Storefront::default() }
}

pub(super) fn finding() -> Vec<Attempt> {
    vec![
        finds!("catalog::files::live", |s| files::live(&s.cx, &[s.of.displayed.film]).await?[0].is_some()),
        finds!("catalog::files::all", |s| !files::all(&s.cx).await?.is_empty()),
        finds!("catalog::files::OfProduct", |s| {
            s.cx.load::<files::OfProduct>(s.of.product).await?.is_some()
        }),
        finds!("catalog::products::swatches", |s| !products::swatches(&s.cx).await?.is_empty()),
        finds!("catalog::products::categories", |s| !products::categories(&s.cx).await?.is_empty()),
        finds!("catalog::index::of_variants", |s| {
            !index::of_variants(&s.cx, &[s.of.variant]).await?.is_empty()
        }),
        finds!("catalog::collections::live_count", |s| {
            collections::live_count(&s.cx, &CollectionList::all(PageArgs::first(9))).await? > 0
        }),
        finds!("catalog::collections::count_of_product", |s| {
            collections::count_of_product(&s.cx, s.of.product).await? > 0
        }),
        finds!("store::storefront::get", |s| storefront::get(&s.cx).await?.brand.slogan.is_some()),
        finds!("store::metafields::filterable", |s| !metafields::filterable(&s.cx).await?.is_empty()),
        finds!("store::texts::prepared", |s| {
            let has_secret = |texts: texts::Texts| texts.pages.iter().any(|page| page.values.title == SECRET);
            *texts::prepared(&s.cx, "whether a secret is there", has_secret).await?
        }),
        finds!("store::sitemap::metaobject_pages", |s| sitemap::metaobject_pages(&s.cx).await?.count() > 0),
        finds!("store::sitemap::metaobjects", |s| {
            !sitemap::metaobjects(&s.cx, 1).await?.unwrap_or_default().entries.is_empty()
        }),
    ]
}

pub(super) fn changing() -> Vec<Attempt> {
    vec![
        changes!("store::storefront::set", |s| storefront::set(&s.cx, &said("Other")).await),
        changes!("catalog::files::put", |s| {
            let content = FileContent::external("https://youtu.be/other")?;
            let details = FileDetails { content, preview: None, presentation: Presentation::default() };
            let shown = Some((s.of.product, 1));
            files::put(&s.cx, &FileInput { handle: SECRET.to_owned(), shown, alt: None, details }).await
        }),
        changes!("catalog::files::delete", |s| files::delete(&s.cx, s.of.displayed.film).await),
    ]
}
