//! Collections.

use std::sync::Arc;

use mcom_catalog::{
    collections::{
        self, Collection, CollectionInput, CollectionList, CollectionRuleInput, CollectionRuleSetInput,
        ImageInput,
    },
    products::{self, SeoInput},
    publications::{self, ONLINE_STORE, PublicationInput, Publishable},
};
use mcom_data::{Result, page::PageArgs};
use mcom_schema::id::{CollectionId, ProductId};

use crate::{
    file::collections as file,
    run::{Action, Run},
};

pub(crate) async fn apply(run: &mut Run<'_>) -> Result<()> {
    let Some(section) = &run.file.collections else { return Ok(()) };
    run.named_once("collections", section.iter().map(|it| it.handle.as_str()));
    let there = all(run).await?;
    for (index, it) in section.iter().enumerate() {
        let before = there.iter().find(|known| known.row.handle == it.handle);
        put(run, &format!("collections.{index}"), it, before.map(Arc::as_ref)).await?;
    }
    for known in there.iter().filter(|known| !section.iter().any(|it| it.handle == known.row.handle)) {
        if run.passes("collection", &known.row.handle) {
            collections::delete(run.cx, known.row.id()).await?;
        }
    }
    Ok(())
}

/// Every collection of the store.
async fn all(run: &Run<'_>) -> Result<Vec<Arc<Collection>>> {
    let mut all = vec![];
    let mut page = PageArgs::first(250);
    loop {
        let part = collections::page(run.cx, &CollectionList::all(page.clone())).await?;
        page.cursor = part.items.last().map(|(cursor, _)| cursor.clone());
        all.extend(part.items.into_iter().map(|(_, it)| it));
        if !part.has_next {
            return Ok(all);
        }
    }
}

async fn put(
    run: &mut Run<'_>,
    path: &str,
    it: &file::Collection,
    before: Option<&Collection>,
) -> Result<()> {
    let Some(products) = products_of(run, path, it).await? else { return Ok(()) };
    if before.is_some_and(|before| before.rule_set.is_some()) && it.rule_set.is_none() {
        run.fault(path, "a collection that fills itself cannot be filled by hand");
        return Ok(());
    }
    let input = input(it, before.map_or(products, |_| vec![]));
    let compared = collections::differs(run.cx, before.map(|before| &before.row), &input).await;
    let Some(differs) = run.heed(path, compared)? else { return Ok(()) };
    let is_shown = before.map(|before| before.published_at.is_some());
    if !differs && is_shown == Some(it.published) {
        run.keeps();
        return Ok(());
    }
    let action = if before.is_some() { Action::Update } else { Action::Create };
    if !run.does(action, "collection", &it.handle) {
        return Ok(());
    }
    let done = match before {
        Some(before) if differs => collections::update(run.cx, before.row.id(), &input).await,
        Some(before) => Ok(before.row.id()),
        None => collections::create(run.cx, &input).await,
    };
    if let Some(id) = run.heed(path, done)?
        && is_shown.unwrap_or_default() != it.published
    {
        show(run, id, it.published).await?;
    }
    Ok(())
}

/// Puts a collection on the online store, or takes it off.
async fn show(run: &Run<'_>, id: CollectionId, is_shown: bool) -> Result<()> {
    let all = publications::list(run.cx).await?;
    let online = all.iter().find(|place| place.handle == ONLINE_STORE).map(|place| place.id);
    let places = [PublicationInput { publication_id: online, publish_date: None }];
    let collection = Publishable::Collection(id);
    if is_shown {
        publications::publish(run.cx, collection, &places).await
    } else {
        publications::unpublish(run.cx, collection, &places).await
    }
}

/// What is put into it by hand; `None` if there is no such product, which is told.
async fn products_of(run: &mut Run<'_>, path: &str, it: &file::Collection) -> Result<Option<Vec<ProductId>>> {
    let mut ids = vec![];
    for (index, handle) in it.products.iter().enumerate() {
        match products::by_handle(run.cx, handle).await? {
            Some(product) => ids.push(product.row.id()),
            None => {
                run.fault(&format!("{path}.products.{index}"), format!("there is no product «{handle}»"));
            }
        }
    }
    Ok((ids.len() == it.products.len()).then_some(ids))
}

fn input(it: &file::Collection, products: Vec<ProductId>) -> CollectionInput {
    let rule = |rule: &file::Rule| CollectionRuleInput {
        column: rule.column,
        relation: rule.relation,
        condition: rule.condition.clone(),
    };
    let rules = |set: &file::RuleSet| CollectionRuleSetInput {
        applied_disjunctively: set.applied_disjunctively,
        rules: set.rules.iter().map(rule).collect(),
    };
    let image = it.image.as_ref().map(|image| ImageInput {
        src: Some(image.url.clone()),
        alt_text: image.alt.clone(),
        look: Some(image.look()),
    });
    CollectionInput {
        handle: Some(it.handle.clone()),
        title: Some(it.title.clone()),
        description_html: Some(it.body.clone()),
        image: Some(image),
        products,
        rule_set: it.rule_set.as_ref().map(rules),
        seo: Some(SeoInput {
            title: Some(it.seo.title.clone()),
            description: Some(it.seo.description.clone()),
        }),
        sort_order: it.sort_order,
        template_suffix: Some(it.template_suffix.clone()),
        redirect_new_handle: None,
    }
}
