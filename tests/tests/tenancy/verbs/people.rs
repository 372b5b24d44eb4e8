//! Customers with accounts and without, and what was mailed to them.

use mcom_data::Cx;
use mcom_sales::customers;
use mcom_schema::id::{CustomerAddressId, CustomerId, NotificationId};
use mcom_store::notifications::{self, Mailer, NewNotification, Notification};
use mcom_tests::Shop;
use serde_json::json;

use super::{customers::Nowhere, stage::input};

/// The e-mail address of a customer with an account.
pub(crate) const MEMBER: &str = "member@example.com";
/// What opens it.
pub(crate) const PASSWORD: &str = "analytical";

/// What the owner's customers are called, and what they hold.
pub(crate) struct People {
    /// Has an account.
    pub(crate) member: CustomerId,
    /// Has another one.
    pub(crate) other: CustomerId,
    /// What the member got when they signed in.
    pub(crate) session: String,
    /// In the member's address book.
    pub(crate) addresses: [CustomerAddressId; 2],
    /// Have ordered without an account.
    pub(crate) guests: [CustomerId; 2],
    /// Mailed to the member and to the other one.
    pub(crate) resets: [String; 2],
    /// Mailed to the guests.
    pub(crate) activations: [String; 2],
    /// A mail that waits.
    pub(crate) mail: NotificationId,
}

/// Fills the store with them.
pub(super) async fn move_in(shop: &Shop) -> People {
    let cx = shop.cx(mcom_data::Actor::Operator);
    let member = open(&cx, MEMBER).await;
    let other = open(&cx, "other@example.com").await;
    let guests = [guest(shop, "first").await, guest(shop, "second").await];
    let sign_in = input(json!({ "email": MEMBER, "password": PASSWORD }));
    let session = customers::sign_in(&cx, &sign_in).await.unwrap().secret;
    let mut addresses = [CustomerAddressId(0); 2];
    for (id, city) in addresses.iter_mut().zip(["Bonn", "Ulm"]) {
        *id = customers::create_address(&cx, &session, &input(json!({ "city": city }))).await.unwrap().id;
    }
    let resets = [secret(&cx, MEMBER).await, secret(&cx, "other@example.com").await];
    let activations = [secret(&cx, "first@example.com").await, secret(&cx, "second@example.com").await];
    let mail = ask(&cx, MEMBER).await;
    age(shop).await;
    // What is renewed from now on is good for longer.
    shop.pass(chrono::Duration::minutes(1));
    People { member, other, session, addresses, guests, resets, activations, mail }
}

async fn open(cx: &Cx, email: &str) -> CustomerId {
    let account = input(json!({ "email": email, "password": PASSWORD }));
    customers::create(cx, &account).await.unwrap().id()
}

async fn guest(shop: &Shop, name: &str) -> CustomerId {
    let insert = format!(
        "insert into customers (tenant_id, email, email_key, orders_count, created_at, updated_at)
         values ($1, '{name}@example.com', '{name}@example.com', 1, now(), now()) returning id"
    );
    CustomerId(shop.rows(&insert).await[0].get(0))
}

async fn ask(cx: &Cx, email: &str) -> NotificationId {
    let wish = NewNotification { kind: customers::RESET, recipient: email };
    cx.write_quietly(async |db| notifications::add(cx, db, wish).await).await.unwrap()
}

/// What is in the link of a mail to this customer.
async fn secret(cx: &Cx, email: &str) -> String {
    let id = ask(cx, email).await;
    let recipient = email.to_owned();
    let notification =
        Notification { id, kind: customers::RESET.to_owned(), recipient, created_at: cx.now() };
    let mailer = Mailer::new(Nowhere, None);
    let words = customers::write_letter(cx, &mailer, &notification).await.unwrap().unwrap();
    let link = words.text.lines().find(|line| line.starts_with("http")).unwrap();
    link.rsplit('/').next().unwrap().to_owned()
}

/// Leaves something whose time is over.
async fn age(shop: &Shop) {
    let tried =
        "insert into customer_tries (tenant_id, subject, tries, began_at) values ($1, 'x', 1, '2001-01-01')";
    let sent = "insert into notifications (tenant_id, kind, recipient, status, created_at, settled_at)
        values ($1, 'x', 'x', 'sent', '2001-01-01', '2001-01-01')";
    for old in [tried, sent] {
        shop.rows(old).await;
    }
}
