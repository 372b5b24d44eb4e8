//! Blogs with their articles and comments.

mod article;

use mcom_data::Result;
use mcom_schema::id::BlogId;
use mcom_store::blogs::{self, BlogInput, BlogRow};

use crate::{
    file::Blog,
    run::{Action, Run},
};

pub(crate) async fn apply(run: &mut Run<'_>) -> Result<()> {
    let Some(section) = &run.file.blogs else { return Ok(()) };
    run.named_once("blogs", section.iter().map(|blog| blog.handle.as_str()));
    let there = blogs::all(run.cx).await?;
    for (index, blog) in section.iter().enumerate() {
        let path = format!("blogs.{index}");
        let before = there.iter().find(|row| row.values.handle == blog.handle);
        let id = put(run, &path, blog, before).await?;
        if let Some(articles) = &blog.articles {
            article::all(run, &path, (&blog.handle, id), articles).await?;
        }
    }
    for row in there.iter().filter(|row| !section.iter().any(|blog| blog.handle == row.values.handle)) {
        if run.passes("blog", &row.values.handle) {
            blogs::delete(run.cx, row.id()).await?;
        }
    }
    Ok(())
}

/// Makes a blog what the file says; its number, if there is one already.
async fn put(run: &mut Run<'_>, path: &str, blog: &Blog, before: Option<&BlogRow>) -> Result<Option<BlogId>> {
    let input = BlogInput {
        handle: Some(blog.handle.clone()),
        title: blog.title.clone(),
        seo_title: blog.seo.title.clone(),
        seo_description: blog.seo.description.clone(),
        template_suffix: blog.template_suffix.clone(),
    };
    let id = before.map(BlogRow::id);
    let Some(values) = run.heed(path, input.checked())? else { return Ok(id) };
    if values.handle != blog.handle {
        run.fault(&format!("{path}.handle"), format!("a handle is written like «{}»", values.handle));
        return Ok(id);
    }
    match before {
        Some(row) if row.values == values => run.keeps(),
        Some(row) => {
            if run.does(Action::Update, "blog", &blog.handle) {
                let done = blogs::update(run.cx, row.id(), &input).await;
                run.heed(path, done)?;
            }
        }
        None => {
            if run.does(Action::Create, "blog", &blog.handle) {
                let done = blogs::create(run.cx, &input).await;
                return run.heed(path, done);
            }
        }
    }
    Ok(id)
}
