//! By SMTP, through whatever mail server the URL names.

use futures_util::future::{BoxFuture, FutureExt};
use lettre::{AsyncSmtpTransport, AsyncTransport, Tokio1Executor};
use mcom_store::notifications::{Letter, Post, Unsent};
use secrecy::{ExposeSecret, SecretString};

use super::message::{Sender, unwritable};

/// A mail server, to which a few connections are kept.
pub struct Smtp {
    server: AsyncSmtpTransport<Tokio1Executor>,
    sender: Sender,
}

impl Smtp {
    /// The server at `url`. It need not answer yet.
    ///
    /// # Errors
    /// If it is no URL of a mail server.
    pub fn at(url: &SecretString, sender: Sender) -> anyhow::Result<Self> {
        let server = AsyncSmtpTransport::<Tokio1Executor>::from_url(url.expose_secret())?.build();
        Ok(Smtp { server, sender })
    }

    async fn hand_over(&self, letter: &Letter) -> Result<(), Unsent> {
        let message = self.sender.envelope(letter)?.body(letter.words.text.clone()).map_err(unwritable)?;
        match self.server.send(message).await {
            Ok(_) => Ok(()),
            Err(error) if error.is_permanent() => Err(Unsent::Refused(error.to_string())),
            Err(error) => Err(Unsent::Away(error.to_string())),
        }
    }
}

impl Post for Smtp {
    fn send<'a>(&'a self, letter: &'a Letter) -> BoxFuture<'a, Result<(), Unsent>> {
        self.hand_over(letter).boxed()
    }
}
