//! How mails are written and sent.

use std::sync::{Arc, Mutex, PoisonError};

use mcom::mail::{Sender, Smtp};
use mcom_data::{Actor, job::NewJob};
use mcom_sales::customers;
use mcom_schema::id::NotificationId;
use mcom_store::notifications::{self, DELIVER, Delivery, Mailer, NewNotification};
use mcom_tests::{Shop, process::services_having};
use serde_json::json;
use tokio::{
    io::{AsyncBufReadExt, AsyncWriteExt, BufStream},
    net::{TcpListener, TcpStream},
};

use crate::counter::Counter;

async fn statuses(shop: &Shop) -> Vec<(String, String, Option<String>)> {
    let kept = "select kind, status, reason from notifications where tenant_id = $1 order by id";
    shop.rows(kept).await.iter().map(|row| (row.get(0), row.get(1), row.get(2))).collect()
}

#[tokio::test]
async fn who_opens_an_account_is_welcomed_by_the_store() {
    let counter = Counter::open().await;
    let input = json!({ "email": "ada@example.com", "password": "analytical", "firstName": "Ädä" });
    counter.create(input).await;
    let mails = counter.mails().await;
    assert_eq!(mails.len(), 1);
    let head = mails[0].head.join("\n");
    assert!(head.contains("To: ada@example.com") && head.contains("Subject: Your account is open"), "{head}");
    assert!(head.contains(&format!("Message-ID: <{}@", mails[0].name)), "{head}");
    assert!(mails[0].text.contains("Hello Ädä,"), "{}", mails[0].text);
    assert!(!mails[0].text.contains("analytical"));
    assert_eq!(statuses(&counter.shop).await, [("customer_welcome".into(), "sent".into(), None)]);
}

#[tokio::test]
async fn a_mail_that_is_sent_twice_is_one_mail_with_a_secret_that_is_good() {
    let counter = Counter::open().await;
    counter.ada().await;
    customers::recover(&counter.shop.buyer(), "ada@example.com").await.expect("a mail can be asked for");
    let first = counter.link().await;
    // As if the worker had died after it had handed the mail over.
    let again = "update notifications set status = 'waiting', settled_at = null
        where tenant_id = $1 and kind = 'customer_reset' returning id";
    let id = NotificationId(counter.shop.rows(again).await[0].get(0));
    let cx = counter.shop.cx(Actor::Operator);
    let payload = Delivery { notification_id: id };
    cx.write_quietly(async |db| {
        let job = NewJob { kind: DELIVER, payload: &payload, unique_key: None, run_at: cx.now() };
        mcom_data::job::enqueue(&cx, db, job).await
    })
    .await
    .expect("it can be asked for again");
    let second = counter.link().await;
    assert_eq!(counter.mails().await.len(), 2, "a welcome and one mail to set a password");
    assert_ne!(first, second);
    let cx = counter.shop.buyer();
    assert!(customers::reset_by_url(&cx, &first, &"difference".into()).await.is_err());
    customers::reset_by_url(&cx, &second, &"difference".into()).await.expect("the newer one is good");
}

#[tokio::test]
async fn links_lead_to_the_store_and_not_to_where_the_request_was_sent() {
    let counter = Counter::open().await;
    counter.ada().await;
    let origin = mcom_data::Origin::of_host("evil.example").expect("a host");
    let cx = counter.shop.buyer().reached_at(origin);
    customers::recover(&cx, "ada@example.com").await.expect("a mail can be asked for");
    let link = counter.link().await;
    let own = format!("http://{}/account/reset/", counter.shop.tenant().host());
    assert!(link.starts_with(&own), "{link} does not begin with {own}");
}

#[tokio::test]
async fn what_is_kept_of_a_mail_holds_no_secret() {
    let counter = Counter::open().await;
    counter.ada().await;
    customers::recover(&counter.shop.buyer(), "ada@example.com").await.expect("a mail can be asked for");
    let link = counter.link().await;
    let secret = link.rsplit('/').next().expect("a secret");
    let everything = "select n::text from notifications n where tenant_id = $1
        union all select t::text from customer_mailed_tokens t where tenant_id = $1
        union all select e::text from events e where tenant_id = $1
        union all select j::text from jobs j where tenant_id = $1";
    for row in counter.shop.rows(everything).await {
        let kept: String = row.get(0);
        assert!(!kept.contains(secret), "{kept}");
    }
}

#[tokio::test]
async fn without_a_way_to_send_mails_are_dropped_and_that_is_told() {
    let shop = Shop::open().await;
    customers::recover(&shop.buyer(), "ada@example.com").await.expect("a mail can be asked for");
    shop.run_jobs().await;
    let told = statuses(&shop).await;
    assert_eq!(told[0].1, "dropped");
    assert!(told[0].2.as_deref().is_some_and(|why| why.contains("configured")), "{told:?}");
    assert!(shop.jobs().await.iter().all(|kind| kind != DELIVER));
}

#[tokio::test]
async fn old_mails_and_tokens_are_forgotten() {
    let counter = Counter::open().await;
    counter.ada().await;
    customers::recover(&counter.shop.buyer(), "ada@example.com").await.expect("a mail can be asked for");
    counter.mails().await;
    let cx = counter.shop.cx(Actor::Operator);
    assert_eq!(customers::forget_old(&cx).await.expect("it can be done"), 0);
    counter.shop.pass(chrono::Duration::days(43));
    let forgotten = customers::forget_old(&cx).await.expect("it can be done");
    assert!(forgotten >= 3, "a token, a mailed one and counted tries: {forgotten}");
    assert_eq!(notifications::forget_old(&cx).await.expect("it can be done"), 2);
    for table in ["customer_access_tokens", "customer_mailed_tokens", "customer_tries", "notifications"] {
        let left = counter.shop.rows(&format!("select 1 from {table} where tenant_id = $1")).await;
        assert!(left.is_empty(), "{table}");
    }
}

/// A mail server of one connection at a time. It turns away who writes to `nobody@…`, and keeps the rest.
struct Server {
    url: String,
    taken: Arc<Mutex<Vec<String>>>,
}

impl Server {
    async fn open() -> Server {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port is free");
        let address = listener.local_addr().expect("it has an address");
        let taken = Arc::new(Mutex::default());
        let kept = Arc::clone(&taken);
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                // Who breaks off is gone.
                let _ = serve(BufStream::new(stream), &kept).await;
            }
        });
        Server { url: format!("smtp://{address}"), taken }
    }

    fn taken(&self) -> Vec<String> {
        self.taken.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

async fn serve(mut stream: BufStream<TcpStream>, taken: &Mutex<Vec<String>>) -> std::io::Result<()> {
    say(&mut stream, "220 mail.example").await?;
    let mut line = String::new();
    while stream.read_line(&mut line).await? > 0 {
        let command = std::mem::take(&mut line);
        let answer = match command.get(..4).unwrap_or_default() {
            "RCPT" if command.contains("nobody@") => "550 no such mailbox",
            "DATA" => {
                say(&mut stream, "354 go on").await?;
                let mut message = String::new();
                while !message.ends_with("\r\n.\r\n") && stream.read_line(&mut message).await? > 0 {}
                taken.lock().unwrap_or_else(PoisonError::into_inner).push(message);
                "250 taken"
            }
            "QUIT" => return say(&mut stream, "221 bye").await,
            _ => "250 ok",
        };
        say(&mut stream, answer).await?;
    }
    Ok(())
}

async fn say(stream: &mut BufStream<TcpStream>, answer: &str) -> std::io::Result<()> {
    stream.write_all(format!("{answer}\r\n").as_bytes()).await?;
    stream.flush().await
}

#[tokio::test]
async fn mails_go_to_a_mail_server_which_may_turn_them_away() {
    let server = Server::open().await;
    let shop = Shop::open().await;
    let smtp = Smtp::at(&server.url.clone().into(), Sender(Some("shop@example.com".to_owned())));
    let mailer = Mailer::new(smtp.expect("a URL"), Some("https://shop.example:8443".to_owned()));
    let services = services_having(&shop.database, shop.clock.clone(), mailer).await;
    let shop = shop.moved_to(services);
    for email in ["ada@example.com", "nobody@example.com"] {
        let input = json!({ "email": email, "password": "analytical" });
        let input = serde_json::from_value(input).expect("an input");
        customers::create(&shop.buyer(), &input).await.expect("an account can be opened");
    }
    shop.run_jobs().await;
    let told = statuses(&shop).await;
    assert_eq!((told[0].1.as_str(), told[1].1.as_str()), ("sent", "dropped"), "{told:?}");
    assert!(told[1].2.as_deref().is_some_and(|why| why.contains("550")), "{told:?}");
    let taken = server.taken();
    assert_eq!(taken.len(), 1);
    assert!(
        taken[0].contains("<shop@example.com>") && taken[0].contains("To: ada@example.com"),
        "{}",
        taken[0]
    );
    assert!(taken[0].contains("https://shop.example:8443"), "{}", taken[0]);
}

#[tokio::test]
async fn a_mail_waits_for_a_mail_server_that_is_away() {
    let nobody = TcpListener::bind("127.0.0.1:0").await.expect("a port is free");
    let url = format!("smtp://{}", nobody.local_addr().expect("it has an address"));
    drop(nobody);
    let shop = Shop::open().await;
    let mailer = Mailer::new(Smtp::at(&url.into(), Sender::default()).expect("a URL"), None);
    let services = services_having(&shop.database, shop.clock.clone(), mailer).await;
    let shop = shop.moved_to(services);
    let cx = shop.buyer();
    let wish = NewNotification { kind: customers::RESET, recipient: "ada@example.com" };
    let input = json!({ "email": "ada@example.com", "password": "analytical" });
    customers::create(&cx, &serde_json::from_value(input).expect("an input")).await.expect("an account");
    cx.write_quietly(async |db| notifications::add(&cx, db, wish).await).await.expect("it is noted down");
    shop.run_jobs().await;
    assert!(statuses(&shop).await.iter().all(|(_, status, _)| status == "waiting"));
    assert!(shop.jobs().await.iter().any(|kind| kind == DELIVER));
}
