//! Discounts and gift cards of a store file.

use mcom::apply::{Action, Wish};
use mcom_sales::{
    discounts::{self, DiscountEffect, DiscountItems, DiscountMinimum},
    gift_cards::{self, GiftCardCode},
};
use mcom_tests::Shop;

use crate::{applied, faults};

const DEALS: &str = "
discounts:
  - { code: Ten, percentage: 12.5, usageLimit: 3, combinesWith: [shipping], minimum: { quantity: 2 } }
  - { code: SENT, freeShipping: { countries: [DE], maximumPrice: '9.90' }, minimum: { subtotal: '30.00' } }
  - { title: Sale, amount: '5.00' }
giftCards:
  - { code: ABCD-EFGH-1234, value: '50.00', note: For Ada }
";

#[tokio::test]
async fn what_is_given_is_applied_once_and_tells_no_codes_of_cards() {
    let shop = Shop::open().await;
    let first = applied(&shop, DEALS, Wish::default()).await;
    let names: Vec<&str> = first.changes.iter().map(|change| change.name.as_str()).collect();
    assert_eq!(names, ["Ten", "SENT", "Sale", "…1234"]);
    shop.pass(chrono::Duration::days(1));
    let second = applied(&shop, DEALS, Wish::default()).await;
    assert_eq!((second.changes, second.unchanged), (vec![], 4));
    let all = discounts::all(&shop.admin()).await.expect("they can be read");
    assert_eq!(all[0].details.terms.effect, DiscountEffect::Percentage { hundredths: 1250 });
    assert_eq!(all[0].details.terms.minimum, DiscountMinimum::Quantity { pieces: 2 });
    assert_eq!((all[0].details.usage_limit, all[2].details.code.as_deref()), (Some(3), None));
    let code = GiftCardCode::parse("abcdefgh1234").expect("a code");
    let card = gift_cards::by_code(&shop.admin(), &code).await.expect("it can be read").expect("it is there");
    assert_eq!((card.balance.minor, card.note.as_deref()), (5000, Some("For Ada")));
}

#[tokio::test]
async fn what_differs_is_updated_and_what_is_not_named_ends() {
    let shop = Shop::open().await;
    applied(&shop, DEALS, Wish::default()).await;
    let text = DEALS.replace("Ten", "TEN").replace("12.5", "15").replace("For Ada", "For Grace");
    let done = applied(&shop, &text, Wish::default()).await;
    let told: Vec<_> = done.changes.iter().map(|change| (change.action, change.name.as_str())).collect();
    assert_eq!(told, [(Action::Update, "TEN"), (Action::Update, "…1234")]);
    let none = "discounts: []\ngiftCards: []";
    assert_eq!(applied(&shop, none, Wish::default()).await.unnamed, 4);
    let pruned = applied(&shop, none, Wish { prune: true, ..Wish::default() }).await;
    assert_eq!(pruned.changes.len(), 4);
    assert_eq!(discounts::all(&shop.admin()).await.expect("they can be read"), []);
    // Whoever has the card has its money still.
    let cards = gift_cards::all(&shop.admin()).await.expect("they can be read");
    assert_eq!((cards[0].enabled, cards[0].balance.minor), (false, 5000));
}

#[tokio::test]
async fn what_makes_no_sense_is_told_where_it_stands() {
    let shop = Shop::open().await;
    let text = "
discounts:
  - { code: A, percentage: 101 }
  - { code: B, percentage: 5, amount: '1.00' }
  - { code: C, amount: '1.005' }
  - { code: D, percentage: 5, on: { products: [nowhere] } }
  - { title: E, percentage: 5, usageLimit: 2 }
giftCards:
  - { code: short, value: '5.00' }
  - { code: LONGENOUGH, value: '-5.00' }
";
    let found = faults(&shop, text).await;
    let told: Vec<(usize, &str)> = found.iter().map(|fault| (fault.line, fault.path.as_str())).collect();
    let expected = [
        (3, "discounts.0.percentage"),
        (4, "discounts.1"),
        (5, "discounts.2.amount"),
        (6, "discounts.3.on.products.0"),
        (7, "discounts.4.usageLimit"),
        (9, "giftCards.0.code"),
        (10, "giftCards.1.value"),
    ];
    assert_eq!(told, expected);
    assert_eq!(shop.events().await, []);
}

#[tokio::test]
async fn what_a_card_was_issued_with_stays() {
    let shop = Shop::open().await;
    applied(&shop, DEALS, Wish::default()).await;
    let found = faults(&shop, &DEALS.replace("50.00", "60.00")).await;
    assert_eq!(found[0].path, "giftCards.0.value");
}

#[tokio::test]
async fn offers_say_what_is_bought_what_is_got_and_by_whom() {
    let shop = Shop::open().await;
    let text = "
discounts:
  - { code: THIRD, buyXGetY: { buy: 2, get: 1, percentage: 100, usesPerOrder: 3 } }
";
    applied(&shop, text, Wish::default()).await;
    assert_eq!(applied(&shop, text, Wish::default()).await.unchanged, 1);
    let all = discounts::all(&shop.admin()).await.expect("they can be read");
    let third = DiscountEffect::BuyGet {
        buys: DiscountItems::All,
        pieces: 2,
        gets: 1,
        hundredths: 10_000,
        most: Some(3),
    };
    assert_eq!(all[0].details.terms.effect, third);
    let text = "
discounts:
  - { code: THIRD, percentage: 5, buyXGetY: { buy: 2, get: 1, percentage: 100 } }
  - { code: NONE, buyXGetY: { buy: 0, get: 1, percentage: 100 } }
  - { code: FRIENDS, percentage: 5, customers: [nobody@example.com] }
";
    let found = faults(&shop, text).await;
    let told: Vec<(usize, &str)> = found.iter().map(|fault| (fault.line, fault.path.as_str())).collect();
    let expected = [(3, "discounts.0"), (4, "discounts.1.buyXGetY"), (5, "discounts.2.customers.0")];
    assert_eq!(told, expected);
}
