//! Where a cart may go, what is sent together, and how.

use std::sync::Arc;

use mcom_kit::{
    Cx, Error, Record, Registry,
    connection::Paging,
    slice::{self, Place},
};
use mcom_sales::carts::{CartAddress, CartView, DeliveryGroup, LineView};
use mcom_schema::Money;
use serde::Deserialize;

use super::{
    address::{self, DeliveryAddress, MailingAddress},
    cart::Cart,
    discount,
    line::{self, LineConnection},
};

/// The addresses of a cart.
pub struct Delivery {
    cart: Arc<CartView>,
}

mcom_kit::record!(Delivery as "CartDelivery" {});

/// One of them.
pub struct SelectableAddress {
    id: String,
    address: DeliveryAddress,
    one_time_use: bool,
    selected: bool,
}

mcom_kit::record!(SelectableAddress as "CartSelectableAddress" {
    "address" = address,
    "id" = id,
    "oneTimeUse" = one_time_use,
    "selected" = selected,
});

/// What is sent together, by its place in its cart.
pub struct Group {
    cart: Arc<CartView>,
    index: usize,
}

mcom_kit::record!(Group as "CartDeliveryGroup" {
    "deliveryAddress" => Group::address,
    "deliveryOptions" => Group::options,
    "discountAllocations" => Group::discounts,
    "groupType" => Group::kind,
    "id" => Group::id,
    "selectedDeliveryOption" => Group::selected,
});

mcom_kit::connection!(GroupConnection, GroupEdge of Group as "CartDeliveryGroupConnection" "CartDeliveryGroupEdge");

/// A way of sending.
pub struct DeliveryOption {
    handle: String,
    title: String,
    description: Option<String>,
    cost: Money,
    method: &'static str,
}

mcom_kit::record!(DeliveryOption as "CartDeliveryOption" {
    "code" = handle,
    "deliveryMethodType" = method,
    "description" = description,
    "estimatedCost" = cost,
    "handle" = handle,
    "title" = title,
});

#[derive(Deserialize)]
struct Which {
    selected: Option<bool>,
}

pub(super) fn register(registry: &mut Registry) {
    registry.on::<Cart>().field("deliveryGroups", groups);
    registry.on::<Delivery>().field("addresses", addresses);
    registry.on::<Group>().field("cartLines", lines);
    address::register(registry);
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct GroupsArgs {
    #[serde(flatten)]
    paging: Paging,
    /// No carrier calculates anything: both ask for the rates that there are.
    #[serde(rename = "withCarrierRates")]
    _with_carrier_rates: Option<bool>,
}

fn groups(_: &Cx, cart: &Cart, args: &GroupsArgs) -> Result<GroupConnection, Error> {
    let place = |index| Place { key: slice::ordinal(index), id: slice::ordinal(index), index };
    let places = (0..cart.view.delivery_groups.len()).map(place).collect();
    let page = slice::page(&args.paging.page()?, "GROUPS", places)?;
    Ok(GroupConnection::of(page.map(|index| Arc::new(Group { cart: cart.view.clone(), index }))))
}

fn addresses(_: &Cx, delivery: &Delivery, which: &Which) -> Result<Vec<SelectableAddress>, Error> {
    let only_selected = which.selected.unwrap_or_default();
    let wanted = |address: &&CartAddress| address.selected || !only_selected;
    let show = |address: &CartAddress| SelectableAddress {
        id: delivery.cart.address_gid(address),
        address: DeliveryAddress::of(address.address.clone()),
        one_time_use: address.one_time_use,
        selected: address.selected,
    };
    Ok(delivery.cart.addresses.iter().filter(wanted).map(show).collect())
}

fn lines(_: &Cx, group: &Group, paging: &Paging) -> Result<LineConnection, Error> {
    Ok(line::page(&group.cart, group.it().lines.iter().copied(), paging)?)
}

impl Delivery {
    /// Shows the addresses of a cart.
    pub(super) fn of(cart: Arc<CartView>) -> Self {
        Delivery { cart }
    }
}

impl Group {
    fn it(&self) -> &DeliveryGroup {
        &self.cart.delivery_groups[self.index]
    }

    fn id(&self) -> String {
        self.cart.group_gid(self.it())
    }

    fn address(&self) -> MailingAddress {
        MailingAddress::of_cart(&self.cart, &self.it().address)
    }

    fn discounts(&self) -> Vec<Arc<dyn Record>> {
        discount::of_part(&self.cart, |it| it.off_group(self.index))
    }

    fn options(&self) -> Vec<DeliveryOption> {
        self.it().options.iter().map(DeliveryOption::of).collect()
    }

    fn selected(&self) -> Option<DeliveryOption> {
        self.it().chosen().map(DeliveryOption::of)
    }

    fn kind(&self) -> &'static str {
        let mut lines = self.it().lines.iter().filter_map(|place| self.cart.lines.get(*place));
        let recurs = |line: &LineView| line.plan.as_ref().is_some_and(|plan| plan.recurs);
        if lines.all(recurs) { "SUBSCRIPTION" } else { "ONE_TIME_PURCHASE" }
    }
}

impl DeliveryOption {
    fn of(option: &mcom_sales::carts::DeliveryOption) -> Self {
        DeliveryOption {
            handle: option.handle.clone(),
            title: option.title.clone(),
            description: option.description.clone(),
            cost: option.cost,
            method: option.method.name(),
        }
    }
}
