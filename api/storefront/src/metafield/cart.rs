//! What storefronts note down on carts by names and types.

use std::sync::Arc;

use mcom_kit::{Cx, Error, Refusal, Registry};
use mcom_sales::carts::{self, CartMetafield, CartMetafieldsSetInput};
use mcom_store::metafields::{self, Kept, OwnerKind};
use serde::Deserialize;

use super::{Identifier, Identifiers, MOST, Metafield, OWN_NAMESPACE};
use crate::buyer::Cart;

mcom_kit::user_error!(MetafieldDeleteUserError as "MetafieldDeleteUserError");

/// Why a value was not set.
pub struct MetafieldsSetUserError {
    code: String,
    field: Option<Vec<String>>,
    message: String,
    element_index: Option<i64>,
}

mcom_kit::record!(MetafieldsSetUserError as "MetafieldsSetUserError" {
    "code" => MetafieldsSetUserError::code,
    "elementIndex" = element_index,
    "field" = field,
    "message" = message,
});

mcom_kit::payload!(CartMetafieldsSetPayload as "CartMetafieldsSetPayload" refusing MetafieldsSetUserError {
    "metafields" = metafields: Option<Vec<Arc<Metafield>>>,
});

mcom_kit::payload!(CartMetafieldDeletePayload as "CartMetafieldDeletePayload" refusing MetafieldDeleteUserError {
    "deletedId" = deleted_id: Option<String>,
});

#[derive(Deserialize)]
struct ById {
    id: String,
}

#[derive(Deserialize)]
struct Set {
    metafields: Vec<CartMetafieldsSetInput>,
}

#[derive(Deserialize)]
struct Delete {
    input: DeleteInput,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct DeleteInput {
    key: String,
    owner_id: String,
}

pub(super) fn register(registry: &mut Registry) {
    registry.entity(entities).mutation("cartMetafieldsSet", set).mutation("cartMetafieldDelete", delete);
    registry.on::<Cart>().load("metafield", one).load("metafields", several);
}

/// What belongs to it is looked up when it is asked for.
async fn entities(_: &Cx, keys: Vec<ById>) -> Result<Vec<Option<Arc<Cart>>>, Error> {
    Ok(keys.into_iter().map(|key| Some(Cart::of(key.id))).collect())
}

async fn one(cx: &Cx, cart: &Cart, wanted: Identifier) -> Result<Option<Arc<Metafield>>, Error> {
    let identifiers = vec![wanted];
    Ok(several(cx, cart, Identifiers { identifiers }).await?.pop().flatten())
}

async fn several(cx: &Cx, cart: &Cart, wanted: Identifiers) -> Result<Vec<Option<Arc<Metafield>>>, Error> {
    wanted.check()?;
    let there = carts::metafields(cx, &cart.id).await?;
    let named = |wanted: &Identifier| {
        let namespace = wanted.namespace.as_deref().unwrap_or(OWN_NAMESPACE);
        let found = there.iter().find(|(_, it)| it.key == wanted.key && it.namespace == namespace);
        found.and_then(|(id, it)| show((id.clone(), it), &cart.id))
    };
    Ok(wanted.identifiers.iter().map(named).collect())
}

async fn set(cx: &Cx, args: Set) -> Result<CartMetafieldsSetPayload, Error> {
    let (cart, values) = carts::set_metafields(cx, &args.metafields).await?;
    let cart = cart.gid();
    let metafields = values.iter().filter_map(|(id, value)| show((id.clone(), value), &cart)).collect();
    Ok(CartMetafieldsSetPayload { metafields: Some(metafields), user_errors: vec![] })
}

async fn delete(cx: &Cx, args: Delete) -> Result<CartMetafieldDeletePayload, Error> {
    let DeleteInput { key, owner_id } = args.input;
    let told = |refusal: Refusal| refusal.under(["input"]);
    match carts::delete_metafield(cx, &owner_id, &key).await {
        Err(Error::Refused(refusals)) => Err(Error::Refused(refusals.into_iter().map(told).collect())),
        done => Ok(CartMetafieldDeletePayload { deleted_id: Some(done?), user_errors: vec![] }),
    }
}

/// The value under a public id that carries what opens its cart to be read.
pub(super) async fn by_gid(cx: &Cx, id: &str) -> Result<Option<Arc<Metafield>>, Error> {
    let found = carts::metafield(cx, id).await?;
    Ok(found.and_then(|(cart, value)| show((cart.metafield_gid(&value), &value), &cart.id.gid())))
}

/// A value of a cart, with the ids under which both are shown; none if this version does not know its type.
fn show((id, value): (String, &CartMetafield), cart: &str) -> Option<Arc<Metafield>> {
    let kept = Kept {
        namespace: value.namespace.clone(),
        key: value.key.clone(),
        value_type: value.value_type.clone(),
        value: value.value.clone(),
        created_at: value.created_at,
        updated_at: value.updated_at,
    };
    let it = Arc::new(metafields::Metafield::kept_by(OwnerKind::Cart, kept)?);
    Some(Arc::new(Metafield { it, id, shown_as: Some(cart.to_owned()) }))
}

impl MetafieldsSetUserError {
    fn code(&self) -> Option<&str> {
        Some(&self.code)
    }
}

impl From<Refusal> for MetafieldsSetUserError {
    fn from(refusal: Refusal) -> Self {
        let element_index = match refusal.field.as_slice() {
            [list, index, ..] if list == "metafields" => index.parse().ok(),
            _ => None,
        };
        // What the merchant's own values are told apart by is not told of a cart's.
        let code = match refusal.code.as_ref() {
            "TAKEN" => "PRESENT",
            "INVALID_CHARACTER" => "INCLUSION",
            code => code,
        };
        MetafieldsSetUserError {
            code: code.to_owned(),
            field: (!refusal.field.is_empty()).then_some(refusal.field),
            message: refusal.message,
            element_index,
        }
    }
}

impl Identifiers {
    fn check(&self) -> Result<(), Refusal> {
        if self.identifiers.len() <= MOST {
            return Ok(());
        }
        let message = format!("at most {MOST} can be asked for at once");
        Err(mcom_schema::refuse("identifiers", "INVALID", message))
    }
}
