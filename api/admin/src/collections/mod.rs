//! Collections: products put together by hand or by rules.

mod change;
mod list;
mod parts;
mod rule;

use std::sync::Arc;

use mcom_catalog::collections;
use mcom_kit::Registry;

use crate::{image::Image, seo::Seo};
use rule::CollectionRuleSet;

pub(crate) use list::{find, of_product};

/// A collection.
pub struct Collection {
    /// What the catalog knows of it.
    pub it: Arc<collections::Collection>,
}

mcom_kit::record!(Collection as "Collection" {
    "descriptionHtml" = it.row.description_html,
    "handle" = it.row.handle,
    "id" => Collection::gid,
    "image" => Collection::image,
    "legacyResourceId" => Collection::number,
    "ruleSet" => Collection::rule_set,
    "seo" => Collection::seo,
    "sortOrder" = it.row.sort_order,
    "templateSuffix" = it.row.template_suffix,
    "title" = it.row.title,
    "updatedAt" = it.row.updated_at,
});

mcom_kit::connection!(
    CollectionConnection, CollectionEdge of Collection as "CollectionConnection" "CollectionEdge"
);

pub(crate) fn register(registry: &mut Registry) {
    list::register(registry);
    parts::register(registry);
    change::register(registry);
}

impl Collection {
    /// Shows a collection.
    pub(crate) fn of(it: Arc<collections::Collection>) -> Arc<Self> {
        Arc::new(Collection { it })
    }

    fn gid(&self) -> String {
        self.it.row.id().gid()
    }

    fn number(&self) -> String {
        self.it.row.id.to_string()
    }

    fn image(&self) -> Option<Image> {
        let url = self.it.row.image_url.clone()?;
        let look = self.it.row.image_look();
        let alt = self.it.row.image_alt.clone();
        Some(Image { id: None, url, alt, width: look.width, height: look.height })
    }

    fn rule_set(&self) -> Option<CollectionRuleSet> {
        self.it.rule_set.as_ref().map(CollectionRuleSet::of)
    }

    fn seo(&self) -> Seo {
        Seo { title: self.it.row.seo_title.clone(), description: self.it.row.seo_description.clone() }
    }
}
