//! Facets: what the result could be narrowed by, with counts. Each ignores the choices made in its own dimension.

use std::collections::HashMap;

/// Each facet tells of this many values, those with the most products.
pub(crate) const MOST_VALUES: usize = 250;

/// Counts over the whole result.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Facets {
    /// How many can be bought.
    pub available: u64,
    /// How many cannot.
    pub unavailable: u64,
    /// What they cost.
    pub price: PriceSpan,
    /// By maker.
    pub vendors: Vec<Tally>,
    /// By kind.
    pub product_types: Vec<Tally>,
    /// By label.
    pub tags: Vec<Tally>,
    /// By option, in the order of the options' names; facts are among them, see [`Fact`](crate::Fact).
    pub options: Vec<(String, Vec<Tally>)>,
}

/// What a result costs, in minor units.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct PriceSpan {
    /// The lowest price; zero if there is no product.
    pub min: i64,
    /// The highest price.
    pub max: i64,
    /// How many products.
    pub count: u64,
}

/// A value, and how many products have it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tally {
    /// The value as the merchant wrote it.
    pub value: String,
    /// Products.
    pub count: u64,
}

impl Tally {
    /// The same count for these words and then the value.
    pub(crate) fn after(self, words: &[String]) -> Tally {
        let words: Vec<&str> = words.iter().map(String::as_str).chain([self.value.as_str()]).collect();
        Tally { value: words.join(" "), count: self.count }
    }
}

/// The values with the most products, equal ones in the order of their bytes.
pub(crate) fn most(counts: impl IntoIterator<Item = (String, u64)>, limit: usize) -> Vec<Tally> {
    let mut tallies: Vec<Tally> = counts
        .into_iter()
        .filter(|(_, count)| *count > 0)
        .map(|(value, count)| Tally { value, count })
        .collect();
    tallies.sort_by(|a, b| b.count.cmp(&a.count).then_with(|| a.value.as_bytes().cmp(b.value.as_bytes())));
    tallies.truncate(limit);
    tallies
}

/// Terms of the option dimension as facets by option, where each chosen option is counted for itself.
pub(crate) fn options(counts: HashMap<String, u64>, chosen: &[String]) -> Vec<(String, Vec<Tally>)> {
    let mut alone: HashMap<String, Vec<(String, u64)>> = HashMap::new();
    let mut rest = vec![];
    for (term, count) in counts {
        match term.split_once(crate::document::PART) {
            Some((name, _)) if chosen.iter().any(|chosen| chosen == name) => {
                alone.entry(name.to_owned()).or_default().push((term, count));
            }
            _ => rest.push((term, count)),
        }
    }
    let groups = alone.into_values().chain([rest]);
    by_name(groups.flat_map(|group| most(group, MOST_VALUES)))
}

/// Terms of the option dimension by the name in them; within a name they stay as they come.
pub(crate) fn by_name(terms: impl IntoIterator<Item = Tally>) -> Vec<(String, Vec<Tally>)> {
    let mut options: Vec<(String, Vec<Tally>)> = vec![];
    for Tally { value, count } in terms {
        let Some((name, value)) = value.split_once(crate::document::PART) else { continue };
        let tally = Tally { value: value.to_owned(), count };
        match options.iter_mut().find(|(known, _)| known == name) {
            Some((_, tallies)) => tallies.push(tally),
            None => options.push((name.to_owned(), vec![tally])),
        }
    }
    options.sort_by(|a, b| a.0.cmp(&b.0));
    options
}

#[cfg(test)]
mod tests {
    use super::{Tally, most, options};

    #[test]
    fn the_most_frequent_values_come_first() {
        let counts = [("b", 2), ("a", 2), ("c", 3), ("d", 0)].map(|(value, count)| (value.to_owned(), count));
        let values: Vec<String> = most(counts, 2).into_iter().map(|tally| tally.value).collect();
        assert_eq!(values, ["c", "a"]);
    }

    #[test]
    fn options_are_told_apart_by_their_names() {
        let counts =
            [("Size\u{1f}M", 1), ("Color\u{1f}Red", 2)].map(|(term, count)| (term.to_owned(), count));
        let found = options(counts.into_iter().collect(), &["Size".to_owned()]);
        let red = Tally { value: "Red".to_owned(), count: 2 };
        assert_eq!(found[0], ("Color".to_owned(), vec![red]));
        assert_eq!(found[1].0, "Size");
    }
}
