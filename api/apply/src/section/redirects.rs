//! Redirects.

use mcom_catalog::redirects;
use mcom_data::Result;

use crate::run::{Action, Run};

pub(crate) async fn apply(run: &mut Run<'_>) -> Result<()> {
    let Some(section) = &run.file.redirects else { return Ok(()) };
    run.named_once("redirects", section.iter().map(|redirect| redirect.path.as_str()));
    let there = redirects::all(run.cx).await?;
    for (index, redirect) in section.iter().enumerate() {
        let path = format!("redirects.{index}");
        let checked = redirects::check(&redirect.path, Some(&redirect.target));
        if run.heed(&path, checked.map_err(Into::into))?.is_none() {
            continue;
        }
        let before = there.iter().find(|row| row.path == redirect.path);
        let does = match before {
            Some(row) if row.target == redirect.target => {
                run.keeps();
                continue;
            }
            Some(_) => run.does(Action::Update, "redirect", &redirect.path),
            None => run.does(Action::Create, "redirect", &redirect.path),
        };
        if does {
            let done = redirects::set(run.cx, &redirect.path, Some(&redirect.target)).await;
            run.heed(&path, done)?;
        }
    }
    for row in there.iter().filter(|row| !section.iter().any(|redirect| redirect.path == row.path)) {
        if run.passes("redirect", &row.path) {
            redirects::set(run.cx, &row.path, None).await?;
        }
    }
    Ok(())
}
