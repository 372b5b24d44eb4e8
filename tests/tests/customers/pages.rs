//! The pages to which mails lead, and the one that shows mails.

use mcom_sales::customers;
use poem::{
    Request,
    http::{Method, Uri},
};

use crate::counter::{Counter, token};

/// Where a link leads on this store.
fn request(counter: &Counter, method: Method, link: &str) -> poem::RequestBuilder {
    let path = link.splitn(4, '/').nth(3).expect("a link has a path");
    let uri: Uri = format!("/{path}").parse().expect("a path");
    Request::builder().method(method).uri(uri).header("host", counter.shop.tenant().host())
}

async fn choose(counter: &Counter, link: &str, password: &str) -> String {
    let form = request(counter, Method::POST, link).content_type("application/x-www-form-urlencoded");
    counter.shop.process().page(form.body(format!("password={password}"))).await.1
}

#[tokio::test]
async fn a_mailed_link_leads_to_a_form_that_sets_the_password() {
    let counter = Counter::open().await;
    counter.ada().await;
    customers::recover(&counter.shop.buyer(), "ada@example.com").await.expect("a mail can be asked for");
    let link = counter.link().await;
    let (status, form) = counter.shop.process().page(request(&counter, Method::GET, &link).finish()).await;
    assert_eq!(status, 200);
    assert!(form.contains("<form method=\"post\">") && form.contains("type=\"password\""), "{form}");
    let short = choose(&counter, &link, "1234").await;
    assert!(short.contains("too short") && short.contains("<form"), "{short}");
    let done = choose(&counter, &link, "difference").await;
    assert!(done.contains("Your password is set") && !done.contains("<form"), "{done}");
    token(&counter.sign_in("ada@example.com", "difference").await);
    let again = choose(&counter, &link, "engineering").await;
    assert!(again.contains("not good any more"), "{again}");
    token(&counter.sign_in("ada@example.com", "difference").await);
}

#[tokio::test]
async fn other_addresses_and_endless_forms_are_turned_away() {
    let counter = Counter::open().await;
    for wrong in ["http://x/account/steal/1/x", "http://x/account/reset/1"] {
        let (status, _) = counter.shop.process().page(request(&counter, Method::GET, wrong).finish()).await;
        assert_eq!(status, 404, "{wrong}");
    }
    let link = "http://x/account/reset/1/x";
    let endless = choose(&counter, link, &"x".repeat(10_000)).await;
    assert!(endless.contains("Not understood"), "{endless}");
}

#[tokio::test]
async fn mails_are_shown_only_where_that_is_configured() {
    let counter = Counter::open().await;
    counter.ada().await;
    let link = format!("http://{}/mail", counter.shop.tenant().host());
    let (status, _) = counter.shop.process().page(request(&counter, Method::GET, &link).finish()).await;
    assert_eq!(status, 404);
    let process = counter.process_showing_mails();
    let (status, empty) = process.page(request(&counter, Method::GET, &link).finish()).await;
    assert_eq!((status, empty.contains("No mail was sent yet")), (200, true));
    customers::recover(&counter.shop.buyer(), "ada@example.com").await.expect("a mail can be asked for");
    let reset = counter.link().await;
    let (_, shown) = process.page(request(&counter, Method::GET, &link).finish()).await;
    assert!(shown.contains(&format!("<a href=\"{reset}\">")), "{shown}");
    assert!(shown.contains("To: ada@example.com") && shown.contains("Choose another password"), "{shown}");
}
