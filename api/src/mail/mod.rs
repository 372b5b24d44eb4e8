//! Mail: how letters leave the house – by SMTP, or into a folder where they can be read.

mod folder;
mod message;
mod smtp;

use mcom_store::notifications::Mailer;

use crate::config::{HttpConfig, MailConfig};

pub use folder::{Folder, Found, letters};
pub use message::Sender;
pub use smtp::Smtp;

/// What mails are sent with, if anything is configured.
///
/// # Errors
/// If the URL of the mail server is none.
pub fn open(config: &MailConfig, http: &HttpConfig) -> anyhow::Result<Option<Mailer>> {
    let sender = Sender(config.from.clone());
    let public_url = http.public_url.clone();
    Ok(match (&config.smtp_url, &config.folder) {
        (Some(url), _) => Some(Mailer::new(Smtp::at(url, sender)?, public_url)),
        (None, Some(folder)) => Some(Mailer::new(Folder::new(folder.clone(), sender), public_url)),
        (None, None) => None,
    }
    .map(|mailer| mailer.at_port(http.listen.port())))
}
