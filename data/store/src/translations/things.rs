//! What of the store's own texts is put into another language, and where it stands.

use super::{Texts, Translatable, TranslatedKind};
use crate::{
    articles::Article,
    blogs::BlogRow,
    menus::{Menu, MenuItem},
    pages::PageRow,
    policies::PolicyRow,
};

impl Translatable for PageRow {
    const KIND: TranslatedKind = TranslatedKind::Page;

    fn number(&self) -> i64 {
        self.id
    }

    fn put(&mut self, texts: &Texts) {
        texts.put("title", &mut self.values.title);
        texts.put("body_html", &mut self.values.body_html);
        texts.put_some("meta_title", &mut self.values.seo_title);
        texts.put_some("meta_description", &mut self.values.seo_description);
    }
}

impl Translatable for BlogRow {
    const KIND: TranslatedKind = TranslatedKind::Blog;

    fn number(&self) -> i64 {
        self.id
    }

    fn put(&mut self, texts: &Texts) {
        texts.put("title", &mut self.values.title);
        texts.put_some("meta_title", &mut self.values.seo_title);
        texts.put_some("meta_description", &mut self.values.seo_description);
    }
}

impl Translatable for Article {
    const KIND: TranslatedKind = TranslatedKind::Article;

    fn number(&self) -> i64 {
        self.row.id
    }

    fn put(&mut self, texts: &Texts) {
        let values = &mut self.row.values;
        texts.put("title", &mut values.title);
        texts.put("body_html", &mut values.body_html);
        texts.put_some("summary_html", &mut values.excerpt_html);
        texts.put_some("meta_title", &mut values.seo_title);
        texts.put_some("meta_description", &mut values.seo_description);
    }
}

impl Translatable for Menu {
    const KIND: TranslatedKind = TranslatedKind::Menu;

    fn number(&self) -> i64 {
        self.id.0
    }

    fn put(&mut self, texts: &Texts) {
        texts.put("title", &mut self.title);
        put_items(&mut self.items, texts);
    }
}

fn put_items(items: &mut [MenuItem], texts: &Texts) {
    for item in items {
        texts.put(&format!("item.{}", item.title), &mut item.title);
        put_items(&mut item.items, texts);
    }
}

impl Translatable for PolicyRow {
    const KIND: TranslatedKind = TranslatedKind::ShopPolicy;

    fn number(&self) -> i64 {
        self.id
    }

    fn put(&mut self, texts: &Texts) {
        texts.put("body", &mut self.body_html);
    }
}
