//! Letters in the form in which they travel.

use std::time::SystemTime;

use lettre::{
    Address, Message,
    message::{Mailbox, MessageBuilder, header::ContentType},
};
use mcom_store::notifications::{Letter, Unsent};

/// The address that letters come from; without one `mail@` the domain of the store.
#[derive(Debug, Clone, Default)]
pub struct Sender(pub Option<String>);

impl Sender {
    /// Everything but the text.
    ///
    /// # Errors
    /// `Refused` if an address is none.
    pub(super) fn envelope(&self, letter: &Letter) -> Result<MessageBuilder, Unsent> {
        let own = || format!("mail@{}", letter.domain);
        let from = address(&self.0.clone().unwrap_or_else(own))?;
        let builder = Message::builder()
            .from(Mailbox::new(Some(letter.sender.clone()), from))
            .to(Mailbox::new(None, address(&letter.recipient)?))
            .subject(&letter.words.subject)
            .date(SystemTime::from(letter.at))
            .message_id(Some(format!("<{}@{}>", letter.name, letter.domain)))
            .header(ContentType::TEXT_PLAIN);
        // A merchant who has given no address cannot be answered.
        Ok(match address(&letter.reply_to) {
            Ok(to) => builder.reply_to(Mailbox::new(None, to)),
            Err(_) => builder,
        })
    }
}

fn address(text: &str) -> Result<Address, Unsent> {
    text.parse().map_err(|error| Unsent::Refused(format!("no address: {error}")))
}

/// A letter whose text could not be put into a message.
pub(super) fn unwritable(error: impl std::fmt::Display) -> Unsent {
    Unsent::Refused(error.to_string())
}
