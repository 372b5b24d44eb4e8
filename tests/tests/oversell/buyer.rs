//! A buyer who tries one card after the other, always with the same attempt token, until there is an order or nothing is left.

use std::time::Duration;

use mcom_schema::id::VariantId;
use mcom_tests::{dice::Dice, till};
use serde_json::json;
use tokio::time::{Instant, sleep};

use crate::{
    books,
    street::{PATIENCE, Street},
};

/// Half of them are good. Two are declined, one has to be confirmed, one is charged in silence, two are silent without a charge.
const CARDS: [&str; 12] = [
    "4242424242424242",
    "4242424242424242",
    "4242424242424242",
    "4242424242424242",
    "4242424242424242",
    "4242424242424242",
    "4000000000000002",
    "4000000000009995",
    "4000000000003220",
    "4000000000000101",
    "4000000000000119",
    "4000000000000119",
];

const CREATE: &str = "mutation($input: CartInput) { cartCreate(input: $input) { cart { id cost { totalAmount { amount } } } } }";
const PAY: &str = "mutation($id: ID!, $payment: CartPaymentInput!) { cartPaymentUpdate(cartId: $id, payment: $payment) { userErrors { code message } } }";
const SUBMIT: &str = "mutation($id: ID!, $token: String!) { cartSubmitForCompletion(cartId: $id, attemptToken: $token) {
    userErrors { code message }
    result { __typename
        ... on SubmitSuccess { attemptId } ... on SubmitAlreadyAccepted { attemptId } ... on SubmitFailed { errors { code } } } } }";
const ATTEMPT: &str = "query($id: String!) { cartCompletionAttempt(attemptId: $id) { __typename
    ... on CartCompletionSuccess { orderId } ... on CartCompletionFailed { errors { code } }
    ... on CartCompletionActionRequired { action { ... on CompletePaymentChallenge { redirectUrl } } } } }";

/// What a buyer does when the bank asks for a confirmation.
#[derive(Clone, Copy)]
enum Mood {
    Confirms,
    Refuses,
    /// Never answers, and waits until the shop has given up.
    Hesitates,
}

/// Tries until there is an order, whose id is the answer, or until all pieces are sold.
pub(crate) async fn buy(
    street: &Street,
    mug: VariantId,
    pieces: i64,
    token: &str,
    mut dice: Dice,
) -> Option<String> {
    let cart = street.ask(CREATE, json!({ "input": till::cart_of(mug, 1) })).await;
    let cart = &cart["cartCreate"]["cart"];
    let (id, total) = (cart["id"].clone(), cart["cost"]["totalAmount"]["amount"].clone());
    let until = Instant::now() + PATIENCE;
    while Instant::now() < until {
        let session = street.session(dice.one_of::<&str>(&CARDS)).await;
        let mood = *dice.one_of(&[Mood::Confirms, Mood::Refuses, Mood::Hesitates]);
        street.ask(PAY, json!({ "id": id, "payment": till::payment_of(&total, &session) })).await;
        let submitted = street.ask(SUBMIT, json!({ "id": id, "token": token })).await;
        let result = &submitted["cartSubmitForCompletion"]["result"];
        match result["attemptId"].as_str() {
            Some(attempt) => {
                if let Some(order) = outcome(street, attempt, mood).await {
                    return Some(order);
                }
            }
            None if books::sold(street, mug).await >= pieces => return None,
            None => sleep(Duration::from_millis(100 + dice.below(200))).await,
        }
    }
    panic!("a buyer got neither a mug nor the word that all are sold");
}

/// The order, or nothing if the attempt failed.
async fn outcome(street: &Street, attempt: &str, mood: Mood) -> Option<String> {
    let until = Instant::now() + PATIENCE;
    while Instant::now() < until {
        let reply = street.ask(ATTEMPT, json!({ "id": attempt })).await;
        let reply = &reply["cartCompletionAttempt"];
        match reply["__typename"].as_str() {
            Some("CartCompletionSuccess") => return reply["orderId"].as_str().map(str::to_owned),
            Some("CartCompletionFailed") => return None,
            Some("CartCompletionActionRequired") => {
                if let Some(page) = reply["action"]["redirectUrl"].as_str() {
                    answer(street, page, mood).await;
                }
            }
            _ => {}
        }
        sleep(Duration::from_millis(100)).await;
    }
    panic!("the attempt {attempt} comes to no end");
}

/// Whether it arrives does not matter: the buyer will be asked again.
async fn answer(street: &Street, page: &str, mood: Mood) {
    let answer = match mood {
        Mood::Confirms => "approve",
        Mood::Refuses => "refuse",
        Mood::Hesitates => return,
    };
    let path = page.split_once("/challenges/").map(|(_, token)| format!("/challenges/{token}/{answer}"));
    street.deployment.answer_challenge(&path.expect("it is a page of the provider")).await;
}
