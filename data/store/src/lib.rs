//! What a store is beside its goods and its sales: its settings, its access tokens, what it charges for shipping, and how it comes to be.

mod fresh;
pub mod settings;
pub mod shipping;
pub mod stores;
pub mod tokens;

use mcom_data::ServicesBuilder;

pub use settings::Settings;
pub use shipping::ShippingRate;
pub use tokens::Api;

/// Adds what the rooms of this crate share between requests; a process that calls their verbs must be started with it.
#[must_use]
pub fn install(services: ServicesBuilder) -> ServicesBuilder {
    services
        .with(|services| settings::SettingsCache::new(&services.changes))
        .with(|services| shipping::RatesCache::new(&services.changes))
        .with(|services| tokens::TokenCache::new(&services.changes))
}
