//! Changes of what a cart knows about its buyer: who, where to, how sent, how paid.

use mcom_schema::{Currency, Gid, Money, Refusal, refuse};

use super::{
    book::Book,
    document::CartAddress,
    draft::Draft,
    input::{
        CartBuyerIdentityInput, CartPaymentInput, CartSelectableAddressInput,
        CartSelectedDeliveryOptionInput, DeliveryAddressInput, MailingAddressInput, check_length,
    },
    owner::Owner,
    view::DeliveryGroup,
};
use crate::{
    Address,
    contact::{is_email, is_phone},
    payments::{Method, Payment},
};

/// A cart has no more addresses than this.
pub const MOST_ADDRESSES: usize = 10;

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

    /// Replaces the addresses that came with the buyer before. The goods go to the first one.
    pub(super) fn prefer_addresses(
        &mut self,
        inputs: &[DeliveryAddressInput],
        book: &Book,
    ) -> Result<(), Refusal> {
        check_length("deliveryAddressPreferences", inputs)?;
        self.document.addresses.retain(|address| !address.preferred);
        for (i, input) in inputs.iter().enumerate() {
            let within = ["buyerIdentity".to_owned(), "deliveryAddressPreferences".to_owned(), i.to_string()];
            self.add_address(&input.selectable(i == 0), book).map_err(|refusal| refusal.under(within))?;
            self.document.addresses.iter_mut().rev().take(1).for_each(|address| address.preferred = true);
        }
        self.check_addresses()
    }

    /// Adds addresses; the cart's first one is selected unless it says otherwise.
    pub(super) fn add_addresses(
        &mut self,
        inputs: &[CartSelectableAddressInput],
        book: &Book,
    ) -> Result<(), Refusal> {
        check_length("addresses", inputs)?;
        if inputs.iter().filter(|input| input.selected == Some(true)).count() > 1 {
            let message = "only one address can be selected";
            return Err(refuse("addresses", "ONLY_ONE_DELIVERY_ADDRESS_CAN_BE_SELECTED", message));
        }
        for (i, input) in inputs.iter().enumerate() {
            self.add_address(input, book)
                .map_err(|refusal| refusal.under(["addresses".to_owned(), i.to_string()]))?;
        }
        self.check_addresses()
    }

    fn check_addresses(&self) -> Result<(), Refusal> {
        if self.document.addresses.len() > MOST_ADDRESSES {
            let message = format!("a cart has at most {MOST_ADDRESSES} addresses");
            return Err(refuse("addresses", "TOO_MANY_DELIVERY_ADDRESSES", message));
        }
        Ok(())
    }

    fn add_address(&mut self, input: &CartSelectableAddressInput, book: &Book) -> Result<(), Refusal> {
        let (field, address) =
            match (&input.address.delivery_address, &input.address.copy_from_customer_address_id) {
                (Some(address), _) => ("deliveryAddress", Some(address.clone().tidy())),
                (None, Some(id)) => {
                    ("copyFromCustomerAddressId", book.find(id, self.document.identity.customer))
                }
                (None, None) => return Err(refuse("address", "INVALID", "a delivery address is needed")),
            };
        let within = |refusal: Refusal| refusal.under(["address", field]);
        let Some(address) = address else {
            return Err(within(refuse("", "INVALID", "The customer has no such address.")));
        };
        address.check().map_err(within)?;
        required(&address, input.validation_strategy.as_deref() == Some("STRICT")).map_err(within)?;
        let selected = input.selected.unwrap_or(self.document.destination().is_none());
        if selected {
            self.document.addresses.iter_mut().for_each(|other| other.selected = false);
        }
        let one_time_use = input.one_time_use.unwrap_or_default();
        let id = self.entropy.token(12);
        self.document.addresses.push(CartAddress { id, address, selected, one_time_use, preferred: false });
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
    Ok(Payment { amount_minor: amount.minor, method, billing_address })
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

fn billing_address(input: &MailingAddressInput) -> Result<Address, Refusal> {
    let address = Address::from(input.clone()).tidy();
    address.check().map_err(|refusal| refusal.under(["billingAddress"]))?;
    Ok(address)
}

/// The country always; with `strict` what a parcel needs.
fn required(address: &Address, strict: bool) -> Result<(), Refusal> {
    let country = ("countryCode", &address.country_code);
    let rest = [("address1", &address.address1), ("city", &address.city), ("lastName", &address.last_name)];
    let checked = if strict { &rest[..] } else { &[] };
    for (field, part) in std::iter::once(&country).chain(checked) {
        if part.is_none() {
            return Err(refuse(field, "ADDRESS_FIELD_IS_REQUIRED", format!("{field} is required")));
        }
    }
    Ok(())
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
