//! The articles of a blog, and what readers say about them.

use chrono::{DateTime, Utc};
use mcom_data::Result;
use mcom_schema::id::{ArticleId, BlogId};
use mcom_store::articles::{self, ArticleInput, ArticleRow, Author, CommentInput, CommentStatus};

use super::super::published_at;
use crate::{
    file::{Article, Comment, Image},
    run::{Action, Run},
};

/// Makes the articles of a blog, which is given by handle and number, what the file says.
pub(super) async fn all(
    run: &mut Run<'_>,
    path: &str,
    (blog, id): (&str, Option<BlogId>),
    section: &[Article],
) -> Result<()> {
    let path = format!("{path}.articles");
    run.named_once(&path, section.iter().map(|article| article.handle.as_str()));
    let there = match id {
        Some(id) => articles::all(run.cx, id).await?,
        None => vec![],
    };
    for (index, article) in section.iter().enumerate() {
        let path = format!("{path}.{index}");
        let before = there.iter().find(|row| row.values.handle == article.handle);
        let name = format!("{blog}/{}", article.handle);
        let id = put(run, (&path, &name), (article, before), id).await?;
        if let Some(said) = &article.comments {
            comments(run, (&path, &name), id, said).await?;
        }
    }
    let is_named = |row: &&ArticleRow| section.iter().any(|article| article.handle == row.values.handle);
    for row in there.iter().filter(|row| !is_named(row)) {
        if run.passes("article", &format!("{blog}/{}", row.values.handle)) {
            articles::delete(run.cx, row.id()).await?;
        }
    }
    Ok(())
}

async fn put(
    run: &mut Run<'_>,
    (path, name): (&str, &str),
    (article, before): (&Article, Option<&ArticleRow>),
    blog: Option<BlogId>,
) -> Result<Option<ArticleId>> {
    let id = before.map(ArticleRow::id);
    let input = input(article, before.and_then(|row| row.values.published_at), run.cx.now());
    let Some(values) = run.heed(path, input.checked())? else { return Ok(id) };
    if values.handle != article.handle {
        run.fault(&format!("{path}.handle"), format!("a handle is written like «{}»", values.handle));
        return Ok(id);
    }
    match before {
        Some(row) if row.values == values => run.keeps(),
        Some(row) => {
            if run.does(Action::Update, "article", name) {
                let done = articles::update(run.cx, row.id(), &input).await;
                run.heed(path, done)?;
            }
        }
        None => {
            if let (true, Some(blog)) = (run.does(Action::Create, "article", name), blog) {
                let done = articles::create(run.cx, blog, &input).await;
                return run.heed(path, done);
            }
        }
    }
    Ok(id)
}

fn input(article: &Article, since: Option<DateTime<Utc>>, now: DateTime<Utc>) -> ArticleInput {
    let author = article.author.clone();
    ArticleInput {
        handle: Some(article.handle.clone()),
        title: article.title.clone(),
        author: Author {
            first_name: author.first_name,
            last_name: author.last_name,
            email: author.email,
            bio: author.bio,
        },
        body: article.body.clone(),
        excerpt: article.excerpt.clone(),
        tags: article.tags.clone(),
        image_url: article.image.as_ref().map(|image| image.url.clone()),
        image_alt: article.image.as_ref().and_then(|image| image.alt.clone()),
        image_look: article.image.as_ref().map(Image::look).unwrap_or_default(),
        seo_title: article.seo.title.clone(),
        seo_description: article.seo.description.clone(),
        template_suffix: article.template_suffix.clone(),
        published_at: published_at(article.published, article.published_at, since, now),
    }
}

async fn comments(
    run: &mut Run<'_>,
    (path, name): (&str, &str),
    article: Option<ArticleId>,
    said: &[Comment],
) -> Result<()> {
    let status =
        |published: bool| if published { CommentStatus::Published } else { CommentStatus::Unapproved };
    let input = |comment: &Comment| CommentInput {
        author: comment.author.clone(),
        email: comment.email.clone(),
        body: comment.body.clone(),
        status: status(comment.published),
        created_at: comment.created_at,
    };
    let inputs: Vec<CommentInput> = said.iter().map(input).collect();
    for (index, input) in inputs.iter().enumerate() {
        run.heed(&format!("{path}.comments.{index}"), input.check())?;
    }
    let there = match article {
        Some(article) => articles::comments(run.cx, article).await?,
        None => vec![],
    };
    let same =
        there.len() == inputs.len() && inputs.iter().all(|input| there.iter().any(|row| input.is(row)));
    if same {
        run.keeps();
    } else if let (true, Some(article)) = (run.does(Action::Update, "comments of", name), article) {
        let done = articles::set_comments(run.cx, article, &inputs).await;
        run.heed(path, done)?;
    }
    Ok(())
}
