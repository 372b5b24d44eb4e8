//! What a store is beside its goods and its sales: its settings, its markets, its texts and menus in all their languages, the fields and kinds of things that it adds, its access tokens, what it charges for shipping and for taxes, the mails it sends, and how it comes to be.

pub mod articles;
pub mod blogs;
pub mod content;
mod fresh;
pub mod locations;
pub mod markets;
pub mod menus;
pub mod metafields;
pub mod metaobjects;
pub mod notifications;
pub mod pages;
pub mod policies;
pub mod settings;
pub mod shipping;
pub mod sitemap;
pub mod storefront;
pub mod stores;
pub mod taxes;
pub mod texts;
pub mod tokens;
pub mod translations;

use mcom_data::ServicesBuilder;

pub use fresh::Fresh;
pub use settings::Settings;
pub use shipping::ShippingRate;
pub use tokens::Api;

/// Adds what the rooms of this crate share between requests; a process that calls their verbs must be started with it.
#[must_use]
pub fn install(services: ServicesBuilder) -> ServicesBuilder {
    services
        .with(|services| content::ContentCache::new(&services.changes))
        .with(|services| markets::PricesCache::new(&services.changes))
        .with(|services| settings::SettingsCache::new(&services.changes))
        .with(|services| shipping::RatesCache::new(&services.changes))
        .with(|services| translations::TextsCache::new(&services.changes))
        .with(|services| tokens::TokenCache::new(&services.changes))
}
