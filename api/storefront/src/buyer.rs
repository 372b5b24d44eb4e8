//! What belongs to a buyer, by the ids that were given to them: here only that it is there, the checkout tells the rest.

use std::sync::Arc;

use mcom_kit::{Cx, Error, Record, Registry};
use mcom_sales::{
    carts::{self, CartView, LineView},
    gift_cards, mailing, orders,
};
use mcom_schema::id::{CustomerAddressId, MetafieldId, OrderId};

use crate::metafield;

type Node = Option<Arc<dyn Record>>;

/// Declares things of which nothing is known here but their ids.
macro_rules! known_by_id {
    ($($name:ident as $graphql:literal;)*) => {$(
        #[doc = concat!("A thing of which only the id is known: `", $graphql, "`.")]
        pub struct $name {
            pub(crate) id: String,
        }

        mcom_kit::record!($name as $graphql { "id" = id });

        impl $name {
            /// The one with this id.
            pub(crate) fn of(id: String) -> Arc<Self> {
                Arc::new($name { id })
            }
        }
    )*};
}

known_by_id! {
    AppliedGiftCard as "AppliedGiftCard";
    Cart as "Cart";
    CartLine as "CartLine";
    ComponentizableCartLine as "ComponentizableCartLine";
    MailingAddress as "MailingAddress";
}

pub(crate) fn register(registry: &mut Registry) {
    registry.record::<AppliedGiftCard>().record::<Cart>().record::<CartLine>().record::<MailingAddress>();
    registry.record::<ComponentizableCartLine>();
}

/// What there is under an id of this kind; none of other kinds, and none if the id does not carry what it was given out with.
pub(crate) async fn by_gid(cx: &Cx, kind: &str, id: &str) -> Result<Node, Error> {
    Ok(match kind {
        carts::CartId::KIND => known(carts::read(cx, id).await?.map(|cart| Cart::of(cart.id.gid()))),
        "CartLine" | "ComponentizableCartLine" => {
            carts::line(cx, id).await?.map(|(cart, place)| line(cart.line_at(place), &cart))
        }
        gift_cards::AppliedGiftCard::KIND => {
            let card = carts::gift_card(cx, id).await?;
            known(card.map(|(cart, card)| AppliedGiftCard::of(cart.gift_card_gid(&card))))
        }
        CustomerAddressId::KIND => {
            known(mailing(cx, id).await?.map(|address| MailingAddress::of(address.id)))
        }
        OrderId::KIND => {
            known(orders::shown(cx, id).await?.map(|order| metafield::Order::of(order.id, order.gid())))
        }
        MetafieldId::KIND => known(metafield::of_buyer(cx, id).await?),
        _ => None,
    })
}

/// A bundle is another kind of line.
fn line(line: &LineView, cart: &CartView) -> Arc<dyn Record> {
    let id = cart.line_gid(line);
    if line.components.is_empty() { CartLine::of(id) } else { ComponentizableCartLine::of(id) }
}

fn known<T: Record>(found: Option<Arc<T>>) -> Node {
    found.map(|it| it as Arc<dyn Record>)
}
