//! A seeded product, made of words by its number.

use mcom_schema::{Currency, Handle};

use super::{
    chance::Chance,
    word::{CARES, KINDS, Kind, LOOKS, PRAISES, STUFFS},
};
use crate::{
    bulk::{Draft, DraftImage, DraftVariant},
    products::ProductStatus,
    variants::InventoryPolicy,
};

const VARIANTS: usize = 3;

/// Makes products that are priced in this currency.
#[derive(Debug, Clone, Copy)]
pub(super) struct Maker {
    pub currency: Currency,
}

impl Maker {
    /// The product with this number; the number ends its handle and begins its numbers of stock.
    pub(super) fn product(self, number: u64) -> Draft {
        let mut chance = Chance::of(number);
        let kind = &KINDS[chance.below(KINDS.len() as u64) as usize];
        let look = chance.of_words(LOOKS);
        let stuff = chance.of_words(STUFFS);
        let title = format!("{look} {stuff} {}", chance.of_words(kind.nouns));
        let handle = format!("{title}-{number}");
        let handle = Handle::parse(&handle).map_or(handle, String::from);
        let media = images(&handle, &title, 1 + chance.below(3));
        let values = values(kind, &mut chance);
        Draft {
            description_html: body(&title, kind, &mut chance),
            vendor: chance.of_words(kind.vendors).to_owned(),
            product_type: kind.product_type.to_owned(),
            tags: tags(kind, look, &mut chance),
            status: ProductStatus::Active,
            published: true,
            seo_title: None,
            seo_description: Some(format!("{title}: {}", chance.of_words(PRAISES))),
            gift_card: false,
            variants: self.variants(number, kind, media.len(), &mut chance),
            options: vec![(kind.option.to_owned(), values)],
            handle,
            title,
            media,
        }
    }

    fn variants(self, number: u64, kind: &Kind, images: usize, chance: &mut Chance) -> Vec<DraftVariant> {
        let (lowest, highest) = kind.price;
        let base = lowest + chance.below(highest - lowest);
        let reduced = chance.once_in(5);
        let variant = |place: usize| {
            let whole = base + base * place as u64 / 8;
            let quantity = if chance.once_in(12) { 0 } else { 1 + chance.below(120) };
            DraftVariant {
                values: vec![place],
                sku: Some(format!("{number:07}-{}", place + 1)),
                barcode: Some(format!("20{number:09}{}", place + 1)),
                price_minor: self.price(whole),
                compare_at_minor: reduced.then(|| self.price(whole + whole / 4 + 1)),
                cost_minor: Some(self.price(whole) / 2),
                taxable: true,
                requires_shipping: true,
                policy: if chance.once_in(20) { InventoryPolicy::Continue } else { InventoryPolicy::Deny },
                weight_grams: (kind.grams + kind.grams * place as u64 / 10) as i64,
                tracked: true,
                quantity: quantity as i64,
                image: Some(place % images.max(1)).filter(|_| images > 0),
            }
        };
        (0..VARIANTS).map(variant).collect()
    }

    /// Just below a whole price, where the currency has smaller coins.
    fn price(self, whole: u64) -> i64 {
        match self.currency.exponent() {
            0 => whole as i64 * 100,
            exponent => whole as i64 * 10_i64.pow(exponent) - 1,
        }
    }
}

fn images(handle: &str, title: &str, count: u64) -> Vec<DraftImage> {
    let image = |number: u64| DraftImage {
        url: format!("https://images.example.com/{handle}-{number}.jpg"),
        alt: (number == 1).then(|| title.to_owned()),
    };
    (1..=count).map(image).collect()
}

/// Three values that follow each other.
fn values(kind: &Kind, chance: &mut Chance) -> Vec<String> {
    let start = chance.below((kind.values.len() - VARIANTS + 1) as u64) as usize;
    kind.values.iter().skip(start).take(VARIANTS).map(|value| (*value).to_owned()).collect()
}

fn tags(kind: &Kind, look: &str, chance: &mut Chance) -> Vec<String> {
    let mut tags: Vec<String> =
        kind.tags.iter().filter(|_| !chance.once_in(3)).map(|tag| (*tag).to_owned()).collect();
    tags.push(look.to_lowercase());
    if chance.once_in(10) {
        tags.push("new".to_owned());
    }
    tags.sort();
    tags.dedup();
    tags
}

fn body(title: &str, kind: &Kind, chance: &mut Chance) -> String {
    format!(
        "<p><strong>{title}.</strong> {} {}</p>\n<ul>\n<li>{}</li>\n<li>Available in {} {}s</li>\n</ul>",
        chance.of_words(PRAISES),
        chance.of_words(PRAISES),
        chance.of_words(CARES),
        kind.values.len(),
        kind.option.to_lowercase(),
    )
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use mcom_schema::Currency::{EUR, JPY};

    use super::{Maker, VARIANTS};

    #[test]
    fn products_are_whole_and_different() {
        let mut handles = HashSet::new();
        for number in 1..2_000 {
            let product = Maker { currency: EUR }.product(number);
            assert_eq!(product.options[0].1.len(), VARIANTS);
            assert_eq!(product.variants.len(), VARIANTS);
            assert!(
                product
                    .variants
                    .iter()
                    .all(|variant| variant.price_minor > 0 && variant.image < Some(product.media.len()))
            );
            assert!(product.tags.is_sorted());
            assert!(handles.insert(product.handle));
        }
    }

    #[test]
    fn prices_fit_the_currency() {
        assert_eq!(Maker { currency: EUR }.price(20), 1999);
        assert_eq!(Maker { currency: JPY }.price(20), 2000);
    }
}
