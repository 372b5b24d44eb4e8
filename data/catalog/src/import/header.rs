//! The header: which column holds what, under the names of older and newer exports.

use std::collections::HashMap;

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Column {
    Handle,
    Title,
    Body,
    Vendor,
    ProductType,
    Category,
    Tags,
    Published,
    Status,
    GiftCard,
    SeoTitle,
    SeoDescription,
    /// By the option's place, from 0.
    OptionName(usize),
    OptionValue(usize),
    Sku,
    Barcode,
    Price,
    CompareAtPrice,
    Cost,
    Grams,
    /// How much is in one piece.
    Measured,
    MeasuredUnit,
    /// How much the unit price is for.
    Reference,
    ReferenceUnit,
    Tracker,
    Quantity,
    Policy,
    RequiresShipping,
    Taxable,
    ImageUrl,
    ImagePosition,
    ImageAlt,
    VariantImage,
}

impl Column {
    /// Case, spaces and signs do not count.
    fn named(name: &str) -> Option<Self> {
        let name: String = name.chars().filter(char::is_ascii_alphanumeric).collect();
        let name = name.to_ascii_lowercase();
        Some(match name.strip_prefix("variant").unwrap_or(&name) {
            "handle" | "urlhandle" => Column::Handle,
            "title" => Column::Title,
            "bodyhtml" | "body" | "description" => Column::Body,
            "vendor" => Column::Vendor,
            "type" | "producttype" | "customproducttype" => Column::ProductType,
            "productcategory" | "category" => Column::Category,
            "tags" => Column::Tags,
            "published" | "publishedononlinestore" => Column::Published,
            "status" => Column::Status,
            "giftcard" => Column::GiftCard,
            "seotitle" => Column::SeoTitle,
            "seodescription" => Column::SeoDescription,
            "option1name" => Column::OptionName(0),
            "option2name" => Column::OptionName(1),
            "option3name" => Column::OptionName(2),
            "option1value" => Column::OptionValue(0),
            "option2value" => Column::OptionValue(1),
            "option3value" => Column::OptionValue(2),
            "sku" => Column::Sku,
            "barcode" => Column::Barcode,
            "price" => Column::Price,
            "compareatprice" => Column::CompareAtPrice,
            "costperitem" => Column::Cost,
            "grams" | "weightvaluegrams" => Column::Grams,
            "unitpricetotalmeasure" => Column::Measured,
            "unitpricetotalmeasureunit" => Column::MeasuredUnit,
            "unitpricebasemeasure" => Column::Reference,
            "unitpricebasemeasureunit" => Column::ReferenceUnit,
            "inventorytracker" => Column::Tracker,
            "inventoryqty" | "inventoryquantity" => Column::Quantity,
            "inventorypolicy" | "continuesellingwhenoutofstock" => Column::Policy,
            "requiresshipping" => Column::RequiresShipping,
            "taxable" | "chargetax" => Column::Taxable,
            "imagesrc" | "productimageurl" => Column::ImageUrl,
            "imageposition" => Column::ImagePosition,
            "imagealttext" => Column::ImageAlt,
            "image" | "imageurl" => Column::VariantImage,
            _ => return None,
        })
    }
}

/// Where the known columns are.
#[derive(Debug, Clone, Default)]
pub(super) struct Header {
    places: HashMap<Column, usize>,
    /// Names of columns that mean nothing here, or that are there twice.
    pub ignored: Vec<String>,
}

impl Header {
    pub(super) fn of<'a>(names: impl Iterator<Item = &'a str>) -> Self {
        let mut header = Header::default();
        for (place, name) in names.enumerate() {
            match Column::named(name) {
                Some(column) if !header.has(column) => {
                    header.places.insert(column, place);
                }
                _ if name.trim().is_empty() => {}
                _ => header.ignored.push(name.trim().to_owned()),
            }
        }
        header
    }

    pub(super) fn has(&self, column: Column) -> bool {
        self.places.contains_key(&column)
    }

    pub(super) fn place(&self, column: Column) -> Option<usize> {
        self.places.get(&column).copied()
    }
}

#[cfg(test)]
mod tests {
    use super::{Column, Header};

    #[test]
    fn older_and_newer_names_mean_the_same() {
        for (older, newer) in [
            ("Handle", "URL handle"),
            ("Body (HTML)", "Description"),
            ("Published", "Published on online store"),
            ("Option1 Name", "Option1 name"),
            ("Variant SKU", "SKU"),
            ("Variant Grams", "Weight value (grams)"),
            ("Variant Inventory Qty", "Inventory quantity"),
            ("Variant Inventory Policy", "Continue selling when out of stock"),
            ("Variant Compare At Price", "Compare-at price"),
            ("Variant Taxable", "Charge tax"),
            ("Unit Price Total Measure Unit", "Unit price total measure unit"),
            ("Image Src", "Product image URL"),
            ("Variant Image", "Variant image URL"),
        ] {
            let column = Column::named(older);
            assert!(column.is_some(), "{older}");
            assert_eq!(column, Column::named(newer), "{newer}");
        }
    }

    #[test]
    fn what_means_nothing_is_told() {
        let header = Header::of(["Handle", "Google Shopping / MPN", "Title", "Title", ""].into_iter());
        assert_eq!(header.place(Column::Title), Some(2));
        assert_eq!(header.ignored, ["Google Shopping / MPN", "Title"]);
    }
}
