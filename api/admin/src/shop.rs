//! The store and its settings.

use std::sync::Arc;

use mcom_data::Tenant;
use mcom_kit::{Args, Cx, Error, Registry};
use mcom_schema::Currency;
use mcom_store::{Settings, settings, settings::WeightUnit};

/// A store as its merchant sees it.
pub struct Shop {
    /// The global id.
    pub id: String,
    settings: Arc<Settings>,
    currencies: Vec<Currency>,
    /// The host that it has from the beginning.
    own_host: String,
    domain: Domain,
}

mcom_kit::record!(Shop as "Shop" {
    "contactEmail" = settings.email,
    "createdAt" = settings.created_at,
    "currencyCode" = settings.currency,
    "description" = settings.description,
    "email" = settings.email,
    "enabledPresentmentCurrencies" = currencies,
    "ianaTimezone" = settings.timezone,
    "id" = id,
    "myshopifyDomain" = own_host,
    "name" = settings.name,
    "orderNumberFormatPrefix" = settings.order_prefix,
    "orderNumberFormatSuffix" => Shop::order_suffix,
    "primaryDomain" = domain,
    "shipsToCountries" = settings.ships_to,
    "taxShipping" = settings.taxes.shipping,
    "taxesIncluded" = settings.taxes.included,
    "unitSystem" => Shop::unit_system,
    "updatedAt" = settings.updated_at,
    "url" = domain.url,
    "weightUnit" => Shop::weight_unit,
});

/// A host under which the store answers.
pub struct Domain {
    host: String,
    id: String,
    secure: bool,
    url: String,
}

mcom_kit::record!(Domain as "Domain" {
    "host" = host,
    "id" = id,
    "sslEnabled" = secure,
    "url" = url,
});

pub(crate) fn register(registry: &mut Registry) {
    registry.query("shop", shop);
}

async fn shop(cx: &Cx, _: Args) -> Result<Arc<Shop>, Error> {
    load(cx).await
}

/// The store of this request.
///
/// # Errors
/// `NotFound` for a store that was never provisioned.
pub(crate) async fn load(cx: &Cx) -> Result<Arc<Shop>, Error> {
    Ok(Arc::new(Shop::of(cx.tenant(), settings::get(cx).await?)))
}

impl Shop {
    fn of(tenant: &Tenant, settings: Arc<Settings>) -> Self {
        Shop {
            id: tenant.store().gid(),
            currencies: settings.markets.currencies(),
            own_host: format!("{}.localhost", tenant.handle()),
            domain: Domain::of(tenant),
            settings,
        }
    }

    fn order_suffix(&self) -> &str {
        ""
    }

    fn weight_unit(&self) -> &str {
        self.settings.weight_unit.name()
    }

    fn unit_system(&self) -> &str {
        match self.settings.weight_unit {
            WeightUnit::Grams | WeightUnit::Kilograms => "METRIC_SYSTEM",
            WeightUnit::Ounces | WeightUnit::Pounds => "IMPERIAL_SYSTEM",
        }
    }
}

impl Domain {
    fn of(tenant: &Tenant) -> Self {
        let host = tenant.host();
        let id = mcom_schema::id::gid("Domain", tenant.store());
        Domain { host: host.to_owned(), id, secure: !is_local(host), url: address(tenant) }
    }
}

fn is_local(host: &str) -> bool {
    host == "localhost" || host.ends_with(".localhost")
}

/// Where buyers find the store, without a slash at the end.
pub(crate) fn address(tenant: &Tenant) -> String {
    let scheme = if is_local(tenant.host()) { "http" } else { "https" };
    format!("{scheme}://{}", tenant.host())
}
