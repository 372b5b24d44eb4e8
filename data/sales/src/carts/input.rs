//! What buyers send, named as in the contract.

use mcom_schema::{Refusal, refuse};
use serde::{Deserialize, Deserializer};

use super::document::{Attribute, Preferences};
use crate::Address;

/// No list in a cart's input is longer.
pub const LONGEST_LIST: usize = 250;

/// A new cart.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct CartInput {
    /// Of the whole cart.
    pub attributes: Option<Vec<Attribute>>,
    /// Who is buying.
    pub buyer_identity: Option<CartBuyerIdentityInput>,
    /// Where it could go.
    pub delivery: Option<CartDeliveryInput>,
    /// Codes for discounts.
    pub discount_codes: Option<Vec<String>>,
    /// Codes of gift cards to pay with.
    pub gift_card_codes: Option<Vec<String>>,
    /// What is in it.
    pub lines: Option<Vec<CartLineInput>>,
    /// What storefronts note down by names and types.
    pub metafields: Option<Vec<CartInputMetafieldInput>>,
    /// The buyer's words to the merchant.
    pub note: Option<String>,
    /// Where the cart comes from.
    pub source_name: Option<String>,
}

/// A value to note down on a new cart.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct CartInputMetafieldInput {
    /// Namespace and key, with a dot between them; without one it is the storefront's own.
    pub key: String,
    /// The name of its type.
    pub r#type: String,
    /// The value, in the form of its type.
    pub value: String,
}

/// A value to note down on a cart that there is.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct CartMetafieldsSetInput {
    /// Id of the cart, with its key.
    pub owner_id: String,
    /// Namespace and key, with a dot between them; without one it is the storefront's own.
    pub key: String,
    /// The name of its type.
    pub r#type: String,
    /// The value, in the form of its type.
    pub value: String,
}

/// Delivery of a new cart.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct CartDeliveryInput {
    /// Where it could go.
    pub addresses: Option<Vec<CartSelectableAddressInput>>,
}

/// A line to add.
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct CartLineInput {
    /// Id of a variant.
    pub merchandise_id: String,
    /// 1 if absent.
    #[serde(default)]
    pub quantity: Option<i64>,
    /// What sets this line apart from others of the same variant.
    #[serde(default)]
    pub attributes: Option<Vec<Attribute>>,
    /// The line it belongs to.
    #[serde(default)]
    pub parent: Option<CartLineParentInput>,
    /// The plan by which it is bought.
    #[serde(default)]
    pub selling_plan_id: Option<String>,
}

/// The line that another belongs to: exactly one of these.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct CartLineParentInput {
    /// Id of the line.
    pub line_id: Option<String>,
    /// Id of its variant, also if it comes with the same change.
    pub merchandise_id: Option<String>,
}

/// A change of a line; what is absent stays.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct CartLineUpdateInput {
    /// Which line.
    pub id: Option<String>,
    /// Another variant in its place.
    pub merchandise_id: Option<String>,
    /// How many from now on; 0 removes the line.
    pub quantity: Option<i64>,
    /// Replace all attributes of the line.
    pub attributes: Option<Vec<Attribute>>,
    /// By which plan it is bought from now on; an explicit null: once and at once.
    #[serde(deserialize_with = "given")]
    pub selling_plan_id: Option<Option<String>>,
    /// Which line, if its id is not given.
    pub view_key: Option<String>,
}

/// Who is buying. An absent field stays as it is, an explicit null clears it.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct CartBuyerIdentityInput {
    /// Where the confirmation goes.
    #[serde(deserialize_with = "given")]
    pub email: Option<Option<String>>,
    /// Telephone number.
    #[serde(deserialize_with = "given")]
    pub phone: Option<Option<String>>,
    /// ISO 3166-1 alpha-2; `ZZ` stands for no country.
    #[serde(deserialize_with = "given")]
    pub country_code: Option<Option<String>>,
    /// The customer, by what they were given when they signed in.
    #[serde(deserialize_with = "given")]
    pub customer_access_token: Option<Option<String>>,
    /// Addresses the goods could go to, instead of those given here before; they go to the first one.
    pub delivery_address_preferences: Option<Vec<DeliveryAddressInput>>,
    /// How they would like it to be delivered and paid.
    pub preferences: Option<Preferences>,
}

/// An address that comes with the buyer.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct DeliveryAddressInput {
    /// In the address book of the customer who signed in.
    pub customer_address_id: Option<String>,
    /// Written out.
    pub delivery_address: Option<MailingAddressInput>,
    /// `STRICT` asks for a complete address at once.
    pub delivery_address_validation_strategy: Option<String>,
    /// Not to be remembered for the customer.
    pub one_time_use: Option<bool>,
}

impl DeliveryAddressInput {
    /// The same as an address of the cart.
    pub(super) fn selectable(&self, selected: bool) -> CartSelectableAddressInput {
        CartSelectableAddressInput {
            address: CartAddressInput {
                copy_from_customer_address_id: self.customer_address_id.clone(),
                delivery_address: self.delivery_address.clone().map(Address::from),
            },
            selected: Some(selected),
            one_time_use: self.one_time_use,
            validation_strategy: self.delivery_address_validation_strategy.clone(),
        }
    }
}

/// An address to add.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct CartSelectableAddressInput {
    /// Exactly one of its forms.
    pub address: CartAddressInput,
    /// Whether the goods go there; the first address of a cart is selected unless this says otherwise.
    pub selected: Option<bool>,
    /// Not to be remembered for the customer.
    pub one_time_use: Option<bool>,
    /// `STRICT` asks for a complete address at once.
    pub validation_strategy: Option<String>,
}

/// A change of an address; what is absent stays.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct CartSelectableAddressUpdateInput {
    /// Which address.
    pub id: String,
    /// Another address in its place.
    pub address: Option<CartAddressInput>,
    /// Whether the goods go there.
    pub selected: Option<bool>,
    /// Not to be remembered for the customer.
    pub one_time_use: Option<bool>,
    /// `STRICT` asks for a complete address at once.
    pub validation_strategy: Option<String>,
}

/// The forms in which an address is given.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct CartAddressInput {
    /// In the address book of the customer who signed in.
    pub copy_from_customer_address_id: Option<String>,
    /// Written out.
    pub delivery_address: Option<Address>,
}

/// A choice of how one group of lines is sent.
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct CartSelectedDeliveryOptionInput {
    /// Which group.
    pub delivery_group_id: String,
    /// Which of its options.
    pub delivery_option_handle: String,
}

/// How the cart will be paid. With `source_identifier: "manual"` and no method the order is placed unpaid, to be paid as the
/// merchant arranges it (bank transfer, cash on delivery).
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct CartPaymentInput {
    /// What the buyer agreed to pay; a total that differs when the order is placed is refused.
    pub amount: MoneyInput,
    /// A card, as a session of the payment provider.
    #[serde(default)]
    pub direct_payment_method: Option<CartDirectPaymentMethodInput>,
    /// Nothing is to be paid.
    #[serde(default)]
    pub free_payment_method: Option<CartFreePaymentMethodInput>,
    /// `manual`, or the caller's own mark.
    #[serde(default)]
    pub source_identifier: Option<String>,
}

/// An amount as clients write it.
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct MoneyInput {
    /// A decimal number.
    pub amount: String,
    /// ISO 4217.
    pub currency_code: String,
}

/// A card that the buyer gave to the provider, not to us.
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct CartDirectPaymentMethodInput {
    /// What the provider's vault answered.
    pub session_id: String,
    /// Whom the bill names.
    pub billing_address: MailingAddressInput,
}

/// Payment of nothing.
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct CartFreePaymentMethodInput {
    /// Whom the bill names.
    pub billing_address: MailingAddressInput,
}

/// A billing address; country and province by code or by name.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct MailingAddressInput {
    first_name: Option<String>,
    last_name: Option<String>,
    company: Option<String>,
    address1: Option<String>,
    address2: Option<String>,
    city: Option<String>,
    province: Option<String>,
    zip: Option<String>,
    country: Option<String>,
    phone: Option<String>,
}

impl From<MailingAddressInput> for Address {
    fn from(input: MailingAddressInput) -> Address {
        Address {
            first_name: input.first_name,
            last_name: input.last_name,
            company: input.company,
            address1: input.address1,
            address2: input.address2,
            city: input.city,
            province_code: input.province,
            zip: input.zip,
            country_code: input.country,
            phone: input.phone,
        }
    }
}

/// Tells an explicit null (`Some(None)`) from an absent field (`None`).
pub(crate) fn given<'de, D: Deserializer<'de>>(input: D) -> Result<Option<Option<String>>, D::Error> {
    Option::deserialize(input).map(Some)
}

/// Refuses a list that is longer than any cart needs.
pub(super) fn check_length<T>(field: &str, list: &[T]) -> Result<(), Refusal> {
    if list.len() <= LONGEST_LIST {
        return Ok(());
    }
    let message = format!("at most {LONGEST_LIST} entries can be sent at once");
    Err(refuse(field, "INVALID", message))
}

#[cfg(test)]
mod tests {
    use super::CartBuyerIdentityInput;

    #[test]
    fn an_explicit_null_is_told_from_an_absent_field() {
        let input: CartBuyerIdentityInput = serde_json::from_str(r#"{"email": null, "phone": "1"}"#).unwrap();
        assert_eq!(input.email, Some(None));
        assert_eq!(input.phone, Some(Some("1".to_owned())));
        assert_eq!(input.country_code, None);
    }
}
