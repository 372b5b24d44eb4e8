//! What storefronts note down on a cart by names and types: kept with the cart, and carried over to its order.

use chrono::{DateTime, Utc};
use mcom_data::{Cx, Error, Result};
use mcom_schema::{
    Refusal,
    id::{MetafieldId, gid},
    refuse,
};
use mcom_store::metafields::{self, MetafieldInput, MetafieldValues, Owner, OwnerKind};

use super::{
    CartChange, CartId, change,
    document::CartMetafield,
    draft::Draft,
    input::{CartInputMetafieldInput, CartMetafieldsSetInput},
    query,
    view::opening,
};

/// No more values are set at once.
pub const MOST_AT_ONCE: usize = 25;
/// A cart has no more values than this.
const MOST: usize = 100;
/// Where values are whose key names no namespace.
const OWN_NAMESPACE: &str = "$app";

impl CartMetafield {
    /// Its public id, in the cart of whose parts ids say `opening`.
    pub(super) fn gid(&self, opening: &str) -> String {
        format!("{}?{opening}", gid(MetafieldId::KIND, &self.id))
    }
}

/// Values that are fit to be noted down, or why they are not.
pub(super) type Judged = Result<Vec<MetafieldValues>, Vec<Refusal>>;

/// Looks at the values of a new cart.
///
/// # Errors
/// `Busy` or `Broken` if what they refer to cannot be looked up.
pub(super) async fn of_input(cx: &Cx, inputs: &[CartInputMetafieldInput]) -> Result<Judged> {
    let judged = judge(cx, inputs).await?;
    let told = |refusal: Refusal| Refusal { code: "INVALID_METAFIELDS".into(), ..refusal };
    Ok(judged.map_err(|refusals| refusals.into_iter().map(told).collect()))
}

/// Sets values of one cart, all or none. Answers with them, each with its public id, and with the cart that they belong to.
///
/// # Errors
/// Refuses, by their place, values that are not of their type or refer to what is not there, more than [`MOST_AT_ONCE`], and what is no
/// cart of the caller's.
pub async fn set_metafields(
    cx: &Cx,
    inputs: &[CartMetafieldsSetInput],
) -> Result<(CartId, Vec<(String, CartMetafield)>)> {
    if inputs.len() > MOST_AT_ONCE {
        let message = format!("at most {MOST_AT_ONCE} values can be set at once");
        return Err(refuse("metafields", "LESS_THAN_OR_EQUAL_TO", message).into());
    }
    let Some(first) = inputs.first() else {
        return Err(refuse("metafields", "BLANK", "there is nothing to set").into());
    };
    let owner = |(index, message)| refuse(&format!("metafields.{index}.ownerId"), "INVALID_OWNER", message);
    if let Some(other) = inputs.iter().position(|input| input.owner_id != first.owner_id) {
        return Err(owner((other, "values of one cart at a time can be set")).into());
    }
    let values: Vec<CartInputMetafieldInput> = inputs.iter().map(CartMetafieldsSetInput::value).collect();
    let values = judge(cx, &values).await?.map_err(Error::Refused)?;
    let now = cx.now();
    let done = change(cx, &first.owner_id, &[], |draft, _| draft.set_metafields(&values, now)).await?;
    let view = settled(done, || owner((0, "The specified cart does not exist.")))?;
    let of = |values: &MetafieldValues| {
        let mut set = view.metafields.iter();
        let set = set.find(|it| it.namespace == values.namespace && it.key == values.key)?;
        Some((set.gid(&view.opening()), set.clone()))
    };
    Ok((view.id.clone(), values.iter().filter_map(of).collect()))
}

/// Deletes a value of a cart, and answers with the public id that it had.
///
/// # Errors
/// Refuses what is no cart of the caller's, and names under which there is nothing.
pub async fn delete_metafield(cx: &Cx, owner: &str, key: &str) -> Result<String> {
    let (namespace, key) = name(key);
    let missing = || refuse("key", "METAFIELD_DOES_NOT_EXIST", "There is no such value.");
    let before = metafields(cx, owner).await?;
    let found = before.iter().find(|(_, it)| it.namespace == namespace && it.key == key).cloned();
    let done = change(cx, owner, &[], |draft, _| draft.delete_metafield((namespace, key))).await?;
    settled(done, || refuse("ownerId", "INVALID_OWNER", "The specified cart does not exist."))?;
    Ok(found.ok_or_else(missing)?.0)
}

/// What storefronts noted down on a cart, with its public ids; nothing without its key.
///
/// # Errors
/// `Busy` or `Broken` if it cannot be read.
pub async fn metafields(cx: &Cx, id: &str) -> Result<Vec<(String, CartMetafield)>> {
    let Some(id) = CartId::parse(id) else { return Ok(vec![]) };
    let found = cx.read(async |db| query::find(db, &id).await).await?;
    let Some(stored) = found.filter(|stored| stored.id.key.is_some()) else { return Ok(vec![]) };
    let opening = opening(&stored.id.token, stored.proof.as_deref());
    Ok(stored.document.metafields.into_iter().map(|it| (it.gid(&opening), it)).collect())
}

/// The cart after a change; a cart that there is not is told as `missing`.
fn settled(done: CartChange, missing: impl Fn() -> Refusal) -> Result<std::sync::Arc<super::CartView>> {
    match (done.refusals.is_empty(), done.cart) {
        (true, Some(cart)) => Ok(cart),
        (_, None) => Err(missing().into()),
        (false, Some(_)) => Err(Error::Refused(done.refusals)),
    }
}

async fn judge(cx: &Cx, inputs: &[CartInputMetafieldInput]) -> Result<Judged> {
    if inputs.is_empty() {
        return Ok(Ok(vec![]));
    }
    let inputs: Vec<MetafieldInput> = inputs.iter().map(CartInputMetafieldInput::meant).collect();
    match metafields::judge(cx, &inputs).await {
        Ok(values) => Ok(Ok(values)),
        Err(Error::Refused(refusals)) => Ok(Err(refusals)),
        Err(error) => Err(error),
    }
}

/// Namespace and key of a name.
fn name(text: &str) -> (&str, &str) {
    text.split_once('.').unwrap_or((OWN_NAMESPACE, text))
}

impl CartMetafieldsSetInput {
    fn value(&self) -> CartInputMetafieldInput {
        CartInputMetafieldInput {
            key: self.key.clone(),
            r#type: self.r#type.clone(),
            value: self.value.clone(),
        }
    }
}

impl CartInputMetafieldInput {
    fn meant(&self) -> MetafieldInput {
        let (namespace, key) = name(&self.key);
        MetafieldInput {
            owner: Owner::unnumbered(OwnerKind::Cart),
            namespace: namespace.to_owned(),
            key: key.to_owned(),
            value_type: Some(self.r#type.clone()),
            value: self.value.clone(),
        }
    }
}

impl Draft<'_> {
    /// Notes down values; what was there under their names is replaced.
    pub(super) fn set_metafields(
        &mut self,
        values: &[MetafieldValues],
        now: DateTime<Utc>,
    ) -> Result<(), Refusal> {
        for value in values {
            let mut known = self.document.metafields.iter_mut();
            let known = known.find(|it| it.namespace == value.namespace && it.key == value.key);
            match known {
                Some(known) => {
                    known.value_type.clone_from(&value.value_type);
                    known.value.clone_from(&value.value);
                    known.updated_at = now;
                }
                None => self.document.metafields.push(CartMetafield {
                    id: self.entropy.token(12),
                    namespace: value.namespace.clone(),
                    key: value.key.clone(),
                    value_type: value.value_type.clone(),
                    value: value.value.clone(),
                    created_at: now,
                    updated_at: now,
                }),
            }
        }
        if self.document.metafields.len() <= MOST {
            return Ok(());
        }
        let message = format!("a cart has at most {MOST} values");
        Err(refuse("metafields", "LESS_THAN_OR_EQUAL_TO", message))
    }

    fn delete_metafield(&mut self, (namespace, key): (&str, &str)) -> Result<(), Refusal> {
        let before = self.document.metafields.len();
        self.document.metafields.retain(|it| it.namespace != namespace || it.key != key);
        if self.document.metafields.len() < before {
            return Ok(());
        }
        Err(refuse("key", "METAFIELD_DOES_NOT_EXIST", "There is no such value."))
    }
}

#[cfg(test)]
mod tests {
    use super::name;

    #[test]
    fn a_name_without_a_namespace_is_the_storefronts_own() {
        assert_eq!(name("custom.gift_wrap"), ("custom", "gift_wrap"));
        assert_eq!(name("gift_wrap"), ("$app", "gift_wrap"));
    }
}
