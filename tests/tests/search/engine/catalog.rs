//! Products to search for: a made-up catalog of any size, and single ones.

use mcom_schema::id::{CollectionId, ProductId};
use mcom_search::{Document, Fact};

/// Repeatable chance.
pub struct Dice(u64);

impl Dice {
    pub fn new(seed: u64) -> Self {
        Dice(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1)
    }

    /// A number below `sides`.
    pub fn roll(&mut self, sides: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 11) as usize % sides
    }

    pub fn pick<'a>(&mut self, of: &[&'a str]) -> &'a str {
        of[self.roll(of.len())]
    }
}

pub const NOUNS: &[&str] =
    &["mug", "teapot", "bowl", "lamp", "chair", "jacket", "sneaker", "café table", "Größe"];
pub const ADJECTIVES: &[&str] = &["blue", "Red", "oak", "running", "soft", "élégant", "small"];
pub const VENDORS: &[&str] = &["Atelier Käthe", "Nord & Söhne", "acme", "Zeta", ""];
pub const TYPES: &[&str] = &["Kitchen", "Furniture", "", "Clothing"];
pub const TAGS: &[&str] = &["sale", "New (2026)", "gift", "a.b|c", "eco"];
pub const COLORS: &[&str] = &["Red", "Blue", "Deep Blue"];
pub const MATERIALS: &[&str] = &["linen", "Käsestoff", "oak & ash"];
pub const SIZES: &[&str] = &["S", "M", "L \"EU\""];

/// A field that the merchant added to products.
pub fn material() -> Fact {
    Fact::ProductField { namespace: "details".to_owned(), key: "material".to_owned() }
}

/// The `number`th product of a made-up catalog.
pub fn product(number: i64, seed: u64) -> Document {
    let mut dice = Dice::new(number as u64 * 977 + seed);
    for _ in 0..3 {
        dice.roll(2);
    }
    let noun = dice.pick(NOUNS);
    let title = match dice.roll(3) {
        0 => noun.to_owned(),
        1 => format!("{} {noun}", dice.pick(ADJECTIVES)),
        _ => format!("{noun}, {} and {}", dice.pick(ADJECTIVES), dice.pick(ADJECTIVES)),
    };
    let description =
        (0..8).map(|_| if dice.roll(2) == 0 { dice.pick(NOUNS) } else { dice.pick(ADJECTIVES) });
    let description = description.collect::<Vec<&str>>().join(" ");
    let mut options: Vec<(String, String)> = vec![];
    for (name, values) in [("Color", COLORS), ("Size", SIZES)] {
        (0..dice.roll(3)).for_each(|_| options.push((name.to_owned(), dice.pick(values).to_owned())));
    }
    Document {
        title,
        description,
        vendor: dice.pick(VENDORS).to_owned(),
        product_type: dice.pick(TYPES).to_owned(),
        tags: (0..dice.roll(3)).map(|_| dice.pick(TAGS).to_owned()).collect(),
        options,
        facts: (0..dice.roll(3)).map(|_| (material(), dice.pick(MATERIALS).to_owned())).collect(),
        collections: (1..4).filter(|_| dice.roll(2) == 0).map(CollectionId).collect(),
        prices: (0..=dice.roll(3)).map(|_| 100 * dice.roll(20) as i64).collect(),
        available: dice.roll(4) > 0,
        created_at: 1_000 + dice.roll(5) as i64,
        updated_at: 2_000 + dice.roll(5) as i64,
        ..named(number, "")
    }
}

/// A product of which only the title matters.
pub fn named(id: i64, title: &str) -> Document {
    Document {
        id: ProductId(id),
        language: "EN".to_owned(),
        title: title.to_owned(),
        description: String::new(),
        vendor: String::new(),
        product_type: String::new(),
        tags: vec![],
        options: vec![],
        facts: vec![],
        codes: vec![],
        collections: vec![],
        prices: vec![1000],
        available: true,
        created_at: id,
        updated_at: id,
    }
}
