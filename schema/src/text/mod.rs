//! Text as it is sorted, searched and shown: folded keys, and HTML bodies without their tags.

mod fold;
mod html;

pub use fold::fold;
pub use html::plain;
