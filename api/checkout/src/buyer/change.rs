//! What changes a cart. Each names its verb and shows what became of the cart.

use mcom_kit::{Cx, Error, Registry};
use mcom_sales::carts::{
    self, Attribute, CartBuyerIdentityInput, CartInput, CartLineInput, CartLineUpdateInput, CartPaymentInput,
    CartSelectedDeliveryOptionInput,
};
use serde::Deserialize;

use super::payload::{
    CartAttributesUpdatePayload, CartBuyerIdentityUpdatePayload, CartCreatePayload,
    CartDiscountCodesUpdatePayload, CartGiftCardCodesAddPayload, CartGiftCardCodesRemovePayload,
    CartGiftCardCodesUpdatePayload, CartLinesAddPayload, CartLinesRemovePayload, CartLinesUpdatePayload,
    CartNoteUpdatePayload, CartPaymentUpdatePayload, CartSelectedDeliveryOptionsUpdatePayload,
};

#[derive(Deserialize)]
struct Create {
    input: Option<CartInput>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct AddLines {
    cart_id: String,
    lines: Vec<CartLineInput>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct UpdateLines {
    cart_id: String,
    lines: Vec<CartLineUpdateInput>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct RemoveLines {
    cart_id: String,
    line_ids: Option<Vec<String>>,
    view_keys: Option<Vec<String>>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct UpdateNote {
    cart_id: String,
    note: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct UpdateDiscountCodes {
    cart_id: String,
    discount_codes: Vec<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct GiftCardCodes {
    cart_id: String,
    gift_card_codes: Vec<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct RemoveGiftCards {
    cart_id: String,
    applied_gift_card_ids: Vec<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct UpdateAttributes {
    cart_id: String,
    attributes: Vec<Attribute>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct UpdateIdentity {
    cart_id: String,
    buyer_identity: CartBuyerIdentityInput,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct SelectDelivery {
    cart_id: String,
    selected_delivery_options: Vec<CartSelectedDeliveryOptionInput>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct UpdatePayment {
    cart_id: String,
    payment: CartPaymentInput,
}

pub(super) fn register(registry: &mut Registry) {
    registry
        .mutation("cartAttributesUpdate", update_attributes)
        .mutation("cartBuyerIdentityUpdate", update_identity)
        .mutation("cartCreate", create)
        .mutation("cartDiscountCodesUpdate", update_discount_codes)
        .mutation("cartGiftCardCodesAdd", add_gift_cards)
        .mutation("cartGiftCardCodesRemove", remove_gift_cards)
        .mutation("cartGiftCardCodesUpdate", update_gift_cards)
        .mutation("cartLinesAdd", add_lines)
        .mutation("cartLinesRemove", remove_lines)
        .mutation("cartLinesUpdate", update_lines)
        .mutation("cartNoteUpdate", update_note)
        .mutation("cartPaymentUpdate", update_payment)
        .mutation("cartSelectedDeliveryOptionsUpdate", select_delivery);
}

async fn create(cx: &Cx, args: Create) -> Result<CartCreatePayload, Error> {
    Ok(carts::create(cx, &args.input.unwrap_or_default()).await?.into())
}

async fn add_lines(cx: &Cx, args: AddLines) -> Result<CartLinesAddPayload, Error> {
    Ok(carts::add_lines(cx, &args.cart_id, &args.lines).await?.into())
}

async fn update_lines(cx: &Cx, args: UpdateLines) -> Result<CartLinesUpdatePayload, Error> {
    Ok(carts::update_lines(cx, &args.cart_id, &args.lines).await?.into())
}

async fn remove_lines(cx: &Cx, args: RemoveLines) -> Result<CartLinesRemovePayload, Error> {
    let is_viewed = args.line_ids.is_none();
    let lines = args.line_ids.or(args.view_keys).unwrap_or_default();
    let mut removed = carts::remove_lines(cx, &args.cart_id, &lines).await?;
    for field in removed.refusals.iter_mut().filter_map(|refusal| refusal.field.first_mut()) {
        if is_viewed && field == "lineIds" {
            "viewKeys".clone_into(field);
        }
    }
    Ok(removed.into())
}

async fn update_note(cx: &Cx, args: UpdateNote) -> Result<CartNoteUpdatePayload, Error> {
    Ok(carts::update_note(cx, &args.cart_id, &args.note).await?.into())
}

async fn update_discount_codes(
    cx: &Cx,
    args: UpdateDiscountCodes,
) -> Result<CartDiscountCodesUpdatePayload, Error> {
    Ok(carts::update_discount_codes(cx, &args.cart_id, &args.discount_codes).await?.into())
}

async fn update_gift_cards(cx: &Cx, args: GiftCardCodes) -> Result<CartGiftCardCodesUpdatePayload, Error> {
    Ok(carts::update_gift_card_codes(cx, &args.cart_id, &args.gift_card_codes).await?.into())
}

async fn add_gift_cards(cx: &Cx, args: GiftCardCodes) -> Result<CartGiftCardCodesAddPayload, Error> {
    Ok(carts::add_gift_card_codes(cx, &args.cart_id, &args.gift_card_codes).await?.into())
}

async fn remove_gift_cards(cx: &Cx, args: RemoveGiftCards) -> Result<CartGiftCardCodesRemovePayload, Error> {
    Ok(carts::remove_gift_cards(cx, &args.cart_id, &args.applied_gift_card_ids).await?.into())
}

async fn update_attributes(cx: &Cx, args: UpdateAttributes) -> Result<CartAttributesUpdatePayload, Error> {
    Ok(carts::update_attributes(cx, &args.cart_id, &args.attributes).await?.into())
}

async fn update_identity(cx: &Cx, args: UpdateIdentity) -> Result<CartBuyerIdentityUpdatePayload, Error> {
    Ok(carts::update_buyer_identity(cx, &args.cart_id, &args.buyer_identity).await?.into())
}

async fn select_delivery(
    cx: &Cx,
    args: SelectDelivery,
) -> Result<CartSelectedDeliveryOptionsUpdatePayload, Error> {
    Ok(carts::select_delivery_options(cx, &args.cart_id, &args.selected_delivery_options).await?.into())
}

async fn update_payment(cx: &Cx, args: UpdatePayment) -> Result<CartPaymentUpdatePayload, Error> {
    Ok(carts::update_payment(cx, &args.cart_id, &args.payment).await?.into())
}
