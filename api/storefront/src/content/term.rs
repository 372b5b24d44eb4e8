//! From the `query:` arguments of lists of pages, blogs and articles to conditions on them.

use chrono::{DateTime, Utc};
use mcom_kit::{Cx, Error};
use mcom_schema::refuse;
use mcom_search::syntax::{self, Build, Comparator, Term};
use mcom_store::content::{Compare, ContentTerm, Filter, Match};

/// What queries of pages can name.
pub(super) const PAGES: [&str; 4] = ["created_at", "handle", "title", "updated_at"];
/// What queries of blogs can name.
pub(super) const BLOGS: [&str; 4] = ["created_at", "handle", "title", "updated_at"];
/// What queries of articles can name.
pub(super) const ARTICLES: [&str; 9] =
    ["author", "blog_title", "created_at", "handle", "published_at", "tag", "tag_not", "title", "updated_at"];

const BUILD: Build<Filter> =
    Build { all: Filter::All, any: Filter::Any, not: |filter| Filter::Not(Box::new(filter)) };

/// What a query asks for; all if there is none. What of it was passed over is told beside the answer.
///
/// # Errors
/// Refuses queries that are too large.
pub(super) fn filter(
    cx: &Cx,
    of: &'static str,
    keys: &[&str],
    text: Option<&str>,
) -> Result<Option<Filter>, Error> {
    let Some(text) = text.filter(|text| !text.trim().is_empty()) else { return Ok(None) };
    let query = syntax::parse(text).map_err(|error| refuse("query", "INVALID", error.to_string()))?;
    let read = |term: &Term| condition(term, keys, cx.now());
    cx.remark(query.remark(of, text, keys, |term| read(term).is_some()));
    Ok(query.translate(&BUILD, &read))
}

/// The condition of a term; none if its key is not known here or its value makes no sense for the key.
fn condition(term: &Term, keys: &[&str], now: DateTime<Utc>) -> Option<Filter> {
    let text = || term.value.text.clone();
    let key = term.key.as_deref();
    if key.is_some_and(|key| !keys.contains(&key)) {
        return None;
    }
    let is = match key {
        None => ContentTerm::Word(text()),
        Some("title") => ContentTerm::Title(phrase(term)),
        Some("handle") => ContentTerm::Handle(phrase(term)),
        Some("author") => ContentTerm::Author(phrase(term)),
        Some("blog_title") => ContentTerm::BlogTitle(phrase(term)),
        Some("tag") => ContentTerm::Tag(text()),
        Some("tag_not") => return Some(Filter::Not(Box::new(Filter::Is(ContentTerm::Tag(text()))))),
        Some("created_at") => return instants(term, now, ContentTerm::CreatedAt),
        Some("updated_at") => return instants(term, now, ContentTerm::UpdatedAt),
        Some("published_at") => return instants(term, now, ContentTerm::PublishedAt),
        Some(_) => return None,
    };
    Some(Filter::Is(is))
}

fn instants(term: &Term, now: DateTime<Utc>, make: fn(Compare) -> ContentTerm) -> Option<Filter> {
    let limits = term.instants(now)?;
    Some(Filter::All(limits.into_iter().map(|(by, at)| Filter::Is(make(compare(by, at)))).collect()))
}

fn phrase(term: &Term) -> Match {
    let text = term.value.text.clone();
    if term.value.prefix { Match::Prefix(text) } else { Match::Whole(text) }
}

fn compare(by: Comparator, at: DateTime<Utc>) -> Compare {
    match by {
        Comparator::Equal => Compare::Is(at),
        Comparator::Below => Compare::Below(at),
        Comparator::AtMost => Compare::AtMost(at),
        Comparator::Above => Compare::Above(at),
        Comparator::AtLeast => Compare::AtLeast(at),
    }
}

#[cfg(test)]
mod tests {
    use chrono::DateTime;
    use mcom_search::syntax;

    use super::{ARTICLES, BLOGS, PAGES, condition};

    #[test]
    fn every_key_of_a_list_is_understood_and_no_other() {
        let all = "author:a blog_title:a created_at:2026 handle:a published_at:2026 tag:a tag_not:a title:a
            updated_at:2026";
        let query = syntax::parse(all).expect("not too large");
        for keys in [&ARTICLES[..], &BLOGS, &PAGES] {
            let terms = query.terms();
            let understood =
                terms.iter().filter(|term| condition(term, keys, DateTime::UNIX_EPOCH).is_some());
            assert_eq!(understood.count(), keys.len());
        }
    }
}
