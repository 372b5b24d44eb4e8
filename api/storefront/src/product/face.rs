//! Everything about a product that is made ready once and shown many times.

use std::sync::{Arc, OnceLock};

use mcom_catalog::{
    DocumentFile, DocumentMedia, DocumentVariant, LiveProduct, MoneyRange, ProductDocument, ProductStock,
    VariantStock, files,
};
use mcom_kit::Record;
use mcom_schema::{Currency, Money};

use super::trie;
use crate::{
    media::{self, MediaImage},
    seo::Seo,
};

/// A product as it is at this moment, in the forms in which it is shown.
pub(crate) struct Face {
    pub document: Arc<ProductDocument>,
    pub stock: ProductStock,
    pub currency: Currency,
    pub id: String,
    pub price_range: PriceRange,
    pub compare_at_range: PriceRange,
    pub seo: Seo,
    /// Its pictures.
    pub media: Vec<Arc<MediaImage>>,
    /// Everything that is shown of it, in the merchant's order, with its number.
    pub gallery: Vec<(i64, Arc<dyn Record>)>,
    existence: OnceLock<String>,
    availability: OnceLock<String>,
}

/// The cheapest and the dearest of several prices.
pub struct PriceRange {
    min: Money,
    max: Money,
}

mcom_kit::record!(PriceRange as "ProductPriceRange" { "maxVariantPrice" = max, "minVariantPrice" = min });

impl Face {
    /// Prepares a product of a store that sells in `currency`.
    pub fn of(live: &LiveProduct, currency: Currency) -> Self {
        Face::new(live.document.clone(), live.stock.clone(), currency)
    }

    fn new(document: Arc<ProductDocument>, stock: ProductStock, currency: Currency) -> Self {
        let range = |range: MoneyRange| PriceRange {
            min: Money::new(range.min_minor, currency),
            max: Money::new(range.max_minor, currency),
        };
        let media: Vec<_> = document.media.iter().map(MediaImage::of).collect();
        Face {
            stock,
            currency,
            id: document.id.gid(),
            price_range: range(document.price_range),
            compare_at_range: range(
                document.compare_at_range.unwrap_or(MoneyRange { min_minor: 0, max_minor: 0 }),
            ),
            seo: Seo { title: document.seo_title.clone(), description: document.seo_description.clone() },
            gallery: gallery(&document, &media),
            media,
            existence: OnceLock::new(),
            availability: OnceLock::new(),
            document,
        }
    }

    /// Every variant with its stock.
    pub fn variants(&self) -> impl Iterator<Item = (&DocumentVariant, &VariantStock)> {
        self.document.variants.iter().zip(&self.stock.variants)
    }

    /// The place of the first variant that `wanted` likes and that can be bought, or else of the first that it likes.
    pub fn first_for_sale(&self, wanted: impl Fn(&DocumentVariant) -> bool) -> Option<usize> {
        let liked = |for_sale: bool| {
            self.variants().position(|(variant, stock)| (stock.for_sale || !for_sale) && wanted(variant))
        };
        liked(true).or_else(|| liked(false))
    }

    /// The combinations of option values that have a variant.
    pub fn existence(&self) -> &str {
        let rows = || self.document.variants.iter().map(|variant| variant.option_values.as_slice());
        self.existence.get_or_init(|| trie::encode(rows()))
    }

    /// The combinations of option values that can be bought.
    pub fn availability(&self) -> &str {
        let rows = || self.variants().filter(|(_, stock)| stock.for_sale);
        self.availability
            .get_or_init(|| trie::encode(rows().map(|(variant, _)| variant.option_values.as_slice())))
    }
}

/// The pictures with films and models at their places among them.
fn gallery(document: &ProductDocument, pictures: &[Arc<MediaImage>]) -> Vec<(i64, Arc<dyn Record>)> {
    let picture =
        |(media, image): (&DocumentMedia, &Arc<MediaImage>)| (media.id.0, image.clone() as Arc<dyn Record>);
    let film = |file: &DocumentFile| {
        (file.position, (file.id.0, media::shown(file.id, file.alt.as_deref(), &file.details)))
    };
    let pictures = document.media.iter().zip(pictures).map(picture).collect();
    files::among(pictures, document.files.iter().map(film))
}

#[cfg(test)]
pub(super) mod tests {
    use std::sync::Arc;

    use mcom_catalog::{ProductStock, VariantStock, bundles::Bundles};
    use mcom_schema::Currency;
    use serde_json::{Value, json};

    use super::Face;

    /// A product in two sizes and three colors; each variant is given by the places of its values and its stock.
    pub fn shirt(variants: &[(usize, usize, i64)]) -> Face {
        let option = |id: i64, name: &str, values: &[&str]| {
            let values = values.iter().enumerate();
            let values: Vec<Value> =
                values.map(|(n, name)| json!({ "id": id * 10 + n as i64, "name": name })).collect();
            json!({ "id": id, "name": name, "values": values })
        };
        let variant = |(n, (size, color, _)): (usize, &(usize, usize, i64))| {
            json!({
                "id": 100 - n, "title": "", "sku": null, "barcode": null, "price_minor": 1000,
                "compare_at_minor": null, "taxable": true, "requires_shipping": true, "policy": "DENY",
                "weight_grams": 0, "option_values": [size, color], "media": null, "inventory_item_id": n,
                "tracked": true,
            })
        };
        let document = json!({
            "id": 1, "version": 1, "handle": "shirt", "title": "Shirt", "description_html": "", "description": "",
            "vendor": "", "product_type": "", "tags": [], "gift_card": false, "template_suffix": null,
            "seo_title": null, "seo_description": null, "media": [],
            "options": [option(1, "Size", &["S", "M"]), option(2, "Color", &["Red", "Blue", "Green"])],
            "variants": variants.iter().enumerate().map(variant).collect::<Vec<_>>(),
            "price_range": { "min_minor": 1000, "max_minor": 1000 }, "compare_at_range": null,
            "created_at": "2026-01-01T00:00:00Z", "updated_at": "2026-01-01T00:00:00Z",
            "published_at": "2026-01-01T00:00:00Z",
        });
        let each = |(_, _, left): &(usize, usize, i64)| VariantStock {
            available: *left,
            for_sale: *left > 0,
            tracked: true,
        };
        let stock: Vec<VariantStock> = variants.iter().map(each).collect();
        let stock = ProductStock {
            for_sale: stock.iter().any(|stock| stock.for_sale),
            total: stock.iter().map(|stock| stock.available).sum(),
            variants: stock,
            bundles: Bundles::default(),
        };
        let document = serde_json::from_value(document).expect("a document");
        Face::new(Arc::new(document), stock, Currency::EUR)
    }

    #[test]
    fn what_exists_is_told_from_what_can_be_bought() {
        let face = shirt(&[(0, 0, 1), (0, 1, 0), (1, 2, 5)]);
        assert_eq!(face.existence(), "v1_0:0-1,1:2,");
        assert_eq!(face.availability(), "v1_0:0,1:2,");
    }

    #[test]
    fn what_can_be_bought_comes_first() {
        let face = shirt(&[(0, 0, 0), (0, 1, 0), (1, 0, 3)]);
        assert_eq!(face.first_for_sale(|_| true), Some(2));
        assert_eq!(face.first_for_sale(|variant| variant.option_values[0] == 0), Some(0));
        assert_eq!(face.first_for_sale(|variant| variant.option_values[1] == 2), None);
    }
}
