//! References: global ids of other things in the store.

use mcom_schema::{
    Gid, Refusal,
    id::{
        ArticleId, CollectionId, CustomerId, FileId, MediaId, MetaobjectId, OrderId, PageId, ProductId,
        VariantId, gid,
    },
};

use super::fault::invalid;

/// What can be referred to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ReferencedKind {
    /// An article.
    Article,
    /// A collection.
    Collection,
    /// A customer.
    Customer,
    /// A document or whatever else can be downloaded.
    File,
    /// A picture of a product, or of the store.
    Image,
    /// A metaobject.
    Metaobject,
    /// A model that can be looked at from all sides.
    Model3d,
    /// An order.
    Order,
    /// A page.
    Page,
    /// A product.
    Product,
    /// A variant.
    Variant,
    /// A film.
    Video,
}

impl ReferencedKind {
    const ALL: [ReferencedKind; 12] = [
        ReferencedKind::Article,
        ReferencedKind::Collection,
        ReferencedKind::Customer,
        ReferencedKind::File,
        ReferencedKind::Image,
        ReferencedKind::Metaobject,
        ReferencedKind::Model3d,
        ReferencedKind::Order,
        ReferencedKind::Page,
        ReferencedKind::Product,
        ReferencedKind::Variant,
        ReferencedKind::Video,
    ];

    /// The type name in its ids.
    pub const fn name(self) -> &'static str {
        match self {
            ReferencedKind::Article => ArticleId::KIND,
            ReferencedKind::Collection => CollectionId::KIND,
            ReferencedKind::Customer => CustomerId::KIND,
            ReferencedKind::File => FileId::KIND,
            ReferencedKind::Image => MediaId::KIND,
            ReferencedKind::Metaobject => MetaobjectId::KIND,
            ReferencedKind::Model3d => "Model3d",
            ReferencedKind::Order => OrderId::KIND,
            ReferencedKind::Page => PageId::KIND,
            ReferencedKind::Product => ProductId::KIND,
            ReferencedKind::Variant => VariantId::KIND,
            ReferencedKind::Video => "Video",
        }
    }
}

/// Something that a value refers to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Referenced {
    /// What it is.
    pub kind: ReferencedKind,
    /// Its number.
    pub id: i64,
}

impl Referenced {
    /// Reads a global id.
    pub(super) fn read(text: &str) -> Option<Self> {
        let id = Gid::parse(text)?;
        let kind = ReferencedKind::ALL.into_iter().find(|kind| kind.name() == id.kind)?;
        Some(Referenced { kind, id: id.number()? })
    }

    /// Its global id.
    pub fn gid(self) -> String {
        gid(self.kind.name(), self.id)
    }
}

/// A global id of one of these kinds.
pub(super) fn check(targets: &[ReferencedKind], text: &str) -> Result<String, Refusal> {
    let found = Referenced::read(text.trim()).filter(|found| targets.contains(&found.kind));
    let wrong = || {
        let names: Vec<&str> = targets.iter().map(|kind| kind.name()).collect();
        invalid(format!("Value must be the global id of a {}", names.join(" or ")))
    };
    found.map(Referenced::gid).ok_or_else(wrong)
}
