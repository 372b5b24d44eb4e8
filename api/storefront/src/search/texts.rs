//! Pages and articles among what is found. A store has few of them: they are searched in memory, by the same analysis and scores as
//! products in the engine.

use std::{collections::HashMap, sync::Arc};

use mcom_kit::{Cx, Error, Record};
use mcom_schema::{
    id::{LARGEST, ProductId},
    text::plain,
};
use mcom_search::{Document, Key, Library, Place, Sort, Text, matches};
use mcom_store::{
    articles::Article,
    content,
    pages::PageRow,
    settings,
    texts::{self, Texts},
};

use super::fields::Fields;
use crate::content as shown;

/// A page or an article that was found.
#[derive(Clone)]
pub(super) enum Written {
    Page(Arc<PageRow>),
    Article(Arc<Article>),
}

/// Which of the two are looked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Kinds {
    pub(super) pages: bool,
    pub(super) articles: bool,
}

/// What was found, at its place among products.
pub(super) struct Found {
    pub(super) place: Place,
    pub(super) it: Written,
}

/// A store's texts, ready to be searched.
struct Shelf {
    library: Library,
    /// By the numbers that they have in the library.
    texts: HashMap<i64, Written>,
    language: String,
}

/// Texts that match, the best first. They count as what can be bought and costs nothing, and follow products that match as well.
pub(super) async fn find(
    cx: &Cx,
    typed: Option<&Text>,
    (kinds, sort): (Kinds, Sort),
    slips: bool,
) -> Result<Vec<Found>, Error> {
    let shelf = shelf(cx).await?;
    let now = cx.now();
    let found = shelf.library.find(typed, slips).into_iter().filter_map(|found| {
        let it = shelf.texts.get(&found.id)?;
        if !it.is_one_of(kinds) || !it.is_out(now) {
            return None;
        }
        let key = Key::Number(if sort == Sort::Relevance { found.score } else { 0 });
        Some(Found { place: Place { available: true, key, id: LARGEST + 1 + found.id }, it: it.clone() })
    });
    Ok(found.collect())
}

/// Texts of one kind for what is still being typed, the best first; only those in whose `fields` it is, if some are named.
pub(super) async fn suggested(
    cx: &Cx,
    typed: &Text,
    kinds: Kinds,
    (fields, most): (Option<&Fields>, usize),
) -> Result<Vec<Written>, Error> {
    let shelf = shelf(cx).await?;
    let found = find(cx, Some(typed), (kinds, Sort::Relevance), true).await?.into_iter();
    let is_meant = |it: &Written| {
        fields.is_none_or(|fields| matches(&fields.only(it.document(0, &shelf.language)), typed))
    };
    Ok(found.map(|found| found.it).filter(is_meant).take(most).collect())
}

async fn shelf(cx: &Cx) -> Result<Arc<Shelf>, Error> {
    let language = settings::get(cx).await?.language.clone();
    texts::prepared(cx, "a library", move |texts| Shelf::of(texts, language)).await
}

impl Shelf {
    fn of(texts: Texts, language: String) -> Self {
        let pages = texts.pages.into_iter().map(|it| (2 * it.id, Written::Page(it)));
        let articles = texts.articles.into_iter().map(|it| (2 * it.row.id + 1, Written::Article(it)));
        let texts: HashMap<i64, Written> = pages.chain(articles).collect();
        let library = Library::of(texts.iter().map(|(number, it)| it.document(*number, &language)));
        Shelf { library, texts, language }
    }
}

impl Written {
    fn is_one_of(&self, kinds: Kinds) -> bool {
        match self {
            Written::Page(_) => kinds.pages,
            Written::Article(_) => kinds.articles,
        }
    }

    fn is_out(&self, now: chrono::DateTime<chrono::Utc>) -> bool {
        content::is_out(
            match self {
                Written::Page(it) => it.values.published_at,
                Written::Article(it) => it.row.values.published_at,
            },
            now,
        )
    }

    /// As something that products are searched like: the author is who made it, its blog what kind of thing it is.
    fn document(&self, number: i64, language: &str) -> Document {
        let (title, body, author, blog, tags) = match self {
            Written::Page(it) => (&it.values.title, &it.values.body_html, String::new(), "", vec![]),
            Written::Article(it) => {
                let values = &it.row.values;
                (&values.title, &values.body_html, it.author.name(), it.blog.title(), values.tags.clone())
            }
        };
        Document {
            id: ProductId(number),
            language: language.to_owned(),
            title: title.clone(),
            description: plain(body),
            vendor: author,
            product_type: blog.to_owned(),
            tags,
            options: vec![],
            facts: vec![],
            codes: vec![],
            collections: vec![],
            prices: vec![],
            available: true,
            created_at: 0,
            updated_at: 0,
        }
    }

    /// As buyers see it.
    pub(super) fn shown(self, tracking: Arc<str>) -> Arc<dyn Record> {
        match self {
            Written::Page(it) => shown::Page::found(it, Some(tracking)),
            Written::Article(it) => shown::Article::found(it, Some(tracking)),
        }
    }
}
