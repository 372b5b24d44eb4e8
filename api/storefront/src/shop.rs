//! The store itself.

mod brand;

use std::sync::Arc;

use mcom_kit::{Args, Cx, Error, Registry};
use mcom_sales::payments::Providers;
use mcom_schema::Currency;
use mcom_store::{
    Settings,
    metafields::Owner,
    settings,
    translations::{self, TranslatedKind},
};

use crate::metafield::HasMetafields;

/// A store as a buyer sees it.
pub struct Shop {
    id: String,
    settings: Arc<Settings>,
    money_format: String,
    payment: PaymentSettings,
    domain: Domain,
}

mcom_kit::record!(Shop as "Shop" {
    "description" = settings.description,
    "id" = id,
    "moneyFormat" = money_format,
    "name" = settings.name,
    "paymentSettings" = payment,
    "primaryDomain" = domain,
    "shipsToCountries" => Shop::ships_to,
});

/// What a store takes in payment.
pub struct PaymentSettings {
    country: String,
    currency: Currency,
    currencies: Vec<Currency>,
    card_vault_url: String,
}

mcom_kit::record!(PaymentSettings as "PaymentSettings" {
    "cardVaultUrl" = card_vault_url,
    "countryCode" = country,
    "currencyCode" = currency,
    "enabledPresentmentCurrencies" = currencies,
});

/// An internet address of a store.
pub struct Domain {
    host: String,
    secure: bool,
    url: String,
}

mcom_kit::record!(Domain as "Domain" { "host" = host, "sslEnabled" = secure, "url" = url });

pub(crate) fn register(registry: &mut Registry) {
    registry.query("shop", shop).query("paymentSettings", payment_settings);
    brand::register(registry);
}

async fn shop(cx: &Cx, _: Args) -> Result<Shop, Error> {
    Shop::load(cx).await
}

async fn payment_settings(cx: &Cx, _: Args) -> Result<PaymentSettings, Error> {
    PaymentSettings::of(cx, &*settings::get(cx).await?)
}

impl Shop {
    /// The store that is asked.
    ///
    /// # Errors
    /// Those of reading its settings.
    pub(crate) async fn load(cx: &Cx) -> Result<Self, Error> {
        let mut settings = settings::get(cx).await?;
        let store = cx.tenant().store();
        let texts = translations::texts(cx, TranslatedKind::Shop, &[store.0]).await?.unwrap_or_default();
        for texts in texts.iter().filter(|texts| !texts.is_empty()) {
            let settings = Arc::make_mut(&mut settings);
            texts.put("name", &mut settings.name);
            texts.put_some("description", &mut settings.description);
        }
        Ok(Shop {
            id: store.gid(),
            money_format: format!("{{{{amount}}}} {}", settings.currency),
            payment: PaymentSettings::of(cx, &settings)?,
            domain: Domain::of(cx.tenant().host()),
            settings,
        })
    }

    /// As the merchant says, or wherever there is a market.
    fn ships_to(&self) -> Vec<&str> {
        match self.settings.ships_to.as_slice() {
            [] => self.settings.markets.countries(),
            said => said.iter().map(String::as_str).collect(),
        }
    }
}

impl HasMetafields for Shop {
    fn owner(&self, cx: &Cx) -> Owner {
        Owner::shop(cx)
    }
}

impl PaymentSettings {
    fn of(cx: &Cx, settings: &Settings) -> Result<Self, Error> {
        let providers = cx.shared::<Providers>()?;
        Ok(PaymentSettings {
            country: settings.country.clone(),
            currency: settings.currency,
            currencies: settings.markets.currencies(),
            card_vault_url: providers.card_vault_url().unwrap_or_default().to_owned(),
        })
    }
}

impl Domain {
    fn of(host: &str) -> Self {
        let secure = !(host == "localhost" || host.ends_with(".localhost"));
        let scheme = if secure { "https" } else { "http" };
        Domain { host: host.to_owned(), secure, url: format!("{scheme}://{host}") }
    }
}
