//! Who carries mails. The carriers themselves are outside: this crate knows neither files nor SMTP.

use futures_util::future::BoxFuture;
use mcom_data::{Cx, Origin};

use super::Letter;

/// Why a mail was not sent.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Unsent {
    /// It never will be: there is no such address, or it is not taken there.
    #[error("not taken: {0}")]
    Refused(String),
    /// Another attempt may succeed.
    #[error("not reached: {0}")]
    Away(String),
}

/// Carries mails away. A letter that is handed over twice has the same name both times.
pub trait Post: Send + Sync {
    /// Hands a letter over.
    fn send<'a>(&'a self, letter: &'a Letter) -> BoxFuture<'a, Result<(), Unsent>>;
}

/// How mails leave the house, and where the links in them lead.
pub struct Mailer {
    post: Box<dyn Post>,
    public_url: Option<String>,
    port: Option<u16>,
}

impl Mailer {
    /// Sends with `post`. Links lead to the store's primary domain, through the pattern `public_url` if there is one.
    pub fn new(post: impl Post + 'static, public_url: Option<String>) -> Self {
        Mailer { post: Box::new(post), public_url, port: None }
    }

    /// The same, on a machine where stores with names of its own (`demo.localhost`) answer at this port.
    #[must_use]
    pub fn at_port(self, port: u16) -> Self {
        Mailer { port: Some(port), ..self }
    }

    /// What links in mails begin with. Never what a request was sent to: whoever sends it chooses that, and would be sent the
    /// secrets of those who follow the link.
    pub fn origin(&self, cx: &Cx) -> Origin {
        let host = cx.tenant().host();
        let told = self.public_url.as_ref().and_then(|pattern| Origin::through(pattern, host));
        let own = Origin::of_store(cx.tenant());
        let here = self.port.filter(|_| own.is_plain()).map(|port| format!("{host}:{port}"));
        told.or_else(|| Origin::of_host(&here?)).unwrap_or(own)
    }

    /// Hands a letter over.
    ///
    /// # Errors
    /// Whether another attempt may succeed.
    pub async fn send(&self, letter: &Letter) -> Result<(), Unsent> {
        self.post.send(letter).await
    }
}
