//! The tags and types that there are.

use mcom_catalog::products;
use mcom_kit::{Cx, Error, Registry, connection::PageInfo};
use mcom_schema::refuse;
use serde::Deserialize;

/// A word and its place in a list.
pub struct StringEdge {
    cursor: String,
    node: String,
}

mcom_kit::record!(StringEdge as "StringEdge" { "cursor" = cursor, "node" = node });

/// The beginning of a list of words.
pub struct StringConnection {
    nodes: Vec<String>,
    edges: Vec<StringEdge>,
    page_info: PageInfo,
}

mcom_kit::record!(StringConnection as "StringConnection" {
    "edges" = edges,
    "nodes" = nodes,
    "pageInfo" = page_info,
});

#[derive(Deserialize)]
struct First {
    first: i64,
}

pub(super) fn register(registry: &mut Registry) {
    registry.query("productTags", tags).query("productTypes", types);
}

async fn tags(cx: &Cx, args: First) -> Result<StringConnection, Error> {
    let first = size(&args)?;
    Ok(StringConnection::of(first, &products::tags(cx, first + 1).await?))
}

async fn types(cx: &Cx, args: First) -> Result<StringConnection, Error> {
    let first = size(&args)?;
    Ok(StringConnection::of(first, &products::types(cx, first + 1).await?))
}

fn size(args: &First) -> Result<i64, Error> {
    if (0..=250).contains(&args.first) {
        return Ok(args.first);
    }
    Err(refuse("first", "INVALID", "first must be within 0..250").into())
}

impl StringConnection {
    /// Shows the first words of a list, which has one more if it goes on. A word is its own cursor.
    fn of(first: i64, words: &[String]) -> Self {
        let shown = words.len().min(usize::try_from(first).unwrap_or_default());
        let nodes = words[..shown].to_vec();
        let edge = |word: &String| StringEdge { cursor: word.clone(), node: word.clone() };
        let page_info = PageInfo {
            has_next_page: words.len() > shown,
            has_previous_page: false,
            start_cursor: nodes.first().cloned(),
            end_cursor: nodes.last().cloned(),
        };
        StringConnection { edges: nodes.iter().map(edge).collect(), nodes, page_info }
    }
}
