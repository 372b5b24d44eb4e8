//! Suggestions: how what is being typed could go on, in the words in which the store speaks of its products.

use std::collections::HashMap;

use mcom_schema::id::StoreId;

use crate::{
    analysis::words,
    engine::{SearchEngine, Unavailable},
    facet::{self, Facets, Tally},
    order::{Order, Sort},
    query::{Page, Query, Scope, Text},
};

/// How what was typed could go on: words of titles, and types, makers and labels in which all of it stands; those of most products
/// first, `limit` at most, each with its number of products.
///
/// # Errors
/// If the engine cannot answer.
pub async fn suggestions(
    engine: &dyn SearchEngine,
    store: StoreId,
    text: &Text,
    limit: usize,
) -> Result<Vec<Tally>, Unavailable> {
    let typed = words(&text.words);
    if typed.is_empty() {
        return Ok(vec![]);
    }
    let completed = engine.completions(store, text, limit).await?;
    if completed.len() >= limit {
        // Counting everything else over all that a letter or two match would cost a large store more than it tells.
        return Ok(completed);
    }
    let found = engine.search(store, &counted(text)).await?;
    let mut counts: HashMap<String, u64> = HashMap::new();
    for Tally { value, count } in completed.into_iter().chain(named(found.facets.unwrap_or_default(), &typed))
    {
        let most = counts.entry(value).or_default();
        *most = count.max(*most);
    }
    Ok(facet::most(counts, limit))
}

/// What the products that match are called beside their titles, with counts.
fn counted(text: &Text) -> Query {
    Query {
        text: Some(Text { prefix: true, ..text.clone() }),
        scope: Scope::default(),
        filters: vec![],
        facets: true,
        order: Order { sort: Sort::Id, ..Order::default() },
        page: Page { size: 1, ..Page::default() },
    }
}

/// Types, makers and labels that go on with what was typed, in words as they are searched for.
fn named(facets: Facets, typed: &[String]) -> impl Iterator<Item = Tally> {
    let all = facets.product_types.into_iter().chain(facets.vendors).chain(facets.tags);
    all.filter_map(move |tally| {
        let value = words(&tally.value);
        goes_on(&value, typed).then(|| Tally { value: value.join(" "), count: tally.count })
    })
}

/// Whether all of what was typed is among these words, the last of it perhaps as the beginning of one.
fn goes_on(words: &[String], typed: &[String]) -> bool {
    let Some((last, before)) = typed.split_last() else { return false };
    before.iter().all(|word| words.contains(word)) && words.iter().any(|word| word.starts_with(last))
}

#[cfg(test)]
mod tests {
    use super::{goes_on, words};

    #[test]
    fn whole_words_count_and_the_beginning_of_the_last() {
        let goes_on = |name: &str, typed: &str| goes_on(&words(name), &words(typed));
        assert!(goes_on("Harbour & Hem", "hem") && goes_on("Harbour & Hem", "hem harb"));
        assert!(!goes_on("Harbour & Hem", "harb hem") && !goes_on("Harbour & Hem", "arbour"));
    }
}
