//! Parts of a cart by the ids under which it shows them: each names its cart, and carries what opens it to be read.

use std::{collections::HashMap, sync::Arc};

use mcom_data::{Cx, Result, load::Batch};
use mcom_schema::{
    Gid,
    id::{CustomerId, MetafieldId},
};

use super::{
    CartId, CartView, LinePlace, Prices,
    document::{CartAddress, CartMetafield},
    draft::LINE_KINDS,
    priced, query,
};
use crate::{gift_cards::AppliedGiftCard, terms::Terms};

/// What ids of postal addresses call those of carts.
pub(crate) const MODEL: &str = "CartAddress";

/// What an id says of the cart whose part it names.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Opening {
    token: String,
    proof: Option<String>,
}

impl Opening {
    /// What this id says; `None` if it names no cart.
    pub fn of(id: &Gid<'_>) -> Option<Self> {
        let CartId { token, .. } = CartId::parse(id.parameter("cart")?)?;
        Some(Opening { token, proof: id.parameter("key").map(str::to_owned) })
    }
}

/// Carts by what the ids of their parts say: each is priced once, however many of its parts are asked for.
pub struct Opened;

impl Batch for Opened {
    type Key = Opening;
    type Value = Arc<CartView>;

    async fn load(cx: &Cx, keys: Vec<Opening>) -> Result<HashMap<Opening, Arc<CartView>>> {
        let terms = Terms::of(cx).await?;
        let mut found = HashMap::new();
        for key in keys {
            if let Some(cart) = read(cx, &terms, &key).await? {
                found.insert(key, cart);
            }
        }
        Ok(found)
    }
}

async fn read(cx: &Cx, terms: &Terms, opening: &Opening) -> Result<Option<Arc<CartView>>> {
    cx.read(async |db| {
        let stored = query::find_by_part(db, &opening.token, opening.proof.as_deref()).await?;
        let Some(stored) = stored else { return Ok(None) };
        let prices = Prices::load(db, terms, &stored.document, &[]).await?;
        Ok(Some(Arc::new(priced(&stored, &prices)?)))
    })
    .await
}

/// The cart that the id of a part opens.
async fn opened(cx: &Cx, id: &Gid<'_>) -> Result<Option<Arc<CartView>>> {
    match Opening::of(id) {
        Some(opening) => cx.load::<Opened>(opening).await,
        None => Ok(None),
    }
}

/// The line of this id, or the component of a bundle's line: its cart, and its place there.
///
/// # Errors
/// `Busy` or `Broken` if the cart cannot be read.
pub async fn line(cx: &Cx, id: &str) -> Result<Option<(Arc<CartView>, LinePlace)>> {
    let Some(id) = Gid::parse(id).filter(|id| LINE_KINDS.contains(&id.kind)) else { return Ok(None) };
    let Some(cart) = opened(cx, &id).await? else { return Ok(None) };
    let place = cart.place_of(id.key);
    Ok(place.map(|place| (cart, place)))
}

/// The gift card of this id, with the cart that it pays for.
///
/// # Errors
/// `Busy` or `Broken` if the cart cannot be read.
pub async fn gift_card(cx: &Cx, id: &str) -> Result<Option<(Arc<CartView>, AppliedGiftCard)>> {
    let Some(id) = Gid::parse(id).filter(|id| id.kind == AppliedGiftCard::KIND) else { return Ok(None) };
    let Some(cart) = opened(cx, &id).await? else { return Ok(None) };
    let card = cart.gift_cards.iter().find(|card| id.number() == Some(card.id.0)).cloned();
    Ok(card.map(|card| (cart, card)))
}

/// What a storefront noted down under this id, with its cart.
///
/// # Errors
/// `Busy` or `Broken` if the cart cannot be read.
pub async fn metafield(cx: &Cx, id: &str) -> Result<Option<(Arc<CartView>, CartMetafield)>> {
    let Some(id) = Gid::parse(id).filter(|id| id.kind == MetafieldId::KIND) else { return Ok(None) };
    let Some(cart) = opened(cx, &id).await? else { return Ok(None) };
    let noted = cart.metafields.iter().find(|noted| noted.id == id.key).cloned();
    Ok(noted.map(|noted| (cart, noted)))
}

/// The address that the id of a postal address of a cart names, with the cart.
pub(crate) async fn mailing_address(cx: &Cx, id: &Gid<'_>) -> Result<Option<(Arc<CartView>, CartAddress)>> {
    let Some(cart) = opened(cx, id).await? else { return Ok(None) };
    let address = cart.addresses.iter().find(|address| address.id == id.key).cloned();
    Ok(address.map(|address| (cart, address)))
}

/// The cart that an id of something of its buyer's opens, and the customer who buys.
pub(crate) async fn buyer(cx: &Cx, id: &Gid<'_>) -> Result<Option<(Arc<CartView>, CustomerId)>> {
    let Some(cart) = opened(cx, id).await? else { return Ok(None) };
    let customer = cart.identity.customer;
    Ok(customer.map(|customer| (cart, customer)))
}
