//! Changes of what a cart knows about its buyer: who, how sent, how paid.

use mcom_schema::{Currency, Gid, Money, Refusal, refuse};

use super::{
    addresses::billing_address,
    draft::Draft,
    input::{CartBuyerIdentityInput, CartPaymentInput, CartSelectedDeliveryOptionInput, check_length},
    owner::Owner,
    view::DeliveryGroup,
};
use crate::{
    contact::{is_email, is_phone},
    payments::{Method, Payment},
};

impl Draft<'_> {
    /// Says who is buying; what they do not say of themselves is taken from what is known of the customer who signed in.
    pub(super) fn set_identity(
        &mut self,
        input: &CartBuyerIdentityInput,
        owner: &Owner,
    ) -> Result<(), Refusal> {
        let identity = &mut self.document.identity;
        if let Some(email) = &input.email {
            identity.email = email.as_deref().map(checked_email).transpose()?.flatten();
        }
        if let Some(phone) = &input.phone {
            identity.phone = phone.as_deref().map(checked_phone).transpose()?.flatten();
        }
        if let Some(country) = &input.country_code {
            identity.country = country.clone().filter(|code| code != "ZZ");
        }
        if let Some(preferences) = &input.preferences {
            identity.preferences = Some(preferences.clone());
        }
        owner.enter(identity);
        Ok(())
    }

    /// Chooses how groups are sent, out of `groups` as the cart shows them.
    pub(super) fn select_delivery(
        &mut self,
        inputs: &[CartSelectedDeliveryOptionInput],
        groups: &[DeliveryGroup],
    ) -> Result<(), Refusal> {
        check_length("selectedDeliveryOptions", inputs)?;
        for (i, input) in inputs.iter().enumerate() {
            self.select_option(input, groups)
                .map_err(|refusal| refusal.under(["selectedDeliveryOptions".to_owned(), i.to_string()]))?;
        }
        Ok(())
    }

    fn select_option(
        &mut self,
        input: &CartSelectedDeliveryOptionInput,
        groups: &[DeliveryGroup],
    ) -> Result<(), Refusal> {
        let id = &input.delivery_group_id;
        let key = Gid::parse(id).map_or(id.as_str(), |gid| gid.key);
        let Some(group) = groups.iter().find(|group| group.id == key) else {
            let message = format!("The delivery group with id {id} does not exist.");
            return Err(refuse("deliveryGroupId", "INVALID_DELIVERY_GROUP", message));
        };
        let handle = &input.delivery_option_handle;
        if !group.options.iter().any(|option| option.handle == *handle) {
            let message = format!("The delivery option {handle} is not offered.");
            return Err(refuse("deliveryOptionHandle", "INVALID_DELIVERY_OPTION", message));
        }
        self.document.delivery.insert(group.id.clone(), handle.clone());
        Ok(())
    }

    /// Says how the cart will be paid.
    pub(super) fn set_payment(
        &mut self,
        input: &CartPaymentInput,
        currency: Currency,
    ) -> Result<(), Refusal> {
        let within = |refusal: Refusal| refusal.under(["payment"]);
        if self.document.lines.is_empty() {
            return Err(within(refuse("", "INVALID_PAYMENT_EMPTY_CART", "There is nothing to pay for.")));
        }
        self.document.payment = Some(payment(input, currency).map_err(within)?);
        Ok(())
    }
}

fn payment(input: &CartPaymentInput, currency: Currency) -> Result<Payment, Refusal> {
    let amount = amount(input, currency)?;
    let (method, billing) = match (&input.direct_payment_method, &input.free_payment_method) {
        (Some(_), Some(_)) => {
            return Err(refuse("", "INVALID_PAYMENT", "only one payment method can be given"));
        }
        (Some(card), None) => {
            (Method::Card { session: session(&card.session_id)? }, Some(&card.billing_address))
        }
        (None, Some(free)) => (Method::Free, Some(&free.billing_address)),
        (None, None) if input.source_identifier.as_deref() == Some("manual") => (Method::Manual, None),
        (None, None) => return Err(refuse("", "INVALID_PAYMENT", "a payment method is needed")),
    };
    let billing_address = billing.map(billing_address).transpose()?;
    Ok(Payment { amount_minor: amount.minor, currency: Some(currency), method, billing_address })
}

fn amount(input: &CartPaymentInput, currency: Currency) -> Result<Money, Refusal> {
    let wrong = |message: &str| refuse("amount", "INVALID_PAYMENT", message);
    if Currency::parse(&input.amount.currency_code) != Some(currency) {
        return Err(wrong("the amount is not in the cart's currency"));
    }
    let amount =
        Money::parse(&input.amount.amount, currency).map_err(|_| wrong("the amount is not a number"))?;
    if amount.minor < 0 { Err(wrong("the amount is negative")) } else { Ok(amount) }
}

fn session(id: &str) -> Result<String, Refusal> {
    if (1..=255).contains(&id.len()) {
        return Ok(id.to_owned());
    }
    Err(refuse(
        "directPaymentMethod.sessionId",
        "INVALID_PAYMENT",
        "the session id is not one of the card vault",
    ))
}

fn checked_email(text: &str) -> Result<Option<String>, Refusal> {
    match text.trim() {
        "" => Ok(None),
        email if is_email(email) => Ok(Some(email.to_owned())),
        _ => Err(refuse("buyerIdentity.email", "INVALID", "Email is invalid")),
    }
}

fn checked_phone(text: &str) -> Result<Option<String>, Refusal> {
    match text.trim() {
        "" => Ok(None),
        phone if is_phone(phone) => Ok(Some(phone.to_owned())),
        _ => Err(refuse("buyerIdentity.phone", "INVALID", "Phone is invalid")),
    }
}

#[cfg(test)]
mod tests {
    use super::{checked_email, checked_phone};

    #[test]
    fn addresses_for_mail_and_telephone_are_checked() {
        assert_eq!(checked_email(" ada@example.com "), Ok(Some("ada@example.com".to_owned())));
        assert!(checked_email("ada").is_err());
        assert_eq!(checked_phone(" "), Ok(None));
        assert!(checked_phone("+49 (30) 1234").is_ok());
        assert!(checked_phone("call me").is_err());
    }
}
