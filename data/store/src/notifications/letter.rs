//! What a mail says, and who sends it to whom.

use chrono::{DateTime, Utc};
use mcom_data::{Cx, Result};

use super::Notification;
use crate::settings;

/// Subject and text of a mail.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Words {
    /// One line.
    pub subject: String,
    /// Plain text.
    pub text: String,
}

/// A mail, ready to be sent. There may be secrets in it, so it prints itself without its text.
#[derive(Clone, PartialEq, Eq)]
pub struct Letter {
    /// The same whenever the same mail is sent: the local part of its Message-ID.
    pub name: String,
    /// The store's name for addresses and folders.
    pub store: String,
    /// The store's domain.
    pub domain: String,
    /// Whom the reader knows as its sender.
    pub sender: String,
    /// Where answers go.
    pub reply_to: String,
    /// Where it goes.
    pub recipient: String,
    /// When it was asked for.
    pub at: DateTime<Utc>,
    /// What it says.
    pub words: Words,
}

impl Letter {
    /// Puts words into an envelope of the context's store.
    ///
    /// # Errors
    /// Those of [`settings::get`].
    pub async fn of(cx: &Cx, notification: &Notification, words: Words) -> Result<Letter> {
        let settings = settings::get(cx).await?;
        Ok(Letter {
            name: format!("notification.{}.{}", cx.tenant().id(), notification.id),
            store: cx.tenant().handle().to_owned(),
            domain: cx.tenant().host().to_owned(),
            sender: settings.name.clone(),
            reply_to: settings.email.clone(),
            recipient: notification.recipient.clone(),
            at: notification.created_at,
            words,
        })
    }
}

impl std::fmt::Debug for Letter {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Letter").field("name", &self.name).finish_non_exhaustive()
    }
}
