//! Carts: what a buyer means to buy, one row each, priced afresh whenever it is read.

mod book;
mod buyer;
mod document;
mod draft;
mod id;
mod input;
mod offer;
mod owner;
mod price;
pub(crate) mod query;
mod view;
mod warning;

use std::sync::Arc;

use mcom_data::{Cx, Error, Result, TenantConn};
use mcom_schema::{Refusal, id::VariantId, refuse};

use crate::terms::Terms;
use book::Book;
use draft::Draft;
use owner::Owner;
use query::Stored;

pub use document::{Attribute, CartAddress, CartDocument, Identity, Line, Shortened};
pub use id::CartId;
pub(crate) use input::given;
pub use input::{
    CartAddressInput, CartBuyerIdentityInput, CartDeliveryInput, CartDirectPaymentMethodInput,
    CartFreePaymentMethodInput, CartInput, CartLineInput, CartLineUpdateInput, CartPaymentInput,
    CartSelectableAddressInput, CartSelectedDeliveryOptionInput, MailingAddressInput, MoneyInput,
};
pub(crate) use offer::Offers;
pub(crate) use price::view as priced;
pub(crate) use view::full_title;
pub use view::{CartCost, CartView, DeliveryGroup, DeliveryOption, DiscountCode, Dropped, LineView, Warning};

/// What became of a cart mutation.
#[derive(Debug, Clone, Default)]
pub struct CartChange {
    /// The cart after it; `None` if there is none to show.
    pub cart: Option<Arc<CartView>>,
    /// Why nothing changed; empty if it did.
    pub refusals: Vec<Refusal>,
    /// What the buyer should know although it did.
    pub warnings: Vec<Warning>,
}

/// The cart, priced now. Without the right key in `id` the buyer's data is left out. `None` if it is gone or has become an order.
///
/// # Errors
/// `Busy` or `Broken` if it cannot be read.
pub async fn read(cx: &Cx, id: &str) -> Result<Option<Arc<CartView>>> {
    let Some(id) = CartId::parse(id) else { return Ok(None) };
    let terms = Terms::of(cx).await?;
    cx.read(async |db| {
        let Some(stored) = query::find(db, &id).await? else { return Ok(None) };
        let offers = Offers::load(db, &stored.document.variants()).await?;
        Ok(Some(Arc::new(priced(&stored, &offers, &terms)?)))
    })
    .await
}

/// Makes a cart.
///
/// # Errors
/// `Busy` or `Broken`; what is wrong with the input is told in [`CartChange::refusals`].
pub async fn create(cx: &Cx, input: &CartInput) -> Result<CartChange> {
    let terms = Terms::of(cx).await?;
    let now = cx.now();
    let entropy = &*cx.services().entropy;
    let owner = Owner::told(cx, input.buyer_identity.as_ref()).await?;
    let book = Book::named(cx, addresses(input)).await?;
    let wanted = merchandise(input.lines.iter().flatten().map(|line| &line.merchandise_id));
    cx.write_quietly(async |db| {
        let offers = Offers::load(db, &wanted).await?;
        let mut draft = Draft { document: CartDocument::default(), offers: &offers, entropy };
        if let Err(refusal) = fill(&mut draft, input, (&owner, &book)) {
            let refusals = vec![refusal.under(["input"])];
            return Ok(CartChange { refusals, ..CartChange::default() });
        }
        let id = CartId::random(entropy);
        let stored = Stored { id, document: draft.document, version: 1, created_at: now, updated_at: now };
        query::insert(db, &stored).await?;
        changed(&stored, &offers, &terms, vec![])
    })
    .await
}

fn addresses(input: &CartInput) -> &[CartSelectableAddressInput] {
    input.delivery.as_ref().and_then(|delivery| delivery.addresses.as_deref()).unwrap_or_default()
}

fn fill(
    draft: &mut Draft<'_>,
    input: &CartInput,
    (owner, book): (&Result<Owner, Refusal>, &Book),
) -> Result<(), Refusal> {
    draft.set_note(input.note.clone())?;
    draft.set_attributes(input.attributes.clone().unwrap_or_default())?;
    draft.set_discount_codes(input.discount_codes.as_deref().unwrap_or_default())?;
    draft.set_identity(
        &input.buyer_identity.clone().unwrap_or_default(),
        owner.as_ref().map_err(Clone::clone)?,
    )?;
    draft.add_addresses(addresses(input), book).map_err(|refusal| refusal.under(["delivery"]))?;
    draft.add_lines(input.lines.as_deref().unwrap_or_default())
}

/// Adds pieces; equal lines are merged.
///
/// # Errors
/// As [`create`].
pub async fn add_lines(cx: &Cx, id: &str, lines: &[CartLineInput]) -> Result<CartChange> {
    let wanted = merchandise(lines.iter().map(|line| &line.merchandise_id));
    change(cx, id, &wanted, |draft, _| draft.add_lines(lines)).await
}

/// Changes quantity, variant or attributes of lines.
///
/// # Errors
/// As [`create`].
pub async fn update_lines(cx: &Cx, id: &str, lines: &[CartLineUpdateInput]) -> Result<CartChange> {
    let wanted = merchandise(lines.iter().filter_map(|line| line.merchandise_id.as_ref()));
    change(cx, id, &wanted, |draft, _| draft.update_lines(lines)).await
}

/// Removes lines.
///
/// # Errors
/// As [`create`].
pub async fn remove_lines(cx: &Cx, id: &str, line_ids: &[String]) -> Result<CartChange> {
    change(cx, id, &[], |draft, _| draft.remove_lines(line_ids)).await
}

/// Replaces the note; an empty one removes it.
///
/// # Errors
/// As [`create`].
pub async fn update_note(cx: &Cx, id: &str, note: &str) -> Result<CartChange> {
    change(cx, id, &[], |draft, _| draft.set_note(Some(note.to_owned()))).await
}

/// Replaces the attributes of the whole cart.
///
/// # Errors
/// As [`create`].
pub async fn update_attributes(cx: &Cx, id: &str, attributes: &[Attribute]) -> Result<CartChange> {
    change(cx, id, &[], |draft, _| draft.set_attributes(attributes.to_vec())).await
}

/// Replaces the codes for discounts.
///
/// # Errors
/// As [`create`].
pub async fn update_discount_codes(cx: &Cx, id: &str, codes: &[String]) -> Result<CartChange> {
    change(cx, id, &[], |draft, _| draft.set_discount_codes(codes)).await
}

/// Says who is buying.
///
/// # Errors
/// As [`create`].
pub async fn update_buyer_identity(
    cx: &Cx,
    id: &str,
    identity: &CartBuyerIdentityInput,
) -> Result<CartChange> {
    let owner = Owner::told(cx, Some(identity)).await?;
    let owner = owner.as_ref().map_err(Clone::clone);
    change(cx, id, &[], |draft, _| draft.set_identity(identity, owner.clone()?)).await
}

/// Adds addresses the goods could go to.
///
/// # Errors
/// As [`create`].
pub async fn add_delivery_addresses(
    cx: &Cx,
    id: &str,
    addresses: &[CartSelectableAddressInput],
) -> Result<CartChange> {
    let book = Book::named(cx, addresses).await?;
    change(cx, id, &[], |draft, _| draft.add_addresses(addresses, &book)).await
}

/// Chooses how groups are sent.
///
/// # Errors
/// As [`create`].
pub async fn select_delivery_options(
    cx: &Cx,
    id: &str,
    options: &[CartSelectedDeliveryOptionInput],
) -> Result<CartChange> {
    change(cx, id, &[], |draft, before| draft.select_delivery(options, &before.delivery_groups)).await
}

/// Says how the cart will be paid.
///
/// # Errors
/// As [`create`].
pub async fn update_payment(cx: &Cx, id: &str, payment: &CartPaymentInput) -> Result<CartChange> {
    change(cx, id, &[], |draft, before| draft.set_payment(payment, before.cost.total.currency)).await
}

/// Runs `apply` on the newest version of the cart until nobody else was faster.
async fn change<F>(cx: &Cx, id: &str, wanted: &[VariantId], apply: F) -> Result<CartChange>
where
    F: Fn(&mut Draft<'_>, &CartView) -> Result<(), Refusal> + Send + Sync,
{
    let Some(id) = CartId::parse(id) else { return Ok(missing()) };
    let terms = Terms::of(cx).await?;
    // Of those who race for a version one always wins, so that all get through.
    for _ in 0..MOST_RACES {
        let attempt =
            cx.write_quietly(async |db| change_once(cx, db, (&id, wanted), &terms, &apply).await).await;
        match attempt {
            Err(Error::Conflict(_)) => {}
            settled => return settled,
        }
    }
    Err(Error::Busy)
}

const MOST_RACES: u32 = 100;

async fn change_once<F>(
    cx: &Cx,
    db: &mut TenantConn,
    (id, wanted): (&CartId, &[VariantId]),
    terms: &Terms,
    apply: &F,
) -> Result<CartChange>
where
    F: Fn(&mut Draft<'_>, &CartView) -> Result<(), Refusal> + Send + Sync,
{
    let found = query::find(db, id).await?.filter(|stored| stored.id.key.is_some());
    let Some(stored) = found else { return Ok(missing()) };
    let variants: Vec<VariantId> =
        stored.document.variants().into_iter().chain(wanted.iter().copied()).collect();
    let offers = Offers::load(db, &variants).await?;
    let before = priced(&stored, &offers, terms)?;
    let entropy = &*cx.services().entropy;
    let mut draft = Draft { document: stored.document.clone(), offers: &offers, entropy };
    if let Err(refusal) = apply(&mut draft, &before) {
        return unchanged(&stored, &offers, terms, refusal);
    }
    if draft.document == stored.document {
        return changed(&stored, &offers, terms, vec![]);
    }
    let next =
        Stored { document: draft.document, version: stored.version + 1, updated_at: cx.now(), ..stored };
    if !query::replace(db, &next).await? {
        return Err(Error::Conflict("cart"));
    }
    changed(&next, &offers, terms, vec![])
}

/// The answer to a refused change: the cart as it is, but nothing if what was to be put in does not exist.
fn unchanged(stored: &Stored, offers: &Offers, terms: &Terms, refusal: Refusal) -> Result<CartChange> {
    if refusal.field.last().is_some_and(|field| field == "merchandiseId") {
        return Ok(CartChange { refusals: vec![refusal], ..CartChange::default() });
    }
    changed(stored, offers, terms, vec![refusal])
}

fn changed(stored: &Stored, offers: &Offers, terms: &Terms, refusals: Vec<Refusal>) -> Result<CartChange> {
    let view = priced(stored, offers, terms)?;
    let warnings = warning::warnings(&view, &stored.document.warnings);
    Ok(CartChange { cart: Some(Arc::new(view)), refusals, warnings })
}

fn missing() -> CartChange {
    let refusal = refuse("cartId", "INVALID", "The specified cart does not exist.");
    CartChange { refusals: vec![refusal], ..CartChange::default() }
}

/// The variants among `ids`, each once; what is no id of one is refused later, where its place is known.
fn merchandise<'a>(ids: impl Iterator<Item = &'a String>) -> Vec<VariantId> {
    let mut variants: Vec<VariantId> = ids.filter_map(|id| VariantId::parse(id)).collect();
    variants.sort_unstable();
    variants.dedup();
    variants
}
