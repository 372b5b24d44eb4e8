//! What mails to customers say. The secrets in them are made here, when they are written: what is kept of a mail that waits has none.

use mcom_data::{Cx, Result};
use mcom_schema::{Scope, id::CustomerId};
use mcom_store::{
    notifications::{Mailer, Notification, Words},
    settings,
};

use super::{
    ById, query,
    token::{Purpose, secret},
};
use crate::contact::email_key;

/// To somebody who opened an account.
pub const WELCOME: &str = "customer_welcome";
/// To somebody who placed orders and now wants an account.
pub const ACTIVATE: &str = "customer_activate";
/// To somebody who forgot their password, if that is who they are.
pub const RESET: &str = "customer_reset";

/// The words of a mail to a customer; `None` if there is nobody whom it concerns. Each time it is asked for, the mail has another secret,
/// and the one before is void.
///
/// # Errors
/// `Forbidden` without `write_customers`; `Busy` or `Broken`.
pub async fn write_letter(cx: &Cx, mailer: &Mailer, notification: &Notification) -> Result<Option<Words>> {
    cx.require(Scope::WriteCustomers)?;
    let key = email_key(&notification.recipient);
    let Some((id, password)) = cx.read(async |db| query::account::by_email(db, &key).await).await? else {
        return Ok(None);
    };
    let desk = Desk { cx, mailer, notification, id };
    match (notification.kind.as_str(), password.is_some()) {
        (WELCOME, true) => desk.welcome().await.map(Some),
        (RESET, true) => desk.reset().await.map(Some),
        // A guest who asks for a password wants an account.
        (RESET | ACTIVATE, false) => desk.activate().await.map(Some),
        _ => Ok(None),
    }
}

/// Where a letter is written.
struct Desk<'a> {
    cx: &'a Cx,
    mailer: &'a Mailer,
    notification: &'a Notification,
    id: CustomerId,
}

impl Desk<'_> {
    async fn welcome(&self) -> Result<Words> {
        let store = self.store().await?;
        let text = format!(
            "{}\n\nyour account at {store} is open. You can sign in with this address.\n\n{}\n",
            self.greeting().await?,
            self.mailer.origin(self.cx)
        );
        Ok(Words { subject: "Your account is open".to_owned(), text })
    }

    async fn activate(&self) -> Result<Words> {
        let (greeting, store) = (self.greeting().await?, self.store().await?);
        let link = self.link(Purpose::Activate).await?;
        let text = format!(
            "{greeting}\n\nsomebody, most likely you, wants to open an account at {store} with this address. Choose a password here:\n\n\
             {link}\n\nThe link is good for 30 days. If it was not you, there is nothing to do.\n"
        );
        Ok(Words { subject: "Open your account".to_owned(), text })
    }

    async fn reset(&self) -> Result<Words> {
        let (greeting, store) = (self.greeting().await?, self.store().await?);
        let link = self.link(Purpose::Reset).await?;
        let text = format!(
            "{greeting}\n\nsomebody, most likely you, wants another password for the account at {store}. Choose it here:\n\n\
             {link}\n\nThe link is good once, for three hours. If it was not you, there is nothing to do: your password is as it was.\n"
        );
        Ok(Words { subject: "Choose another password".to_owned(), text })
    }

    async fn greeting(&self) -> Result<String> {
        let customer = self.cx.load::<ById>(self.id).await?;
        let name = customer.and_then(|customer| customer.first_name);
        Ok(name.map_or_else(|| "Hello,".to_owned(), |name| format!("Hello {name},")))
    }

    async fn store(&self) -> Result<String> {
        Ok(settings::get(self.cx).await?.name.clone())
    }

    /// An address with a new secret, of which the hash is kept.
    async fn link(&self, purpose: Purpose) -> Result<String> {
        let secret = secret(&*self.cx.services().entropy);
        let (of, by, now) = ((self.id, purpose), (self.notification.id, secret.as_str()), self.cx.now());
        self.cx.write_quietly(async |db| query::token::mail(db, of, by, now).await).await?;
        Ok(self.mailer.origin(self.cx).url(&purpose.path(self.id, &secret)))
    }
}
