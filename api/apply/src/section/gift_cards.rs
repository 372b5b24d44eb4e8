//! Gift cards.

use mcom_data::Result;
use mcom_sales::gift_cards::{self, GiftCardCode, GiftCardInput};
use mcom_schema::Money;
use mcom_store::settings;

use crate::{
    file::sales::GiftCard,
    run::{Action, Run},
};

pub(crate) async fn apply(run: &mut Run<'_>) -> Result<()> {
    let Some(section) = &run.file.gift_cards else { return Ok(()) };
    run.named_once("giftCards", section.iter().map(|card| card.code.as_str()));
    let mut named = vec![];
    for (index, card) in section.iter().enumerate() {
        let path = format!("giftCards.{index}");
        let Some(code) = GiftCardCode::parse(&card.code) else {
            run.fault(&format!("{path}.code"), "a code is 8 to 20 letters and digits");
            continue;
        };
        if let Some(id) = put(run, &path, (card, &code)).await? {
            named.push(id);
        }
    }
    for card in gift_cards::all(run.cx).await?.iter().filter(|card| !named.contains(&card.id) && card.enabled)
    {
        // Its money is still owed to somebody: it is only locked.
        if run.passes("gift card", &name(&card.last_characters)) {
            let locked =
                GiftCardInput { enabled: false, expires_at: card.expires_at, note: card.note.clone() };
            gift_cards::update(run.cx, card.id, &locked).await?;
        }
    }
    Ok(())
}

async fn put(
    run: &mut Run<'_>,
    path: &str,
    (card, code): (&GiftCard, &GiftCardCode),
) -> Result<Option<mcom_schema::id::GiftCardId>> {
    let currency = settings::get(run.cx).await?.currency;
    let input = GiftCardInput { enabled: card.enabled, expires_at: card.expires_at, note: card.note.clone() };
    run.heed(path, input.check().map_err(Into::into))?;
    let Ok(value) = Money::parse(&card.value, currency) else {
        run.fault(&format!("{path}.value"), "not an amount in the store's currency");
        return Ok(None);
    };
    let name = name(code.last_characters());
    let before = gift_cards::by_code(run.cx, code).await?;
    match &before {
        Some(there) if there.initial != value => {
            run.fault(&format!("{path}.value"), "what a card was issued with is not changed");
        }
        Some(there)
            if (there.enabled, there.expires_at, &there.note)
                == (card.enabled, card.expires_at, &card.note) =>
        {
            run.keeps();
        }
        Some(there) => {
            if run.does(Action::Update, "gift card", &name) {
                let done = gift_cards::update(run.cx, there.id, &input).await;
                run.heed(path, done)?;
            }
        }
        None => {
            if value.minor <= 0 {
                run.fault(&format!("{path}.value"), "a card is issued with an amount above 0");
            } else if run.does(Action::Create, "gift card", &name) {
                let done = gift_cards::issue(run.cx, code, value, &input).await;
                return run.heed(path, done);
            }
        }
    }
    Ok(before.map(|there| there.id))
}

/// As people may be told of a card.
fn name(last_characters: &str) -> String {
    format!("…{last_characters}")
}
