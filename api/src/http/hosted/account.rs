//! The page to which mails lead that let their reader choose a password.

use std::sync::Arc;

use mcom_data::{Cx, Error, Result};
use mcom_sales::customers::{self, Password, SHORTEST_PASSWORD};
use mcom_schema::id::CustomerId;
use poem::{FromRequest, Request, RequestBody, Response, handler, http::StatusCode, web};
use serde::Deserialize;

use super::{App, answer, enter, html::Page, told};

/// No form that is sent here is longer, in bytes.
const LONGEST: usize = 4096;

/// What the path says.
#[derive(Deserialize)]
pub(super) struct Mailed {
    purpose: String,
    id: String,
    token: String,
}

#[derive(Clone, Copy)]
enum Purpose {
    Activate,
    Reset,
}

impl Purpose {
    fn read(text: &str) -> Option<Self> {
        match text {
            "activate" => Some(Purpose::Activate),
            "reset" => Some(Purpose::Reset),
            _ => None,
        }
    }
}

#[derive(Deserialize)]
struct Chosen {
    password: Password,
}

#[handler]
pub(super) async fn form(
    request: &Request,
    web::Path(mailed): web::Path<Mailed>,
    app: web::Data<&Arc<App>>,
) -> Response {
    match enter(&app, request).await {
        Ok((cx, store)) => {
            let purpose = Purpose::read(&mailed.purpose);
            answer(&cx, Ok(purpose.map(|purpose| ask(&store, purpose, None))), &store).await
        }
        Err(refused) => refused,
    }
}

#[handler]
pub(super) async fn choose(
    request: &Request,
    web::Path(mailed): web::Path<Mailed>,
    body: poem::Body,
    app: web::Data<&Arc<App>>,
) -> Response {
    let Some(chosen) = read(request, body).await else {
        return told("Not understood", "The form was not complete.", StatusCode::BAD_REQUEST);
    };
    match enter(&app, request).await {
        Ok((cx, store)) => answer(&cx, set(&cx, &store, &mailed, &chosen.password).await, &store).await,
        Err(refused) => refused,
    }
}

async fn read(request: &Request, body: poem::Body) -> Option<Chosen> {
    let bytes = body.into_bytes_limit(LONGEST).await.ok()?;
    let mut body = RequestBody::new(bytes.into());
    Some(web::Form::<Chosen>::from_request(request, &mut body).await.ok()?.0)
}

/// The page after the form was sent; `None` if the address is not complete.
async fn set(cx: &Cx, store: &str, mailed: &Mailed, password: &Password) -> Result<Option<Page>> {
    let purpose = Purpose::read(&mailed.purpose);
    let (Some(purpose), Some(id)) = (purpose, CustomerId::parse(&mailed.id)) else { return Ok(None) };
    let done = match purpose {
        Purpose::Activate => customers::activate(cx, id, &mailed.token, password).await,
        Purpose::Reset => customers::reset(cx, id, &mailed.token, password).await,
    };
    match done {
        Ok(_) => {
            let mut page = Page::new(store, "Your password is set");
            page.paragraph("Go back to the store and sign in with it.");
            Ok(Some(page))
        }
        Err(Error::Refused(refusals)) => {
            let why = refusals.first().map(|refusal| refusal.message.as_str());
            Ok(Some(ask(store, purpose, why)))
        }
        Err(error) => Err(error),
    }
}

fn ask(store: &str, purpose: Purpose, why_again: Option<&str>) -> Page {
    let (title, button) = match purpose {
        Purpose::Activate => ("Open your account", "Open the account"),
        Purpose::Reset => ("Choose another password", "Set the password"),
    };
    let mut page = Page::new(store, title);
    if let Some(why) = why_again {
        page.paragraph(why);
    }
    page.ask_for_password(button, SHORTEST_PASSWORD);
    page
}
