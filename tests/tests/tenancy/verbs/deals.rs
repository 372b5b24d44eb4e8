//! Attempts on discounts and gift cards.

use mcom_data::Cx;
use mcom_sales::{
    carts,
    discounts::{
        self, CombinesWith, DiscountDetails, DiscountEffect, DiscountItems, DiscountMinimum, DiscountTerms,
    },
    gift_cards::{self, GiftCardCode, GiftCardInput},
};
use mcom_schema::{
    Currency, Money,
    id::{DiscountId, GiftCardId},
};
use mcom_tests::shop::opening;

use super::{Attempt, changes, finds};

/// The code of the owner's gift card.
pub(crate) const CARD: &str = "zebrawood1234";
/// The code of another one, which the cart is paid with.
const APPLIED: &str = "zebrawood5678";

/// What a merchant has given.
pub(crate) struct Deals {
    discount: DiscountId,
    card: GiftCardId,
    /// As the cart shows it.
    pub(crate) applied: String,
}

impl Deals {
    /// The owner's gift card, as a cart would show it.
    pub(crate) fn card_gid(&self) -> String {
        format!("gid://shopify/AppliedGiftCard/{}", self.card)
    }
}

/// Gives a discount and two cards, and pays the cart with one of them.
pub(super) async fn give(cx: &Cx, cart: &str) -> Deals {
    let discount = discounts::create(cx, &details("ZEBRA")).await.unwrap();
    let card = gift_cards::issue(cx, &code(CARD), money(), &open()).await.unwrap();
    gift_cards::issue(cx, &code(APPLIED), money(), &open()).await.unwrap();
    let paid = carts::add_gift_card_codes(cx, cart, &[APPLIED.to_owned()]).await.unwrap();
    let paid = paid.cart.unwrap();
    Deals { discount, card, applied: paid.gift_card_gid(&paid.gift_cards[0]) }
}

fn details(code: &str) -> DiscountDetails {
    DiscountDetails {
        code: Some(code.to_owned()),
        title: code.to_owned(),
        terms: DiscountTerms {
            effect: DiscountEffect::Percentage { hundredths: 1000 },
            items: DiscountItems::All,
            minimum: DiscountMinimum::None,
            combines_with: CombinesWith::default(),
            customers: None,
        },
        starts_at: opening(),
        ends_at: None,
        usage_limit: None,
        once_per_customer: false,
    }
}

fn code(text: &str) -> GiftCardCode {
    GiftCardCode::parse(text).unwrap()
}

fn money() -> Money {
    Money::new(500, Currency::EUR)
}

fn open() -> GiftCardInput {
    GiftCardInput { enabled: true, ..GiftCardInput::default() }
}

pub(super) fn finding() -> Vec<Attempt> {
    vec![
        finds!("sales::carts::gift_card", |s| {
            carts::gift_card(&s.cx, &s.of.deals.applied).await?.is_some()
        }),
        finds!("sales::discounts::all", |s| !discounts::all(&s.cx).await?.is_empty()),
        finds!("sales::gift_cards::all", |s| !gift_cards::all(&s.cx).await?.is_empty()),
        finds!("sales::gift_cards::by_code", |s| gift_cards::by_code(&s.cx, &code(CARD)).await?.is_some()),
    ]
}

pub(super) fn changing() -> Vec<Attempt> {
    vec![
        changes!("sales::carts::update_gift_card_codes", |s| {
            carts::update_gift_card_codes(&s.cx, &s.of.cart, &[CARD.to_owned()]).await
        }),
        changes!("sales::carts::add_gift_card_codes", |s| {
            carts::add_gift_card_codes(&s.cx, &s.of.cart, &[APPLIED.to_owned()]).await
        }),
        changes!("sales::carts::remove_gift_cards", |s| {
            carts::remove_gift_cards(&s.cx, &s.of.cart, std::slice::from_ref(&s.of.deals.applied)).await
        }),
        changes!("sales::discounts::create", |s| discounts::create(&s.cx, &details("OTHER")).await),
        changes!("sales::discounts::update", |s| {
            discounts::update(&s.cx, s.of.deals.discount, &details("ZEBRAS")).await
        }),
        changes!("sales::discounts::delete", |s| discounts::delete(&s.cx, s.of.deals.discount).await),
        changes!("sales::gift_cards::issue", |s| {
            gift_cards::issue(&s.cx, &code("another12"), money(), &open()).await
        }),
        changes!("sales::gift_cards::update", |s| {
            gift_cards::update(&s.cx, s.of.deals.card, &GiftCardInput::default()).await
        }),
    ]
}
