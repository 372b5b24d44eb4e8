//! Carts: what a buyer means to buy, one row each, priced afresh whenever it is read.

mod addresses;
mod book;
mod bundle;
mod buyer;
mod delivery;
mod document;
mod draft;
mod id;
mod input;
mod merge;
mod metafields;
mod nest;
mod offer;
mod owner;
mod part;
mod plan;
mod price;
mod prices;
mod privacy;
pub(crate) mod query;
mod quote;
mod strict;
mod unit;
mod view;
mod warning;

use std::sync::{
    Arc,
    atomic::{AtomicBool, Ordering},
};

use chrono::{DateTime, Utc};
use mcom_data::{Cx, Error, Result, TenantConn};
use mcom_schema::{
    Refusal,
    id::{GiftCardId, VariantId},
    refuse,
};

use crate::{gift_cards, terms::Terms};
use book::Book;
use draft::Draft;
use merge::Elsewhere;
use owner::Owner;
use query::Stored;

pub use bundle::LinePlace;
pub use document::{
    Attribute, CartAddress, CartDocument, CartMetafield, Coordinates, DeliveryPreference, Identity, Line,
    Preferences, Shortened,
};
pub use id::CartId;
pub(crate) use input::given;
pub use input::{
    CartAddressInput, CartBuyerIdentityInput, CartDeliveryInput, CartDirectPaymentMethodInput,
    CartFreePaymentMethodInput, CartInput, CartInputMetafieldInput, CartLineInput, CartLineParentInput,
    CartLineUpdateInput, CartMetafieldsSetInput, CartPaymentInput, CartSelectableAddressInput,
    CartSelectableAddressUpdateInput, CartSelectedDeliveryOptionInput, DeliveryAddressInput,
    MailingAddressInput, MoneyInput,
};
pub use metafields::{delete_metafield, metafields, set_metafields};
pub(crate) use offer::Offers;
pub(crate) use part::{MODEL as ADDRESS_MODEL, buyer, mailing_address};
pub use part::{Opened, Opening, gift_card, line, metafield};
pub(crate) use price::view as priced;
pub(crate) use prices::Prices;
pub use privacy::{copy, forget_buyer};
pub(crate) use view::full_title;
pub use view::{
    CartCost, CartView, DeliveryGroup, DeliveryMethod, DeliveryOption, DiscountCode, Dropped, LineComponent,
    LinePlan, LineView, Warning,
};

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

impl CartChange {
    /// The same, with a word about addresses that were there already.
    fn having_merged(mut self, duplicates: &[String]) -> Self {
        if let Some(cart) = &self.cart {
            self.warnings.extend(duplicates.iter().map(|address| warning::of_duplicate(cart, address)));
        }
        self
    }
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
        let prices = Prices::load(db, &terms, &stored.document, &[]).await?;
        Ok(Some(Arc::new(priced(&stored, &prices)?)))
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
    let named = addresses(input);
    let book = Book::named(cx, named.iter().map(|it| &it.address)).await?;
    let fields = metafields::of_input(cx, input.metafields.as_deref().unwrap_or_default()).await?;
    let cards = cards_of(cx, input.gift_card_codes.as_deref().unwrap_or_default()).await?;
    let wanted = merchandise(input.lines.iter().flatten().map(|line| &line.merchandise_id));
    cx.write_quietly(async |db| {
        let empty = CartDocument::default();
        let mut prices = Prices::load(db, &terms, &empty, &wanted).await?;
        let mut draft = Draft::of(empty.clone(), &prices, entropy);
        draft.document.identity.country = cx.locale().country.clone();
        let filled = fill(&mut draft, input, (&owner, &book, &cards)).map_err(|refusal| vec![refusal]);
        if let Err(refusals) = filled.and_then(|()| note_down(&mut draft, &fields, now)) {
            let refusals = refusals.into_iter().map(|refusal| refusal.under(["input"])).collect();
            return Ok(CartChange { refusals, ..CartChange::default() });
        }
        let Draft { document, duplicates, .. } = draft;
        let id = CartId::random(entropy);
        let stored = Stored::new(id, document, now);
        query::insert(db, &stored).await?;
        prices.follow(db, &empty, &stored.document).await?;
        Ok(changed(&stored, &prices, vec![])?.having_merged(&duplicates))
    })
    .await
}

/// Every address that the input names, in either place.
fn addresses(input: &CartInput) -> Vec<CartSelectableAddressInput> {
    let preferred = input.buyer_identity.as_ref().map(preferred).unwrap_or_default();
    preferred.into_iter().chain(delivery_addresses(input).iter().cloned()).collect()
}

fn delivery_addresses(input: &CartInput) -> &[CartSelectableAddressInput] {
    input.delivery.as_ref().and_then(|delivery| delivery.addresses.as_deref()).unwrap_or_default()
}

fn preferred(identity: &CartBuyerIdentityInput) -> Vec<CartSelectableAddressInput> {
    let inputs = identity.delivery_address_preferences.iter().flatten();
    inputs.map(|input| input.selectable(false)).collect()
}

fn fill(
    draft: &mut Draft<'_>,
    input: &CartInput,
    (owner, book, cards): (&Result<Owner, Refusal>, &Book, &Found),
) -> Result<(), Refusal> {
    draft.set_note(input.note.clone())?;
    draft.set_source(input.source_name.as_deref())?;
    draft.set_attributes(input.attributes.clone().unwrap_or_default())?;
    draft.set_discount_codes(input.discount_codes.as_deref().unwrap_or_default())?;
    draft.set_gift_cards(cards.as_ref().map_err(Clone::clone)?)?;
    draft.set_identity(
        &input.buyer_identity.clone().unwrap_or_default(),
        owner.as_ref().map_err(Clone::clone)?,
    )?;
    if let Some(preferred) =
        input.buyer_identity.as_ref().and_then(|it| it.delivery_address_preferences.as_ref())
    {
        draft.prefer_addresses(preferred, book)?;
    }
    draft.add_addresses(delivery_addresses(input), book).map_err(|refusal| refusal.under(["delivery"]))?;
    draft.add_lines(input.lines.as_deref().unwrap_or_default())
}

fn note_down(
    draft: &mut Draft<'_>,
    fields: &metafields::Judged,
    now: DateTime<Utc>,
) -> Result<(), Vec<Refusal>> {
    let fields = fields.as_ref().map_err(Clone::clone)?;
    draft.set_metafields(fields, now).map_err(|refusal| vec![refusal])
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

/// Removes lines by their ids or view keys, and what belongs to them.
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

/// Pays with the gift cards of these codes, and with no others.
///
/// # Errors
/// As [`create`].
pub async fn update_gift_card_codes(cx: &Cx, id: &str, codes: &[String]) -> Result<CartChange> {
    let cards = cards_of(cx, codes).await?;
    change(cx, id, &[], |draft, _| draft.set_gift_cards(cards.as_ref().map_err(Clone::clone)?)).await
}

/// Pays with the gift cards of these codes too.
///
/// # Errors
/// As [`create`].
pub async fn add_gift_card_codes(cx: &Cx, id: &str, codes: &[String]) -> Result<CartChange> {
    let cards = cards_of(cx, codes).await?;
    change(cx, id, &[], |draft, _| draft.add_gift_cards(cards.as_ref().map_err(Clone::clone)?)).await
}

/// Does not pay with these gift cards any more, by the ids that the cart shows.
///
/// # Errors
/// As [`create`].
pub async fn remove_gift_cards(cx: &Cx, id: &str, applied: &[String]) -> Result<CartChange> {
    change(cx, id, &[], |draft, _| draft.remove_gift_cards(applied)).await
}

/// The cards of some codes, or why the codes are not looked up.
type Found = Result<Vec<Option<GiftCardId>>, Refusal>;

async fn cards_of(cx: &Cx, codes: &[String]) -> Result<Found> {
    match input::check_length("giftCardCodes", codes) {
        Ok(()) => Ok(Ok(gift_cards::of_codes(cx, codes).await?)),
        Err(refusal) => Ok(Err(refusal)),
    }
}

/// Says who is buying. A guest's cart that becomes a customer's takes in what the customer put into their cart elsewhere.
///
/// # Errors
/// As [`create`].
pub async fn update_buyer_identity(
    cx: &Cx,
    id: &str,
    identity: &CartBuyerIdentityInput,
) -> Result<CartChange> {
    let owner = Owner::told(cx, Some(identity)).await?;
    let elsewhere = Elsewhere::of(cx, &owner, id).await?;
    let owner = owner.as_ref().map_err(Clone::clone);
    let named = preferred(identity);
    let book = Book::named(cx, named.iter().map(|it| &it.address)).await?;
    let wanted = elsewhere.as_ref().map(Elsewhere::variants).unwrap_or_default();
    let joined = AtomicBool::new(false);
    let done = change(cx, id, &wanted, |draft, _| {
        joined.store(elsewhere.as_ref().is_some_and(|it| it.join(draft)), Ordering::Relaxed);
        draft.set_identity(identity, owner.clone()?)?;
        match &identity.delivery_address_preferences {
            Some(preferred) => draft.prefer_addresses(preferred, &book),
            None => Ok(()),
        }
    })
    .await?;
    match elsewhere {
        Some(elsewhere) if done.refusals.is_empty() && joined.into_inner() => elsewhere.retire(cx).await?,
        _ => {}
    }
    Ok(done)
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
    let book = Book::named(cx, addresses.iter().map(|it| &it.address)).await?;
    change(cx, id, &[], |draft, _| draft.add_addresses(addresses, &book)).await
}

/// Puts other addresses in the place of all that the goods could go to.
///
/// # Errors
/// As [`create`].
pub async fn replace_delivery_addresses(
    cx: &Cx,
    id: &str,
    addresses: &[CartSelectableAddressInput],
) -> Result<CartChange> {
    let book = Book::named(cx, addresses.iter().map(|it| &it.address)).await?;
    change(cx, id, &[], |draft, _| draft.replace_addresses(addresses, &book)).await
}

/// Changes addresses the goods could go to.
///
/// # Errors
/// As [`create`].
pub async fn update_delivery_addresses(
    cx: &Cx,
    id: &str,
    addresses: &[CartSelectableAddressUpdateInput],
) -> Result<CartChange> {
    let book = Book::named(cx, addresses.iter().filter_map(|it| it.address.as_ref())).await?;
    change(cx, id, &[], |draft, _| draft.update_addresses(addresses, &book)).await
}

/// Removes addresses the goods could go to.
///
/// # Errors
/// As [`create`].
pub async fn remove_delivery_addresses(cx: &Cx, id: &str, address_ids: &[String]) -> Result<CartChange> {
    change(cx, id, &[], |draft, _| draft.remove_addresses(address_ids)).await
}

/// Says whom the bill names; `None`: whom the goods go to.
///
/// # Errors
/// As [`create`].
pub async fn update_billing_address(
    cx: &Cx,
    id: &str,
    address: Option<&MailingAddressInput>,
) -> Result<CartChange> {
    change(cx, id, &[], |draft, _| draft.set_billing_address(address)).await
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
    let mut prices = Prices::load(db, terms, &stored.document, wanted).await?;
    let before = priced(&stored, &prices)?;
    let entropy = &*cx.services().entropy;
    let mut draft = Draft::of(stored.document.clone(), &prices, entropy);
    if let Err(refusal) = apply(&mut draft, &before) {
        return unchanged(&stored, &prices, refusal);
    }
    let Draft { document, duplicates, .. } = draft;
    if document == stored.document {
        return Ok(changed(&stored, &prices, vec![])?.having_merged(&duplicates));
    }
    prices.follow(db, &stored.document, &document).await?;
    let next = Stored { document, version: stored.version + 1, updated_at: cx.now(), ..stored };
    if !query::replace(db, &next).await? {
        return Err(Error::Conflict("cart"));
    }
    Ok(changed(&next, &prices, vec![])?.having_merged(&duplicates))
}

/// The answer to a refused change: the cart as it is, but nothing if what was to be put in does not exist.
fn unchanged(stored: &Stored, prices: &Prices<'_>, refusal: Refusal) -> Result<CartChange> {
    if refusal.field.last().is_some_and(|field| field == "merchandiseId") {
        return Ok(CartChange { refusals: vec![refusal], ..CartChange::default() });
    }
    changed(stored, prices, vec![refusal])
}

fn changed(stored: &Stored, prices: &Prices<'_>, refusals: Vec<Refusal>) -> Result<CartChange> {
    let view = priced(stored, prices)?;
    let warnings = warning::warnings(&view, &stored.document);
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
