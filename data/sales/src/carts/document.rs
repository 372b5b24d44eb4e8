//! What a cart row keeps: a document without prices and stock, which are looked up whenever the cart is read.

use std::collections::BTreeMap;

use mcom_schema::id::{CustomerId, VariantId};
use serde::{Deserialize, Serialize};

use crate::{Address, payments::Payment};

/// A key and a value that a storefront attaches to a cart or a line.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Attribute {
    /// Unique within its list.
    pub key: String,
    /// May be absent.
    #[serde(default)]
    pub value: Option<String>,
}

/// The document. New fields need a default, for older rows are read with the same type.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct CartDocument {
    /// In the order in which they were added.
    pub lines: Vec<Line>,
    /// The buyer's words to the merchant.
    pub note: Option<String>,
    /// Of the whole cart.
    pub attributes: Vec<Attribute>,
    /// Who is buying.
    pub identity: Identity,
    /// Where it could go; at most one is selected.
    pub addresses: Vec<CartAddress>,
    /// Chosen delivery option by delivery group.
    pub delivery: BTreeMap<String, String>,
    /// How it will be paid.
    pub payment: Option<Payment>,
    /// Codes that the buyer gave, each once, in the order in which they were given.
    pub discount_codes: Vec<String>,
    /// What was said about availability and still holds.
    pub warnings: Vec<Shortened>,
}

/// So many of one variant.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Line {
    /// Random; names the line within the cart.
    pub id: String,
    /// What is bought.
    pub variant: VariantId,
    /// At least 1.
    pub quantity: i64,
    /// Lines of one variant with different attributes stay apart.
    #[serde(default)]
    pub attributes: Vec<Attribute>,
    /// What it was called when it was added, to speak of it when it is gone.
    pub title: String,
}

/// Who is buying. A cart that was created without any of this is anonymous.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Identity {
    /// Where the confirmation goes.
    pub email: Option<String>,
    /// Telephone number.
    pub phone: Option<String>,
    /// ISO 3166-1 alpha-2 code of the country the buyer shops from.
    pub country: Option<String>,
    /// The customer who signed in. Only whoever proved to be them is ever entered here: it opens what is known of them.
    pub customer: Option<CustomerId>,
}

/// An address the goods could go to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CartAddress {
    /// Random; names the address within the cart.
    pub id: String,
    /// The address.
    pub address: Address,
    /// Whether the goods go there.
    pub selected: bool,
    /// Not to be remembered for the customer.
    pub one_time_use: bool,
}

/// A quantity that was cut down because there is no more.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Shortened {
    /// The line, or nothing if not even one piece was to be had.
    pub line: Option<String>,
    /// What was wanted.
    pub variant: VariantId,
    /// How many were added.
    pub added: i64,
}

impl CartDocument {
    /// Every variant in the cart, each once.
    pub fn variants(&self) -> Vec<VariantId> {
        let mut ids: Vec<VariantId> = self.lines.iter().map(|line| line.variant).collect();
        ids.sort_unstable();
        ids.dedup();
        ids
    }

    /// The address the goods go to.
    pub fn destination(&self) -> Option<&CartAddress> {
        self.addresses.iter().find(|address| address.selected)
    }
}
