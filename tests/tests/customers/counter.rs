//! A store whose mails land in a folder, and what its customers ask of it.

use std::path::PathBuf;

use mcom::mail::{Folder, Found, Sender, letters};
use mcom_store::notifications::Mailer;
use mcom_tests::{
    Answer, Shop,
    process::{Process, services_having},
    root,
};
use serde_json::{Value, json};

pub const ERRORS: &str = "customerUserErrors { code field message } userErrors { field message }";

/// A store of a test's own.
pub struct Counter {
    pub shop: Shop,
    folder: PathBuf,
}

impl Counter {
    pub async fn open() -> Counter {
        let shop = Shop::open().await;
        let folder = root().join("target/tmp/mail").join(shop.tenant().handle());
        let mailer = Mailer::new(Folder::new(folder.clone(), Sender::default()), None);
        let services = services_having(&shop.database, shop.clock.clone(), mailer).await;
        Counter { shop: shop.moved_to(services), folder }
    }

    pub async fn ask(&self, document: &str, variables: Value) -> Answer {
        self.shop.storefront(document, variables).await
    }

    /// Opens an account and answers with its payload.
    pub async fn create(&self, input: Value) -> Value {
        let document = format!(
            "mutation($input: CustomerCreateInput!) {{ customerCreate(input: $input) {{
               customer {{ id email firstName lastName phone displayName acceptsMarketing tags numberOfOrders
                 createdAt updatedAt }} {ERRORS} }} }}"
        );
        self.ask(&document, json!({ "input": input })).await.data("/customerCreate").clone()
    }

    /// Signs in and answers with the payload.
    pub async fn sign_in(&self, email: &str, password: &str) -> Value {
        let asked = self.try_to_sign_in(email, password).await;
        asked.data("/customerAccessTokenCreate").clone()
    }

    pub async fn try_to_sign_in(&self, email: &str, password: &str) -> Answer {
        let document = format!(
            "mutation($input: CustomerAccessTokenCreateInput!) {{ customerAccessTokenCreate(input: $input) {{
               customerAccessToken {{ accessToken expiresAt }} {ERRORS} }} }}"
        );
        self.ask(&document, json!({ "input": { "email": email, "password": password } })).await
    }

    /// An account for Ada, who is signed in: her token.
    pub async fn ada(&self) -> String {
        self.member("ada@example.com").await
    }

    /// An account with this address, whose owner is signed in: their token.
    pub async fn member(&self, email: &str) -> String {
        let created = self.create(json!({ "email": email, "password": "analytical" })).await;
        assert_eq!(created["customerUserErrors"], json!([]));
        token(&self.sign_in(email, "analytical").await)
    }

    /// What the customer sees who holds this token; null if it is not good.
    pub async fn customer(&self, token: &str, fields: &str) -> Value {
        let document =
            format!("query($token: String!) {{ customer(customerAccessToken: $token) {{ {fields} }} }}");
        self.ask(&document, json!({ "token": token })).await.data("/customer").clone()
    }

    /// What is refused, by field and code.
    pub async fn refusals(&self, document: &str, variables: Value) -> Value {
        let answer = self.ask(document, variables).await;
        let payload = answer.data("").as_object().and_then(|data| data.values().next()).cloned();
        refusals(&payload.unwrap_or_default())
    }

    /// A process of this store on which mails are shown.
    pub fn process_showing_mails(&self) -> Process {
        let folder = self.folder.to_str().expect("a path in plain letters");
        let variables = [("MCOM_MAIL_DIR", folder), ("MCOM_MAIL_PAGE", "true")];
        Process::configured(self.shop.services.clone(), &self.shop.database, &variables)
    }

    /// The mails that are in the folder after all jobs are done, newest first.
    pub async fn mails(&self) -> Vec<Found> {
        self.shop.run_jobs().await;
        letters(&self.folder, self.shop.tenant().handle()).await.expect("the folder can be read")
    }

    /// The link in the newest mail.
    pub async fn link(&self) -> String {
        let mails = self.mails().await;
        let lines = mails.first().map(|mail| mail.text.clone()).unwrap_or_default();
        lines.lines().find(|line| line.starts_with("http")).expect("there is a link in it").to_owned()
    }
}

impl Drop for Counter {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}

/// The token in a payload.
pub fn token(payload: &Value) -> String {
    let token = payload.pointer("/customerAccessToken/accessToken").and_then(Value::as_str);
    token.unwrap_or_else(|| panic!("nobody is signed in: {payload:#}")).to_owned()
}

/// The refusals in a payload: field and code of each. The older list has the same ones.
pub fn refusals(payload: &Value) -> Value {
    let told = payload["customerUserErrors"].as_array().cloned().unwrap_or_default();
    if let Some(older) = payload.get("userErrors") {
        assert_eq!(older.as_array().map(Vec::len), Some(told.len()), "{payload:#}");
    }
    let short = |refusal: &Value| {
        let field = refusal["field"]
            .as_array()
            .map(|parts| parts.iter().filter_map(Value::as_str).collect::<Vec<_>>().join("."));
        json!([field, refusal["code"]])
    };
    told.iter().map(short).collect()
}

/// Customer's id and secret at the end of a mailed link.
pub fn parts(link: &str) -> (String, String) {
    let mut parts = link.rsplit('/');
    let secret = parts.next().expect("a secret").to_owned();
    (format!("gid://shopify/Customer/{}", parts.next().expect("an id")), secret)
}
