//! Pages.

use mcom_data::Result;
use mcom_store::pages::{self, PageInput, PageRow};

use super::published_at;
use crate::{
    file::Page,
    run::{Action, Run},
};

pub(crate) async fn apply(run: &mut Run<'_>) -> Result<()> {
    let Some(section) = &run.file.pages else { return Ok(()) };
    run.named_once("pages", section.iter().map(|page| page.handle.as_str()));
    let there = pages::all(run.cx).await?;
    for (index, page) in section.iter().enumerate() {
        let before = there.iter().find(|row| row.values.handle == page.handle);
        put(run, &format!("pages.{index}"), page, before).await?;
    }
    for row in there.iter().filter(|row| !section.iter().any(|page| page.handle == row.values.handle)) {
        if run.passes("page", &row.values.handle) {
            pages::delete(run.cx, row.id()).await?;
        }
    }
    Ok(())
}

async fn put(run: &mut Run<'_>, path: &str, page: &Page, before: Option<&PageRow>) -> Result<()> {
    let since = before.and_then(|row| row.values.published_at);
    let input = PageInput {
        handle: Some(page.handle.clone()),
        title: page.title.clone(),
        body: page.body.clone(),
        seo_title: page.seo.title.clone(),
        seo_description: page.seo.description.clone(),
        template_suffix: page.template_suffix.clone(),
        published_at: published_at(page.published, page.published_at, since, run.cx.now()),
    };
    let Some(values) = run.heed(path, input.checked())? else { return Ok(()) };
    if values.handle != page.handle {
        run.fault(&format!("{path}.handle"), format!("a handle is written like «{}»", values.handle));
        return Ok(());
    }
    match before {
        Some(row) if row.values == values => run.keeps(),
        Some(row) => {
            if run.does(Action::Update, "page", &page.handle) {
                let done = pages::update(run.cx, row.id(), &input).await;
                run.heed(path, done)?;
            }
        }
        None => {
            if run.does(Action::Create, "page", &page.handle) {
                let done = pages::create(run.cx, &input).await;
                run.heed(path, done)?;
            }
        }
    }
    Ok(())
}
