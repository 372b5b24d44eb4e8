//! The provider's HTTP face: the vault for storefronts, charges and refunds for shops, confirmations for buyers.

use std::{net::SocketAddr, path::Path, sync::Arc, time::Duration};

use mcom_schema::{Currency, Entropy, Money, SystemEntropy};
use poem::{
    EndpointExt, IntoResponse, Response, Route, Server,
    error::InternalServerError,
    get, handler,
    http::StatusCode,
    middleware::Cors,
    post,
    web::{Data, Html, Json, Path as Segments},
};
use serde::{Deserialize, Serialize};
use serde_json::json;
use tokio::net::TcpListener;

use super::{
    card::Card,
    ledger::{Books, Charge, Entry, Ledger, Why},
    page,
};
use crate::http::PromptAcceptor;

/// Longer than anybody waits.
const SILENCE: Duration = Duration::from_secs(60);

/// Where the provider listens, for the addresses of its own pages.
#[derive(Clone)]
struct Own(String);

type Shared<'a> = Data<&'a Arc<Ledger>>;

/// Runs the provider until the process ends. The ledger is kept in `file`.
///
/// # Errors
/// If the ledger cannot be read or the address is taken.
pub async fn run(listen: SocketAddr, file: &Path) -> anyhow::Result<()> {
    let ledger = Arc::new(Ledger::open(file)?);
    let routes = Route::new()
        .at("/healthz", get(healthz))
        .at("/sessions", post(tokenize).with(Cors::new()))
        .at("/charges", post(take))
        .at("/charges/:key", get(find))
        .at("/charges/:key/void", post(void))
        .at("/refunds", post(refund))
        .at("/challenges/:token", get(ask))
        .at("/challenges/:token/:answer", post(confirm))
        .at("/ledger", get(dump))
        .data(ledger)
        .data(Own(format!("http://{listen}")));
    let listener = PromptAcceptor::new(TcpListener::bind(listen).await?)?;
    Ok(Server::new_with_acceptor(listener).run(routes).await?)
}

#[handler]
async fn healthz() -> &'static str {
    "ok"
}

/// A card, as vaults are sent it.
#[derive(Deserialize)]
struct Tokenize {
    credit_card: CreditCard,
}

#[derive(Deserialize)]
struct CreditCard {
    number: String,
}

#[handler]
async fn tokenize(ledger: Shared<'_>, Json(input): Json<Tokenize>) -> poem::Result<Response> {
    let Some(card) = Card::of(&input.credit_card.number) else {
        let errors = json!({ "credit_card": { "number": ["is not a card number"] } });
        return Ok(Json(json!({ "errors": errors }))
            .with_status(StatusCode::UNPROCESSABLE_ENTITY)
            .into_response());
    };
    let id = SystemEntropy.token(16);
    let entry = Entry::Session { id: id.clone(), card };
    enter(&ledger, |_| (Some(entry), ())).await?;
    Ok(Json(json!({ "id": id })).into_response())
}

/// A charge to be made once per key.
#[derive(Clone, Serialize, Deserialize)]
struct ChargeInput {
    key: String,
    amount_minor: i64,
    currency: String,
    session: String,
    return_url: String,
}

#[handler]
async fn take(ledger: Shared<'_>, own: Data<&Own>, Json(input): Json<ChargeInput>) -> poem::Result<Response> {
    let card = ledger.glance(|books| books.card(&input.session)).unwrap_or(Card::Unknown);
    let is_new = ledger.glance(|books| books.charge(&input.key).is_none());
    if card == Card::SilentBefore && is_new {
        tokio::time::sleep(SILENCE).await;
        return Ok(StatusCode::GATEWAY_TIMEOUT.into_response());
    }
    let key = input.key.clone();
    let began = enter(&ledger, move |books| match books.charge(&input.key) {
        Some(_) => (None, false),
        None => (Some(decide(card, input)), true),
    })
    .await?;
    if card == Card::SilentAfter && began {
        tokio::time::sleep(SILENCE).await;
    }
    shown(&ledger, &own, key).await
}

fn decide(card: Card, input: ChargeInput) -> Entry {
    let ChargeInput { key, amount_minor, currency, return_url, .. } = input;
    let declined = |key, why| Entry::Decline { key, why };
    match card {
        Card::Succeeds | Card::SilentAfter => {
            Entry::Charge { key, reference: SystemEntropy.token(12), amount_minor, currency }
        }
        Card::Challenged => {
            Entry::Challenge { key, token: SystemEntropy.token(16), amount_minor, currency, return_url }
        }
        Card::Declined => declined(key, Why::Card),
        Card::NoFunds => declined(key, Why::Funds),
        Card::Unknown | Card::SilentBefore => declined(key, Why::InvalidCard),
    }
}

#[handler]
async fn find(
    ledger: Shared<'_>,
    own: Data<&Own>,
    Segments(key): Segments<String>,
) -> poem::Result<Response> {
    shown(&ledger, &own, key).await
}

async fn shown(ledger: &Arc<Ledger>, own: &Own, key: String) -> poem::Result<Response> {
    let charge = enter(ledger, move |books| (None, books.charge(&key).cloned())).await?;
    Ok(match charge {
        None => StatusCode::NOT_FOUND.into_response(),
        Some(Charge::Paid { reference, .. }) => {
            Json(json!({ "status": "paid", "reference": reference })).into_response()
        }
        Some(Charge::ActionRequired { token, .. }) => {
            let url = format!("{}/challenges/{token}", own.0);
            Json(json!({ "status": "action_required", "url": url })).into_response()
        }
        Some(Charge::Declined { why }) => Json(json!({ "status": "declined", "why": why })).into_response(),
        Some(Charge::Returned { .. }) => {
            Json(json!({ "status": "declined", "why": Why::Voided })).into_response()
        }
    })
}

#[handler]
async fn void(ledger: Shared<'_>, Segments(key): Segments<String>) -> poem::Result<StatusCode> {
    enter(&ledger, |_| (Some(Entry::Void { key }), ())).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// A refund to be made once per key.
#[derive(Deserialize)]
struct RefundInput {
    key: String,
    charge: String,
    amount_minor: i64,
}

#[handler]
async fn refund(ledger: Shared<'_>, Json(input): Json<RefundInput>) -> poem::Result<Response> {
    let made = enter(&ledger, move |books| match (books.refund(&input.key), books.charge(&input.charge)) {
        (Some(reference), _) => (None, Some(reference.clone())),
        (None, Some(Charge::Paid { amount_minor, refunded_minor, .. }))
            if refunded_minor + input.amount_minor <= *amount_minor =>
        {
            let reference = SystemEntropy.token(12);
            let RefundInput { key, charge, amount_minor } = input;
            let entry = Entry::Refund { key, charge, reference: reference.clone(), amount_minor };
            (Some(entry), Some(reference))
        }
        _ => (None, None),
    })
    .await?;
    Ok(match made {
        Some(reference) => Json(json!({ "reference": reference })).into_response(),
        None => {
            let why = json!({ "message": "there is not so much to give back" });
            Json(why).with_status(StatusCode::CONFLICT).into_response()
        }
    })
}

#[handler]
async fn ask(ledger: Shared<'_>, Segments(token): Segments<String>) -> poem::Result<Response> {
    let sought = token.clone();
    let look = move |books: &Books| (None, books.challenged(&sought).map(|(_, charge)| charge.clone()));
    Ok(match enter(&ledger, look).await? {
        Some(Charge::ActionRequired { amount_minor, currency, .. }) => {
            Html(page::question(&token, &amount(amount_minor, &currency))).into_response()
        }
        _ => StatusCode::NOT_FOUND.into_response(),
    })
}

fn amount(minor: i64, currency: &str) -> String {
    match Currency::parse(currency) {
        Some(known) => format!("{} {currency}", Money::new(minor, known).decimal()),
        None => format!("{minor} {currency}"),
    }
}

#[handler]
async fn confirm(
    ledger: Shared<'_>,
    Segments((token, answer)): Segments<(String, String)>,
) -> poem::Result<Response> {
    let approved = match answer.as_str() {
        "approve" => true,
        "refuse" => false,
        _ => return Ok(StatusCode::NOT_FOUND.into_response()),
    };
    let back = enter(&ledger, move |books| settle(books, &token, approved)).await?;
    Ok(match back {
        Some(url) => Html(page::answer(approved, &url)).into_response(),
        None => StatusCode::NOT_FOUND.into_response(),
    })
}

fn settle(books: &Books, token: &str, approved: bool) -> (Option<Entry>, Option<String>) {
    let Some((key, Charge::ActionRequired { amount_minor, currency, return_url, .. })) =
        books.challenged(token)
    else {
        return (None, None);
    };
    let entry = if approved {
        let reference = SystemEntropy.token(12);
        Entry::Charge { key: key.clone(), reference, amount_minor: *amount_minor, currency: currency.clone() }
    } else {
        Entry::Decline { key: key.clone(), why: Why::Unconfirmed }
    };
    (Some(entry), Some(return_url.clone()))
}

/// Every charge by its key, for comparing books.
#[handler]
async fn dump(ledger: Shared<'_>) -> poem::Result<Json<serde_json::Value>> {
    let look = |books: &Books| (None, json!({ "charges": books.charges() }));
    Ok(Json(enter(&ledger, look).await?))
}

/// Enters into the ledger beside the threads that answer, for the disk takes its time.
async fn enter<T: Send + 'static>(
    ledger: &Arc<Ledger>,
    decide: impl FnOnce(&Books) -> (Option<Entry>, T) + Send + 'static,
) -> poem::Result<T> {
    let ledger = ledger.clone();
    let entered = tokio::task::spawn_blocking(move || ledger.enter(decide)).await;
    entered.map_err(InternalServerError)?.map_err(InternalServerError)
}
