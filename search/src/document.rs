//! What an engine is told of a product, and what our analysis makes of it.

use std::collections::BTreeSet;

use mcom_schema::id::{CollectionId, ProductId};
use sha2::{Digest, Sha256};

use crate::{
    analysis::{Analyzer, REVISION, fold, words},
    fact::Fact,
};

/// A published product as it is searched for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Document {
    /// The product.
    pub id: ProductId,
    /// ISO 639-1 code of the language of its texts.
    pub language: String,
    /// Its name.
    pub title: String,
    /// Its description without markup.
    pub description: String,
    /// Who makes it; may be empty.
    pub vendor: String,
    /// What kind of thing it is; may be empty.
    pub product_type: String,
    /// Labels.
    pub tags: Vec<String>,
    /// What can be chosen: pairs of option and value.
    pub options: Vec<(String, String)>,
    /// What else it can be narrowed down by.
    pub facts: Vec<(Fact, String)>,
    /// The merchant's and the trade's own numbers.
    pub codes: Vec<String>,
    /// The collections it is in, published or not.
    pub collections: Vec<CollectionId>,
    /// The prices of its variants in minor units of the store's currency; never empty.
    pub prices: Vec<i64>,
    /// Whether at least one variant can be bought.
    pub available: bool,
    /// When it was made, in microseconds since 1970.
    pub created_at: i64,
    /// When it was last changed, in microseconds since 1970.
    pub updated_at: i64,
}

/// One change of an index. Versions are those of the state that was read: an engine keeps the higher one, so that writes
/// may arrive in any order and more than once.
#[derive(Debug, Clone)]
pub enum Write {
    /// The product looks like this.
    Put {
        /// Version of the state.
        version: u64,
        /// The product.
        product: Box<Prepared>,
    },
    /// There is no such published product.
    Remove {
        /// Version of the state.
        version: u64,
        /// The product.
        id: ProductId,
    },
}

impl Write {
    /// Which product it is about.
    pub fn id(&self) -> ProductId {
        match self {
            Write::Put { product, .. } => ProductId(product.id),
            Write::Remove { id, .. } => *id,
        }
    }

    /// Version of the state it tells of.
    pub fn version(&self) -> u64 {
        match self {
            Write::Put { version, .. } | Write::Remove { version, .. } => *version,
        }
    }
}

/// Parts option and value in the terms of the option dimension; no merchant can type it.
pub(crate) const PART: char = '\u{1f}';

/// Titles with this many words or more are not preferred to longer ones.
const BRIEF: usize = 20;

/// A document in terms. Sets are sorted and without duplicates, so that equal documents are equal in every engine.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Prepared {
    /// The product.
    pub id: i64,
    /// Stems of the title.
    pub title: BTreeSet<String>,
    /// Stems of what else names it: vendor, type, tags, options, codes.
    pub names: BTreeSet<String>,
    /// Stems of the description.
    pub body: BTreeSet<String>,
    /// Words of the title.
    pub title_words: BTreeSet<String>,
    /// Words of what else names it.
    pub name_words: BTreeSet<String>,
    /// Stems that stand side by side in the title, joined by a space.
    pub pairs: BTreeSet<String>,
    /// Who makes it.
    pub vendor: Option<String>,
    /// What kind of thing it is.
    pub product_type: Option<String>,
    /// Labels.
    pub tags: BTreeSet<String>,
    /// Option or fact, and value, with [`PART`] between.
    pub options: BTreeSet<String>,
    /// The collections it is in.
    pub collections: BTreeSet<i64>,
    /// Different prices of its variants.
    pub prices: BTreeSet<i64>,
    /// The lowest of them.
    pub min_price: i64,
    /// Whether it can be bought.
    pub available: bool,
    /// When it was made.
    pub created_at: i64,
    /// When it was last changed.
    pub updated_at: i64,
    /// The title as it is sorted by.
    pub title_key: String,
    /// The vendor as it is sorted by.
    pub vendor_key: String,
    /// More for shorter titles: of two that contain the word, the one that consists of it is meant.
    pub brevity: i64,
    /// Differs when any of the above does.
    pub fingerprint: i64,
}

impl Prepared {
    /// Analyses a document.
    pub fn of(document: &Document) -> Self {
        let analyzer = Analyzer::of(&document.language);
        let title = words(&document.title);
        let names = named(document);
        let stems = |words: &[String]| words.iter().map(|word| analyzer.stem(word)).collect::<Vec<String>>();
        let title_stems = stems(&title);
        let mut prepared = Prepared {
            id: document.id.0,
            pairs: title_stems.windows(2).map(|pair| pair.join(" ")).collect(),
            names: stems(&names).into_iter().collect(),
            body: stems(&words(&document.description)).into_iter().collect(),
            brevity: BRIEF.saturating_sub(title.len()) as i64,
            title: title_stems.into_iter().collect(),
            title_words: title.into_iter().collect(),
            name_words: names.into_iter().collect(),
            vendor: filled(&document.vendor),
            product_type: filled(&document.product_type),
            tags: document.tags.iter().filter_map(|tag| filled(tag)).collect(),
            options: chosen(document),
            collections: document.collections.iter().map(|id| id.0).collect(),
            min_price: document.prices.iter().copied().min().unwrap_or_default(),
            prices: document.prices.iter().copied().collect(),
            available: document.available,
            created_at: document.created_at,
            updated_at: document.updated_at,
            title_key: fold(&document.title),
            vendor_key: fold(&document.vendor),
            fingerprint: 0,
        };
        prepared.fingerprint = fingerprint(&prepared);
        prepared
    }
}

fn filled(text: &str) -> Option<String> {
    (!text.is_empty()).then(|| text.to_owned())
}

/// What can be chosen, as terms.
fn chosen(document: &Document) -> BTreeSet<String> {
    let options = document.options.iter().map(|(name, value)| format!("{name}{PART}{value}"));
    let facts = document.facts.iter().map(|(fact, value)| format!("{}{PART}{value}", fact.name()));
    options.chain(facts).collect()
}

/// The words that name a product beside its title.
fn named(document: &Document) -> Vec<String> {
    let options = document.options.iter().flat_map(|(name, value)| [name, value]);
    let texts = [&document.vendor, &document.product_type].into_iter();
    texts.chain(&document.tags).chain(options).chain(&document.codes).flat_map(|text| words(text)).collect()
}

/// Stable over processes and releases, and positive, as some engines know no unsigned numbers.
fn fingerprint(prepared: &Prepared) -> i64 {
    let digest = Sha256::digest(format!("{REVISION} {prepared:?}"));
    let mut head = [0; 8];
    head.copy_from_slice(&digest[..8]);
    i64::from_be_bytes(head) & i64::MAX
}

#[cfg(test)]
mod tests {
    use mcom_schema::id::ProductId;

    use super::{Document, Prepared};

    fn mug() -> Document {
        Document {
            id: ProductId(7),
            language: "EN".into(),
            title: "Blue Mugs".into(),
            description: "Two mugs.".into(),
            vendor: "Käthe".into(),
            product_type: String::new(),
            tags: vec!["kitchen".into()],
            options: vec![("Color".into(), "Blue".into())],
            facts: vec![],
            codes: vec!["MUG-1".into()],
            collections: vec![],
            prices: vec![1250, 900],
            available: true,
            created_at: 1,
            updated_at: 2,
        }
    }

    #[test]
    fn a_document_becomes_terms() {
        let prepared = Prepared::of(&mug());
        assert!(prepared.title.contains("mug") && prepared.title_words.contains("mugs"));
        assert!(prepared.pairs.contains("blue mug"));
        assert!(["kath", "kitchen", "color", "1"].iter().all(|stem| prepared.names.contains(*stem)));
        assert_eq!((prepared.min_price, prepared.product_type), (900, None));
    }

    #[test]
    fn the_fingerprint_tells_of_every_difference_and_of_nothing_else() {
        let of = |document: &Document| Prepared::of(document).fingerprint;
        assert_eq!(of(&mug()), of(&mug()));
        assert_ne!(of(&mug()), of(&Document { available: false, ..mug() }));
        let turned = Document { prices: vec![900, 1250], ..mug() };
        assert_eq!(of(&mug()), of(&turned));
    }
}
