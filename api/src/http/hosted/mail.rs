//! The mails of a store that has no mail server, where whoever develops it reads them.

use std::{path::Path, sync::Arc};

use mcom_data::{Cx, Error, Result};
use poem::{Request, Response, handler, web};

use super::{App, answer, enter, html::Page};
use crate::mail::{self, Found};

/// So many are shown.
const SHOWN: usize = 50;

#[handler]
pub(super) async fn mail_page(request: &Request, app: web::Data<&Arc<App>>) -> Response {
    match enter(&app, request).await {
        Ok((cx, store)) => answer(&cx, show(&cx, &store, app.mails.as_deref()).await, &store).await,
        Err(refused) => refused,
    }
}

/// The page; `None` where mails are not shown.
async fn show(cx: &Cx, store: &str, folder: Option<&Path>) -> Result<Option<Page>> {
    let Some(folder) = folder else { return Ok(None) };
    let letters = mail::letters(folder, cx.tenant().handle()).await.map_err(Error::broken)?;
    let mut page = Page::new(store, "Mails");
    if letters.is_empty() {
        page.paragraph("No mail was sent yet.");
    }
    for letter in letters.iter().take(SHOWN) {
        put(&mut page, letter);
    }
    Ok(Some(page))
}

fn put(page: &mut Page, letter: &Found) {
    let line = |name: &str| letter.head.iter().find(|line| line.starts_with(name)).map(String::as_str);
    page.heading(line("Subject: ").map_or("Mail", |subject| subject.trim_start_matches("Subject: ")));
    let envelope: Vec<String> = ["To: ", "Date: "].into_iter().filter_map(line).map(str::to_owned).collect();
    page.lines(&envelope);
    for paragraph in letter.text.split("\n\n").map(str::trim).filter(|text| !text.is_empty()) {
        // A link stands alone.
        if paragraph.starts_with("http") {
            page.link(paragraph, paragraph);
        } else {
            page.paragraph(paragraph);
        }
    }
}
