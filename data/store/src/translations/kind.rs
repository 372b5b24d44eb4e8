//! What can be translated.

use super::Texts;

/// A kind of things that have texts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum TranslatedKind {
    /// Articles.
    Article,
    /// Blogs.
    Blog,
    /// Collections.
    Collection,
    /// Menus with their items.
    Menu,
    /// Single metafields.
    Metafield,
    /// Pages.
    Page,
    /// Products with their options and values.
    Product,
    /// The store itself.
    Shop,
    /// The store's terms.
    ShopPolicy,
}

impl TranslatedKind {
    const ALL: [TranslatedKind; 9] = [
        TranslatedKind::Article,
        TranslatedKind::Blog,
        TranslatedKind::Collection,
        TranslatedKind::Menu,
        TranslatedKind::Metafield,
        TranslatedKind::Page,
        TranslatedKind::Product,
        TranslatedKind::Shop,
        TranslatedKind::ShopPolicy,
    ];

    /// The name in the database.
    pub const fn name(self) -> &'static str {
        match self {
            TranslatedKind::Article => "ARTICLE",
            TranslatedKind::Blog => "BLOG",
            TranslatedKind::Collection => "COLLECTION",
            TranslatedKind::Menu => "MENU",
            TranslatedKind::Metafield => "METAFIELD",
            TranslatedKind::Page => "PAGE",
            TranslatedKind::Product => "PRODUCT",
            TranslatedKind::Shop => "SHOP",
            TranslatedKind::ShopPolicy => "SHOP_POLICY",
        }
    }

    /// The kind with this name.
    pub(super) fn parse(name: &str) -> Option<Self> {
        TranslatedKind::ALL.into_iter().find(|kind| kind.name() == name)
    }

    /// Whether things of this kind have such a text. Options, their values and the items of menus go by what they are called in the
    /// store's own language: `option.Size`, `option.Size.Small`, `item.About`. What is renamed there has to be translated again.
    pub(super) fn has(self, key: &str) -> bool {
        let keys: &[&str] = match self {
            TranslatedKind::Article => {
                &["title", "body_html", "summary_html", "meta_title", "meta_description"]
            }
            TranslatedKind::Blog => &["title", "meta_title", "meta_description"],
            TranslatedKind::Collection | TranslatedKind::Page => {
                &["title", "body_html", "meta_title", "meta_description"]
            }
            TranslatedKind::Product => {
                &["title", "body_html", "product_type", "meta_title", "meta_description"]
            }
            TranslatedKind::Menu => &["title"],
            TranslatedKind::Metafield => &["value"],
            TranslatedKind::Shop => &["name", "description"],
            TranslatedKind::ShopPolicy => &["body"],
        };
        let named = match self {
            TranslatedKind::Menu => key.strip_prefix("item."),
            TranslatedKind::Product => key.strip_prefix("option."),
            _ => None,
        };
        keys.contains(&key) || named.is_some_and(|name| !name.is_empty())
    }
}

/// Something whose texts can be put into another language.
pub trait Translatable: Clone + Send + Sync {
    /// What it is.
    const KIND: TranslatedKind;

    /// Its number.
    fn number(&self) -> i64;

    /// Puts these texts in the place of its own; what is not translated stays as it is.
    fn put(&mut self, texts: &Texts);
}
