//! What a merchant does with gift cards.

use chrono::{DateTime, Utc};
use mcom_data::{Cx, Error, Result, TenantConn, event};
use mcom_schema::{Money, Refusal, Scope, event::Event, id::GiftCardId, refuse};
use mcom_store::settings;
use serde_json::json;

use super::{GiftCardCode, query};

/// No note has more characters.
const LONGEST_NOTE: usize = 1000;

/// What a merchant decides about a card.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct GiftCardInput {
    /// Whether it can be spent.
    pub enabled: bool,
    /// Not from then on; `None`: it never expires.
    pub expires_at: Option<DateTime<Utc>>,
    /// The merchant's words.
    pub note: Option<String>,
}

impl GiftCardInput {
    /// Looks at all of it.
    ///
    /// # Errors
    /// Refuses notes that are too long.
    pub fn check(&self) -> Result<(), Refusal> {
        if self.note.as_ref().is_some_and(|note| note.chars().count() > LONGEST_NOTE) {
            let message = format!("note is too long (maximum is {LONGEST_NOTE} characters)");
            return Err(refuse("note", "TOO_LONG", message));
        }
        Ok(())
    }
}

/// Issues a card worth `value`.
///
/// # Errors
/// `Forbidden` without `write_gift_cards`; refuses what [`GiftCardInput::check`] does, a value that is not above 0 or not in the
/// store's currency, and a code that another card has.
pub async fn issue(cx: &Cx, code: &GiftCardCode, value: Money, input: &GiftCardInput) -> Result<GiftCardId> {
    cx.require(Scope::WriteGiftCards)?;
    input.check()?;
    if value.minor <= 0 || value.currency != settings::get(cx).await?.currency {
        let message = "The initial value must be above 0, in the currency of the store";
        return Err(refuse("initialValue", "GREATER_THAN", message).into());
    }
    cx.write("gift_card_create", async |db| {
        let id = query::insert(db, (code, value), input, cx.now()).await?;
        told(cx, db, "gift_cards/create", id).await?;
        Ok(id)
    })
    .await
}

/// Makes a card what `input` says. Its code and what is on it stay.
///
/// # Errors
/// `NotFound`; `Forbidden` without `write_gift_cards`; refuses what [`GiftCardInput::check`] does.
pub async fn update(cx: &Cx, id: GiftCardId, input: &GiftCardInput) -> Result<()> {
    cx.require(Scope::WriteGiftCards)?;
    input.check()?;
    cx.write("gift_card_update", async |db| {
        if !query::update(db, id, input, cx.now()).await? {
            return Err(Error::NotFound("gift card"));
        }
        told(cx, db, "gift_cards/update", id).await
    })
    .await
}

async fn told(cx: &Cx, db: &mut TenantConn, topic: &'static str, id: GiftCardId) -> Result<()> {
    let payload = json!({ "admin_graphql_api_id": id.gid() });
    event::emit(cx, db, Event::new(topic, "gift_card", id.0, &payload)).await?;
    Ok(())
}
