//! What the rooms of a merchant's own texts share: a memory that any change of them empties, the conditions of lists, and how changes are told.

mod filter;

use std::{any::Any, sync::Arc};

use chrono::{DateTime, Utc};
use mcom_data::{Change, Changes, Cx, Error, Result, TenantConn, event};
use mcom_schema::{Handle, Refusal, event::Event, refuse};
use serde::Serialize;

use crate::fresh::Fresh;

pub use filter::{Compare, ContentTerm, Filter, Match};
pub(crate) use filter::{Sql, anywhere, between, condition, holds, word};

/// Bodies of pages and articles may have this many bytes.
const LONGEST_BODY: usize = 512 * 1024;
/// As the published APIs have it.
const LONGEST_TITLE: usize = 255;

type Found = Arc<dyn Any + Send + Sync>;

/// What was read of stores' texts, by what was asked.
pub struct ContentCache(Arc<Fresh<String, Found>>);

impl ContentCache {
    /// An empty memory that forgets a store when one of its texts changes.
    pub(crate) fn new(changes: &Changes) -> Self {
        let cache = Arc::new(Fresh::new(20_000));
        let heard = cache.clone();
        changes.listen(move |told| match told.change {
            Change::Content => heard.forget(told.tenant),
            Change::Everything => heard.forget_all(),
            _ => {}
        });
        ContentCache(cache)
    }
}

/// What `read` finds, or what it found when the same was asked before, if no text of the store changed since.
pub(crate) async fn remembered<T: Any + Send + Sync>(
    cx: &Cx,
    key: String,
    read: impl Future<Output = Result<T>>,
) -> Result<Arc<T>> {
    let cache = cx.shared::<ContentCache>()?;
    let load = || async { Ok(Arc::new(read.await?) as Found) };
    let found = cache.0.get(cx, key.clone(), load).await?;
    found.downcast().map_err(|_| Error::bug(format!("two kinds of texts are called «{key}»")))
}

/// Tells everybody of a change: consumers by an event, caches after the commit.
pub(crate) async fn told(
    cx: &Cx,
    db: &mut TenantConn,
    topic: &'static str,
    about: (&'static str, i64),
    payload: &impl Serialize,
) -> Result<()> {
    event::emit(cx, db, Event::new(topic, about.0, about.1, payload)).await?;
    db.changed(Change::Content);
    Ok(())
}

/// Whether what is published at this instant can be seen now.
pub fn is_out(published_at: Option<DateTime<Utc>>, now: DateTime<Utc>) -> bool {
    published_at.is_some_and(|at| at <= now)
}

/// A title without outer spaces.
pub(crate) fn title(text: &str) -> Result<String, Refusal> {
    let title = text.trim();
    match title.chars().count() {
        0 => Err(refuse("title", "BLANK", "Title can't be blank")),
        1..=LONGEST_TITLE => Ok(title.to_owned()),
        _ => Err(refuse(
            "title",
            "TOO_LONG",
            format!("Title is too long (maximum is {LONGEST_TITLE} characters)"),
        )),
    }
}

/// The handle that was wished for, or one made of the title.
pub(crate) fn handle(wished: Option<&str>, title: &str) -> Result<String, Refusal> {
    Handle::parse(wished.unwrap_or(title)).map(String::from)
}

/// A body that is not too long to be shown.
pub(crate) fn body(html: &str) -> Result<String, Refusal> {
    if html.len() > LONGEST_BODY {
        let told = format!("Body is too long (maximum is {LONGEST_BODY} bytes)");
        return Err(refuse("body", "TOO_BIG", told));
    }
    Ok(html.to_owned())
}

/// Text, unless there is nothing in it.
pub(crate) fn some(text: Option<&str>) -> Option<String> {
    text.map(str::trim).filter(|text| !text.is_empty()).map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::{handle, some, title};

    #[test]
    fn titles_are_trimmed_and_not_blank() {
        assert_eq!(title(" About us "), Ok("About us".to_owned()));
        assert!(title("  ").is_err());
        assert!(title(&"x".repeat(256)).is_err());
    }

    #[test]
    fn a_handle_is_made_of_the_title_if_none_is_wished_for() {
        assert_eq!(handle(None, "About us"), Ok("about-us".to_owned()));
        assert_eq!(handle(Some("about"), "About us"), Ok("about".to_owned()));
        assert_eq!(some(Some(" ")), None);
    }
}
