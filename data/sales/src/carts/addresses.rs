//! Changes of where a cart could go: some addresses, exactly one of which is chosen.

use mcom_schema::{Gid, Refusal, refuse};

use super::{
    book::Book,
    document::CartAddress,
    draft::Draft,
    input::{
        CartAddressInput, CartSelectableAddressInput, CartSelectableAddressUpdateInput, DeliveryAddressInput,
        MailingAddressInput, check_length,
    },
    strict,
};
use crate::Address;

/// A cart has no more addresses than this.
pub const MOST_ADDRESSES: usize = 10;

impl Draft<'_> {
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
            let place =
                self.add_address(&input.selectable(i == 0), book).map_err(|refusal| refusal.under(within))?;
            self.document.addresses[place].preferred = true;
        }
        self.settle_addresses(&[])
    }

    /// Adds addresses; the cart's first one is selected unless another one is.
    pub(super) fn add_addresses(
        &mut self,
        inputs: &[CartSelectableAddressInput],
        book: &Book,
    ) -> Result<(), Refusal> {
        check_length("addresses", inputs)?;
        one_selected(inputs.iter().map(|input| input.selected))?;
        for (i, input) in inputs.iter().enumerate() {
            self.add_address(input, book).map_err(|refusal| refusal.under(place_of("addresses", i)))?;
        }
        self.settle_addresses(&[])
    }

    /// Puts these addresses in the place of all that there are.
    pub(super) fn replace_addresses(
        &mut self,
        inputs: &[CartSelectableAddressInput],
        book: &Book,
    ) -> Result<(), Refusal> {
        self.document.addresses.clear();
        self.add_addresses(inputs, book)
    }

    /// Changes addresses by their ids; what is not said of them stays.
    pub(super) fn update_addresses(
        &mut self,
        inputs: &[CartSelectableAddressUpdateInput],
        book: &Book,
    ) -> Result<(), Refusal> {
        check_length("addresses", inputs)?;
        one_selected(inputs.iter().map(|input| input.selected))?;
        let mut deselected = vec![];
        for (i, input) in inputs.iter().enumerate() {
            let place = self
                .update_address(input, book)
                .map_err(|refusal| refusal.under(place_of("addresses", i)))?;
            if input.selected == Some(false) {
                deselected.push(place);
            }
        }
        self.note_twins();
        self.settle_addresses(&deselected)
    }

    /// Removes addresses by their ids.
    pub(super) fn remove_addresses(&mut self, ids: &[String]) -> Result<(), Refusal> {
        check_length("addressIds", ids)?;
        for (i, id) in ids.iter().enumerate() {
            let place =
                self.find_address("", id).map_err(|refusal| refusal.under(place_of("addressIds", i)))?;
            self.document.addresses.remove(place);
        }
        self.settle_addresses(&[])
    }

    /// Adds one, and says where it stands. One that is there already is not added again, and the buyer is told.
    fn add_address(&mut self, input: &CartSelectableAddressInput, book: &Book) -> Result<usize, Refusal> {
        let address = self.written(&input.address, input.validation_strategy.as_deref(), book)?;
        let known = self.document.addresses.iter().position(|known| known.address == address);
        let place = known.unwrap_or(self.document.addresses.len());
        match known {
            Some(place) => self.duplicates.push(self.document.addresses[place].id.clone()),
            None => self.document.addresses.push(CartAddress {
                id: self.entropy.token(12),
                address,
                selected: false,
                one_time_use: input.one_time_use.unwrap_or_default(),
                preferred: false,
            }),
        }
        if input.selected == Some(true) {
            self.select_address(place);
        }
        Ok(place)
    }

    fn update_address(
        &mut self,
        input: &CartSelectableAddressUpdateInput,
        book: &Book,
    ) -> Result<usize, Refusal> {
        let place = self.find_address("id", &input.id)?;
        if let Some(address) = &input.address {
            let address = self.written(address, input.validation_strategy.as_deref(), book)?;
            self.document.addresses[place].address = address;
        }
        if let Some(one_time_use) = input.one_time_use {
            self.document.addresses[place].one_time_use = one_time_use;
        }
        match input.selected {
            Some(true) => self.select_address(place),
            Some(false) => self.document.addresses[place].selected = false,
            None => {}
        }
        Ok(place)
    }

    /// The address that an input means, looked at as closely as `strategy` wants.
    fn written(
        &self,
        input: &CartAddressInput,
        strategy: Option<&str>,
        book: &Book,
    ) -> Result<Address, Refusal> {
        let (field, address) = match (&input.delivery_address, &input.copy_from_customer_address_id) {
            (Some(address), _) => ("deliveryAddress", Some(address.clone().tidy())),
            (None, Some(id)) => ("copyFromCustomerAddressId", book.find(id, self.document.identity.customer)),
            (None, None) => return Err(refuse("address", "INVALID", "a delivery address is needed")),
        };
        let within = |refusal: Refusal| refusal.under(["address", field]);
        let Some(address) = address else {
            return Err(within(refuse("", "INVALID", "The customer has no such address.")));
        };
        address.check().map_err(within)?;
        strict::required("countryCode", address.country_code.as_ref()).map_err(within)?;
        if strategy == Some("STRICT") {
            strict::check(&address).map_err(within)?;
        }
        Ok(address)
    }

    fn find_address(&self, field: &str, id: &str) -> Result<usize, Refusal> {
        let key = Gid::parse(id).map_or(id, |gid| gid.key);
        self.document.addresses.iter().position(|address| address.id == key).ok_or_else(|| {
            let message = format!("The delivery address with id {id} does not exist.");
            refuse(field, "INVALID_DELIVERY_ADDRESS_ID", message)
        })
    }

    fn select_address(&mut self, place: usize) {
        for (i, address) in self.document.addresses.iter_mut().enumerate() {
            address.selected = i == place;
        }
    }

    /// Addresses that a change made equal to others.
    fn note_twins(&mut self) {
        let all = &self.document.addresses;
        let is_twin =
            |(i, it): &(usize, &CartAddress)| all[..*i].iter().any(|other| other.address == it.address);
        let twins: Vec<String> =
            all.iter().enumerate().filter(is_twin).map(|(_, it)| it.id.clone()).collect();
        self.duplicates.extend(twins);
    }

    /// One of the addresses is selected, those at `deselected` only if there is no other; and there are not too many.
    fn settle_addresses(&mut self, deselected: &[usize]) -> Result<(), Refusal> {
        let count = self.document.addresses.len();
        if count > MOST_ADDRESSES {
            let message = format!("a cart has at most {MOST_ADDRESSES} addresses");
            return Err(refuse("addresses", "TOO_MANY_DELIVERY_ADDRESSES", message));
        }
        if count > 0 && self.document.destination().is_none() {
            self.select_address((0..count).find(|place| !deselected.contains(place)).unwrap_or(0));
        }
        let addresses = &self.document.addresses;
        self.document.delivery.retain(|group, _| addresses.iter().any(|address| address.id == *group));
        Ok(())
    }

    /// Says whom the bill names, whatever the cart is paid with; `None`: whom the goods go to.
    pub(super) fn set_billing_address(&mut self, input: Option<&MailingAddressInput>) -> Result<(), Refusal> {
        let address = input.map(billing_address).transpose()?;
        if let Some(payment) = &mut self.document.payment {
            payment.billing_address.clone_from(&address);
        }
        self.document.billing_address = address;
        Ok(())
    }
}

/// The address that a bill names.
pub(super) fn billing_address(input: &MailingAddressInput) -> Result<Address, Refusal> {
    let address = Address::from(input.clone()).tidy();
    address.check().map_err(|refusal| refusal.under(["billingAddress"]))?;
    Ok(address)
}

fn one_selected(selected: impl Iterator<Item = Option<bool>>) -> Result<(), Refusal> {
    if selected.filter(|selected| *selected == Some(true)).count() <= 1 {
        return Ok(());
    }
    let message = "only one address can be selected";
    Err(refuse("addresses", "ONLY_ONE_DELIVERY_ADDRESS_CAN_BE_SELECTED", message))
}

fn place_of(list: &str, index: usize) -> [String; 2] {
    [list.to_owned(), index.to_string()]
}
