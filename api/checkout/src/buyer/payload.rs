//! What the changes of a cart answer: the cart, why it was not changed, and what the buyer should know.

use std::sync::Arc;

use mcom_sales::carts::{CartChange, Warning};

use super::cart::Cart;

mcom_kit::user_error!(CartUserError as "CartUserError");

/// Something that the buyer should know.
pub struct CartWarning(Warning);

mcom_kit::record!(CartWarning as "CartWarning" {
    "code" => CartWarning::code,
    "message" => CartWarning::message,
    "target" => CartWarning::target,
});

impl CartWarning {
    fn code(&self) -> &str {
        self.0.code
    }

    fn message(&self) -> &str {
        &self.0.message
    }

    fn target(&self) -> &str {
        &self.0.target
    }
}

/// Declares payloads that are alike in all but their names.
macro_rules! cart_payloads {
    ($($name:ident as $graphql:literal,)*) => {$(
        mcom_kit::payload!($name as $graphql refusing CartUserError {
            "cart" = cart: Option<Arc<Cart>>,
            "warnings" = warnings: Vec<CartWarning>,
        });

        impl From<CartChange> for $name {
            fn from(change: CartChange) -> Self {
                $name {
                    cart: change.cart.map(Cart::of),
                    warnings: change.warnings.into_iter().map(CartWarning).collect(),
                    user_errors: change.refusals.into_iter().map(Into::into).collect(),
                }
            }
        }
    )*};
}

cart_payloads! {
    CartAttributesUpdatePayload as "CartAttributesUpdatePayload",
    CartBillingAddressUpdatePayload as "CartBillingAddressUpdatePayload",
    CartBuyerIdentityUpdatePayload as "CartBuyerIdentityUpdatePayload",
    CartClonePayload as "CartClonePayload",
    CartCreatePayload as "CartCreatePayload",
    CartDeliveryAddressesAddPayload as "CartDeliveryAddressesAddPayload",
    CartDeliveryAddressesRemovePayload as "CartDeliveryAddressesRemovePayload",
    CartDeliveryAddressesReplacePayload as "CartDeliveryAddressesReplacePayload",
    CartDeliveryAddressesUpdatePayload as "CartDeliveryAddressesUpdatePayload",
    CartDiscountCodesUpdatePayload as "CartDiscountCodesUpdatePayload",
    CartGiftCardCodesAddPayload as "CartGiftCardCodesAddPayload",
    CartGiftCardCodesRemovePayload as "CartGiftCardCodesRemovePayload",
    CartGiftCardCodesUpdatePayload as "CartGiftCardCodesUpdatePayload",
    CartLinesAddPayload as "CartLinesAddPayload",
    CartLinesRemovePayload as "CartLinesRemovePayload",
    CartLinesUpdatePayload as "CartLinesUpdatePayload",
    CartNoteUpdatePayload as "CartNoteUpdatePayload",
    CartPaymentUpdatePayload as "CartPaymentUpdatePayload",
    CartRemovePersonalDataPayload as "CartRemovePersonalDataPayload",
    CartSelectedDeliveryOptionsUpdatePayload as "CartSelectedDeliveryOptionsUpdatePayload",
}
