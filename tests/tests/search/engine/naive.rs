//! The slow engine that is easily seen to be right: looks at every product for every question.

use std::{cmp::Ordering, collections::HashMap};

use mcom_search::{
    Document, Facets, Filter, Key, Order, Place, Prepared, PriceSpan, Query, Sort, Tally,
    analysis::{Analyzer, words},
};

use super::catalog::material;

/// Products as they are, and in terms.
pub struct Naive(Vec<(Document, Prepared)>);

impl Naive {
    pub fn of(documents: &[Document]) -> Self {
        Naive(documents.iter().map(|document| (document.clone(), Prepared::of(document))).collect())
    }

    /// All results by id. Knows whole words only: no beginnings, slips or synonyms.
    pub fn result(&self, query: &Query) -> Vec<i64> {
        self.matching(query, None).map(|(_, prepared)| prepared.id).collect()
    }

    /// All results in an order other than relevance.
    pub fn sorted(&self, query: &Query) -> Vec<i64> {
        let mut found: Vec<&(Document, Prepared)> = self.matching(query, None).collect();
        found.sort_by(|a, b| compare(query.order, &a.1, &b.1));
        found.into_iter().map(|(_, prepared)| prepared.id).collect()
    }

    pub fn facets(&self, query: &Query) -> Facets {
        let of = |kind: &Filter| self.without(query, kind);
        let (any, none) = (Filter::Price { min: None, max: None }, String::new());
        let priced = of(&any);
        let prices = || priced.iter().flat_map(|document| &document.prices).copied();
        let availability = of(&Filter::Available(true));
        let available = availability.iter().filter(|document| document.available).count() as u64;
        let price = PriceSpan {
            min: prices().min().unwrap_or_default(),
            max: prices().max().unwrap_or_default(),
            count: priced.len() as u64,
        };
        let names = [material().name(), "Color".to_owned(), "Size".to_owned()];
        let options = names.into_iter().filter_map(|name| {
            let kind = Filter::Option { name: name.clone(), value: none.clone() };
            let values = of(&kind).into_iter().map(|document| {
                chosen_in(document).filter(|(of, _)| *of == name).map(|(_, value)| value).collect()
            });
            let tallies = tally(values);
            (!tallies.is_empty()).then_some((name, tallies))
        });
        Facets {
            available,
            unavailable: availability.len() as u64 - available,
            price,
            vendors: tally(of(&Filter::Vendor(none.clone())).into_iter().map(|d| vec![d.vendor.clone()])),
            product_types: tally(
                of(&Filter::ProductType(none.clone())).into_iter().map(|d| vec![d.product_type.clone()]),
            ),
            tags: tally(of(&Filter::Tag(none.clone())).into_iter().map(|d| d.tags.clone())),
            options: options.collect(),
        }
    }

    /// What matches if choices of this dimension are not looked at.
    fn without(&self, query: &Query, kind: &Filter) -> Vec<&Document> {
        self.matching(query, Some(kind)).map(|(document, _)| document).collect()
    }

    /// What matches; choices of the same dimension as `but` are not looked at.
    fn matching<'s, 'q>(
        &'s self,
        query: &'q Query,
        but: Option<&'q Filter>,
    ) -> impl Iterator<Item = &'s (Document, Prepared)> + use<'s, 'q> {
        self.0.iter().filter(move |(document, prepared)| {
            let in_scope = query.scope.collection.is_none_or(|id| document.collections.contains(&id))
                && (document.available || !query.scope.available_only);
            let has = |stem: &String| {
                [&prepared.title, &prepared.names, &prepared.body].iter().any(|stems| stems.contains(stem))
            };
            let typed = query.text.as_ref().is_none_or(|text| {
                let analyzer = Analyzer::of(&text.language);
                words(&text.words).iter().all(|word| has(&analyzer.stem(word)))
            });
            in_scope && typed && chosen(query, but, document)
        })
    }
}

fn chosen(query: &Query, but: Option<&Filter>, document: &Document) -> bool {
    query.filters.iter().filter(|filter| but.is_none_or(|but| but.dimension() != filter.dimension())).all(
        |filter| {
            let alike = query.filters.iter().filter(|other| other.dimension() == filter.dimension());
            alike.into_iter().any(|filter| takes(filter, document))
        },
    )
}

fn takes(filter: &Filter, document: &Document) -> bool {
    match filter {
        Filter::Available(wanted) => document.available == *wanted,
        Filter::Price { min, max } => {
            let fits =
                |price: &i64| min.is_none_or(|min| *price >= min) && max.is_none_or(|max| *price <= max);
            document.prices.iter().any(fits)
        }
        Filter::Vendor(vendor) => document.vendor == *vendor,
        Filter::ProductType(kind) => document.product_type == *kind,
        Filter::Tag(tag) => document.tags.contains(tag),
        Filter::Option { name, value } => chosen_in(document).any(|(n, v)| n == *name && v == *value),
    }
}

/// Options and facts, by name.
fn chosen_in(document: &Document) -> impl Iterator<Item = (String, String)> + '_ {
    let facts = document.facts.iter().map(|(fact, value)| (fact.name(), value.clone()));
    document.options.iter().cloned().chain(facts)
}

fn tally(values: impl Iterator<Item = Vec<String>>) -> Vec<Tally> {
    let mut counts: HashMap<String, u64> = HashMap::new();
    for mut of_one in values {
        of_one.sort();
        of_one.dedup();
        of_one
            .into_iter()
            .filter(|value| !value.is_empty())
            .for_each(|value| *counts.entry(value).or_default() += 1);
    }
    let mut tallies: Vec<Tally> = counts.into_iter().map(|(value, count)| Tally { value, count }).collect();
    tallies.sort_by(|a, b| b.count.cmp(&a.count).then_with(|| a.value.cmp(&b.value)));
    tallies
}

fn compare(order: Order, a: &Prepared, b: &Prepared) -> Ordering {
    let key = |p: &Prepared| match order.sort {
        Sort::Title => Key::Text(p.title_key.clone()),
        Sort::Vendor => Key::Text(p.vendor_key.clone()),
        Sort::Price => Key::Number(p.min_price),
        Sort::CreatedAt => Key::Number(p.created_at),
        Sort::UpdatedAt => Key::Number(p.updated_at),
        Sort::Id | Sort::Relevance => Key::Number(p.id),
    };
    let by_key = match (key(a), key(b)) {
        (Key::Text(a), Key::Text(b)) => a.cmp(&b),
        (Key::Number(a), Key::Number(b)) => a.cmp(&b),
        _ => Ordering::Equal,
    };
    let by_key = by_key.then_with(|| a.id.cmp(&b.id));
    let by_key = if order.reverse { by_key.reverse() } else { by_key };
    if order.unavailable_last { b.available.cmp(&a.available).then(by_key) } else { by_key }
}

/// Follows a result from page to page.
pub async fn walk(
    engine: &dyn mcom_search::SearchEngine,
    store: mcom_schema::id::StoreId,
    query: &Query,
) -> (Vec<i64>, u64) {
    let mut query = query.clone();
    let mut ids: Vec<i64> = vec![];
    loop {
        let found = engine.search(store, &query).await.unwrap();
        let page: Vec<i64> = found.hits.iter().map(|hit| hit.id.0).collect();
        let next: Option<Place> = if query.page.backward {
            ids.splice(0..0, page);
            found.hits.first().map(|hit| hit.place.clone())
        } else {
            ids.extend(page);
            found.hits.last().map(|hit| hit.place.clone())
        };
        if !found.more {
            return (ids, found.total);
        }
        assert_eq!(found.hits.len(), query.page.size);
        query.page.from = next;
    }
}
