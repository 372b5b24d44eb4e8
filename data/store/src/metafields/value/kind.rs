//! The types that values can be of, as the published APIs name them.

use std::fmt;

use super::reference::ReferencedKind;

/// The type of a value: of one, or of a list of such.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ValueType {
    pub(super) kind: Kind,
    /// Whether a value is a list.
    pub list: bool,
}

/// What a value, or an item of a list, is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    ArticleReference,
    Boolean,
    CollectionReference,
    Color,
    CustomerReference,
    Date,
    DateTime,
    Dimension,
    FileReference,
    Id,
    Json,
    Language,
    Link,
    MetaobjectReference,
    MixedReference,
    Money,
    MultiLineText,
    NumberDecimal,
    NumberInteger,
    OrderReference,
    PageReference,
    ProductReference,
    Rating,
    RichText,
    SingleLineText,
    Url,
    VariantReference,
    Volume,
    Weight,
}

/// Each with its name, and whether there are lists of it.
const KINDS: [(Kind, &str, bool); 29] = [
    (Kind::ArticleReference, "article_reference", true),
    (Kind::Boolean, "boolean", false),
    (Kind::CollectionReference, "collection_reference", true),
    (Kind::Color, "color", true),
    (Kind::CustomerReference, "customer_reference", true),
    (Kind::Date, "date", true),
    (Kind::DateTime, "date_time", true),
    (Kind::Dimension, "dimension", true),
    (Kind::FileReference, "file_reference", true),
    (Kind::Id, "id", false),
    (Kind::Json, "json", false),
    (Kind::Language, "language", false),
    (Kind::Link, "link", true),
    (Kind::MetaobjectReference, "metaobject_reference", true),
    (Kind::MixedReference, "mixed_reference", true),
    (Kind::Money, "money", false),
    (Kind::MultiLineText, "multi_line_text_field", false),
    (Kind::NumberDecimal, "number_decimal", true),
    (Kind::NumberInteger, "number_integer", true),
    (Kind::OrderReference, "order_reference", true),
    (Kind::PageReference, "page_reference", true),
    (Kind::ProductReference, "product_reference", true),
    (Kind::Rating, "rating", true),
    (Kind::RichText, "rich_text_field", false),
    (Kind::SingleLineText, "single_line_text_field", true),
    (Kind::Url, "url", true),
    (Kind::VariantReference, "variant_reference", true),
    (Kind::Volume, "volume", true),
    (Kind::Weight, "weight", true),
];

impl ValueType {
    /// The type with this name: `weight`, `list.weight`.
    pub fn parse(name: &str) -> Option<Self> {
        let (item, list) = name.strip_prefix("list.").map_or((name, false), |item| (item, true));
        let (kind, _, lists) = KINDS.iter().find(|(_, known, _)| *known == item)?;
        (*lists || !list).then_some(ValueType { kind: *kind, list })
    }

    /// Every type there is.
    pub fn all() -> impl Iterator<Item = Self> {
        let both = |(kind, _, lists): &(Kind, &str, bool)| {
            let (one, many) = (ValueType { kind: *kind, list: false }, ValueType { kind: *kind, list: true });
            [Some(one), lists.then_some(many)]
        };
        KINDS.iter().flat_map(both).flatten()
    }
}

impl ValueType {
    /// Whether products can be narrowed down by such values: few different ones, each the same text wherever it stands.
    pub(in super::super) const fn is_choosable(self) -> bool {
        matches!(self.kind, Kind::Boolean | Kind::NumberInteger | Kind::SingleLineText)
    }

    /// Whether a value is true or false.
    pub const fn is_truth(self) -> bool {
        matches!(self.kind, Kind::Boolean)
    }
}

impl fmt::Display for ValueType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(if self.list { "list." } else { "" })?;
        f.write_str(KINDS.iter().find(|(kind, _, _)| *kind == self.kind).map_or("", |(_, name, _)| name))
    }
}

impl Kind {
    /// What a value may refer to; nothing for values that stand for themselves.
    pub(super) const fn targets(self) -> &'static [ReferencedKind] {
        match self {
            Kind::ArticleReference => &[ReferencedKind::Article],
            Kind::CollectionReference => &[ReferencedKind::Collection],
            Kind::CustomerReference => &[ReferencedKind::Customer],
            Kind::FileReference => {
                &[ReferencedKind::File, ReferencedKind::Image, ReferencedKind::Model3d, ReferencedKind::Video]
            }
            Kind::MetaobjectReference | Kind::MixedReference => &[ReferencedKind::Metaobject],
            Kind::OrderReference => &[ReferencedKind::Order],
            Kind::PageReference => &[ReferencedKind::Page],
            Kind::ProductReference => &[ReferencedKind::Product],
            Kind::VariantReference => &[ReferencedKind::Variant],
            _ => &[],
        }
    }

    /// Whether a list holds the value itself, not a text with it.
    pub(super) const fn is_bare(self) -> bool {
        matches!(
            self,
            Kind::NumberInteger
                | Kind::NumberDecimal
                | Kind::Dimension
                | Kind::Volume
                | Kind::Weight
                | Kind::Rating
                | Kind::Link
        )
    }
}
